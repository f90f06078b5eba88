//! Forecasts of made-up counts, and what they come to, as people see them.

use analysis::Grounds;
use analysis::forecast::held_out::{HeldOut, held_out};
use analysis::forecast::record::{Issued, issue};
use analysis::forecast::scored::scored;
use analysis::forecast::told::{BAD_MONTH_DEATHS, told};
use analysis::forecast::{Forecast, Model, Month, Panel, forecast};
use present::{Answer, ForecastRecord, Forecasts};

mod shown;
use shown::{drawn, table};

const MODEL: Model = Model::Weighted { half_life_months: 6.0 };
const BASELINES: [Model; 2] = [Model::Conflictology, Model::LastPoisson];

fn month(year: i32, month: u32) -> Month {
    Month::new(year, month).expect("a month")
}

/// Four units over nine years: a war that swells, one that simmers, one that breaks out late, and peace; some months are
/// unknown.
fn panel() -> Panel {
    let first = month(2012, 1);
    let mut rows = Vec::new();
    let mut noise = 12_345_u64;
    let mut random = move || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(noise >> 40).expect("24 bits")) / f64::from(1_u32 << 24)
    };
    for after in 0..108 {
        let t = f64::from(after);
        let at = first.plus(after);
        let swell = 80.0 * (1.0 + (t / 14.0).sin()) * (0.4 + 1.2 * random());
        let late = if after > 99 { 150.0 * random() } else { 0.0 };
        rows.push(("Swelling".to_owned(), at, swell.round()));
        rows.push(("Late".to_owned(), at, late.round()));
        rows.push(("Peace".to_owned(), at, 0.0));
        if !(70..74).contains(&after) {
            rows.push(("Simmering".to_owned(), at, (9.0 * random() * random()).round()));
        }
    }
    Panel::new(rows).expect("counts")
}

const LEADS: [u32; 8] = [1, 2, 3, 4, 5, 6, 9, 12];
const UNITS: [&str; 4] = ["Swelling", "Simmering", "Late", "Peace"];

fn from(panel: &Panel, as_of: Month) -> Forecast {
    forecast(&MODEL, panel.as_of(as_of).expect("within"), &LEADS, 250, 1).expect("a forecast")
}

fn evidence(unit: &str, month: Month) -> Vec<String> {
    if unit == "Peace" { Vec::new() } else { vec![format!("clm_{unit}_{month}"), format!("clm_{unit}_{month}_2")] }
}

fn tried(panel: &Panel) -> HeldOut {
    let as_of: Vec<Month> = (2014..2018).map(|year| month(year, 10)).collect();
    held_out(&MODEL, &BASELINES, panel, &as_of, month(2019, 10), &LEADS, (250, 1)).expect("known months")
}

fn answer(until: Option<Month>, is_tried: bool) -> Forecasts {
    let panel = panel();
    let held_out = is_tried.then(|| tried(&panel));
    let made = from(&panel, month(2019, 10));
    let units = told(&made, &panel, &UNITS, 36, until, held_out.as_ref(), &evidence).expect("all are forecast");
    Forecasts {
        title: "Deaths by month in four made-up countries".to_owned(),
        model: MODEL.name(),
        data: "made up, release 1".to_owned(),
        units,
        held_out,
    }
}

#[test]
fn forecasts_with_what_came() {
    let answer = answer(Some(month(2020, 12)), true);
    insta::assert_snapshot!(table(&answer));
    insta::assert_snapshot!("forecasts_figure", drawn(&answer, "forecasts"));
    insta::assert_snapshot!("forecasts_cannot_say", format!("{}\n{}", answer.method(), answer.caveats().join("\n")));
    // Each unit has the sentence, and each count opens.
    assert!(answer.units.iter().all(|told| told.shown.starts_with("On 2014-11 to ")), "{}", answer.units[0].shown);
    assert!(answer.units[0].past.iter().all(|count| count.evidence.len() == 2));
    assert!(answer.figure(&Grounds::default(), 860).contains("data-id=\"clm_Swelling_2019-10 "));
}

#[test]
fn what_is_not_known_yet_is_not_shown() {
    let now = answer(None, false);
    assert!(now.units.iter().flat_map(|told| &told.ahead).all(|ahead| ahead.outcome.is_none()));
    assert!(now.units[0].shown.starts_with("It was not tried on months held out"));
    assert!(table(&now).contains("nobody knows whether it beats"));
    let early = answer(Some(month(2019, 12)), false);
    let known: Vec<bool> = early.units[0].ahead.iter().map(|ahead| ahead.outcome.is_some()).collect();
    assert_eq!(known, [true, true, false, false, false, false, false, false]);
}

#[test]
fn chances_are_those_of_the_samples() {
    let panel = panel();
    let made = from(&panel, month(2019, 10));
    let all = told(&made, &panel, &["Swelling", "Peace"], 12, None, None, &|_, _| Vec::new()).expect("forecast");
    let samples = made.samples(panel.units().iter().position(|u| u == "Swelling").expect("a unit"), 2).expect("some");
    let share = samples.iter().filter(|x| **x >= BAD_MONTH_DEATHS).count() as f64 / 250.0;
    assert!((all[0].ahead[2].chance_of_25 - share).abs() < 1e-12 && share > 0.0);
    assert!(all[1].ahead.iter().all(|a| a.chance_of_any <= 0.0 && a.median_deaths <= 0.0));
    assert_eq!(all[0].past.len(), 12);
    let refused = told(&made, &panel, &["Nowhere"], 12, None, None, &|_, _| Vec::new()).expect_err("no unit");
    assert!(refused.to_string().contains("Nowhere is not forecast as of 2019-10"), "{refused}");
}

/// Forecasts from one month after another, as they would have been given out.
fn issued(panel: &Panel) -> Vec<Issued> {
    let months = (0..12).map(|after| month(2018, 6).plus(2 * after));
    months
        .flat_map(|as_of| issue(&from(panel, as_of), panel, &MODEL, 1, ("2020-12-31", "made up, release 1"), None))
        .collect()
}

fn record() -> ForecastRecord {
    let panel = panel();
    let issued = issued(&panel);
    let scored = scored(&issued, &panel, &BASELINES, 1, &evidence).expect("baselines make sense");
    ForecastRecord { title: "Forecasts of deaths by month since June 2018".to_owned(), scored }
}

#[test]
fn a_record_has_its_misses_first() {
    let record = record();
    insta::assert_snapshot!("record", table(&record));
    insta::assert_snapshot!("record_figure", drawn(&record, "record"));
    let scored = &record.scored;
    assert!(scored.misses > 0 && !scored.open.is_empty());
    assert!(scored.resolved[..scored.misses].iter().all(|one| one.is_miss));
    assert!(scored.resolved[scored.misses..].iter().all(|one| !one.is_miss));
    let misses = &scored.resolved[..scored.misses];
    assert!(misses.windows(2).all(|pair| pair[0].crps >= pair[1].crps));
    // Means are those of the forecasts, and baselines stand beside the same ones.
    let mean = scored.resolved.iter().map(|one| one.crps).sum::<f64>() / scored.resolved.len() as f64;
    let means = scored.means.expect("some are resolved");
    assert!((means.crps - mean).abs() < 1e-9 && means.cells == scored.resolved.len());
    assert!(scored.baselines.iter().all(|b| b.lacking == 0 && b.means.is_some_and(|m| m.cells == means.cells)));
    // The forecaster beside itself is no better and no worse.
    let panel = panel();
    let same = analysis::forecast::scored::scored(&issued(&panel), &panel, &[MODEL], 1, &evidence).expect("same");
    let against = same.baselines[0].against.as_ref().expect("the same cells");
    assert!(against.crps.difference.abs() < 1e-12);
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let panel = panel();
    let scored = scored(&[], &panel, &BASELINES, 1, &evidence).expect("nothing to score");
    let record = ForecastRecord { title: "Nothing".to_owned(), scored };
    assert_eq!(table(&record), "Nothing\n0 resolved forecasts, 0 open\n");
    assert!(record.figure(&Grounds::default(), 390).contains("No forecast is resolved yet"));
}
