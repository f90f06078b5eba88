//! A level that moves: the Nile as everybody has it, statsmodels' results, and series that jump nowhere.

use analysis::ties::level::{FEWEST, Fit, NotEstimated, Observation, fit};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;

/// Made by `scripts/local_level_fixture.py`.
#[derive(Deserialize)]
struct Fixture {
    statsmodels: String,
    series: Vec<Series>,
}

#[derive(Deserialize)]
struct Series {
    name: String,
    values: Vec<Option<f64>>,
    weights: Vec<f64>,
    irregular_variance: f64,
    level_variance: f64,
    log_likelihood: f64,
    level: Vec<f64>,
    level_variance_of_bins: Vec<f64>,
    irregular_t: Vec<Option<f64>>,
    step_t: Vec<Option<f64>>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("fixtures/local_level.json")).unwrap()
}

fn years(first: i16, values: &[Option<f64>], weights: &[f64]) -> Vec<Observation> {
    let bins = (first..).map(|year| date(year, 1, 1));
    bins.zip(values.iter().zip(weights))
        .map(|(bin, (value, weight))| Observation { bin, value: *value, weight: *weight })
        .collect()
}

fn nile() -> Fit {
    let series = fixture().series.swap_remove(0);
    fit(&years(1871, &series.values, &series.weights)).unwrap()
}

#[test]
fn the_nile_has_the_variances_of_the_book_and_shifts_in_1899() {
    let fit = nile();
    // Durbin and Koopman (2012), table 2.1 and section 2.10.3.
    assert!((fit.irregular_variance - 15_099.0).abs() < 1.0, "{}", fit.irregular_variance);
    assert!((fit.level_variance - 1469.1).abs() < 0.2, "{}", fit.level_variance);
    assert_eq!(fit.shifts.len(), 1);
    let shift = fit.shifts[0];
    assert_eq!((shift.after, shift.at), (date(1898, 1, 1), date(1899, 1, 1)), "the dam at Aswan");
    assert_eq!((shift.from, shift.until), (date(1896, 1, 1), date(1900, 1, 1)));
    assert!((shift.t + 3.234).abs() < 1e-3 && shift.size < -300.0 && shift.level_after < shift.level_before);
    assert_eq!(fit.one_offs.len(), 0);
}

#[test]
fn levels_and_statistics_are_those_of_statsmodels() {
    let fixture = fixture();
    assert_eq!(fixture.statsmodels, "0.15.0");
    for series in fixture.series {
        let fit = fit(&years(1871, &series.values, &series.weights)).unwrap();
        let close = |what: &str, ours: f64, theirs: f64, tolerance: f64| {
            let scale = theirs.abs().max(1e-3);
            assert!(
                (ours - theirs).abs() / scale < tolerance,
                "{} {what}: {ours}, statsmodels has {theirs}",
                series.name
            );
        };
        close("irregular", fit.irregular_variance, series.irregular_variance, 1e-4);
        close("level", fit.level_variance, series.level_variance, 1e-4);
        close("likelihood", fit.log_likelihood, series.log_likelihood, 1e-7);
        for (at, bin) in fit.bins.iter().enumerate() {
            close("level", bin.level.unwrap(), series.level[at], 1e-4);
            let half = 1.959_963_985 * series.level_variance_of_bins[at].sqrt();
            close("interval", bin.high.unwrap() - bin.level.unwrap(), half, 1e-4);
            assert_eq!(bin.irregular_t.is_some(), series.irregular_t[at].is_some());
            assert_eq!(bin.step_t.is_some(), series.step_t[at].is_some());
            for (ours, theirs) in [(bin.irregular_t, series.irregular_t[at]), (bin.step_t, series.step_t[at])] {
                if let Some((ours, theirs)) = ours.zip(theirs) {
                    assert!((ours - theirs).abs() < 1e-3, "{} {at}: {ours}, statsmodels has {theirs}", series.name);
                }
            }
        }
    }
}

#[test]
fn a_gap_widens_the_interval_and_holds_no_value() {
    let series = fixture().series.swap_remove(1);
    let fit = fit(&years(1871, &series.values, &series.weights)).unwrap();
    assert_eq!(fit.observed, 60);
    let width = |at: usize| fit.bins[at].high.unwrap() - fit.bins[at].low.unwrap();
    assert!(width(30) > 1.2 * width(10), "{} in the gap, {} outside", width(30), width(10));
    assert_eq!((fit.bins[30].value, fit.bins[30].irregular_t), (None, None));
    // Where nothing was observed, nothing tells when the level jumped.
    assert_eq!(fit.bins[25].step_t, fit.bins[35].step_t);
}

#[test]
fn too_little_is_not_estimated() {
    let short: Vec<Option<f64>> = (0..40).map(|i| (i < 11).then(|| f64::from(i % 3))).collect();
    let weights = [1.0; 40];
    assert_eq!(fit(&years(1900, &short, &weights)), Err(NotEstimated::TooFew { observed: 11, needed: FEWEST }));
    assert_eq!(
        fit(&years(1900, &short, &weights)).unwrap_err().to_string(),
        "11 bins have a value, and under 12 nothing is estimated"
    );
    assert_eq!(fit(&years(1900, &[Some(2.0); 40], &weights)), Err(NotEstimated::AllTheSame { value: 2.0 }));
    let mut twice = years(1900, &[Some(2.0); 40], &weights);
    twice[7].bin = twice[6].bin;
    assert!(matches!(fit(&twice), Err(NotEstimated::Unusable { .. })));
    let odd = years(1900, &[Some(f64::NAN); 40], &weights);
    assert!(matches!(fit(&odd), Err(NotEstimated::Unusable { .. })));
}

#[test]
fn leading_bins_without_a_value_have_no_level_and_change_nothing() {
    let series = fixture().series.swap_remove(0);
    let mut values = vec![None; 5];
    values.extend(series.values);
    let later = fit(&years(1866, &values, &[1.0; 105])).unwrap();
    assert_eq!((later.bins[4].level, later.bins[4].step_t), (None, None));
    assert_eq!(later.bins[5..], nile().bins);
    assert_eq!(later.shifts, nile().shifts);
}

/// Normal numbers of a fixed seed: a linear congruential generator, twelve of it summed.
struct Normal(u64);

impl Normal {
    fn next(&mut self) -> f64 {
        let mut uniform = || {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 11) as f64 / (1_u64 << 53) as f64
        };
        (0..12).map(|_| uniform()).sum::<f64>() - 6.0
    }
}

fn weeks(values: Vec<Option<f64>>, weight: impl Fn(usize) -> f64) -> Vec<Observation> {
    let start: Date = date(2024, 1, 1);
    let bin = |at: usize| start.checked_add(i64::try_from(at).unwrap().weeks()).unwrap();
    values.into_iter().enumerate().map(|(at, value)| Observation { bin: bin(at), value, weight: weight(at) }).collect()
}

/// How many of a hundred series of a year of weeks show a shift.
fn with_shifts(mut series: impl FnMut(&mut Normal) -> Vec<Observation>) -> usize {
    let mut random = Normal(7);
    (0..100).filter(|_| fit(&series(&mut random)).is_ok_and(|f| !f.shifts.is_empty())).count()
}

#[test]
fn one_in_ten_series_that_jump_nowhere_shows_a_shift() {
    for shock in [0.0, 0.3] {
        let found = with_shifts(|random| {
            let mut level = 0.0;
            let value = |random: &mut Normal| {
                level += shock * random.next();
                Some(level + random.next())
            };
            weeks(
                std::iter::repeat_with({
                    let mut value = value;
                    move || value(random)
                })
                .take(52)
                .collect(),
                |_| 1.0,
            )
        });
        assert!((1..=20).contains(&found), "{found} of 100 at shocks of {shock}");
    }
    // Tones of happenings: whole numbers from -2 to 2, a mean of few, and weeks of which nothing is told.
    let weight = |at: usize| (1 + at % 4) as f64;
    let found = with_shifts(|random| {
        let mut mean = |at: usize| {
            let many = 1 + at % 4;
            let tones = (0..many).map(|_| if random.next() > 0.5 { 1.0 } else { -2.0 });
            (at % 7 != 3).then_some(tones.sum::<f64>() / many as f64)
        };
        weeks((0..52).map(&mut mean).collect(), weight)
    });
    assert!(found <= 20, "{found} of 100");
}

#[test]
fn a_jump_is_found_where_it_is_and_a_single_week_is_none() {
    let jumping = |random: &mut Normal, by: f64| {
        weeks((0..52).map(|at| Some(random.next() + if at < 30 { 0.0 } else { by })).collect(), |_| 1.0)
    };
    let found = with_shifts(|random| jumping(random, 4.0));
    assert!(found >= 90, "{found} of 100");
    let mut random = Normal(3);
    let fit_of = |series: &[Observation]| fit(series).unwrap();
    let one = fit_of(&jumping(&mut random, 6.0));
    let start = one.bins[30].bin;
    assert!(one.shifts.iter().any(|s| s.from <= start && start <= s.until && s.size > 2.0), "{:?}", one.shifts);
    let spike: Vec<Option<f64>> = (0..52).map(|at| Some(random.next() + if at == 20 { 9.0 } else { 0.0 })).collect();
    let spiked = fit_of(&weeks(spike, |_| 1.0));
    assert_eq!(spiked.one_offs.iter().map(|o| o.bin).collect::<Vec<_>>(), [spiked.bins[20].bin]);
    assert!(spiked.shifts.is_empty(), "{:?}", spiked.shifts);
}
