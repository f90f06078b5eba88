//! Alleged breaches of a ceasefire: each with who is accused, by whom, on what basis, and who denies it.
//!
//! **Stated**: somebody says that the ceasefire was broken. **By definition**: a hostile incident between the parties within
//! the clock, whether or not anybody calls it a breach. Both may hold. What third groups do is in `others`.

use std::collections::BTreeSet;

use jiff::tz::Offset;
use model::record::PartyRecord;
use model::{Attitude, ClaimId, DocumentId, Incident, IncidentId, Standing, Status};
use serde::Serialize;

use super::accusation;
use super::definitions::Definitions;
use super::hostile::{Hostile, dead};
use super::moment::{HOUR, Moment, Seconds};
use super::records::Records;
use super::saying::{Act, Saying, Stance};
use super::sides::{self, Key};
use super::timeline::{Change, State};
use super::voice::{self, Voice, of_account, voices};
use crate::Told;

/// Where an incident lies in the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Before it held.
    Before,
    /// While it held.
    Inside,
    /// While it held only if an extension that some speak of was one.
    InExtension,
    /// On a day, or in a stretch, on part of which alone it held.
    OnTheEdge,
    /// After it had run out, was ended or replaced, or while it was suspended.
    After,
    /// No date is told, or none of the ceasefire.
    Unknown,
}

impl Position {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Before => "before it held",
            Self::Inside => "while it held",
            Self::InExtension => "in an extension that some speak of",
            Self::OnTheEdge => "on a day in part of which it held",
            Self::After => "after it held",
            Self::Unknown => "at a time that is not known",
        }
    }
}

/// Why it counts as a breach.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "basis", rename_all = "snake_case")]
pub enum Ground {
    /// Somebody says that the ceasefire was broken.
    Stated {
        /// Who.
        accusers: Vec<Voice>,
    },
    /// It is a hostile incident between the parties within the clock.
    ByDefinition {
        /// In a sentence.
        why: String,
    },
}

/// An alleged breach.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breach {
    /// The incidents, the one that tells most first; empty where the accusation is all that is known.
    pub incidents: Vec<IncidentId>,
    /// When.
    pub at: Option<Moment>,
    /// Where it lies in the clock.
    pub position: Position,
    /// Who is accused, or acted, by side.
    pub accused: Vec<Key>,
    /// The bodies named for them.
    pub accused_named: Vec<PartyRecord>,
    /// Against whom, by side.
    pub against: Vec<Key>,
    /// Where, by name.
    pub places: Vec<String>,
    /// Why it counts.
    pub grounds: Vec<Ground>,
    /// Who says that it happened, breach or not.
    pub told_by: Vec<Voice>,
    /// Who says that it did not happen, or was no breach.
    pub denied_by: Vec<Voice>,
    /// What the accused say of hostile acts, their own or others', in the reports that tell of it.
    pub accused_say: Vec<Words>,
    /// The fewest and the most dead that anybody gives, people.
    pub dead: Option<(f64, Option<f64>)>,
    /// How the incident stands.
    pub standing: Option<Standing>,
}

/// A claim in its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Words {
    /// The claim.
    pub claim: ClaimId,
    /// Its words.
    pub words: String,
    /// Who says so.
    pub by: Voice,
}

impl Words {
    pub(super) fn of(told: &Told) -> Self {
        let by = voices([told]).remove(0);
        Self { claim: told.claim.id.clone(), words: told.claim.evidence.text.clone(), by }
    }
}

/// Where a stretch lies in a timeline.
pub(super) fn position(changes: &[Change], span: Seconds, grace_hours: u16, zone: Offset) -> Position {
    let Some(first) = changes.first().filter(|c| c.state == State::InForce) else { return Position::Unknown };
    let grace = i64::from(grace_hours) * HOUR;
    let last = span.to.max(span.from + 1) - 1;
    let begin = first.at.span(zone);
    let (begin_from, begin_to) = (begin.from + grace, begin.to.max(begin.from) + grace);
    if last < begin_from {
        return Position::Before;
    }
    let mut states: BTreeSet<&'static str> = BTreeSet::new();
    if span.from < begin_to {
        states.insert("before");
    }
    // Each state holds from its change to the next; a change that is known to a stretch only overlaps its neighbour.
    for (i, change) in changes.iter().enumerate() {
        let from = if i == 0 { begin_from } else { change.at.span(zone).from };
        let to = changes.get(i + 1).map_or(i64::MAX, |next| {
            let next = next.at.span(zone);
            next.to.max(next.from)
        });
        if span.from < to && from <= last {
            states.insert(match change.state {
                State::InForce => "inside",
                State::Extended => "extension",
                _ => "after",
            });
        }
    }
    let states: Vec<&str> = states.into_iter().collect();
    match states[..] {
        ["inside"] => Position::Inside,
        ["extension"] => Position::InExtension,
        ["after"] => Position::After,
        ["before"] => Position::Before,
        _ => Position::OnTheEdge,
    }
}

/// What breaches are made from.
struct Parts<'s, 'a> {
    hostile: &'s [Hostile<'a>],
    /// Claims that nobody, or a party, broke the ceasefire.
    denials: Vec<&'s Saying<'a>>,
    records: &'s Records<'a>,
    changes: &'s [Change],
    definitions: &'s Definitions,
    zone: Offset,
}

/// The alleged breaches, by time.
pub(super) fn breaches<'a>(
    sayings: &[Saying<'a>],
    hostile: &[Hostile<'a>],
    records: &Records<'a>,
    changes: &[Change],
    definitions: &Definitions,
    zone: Offset,
) -> Vec<Breach> {
    let of_stance = |stance: Stance| sayings.iter().filter(move |s| s.act == Act::Violated && s.stance == stance);
    let denials = of_stance(Stance::Denied).collect();
    let parts = Parts { hostile, denials, records, changes, definitions, zone };
    // Accusations of one incident are of one breach; so are those of none but one day and one accused.
    let mut stated: Vec<(BTreeSet<&IncidentId>, Vec<&Saying>)> = Vec::new();
    for accusation in of_stance(Stance::Said) {
        let own = records.incident_of.get(accusation.id()).copied();
        let of = accusation::strike(accusation, own, hostile, records, zone);
        let ids: BTreeSet<&IncidentId> = own.map(|i| &i.id).into_iter().chain(of.map(|h| &h.incident.id)).collect();
        let same = |(known, told): &&mut (BTreeSet<&IncidentId>, Vec<&Saying>)| {
            let nowhere = known.is_empty() && ids.is_empty();
            !known.is_disjoint(&ids)
                || nowhere && told.iter().any(|t| accusation::is_same_accusation(t, accusation, zone))
        };
        match stated.iter_mut().find(same) {
            Some((known, told)) => {
                known.extend(ids);
                told.push(accusation);
            }
            None => stated.push((ids, vec![accusation])),
        }
    }
    let seen: BTreeSet<&IncidentId> = stated.iter().flat_map(|(ids, _)| ids.iter().copied()).collect();
    let mut breaches: Vec<Breach> = stated.iter().map(|(ids, told)| one(ids, told, &parts)).collect();
    let grace = definitions.violation.grace_hours;
    let within = |h: &&Hostile| {
        matches!(position(changes, h.span, grace, zone), Position::Inside | Position::InExtension | Position::OnTheEdge)
    };
    let unstated = hostile.iter().filter(|h| h.is_between() && !seen.contains(&h.incident.id)).filter(within);
    breaches.extend(unstated.map(|h| one(&BTreeSet::from([&h.incident.id]), &[], &parts)));
    breaches.sort_by_cached_key(|b| {
        let span = b.at.map(|m| m.span(zone));
        (span.map(|s| (s.from, s.to)), b.incidents.clone(), b.accused.clone())
    });
    breaches
}

/// The breach of these incidents and accusations.
fn one(ids: &BTreeSet<&IncidentId>, told: &[&Saying], parts: &Parts) -> Breach {
    let zone = parts.zone;
    // That which tells most first: more than an accusation, and between the parties.
    let mut of: Vec<&Hostile> = parts.hostile.iter().filter(|h| ids.contains(&h.incident.id)).collect();
    of.sort_by_key(|h| (!parts.records.tells_more(h.incident), !h.is_between(), &h.incident.id));
    let rank = |i: &Incident| of.iter().position(|h| h.incident.id == i.id).unwrap_or(usize::MAX);
    let mut incidents: Vec<&Incident> = ids.iter().filter_map(|id| parts.records.incidents.get(id).copied()).collect();
    incidents.sort_by_key(|i| (rank(i), &i.id));
    let between = of.iter().find_map(|h| h.between.as_ref());
    let mut accused: BTreeSet<Key> = told.iter().flat_map(|s| s.actors.iter().cloned()).collect();
    if let (true, Some((actors, _))) = (accused.is_empty(), between) {
        accused.clone_from(actors);
    }
    let against: BTreeSet<Key> = match between {
        Some((_, against)) => against.clone(),
        None => of.iter().flat_map(|h| h.fronts.soil.difference(&accused).cloned()).collect(),
    };
    // The accuser may know the hour of what others date to the day.
    let exact = told.iter().filter_map(|s| s.at).min_by_key(|m| m.width());
    let at = match (of.first().map(|h| h.at), exact) {
        (Some(a), Some(b)) if a.span(zone).overlaps(b.span(zone)) && b.width() < a.width() => Some(b),
        (a, b) => a.or(b),
    };
    let grace = parts.definitions.violation.grace_hours;
    let position = at.map_or(Position::Unknown, |at| position(parts.changes, at.span(zone), grace, zone));
    let mut grounds = Vec::new();
    if !told.is_empty() {
        grounds.push(Ground::Stated { accusers: voices(told.iter().map(|s| &s.told)) });
    }
    grounds.extend(between.and_then(|(actors, against)| by_definition(actors, against, position)));
    let denies = |v: &Voice| v.attitude == Attitude::Denies || v.status == Status::DidNotOccur;
    let accounts: Vec<Voice> = incidents.iter().flat_map(|i| i.accounts.iter().map(of_account)).collect();
    let (mut denied_by, told_by): (Vec<Voice>, Vec<Voice>) = accounts.into_iter().partition(denies);
    // That "the ceasefire had not been broken by A" denies every breach by A of which it can speak.
    let speaks_of_it = |s: &&&Saying| {
        let of_accused = s.actors.is_empty() || !s.actors.is_disjoint(&accused);
        let in_time = match (s.at, at) {
            (Some(told), Some(at)) => told.span(zone).overlaps(at.span(zone)),
            (None, Some(at)) => s.published().is_none_or(|p| at.from.date() <= p.date()),
            _ => true,
        };
        of_accused && in_time
    };
    for voice in voices(parts.denials.iter().filter(speaks_of_it).map(|s| &s.told)) {
        if !denied_by.iter().any(|known| voice.claims.iter().all(|c| known.claims.contains(c))) {
            denied_by.push(voice);
        }
    }
    Breach {
        at,
        position,
        accused_named: named(&accused, &incidents, told),
        accused_say: accounts_of(&accused, &incidents, told, parts),
        accused: accused.into_iter().collect(),
        against: against.into_iter().collect(),
        places: places(&incidents, told),
        grounds,
        told_by,
        denied_by,
        dead: incidents.iter().find_map(|i| dead(i)),
        standing: incidents.first().map(|i| i.standing),
        incidents: incidents.iter().map(|i| i.id.clone()).collect(),
    }
}

/// A hostile incident between the parties is a breach where the ceasefire held, or may have.
fn by_definition(actors: &BTreeSet<Key>, against: &BTreeSet<Key>, position: Position) -> Option<Ground> {
    let when = match position {
        Position::Inside => "while the ceasefire held",
        Position::InExtension => "after it was due to run out, while an extension is spoken of",
        Position::OnTheEdge => "on a day, or in days, in part of which alone it held",
        Position::Before | Position::After | Position::Unknown => return None,
    };
    let by = voice::listed(&actors.iter().collect::<Vec<_>>());
    let on = voice::listed(&against.iter().collect::<Vec<_>>());
    let deed = if actors == against { format!("{by} fought") } else { format!("{by} acted against {on}") };
    Some(Ground::ByDefinition { why: format!("{deed} {when}.") })
}

/// The bodies named for the accused.
fn named(accused: &BTreeSet<Key>, incidents: &[&Incident], told: &[&Saying]) -> Vec<PartyRecord> {
    let acting = incidents.iter().flat_map(|i| &i.actor).chain(told.iter().flat_map(|s| &s.told.claim.actor));
    let mut named: Vec<PartyRecord> = Vec::new();
    for party in acting.filter(|p| sides::key(p).is_some_and(|k| accused.contains(&k))) {
        if !named.iter().any(|known| known.id == party.id) {
            named.push(party.clone());
        }
    }
    named.sort_by(|a, b| a.id.cmp(&b.id));
    named
}

/// What the accused say of hostile acts in the reports that tell of a breach: what they own up to, and what they say led to
/// it. Such accounts often name no day and no victim, and come together with no incident.
fn accounts_of(accused: &BTreeSet<Key>, incidents: &[&Incident], told: &[&Saying], parts: &Parts) -> Vec<Words> {
    let (records, hostile) = (parts.records, &parts.definitions.hostile.types);
    let mut reports: BTreeSet<&DocumentId> = told.iter().map(|s| s.document()).collect();
    let of_incidents = incidents.iter().flat_map(|i| i.accounts.iter().flat_map(|a| &a.claims));
    reports.extend(of_incidents.filter_map(|c| records.document(c)));
    let theirs = |t: &&&Told| {
        let by_accused = t.claim.asserter.as_ref().and_then(sides::key).is_some_and(|k| accused.contains(&k));
        let typed = t.claim.code.as_deref().and_then(|c| c.parse().ok()).is_some_and(|c| hostile.contains(&c));
        by_accused && typed && t.claim.terms.is_none() && reports.contains(&t.claim.document)
    };
    records.told.values().filter(theirs).map(|t| Words::of(t)).collect()
}

fn places(incidents: &[&Incident], told: &[&Saying]) -> Vec<String> {
    let of_claims = told.iter().flat_map(|s| &s.told.claim.places);
    let mut names: Vec<String> = Vec::new();
    for place in incidents.iter().flat_map(|i| &i.places).chain(of_claims) {
        let name = place.name.as_deref().or(place.mention.as_deref());
        if let Some(name) = name.filter(|n| !names.iter().any(|known| known == n)) {
            names.push(name.to_owned());
        }
    }
    names
}
