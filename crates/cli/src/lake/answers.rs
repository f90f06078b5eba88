//! What the commands that reckon with claims have in common: what is asked, of which lake, how the answer is written.

pub mod out;

use ::answers::{AnswerError, Desk, Grounded, Question, Source};
use clap::Args;
use present::Answer;
use tokio::runtime::Runtime;

use super::which::Which;
use super::{AsOfArguments, Where, runtime};
use crate::Done;
use out::Written;

/// What is asked, of which lake, as of when, and where the answer goes.
#[derive(Args)]
pub struct Asking {
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub as_of: AsOfArguments,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub out: Written,
}

impl Asking {
    /// Asks the lake, and writes the answer.
    pub fn answer<A: Answer>(
        &self,
        ask: impl FnOnce(&Desk, &Question) -> Result<Grounded<A>, AnswerError>,
    ) -> anyhow::Result<Done> {
        let (_runtime, desk) = self.desk()?;
        let Grounded { grounds, answer } = ask(&desk, &self.which.question())?;
        say_not_kept(&desk);
        self.out.write(&answer, &grounds)?;
        Ok(Done::Clean)
    }

    /// The lake, as of then; the runtime must outlive it.
    pub fn desk(&self) -> anyhow::Result<(Runtime, Desk)> {
        let runtime = runtime()?;
        let lake = self.place.open(&runtime)?;
        let desk = Desk::new(runtime.handle().clone(), lake, self.as_of.as_of()?)?;
        Ok((runtime, desk))
    }
}

/// Says why the ids of incidents are not kept, where they are not.
pub fn say_not_kept(desk: &Desk) {
    if let Some(why) = desk.not_kept() {
        eprintln!("annalist: ids of incidents are not kept: {why}");
    }
}

/// Which sources are counted.
#[derive(Args)]
pub struct Sources {
    /// Sources to count, each apart: own (the incidents of the reports that were read), ged, gdelt, polecat, icews. All that
    /// the lake holds, if not given.
    #[arg(long = "source", value_name = "SOURCE", value_delimiter = ',')]
    pub sources: Vec<Source>,
}
