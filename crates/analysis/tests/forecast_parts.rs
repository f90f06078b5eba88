//! The parts of forecasts that can be checked by hand or by brute force.

use analysis::forecast::calibration::calibration;
use analysis::forecast::rolling::score;
use analysis::forecast::samples::{spread_counts, spread_evenly};
use analysis::forecast::{Model, Month, Panel, Past, forecast, keep, scores, stack};

#[test]
fn crps_is_what_its_definition_says() {
    let samples = [0.0, 0.0, 3.0, 7.0, 40.0];
    for outcome in [0.0, 2.0, 7.0, 100.0] {
        let mean = |of: &dyn Fn(f64) -> f64| samples.iter().map(|&x| of(x)).sum::<f64>() / samples.len() as f64;
        let brute = mean(&|x| (x - outcome).abs()) - 0.5 * mean(&|x| mean(&|y| (x - y).abs()));
        assert!((scores::crps(&samples, outcome) - brute).abs() < 1e-12, "at {outcome}");
    }
    assert_eq!(scores::place(&samples, 0.0), (0.0, 0.4));
    assert_eq!(scores::place(&samples, 41.0), (1.0, 1.0));
}

#[test]
fn ignorance_changes_bins_where_the_challenge_does() {
    // All samples are 2: outcomes 1 and 2 share their bin, 0 and 3 do not.
    let found = [0.0, 1.0, 2.0, 3.0].map(|y| scores::ignorance(&[2.0; 250], y) < 1.0);
    assert_eq!(found, [false, true, true, false]);
}

#[test]
fn samples_are_the_middles_of_equal_shares() {
    assert_eq!(spread_evenly(&mut [(5.0, 1.0), (1.0, 3.0)], 4), [1.0, 1.0, 1.0, 5.0]);
    // Poisson with mean 2: quantiles at 1/20, 3/20 … 19/20 by its table.
    let poisson = spread_counts(-2.0, |k| (2.0_f64 / k).ln(), 100.0, 10);
    assert_eq!(poisson, [0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 5.0]);
}

/// Two units: one rises by ten a month and is best told by its last month, one is steady.
fn rising() -> Panel {
    let months = (0..60).flat_map(|m| {
        let month = Month::new(2000, 1).unwrap().plus(m);
        [("rising".to_owned(), month, f64::from(m) * 10.0), ("steady".to_owned(), month, 30.0)]
    });
    Panel::new(months).unwrap()
}

#[test]
fn weights_go_to_the_better_member() {
    let panel = rising();
    let members = vec![Model::Zero, Model::Conflictology, Model::Weighted { half_life_months: 0.2 }];
    let settings = stack::Settings { members, origins: 6, pull: 0.001, ..stack::Settings::default() };
    let view = panel.as_of(Month::new(2004, 6).unwrap()).unwrap();
    let weights = stack::weights(view, &[3, 12], 1, &settings, &mut Past::default()).unwrap();
    for of_heavy in &weights[4..] {
        assert!((of_heavy.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(of_heavy[2] > 0.9, "{of_heavy:?}");
    }
    // Held with all strength, weights stay equal.
    let held = stack::Settings { pull: 1000.0, ..settings };
    let weights = stack::weights(view, &[3, 12], 1, &held, &mut Past::default()).unwrap();
    assert!(weights.iter().flatten().all(|w| (w - 1.0 / 3.0).abs() < 0.01), "{weights:?}");
}

#[test]
fn calibration_counts_every_outcome_once() {
    let panel = rising();
    let view = panel.as_of(Month::new(2004, 6).unwrap()).unwrap();
    let cells = score(&forecast(&Model::Conflictology, view, &[1, 2, 3], 12, 1).unwrap(), &panel);
    let found = calibration(&cells).unwrap();
    assert_eq!((found.cells, found.left_out), (6, 0));
    assert!((found.histogram.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    // Three outcomes above every sample, three anywhere in a forecast that knows but one number.
    assert!((found.histogram[9] - 0.55).abs() < 1e-12, "{:?}", found.histogram);
    assert!(found.coverage.iter().all(|c| (c.found - 0.5).abs() < 1e-12));
    let zeros = score(&forecast(&Model::Zero, panel.as_of(panel.first()).unwrap(), &[1], 12, 1).unwrap(), &panel);
    assert_eq!(calibration(&zeros).map(|c| c.cells), Some(2));
}

#[test]
fn what_was_stored_for_the_test_years_can_be_read() {
    let bytes =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../eval/forecast/country_month.samples")).unwrap();
    let (mut at, mut origins) = (0, Vec::new());
    while at < bytes.len() {
        let (made, read) = keep::unpack(&bytes[at..]).unwrap();
        assert_eq!((made.units(), made.leads().len(), made.draws()), (191, 12, 250));
        origins.push(made.as_of().to_string());
        at += read;
    }
    assert_eq!(origins, ["2017-10", "2018-10", "2019-10", "2020-10"]);
}
