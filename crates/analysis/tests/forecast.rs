//! Forecasts: nothing is seen beyond the as-of month, the same seed gives the same samples, samples are what they claim.

use analysis::forecast::compare::{Verdict, compare};
use analysis::forecast::record::{caveat, issue, resolve};
use analysis::forecast::rolling::{means, score};
use analysis::forecast::{
    Forecast, Model, Month, Panel, Past, Refused, analogues, forecast, forecast_with, keep, shocks, stack,
};

fn month(year: i32, of_year: u32) -> Month {
    Month::new(year, of_year).unwrap()
}

/// Thirty made-up units over eight years: quiet ones, steady ones, ones with wars; some months unknown.
fn rows() -> Vec<(String, Month, f64)> {
    let mut state = 7_u64;
    let mut rows = Vec::new();
    for unit in 0..30 {
        let mut level = 0.0_f64;
        for m in 0..96 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let u = (state >> 40) as f64 / f64::from(1 << 24);
            level = match (unit % 3, u) {
                (0, _) => 0.0,
                (_, u) if u < 0.05 => 200.0 * u * f64::from(unit),
                (_, u) if u > 0.95 => 0.0,
                (_, u) => level * (0.6 + 0.8 * u),
            };
            if (unit, m) != (4, 50) && !(unit == 5 && m < 60) {
                rows.push((format!("u{unit:02}"), month(2000, 1).plus(m), level.round()));
            }
        }
    }
    rows
}

/// Every model, the slow ones with few trees.
fn models() -> Vec<Model> {
    let few = analogues::Settings { trees: 10, min_leaf: 10, ..analogues::Settings::default() };
    let members = vec![Model::Weighted { half_life_months: 3.0 }, Model::NegativeBinomial, Model::Analogues(few)];
    vec![
        Model::Zero,
        Model::LastPoisson,
        Model::Conflictology,
        Model::NegativeBinomial,
        Model::Weighted { half_life_months: 3.0 },
        Model::Shocked(shocks::Settings::default()),
        Model::Analogues(few),
        Model::Stack(stack::Settings { members, origins: 4, ..stack::Settings::default() }),
    ]
}

const LEADS: [u32; 4] = [1, 3, 9, 14];

fn from(panel: &Panel, model: &Model, as_of: Month, seed: u64) -> Forecast {
    forecast(model, panel.as_of(as_of).unwrap(), &LEADS, 50, seed).unwrap()
}

#[test]
fn what_comes_after_changes_no_forecast() {
    let as_of = month(2005, 6);
    let clean = Panel::new(rows()).unwrap();
    // The future: a thousand times worse, or unknown, with a unit that nobody had heard of at the end of the names.
    let poisoned: Vec<_> = rows()
        .into_iter()
        .enumerate()
        .filter(|(i, (_, m, _))| *m <= as_of || i % 3 != 0)
        .map(|(_, (unit, m, count))| (unit, m, if m > as_of { count * 1000.0 + 77.0 } else { count }))
        .chain([("zz".to_owned(), month(2007, 12), 5.0)])
        .collect();
    let poisoned = Panel::new(poisoned).unwrap();
    for model in models() {
        let (a, b) = (from(&clean, &model, as_of, 1), from(&poisoned, &model, as_of, 1));
        for unit in 0..30 {
            for at in 0..LEADS.len() {
                assert_eq!(a.samples(unit, at), b.samples(unit, at), "{} saw the future", model.name());
            }
        }
        assert_eq!(b.samples(30, 0), None, "{} forecast a unit that came later", model.name());
    }
}

#[test]
fn kept_forecasts_of_later_months_change_nothing() {
    let panel = Panel::new(rows()).unwrap();
    let model = models().pop().unwrap();
    let mut past = Past::default();
    for as_of in [month(2006, 12), month(2005, 6)] {
        let view = panel.as_of(as_of).unwrap();
        let kept = forecast_with(&model, view, &LEADS, 50, 1, &mut past).unwrap();
        assert_eq!(kept, from(&panel, &model, as_of, 1));
    }
}

#[test]
fn samples_are_sorted_counts_the_same_for_the_same_seed() {
    let panel = Panel::new(rows()).unwrap();
    for model in models() {
        let made = from(&panel, &model, month(2005, 6), 3);
        assert_eq!(made, from(&panel, &model, month(2005, 6), 3), "{}", model.name());
        for unit in 0..made.units() {
            for at in 0..LEADS.len() {
                let samples = made.samples(unit, at).unwrap();
                assert_eq!(samples.len(), 50);
                assert!(
                    samples.is_sorted() && samples.iter().all(|x| *x >= 0.0 && x.fract() == 0.0),
                    "{}",
                    model.name()
                );
            }
        }
        let bytes = keep::pack(&made).unwrap();
        assert_eq!(keep::unpack(&bytes).unwrap(), (made, bytes.len()));
        for cut in [0, 3, 10, bytes.len() - 1] {
            assert!(matches!(keep::unpack(&bytes[..cut]), Err(Refused::Stored { .. })), "cut at {cut}");
        }
    }
}

#[test]
fn unknown_is_not_zero() {
    let of = |months: &[(u32, f64)]| {
        Panel::new(months.iter().map(|&(m, c)| ("a".to_owned(), month(2000, m), c)).chain([(
            "b".to_owned(),
            month(2001, 12),
            0.0,
        )]))
        .unwrap()
    };
    let gap = of(&[(1, 8.0), (12, 8.0)]);
    assert_eq!(gap.outcome(0, month(2000, 6)), None);
    let made = from(&gap, &Model::Conflictology, month(2000, 12), 1);
    assert_eq!(made.samples(0, 0).unwrap(), [8.0; 50], "eleven unknown months are no quiet months");
    // Unknown for a whole year: no forecast.
    assert_eq!(from(&gap, &Model::Zero, month(2001, 12), 1).samples(0, 0), None);
    assert_eq!(from(&gap, &Model::Zero, month(2001, 11), 1).samples(0, 0).map(<[f64]>::len), Some(50));
}

#[test]
fn what_is_refused() {
    let row = |count| ("a".to_owned(), month(2000, 1), count);
    assert_eq!(Panel::new([]), Err(Refused::Empty));
    assert!(matches!(Panel::new([row(-1.0)]), Err(Refused::NoCount { .. })));
    assert!(matches!(Panel::new([row(f64::NAN)]), Err(Refused::NoCount { .. })));
    assert!(matches!(Panel::new([row(1.0), row(1.0)]), Err(Refused::Twice { .. })));
    let panel = Panel::new(rows()).unwrap();
    assert!(matches!(panel.as_of(month(2010, 1)), Err(Refused::Outside { .. })));
    let view = panel.as_of(month(2005, 6)).unwrap();
    assert_eq!(forecast(&Model::Zero, view, &[15], 10, 1), Err(Refused::Lead { lead: 15 }));
    assert!(matches!(forecast(&Model::Zero, view, &[1], 0, 1), Err(Refused::Setting { .. })));
    let still = Model::Weighted { half_life_months: 0.0 };
    assert!(matches!(forecast(&still, view, &[1], 10, 1), Err(Refused::Setting { .. })));
    let stacked = stack::Settings { members: vec![models().pop().unwrap()], ..stack::Settings::default() };
    assert!(matches!(forecast(&Model::Stack(stacked), view, &[1], 10, 1), Err(Refused::Setting { .. })));
}

#[test]
fn a_record_keeps_its_misses_and_its_caveat() {
    let panel = Panel::new(rows()).unwrap();
    let as_of = month(2006, 12);
    let (zero, weighted) = (Model::Zero, Model::Weighted { half_life_months: 3.0 });
    let made = from(&panel, &zero, as_of, 1);
    let (ours, theirs) = (score(&made, &panel), score(&from(&panel, &weighted, as_of, 1), &panel));
    let by = compare(&ours, &theirs, |c| c.crps, 1).unwrap();
    assert!((by.difference - (by.ours - by.theirs)).abs() < 1e-9);
    assert!(by.within.is_some_and(|(low, high)| low <= high));
    assert!((by.ours - means(&ours).unwrap().crps).abs() < 1e-12);
    let sentence = caveat("zero", "the weighted past", "2007", &by).expect("zero beats nothing");
    assert!(sentence.starts_with("On 2007, zero "), "{sentence}");

    let issued = issue(&made, &panel, &zero, 1, ("2007-01-02", "made up, first release"), Some(&sentence));
    let record = resolve(&issued, &panel);
    // Lead 14 is February 2008, after the end of the panel.
    assert_eq!((record.resolved, record.open), (90, 30));
    let died = |unit: usize, m: Month| panel.outcome(unit, m).is_some_and(|c| c > 0.0);
    let misses = (0..30).flat_map(|u| [1, 3, 9].map(|l| died(u, as_of.plus(l)))).filter(|m| *m).count();
    assert_eq!(record.misses.len(), misses);
    assert!(misses > 0 && record.forecasts.iter().all(|f| f.issued.caveat.is_some()));
    let worst = |i: usize| record.forecasts[record.misses[i]].crps;
    assert!(worst(0) >= worst(misses - 1));
    let text = serde_json::to_string(&issued).unwrap();
    assert_eq!(serde_json::from_str::<Vec<analysis::forecast::record::Issued>>(&text).unwrap(), issued);
}

#[test]
fn nothing_is_shown_of_a_forecaster_beside_itself() {
    let panel = Panel::new(rows()).unwrap();
    let cells = score(&from(&panel, &Model::Conflictology, month(2005, 6), 1), &panel);
    let by = compare(&cells, &cells, |c| c.crps_log, 1).unwrap();
    assert_eq!((by.difference, by.within, by.verdict), (0.0, Some((0.0, 0.0)), Verdict::NotShown));
    assert!(matches!(compare(&cells, &cells[1..], |c| c.crps, 1), Err(Refused::Unlike { .. })));
}

#[test]
fn of_one_country_years_are_told_apart_and_a_few_show_nothing() {
    let panel = Panel::new(rows()).unwrap();
    let died = |unit: usize| (0..60).filter_map(|m| panel.outcome(unit, month(2003, 1).plus(m))).sum::<f64>();
    let bloodiest = (0..30).max_by(|a, b| died(*a).total_cmp(&died(*b))).expect("units");
    let of = |model: &Model, years: std::ops::Range<i32>| -> Vec<_> {
        let cells = years.flat_map(|year| score(&from(&panel, model, month(year, 12), 1), &panel));
        cells.filter(|cell| cell.unit == bloodiest).collect()
    };
    let compared = |years: std::ops::Range<i32>| {
        let (zero, weighted) = (of(&Model::Zero, years.clone()), of(&Model::Weighted { half_life_months: 3.0 }, years));
        compare(&weighted, &zero, |c| c.crps, 1).unwrap()
    };
    let one = compared(2006..2007);
    assert_eq!((one.within, one.verdict), (None, Verdict::NotShown), "leads of one year");
    assert!(one.interval().contains("too few"), "{}", one.interval());
    let (low, high) = compared(2002..2007).within.expect("five years");
    assert!(high - low > 0.0, "never an interval without width: {low} to {high}");
}
