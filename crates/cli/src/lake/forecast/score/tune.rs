//! Everything that was tried on 2008-2017, and nothing later: the panel is cut before it is looked at.

use std::time::Instant;

use analysis::forecast::compare::compare;
use analysis::forecast::rolling::{Cell, forecasts, means, score};
use analysis::forecast::{CHALLENGE_LEADS, DRAWS, Model, Month, Panel, Past, analogues, shocks, stack};

/// Octobers before 2008 to 2017, as the challenge has its windows, and Aprils between them, so that fewer choices hang on
/// when a war happened to break out.
fn origins() -> (Vec<Month>, Vec<Month>) {
    let october: Vec<Month> = (2007..2017).filter_map(|y| Month::new(y, 10)).collect();
    let april = (2008..2017).filter_map(|y| Month::new(y, 4)).collect();
    (october, april)
}

pub fn tune(panel: &Panel) -> Result<(), String> {
    let panel = until_2017(panel)?;
    let mut past = Past::default();
    // The comparator's cells, from when it has been scored; until then a model stands beside itself.
    let mut comparator: Vec<Cell> = Vec::new();
    let which: Vec<String> =
        std::env::var("TRY").map(|t| t.split(',').map(str::to_owned).collect()).unwrap_or_default();
    let (october, april) = origins();
    println!("{:<44} {:>7} {:>7} {:>7} {:>7} {:>7}  by year from 2008", "model", "CRPS", "April", "log", "IGN", "MIS");
    for (group, label, model) in variants() {
        if !which.is_empty() && !which.iter().any(|w| w == group) && label != "weighted, 3" {
            continue;
        }
        let began = Instant::now();
        let mut run = |origins: &[Month]| -> Result<Vec<Vec<_>>, String> {
            let made = forecasts(&model, &panel, origins, &CHALLENGE_LEADS, DRAWS, 1, &mut past);
            Ok(made.map_err(|e| e.to_string())?.iter().map(|f| score(f, &panel)).collect())
        };
        let by_year = run(&october)?;
        let between = run(&april)?;
        let all = means(by_year.iter().flatten()).ok_or("nothing to score")?;
        let april_crps = means(between.iter().flatten()).ok_or("nothing to score")?.crps;
        let years: Vec<String> = by_year.iter().filter_map(means).map(|m| format!("{:.2}", m.crps)).collect();
        // The mean of the years, as the challenge has it: a year counts the same however many countries there were.
        let mean_of_years = by_year.iter().filter_map(means).map(|m| m.crps).sum::<f64>() / by_year.len() as f64;
        let cells: Vec<Cell> = by_year.iter().chain(&between).flatten().cloned().collect();
        if label.starts_with("weighted, 3") {
            comparator.clone_from(&cells);
        }
        let beside = if comparator.is_empty() { &cells } else { &comparator };
        let by = compare(&cells, beside, |c| c.crps, 1).map_err(|e| e.to_string())?;
        println!(
            "{label:<44} {mean_of_years:>7.3} {april_crps:>7.3} {:>7.4} {:>7.4} {:>7.1}  {}  {:+.3} ({})  ({:.0} s)",
            all.crps_log,
            all.ignorance,
            all.interval_score,
            years.join(" "),
            by.difference,
            by.interval(),
            began.elapsed().as_secs_f64()
        );
    }
    Ok(())
}

fn until_2017(panel: &Panel) -> Result<Panel, String> {
    let last = Month::new(2017, 12).ok_or("a month")?;
    let months = last.since(panel.first());
    let rows = panel.units().iter().enumerate().flat_map(|(unit, name)| {
        (0..=months).filter_map(move |m| {
            let month = panel.first().plus(m);
            Some((name.clone(), month, panel.outcome(unit, month)?))
        })
    });
    Panel::new(rows).map_err(|e| e.to_string())
}

fn variants() -> Vec<(&'static str, String, Model)> {
    let mut all = vec![
        ("base", "weighted, 3".to_owned(), Model::Weighted { half_life_months: 3.0 }),
        ("base", "zero".to_owned(), Model::Zero),
        ("base", "last month, Poisson".to_owned(), Model::LastPoisson),
        ("base", "conflictology".to_owned(), Model::Conflictology),
        ("base", "negative binomial".to_owned(), Model::NegativeBinomial),
    ];
    for half_life_months in [1.0, 2.0, 4.0, 6.0, 12.0] {
        all.push(("base", format!("weighted, {half_life_months}"), Model::Weighted { half_life_months }));
    }
    for (half_life_months, spread_first, spread_growth) in [
        (3.0, 0.25, 0.0),
        (3.0, 0.35, 0.0),
        (2.0, 0.35, 0.0),
        (4.0, 0.35, 0.0),
        (3.0, 0.5, 0.0),
        (3.0, 0.2, 0.01),
        (3.0, 0.1, 0.02),
        (3.0, 0.2, 0.02),
        (2.0, 0.1, 0.02),
        (3.0, 0.1, 0.03),
    ] {
        let settings = shocks::Settings { half_life_months, spread_first, spread_growth };
        all.push((
            "shocks",
            format!("shocked {half_life_months} {spread_first} {spread_growth}"),
            Model::Shocked(settings),
        ));
    }
    let d = analogues::Settings::default();
    for (label, s) in [
        ("as is", d),
        ("usual 0", analogues::Settings { usual: 0, ..d }),
        ("multiples 1", analogues::Settings { multiples: 1.0, ..d }),
        ("multiples .5", analogues::Settings { multiples: 0.5, ..d }),
        ("multiples .5 leaf 30", analogues::Settings { multiples: 0.5, min_leaf: 30, ..d }),
        ("leaf 30", analogues::Settings { min_leaf: 30, ..d }),
        ("leaf 100", analogues::Settings { min_leaf: 100, ..d }),
        ("leaf 15", analogues::Settings { min_leaf: 15, ..d }),
        ("6 leads", analogues::Settings { leads_each: 6, ..d }),
        ("usual 3", analogues::Settings { usual: 2, ..d }),
    ] {
        all.push(("analogues", format!("analogues {label}"), Model::Analogues(s)));
    }
    let base = stack::Settings::default();
    let with = |members: Vec<Model>| stack::Settings { members, ..base.clone() };
    let [shocked, analogues] = [base.members[0].clone(), base.members[1].clone()];
    let shocked_3 = Model::Shocked(shocks::Settings { half_life_months: 3.0, ..shocks::Settings::default() });
    let finer = Model::Analogues(analogues::Settings { min_leaf: 30, ..d });
    let narrow = Model::Analogues(analogues::Settings { multiples: 0.5, ..d });
    let weighted = Model::Weighted { half_life_months: 3.0 };
    for (label, s) in [
        ("as is", base.clone()),
        ("equal", stack::Settings { pull: 1000.0, ..base.clone() }),
        ("pull .1", stack::Settings { pull: 0.1, ..base.clone() }),
        ("power 0", stack::Settings { level_power: 0.0, ..base.clone() }),
        ("power 1", stack::Settings { level_power: 1.0, ..base.clone() }),
        ("24 origins", stack::Settings { origins: 24, ..base.clone() }),
        ("shocked 3", with(vec![shocked_3.clone(), analogues.clone()])),
        ("both shocked", with(vec![shocked.clone(), shocked_3, analogues.clone()])),
        ("and weighted 3", with(vec![shocked.clone(), analogues.clone(), weighted])),
        ("and negative binomial", with(vec![shocked.clone(), analogues.clone(), Model::NegativeBinomial])),
        ("finer", with(vec![shocked.clone(), finer.clone()])),
        ("three analogues", with(vec![shocked, analogues, finer, narrow])),
    ] {
        all.push(("stack", format!("stack {label}"), Model::Stack(s)));
    }
    all
}
