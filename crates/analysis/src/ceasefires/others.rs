//! What others did to a party while a ceasefire held or may have held, and who says whose they are.
//!
//! Whether such an act is a breach is not decided here: a party that keeps or leads the group may answer for it, and
//! whether it does is what the voices differ about.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::Offset;
use model::record::PartyRecord;
use model::{Attitude, IncidentId, Standing, Status, TieType};
use serde::Serialize;

use super::breaches::{Breach, Position, position};
use super::definitions::Definitions;
use super::hostile::{Hostile, dead};
use super::moment::Moment;
use super::records::Records;
use super::sides::{self, Key};
use super::timeline::Change;
use super::voice::{Voice, voices};
use crate::Told;

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
