//! Durations against published estimates, and against the Python package lifelines (`scripts/survival_fixture.py`).

use std::collections::BTreeMap;

use analysis::ceasefires::survival::{Estimate, Incidence, Row, SurvivalError, competing, kaplan_meier, weibull};
use proptest::prelude::*;
use serde::Deserialize;

/// A time, the share, and the ends of its interval.
type At = (f64, f64, Option<f64>, Option<f64>);

#[derive(Deserialize)]
struct Fixture {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    rows: Vec<(Option<f64>, f64, Option<String>)>,
    survival: Vec<At>,
    median: (Option<f64>, Option<f64>, Option<f64>),
    weibull: Fitted,
    incidence: BTreeMap<String, Vec<At>>,
}

#[derive(Deserialize)]
struct Fitted {
    shape: f64,
    scale: f64,
    log_likelihood: f64,
    shape_error: f64,
    scale_error: f64,
}

fn cases() -> Vec<Case> {
    let fixture: Fixture = serde_json::from_str(include_str!("fixtures/survival.json")).unwrap();
    fixture.cases
}

fn rows(case: &Case) -> Vec<Row<String>> {
    case.rows.iter().map(|(entry, time, end)| Row { entry: *entry, time: *time, end: end.clone() }).collect()
}

fn near(ours: f64, theirs: f64, within: f64, what: &str) {
    assert!((ours - theirs).abs() <= within, "{what}: {ours} where lifelines has {theirs}");
}

#[test]
fn the_product_limit_is_that_of_lifelines() {
    for case in cases() {
        let curve = kaplan_meier(&rows(&case)).unwrap();
        for (time, share, low, high) in &case.survival {
            let step = curve.steps.iter().find(|s| (s.time - time).abs() < 1e-9).unwrap();
            let what = format!("{} at {time}", case.name);
            near(step.survival, *share, 1e-9, &what);
            if let (Some(interval), Some(low), Some(high)) = (step.interval, low, high) {
                near(interval.0, *low, 1e-6, &what);
                near(interval.1, *high, 1e-6, &what);
            }
        }
        let median = (curve.median.value, curve.median.low, curve.median.high);
        assert_eq!(median, case.median, "median of {}", case.name);
    }
}

/// Freireich and others 1963: half of those treated relapse within 23 weeks, of the others within 8.
#[test]
fn the_textbook_medians_come_out() {
    let medians: Vec<Option<f64>> = cases()[..2].iter().map(|c| kaplan_meier(&rows(c)).unwrap().median.value).collect();
    assert_eq!(medians, [Some(23.0), Some(8.0)]);
}

#[test]
fn the_weibull_curve_is_that_of_lifelines() {
    for case in cases() {
        let (fitted, theirs) = (weibull(&rows(&case)).unwrap(), &case.weibull);
        let (shape, scale) = (fitted.shape.value.unwrap(), fitted.scale.value.unwrap());
        near(shape, theirs.shape, 1e-4, &format!("shape of {}", case.name));
        near(scale, theirs.scale, 5e-3, &format!("scale of {}", case.name));
        near(fitted.log_likelihood, theirs.log_likelihood, 1e-6, &format!("likelihood of {}", case.name));
        // Our intervals are on the logarithm: its standard error is the relative one.
        let error = |e: &Estimate| (e.high.unwrap() / e.low.unwrap()).ln() / 2.0 / 1.959_964;
        near(error(&fitted.shape) * shape, theirs.shape_error, 1e-3, &format!("shape's error of {}", case.name));
        near(error(&fitted.scale) * scale, theirs.scale_error, 1e-2, &format!("scale's error of {}", case.name));
        assert!(fitted.exponential_log_likelihood <= fitted.log_likelihood);
    }
}

#[test]
fn the_incidence_of_each_end_is_that_of_lifelines() {
    let case = cases().into_iter().find(|c| !c.incidence.is_empty()).unwrap();
    let found = competing(&rows(&case)).unwrap();
    assert_eq!(found.kinds.len(), case.incidence.len());
    for kind in &found.kinds {
        for (time, share, low, high) in &case.incidence[&kind.kind] {
            let step = kind.steps.iter().find(|s| (s.time - time).abs() < 1e-9).unwrap();
            let what = format!("{} by {time}", kind.kind);
            near(step.share, *share, 1e-9, &what);
            let interval = step.interval.unwrap();
            near(interval.0, low.unwrap(), 1e-6, &what);
            near(interval.1, high.unwrap(), 1e-6, &what);
        }
    }
}

#[test]
fn what_bears_no_estimate_is_named() {
    let row = |entry, time, ended: bool| Row { entry, time, end: ended.then_some("over") };
    assert_eq!(kaplan_meier::<&str>(&[]).unwrap_err(), SurvivalError::Empty);
    assert!(matches!(kaplan_meier(&[row(None, -1.0, true)]), Err(SurvivalError::Time { row: 0, .. })));
    assert!(matches!(competing(&[row(Some(5.0), 5.0, true)]), Err(SurvivalError::Time { row: 0, .. })));
    assert_eq!(weibull(&[row(None, 3.0, true), row(None, 0.0, true)]).unwrap_err(), SurvivalError::Zero { row: 1 });
    assert_eq!(weibull(&[row(None, 3.0, true), row(None, 9.0, false)]).unwrap_err(), SurvivalError::TooFew { ends: 1 });
    // Nothing has ended: all still hold, and no median is known.
    let curve = kaplan_meier(&[row(None, 3.0, false)]).unwrap();
    assert_eq!((curve.survival_at(10.0), curve.median.value), (1.0, None));
}

proptest! {
    /// The shares that ended in each way and the share that still holds are all there is; order is of no consequence.
    #[test]
    fn incidences_and_survival_add_up(mut rows in proptest::collection::vec((1_u32..60, 0_u8..4), 1..40)) {
        let made = |rows: &[(u32, u8)]| -> Vec<Row<u8>> {
            rows.iter().map(|&(t, k)| Row { entry: None, time: f64::from(t), end: (k > 0).then_some(k) }).collect()
        };
        let (curve, ends) = (kaplan_meier(&made(&rows)).unwrap(), competing(&made(&rows)).unwrap());
        for step in &curve.steps {
            let by_then = |k: &Incidence<u8>| {
                k.steps.iter().take_while(|s| s.time <= step.time).last().map_or(0.0, |s| s.share)
            };
            let all: f64 = ends.kinds.iter().map(by_then).sum::<f64>() + step.survival;
            prop_assert!((all - 1.0).abs() < 1e-9);
            if let Some((low, high)) = step.interval {
                prop_assert!(low <= step.survival && step.survival <= high);
            }
        }
        rows.reverse();
        prop_assert_eq!(kaplan_meier(&made(&rows)).unwrap(), curve);
    }
}
