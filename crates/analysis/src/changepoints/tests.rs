//! Changes, their positions, levels, dispersion and refusals; how often the intervals hold what is true.

use proptest::prelude::*;

use super::*;
use crate::incidents::measure::random::Random;

/// Counts of a rate, by the product of even numbers (Knuth); for rates of some dozens at most.
fn poisson(random: &mut Random, rate: f64) -> f64 {
    let (floor, mut product, mut count) = ((-rate).exp(), random.unit(), 0.0);
    while product > floor {
        product *= random.unit();
        count += 1.0;
    }
    count
}

/// Normal numbers (Box and Muller).
fn normal(random: &mut Random) -> f64 {
    let radius = (-2.0 * (1.0 - random.unit()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.unit()).cos()
}

/// A gamma variable of a whole shape and mean 1: rates that vary, so that counts spread wider than Poisson's.
fn uneven(random: &mut Random, shape: u32) -> f64 {
    (0..shape).map(|_| -(1.0 - random.unit()).ln()).sum::<f64>() / f64::from(shape)
}

fn at(found: &Segmentation) -> Vec<usize> {
    found.changes.iter().map(|change| change.at).collect()
}

fn of(cost: Cost) -> Settings {
    Settings { cost, ..Settings::default() }
}

#[test]
fn a_rise_is_told_with_its_place_ratio_and_levels() {
    // Ten weeks of one or two incidents, then ten of eight to twelve.
    let series = [1., 2., 1., 1., 2., 1., 2., 1., 1., 2., 9., 12., 10., 8., 11., 9., 10., 12., 8., 11.];
    let found = change_points(&series, &Settings::default()).unwrap();
    let [change] = &found.changes[..] else { panic!("one change: {found:?}") };
    assert_eq!((change.at, change.direction), (10, Direction::Rose));
    assert_eq!(change.positions, [(10, 10)]);
    assert!((change.ratio.unwrap() - 100.0 / 14.0).abs() < 1e-12);
    let [calm, tense] = &found.segments[..] else { panic!("two segments") };
    assert_eq!((calm.from, calm.to, calm.n, calm.sum), (0, 10, 10, 14.0));
    assert_eq!((tense.from, tense.to, tense.n, tense.sum), (10, 20, 10, 100.0));
    // Garwood's interval of a count of 100 is 81.36 to 121.63.
    let (low, high) = tense.within.unwrap();
    assert!((low - 8.136).abs() < 1e-3 && (high - 12.163).abs() < 1e-3, "{low} {high}");
    assert_eq!(found.dispersion_used, Some(1.0));
    assert!(found.dispersion.unwrap() < 1.0);
}

#[test]
fn a_fall_to_nothing_has_a_ratio_and_a_rise_from_nothing_has_none() {
    let mut series = vec![0.0; 12];
    series.extend([6.0, 7.0, 5.0, 6.0, 8.0, 6.0]);
    series.extend([0.0; 12]);
    let found = change_points(&series, &Settings::default()).unwrap();
    assert_eq!(at(&found), [12, 18]);
    assert_eq!((found.changes[0].ratio, found.changes[0].direction), (None, Direction::Rose));
    assert_eq!((found.changes[1].ratio, found.changes[1].direction), (Some(0.0), Direction::Fell));
    // Nothing in twelve weeks is still compatible with 3.69 in twelve.
    let (low, high) = found.segments[0].within.unwrap();
    assert!(low.abs() < 1e-12 && (high - 3.6889 / 12.0).abs() < 1e-4);
}

#[test]
fn what_does_not_change_is_one_segment() {
    for cost in [Cost::L2, Cost::Poisson] {
        let none = change_points(&[], &of(cost)).unwrap();
        assert!(none.segments.is_empty() && none.changes.is_empty());
        for series in [vec![3.0], vec![3.0, 8.0], vec![0.0; 40], vec![4.0; 40]] {
            let found = change_points(&series, &of(cost)).unwrap();
            assert_eq!((found.segments.len(), found.changes.len()), (1, 0), "{series:?}");
            assert_eq!((found.segments[0].from, found.segments[0].to), (0, series.len()));
        }
        // Too short for a segment, let alone two.
        let long = Settings { min_size: 5, ..of(cost) };
        assert_eq!(change_points(&[0.0, 0.0, 9.0, 9.0], &long).unwrap().segments.len(), 1);
    }
}

#[test]
fn a_step_without_noise_is_at_its_place_alone() {
    let series = [0., 0., 0., 0., 0., 0., 5., 5., 5., 5., 5., 5.];
    let found = change_points(&series, &of(Cost::L2)).unwrap();
    assert_eq!((at(&found), found.variance), (vec![6], Some(0.0)));
    assert_eq!(found.changes[0].positions, [(6, 6)]);
}

#[test]
fn ties_go_to_the_earliest_start() {
    // One of the two equal values may go either way.
    let found =
        change_points(&[0.0, 1.0, 2.0], &Settings { penalty: Penalty::Given(1.0), min_size: 1, ..of(Cost::L2) });
    assert_eq!(at(&found.unwrap()), [1]);
}

#[test]
fn letting_go_too_early_may_miss_the_least_cost() {
    let squares = |series: &[f64], found: &Segmentation, penalty: f64| -> f64 {
        let apart = |s: &Segment| series[s.from..s.to].iter().map(|x| (x - s.level).powi(2)).sum::<f64>();
        found.segments.iter().map(|s| apart(s) + penalty).sum()
    };
    let mut random = Random::new(5);
    let mut dearer = 0;
    for _ in 0..200 {
        let series: Vec<f64> = (0..40).map(|i| poisson(&mut random, [1.0, 4.0][i / 10 % 2])).collect();
        let penalty = 4.0;
        let settings = Settings { penalty: Penalty::Given(penalty), min_size: 4, ..of(Cost::L2) };
        let cost =
            |pruning| squares(&series, &change_points(&series, &Settings { pruning, ..settings }).unwrap(), penalty);
        let (early, safe) = (cost(Pruning::AtOnce), cost(Pruning::WhenSafe));
        let least = least(&series, 4, penalty);
        assert!((safe - least).abs() < 1e-9 && early > least - 1e-9);
        dearer += usize::from(early > safe + 1e-9);
    }
    assert!((1..100).contains(&dearer), "{dearer} of 200");
}

/// The least cost under L2, with no start let go.
fn least(series: &[f64], min_size: usize, penalty: f64) -> f64 {
    let apart = |part: &[f64]| {
        let mean = part.iter().sum::<f64>() / part.len() as f64;
        part.iter().map(|x| (x - mean).powi(2)).sum::<f64>()
    };
    let mut upto = vec![f64::INFINITY; series.len() + 1];
    upto[0] = 0.0;
    for end in min_size..=series.len() {
        for start in 0..=end - min_size {
            upto[end] = upto[end].min(upto[start] + apart(&series[start..end]) + penalty);
        }
    }
    upto[series.len()]
}

#[test]
fn unknown_bins_are_left_out_and_places_kept() {
    let known = |x: f64| Some(x);
    let mut series = vec![None, None];
    series.extend([1.0, 2.0, 1.0, 1.0, 2.0].map(known));
    series.push(None);
    series.extend([1.0, 2.0, 1.0].map(known));
    series.extend([None, None, None]);
    series.extend([9.0, 12.0, 10.0, 8.0, 11.0, 9.0].map(known));
    series.push(None);
    let found = change_points_with_gaps(&series, &Settings::default()).unwrap();
    assert_eq!(at(&found), [14]);
    // It may have come in any of the three weeks of which nothing is known.
    assert_eq!(found.changes[0].positions, [(11, 14)]);
    let [calm, tense] = &found.segments[..] else { panic!("two segments") };
    assert_eq!((calm.from, calm.to, calm.n), (2, 11, 8));
    assert_eq!((tense.from, tense.to, tense.n), (14, 20, 6));
    assert!(change_points_with_gaps(&[None, None], &Settings::default()).unwrap().segments.is_empty());
}

#[test]
fn what_cannot_be_reckoned_is_refused_with_its_place() {
    let refused = |series: &[f64], settings: &Settings| change_points(series, settings).unwrap_err();
    let counts = Settings::default();
    assert_eq!(refused(&[1.0, 2.5], &counts), Refused::NoCount { at: 1, value: 2.5 });
    assert_eq!(refused(&[1.0, 2.0, -1.0], &counts), Refused::NoCount { at: 2, value: -1.0 });
    assert_eq!(refused(&[f64::INFINITY], &counts), Refused::NotFinite { at: 0, value: f64::INFINITY });
    assert!(matches!(refused(&[0.0, f64::NAN], &of(Cost::L2)), Refused::NotFinite { at: 1, .. }));
    assert!(change_points(&[-2.5, 3.5], &of(Cost::L2)).is_ok());
    // The position is that of the series given, gaps and all.
    let gaps = change_points_with_gaps(&[None, Some(1.0), None, Some(0.5)], &counts);
    assert_eq!(gaps.unwrap_err(), Refused::NoCount { at: 3, value: 0.5 });
    for settings in [
        Settings { min_size: 0, ..counts },
        Settings { jump: 0, ..counts },
        Settings { penalty: Penalty::Given(-1.0), ..counts },
        Settings { dispersion: Dispersion::Given(0.0), ..counts },
    ] {
        assert!(matches!(refused(&[1.0], &settings), Refused::Setting { .. }), "{settings:?}");
    }
}

#[test]
fn garwoods_intervals_are_those_of_the_tables() {
    for (count, low, high) in
        [(0.0, 0.0, 3.6889), (1.0, 0.0253, 5.5716), (10.0, 4.7954, 18.3904), (100.0, 81.3640, 121.6268)]
    {
        let within = intervals::rate(count, 1, 1.0);
        assert!((within.0 - low).abs() < 1e-4 && (within.1 - high).abs() < 1e-4, "{count}: {within:?}");
    }
    // Where the approximation for large shapes begins, nothing jumps.
    let (below, above) =
        (gamma::quantile(0.975, 1.959_963_985, 999_999.5), gamma::quantile(0.975, 1.959_963_985, 1_000_000.5));
    assert!((above - below - 1.0).abs() < 0.01, "{below} {above}");
}

/// Counts that spread wider than Poisson's, of one level or of two.
fn overdispersed(seed: u64, levels: [f64; 2]) -> Vec<f64> {
    let mut random = Random::new(seed);
    (0..400)
        .map(|i| {
            let rate = levels[i / 200] * uneven(&mut random, 2);
            poisson(&mut random, rate)
        })
        .collect()
}

#[test]
fn counts_that_spread_wide_are_split_too_much_unless_that_is_taken_into_account() {
    // Rates that vary by a gamma variable of shape 2 about 6: the variance is 1 + 6/2 = 4 times the mean.
    let scaled = Settings { dispersion: Dispersion::Estimated, ..Settings::default() };
    let (mut plain_found, mut scaled_found, mut steps_found, mut about) = (0, 0, 0, 0.0);
    for seed in 0..20 {
        let level = overdispersed(seed, [6.0, 6.0]);
        let plain = change_points(&level, &Settings::default()).unwrap();
        let wide = change_points(&level, &scaled).unwrap();
        assert_eq!(plain.dispersion, wide.dispersion);
        assert!((wide.penalty - wide.dispersion_used.unwrap() * plain.penalty).abs() < 1e-9);
        about += wide.dispersion.unwrap() / 20.0;
        plain_found += plain.changes.len();
        scaled_found += wide.changes.len();
        let step = change_points(&overdispersed(seed, [6.0, 15.0]), &scaled).unwrap();
        steps_found += usize::from(step.changes.iter().any(|c| c.at.abs_diff(200) < 15));
    }
    assert!((about - 4.0).abs() < 0.5, "{about}");
    assert!(plain_found > 200 && scaled_found < 10, "{plain_found} and {scaled_found} changes where there are none");
    assert!(steps_found >= 19, "{steps_found} of 20 steps");
}

/// What came of so many series with levels of 60 points each.
struct Coverage {
    /// Series in which as many changes were found as there are; of these:
    right: usize,
    /// in what share positions held where the change is,
    places: f64,
    /// and intervals the level of the segment;
    levels: f64,
    /// how many positions a set has on average.
    wide: f64,
    /// Of all changes of all series, what share is held by the positions of some change.
    any: f64,
}

fn coverage(rounds: usize, settings: &Settings, levels: &[f64], mut draw: impl FnMut(f64) -> f64) -> Coverage {
    const EACH: usize = 60;
    let truth: Vec<usize> = (1..levels.len()).map(|i| i * EACH).collect();
    let holds = |change: &Change, at: usize| change.positions.iter().any(|&(first, last)| (first..=last).contains(&at));
    let (mut right, mut places, mut held, mut wide, mut any) = (0, 0, 0, 0, 0);
    for _ in 0..rounds {
        let series: Vec<f64> = levels.iter().flat_map(|&level| [level; EACH]).map(&mut draw).collect();
        let found = change_points(&series, settings).unwrap();
        any += truth.iter().filter(|&&at| found.changes.iter().any(|change| holds(change, at))).count();
        if found.changes.len() != truth.len() {
            continue;
        }
        right += 1;
        for (change, &at) in found.changes.iter().zip(&truth) {
            places += usize::from(holds(change, at));
            wide += change.positions.iter().map(|(first, last)| last - first + 1).sum::<usize>();
        }
        for (segment, level) in found.segments.iter().zip(levels) {
            held += usize::from(segment.within.is_some_and(|(low, high)| (low..=high).contains(level)));
        }
    }
    let share = |part: usize, of: usize| part as f64 / of as f64;
    Coverage {
        right,
        places: share(places, right * truth.len()),
        levels: share(held, right * levels.len()),
        wide: share(wide, right * truth.len()),
        any: share(any, rounds * truth.len()),
    }
}

/// Changes that are small, middling and large, in counts, wide counts and normal noise.
fn coverages(rounds: usize) -> Vec<(String, Coverage)> {
    let mut all = Vec::new();
    for levels in [&[0.3, 1.2][..], &[2.0, 3.5], &[5.0, 8.0], &[4.0, 12.0], &[1.0, 4.0, 2.0, 6.0]] {
        let mut random = Random::new(11);
        let measured = coverage(rounds, &Settings::default(), levels, |level| poisson(&mut random, level));
        all.push((format!("Poisson {levels:?}"), measured));
    }
    for levels in [[4.0, 12.0], [5.0, 25.0]] {
        let mut random = Random::new(12);
        let settings = Settings { dispersion: Dispersion::Estimated, ..Settings::default() };
        let measured = coverage(rounds, &settings, &levels, |level| {
            let rate = level * uneven(&mut random, 3);
            poisson(&mut random, rate)
        });
        all.push((format!("wide counts {levels:?}"), measured));
    }
    for levels in [&[0.0, 0.8][..], &[0.0, 1.5], &[0.0, 3.0], &[0.0, 2.0, -1.0, 1.0]] {
        let mut random = Random::new(13);
        let measured = coverage(rounds, &of(Cost::L2), levels, |level| level + normal(&mut random));
        all.push((format!("L2, in σ {levels:?}"), measured));
    }
    all
}

/// Four hundred series of each; `ANNALIST_ROUNDS=20000` for the long acceptance.
#[test]
fn intervals_hold_what_is_true_as_often_as_they_say() {
    let rounds = std::env::var("ANNALIST_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    for (what, Coverage { right, places, levels, wide, any }) in coverages(rounds) {
        println!(
            "{what:32} {right} of {rounds} right: place {places:.3} ({wide:.1} positions), level {levels:.3}; any {any:.3}"
        );
        assert!(right > rounds / 4, "{what}");
        assert!(places > 0.93, "{what}: positions hold {places}");
        assert!((0.90..0.98).contains(&levels), "{what}: levels hold {levels}");
    }
}

proptest! {
    /// Segments cover the series, keep their size, and sum to it; positions stay between neighbours.
    #[test]
    fn segments_cover_the_series(
        series in proptest::collection::vec(0_u8..20, 0..120),
        min_size in 1_usize..6,
        penalty in 0.0_f64..20.0,
        l2: bool,
    ) {
        let series: Vec<f64> = series.into_iter().map(f64::from).collect();
        let cost = if l2 { Cost::L2 } else { Cost::Poisson };
        let found = change_points(&series, &Settings { penalty: Penalty::Given(penalty), min_size, ..of(cost) }).unwrap();
        let mut from = 0;
        for segment in &found.segments {
            prop_assert_eq!(segment.from, from);
            prop_assert!(segment.n >= min_size.min(series.len()));
            from = segment.to;
        }
        prop_assert_eq!(from, series.len());
        let sums: f64 = found.segments.iter().map(|s| s.sum).sum();
        prop_assert!((sums - series.iter().sum::<f64>()).abs() < 1e-9);
        prop_assert_eq!(found.changes.len() + 1, found.segments.len().max(1));
        for (change, pair) in found.changes.iter().zip(found.segments.windows(2)) {
            prop_assert_eq!(change.at, pair[1].from);
            prop_assert!(!change.positions.is_empty());
            prop_assert!(change.positions.iter().all(|&(first, last)| pair[0].from < first && first <= last && last < pair[1].to));
        }
    }

    /// L2 knows neither zero nor unit: shifted and stretched, a series has the same changes.
    #[test]
    fn zero_and_unit_do_not_matter(series in proptest::collection::vec(-50_i8..50, 2..80)) {
        let plain: Vec<f64> = series.iter().map(|&x| f64::from(x)).collect();
        let other: Vec<f64> = plain.iter().map(|x| 4.0 * x + 1024.0).collect();
        let found = |series: &[f64]| at(&change_points(series, &of(Cost::L2)).unwrap());
        prop_assert_eq!(found(&plain), found(&other));
    }
}
