//! Makes and scores the forecasts for the four windows of the challenge.
//!
//! `make` was run once, after everything had been chosen on 2008-2017: it refuses to write over what it made. `score`
//! unpacks what was stored, forecasts the baselines anew (they have no chance in them) and writes `country_month.json`.

use std::collections::BTreeMap;
use std::path::Path;

use analysis::forecast::calibration::{Calibration, calibration};
use analysis::forecast::compare::{Comparison, Verdict, compare};
use analysis::forecast::rolling::{Cell, Means, forecasts, means, score as score_forecast};
use analysis::forecast::{CHALLENGE_LEADS, DRAWS, Forecast, Model, Month, Panel, Past, keep, record, stack};
use serde::Serialize;

/// The seed of what is stored.
const SEED: u64 = 1;

/// The model that was chosen on 2008-2017.
fn ours() -> Model {
    Model::Stack(stack::Settings::default())
}

/// The best of the simple ones on 2008-2017.
const COMPARATOR: Model = Model::Weighted { half_life_months: 3.0 };

/// The best simple forecast known for these windows: CRPS, mean of 2018-2021, as published.
const BEST_SIMPLE_KNOWN: f64 = 15.30;

const STORED: &str = "country_month.samples";

fn octobers() -> Vec<Month> {
    (2017..=2020).filter_map(|year| Month::new(year, 10)).collect()
}

pub fn make(panel: &Panel, out: &Path) -> Result<(), String> {
    let path = out.join(STORED);
    if path.exists() {
        return Err(format!(
            "{} is there: the test years are run once; remove it to run them again, and say so",
            path.display()
        ));
    }
    let made = run(&ours(), panel)?;
    let mut bytes = Vec::new();
    for forecast in &made {
        bytes.extend(keep::pack(forecast).map_err(|e| e.to_string())?);
    }
    std::fs::create_dir_all(out).and_then(|()| std::fs::write(&path, &bytes)).map_err(|e| e.to_string())?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

fn run(model: &Model, panel: &Panel) -> Result<Vec<Forecast>, String> {
    forecasts(model, panel, &octobers(), &CHALLENGE_LEADS, DRAWS, SEED, &mut Past::default()).map_err(|e| e.to_string())
}

#[derive(Serialize)]
struct Results {
    about: &'static str,
    data: &'static str,
    model: Model,
    seed: u64,
    draws: usize,
    leads_months: [u32; 12],
    mean_crps_2018_2021: f64,
    best_simple_known: f64,
    comparator: &'static str,
    years: Vec<Window>,
    /// CRPS in deaths, ours against the comparator, all years.
    against_comparator: Against,
    against_comparator_log: Against,
    /// CRPS in deaths, ours against each simple one, all years.
    against_each: BTreeMap<String, Against>,
    calibration: Option<Calibration>,
    /// Over the cells of countries where somebody died in the five years before, which is what the comparator looks at:
    /// the same cells for both, chosen by nothing that came after.
    calibration_after_deaths: Option<Calibration>,
    calibration_after_deaths_of_comparator: Option<Calibration>,
    /// What must stand beside the forecasts: each baseline that they were not shown to beat.
    caveats: Vec<String>,
}

#[derive(Serialize)]
struct Window {
    year: i32,
    scores: BTreeMap<String, Means>,
    against_comparator: Against,
    against_comparator_log: Against,
}

/// A comparison with the names of countries.
#[derive(Serialize)]
struct Against {
    cells: usize,
    ours: f64,
    theirs: f64,
    difference: f64,
    within_95: Option<(f64, f64)>,
    verdict: Verdict,
    worst_without: Option<(String, f64)>,
    within_95_without_worst: Option<(f64, f64)>,
    best_without: Option<(String, f64)>,
    sign_hangs_on: Vec<String>,
}

pub fn score(panel: &Panel, names: &BTreeMap<String, String>, out: &Path) -> Result<(), String> {
    let said = |e: analysis::forecast::Refused| e.to_string();
    let path = out.join(STORED);
    let bytes = std::fs::read(&path).map_err(|e| format!("reading {}: {e}; see `make`", path.display()))?;
    let (mut stored, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let (forecast, read) = keep::unpack(&bytes[at..]).map_err(said)?;
        at += read;
        stored.push(forecast);
    }
    let mut all: BTreeMap<String, Vec<Vec<Cell>>> = BTreeMap::new();
    all.insert("ours".to_owned(), stored.iter().map(|f| score_forecast(f, panel)).collect());
    for model in [Model::Zero, Model::LastPoisson, Model::Conflictology, Model::NegativeBinomial, COMPARATOR] {
        all.insert(model.name(), run(&model, panel)?.iter().map(|f| score_forecast(f, panel)).collect());
    }
    let (ours, theirs) = (&all["ours"], &all[&COMPARATOR.name()]);
    let country = |unit: usize| names.get(&panel.units()[unit]).cloned().unwrap_or_else(|| panel.units()[unit].clone());
    let against = |comparison: &Comparison| Against {
        cells: comparison.cells,
        ours: comparison.ours,
        theirs: comparison.theirs,
        difference: comparison.difference,
        within_95: comparison.within,
        verdict: comparison.verdict,
        worst_without: comparison.worst_without.map(|(unit, d)| (country(unit), d)),
        within_95_without_worst: comparison.within_without_worst,
        best_without: comparison.best_without.map(|(unit, d)| (country(unit), d)),
        sign_hangs_on: comparison.sign_hangs_on.iter().map(|&unit| country(unit)).collect(),
    };
    let mut years = Vec::new();
    for (i, as_of) in octobers().iter().enumerate() {
        let scores: BTreeMap<String, Means> =
            all.iter().filter_map(|(name, by_year)| Some((name.clone(), means(&by_year[i])?))).collect();
        let year = as_of.year() + 1;
        for (name, m) in &scores {
            println!(
                "{year} {name:<20} CRPS {:>7.3}  log {:.4}  IGN {:.4}  MIS {:>7.1}",
                m.crps, m.crps_log, m.ignorance, m.interval_score
            );
        }
        years.push(Window {
            year,
            scores,
            against_comparator: against(&compare(&ours[i], &theirs[i], |c| c.crps, SEED).map_err(said)?),
            against_comparator_log: against(&compare(&ours[i], &theirs[i], |c| c.crps_log, SEED).map_err(said)?),
        });
    }
    for name in all.keys() {
        println!("mean {name:<20} CRPS {:.3}", mean_of_years(&years, name));
    }
    let flat = |by_year: &[Vec<Cell>]| -> Vec<Cell> { by_year.iter().flatten().cloned().collect() };
    let (ours, theirs) = (flat(ours), flat(theirs));
    let in_deaths = compare(&ours, &theirs, |c| c.crps, SEED).map_err(said)?;
    let in_logs = compare(&ours, &theirs, |c| c.crps_log, SEED).map_err(said)?;
    for (name, c) in [("CRPS", &in_deaths), ("log CRPS", &in_logs)] {
        println!("{name}: difference {:+.4} ({}): {:?}", c.difference, c.interval(), c.verdict);
    }
    let (mut against_each, mut caveats) = (BTreeMap::new(), Vec::new());
    for (name, by_year) in all.iter().filter(|(name, _)| *name != "ours") {
        let c = compare(&ours, &flat(by_year), |c| c.crps, SEED).map_err(said)?;
        println!("beside {name}: difference {:+.3} ({}): {:?}", c.difference, c.interval(), c.verdict);
        caveats.extend(record::caveat("the stack", name, "2018-2021", &c));
        against_each.insert(name.clone(), against(&c));
    }
    let after_deaths = |cells: &[Cell]| -> Vec<Cell> {
        cells.iter().zip(&theirs).filter(|(_, theirs)| theirs.expects_any).map(|(cell, _)| cell.clone()).collect()
    };
    let results = Results {
        about: "Deaths in state-based conflict a country and month, 191 countries, as of October for January to December of the next year. Differences are ours less the comparator's: below 0 ours is better; intervals of 95 % by drawing countries anew with all their months.",
        data: "VIEWS prediction challenge 2023/24, its panel as released: later than the as-of months and revised since, no vintages.",
        model: self::ours(),
        seed: SEED,
        draws: DRAWS,
        leads_months: CHALLENGE_LEADS,
        mean_crps_2018_2021: mean_of_years(&years, "ours"),
        best_simple_known: BEST_SIMPLE_KNOWN,
        comparator: "weighted_3, the best of the simple ones on 2008-2017",
        caveats,
        against_comparator: against(&in_deaths),
        against_comparator_log: against(&in_logs),
        against_each,
        calibration: calibration(&ours),
        calibration_after_deaths: calibration(&after_deaths(&ours)),
        calibration_after_deaths_of_comparator: calibration(&after_deaths(&theirs)),
        years,
    };
    let json = serde_json::to_string_pretty(&results).map_err(|e| e.to_string())?;
    let path = out.join("country_month.json");
    std::fs::write(&path, json + "\n").map_err(|e| format!("writing {}: {e}", path.display()))
}

/// As the challenge has it: a year counts the same as another.
fn mean_of_years(years: &[Window], name: &str) -> f64 {
    years.iter().filter_map(|y| y.scores.get(name)).map(|m| m.crps).sum::<f64>() / years.len() as f64
}
