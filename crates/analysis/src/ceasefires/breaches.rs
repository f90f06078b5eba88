//! Alleged breaches of a ceasefire: each with who is accused, by whom, on what basis, and who denies it.
//!
//! **Stated**: somebody says that the ceasefire was broken. **By definition**: a hostile incident between the parties within
//! the clock, whether or not anybody calls it a breach. Both may hold. What a third group does to a party is listed apart,
//! with the voices that say whose group it is; whether that makes it a breach is theirs to say.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::Offset;
use model::record::PartyRecord;
use model::{Attitude, Incident, IncidentId, Standing, Status, TieType};
use serde::Serialize;

use super::definitions::Definitions;
use super::hostile::{Hostile, dead};
use super::moment::{DAY, HOUR, Moment, Seconds};
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
    /// The fewest and the most dead that anybody gives, people.
    pub dead: Option<(f64, Option<f64>)>,
    /// How the incident stands.
    pub standing: Option<Standing>,
}

/// What others did to a party while the ceasefire held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ByOthers {
    /// The incident.
    pub incident: IncidentId,
    /// When.
    pub at: Moment,
    /// Where it lies in the clock.
    pub position: Position,
    /// Who acted; empty where nobody is named.
    pub group: Vec<PartyRecord>,
    /// The party that suffered, by side.
    pub against: Vec<Key>,
    /// Who says that the group belongs to a party, or is kept by one.
    pub belonging: Vec<Belonging>,
    /// The fewest and the most dead that anybody gives, people.
    pub dead: Option<(f64, Option<f64>)>,
    /// How it stands.
    pub standing: Standing,
}

/// Who says that a group belongs to a party.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Belonging {
    /// The group, by side.
    pub group: Key,
    /// The party, by side.
    pub party: Key,
    /// What is said: `HARBOURS`, `COMMANDS`.
    pub tie: String,
    /// Who says so.
    pub said_by: Vec<Voice>,
    /// Who denies it.
    pub denied_by: Vec<Voice>,
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

/// The alleged breaches, by time.
pub(super) fn breaches<'a>(
    sayings: &[Saying<'a>],
    hostile: &[Hostile<'a>],
    records: &Records<'a>,
    changes: &[Change],
    definitions: &Definitions,
    zone: Offset,
) -> Vec<Breach> {
    let grace = definitions.violation.grace_hours;
    let accusations: Vec<&Saying> =
        sayings.iter().filter(|s| s.act == Act::Violated && s.stance == Stance::Said).collect();
    let denials: Vec<&Saying> =
        sayings.iter().filter(|s| s.act == Act::Violated && s.stance == Stance::Denied).collect();
    // Which accusations are of which incident; those of one incident, or of none but one day and one accused, are one.
    let mut stated: Vec<(Option<&Hostile>, BTreeSet<&IncidentId>, Vec<&Saying>)> = Vec::new();
    for accusation in accusations {
        let own = records.incident_of.get(accusation.id()).copied();
        let of = strike(accusation, own, hostile, records, zone);
        let same = |(known, ids, told): &&mut (Option<&Hostile>, BTreeSet<&IncidentId>, Vec<&Saying>)| match (known, of)
        {
            (Some(a), Some(b)) => a.incident.id == b.incident.id,
            _ => {
                own.is_some_and(|i| ids.contains(&i.id)) || told.iter().any(|t| is_same_accusation(t, accusation, zone))
            }
        };
        let ids = [own.map(|i| &i.id), of.map(|h| &h.incident.id)].into_iter().flatten();
        match stated.iter_mut().find(same) {
            Some((known, all, told)) => {
                *known = known.or(of);
                all.extend(ids);
                told.push(accusation);
            }
            None => stated.push((of, ids.collect(), vec![accusation])),
        }
    }
    let mut breaches: Vec<Breach> = Vec::new();
    let mut seen: BTreeSet<&IncidentId> = BTreeSet::new();
    for (of, ids, told) in &stated {
        seen.extend(ids.iter().copied());
        let of = of.or_else(|| hostile.iter().find(|h| ids.contains(&h.incident.id)));
        breaches.push(one(of, ids, told, &denials, records, position_of(changes, of, told, grace, zone), zone));
    }
    let within = |h: &&Hostile| {
        matches!(position(changes, h.span, grace, zone), Position::Inside | Position::InExtension | Position::OnTheEdge)
    };
    for h in hostile.iter().filter(|h| h.is_between() && !seen.contains(&h.incident.id)).filter(within) {
        let position = position(changes, h.span, grace, zone);
        breaches.push(one(Some(h), &BTreeSet::from([&h.incident.id]), &[], &denials, records, position, zone));
    }
    breaches.sort_by_cached_key(|b| {
        let span = b.at.map(|m| m.span(zone));
        (span.map(|s| (s.from, s.to)), b.incidents.clone(), b.accused.clone())
    });
    breaches
}

/// An accusation lies in the clock where its incident does, else where it dates it itself.
fn position_of(changes: &[Change], of: Option<&Hostile>, told: &[&Saying], grace_hours: u16, zone: Offset) -> Position {
    let dated = || told.iter().filter_map(|s| s.at).min_by_key(|m| m.width()).map(|m| m.span(zone));
    // The accuser may know the hour of what others date to the day.
    let best = match (of.map(|h| h.span), dated()) {
        (Some(a), Some(b)) if a.overlaps(b) && b.to - b.from < a.to - a.from => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    };
    best.map_or(Position::Unknown, |span| position(changes, span, grace_hours, zone))
}

fn one(
    of: Option<&Hostile>,
    ids: &BTreeSet<&IncidentId>,
    told: &[&Saying],
    denials: &[&Saying],
    records: &Records,
    position: Position,
    zone: Offset,
) -> Breach {
    let mut incidents: Vec<&Incident> = ids.iter().filter_map(|id| records.incidents.get(id).copied()).collect();
    // The hostile incident first, the accusation's own after it.
    incidents.sort_by_key(|i| (of.is_none_or(|h| h.incident.id != i.id), &i.id));
    let accused: BTreeSet<Key> = match of.and_then(|h| h.between.as_ref()) {
        Some((actors, _)) if told.is_empty() => actors.clone(),
        _ => told.iter().flat_map(|s| s.actors.iter().cloned()).collect(),
    };
    let against = of.and_then(|h| h.between.as_ref()).map(|(_, against)| against.clone()).unwrap_or_default();
    let exact = told.iter().filter_map(|s| s.at).min_by_key(|m| m.width());
    let at = match (of.map(|h| h.at), exact) {
        (Some(a), Some(b)) if a.span(zone).overlaps(b.span(zone)) && b.width() < a.width() => Some(b),
        (a, b) => a.or(b),
    };
    let mut grounds = Vec::new();
    if !told.is_empty() {
        grounds.push(Ground::Stated { accusers: voices(told.iter().map(|s| &s.told)) });
    }
    if let Some((actors, victims)) = of.and_then(|h| h.between.as_ref()) {
        let by = voice::listed(&actors.iter().collect::<Vec<_>>());
        let on = voice::listed(&victims.iter().collect::<Vec<_>>());
        let whom = if actors == victims { format!("{by} fought") } else { format!("{by} acted against {on}") };
        let when = match position {
            Position::Inside => Some("while the ceasefire held"),
            Position::InExtension => Some("after it was due to run out, while an extension is spoken of"),
            Position::OnTheEdge => Some("on a day, or in days, in part of which alone it held"),
            Position::Before | Position::After | Position::Unknown => None,
        };
        grounds.extend(when.map(|when| Ground::ByDefinition { why: format!("{whom} {when}.") }));
    }
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
    for voice in voices(denials.iter().filter(speaks_of_it).map(|s| &s.told)) {
        if !denied_by.iter().any(|known| voice.claims.iter().all(|c| known.claims.contains(c))) {
            denied_by.push(voice);
        }
    }
    let acting = incidents.iter().flat_map(|i| &i.actor).chain(told.iter().flat_map(|s| &s.told.claim.actor));
    let mut accused_named: Vec<PartyRecord> = Vec::new();
    for party in acting.filter(|p| sides::key(p).is_some_and(|k| accused.contains(&k))) {
        if !accused_named.iter().any(|known| known.id == party.id) {
            accused_named.push(party.clone());
        }
    }
    accused_named.sort_by(|a, b| a.id.cmp(&b.id));
    Breach {
        at,
        position,
        accused: accused.into_iter().collect(),
        accused_named,
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

/// What others, or somebody unnamed, did to a party while the ceasefire held or may have held.
pub(super) fn by_others(
    hostile: &[Hostile],
    seen: &[Breach],
    parties: &BTreeSet<Key>,
    records: &Records,
    changes: &[Change],
    definitions: &Definitions,
    zone: Offset,
) -> Vec<ByOthers> {
    let mut found = Vec::new();
    for h in hostile {
        let is_breach = seen.iter().any(|b| b.incidents.contains(&h.incident.id));
        let against = if h.fronts.suffering.is_empty() { &h.fronts.soil } else { &h.fronts.suffering };
        let theirs = !h.fronts.others.is_empty() || h.fronts.unnamed;
        if is_breach || !theirs || !h.fronts.acting.is_empty() || against.is_empty() {
            continue;
        }
        let position = position(changes, h.span, definitions.violation.grace_hours, zone);
        if !matches!(position, Position::Inside | Position::InExtension | Position::OnTheEdge) {
            continue;
        }
        found.push(ByOthers {
            incident: h.incident.id.clone(),
            at: h.at,
            position,
            group: h.incident.actor.iter().filter(|p| sides::key(p).is_some()).cloned().collect(),
            against: against.iter().cloned().collect(),
            belonging: h.fronts.others.iter().flat_map(|group| belonging(group, parties, records)).collect(),
            dead: dead(h.incident),
            standing: h.incident.standing,
        });
    }
    found
}

/// Who says that a group is kept, led or sheltered by a party.
fn belonging(group: &Key, parties: &BTreeSet<Key>, records: &Records) -> Vec<Belonging> {
    let mut ties: BTreeMap<(Key, TieType), Vec<&Told>> = BTreeMap::new();
    for told in records.told.values().filter(|t| t.claim.kind == "tie") {
        let Some(tie) = told.claim.code.as_deref().and_then(|c| c.parse::<TieType>().ok()) else { continue };
        let (actors, recipients) = (sides::keys(&told.claim.actor), sides::keys(&told.claim.recipient));
        let of = match tie {
            TieType::Harbours
            | TieType::Supports
            | TieType::Arms
            | TieType::Funds
            | TieType::Commands
            | TieType::Leads
                if recipients.contains(group) =>
            {
                actors
            }
            TieType::MemberOf if actors.contains(group) => recipients,
            _ => continue,
        };
        for party in of.intersection(parties) {
            ties.entry((party.clone(), tie)).or_default().push(told);
        }
    }
    let denies = |v: &Voice| v.attitude == Attitude::Denies || v.status == Status::DidNotOccur;
    let one = |((party, tie), told): ((Key, TieType), Vec<&Told>)| {
        let (denied_by, said_by) = voices(told).into_iter().partition(denies);
        Belonging { group: group.clone(), party, tie: tie.as_str().to_owned(), said_by, denied_by }
    };
    ties.into_iter().map(one).collect()
}

/// The incident that an accusation is about: its own if others tell of it too, else the one hostile incident by the accused
/// (or by nobody named, on another's soil) of that time and place.
fn strike<'h, 'a>(
    accusation: &Saying,
    own: Option<&Incident>,
    hostile: &'h [Hostile<'a>],
    records: &Records,
    zone: Offset,
) -> Option<&'h Hostile<'a>> {
    let told = |i: &Incident| i.accounts.iter().map(|a| a.claims.len()).sum::<usize>();
    let held = own.and_then(|i| hostile.iter().find(|h| h.incident.id == i.id));
    if let Some(held) = held.filter(|h| told(h.incident) > 1) {
        return Some(held);
    }
    let span = accusation.at.map(|m| m.span(zone));
    let near = |h: &&&Hostile| {
        let by_accused = h.between.as_ref().is_some_and(|(actors, _)| !actors.is_disjoint(&accusation.actors));
        let by_nobody = h.fronts.unnamed && h.fronts.soil.is_disjoint(&accusation.actors) && !h.fronts.soil.is_empty();
        let in_time = match span {
            // A night is of two days.
            Some(s) => h.span.from < s.to.max(s.from) + DAY / 2 && s.from - DAY / 2 < h.span.to.max(h.span.from + 1),
            None => records.share_report(accusation, h.incident),
        };
        (by_accused || by_nobody)
            && in_time
            && places_meet(accusation, h.incident)
            && Some(&h.incident.id) != own.map(|i| &i.id)
    };
    let mut found = hostile.iter().collect::<Vec<_>>();
    found.retain(|h| near(&h));
    if let [one] = found[..] {
        return Some(one);
    }
    // Of several, the one that the same report tells.
    found.retain(|h| records.share_report(accusation, h.incident));
    if let [one] = found[..] { Some(one) } else { held }
}

/// Whether the places named on both sides can be one; what names none goes anywhere.
fn places_meet(accusation: &Saying, incident: &Incident) -> bool {
    let places = &accusation.told.claim.places;
    if places.is_empty() || incident.places.is_empty() {
        return true;
    }
    places.iter().any(|p| {
        incident.places.iter().any(|q| {
            let within = |a: &Option<model::Text>, b: &Option<model::Text>| a.is_none() || b.is_none() || a == b;
            p.country == q.country && within(&p.admin1, &q.admin1) && within(&p.admin2, &q.admin2)
        })
    })
}

/// Two accusations of one accused, of one day or of no day told apart.
fn is_same_accusation(a: &Saying, b: &Saying, zone: Offset) -> bool {
    let in_time = match (a.at, b.at) {
        (Some(a), Some(b)) => a.span(zone).overlaps(b.span(zone)),
        (None, None) => a.published().map(model::When::date) == b.published().map(model::When::date),
        _ => a.document() == b.document(),
    };
    a.actors == b.actors && in_time && places_meet_claims(a, b)
}

fn places_meet_claims(a: &Saying, b: &Saying) -> bool {
    let admin1 =
        |s: &Saying| -> BTreeSet<model::Text> { s.told.claim.places.iter().filter_map(|p| p.admin1.clone()).collect() };
    let (a, b) = (admin1(a), admin1(b));
    a.is_empty() || b.is_empty() || !a.is_disjoint(&b)
}
