//! What-ifs at their boundary: what can be asked, what must hold of any answer, and how often the answers are right.

use analysis::cycles::{Baseline, Process, Resolution, Streams, daily, fitted, posterior};
use analysis::whatif::{
    Asked, Basis, ENOUGH, Episode, Kind, Lever, NO_LEVER, Package, Range, Refused, WINDOW_DAYS, WhatIf, effect, what_if,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const NAMES: [&str; 2] = ["PAK → TTP", "TTP → PAK"];

fn first() -> Date {
    date(2020, 1, 1)
}

fn day(at: usize) -> Date {
    first().saturating_add(i64::try_from(at).expect("few days").days())
}

/// Two sides whose baselines rise and fall.
fn process(days: f64, branching: [[f64; 2]; 2]) -> Process {
    let heights = |mean: f64| [0.6, 1.5, 1.1, 0.7, 1.3].iter().map(|x| x * mean).collect();
    Process {
        resolution: Resolution::Daily,
        baselines: vec![
            Baseline { span_days: days, heights_per_day: heights(0.25) },
            Baseline { span_days: days, heights_per_day: heights(0.35) },
        ],
        branching: branching.iter().map(|row| row.to_vec()).collect(),
        decays_per_day: vec![0.4, 0.25],
    }
}

fn usual(days: f64) -> Process {
    process(days, [[0.2, 0.35], [0.3, 0.15]])
}

fn streams(counts: &[Vec<u32>]) -> Streams {
    Streams::daily(&NAMES, counts).expect("enough events").starting(first()).with_initiators()
}

fn made_up(days: usize, seed: u64) -> Streams {
    streams(&daily(&usual(days as f64), days, seed).expect("a quiet process"))
}

fn package(text: &str) -> Package {
    text.parse().unwrap_or_else(|why| panic!("{why}"))
}

fn episode(what: &str, from: usize, days: usize) -> Episode {
    let lever: Lever = what.parse().expect("a lever");
    Episode {
        what: lever.what,
        from: day(from),
        to: Some(day(from + days - 1)),
        source: "made up".to_owned(),
        evidence: Vec::new(),
    }
}

/// Counts of a process whose rates are multiplied within some days, by factors that may differ from time to time.
fn under_levers(process: &Process, days: usize, levers: &[(usize, usize, f64)], seed: u64) -> Vec<Vec<u32>> {
    let mut state = seed;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as f64 + 0.5) / (1_u64 << 31) as f64
    };
    let n = process.baselines.len();
    let mut left = vec![vec![0.0; n]; n];
    let mut counts = vec![Vec::new(); n];
    for day in 0..days {
        let factor = levers.iter().find(|(from, to, _)| (*from..*to).contains(&day)).map_or(1.0, |lever| lever.2);
        let today: Vec<u32> = (0..n)
            .map(|of| {
                let excited: f64 = left[of].iter().zip(&process.branching[of]).map(|(x, g): (&f64, &f64)| x * g).sum();
                let rate = process.baselines[of].at(day as f64 + 0.5) + process.decays_per_day[of].exp_m1() * excited;
                let (mut number, mut product, least) = (0, unit(), (-rate * factor).exp());
                while product > least {
                    number += 1;
                    product *= unit();
                }
                number
            })
            .collect();
        for of in 0..n {
            let kept = (-process.decays_per_day[of]).exp();
            for (left, count) in left[of].iter_mut().zip(&today) {
                *left = (*left + f64::from(*count)) * kept;
            }
        }
        counts.iter_mut().zip(&today).for_each(|(counts, count)| counts.push(*count));
    }
    counts
}

fn answer(streams: &Streams, episodes: &[Episode], packages: &[&str], days: usize, threads: usize) -> WhatIf {
    let (report, posterior) = fitted(streams, threads);
    let asked = Asked { days, ..Asked::new(packages.iter().map(|text| package(text)).collect()) };
    what_if(streams, (&report, &posterior), episodes, &asked, threads).unwrap_or_else(|why| panic!("{why}"))
}

/// In the daily round few, with `ANNALIST_ROUNDS` as many as are asked for.
fn rounds(few: u64) -> u64 {
    std::env::var("ANNALIST_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

#[test]
fn levers_are_written_as_they_are_read() {
    for text in [
        "replies:PAK=0.4..0.8",
        "pressure:TTP=0.7..0.9",
        "ceasefire:14d=0.1..0.4",
        "ceasefire:PAK-AFG:14d",
        "ceasefire:Kurram:30d=0.5",
        "ceasefire:Tor-Ghar:30d=0.5",
        "border:open",
        "border:PAK-AFG:closed=0.9..1.3",
        "talks:PAK-AFG:60d=0.8..1.1",
        "replies:PAK.MIL=0..0.2",
    ] {
        let lever: Lever = text.parse().unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(lever.to_string(), text);
    }
    for text in ["with talks::pressure:TTP=0.7..0.9+talks:PAK-AFG=0.8..1", "border:open=0.8+pressure:TTP=0.5"] {
        assert_eq!(package(text).to_string(), text);
        assert_eq!(package(&text.replace('+', " ")), package(text), "a plus may become a space in an address");
    }
    assert_eq!(package("pressure alone::pressure:TTP=0.7").name, "pressure alone");
}

#[test]
fn what_is_no_lever_is_refused_with_the_valid_choices() {
    let check = |text: &str, expected: &str| {
        let words = text.parse::<Package>().expect_err(text).to_string();
        assert!(words.contains(expected), "{words:?} does not say {expected:?}");
    };
    check("presure:TTP=0.7", "valid are replies:PARTY, pressure:PARTY, ceasefire");
    check("pressure=0.7", "names no party; write it as pressure:PARTY");
    check("ceasefire=0.7", "does not say for how many days; write it as ceasefire:14d");
    check("ceasefire:0d=0.7", "from 1 to 365");
    check("ceasefire:900d=0.7", "from 1 to 365");
    check("border:ajar", "a border is open or closed");
    check("border:here:open", "names no two parties");
    check("talks:PAK", "names no two parties");
    check("talks:PAK-AFG=0.9..0.4", "the low one first");
    check("talks:PAK-AFG=-1..0.4", "from 0 to 20");
    check("talks:PAK-AFG=NaN", "from 0 to 20");
    check("talks:PAK-AFG=", "For example: =0.4..0.8");
    check("", "has no lever");
    check("name::", "has no lever");
    check("pressure:TTP=0.5+pressure:TTP=0.7", "twice");
}

proptest! {
    #[test]
    fn any_text_is_a_package_or_says_why_not(text in "[a-zA-Z:=.+0-9 -]{0,30}") {
        if let Ok(package) = text.parse::<Package>() {
            prop_assert_eq!(package.to_string().parse::<Package>().map(|p| p.levers), Ok(package.levers));
        }
    }

    #[test]
    fn a_lever_reads_back(kind in 0..5_usize, days in 1..365_u16, low in 0.0..5.0_f64, more in 0.0..5.0_f64) {
        let what = ["replies:PAK", "pressure:TTP", "ceasefire", "border:closed", "talks:PAK-AFG"][kind];
        let lever: Lever = format!("{what}:{days}d={low}..{}", low + more).parse().expect("a lever");
        prop_assert_eq!(lever.to_string().parse::<Lever>(), Ok(lever));
    }
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let streams = made_up(500, 1);
    let (report, posterior) = fitted(&streams, 2);
    let check = |text: &str, episodes: &[Episode], expected: &str| {
        let asked = Asked::new(vec![package(text)]);
        let why = what_if(&streams, (&report, &posterior), episodes, &asked, 2).expect_err(text).to_string();
        assert!(why.contains(expected), "{why:?} does not say {expected:?}");
    };
    check("pressure:IND=0.5", &[], "acts on none of the streams: PAK → TTP; TTP → PAK");
    check("ceasefire:Kurram:14d=0.5", &[], "acts on none of the streams");
    check("pressure:TTP", &[], "has no range, and history holds 0 of the 10 episodes");
    let nine: Vec<Episode> = (0..9).map(|i| episode("pressure:TTP", 20 + 40 * i, 10)).collect();
    check("pressure:TTP", &nine, "holds 9 of the 10");
    check("pressure:TTP", &nine, "pressure:TTP=0.5..0.9");
    let wide: Vec<Episode> = (0..12).map(|i| episode("pressure:TTP", 20 + 40 * i, 29)).collect();
    check("pressure:TTP", &wide, "cover 348 of 500 observed days");
    let bare = Streams::daily(&["one", "two"], &streams.counts_by_day()).expect("enough");
    let (report, posterior) = fitted(&bare, 2);
    let asked = Asked::new(vec![package("replies:PAK=0.5")]);
    let why = what_if(&bare, (&report, &posterior), &[], &asked, 2).expect_err("no direction");
    assert!(matches!(why, Refused::NoDirection { .. }), "{why}");
    for (asked, expected) in [
        (Asked::new(vec![]), "number of packages is 0"),
        (Asked { days: 0, ..asked.clone() }, "number of days is 0"),
        (Asked { futures: 10, ..asked.clone() }, "number of futures is 10; it must be from 1000"),
    ] {
        let why = what_if(&bare, (&report, &posterior), &[], &asked, 2).expect_err(expected).to_string();
        assert!(why.contains(expected), "{why:?} does not say {expected:?}");
    }
}

#[test]
fn the_same_on_any_number_of_threads_and_by_its_seed() {
    let streams = made_up(600, 2);
    let asked = ["pressure:TTP=0.5..0.8", "both::pressure:TTP=0.5..0.8+replies:PAK=0.2..0.6"];
    let one = answer(&streams, &[], &asked, 60, 1);
    assert_eq!(one, answer(&streams, &[], &asked, 60, 3));
    // A further package changes nothing for those that are there.
    let alone = answer(&streams, &[], &asked[..1], 60, 2);
    assert_eq!(alone.outcomes[..2], one.outcomes[..2]);
    let (report, posterior) = fitted(&streams, 2);
    let asked = Asked { seed: 7, days: 60, ..Asked::new(vec![package(asked[0])]) };
    let other = what_if(&streams, (&report, &posterior), &[], &asked, 2).expect("an answer");
    assert_ne!(other.outcomes[0], alone.outcomes[0]);
}

#[test]
fn a_lever_that_changes_nothing_changes_nothing_and_a_stronger_one_more() {
    let streams = made_up(600, 3);
    let found = answer(
        &streams,
        &[],
        &["idle::pressure:TTP=1", "weak::pressure:TTP=0.8", "strong::pressure:TTP=0.3", "silent::ceasefire:60d=0"],
        60,
        2,
    );
    let idle = found.against_none("idle", None).expect("told");
    assert!(idle.difference.low_90.abs() < 1e-9 && idle.difference.high_90.abs() < 1e-9 && idle.fewer == 0.0);
    let median = |name: &str| found.against_none(name, None).expect("told").difference.median;
    assert!(median("strong") < median("weak") && median("weak") < 0.0, "{} {}", median("strong"), median("weak"));
    // Less of the one side's attacks is fewer replies of the other, though the lever does not act on them.
    let replies = found.against_none("strong", Some(NAMES[0])).expect("told");
    assert!(replies.difference.mean < 0.0 && replies.fewer > 0.5, "{replies:?}");
    // Nothing happens where all rates are nothing.
    let silent = found.outcomes.last().expect("the last");
    assert!(silent.totals.iter().all(|total| total.events.high_90 == 0.0), "{:?}", silent.totals);
    // The same chance on both sides: the difference is far surer than each of them.
    let none = found.outcomes[0].totals[0].events;
    let weak = found.against_none("weak", None).expect("told").difference;
    assert!(weak.high_90 - weak.low_90 < 0.6 * (none.high_90 - none.low_90), "{weak:?} {none:?}");
}

#[test]
fn nothing_is_said_to_bring_anything_about() {
    let streams = made_up(600, 4);
    let found = answer(&streams, &[], &["pressure:TTP=0.5..0.8", "ceasefire:PAK-TTP:14d=0.1..0.4"], 60, 2);
    let told = found.contrasts.iter().map(|c| c.words.clone());
    let told = told.chain(found.flags.iter().map(|flag| flag.words.clone()));
    let told: Vec<String> = told.chain(analysis::whatif::caveats()).chain([analysis::whatif::method(1_000)]).collect();
    for words in &told {
        let lower = words.to_lowercase();
        assert!(["caus", "because", "leads to", "due to"].iter().all(|word| !lower.contains(word)), "{words}");
    }
    assert!(found.contrasts[0].words.contains("fewer attacks"), "{}", found.contrasts[0].words);
    assert_eq!(found.outcomes[1].levers[0].words(), "times 0.50 to 0.80, assumed");
    assert_eq!(found.outcomes[0].package, NO_LEVER);
    // Pressure alone against none, the ceasefire against none, the ceasefire against pressure; all and each of two streams.
    assert_eq!(found.contrasts.len(), 9);
    let has = |kind: Kind| found.flags.iter().any(|flag| flag.kind == kind);
    assert!(has(Kind::NoEpisode) && !has(Kind::LongRun), "{:?}", found.flags);
}

#[test]
fn the_long_run_is_simulated_as_it_is_reckoned() {
    for seed in 0..6 {
        let found = answer(&made_up(700, 10 + seed), &[], &["pressure:TTP=0.5", "border:open=0.8..1.1"], 30, 2);
        for check in &found.checks {
            assert!(check.spectral_radius < 1.0 && check.streams.len() == 2, "{check:?}");
            for long_run in &check.streams {
                assert!(long_run.agrees && long_run.standard_error < 0.1 * long_run.reckoned, "{long_run:?}");
            }
        }
        assert!(found.checks[1].streams[1].reckoned < found.checks[0].streams[1].reckoned);
    }
}

#[test]
fn draws_lie_where_the_likelihood_allows_them() {
    let (mut below, mut inside, mut all) = (0.0, 0.0, 0.0);
    for seed in 0..10 {
        let streams = made_up(900, 100 + seed);
        let (report, posterior) = fitted(&streams, 2);
        let draws = posterior.draws(1_000, 1, 2);
        assert!(draws.iter().all(|d| d.process.branching.iter().flatten().all(|g| *g >= 0.0)));
        for (at, entry) in report.entries.iter().enumerate() {
            let value = |i: usize| draws[i].process.branching[at / 2][at % 2];
            let high = entry.branching.high.unwrap_or(f64::INFINITY);
            let within = (0..1_000).filter(|i| (entry.branching.low..=high).contains(&value(*i))).count();
            inside += within as f64 / 1_000.0;
            below += (0..1_000).filter(|i| value(*i) < entry.branching.low).count() as f64 / 1_000.0;
            all += 1.0;
        }
    }
    let (inside, below) = (inside / all, below / all);
    println!("draws within the 95 % of profile likelihood: {inside:.3}, below {below:.3}");
    assert!((0.90..0.99).contains(&inside) && below < 0.06, "{inside} {below}");
}

/// Whether totals of the days after the last one lie within the futures' intervals as often as these claim.
#[test]
fn futures_are_as_sure_as_they_may_be() {
    let (days, ahead) = (700, 40);
    let (mut within_50, mut within_90, mut all) = (0.0, 0.0, 0.0);
    for seed in 0..rounds(60) {
        // The baseline goes on to move after what was seen.
        let whole = daily(&usual((days + ahead) as f64), days + ahead, 500 + seed).expect("quiet");
        let seen: Vec<Vec<u32>> = whole.iter().map(|counts| counts[..days].to_vec()).collect();
        let found = answer(&streams(&seen), &[], &["pressure:TTP=1"], ahead, 2);
        for (of, total) in found.outcomes[0].totals[1..].iter().enumerate() {
            let came: f64 = whole[of][days..].iter().map(|count| f64::from(*count)).sum();
            let e = total.events;
            within_50 += f64::from(u8::from((e.low_50..=e.high_50).contains(&came)));
            within_90 += f64::from(u8::from((e.low_90..=e.high_90).contains(&came)));
            all += 1.0;
        }
    }
    let (half, nine) = (within_50 / all, within_90 / all);
    println!("totals of 40 days within 50 %: {half:.3}, within 90 %: {nine:.3}, of {all}");
    assert!((0.40..0.75).contains(&half) && nine >= 0.84, "{half} {nine}");
}

/// Twelve episodes of a lever in a self-exciting history with a moving baseline: how often the interval holds the truth.
fn study(factor: f64, spread: f64, seeds: u64, from: u64) -> (f64, f64, f64) {
    let days = 1_000;
    let (mut held, mut found, mut mean) = (0.0, 0.0, 0.0);
    for seed in 0..seeds {
        let mut windows: Vec<(usize, usize, f64)> = Vec::new();
        let mut state = from + seed;
        let mut jitter = || {
            state = state.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493);
            (state >> 40) as f64 / (1_u64 << 24) as f64
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some tens of days")]
        for i in 0..12 {
            let from = 30 + i * 78 + (jitter() * 50.0) as usize;
            let own = factor * (spread * (jitter() + jitter() + jitter() - 1.5) * 2.0).exp();
            windows.push((from, from + 14, own));
        }
        let counts = under_levers(&usual(days as f64), days, &windows, 9_000 + from + seed);
        let streams = streams(&counts);
        let posterior = posterior(&streams, 2);
        let knots = posterior.fitted(posterior.heaviest()).0.baselines[0].heights_per_day.len();
        let episodes: Vec<Episode> = windows.iter().map(|w| episode("ceasefire:14d", w.0, 14)).collect();
        let like: Vec<&Episode> = episodes.iter().collect();
        let told = effect(&streams, knots, &like, &[0, 1], WINDOW_DAYS, 1).expect("told").expect("twelve");
        assert!(told.windows.len() >= ENOUGH);
        held += f64::from(u8::from(told.low <= factor && factor <= told.high));
        found += f64::from(u8::from(told.high < 1.0 || told.low > 1.0));
        mean += told.log_ratio / seeds as f64;
    }
    let n = seeds as f64;
    (held / n, found / n, mean.exp())
}

#[test]
fn an_effect_is_within_its_interval_and_none_is_seldom_found() {
    let n = rounds(100);
    let (held, false_finds, mean) = study(1.0, 0.0, n, 1);
    println!("no effect: held {held:.3}, false finds {false_finds:.3}, mean ratio {mean:.3} of {n}");
    assert!(false_finds <= 0.07, "{false_finds}");
    for (factor, spread) in [(0.5, 0.0), (0.5, 0.3), (1.6, 0.0)] {
        let (held, finds, mean) = study(factor, spread, n, 40_000);
        println!("{factor} ± {spread}: held {held:.3}, found {finds:.3}, mean ratio {mean:.3} of {n}");
        assert!(held >= 0.90 && (mean / factor - 1.0).abs() < 0.1, "{factor}: {held} {mean}");
    }
}

#[test]
fn a_range_that_is_given_wins_and_one_that_is_not_is_estimated() {
    let windows: Vec<(usize, usize, f64)> = (0..12).map(|i| (30 + i * 60, 44 + i * 60, 0.4)).collect();
    let counts = under_levers(&usual(800.0), 800, &windows, 77);
    let streams = streams(&counts);
    let episodes: Vec<Episode> = windows.iter().map(|w| episode("ceasefire:14d", w.0, 14)).collect();
    let found = answer(&streams, &episodes, &["told::ceasefire:14d", "assumed::ceasefire:14d=1.5..2"], 30, 2);
    let [told, assumed] = [&found.outcomes[1].levers[0], &found.outcomes[2].levers[0]];
    assert_eq!(told.basis, Basis::Estimated { episodes: 12 });
    assert!(told.words().ends_with("estimated from 12 episodes"), "{}", told.words());
    assert!(told.low < 0.45 && told.high < 1.0, "{told:?}");
    assert_eq!((assumed.basis, assumed.low, assumed.high), (Basis::Assumed, 1.5, 2.0));
    let beyond = found.flags.iter().filter(|flag| flag.kind == Kind::BeyondEpisodes).count();
    assert!(beyond >= 1, "{:?}", found.flags);
    assert!(found.against_none("told", None).expect("told").difference.median < 0.0);
    // Episodes of another pair say nothing of this one.
    let other = [episode("ceasefire:IND-CHN:14d", 30, 14)];
    let lever: Lever = "ceasefire:PAK-TTP:14d".parse().expect("a lever");
    assert!(!lever.is_like(&other[0].what) && lever.is_like(&episode("ceasefire:TTP-PAK:3d", 1, 3).what));
    assert_eq!(Range::new(0.5, 0.4), None);
}
