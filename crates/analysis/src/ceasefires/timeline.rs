//! How a ceasefire stood, hour by hour: the changes of its state, each with who says so, who denies it, and the claims.
//!
//! A change that is known to a day only leaves that day open: asked for an hour of it, the answer is that it is not known.
//! An extension is a state of its own, with the names of those who say so: whether it was one is not decided here.

use jiff::tz::Offset;
use model::{ClaimId, When};
use serde::Serialize;

use super::CeasefireId;
use super::clock::{Basis, Clock, Reckoned, Statement};
use super::moment::{self, Moment};
use super::saying::{Act, Stance};
use super::voice::{self, Voice};

/// How a ceasefire stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does not hold yet.
    NotYet,
    /// It is in force.
    InForce,
    /// It would have run out; some say that it was extended.
    Extended,
    /// It is suspended.
    Suspended,
    /// It has run out.
    Lapsed,
    /// It was ended, or fell apart.
    Ended,
    /// Another between the same parties has taken its place.
    Replaced,
    /// The claims do not say.
    Unknown,
}

impl State {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotYet => "not yet",
            Self::InForce => "in force",
            Self::Extended => "in force if extended",
            Self::Suspended => "suspended",
            Self::Lapsed => "lapsed",
            Self::Ended => "ended",
            Self::Replaced => "replaced",
            Self::Unknown => "not known",
        }
    }
}

/// A change of state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// When.
    pub at: Moment,
    /// To what.
    pub state: State,
    /// Whether words say so.
    pub basis: Basis,
    /// In a sentence.
    pub why: String,
    /// Who says so.
    pub by: Vec<Voice>,
    /// Who says that it was not so.
    pub against: Vec<Voice>,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
}

/// The state at a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StateAt {
    /// The time that was asked for.
    pub at: When,
    /// The state; for a day, that at its end.
    pub state: State,
    /// Why, in sentences; for a day, what changed in it.
    pub why: Vec<String>,
    /// Who says so.
    pub by: Vec<Voice>,
    /// Who says that it was not so.
    pub against: Vec<Voice>,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
}

/// The ceasefire that takes the place of one, and from when.
pub(super) struct Successor<'a> {
    pub id: &'a CeasefireId,
    pub begins: &'a Reckoned,
}

/// The changes, in their order.
pub(super) fn timeline(clock: &Clock, successor: Option<&Successor>) -> Vec<Change> {
    let zone = clock.offset;
    let mut changes: Vec<Change> = Vec::new();
    if let Some(begins) = &clock.begins {
        changes.push(beginning(clock, begins));
    }
    let extensions: Vec<&Statement> = clock.said(Act::Extended, Stance::Said).collect();
    if let Some(until) = &clock.until {
        changes.push(running_out(clock, until, &extensions));
        // An extension with an end of its own runs out in turn, the last that is told.
        let ends = extensions.iter().filter_map(|s| Some((s, s.until?)));
        if let Some((statement, at)) = ends.max_by_key(|(_, at)| at.span(zone).from) {
            changes.push(from_statement(clock, statement, at, State::Lapsed, "The extension was to end then"));
        }
    } else {
        // Without an end that was set, to extend it is to say that it goes on.
        for statement in &extensions {
            if let Some(at) = statement.at.or_else(|| told_on(statement)) {
                changes.push(from_statement(clock, statement, at, State::InForce, "It is to be kept up"));
            }
        }
    }
    for (act, state, words) in [
        (Act::Suspended, State::Suspended, "It was suspended"),
        (Act::Lapsed, State::Lapsed, "It ran out"),
        (Act::Ended, State::Ended, "It was ended"),
    ] {
        for statement in clock.said(act, Stance::Said) {
            if let Some(at) = statement.at.or_else(|| told_on(statement)) {
                changes.push(from_statement(clock, statement, at, state, words));
            }
        }
    }
    changes.sort_by_key(|c| {
        let span = c.at.span(zone);
        (span.from, span.to)
    });
    close(&mut changes, zone, successor);
    changes
}

/// What follows an end is no change, but a resumption after a suspension; a successor ends what had not ended.
fn close(changes: &mut Vec<Change>, zone: Offset, successor: Option<&Successor>) {
    let is_end = |s: State| matches!(s, State::Lapsed | State::Ended);
    if let Some(end) = changes.iter().position(|c| c.state == State::Ended) {
        changes.truncate(end + 1);
    }
    // It runs out once; a statement of the same day only says so again.
    let mut lapsed = false;
    changes.retain(|c| c.state != State::Lapsed || !std::mem::replace(&mut lapsed, true));
    let Some(successor) = successor else { return };
    let begins = successor.begins.at.span(zone);
    changes.retain(|c| c.at.span(zone).from < begins.from);
    if changes.last().is_some_and(|c| !is_end(c.state)) {
        changes.push(Change {
            at: successor.begins.at,
            state: State::Replaced,
            basis: Basis::Reckoned,
            why: format!("Another ceasefire between the same parties ({}) holds from then.", successor.id),
            by: Vec::new(),
            against: Vec::new(),
            claims: successor.begins.claims.clone(),
        });
    }
}

fn beginning(clock: &Clock, begins: &Reckoned) -> Change {
    let by = clock
        .statements
        .iter()
        .filter(|s| s.stance == Stance::Said && matches!(s.act, Act::Declared | Act::Effective))
        .filter(|s| s.voices.iter().flat_map(|v| &v.claims).any(|c| begins.claims.contains(c)));
    let by: Vec<Voice> = by.flat_map(|s| s.voices.clone()).collect();
    let against = [clock.deniers(Act::Declared), clock.deniers(Act::Effective)].concat();
    Change {
        at: begins.at,
        state: State::InForce,
        basis: begins.basis,
        why: begins.why.clone(),
        by,
        against,
        claims: begins.claims.clone(),
    }
}

/// What happens when the time that was set is over.
fn running_out(clock: &Clock, until: &Reckoned, extensions: &[&Statement]) -> Change {
    let by: Vec<Voice> = extensions.iter().flat_map(|s| s.voices.clone()).collect();
    let against = clock.deniers(Act::Extended);
    let denial = if against.is_empty() {
        String::new()
    } else {
        format!(" It was not, according to {}.", voice::names(&against))
    };
    if by.is_empty() {
        let why = format!("{} No report says that it was extended.{denial}", until.why);
        let claims = until.claims.clone();
        return Change { at: until.at, state: State::Lapsed, basis: until.basis, why, by, against, claims };
    }
    let claims = voice::claims(by.iter().chain(&against));
    let why = format!("It was due to run out. It was extended, according to {}.{denial}", voice::names(&by));
    Change { at: until.at, state: State::Extended, basis: Basis::Stated, why, by, against, claims }
}

fn from_statement(clock: &Clock, statement: &Statement, at: Moment, state: State, words: &str) -> Change {
    let against = clock.deniers(statement.act);
    let denial =
        if against.is_empty() { String::new() } else { format!("; not so, according to {}", voice::names(&against)) };
    Change {
        at,
        state,
        basis: if statement.at.is_some() || state == State::Lapsed { Basis::Stated } else { Basis::Reckoned },
        why: format!("{words}, according to {}{denial}.", voice::names(&statement.voices)),
        claims: voice::claims(statement.voices.iter().chain(&against)),
        by: statement.voices.clone(),
        against,
    }
}

/// What is told without a date is of the day of the first report, or the day before.
fn told_on(statement: &Statement) -> Option<Moment> {
    statement.voices.iter().filter_map(|v| v.published).min_by_key(|p| p.date()).map(Moment::news)
}

/// The state at a time, by the changes; `None` of them makes it unknown.
pub(super) fn state_at(changes: &[Change], when: When, zone: Offset, as_of: When) -> StateAt {
    let asked = Moment::at(when).span(zone);
    // A day is asked for as it ends.
    let instant = if asked.to > asked.from { asked.to - 1 } else { asked.from };
    let unknown = |why: String, change: Option<&Change>| StateAt {
        at: when,
        state: State::Unknown,
        why: vec![why],
        by: change.map(|c| c.by.clone()).unwrap_or_default(),
        against: change.map(|c| c.against.clone()).unwrap_or_default(),
        claims: change.map(|c| c.claims.clone()).unwrap_or_default(),
    };
    if asked.from >= moment::end(as_of, zone).max(moment::start(as_of, zone) + 1) {
        return unknown(format!("What was asked for lies after {as_of}, up to which reports were read."), None);
    }
    // Known to a day only, and this is that day.
    let is_open = |c: &&Change| {
        let span = c.at.span(zone);
        span.from <= instant && instant < span.to && !(asked.to > asked.from && span.to <= asked.to)
    };
    if let Some(change) = changes.iter().rev().find(is_open) {
        let why = format!("{} It is told of {} only, and no hour is known.", change.why, change.at.words());
        return unknown(why, Some(change));
    }
    let passed = changes.iter().filter(|c| {
        let span = c.at.span(zone);
        span.to <= instant + i64::from(asked.to > asked.from)
    });
    let Some(last) = passed.clone().next_back() else {
        let Some(first) = changes.first() else { return unknown("No claim gives it a time.".to_owned(), None) };
        if first.state != State::InForce {
            return unknown("No claim says when it began.".to_owned(), Some(first));
        }
        return StateAt {
            state: State::NotYet,
            why: vec![format!("It holds from {}.", first.at.words())],
            ..unknown(String::new(), Some(first))
        };
    };
    // Of a day, everything that changed in it.
    let mut why: Vec<String> = passed
        .filter(|c| c.at.span(zone).from >= asked.from && asked.to > asked.from)
        .map(|c| format!("{}: {}", c.at.words(), c.why))
        .collect();
    if why.is_empty() {
        why.push(last.why.clone());
    }
    StateAt {
        at: when,
        state: last.state,
        why,
        by: last.by.clone(),
        against: last.against.clone(),
        claims: last.claims.clone(),
    }
}
