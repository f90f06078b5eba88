//! What-ifs scored on levers that were really pulled, in made-up histories: a lever that works is seen to, one that does nothing
//! is not, and nothing sees what came later.

use analysis::cycles::{Baseline, Process, Resolution, Streams};
use analysis::forecast::compare::Verdict;
use analysis::whatif::backtest::{Backtest, Settings, backtest};
use analysis::whatif::{Episode, Lever, Range};
use jiff::ToSpan;
use jiff::civil::{Date, date};

const DAYS: usize = 1_500;
const LONG: usize = 20;

fn day(at: usize) -> Date {
    date(2015, 1, 1).saturating_add(i64::try_from(at).expect("few days").days())
}

/// Starts of episodes, some two months from each other.
fn starts() -> Vec<usize> {
    (0..24).map(|i| 40 + i * 60 + (i * 7) % 13).collect()
}

fn episodes() -> Vec<Episode> {
    let lever: Lever = "ceasefire:20d".parse().expect("a lever");
    let one = |from: usize| Episode {
        what: lever.what.clone(),
        from: day(from),
        to: Some(day(from + LONG - 1)),
        source: "made up".to_owned(),
        evidence: Vec::new(),
    };
    starts().into_iter().map(one).collect()
}

/// Daily counts whose rate is multiplied within the episodes.
fn made_up(factor: f64, seed: u64) -> Vec<u32> {
    let heights = vec![0.5, 1.2, 0.8, 1.0, 0.6];
    let span_days = DAYS as f64;
    let process = Process {
        resolution: Resolution::Daily,
        baselines: vec![Baseline { span_days, heights_per_day: heights }],
        branching: vec![vec![0.4]],
        decays_per_day: vec![0.4],
    };
    let mut state = seed;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as f64 + 0.5) / (1_u64 << 31) as f64
    };
    let mut left = 0.0;
    (0..DAYS)
        .map(|day| {
            let is_under = starts().iter().any(|from| (*from..from + LONG).contains(&day));
            let rate = process.baselines[0].at(day as f64 + 0.5) + 0.4_f64.exp_m1() * 0.4 * left;
            let least = (-rate * if is_under { factor } else { 1.0 }).exp();
            let (mut number, mut product) = (0, unit());
            while product > least {
                number += 1;
                product *= unit();
            }
            left = (left + f64::from(number)) * (-0.4_f64).exp();
            number
        })
        .collect()
}

fn scored(counts: &[u32], settings: &Settings, threads: usize) -> Backtest {
    let streams = Streams::daily(&["all"], &[counts.to_vec()]).expect("enough").starting(day(0));
    backtest(&streams, &episodes(), settings, threads).expect("it can be scored")
}

fn settings() -> Settings {
    Settings { days: LONG, least_days: 300, ..Settings::new() }
}

#[test]
fn a_lever_that_works_is_seen_to_and_one_that_does_nothing_is_not() {
    let works = scored(&made_up(0.3, 5), &settings(), 2);
    assert_eq!(works.scored.len() + works.skipped.len(), 24);
    assert!(works.scored.len() >= 10, "{:?}", works.skipped);
    assert!(works.scored.iter().all(|s| s.estimated_from.is_some_and(|n| n >= 10) && s.factor < 0.6));
    println!("works: {:?} {:?} {:?}", works.mean_crps, works.against_none, works.against_naive);
    assert_eq!(works.against_none.verdict, Verdict::Better);
    let idle = scored(&made_up(1.0, 6), &settings(), 2);
    println!("does nothing: {:?} {:?}", idle.mean_crps, idle.against_none);
    assert_eq!(idle.against_none.verdict, Verdict::NotShown);
    // What is assumed serves before ten are over; a wrong assumption scores worse.
    let assumed = Settings { assumed: Range::new(0.2, 0.4), ..settings() };
    let more = scored(&made_up(0.3, 5), &assumed, 2);
    assert!(more.scored.len() > works.scored.len());
    assert!(more.scored.iter().any(|s| s.estimated_from.is_none()));
    let wrong = Settings { assumed: Range::new(3.0, 4.0), least_days: 200, ..settings() };
    let wrong = scored(&made_up(0.3, 5), &wrong, 2);
    assert!(wrong.scored.iter().filter(|s| s.estimated_from.is_none()).all(|s| s.crps.0 > s.crps.1));
}

#[test]
fn nothing_sees_what_came_later() {
    let counts = made_up(0.3, 7);
    let settings = Settings { assumed: Range::new(0.2, 0.6), ..settings() };
    let before = scored(&counts, &settings, 2);
    // From the twelfth episode on, everything is another.
    let from = starts()[12];
    let mut changed = counts.clone();
    changed[from..].iter_mut().for_each(|count| *count = *count * 7 + 3);
    let after = scored(&changed, &settings, 1);
    let mut compared = 0;
    for (a, b) in before.scored.iter().zip(&after.scored) {
        assert_eq!(a.episode, b.episode);
        if a.episode.from > day(from) {
            break;
        }
        assert_eq!((&a.with, &a.without, &a.naive), (&b.with, &b.without, &b.naive), "{}", a.episode.from);
        assert_eq!((a.factor, a.estimated_from), (b.factor, b.estimated_from));
        compared += 1;
    }
    assert!(compared >= 7, "{compared}");
    assert_ne!(before.scored.last().map(|s| &s.with), after.scored.last().map(|s| &s.with));
}
