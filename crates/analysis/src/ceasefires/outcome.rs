//! How a ceasefire ended, if it did: the first of what parties declare, what its clock says, what took its place, and what
//! the definition of collapse makes of its breaches.

use jiff::tz::Offset;
use model::{ClaimId, IncidentId, When};
use serde::Serialize;

use super::breaches::{Breach, Ground, Position};
use super::clock::Clock;
use super::definitions::CollapseRule;
use super::moment::{self, DAY, Moment};
use super::saying::{Act, Saying, Stance};
use super::timeline::{Change, State};
use super::voice;

/// How a ceasefire can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// One party declared it over, it is said to have fallen apart, or the definition of collapse is met.
    Collapsed,
    /// The parties ended it together.
    EndedByAgreement,
    /// Its time ran out.
    Lapsed,
    /// Another ceasefire took its place.
    Replaced,
}

impl End {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Collapsed => "collapsed",
            Self::EndedByAgreement => "ended by agreement",
            Self::Lapsed => "lapsed",
            Self::Replaced => "replaced",
        }
    }
}

/// A collapse by definition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Collapse {
    /// The breach that made it one.
    pub at: Moment,
    /// The violations that were counted.
    pub incidents: Vec<IncidentId>,
    /// Their dead, people, by the lowest that anybody gives.
    pub dead: f64,
    /// In a sentence.
    pub why: String,
}

/// How long it held, and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// How; `None` where it had not ended by the day that was asked for.
    pub end: Option<End>,
    /// When; the day that was asked for where it had not ended.
    pub at: Option<Moment>,
    /// Days from its beginning; `None` where the beginning or the end is unknown.
    pub days: Option<f64>,
    /// In a sentence.
    pub why: String,
    /// What makes it doubtful, in a sentence.
    pub doubt: Option<String>,
    /// The claims.
    pub claims: Vec<ClaimId>,
    /// The incidents.
    pub incidents: Vec<IncidentId>,
}

/// The first breach with which the definition of collapse is met.
pub(super) fn collapse(breaches: &[Breach], rule: &CollapseRule, zone: Offset) -> Option<Collapse> {
    let counts = |b: &&Breach| {
        matches!(b.position, Position::Inside | Position::InExtension)
            && b.grounds.iter().any(|g| matches!(g, Ground::ByDefinition { .. }))
    };
    let counted: Vec<(&Breach, Moment)> = breaches.iter().filter(counts).filter_map(|b| Some((b, b.at?))).collect();
    for (last, (_, at)) in counted.iter().enumerate() {
        let end = at.span(zone);
        let within = |(_, earlier): &&(&Breach, Moment)| {
            end.to.max(end.from) - earlier.span(zone).from <= i64::from(rule.days) * DAY
        };
        let run: Vec<&(&Breach, Moment)> = counted[..=last].iter().filter(within).collect();
        let dead: f64 = run.iter().filter_map(|(b, _)| b.dead).map(|(low, _)| low).sum();
        if run.len() >= rule.incidents && dead >= rule.dead {
            let why = format!("{} violations with {dead} dead or more within {} days.", run.len(), rule.days);
            let incidents = run.iter().filter_map(|(b, _)| b.incidents.first().cloned()).collect();
            return Some(Collapse { at: *at, incidents, dead, why });
        }
    }
    None
}

/// How it ended by `as_of`.
pub(super) fn outcome(
    clock: &Clock,
    sayings: &[Saying],
    changes: &[Change],
    collapse: Option<&Collapse>,
    as_of: When,
) -> Outcome {
    let zone = clock.offset;
    let by_definition = collapse.map(|c| Outcome {
        end: Some(End::Collapsed),
        at: Some(c.at),
        days: None,
        why: format!("By definition: {}", c.why),
        doubt: None,
        claims: Vec::new(),
        incidents: c.incidents.clone(),
    });
    let told = changes.iter().filter_map(|change| {
        let end = match change.state {
            State::Lapsed => End::Lapsed,
            State::Replaced => End::Replaced,
            State::Ended if together(sayings, change) => End::EndedByAgreement,
            State::Ended => End::Collapsed,
            _ => return None,
        };
        let why = change.why.clone();
        Some(Outcome {
            end: Some(end),
            at: Some(change.at),
            days: None,
            why,
            doubt: None,
            claims: change.claims.clone(),
            incidents: Vec::new(),
        })
    });
    let last = moment::end(as_of, zone).max(moment::start(as_of, zone));
    let first = by_definition.into_iter().chain(told).filter(|o| o.at.is_some_and(|at| at.span(zone).from <= last));
    let mut outcome = first.min_by_key(|o| o.at.map(|at| at.span(zone).from)).unwrap_or_else(|| Outcome {
        end: None,
        at: Some(Moment::at(as_of)),
        days: None,
        why: format!("No report published by {as_of} tells of an end."),
        doubt: None,
        claims: Vec::new(),
        incidents: Vec::new(),
    });
    outcome.days = clock.begins.as_ref().zip(outcome.at).map(|(begin, at)| {
        let (from, to) = (begin.at.span(zone), at.span(zone));
        // From the middle of what is known to the middle; an exact hour is its own.
        let middle = |s: moment::Seconds| s.from.midpoint(s.to.max(s.from));
        (middle(to) - middle(from)).max(0) as f64 / DAY as f64
    });
    outcome.doubt = doubt(changes, outcome.at, zone);
    outcome
}

/// Where it went on only by an extension that some deny or nobody announced, it may have lapsed before.
fn doubt(changes: &[Change], end: Option<Moment>, zone: Offset) -> Option<String> {
    let extended = changes.iter().find(|c| c.state == State::Extended)?;
    let before = end.is_none_or(|e| extended.at.span(zone).from < e.span(zone).from.max(e.span(zone).to));
    before.then(|| {
        let against = if extended.against.is_empty() {
            String::new()
        } else {
            format!(", and was not according to {}", voice::names(&extended.against))
        };
        format!(
            "It lapsed {} if it was not extended; it was according to {}{against}.",
            extended.at.words(),
            voice::names(&extended.by)
        )
    })
}

/// Whether the claims of an end name more than one side as ending it.
fn together(sayings: &[Saying], change: &Change) -> bool {
    let ends = |s: &&Saying| s.act == Act::Ended && s.stance == Stance::Said && change.claims.contains(s.id());
    sayings.iter().filter(ends).any(|s| s.actors.len() > 1 && s.told.claim.code.as_deref() == Some("AGREE"))
}
