//! What goes in: streams of events, timed or counted day by day, that may excite one another.
//!
//! A stream is one kind of event: one side's attacks on another, what two parties do to each other, what happens in a
//! province. Times are days from the start of the stretch that is looked at; a count belongs to a whole day. Stretches that
//! nobody observed are no quiet stretches: they are left out of the likelihood, and since what happened in them is not
//! known, it excites nothing, so that soon after a gap excitation is rather missed than seen.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Refused;

/// The most streams that are fitted together: sixteen give 256 entries of the matrix, more than anybody reads or than the
/// events of a conflict can tell apart.
pub const MOST_STREAMS: usize = 16;

/// The fewest events of a stream. A row of the matrix has an entry for each stream, a decay and a baseline; below twenty
/// events (some five for each of the least that a row has) its intervals take in everything.
pub const FEWEST_EVENTS: usize = 20;

/// Whether times are known within the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// Each event has its own time. Events at one and the same time do not excite each other.
    Timed,
    /// Counts of whole days. Events of one day do not excite each other, and no half-life under a day can be told.
    Daily,
}

/// What the sources allow to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Initiators are known: one side's attacks, and the other's replies.
    AttackAndReply,
    /// Nobody says who began: one stream excites another.
    Excitation,
}

/// Events of one stream at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Event {
    /// Days from the start.
    pub time: f64,
    /// Which stream.
    pub stream: usize,
    /// How many.
    pub count: f64,
}

/// Streams that are fitted together.
#[derive(Clone, Debug, PartialEq)]
pub struct Streams {
    pub(super) names: Vec<String>,
    pub(super) resolution: Resolution,
    pub(super) language: Language,
    /// In order of time, then of streams.
    pub(super) events: Vec<Event>,
    pub(super) span_days: f64,
    pub(super) observed: Vec<(f64, f64)>,
    pub(super) first_day: Option<Date>,
    /// Ids of what was counted, by stream and day.
    pub(super) evidence: BTreeMap<(usize, u32), Vec<String>>,
}

impl Streams {
    /// Streams of events with their times, in days from the start of a stretch of `span_days`.
    pub fn timed(names: &[&str], times_days: &[Vec<f64>], span_days: f64) -> Result<Self, Refused> {
        if !(span_days.is_finite() && span_days > 0.0) {
            return Err(Refused::Span { days: span_days });
        }
        let mut events = Vec::with_capacity(times_days.iter().map(Vec::len).sum());
        for (stream, times) in times_days.iter().enumerate() {
            for &time in times {
                if !(0.0..=span_days).contains(&time) {
                    let name = names.get(stream).map_or_else(String::new, ToString::to_string);
                    return Err(Refused::Outside { stream: name, days: time, span_days });
                }
                events.push(Event { time, stream, count: 1.0 });
            }
        }
        Self::checked(names, times_days.len(), Resolution::Timed, events, span_days)
    }

    /// Streams of counts, one for each day.
    pub fn daily(names: &[&str], counts: &[Vec<u32>]) -> Result<Self, Refused> {
        let days = counts.first().map_or(0, Vec::len);
        if let Some(other) = counts.iter().find(|c| c.len() != days) {
            return Err(Refused::Uneven { days, other: other.len() });
        }
        let mut events = Vec::new();
        for (stream, counts) in counts.iter().enumerate() {
            for (day, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                events.push(Event { time: day as f64, stream, count: f64::from(count) });
            }
        }
        if days == 0 {
            return Err(Refused::Span { days: 0.0 });
        }
        Self::checked(names, counts.len(), Resolution::Daily, events, days as f64)
    }

    fn checked(
        names: &[&str],
        streams: usize,
        resolution: Resolution,
        mut events: Vec<Event>,
        span_days: f64,
    ) -> Result<Self, Refused> {
        if names.len() != streams {
            return Err(Refused::Names { names: names.len(), streams });
        }
        if streams == 0 || streams > MOST_STREAMS {
            return Err(Refused::Number { streams });
        }
        let in_order = |w: &[Event]| (w[0].time, w[0].stream) <= (w[1].time, w[1].stream);
        if !events.windows(2).all(in_order) {
            events.sort_unstable_by(|a, b| a.time.total_cmp(&b.time).then(a.stream.cmp(&b.stream)));
        }
        let names = names.iter().map(ToString::to_string).collect();
        let (language, observed, first_day) = (Language::Excitation, vec![(0.0, span_days)], None);
        let evidence = BTreeMap::new();
        let streams = Self { names, resolution, language, events, span_days, observed, first_day, evidence };
        let counts = streams.counts();
        match counts.iter().position(|count| *count < FEWEST_EVENTS as f64) {
            Some(thin) => Err(Refused::Thin { stream: streams.names[thin].clone(), events: counts[thin] }),
            None => Ok(streams),
        }
    }

    /// Says that initiators are known, so that the answer may speak of attack and reply.
    #[must_use]
    pub fn with_initiators(mut self) -> Self {
        self.language = Language::AttackAndReply;
        self
    }

    /// The calendar day of the start.
    #[must_use]
    pub fn starting(mut self, first_day: Date) -> Self {
        self.first_day = Some(first_day);
        self
    }

    /// Says which incidents or claims were counted in a stream on a day, by its number from the start, so that numbers made
    /// from them can be opened. Ids of a stream that does not exist are dropped.
    #[must_use]
    pub fn with_evidence(mut self, stream: usize, day: u32, ids: impl IntoIterator<Item = String>) -> Self {
        if stream < self.len() {
            self.evidence.entry((stream, day)).or_default().extend(ids);
        }
        self
    }

    /// The stretches that were observed, from and to in days, in order and apart; whole days for daily counts. Events outside
    /// of them still excite what comes after.
    pub fn observed(mut self, stretches: &[(f64, f64)]) -> Result<Self, Refused> {
        let mut last = 0.0;
        for &(from, to) in stretches {
            let whole = self.resolution == Resolution::Timed || (from.fract() == 0.0 && to.fract() == 0.0);
            if !(from >= last && to > from && to <= self.span_days && whole) {
                return Err(Refused::Stretch { from, to });
            }
            last = to;
        }
        if stretches.is_empty() {
            return Err(Refused::Span { days: 0.0 });
        }
        self.observed = stretches.to_vec();
        let within = |event: &Event| stretches.iter().any(|(from, to)| (*from..*to).contains(&event.time));
        let mut counts = vec![0.0; self.len()];
        for event in self.events.iter().filter(|event| within(event)) {
            counts[event.stream] += event.count;
        }
        match counts.iter().position(|count| *count < FEWEST_EVENTS as f64) {
            Some(thin) => Err(Refused::Thin { stream: self.names[thin].clone(), events: counts[thin] }),
            None => Ok(self),
        }
    }

    /// The calendar day of the start, if times are of the calendar.
    pub fn first_day(&self) -> Option<Date> {
        self.first_day
    }

    /// What the sources allow to be said.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The stretches that were observed, in days from the start.
    pub fn stretches(&self) -> &[(f64, f64)] {
        &self.observed
    }

    /// Counts of each whole day of each stream, unobserved days among them.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole days and counts from 0 on")]
    pub fn counts_by_day(&self) -> Vec<Vec<u32>> {
        let days = self.span_days.ceil() as usize;
        let mut counts = vec![vec![0; days]; self.len()];
        for event in &self.events {
            counts[event.stream][(event.time as usize).min(days - 1)] += event.count as u32;
        }
        counts
    }

    /// What was known at the end of so many whole days: nothing that came later is in it.
    pub fn until(&self, days: usize) -> Result<Self, Refused> {
        let end = (days as f64).min(self.span_days);
        if end <= 0.0 {
            return Err(Refused::Span { days: end });
        }
        let mut cut = Self {
            events: self.events.iter().filter(|event| event.time < end).copied().collect(),
            span_days: end,
            names: self.names.clone(),
            observed: Vec::new(),
            evidence: self
                .evidence
                .iter()
                .filter(|((_, day), _)| f64::from(*day) < end)
                .map(|(at, ids)| (*at, ids.clone()))
                .collect(),
            ..*self
        };
        let stretches: Vec<(f64, f64)> =
            self.observed.iter().map(|(from, to)| (*from, to.min(end))).filter(|(from, to)| to > from).collect();
        cut.observed = vec![(0.0, end)];
        cut.observed(&stretches)
    }

    /// How many streams.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none; never so.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How long the stretch is.
    pub fn span_days(&self) -> f64 {
        self.span_days
    }

    /// Whether times are known within the day.
    pub fn resolution(&self) -> Resolution {
        self.resolution
    }

    /// Ids of what was counted in a stream from one day up to another, in the order of their days.
    pub(super) fn evidence_between(&self, stream: usize, from_days: f64, to_days: f64) -> Vec<String> {
        let of_stream = self.evidence.range((stream, 0)..=(stream, u32::MAX));
        let within = of_stream.filter(|((_, day), _)| (from_days..to_days).contains(&f64::from(*day)));
        within.flat_map(|(_, ids)| ids.iter().cloned()).collect()
    }

    /// Ids of what was counted in a stream on a day, by its number from the start.
    pub fn evidence_of(&self, stream: usize, day: usize) -> &[String] {
        let at = u32::try_from(day).ok().and_then(|day| self.evidence.get(&(stream, day)));
        at.map_or(&[], Vec::as_slice)
    }

    /// Events of each stream.
    pub(super) fn counts(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.len()];
        for event in &self.events {
            counts[event.stream] += event.count;
        }
        counts
    }

    /// How long was observed.
    pub(super) fn observed_days(&self) -> f64 {
        self.observed.iter().map(|(from, to)| to - from).sum()
    }
}
