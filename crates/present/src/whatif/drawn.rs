//! What-ifs as a figure: a fan of each package after what was seen, all on one scale; under them the contrasts as bars.

use analysis::Grounds;
use analysis::whatif::{NO_LEVER, Outcome, PastDay, Spread};
use chart::{Bar, Bars, Bin, Cell, Class, Form, Frame, Hue, Measure, Panel, Reference, Series, Turn, stacked};
use jiff::civil::Date;

use super::{WhatIf, after, shown};
use crate::grounds::counted;
use crate::said;

/// Packages that a figure has a panel for, the one without levers among them.
const DRAWN: usize = 5;

/// Steps of the past that are drawn, at most: no more than lie ahead, so that the fans are seen.
const PAST: usize = 16;

pub(super) fn figure(what_if: &WhatIf, grounds: &Grounds, width: u32) -> String {
    let contrasts = contrasts(what_if, grounds, width);
    match what_if.answer.first_day {
        Some(first) => stacked(&[fans(what_if, first, width), contrasts]),
        // Without dates there is no axis of time.
        None => contrasts,
    }
}

fn fans(what_if: &WhatIf, first: Date, width: u32) -> String {
    let answer = &what_if.answer;
    let drawn: Vec<&Outcome> = answer.outcomes.iter().take(DRAWN).collect();
    let days_each = drawn.iter().find_map(|o| shown(o)).map_or(1, |fan| fan.days_each);
    let past = past(&answer.past, days_each);
    let ahead = drawn.iter().find_map(|o| shown(o)).map_or(0, |fan| fan.steps.len());
    let step = |from: Date| Bin::new(from, after(from, days_each - 1));
    let behind = i64::try_from(past.len() * days_each).unwrap_or(0);
    let start = first.saturating_sub(jiff::Span::new().days(behind));
    let bins = (0..past.len() + ahead).map(|i| step(after(start, i * days_each))).collect();
    let steps = drawn.iter().filter_map(|outcome| shown(outcome)).flat_map(|fan| &fan.steps);
    let highest = steps.map(|step| step.high_90).chain(past.iter().flatten().copied()).fold(0.0, f64::max);
    let more = answer.outcomes.len() - drawn.len();
    let unit = if days_each == 1 { "events a day" } else { "events a week" };
    let subtitle = format!(
        "{unit}, all streams together; dark band: half of the futures, light band: nine of ten{}",
        if more > 0 { format!(". {} not drawn", counted(more, "package")) } else { String::new() }
    );
    Series {
        frame: Frame { subtitle: Some(subtitle), width, ..Frame::new(format!("What if: {}", what_if.title)) },
        bins,
        panels: drawn.iter().map(|outcome| panel(outcome, &past, (unit, highest))).collect(),
        coverage: None,
        turns: vec![Turn::new(first, "futures")],
    }
    .svg()
}

/// Counts of the past in steps, the last of which ends on the last day; `None` where no day of a step was observed.
fn past(seen: &[Vec<PastDay>], days_each: usize) -> Vec<Option<f64>> {
    let days = seen.first().map_or(0, Vec::len);
    let steps = (days / days_each).min(PAST);
    let from = days - steps * days_each;
    let sum = |step: usize| {
        let (a, b) = (from + step * days_each, from + (step + 1) * days_each);
        let observed = seen.iter().flat_map(|days| &days[a..b]).filter_map(|day| day.events).map(f64::from);
        observed.fold(None, |sum: Option<f64>, events| Some(sum.unwrap_or(0.0) + events))
    };
    (0..steps).map(sum).collect()
}

/// Two lines that are one: it goes from what was seen into the medians, once with each band, so that no step is without a value.
fn panel(outcome: &Outcome, past: &[Option<f64>], (unit, highest): (&str, f64)) -> Panel {
    let hue = if outcome.package == NO_LEVER { Hue::Slate } else { Hue::Blue };
    let cells = |ends: fn(&Spread) -> (f64, f64)| -> Vec<Cell> {
        let seen = past.iter().map(|count| {
            count.map_or_else(Cell::unknown, |count| Cell { note: Some("seen".to_owned()), ..Cell::of(count) })
        });
        let steps = shown(outcome).map_or(&[][..], |fan| fan.steps.as_slice());
        let ahead = steps.iter().map(|step| {
            let (low, high) = ends(step);
            Cell { note: Some("median of futures".to_owned()), ..Cell::between(step.median, low, high) }
        });
        seen.chain(ahead).collect()
    };
    let levers: Vec<String> =
        outcome.levers.iter().map(|pulled| format!("{} {}", pulled.lever.what, pulled.words())).collect();
    let levers = if levers.is_empty() { String::new() } else { format!(" · {}", levers.join(" · ")) };
    Panel {
        name: outcome.package.clone(),
        unit: format!("{unit}{levers}"),
        form: Form::Steps,
        classes: vec![
            Class::new("seen, then median; nine of ten futures", hue, cells(|s| (s.low_90, s.high_90))),
            Class::new("half of the futures", hue, cells(|s| (s.low_50, s.high_50))),
        ],
        holds: Some(highest),
        ..Panel::default()
    }
}

fn contrasts(what_if: &WhatIf, grounds: &Grounds, width: u32) -> String {
    let answer = &what_if.answer;
    let several = answer.streams.len() > 1;
    let wanted = answer
        .contrasts
        .iter()
        .filter(|contrast| contrast.against == NO_LEVER || (!several || contrast.stream.is_none()));
    let bars = wanted.map(|contrast| {
        let Spread { median, low_50, high_50, low_90, high_90, .. } = contrast.difference;
        Bar {
            name: contrast.stream.clone().unwrap_or_else(|| "all together".to_owned()),
            group: Some(format!("{} beside {}", contrast.package, contrast.against)),
            hue: Hue::Blue,
            cell: Cell { note: Some(contrast.words.clone()), ..Cell::of(median) },
            near: Some(Reference { low: low_50, mid: None, high: high_50 }),
            far: Some(Reference { low: low_90, mid: None, high: high_90 }),
            note: Some(format!("fewer in {:.0} of 100 futures", contrast.fewer * 100.0)),
        }
    });
    let bars: Vec<Bar> = bars.collect();
    let mut foot = said::foot(grounds, format!("{} of each package", counted(answer.futures, "future")));
    foot.interval = Some("50 % and 90 % of futures".to_owned());
    Bars {
        frame: Frame {
            subtitle: Some(format!("Difference of events in {}; the same chance on both sides", what_if.period())),
            empty: Some("No package to set beside another.".to_owned()),
            foot,
            width,
            ..Frame::new("Side by side")
        },
        unit: "events more or fewer".to_owned(),
        measure: Measure::Number,
        now: "median difference".to_owned(),
        near: Some("half of the futures".to_owned()),
        far: Some("nine of ten".to_owned()),
        bars,
    }
    .svg()
}
