//! Where history does not bear what was asked. A flag takes nothing away; it says what stands on air.

use super::answer::{Check, Flag, Kind, Outcome, Pulled};
use super::futures::Ensemble;
use super::history::ENOUGH;
use crate::cycles::{Report, Streams};

/// From this share of futures on, what they do is said.
const NOTABLE: f64 = 0.01;

/// From this share of futures on, totals that never were are said: one in twenty comes by chance.
const UNSEEN: f64 = 0.1;

/// The horizon may be this part of what was looked at.
const HORIZON: f64 = 0.25;

pub(super) fn flags(
    streams: &Streams,
    report: &Report,
    made: &Ensemble,
    outcomes: &[Outcome],
    checks: &[Check],
) -> Vec<Flag> {
    let mut flags = Vec::new();
    if made.days as f64 > HORIZON * report.span_days {
        let words = format!(
            "{} days ahead from {:.0} days looked at; more than a quarter of what was seen is further than it bears",
            made.days, report.span_days
        );
        flags.push(Flag { package: None, kind: Kind::LongHorizon, words });
    }
    let seen = seen(streams, made.days);
    for (package, outcome) in outcomes.iter().enumerate() {
        let mut say = |kind, words| flags.push(Flag { package: Some(outcome.package.clone()), kind, words });
        for pulled in &outcome.levers {
            of_lever(pulled, &mut say);
        }
        for (of, (least, most)) in seen.iter().enumerate() {
            let totals = made.sums(package, &[of], (0, made.days));
            let share = |is: &dyn Fn(f64) -> bool| {
                totals.iter().filter(|total| is(**total)).count() as f64 / made.futures as f64
            };
            let name = &streams.names()[of];
            let above = share(&|total| total > *most);
            if above >= UNSEEN {
                let words = format!(
                    "{name}: more than {most:.0} in {} days, the most that was ever seen, in {:.0} of 100 futures",
                    made.days,
                    above * 100.0
                );
                say(Kind::BeyondRates, words);
            }
            let below = share(&|total| total < *least);
            if below >= UNSEEN {
                let words = format!(
                    "{name}: fewer than {least:.0} in {} days, the fewest that were ever seen, in {:.0} of 100 futures",
                    made.days,
                    below * 100.0
                );
                say(Kind::BeyondRates, words);
            }
        }
        if outcome.endless >= NOTABLE {
            let words = format!(
                "the spectral radius is 1 or more in {:.0} of 100 draws: events bring events without end there",
                outcome.endless * 100.0
            );
            say(Kind::Endless, words);
        }
        if outcome.capped > 0.0 {
            let words = format!(
                "a day's rate was capped in {:.1} of 100 futures; the upper ends of these numbers are not to be read",
                outcome.capped * 100.0
            );
            say(Kind::Capped, words);
        }
    }
    for check in checks {
        for long_run in check.streams.iter().filter(|long_run| !long_run.agrees) {
            let words = format!(
                "{}: {:.3} a day simulated in the long run, {:.3} reckoned; do not trust these futures",
                long_run.stream, long_run.simulated, long_run.reckoned
            );
            flags.push(Flag { package: Some(check.package.clone()), kind: Kind::LongRun, words });
        }
    }
    flags
}

fn of_lever(pulled: &Pulled, say: &mut impl FnMut(Kind, String)) {
    let lever = &pulled.lever.what;
    match pulled.known {
        0 => say(Kind::NoEpisode, format!("{lever}: no episode is known; nothing that was seen says what it does")),
        few if few < ENOUGH => {
            let noun = if few == 1 { "episode is" } else { "episodes are" };
            say(Kind::FewEpisodes, format!("{lever}: {few} {noun} known; {ENOUGH} are needed to tell what it does"));
        }
        _ => {}
    }
    let Some(effect) = &pulled.effect else { return };
    let (least, most) = effect.observed;
    if pulled.low < least || pulled.high > most {
        let words = format!(
            "{lever}: the range {:.2} to {:.2} goes beyond what {} episodes showed, {least:.2} to {most:.2} times what was \
             expected",
            pulled.low,
            pulled.high,
            effect.windows.len()
        );
        say(Kind::BeyondEpisodes, words);
    }
    if effect.is_enough() && (pulled.high < effect.low || pulled.low > effect.high) {
        let words = format!(
            "{lever}: the assumed range {:.2} to {:.2} has nothing in common with the estimate {:.2} ({:.2} to {:.2})",
            pulled.low,
            pulled.high,
            effect.ratio(),
            effect.low,
            effect.high
        );
        say(Kind::BeyondEpisodes, words);
    }
}

/// Of each stream, the fewest and the most events in so many days in a row that were all observed.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole days")]
fn seen(streams: &Streams, days: usize) -> Vec<(f64, f64)> {
    let counts = streams.counts_by_day();
    let of_stream = |counts: &Vec<u32>| {
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        for &(from, to) in streams.stretches() {
            for window in counts[from as usize..to as usize].windows(days) {
                let sum: f64 = window.iter().map(|count| f64::from(*count)).sum();
                least = least.min(sum);
                most = most.max(sum);
            }
        }
        // Where no stretch is so long, nothing was seen that could be gone beyond.
        if least.is_finite() { (least, most) } else { (0.0, f64::INFINITY) }
    };
    counts.iter().map(of_stream).collect()
}
