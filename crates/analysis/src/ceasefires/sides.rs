//! Who stands on which side: parties by the polity or group as which they act, so that an army, its government and its
//! capital are one side.

use std::collections::{BTreeMap, BTreeSet};

use model::record::PartyRecord;
use model::{Account, Attitude, ClaimId, CountryCode, Incident, Status};
use serde::Serialize;

/// A side's key: the root of the id as which it acts, or a proper name that no catalogue knows, after `~`.
pub(super) type Key = String;

/// A party to a ceasefire, and who is named for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// The root of its id, as it acts: `AFG` for the movement that governs there.
    pub key: Key,
    /// The bodies that the claims name, once each.
    pub named: Vec<PartyRecord>,
    /// The claims that name it as a party.
    pub claims: Vec<ClaimId>,
}

/// The side for which a party acts; `None` where only a description is known ("the government", "both sides").
pub(super) fn key(party: &PartyRecord) -> Option<Key> {
    if let Some(whole) = party.whole() {
        return Some(whole.to_owned());
    }
    // Sectors say what somebody is, not who.
    let name = party.proper_name().filter(|_| party.sectors.is_empty())?;
    Some(format!("~{}", name.trim().to_lowercase()))
}

pub(super) fn keys<'a>(parties: impl IntoIterator<Item = &'a PartyRecord>) -> BTreeSet<Key> {
    parties.into_iter().filter_map(key).collect()
}

/// How the parties of an incident stand to those of a ceasefire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fronts {
    /// Parties of the ceasefire that act.
    pub acting: BTreeSet<Key>,
    /// Parties of the ceasefire that suffer: by name, by country of the victims.
    pub suffering: BTreeSet<Key>,
    /// Parties of the ceasefire on whose soil it happened.
    pub soil: BTreeSet<Key>,
    /// Parties of the ceasefire that say that it happened.
    pub telling: BTreeSet<Key>,
    /// Others that act.
    pub others: BTreeSet<Key>,
    /// Somebody acts whom nobody names.
    pub unnamed: bool,
}

impl Fronts {
    pub fn of(incident: &Incident, parties: &BTreeSet<Key>) -> Self {
        let country = |code: Option<CountryCode>| code.map(|c| c.as_str().to_owned());
        let ours = |key: &Key| parties.contains(key);
        let acting = keys(&incident.actor);
        let harmed = incident.accounts.iter().flat_map(|a| &a.effects).filter_map(|e| e.party.as_ref());
        let harmed: Vec<&PartyRecord> = incident.recipient.iter().chain(harmed).collect();
        let nameless = harmed.iter().filter(|p| key(p).is_none()).filter_map(|p| country(p.country));
        let victims = keys(harmed.iter().copied()).into_iter().chain(nameless);
        let says = |a: &&Account| {
            matches!(a.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges)
                && matches!(a.status, Status::Occurred | Status::Ongoing)
        };
        let tellers = incident.accounts.iter().filter(says).filter_map(|a| a.claimant.as_ref());
        let mut soil: BTreeSet<Key> = BTreeSet::new();
        for place in &incident.places {
            soil.extend(country(place.administered_by.or(place.country)));
        }
        // What lies on both sides of a frontier lies on neither's soil.
        let soil: BTreeSet<Key> = soil.into_iter().filter(ours).collect();
        Self {
            suffering: victims.filter(ours).collect(),
            soil: if soil.len() == 1 { soil } else { BTreeSet::new() },
            telling: keys(tellers).into_iter().filter(ours).collect(),
            others: acting.iter().filter(|k| !ours(k)).cloned().collect(),
            unnamed: incident.actor.iter().all(|p| key(p).is_none()),
            acting: acting.into_iter().filter(ours).collect(),
        }
    }

    /// Who acted against whom, where that is one party against another; in a clash, everybody against everybody.
    pub fn between(&self, on_soil: bool) -> Option<(BTreeSet<Key>, BTreeSet<Key>)> {
        if self.acting.len() > 1 {
            return Some((self.acting.clone(), self.acting.clone()));
        }
        let actor = self.acting.first()?;
        let mut against: BTreeSet<Key> = self.suffering.iter().filter(|k| *k != actor).cloned().collect();
        if against.is_empty() && on_soil {
            against.extend(self.soil.iter().filter(|k| *k != actor).cloned());
        }
        // Whoever suffered, one party complains of what the other did.
        if against.is_empty() && self.others.is_empty() {
            against.extend(self.telling.iter().filter(|k| *k != actor).cloned());
        }
        (!against.is_empty()).then(|| (self.acting.clone(), against))
    }
}

/// The sides of claims, each with the bodies named for it.
pub(super) fn sides<'a>(
    keys: &BTreeSet<Key>,
    named: impl IntoIterator<Item = (&'a ClaimId, &'a PartyRecord)>,
) -> Vec<Side> {
    let empty = |key: &Key| Side { key: key.clone(), named: Vec::new(), claims: Vec::new() };
    let mut found: BTreeMap<Key, Side> = keys.iter().map(|k| (k.clone(), empty(k))).collect();
    for (claim, party) in named {
        let Some(side) = key(party).and_then(|k| found.get_mut(&k)) else { continue };
        let same = |p: &PartyRecord| p.id == party.id && (p.id.is_some() || p.mention == party.mention);
        if !side.named.iter().any(same) {
            side.named.push(party.clone());
        }
        if !side.claims.contains(claim) {
            side.claims.push(claim.clone());
        }
    }
    for side in found.values_mut() {
        side.named.sort_by(|a, b| (a.id.is_none(), &a.id, &a.mention).cmp(&(b.id.is_none(), &b.id, &b.mention)));
        side.claims.sort_unstable();
    }
    found.into_values().collect()
}
