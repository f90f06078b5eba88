//! `annalist cycles`: how many further events one event brings, of its own kind and of others, and how soon.

use ::answers::Source;
use ::answers::cycles::CyclesAsked;
use analysis::cycles::MOST_STREAMS;
use analysis::series::{By, Quad};
use clap::{Args, ValueEnum};

use super::answers::Asking;
use crate::Done;

/// Arguments of `annalist cycles`.
#[derive(Args)]
pub struct CyclesArguments {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    streams: StreamsArguments,
}

/// Which streams of events.
#[derive(Args)]
pub struct StreamsArguments {
    /// What is counted: own (the incidents of the reports that were read), ged … The only source that the lake holds, if not
    /// given.
    #[arg(long, value_name = "SOURCE")]
    source: Option<Source>,
    /// What there is a stream of each of. Where a source names no initiators, directed pairs are empty: ask for dyads.
    #[arg(long, value_enum, default_value_t = ByWord::Directed)]
    by: ByWord,
    /// At most so many streams, those of most events.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = most)]
    most: usize,
    /// Count words of conflict too, not deeds alone.
    #[arg(long)]
    words_too: bool,
}

fn most(text: &str) -> Result<usize, String> {
    let number: usize = text.parse().map_err(|_| format!("{text} is no number"))?;
    if (1..=MOST_STREAMS).contains(&number) { Ok(number) } else { Err(format!("from 1 to {MOST_STREAMS}")) }
}

/// What streams are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByWord {
    /// Pairs of parties, one way.
    Directed,
    /// Pairs of parties, both ways together.
    Dyad,
    /// Countries.
    Country,
    /// First-order divisions.
    Admin1,
    /// PRIO-GRID cells, of half a degree.
    Cell,
    /// Everything.
    All,
}

impl StreamsArguments {
    /// What they ask for.
    pub fn asked(&self) -> CyclesAsked {
        let by = match self.by {
            ByWord::Directed => By::DirectedDyad,
            ByWord::Dyad => By::Dyad,
            ByWord::Country => By::Country,
            ByWord::Admin1 => By::Admin1,
            ByWord::Cell => By::Cell,
            ByWord::All => By::All,
        };
        let mut quads = vec![Quad::MaterialConflict];
        if self.words_too {
            quads.push(Quad::VerbalConflict);
        }
        CyclesAsked { source: self.source, by, most: self.most, quads }
    }
}

/// Runs the command.
pub fn run(arguments: &CyclesArguments) -> anyhow::Result<Done> {
    let asked = arguments.streams.asked();
    arguments.asking.answer(|desk, question| ::answers::cycles::cycles(desk, question, &asked))
}
