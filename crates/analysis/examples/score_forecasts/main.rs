//! Scores forecasts of deaths a country and month by the rules of the VIEWS prediction challenge.
//!
//! ```text
//! cargo run --release -p analysis --example score_forecasts -- tune   2008-2017 alone: every model and variant tried
//! cargo run --release -p analysis --example score_forecasts -- make   samples of the chosen model for 2018-2021, stored
//! cargo run --release -p analysis --example score_forecasts           scores of what is stored, and of the baselines
//! ```
//!
//! `--data DIR` is the folder of the challenge's data (`../shared/data/forecast/views_2023_challenge`), `--out DIR` the
//! folder of results (`eval/forecast`). Where the data are absent it says so and does nothing.

mod panel;
mod results;
mod tune;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut what = "score".to_owned();
    let mut data = PathBuf::from("../shared/data/forecast/views_2023_challenge");
    let mut out = PathBuf::from("eval/forecast");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--data" => data = arguments.next().map(PathBuf::from).unwrap_or_default(),
            "--out" => out = arguments.next().map(PathBuf::from).unwrap_or_default(),
            "tune" | "make" | "score" => what = argument,
            other => {
                eprintln!("score_forecasts: {other}: not known; give tune, make or score, --data DIR, --out DIR");
                return ExitCode::from(2);
            }
        }
    }
    if !data.join("country_month_ged_sb.parquet").is_file() {
        eprintln!("score_forecasts: skipped: {} has no country_month_ged_sb.parquet; see --data", data.display());
        return ExitCode::SUCCESS;
    }
    let done = panel::read(&data).and_then(|panel| match what.as_str() {
        "tune" => tune::tune(&panel),
        "make" => results::make(&panel, &out),
        _ => panel::names(&data).and_then(|names| results::score(&panel, &names, &out)),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("score_forecasts: {error}");
            ExitCode::FAILURE
        }
    }
}
