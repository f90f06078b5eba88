//! `annalist forecast score`: what is forecast by country and month, scored by the rules of the VIEWS prediction challenge.

mod panel;
mod results;
mod tune;

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;

use crate::Done;

/// The file of the challenge that holds deaths by country and month.
const PANEL: &str = "country_month_ged_sb.parquet";

/// Arguments of `annalist forecast score`.
#[derive(Args)]
pub struct ScoreArguments {
    /// The folder of the challenge's data.
    #[arg(long, value_name = "DIR", default_value = "../shared/data/forecast/views_2023_challenge")]
    data: PathBuf,
    /// The folder of the samples that are scored, and of the results.
    #[arg(long, value_name = "DIR", default_value = "eval/forecast")]
    out: PathBuf,
    /// Make the samples of 2018-2021 anew; refused where they are there, since test years are run once.
    #[arg(long, hide = true, conflicts_with = "tune")]
    make: bool,
    /// Try every model and variant on 2008-2017 alone.
    #[arg(long, hide = true)]
    tune: bool,
}

/// Runs the command.
pub fn run(arguments: &ScoreArguments) -> anyhow::Result<Done> {
    let ScoreArguments { data, out, make, tune } = arguments;
    if !data.join(PANEL).is_file() {
        return Err(anyhow!(
            "scoring forecasts: {} has no {PANEL}: name the folder of the VIEWS prediction challenge with --data",
            data.display()
        ));
    }
    let panel = panel::read(data).map_err(|e| anyhow!(e))?;
    let done = if *tune {
        tune::tune(&panel)
    } else if *make {
        results::make(&panel, out)
    } else {
        panel::names(data).and_then(|names| results::score(&panel, &names, out))
    };
    done.map_err(|e| anyhow!(e))?;
    Ok(Done::Clean)
}
