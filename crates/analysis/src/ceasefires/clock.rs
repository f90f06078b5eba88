//! The clock of a ceasefire: every statement of when it was declared, holds, runs out, was extended, suspended or ended,
//! with who says it, and what follows from them for its beginning and its end.
//!
//! Statements that differ stand side by side. What the clock is reckoned from is chosen, and says so: the most exact, then
//! what most voices say that are no near-copies, then the earliest. An end that no claim states is its beginning and its
//! duration, and says so too.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::tz::Offset;
use model::{ClaimId, When};
use serde::Serialize;

use super::moment::Moment;
use super::saying::{Act, Saying, Stance};
use super::voice::{self, Voice, voices};
use crate::Told;

/// Whether words say it, or it was worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Words say so.
    Stated,
    /// It follows from what words say.
    Reckoned,
}

/// One thing said of a ceasefire, by everybody who says just that.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// What.
    pub act: Act,
    /// Whether it is said, foretold or denied.
    pub stance: Stance,
    /// When it was so; `None` where no date is told.
    pub at: Option<Moment>,
    /// Until when it is to hold; `None` where none, or no date, is told.
    pub until: Option<Moment>,
    /// Whether words say it.
    pub basis: Basis,
    /// Who says so.
    pub voices: Vec<Voice>,
}

/// A moment of the clock, and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reckoned {
    /// When.
    pub at: Moment,
    /// Whether words say it.
    pub basis: Basis,
    /// In a sentence, what it rests on and what others say.
    pub why: String,
    /// The claims.
    pub claims: Vec<ClaimId>,
}

/// How long it is to hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Duration {
    /// Hours.
    pub hours: f64,
    /// Who says so.
    pub voices: Vec<Voice>,
}

/// The clock.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clock {
    /// Its zone, as the claims give it (`+05:00`); `None` where none does, and days are those of UTC.
    pub zone: Option<String>,
    /// From when it holds.
    pub begins: Option<Reckoned>,
    /// How long it is to hold, as each says; what most say comes first.
    pub durations: Vec<Duration>,
    /// Until when it is to hold, before any extension.
    pub until: Option<Reckoned>,
    /// Everything said, by act and time.
    pub statements: Vec<Statement>,
    /// The zone, or UTC.
    #[serde(skip)]
    pub(super) offset: Offset,
}

impl Clock {
    /// The statements of an act that are said, or foretold, or denied.
    pub fn said(&self, act: Act, stance: Stance) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(move |s| s.act == act && s.stance == stance)
    }

    /// A time as a clock of the ceasefire's zone shows it; a day by its midnight.
    pub fn civil(&self, when: When) -> jiff::civil::DateTime {
        let second = super::moment::start(when, self.offset);
        jiff::Timestamp::from_second(second).map_or(when.date().at(0, 0, 0, 0), |t| self.offset.to_datetime(t))
    }

    /// Who denies an act.
    pub(super) fn deniers(&self, act: Act) -> Vec<Voice> {
        self.said(act, Stance::Denied).flat_map(|s| s.voices.clone()).collect()
    }

    pub(super) fn of(sayings: &[Saying]) -> Self {
        let zone = zone(sayings);
        let mut statements = statements(sayings, zone);
        let begins = begins(sayings, &statements, zone.unwrap_or(Offset::UTC));
        let durations = durations(sayings);
        let computed = begins.as_ref().zip(durations.first()).map(|(begin, duration)| {
            let mut claims = begin.claims.clone();
            claims.extend(voice::claims(&duration.voices));
            claims.sort_unstable();
            claims.dedup();
            let said = voice::names(&duration.voices);
            let why = format!("{} hours from its beginning, the duration according to {said}.", duration.hours);
            Reckoned { at: begin.at.later(duration.hours), basis: Basis::Reckoned, why, claims }
        });
        if let (Some(computed), Some(duration)) = (&computed, durations.first()) {
            statements.push(Statement {
                act: Act::Until,
                stance: Stance::Said,
                at: None,
                until: Some(computed.at),
                basis: Basis::Reckoned,
                voices: duration.voices.clone(),
            });
        }
        let until = until(&statements, computed, zone.unwrap_or(Offset::UTC));
        statements.sort_by_cached_key(|s| {
            let at = s.at.or(s.until).map(|m| m.span(zone.unwrap_or(Offset::UTC)));
            (s.act, s.stance, at.map(|a| (a.from, a.to)), s.voices.first().map(|v| v.claims[0].clone()))
        });
        let printed = zone.map(|z| {
            let text = When::At(jiff::civil::DateTime::ZERO, Some(z)).to_string();
            if z.seconds() == 0 { "Z".to_owned() } else { text[text.len() - 6..].to_owned() }
        });
        Self { zone: printed, begins, durations, until, statements, offset: zone.unwrap_or(Offset::UTC) }
    }
}

/// The zone that most claims give their clock times in; of equally many the westernmost.
fn zone(sayings: &[Saying]) -> Option<Offset> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for moment in sayings.iter().flat_map(|s| [s.at, s.until]).flatten() {
        if let When::At(_, Some(offset)) = moment.from {
            *counts.entry(offset.seconds()).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(offset, count)| (*count, Reverse(*offset)))?;
    Offset::from_seconds(most.0).ok()
}

/// What a statement says, whoever says it.
#[derive(Clone, Copy)]
struct What {
    act: Act,
    stance: Stance,
    at: Option<Moment>,
    until: Option<Moment>,
}

impl What {
    /// Whether another says the same; a clock time without a zone is that of the ceasefire's.
    fn is(self, other: Self, zone: Option<Offset>) -> bool {
        let same_clock = |a: Moment, b: Moment| {
            a.is_exact() && b.is_exact() && has_no_zone(b) && zone.is_some_and(|z| a.span(z) == b.span(z))
        };
        let same = |one: Option<Moment>, other: Option<Moment>| {
            one == other || one.zip(other).is_some_and(|(a, b)| same_clock(a, b))
        };
        (self.act, self.stance) == (other.act, other.stance) && same(self.at, other.at) && same(self.until, other.until)
    }
}

fn has_no_zone(moment: Moment) -> bool {
    matches!(moment.from, When::At(_, None))
}

/// What is said, each thing once.
fn statements(sayings: &[Saying], zone: Option<Offset>) -> Vec<Statement> {
    // With a zone first, so that the same hour without one comes to it.
    let mut ordered: Vec<&Saying> = sayings.iter().filter(|s| s.act != Act::Violated).collect();
    ordered.sort_by_key(|s| (s.at.or(s.until).map(Moment::width), s.id()));
    let what = |s: &Saying| What { act: s.act, stance: s.stance, at: s.at, until: s.until };
    // A declaration that gives the hour from which it is to hold says two things.
    let beginning = |s: &&&Saying| s.act == Act::Declared && s.from.is_some();
    let beginnings =
        ordered.iter().filter(beginning).map(|s| (What { act: Act::Effective, at: s.from, ..what(s) }, *s));
    let mut found: Vec<(What, Vec<&Told>)> = Vec::new();
    for (what, saying) in ordered.iter().map(|s| (what(s), *s)).chain(beginnings) {
        match found.iter_mut().find(|(known, _)| known.is(what, zone)) {
            Some((_, told)) => told.push(&saying.told),
            None => found.push((what, vec![&saying.told])),
        }
    }
    let statement = |(what, told): (What, Vec<&Told>)| Statement {
        act: what.act,
        stance: what.stance,
        at: what.at,
        until: what.until,
        basis: Basis::Stated,
        voices: voices(told),
    };
    found.into_iter().map(statement).collect()
}

/// From when it holds: as said to have begun, else as declared, else the day of the first report.
fn begins(sayings: &[Saying], statements: &[Statement], zone: Offset) -> Option<Reckoned> {
    let said = |act: Act| {
        statements.iter().filter(move |s| s.act == act && s.stance == Stance::Said).filter_map(|s| Some((s, s.at?)))
    };
    let first = |act: Act| {
        said(act).min_by_key(|(s, at)| {
            (at.width(), Reverse(s.voices.iter().filter(|v| !v.copy).count()), at.span(zone).from)
        })
    };
    if let Some((statement, at)) = first(Act::Effective) {
        let others: Vec<String> = said(Act::Effective)
            .filter(|(_, other)| !other.span(zone).overlaps(at.span(zone)))
            .map(|(s, other)| format!("; {} according to {}", other.words(), voice::names(&s.voices)))
            .collect();
        let why = format!("It took effect then, according to {}{}.", voice::names(&statement.voices), others.concat());
        return Some(Reckoned { at, basis: Basis::Stated, why, claims: voice::claims(&statement.voices) });
    }
    if let Some((statement, at)) = first(Act::Declared) {
        let why = format!(
            "No report says when it took effect; it is reckoned from its declaration, dated according to {}.",
            voice::names(&statement.voices)
        );
        return Some(Reckoned { at, basis: Basis::Reckoned, why, claims: voice::claims(&statement.voices) });
    }
    let told = sayings.iter().filter(|s| s.tells_beginning());
    let (published, first) =
        told.filter_map(|s| Some((s.published()?, s))).min_by_key(|(published, s)| (published.date(), s.id()))?;
    let why = format!("No date is told; the first report of it is of {}, and tells it as news.", published.date());
    Some(Reckoned { at: Moment::news(published), basis: Basis::Reckoned, why, claims: vec![first.id().clone()] })
}

/// What is said of its length, what most voices say first.
fn durations(sayings: &[Saying]) -> Vec<Duration> {
    let mut found: Vec<(f64, Vec<&Told>)> = Vec::new();
    let lasting = |s: &&Saying| matches!(s.act, Act::Declared | Act::Effective) && s.stance != Stance::Denied;
    for saying in sayings.iter().filter(lasting) {
        let Some(hours) = saying.hours else { continue };
        match found.iter_mut().find(|(known, _)| (*known - hours).abs() < 0.5) {
            Some((_, told)) => told.push(&saying.told),
            None => found.push((hours, vec![&saying.told])),
        }
    }
    let mut durations: Vec<Duration> =
        found.into_iter().map(|(hours, told)| Duration { hours, voices: voices(told) }).collect();
    durations.sort_by(|a, b| {
        let said = |d: &Duration| Reverse(d.voices.iter().filter(|v| !v.copy).count());
        said(a).cmp(&said(b)).then(a.hours.total_cmp(&b.hours))
    });
    durations
}

/// Until when it is to hold: as stated, made exact by its duration where the two agree.
fn until(statements: &[Statement], computed: Option<Reckoned>, zone: Offset) -> Option<Reckoned> {
    let stated = statements
        .iter()
        .filter(|s| {
            s.basis == Basis::Stated
                && s.stance != Stance::Denied
                && matches!(s.act, Act::Until | Act::Declared | Act::Effective)
        })
        .filter_map(|s| Some((s, s.until?)))
        .min_by_key(|(s, at)| (Reverse(s.voices.iter().filter(|v| !v.copy).count()), at.width(), at.span(zone).from));
    let Some((statement, at)) = stated else { return computed };
    let claims = voice::claims(&statement.voices);
    let who = voice::names(&statement.voices);
    match computed {
        Some(computed) if at.span(zone).overlaps(computed.at.span(zone)) && computed.at.width() <= at.width() => {
            let mut all = computed.claims;
            all.extend(claims);
            all.sort_unstable();
            all.dedup();
            let why = format!("{} The same according to {who}: {}.", computed.why, at.words());
            Some(Reckoned { why, claims: all, ..computed })
        }
        Some(computed) if !at.span(zone).overlaps(computed.at.span(zone)) => {
            let why = format!("According to {who}; its duration would have it end {}.", computed.at.words());
            Some(Reckoned { at, basis: Basis::Stated, why, claims })
        }
        _ => Some(Reckoned { at, basis: Basis::Stated, why: format!("According to {who}."), claims }),
    }
}
