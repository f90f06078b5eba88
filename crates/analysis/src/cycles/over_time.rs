//! What went in, over time, beside what the fitted model takes to have happened by itself: for a figure, and so that each
//! number opens what was counted.
//!
//! A period of which no day was observed has no number: nothing is known of it, and that is no zero.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::process::{Process, middle};
use super::streams::{Resolution, Streams};
use crate::series::{Unit, Window};

/// One stream, period by period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverTime {
    /// The stream.
    pub stream: String,
    /// Its periods, in order.
    pub periods: Vec<InPeriod>,
}

/// One stream in one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InPeriod {
    /// `2025-10-15`, `2025-W42`, `2025-10`, `2025`.
    pub label: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// How much of it was observed.
    pub observed_days: f64,
    /// Events in what was observed of it; `None` where nothing was.
    pub events: Option<f64>,
    /// How many of them happen by themselves, as the model has it.
    pub by_itself: Option<f64>,
    /// Ids of the incidents or claims that were counted.
    pub evidence: Vec<String>,
}

/// Streams that lie in the calendar, in periods; nothing for others, and for those that reach out of the calendar.
pub fn over_time(streams: &Streams, process: &Process, unit: Unit) -> Vec<OverTime> {
    let Some(first) = streams.first_day else { return Vec::new() };
    let Some(last) = last_day(first, streams.span_days) else { return Vec::new() };
    let periods = unit.periods(Window { from: first, to: last });
    let day = |date: Date| f64::from(date.since(first).map_or(0, |span| span.get_days()));
    let one = |stream: usize| {
        let in_period = |period: &crate::series::Period| {
            let (from, to) = (day(period.from), (day(period.to) + 1.0).min(streams.span_days));
            let within = streams.observed.iter().map(|(a, b)| (a.max(from), b.min(to))).filter(|(a, b)| b > a);
            let stretches: Vec<(f64, f64)> = within.collect();
            let observed_days: f64 = stretches.iter().map(|(a, b)| b - a).sum();
            let is_observed = observed_days > 0.0;
            InPeriod {
                label: period.label.clone(),
                from: period.from,
                to: period.to,
                observed_days,
                events: is_observed.then(|| stretches.iter().map(|s| events(streams, stream, *s)).sum()),
                by_itself: is_observed.then(|| stretches.iter().map(|s| by_itself(process, stream, *s)).sum()),
                evidence: streams.evidence_between(stream, from, to),
            }
        };
        OverTime { stream: streams.names[stream].clone(), periods: periods.iter().map(in_period).collect() }
    };
    (0..streams.len()).map(one).collect()
}

/// The periods in which a stretch of so many days is best looked at: at most some two hundred.
pub fn unit_for(span_days: f64) -> Unit {
    match span_days {
        days if days <= 120.0 => Unit::Day,
        days if days <= 1_100.0 => Unit::Week,
        days if days <= 7_500.0 => Unit::Month,
        _ => Unit::Year,
    }
}

/// The day on which a stretch ends.
pub(super) fn last_day(first: Date, span_days: f64) -> Option<Date> {
    #[expect(clippy::cast_possible_truncation, reason = "a number of days; one beyond the calendar is refused below")]
    let days = (span_days.ceil() as i64 - 1).max(0);
    first.checked_add(days.days()).ok()
}

fn events(streams: &Streams, stream: usize, (from, to): (f64, f64)) -> f64 {
    let first = streams.events.partition_point(|event| event.time < from);
    // What happens at the very end of the stretch is an event like others.
    let is_within = |time: f64| time < to || (time <= to && to >= streams.span_days);
    let within = streams.events[first..].iter().take_while(|event| is_within(event.time));
    within.filter(|event| event.stream == stream).map(|event| event.count).sum()
}

fn by_itself(process: &Process, stream: usize, (from, to): (f64, f64)) -> f64 {
    let baseline = &process.baselines[stream];
    match process.resolution {
        Resolution::Timed => baseline.until(to) - baseline.until(from),
        Resolution::Daily => {
            let (mut day, mut sum) = (from, 0.0);
            while day < to {
                sum += baseline.at(middle(Resolution::Daily, day));
                day += 1.0;
            }
            sum
        }
    }
}
