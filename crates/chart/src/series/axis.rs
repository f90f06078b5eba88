//! The axis of time under panels of bins: where every bin, or every few, can be named, its name stands under its middle;
//! else the calendar's own ticks stand where they lie.

use crate::axes;
use crate::page::Page;
use crate::series::Bin;
use crate::time::{TimeScale, TimeTick, Unit, apart, evening, morning};

/// Draws the axis, and moves the page on.
pub(super) fn draw(page: &mut Page, bins: &[Bin], time: &TimeScale) {
    axes::time(page, time, &ticks(bins, time));
}

fn ticks(bins: &[Bin], time: &TimeScale) -> Vec<TimeTick> {
    let mut bins = bins.to_vec();
    bins.sort_unstable();
    bins.dedup();
    for step in [1, 2, 3, 4, 6] {
        // Every sixth month is named where the half-years begin, every second year where it is even.
        let phase = bins.iter().take(step).position(|bin| begins(*bin, step)).unwrap_or(0);
        let ticks: Vec<TimeTick> = bins.iter().skip(phase).step_by(step).map(|bin| named(*bin, time)).collect();
        if (ticks.len() > 1 || bins.len() == 1) && apart(&ticks, time.labels) {
            return ticks;
        }
    }
    time.ticks()
}

/// Whether a bin is where a step of so many bins would begin.
fn begins(bin: Bin, step: usize) -> bool {
    let months = i32::from(bin.from.year()) * 12 + i32::from(bin.from.month()) - 1;
    let step = i32::try_from(step).unwrap_or(1);
    if bin == Bin::year(bin.from.year()) { (months / 12) % step == 0 } else { months % step == 0 }
}

fn named(bin: Bin, time: &TimeScale) -> TimeTick {
    let unit = if bin == Bin::year(bin.from.year()) {
        Unit::Year
    } else if bin == Bin::month(bin.from.year(), bin.from.month()) {
        Unit::Month
    } else {
        Unit::Day
    };
    let x = f64::midpoint(time.at(morning(bin.from)), time.at(evening(bin.to)));
    TimeTick { x, lines: unit.label(morning(bin.from)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(bins: &[Bin], width: f64) -> Vec<String> {
        let time = TimeScale {
            from: morning(bins[0].from),
            to: evening(bins[bins.len() - 1].to),
            range: (0.0, width),
            labels: (0.0, width),
        };
        ticks(bins, &time).into_iter().map(|t| t.lines.join(" ")).collect()
    }

    #[test]
    fn bins_are_named_where_they_can_be() {
        let months: Vec<Bin> = (1..=12).map(|m| Bin::month(2025, m)).collect();
        assert_eq!(labels(&months, 900.0).len(), 12);
        assert_eq!(labels(&months, 300.0), ["Jan 2025", "Apr 2025", "Jul 2025", "Oct 2025"]);
        let weeks: Vec<Bin> = (0..6)
            .map(|w| date(2025, 9, 1).checked_add(jiff::Span::new().weeks(w)).expect("a day"))
            .map(|day| Bin::new(day, day.checked_add(jiff::Span::new().days(6)).expect("a day")))
            .collect();
        assert_eq!(labels(&weeks, 300.0), ["2025-09-01", "2025-09-15", "2025-09-29"]);
        let long: Vec<Bin> =
            (0..312).map(|m| Bin::month(1989 + m / 12, i8::try_from(m % 12).expect("small") + 1)).collect();
        assert_eq!(labels(&long, 300.0), ["1990", "1995", "2000", "2005", "2010", "2015"]);
    }
}
