//! What parties do to and with each other: claims of happenings, one happening counted once, with its tone.
//!
//! Counted is what somebody says to have happened or to be going on. What is denied, planned, threatened, demanded or only
//! possible is no happening, nor is the content of an act of speech ("accused of bombing": the accusation counts). Claims
//! of one incident are one happening; without incidents each claim is one, near-copies left out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{Attitude, ClaimId, EventType, IncidentId, Rel, Status};
use serde::Serialize;

use super::party::Key;
use super::tables::tone;
use super::voices::{originals, published};
use crate::incidents::independence::Told;
use crate::incidents::types::gravity;

/// A happening between parties.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Act {
    /// What most of its claims call it.
    #[serde(rename = "type")]
    pub code: EventType,
    /// 1 friendly words, 2 friendly deeds, -1 and -2 hostile ones.
    pub tone: i32,
    /// First and last day, as the claims that are most exact have it.
    pub days: (Date, Date),
    /// Whether the text says when; otherwise the days are that of publication.
    pub dated: bool,
    /// Every pair of parties that a claim of it sets against or beside each other, the lower key first.
    pub between: Vec<(Key, Key)>,
    /// The claims that tell it, in the order in which they were published.
    pub claims: Vec<ClaimId>,
}

impl Act {
    /// Whether it is between these two.
    pub fn is_between(&self, a: &Key, b: &Key) -> bool {
        self.between.iter().any(|(x, y)| (x, y) == (a, b) || (y, x) == (a, b))
    }
}

/// The happenings that claims tell, in order of time. `incidents` says which claims are of one incident; a claim that is
/// not there is a happening of its own. Those without a day, or between fewer than two parties, are left out.
pub fn acts(told: &[Told], incidents: &BTreeMap<ClaimId, IncidentId>) -> Vec<Act> {
    let kept = originals(told);
    let kinds: BTreeMap<&ClaimId, &str> = kept.iter().map(|t| (&t.claim.id, t.claim.kind.as_str())).collect();
    let is_content = |t: &Told| {
        let of_speech = |claim: &ClaimId| kinds.get(claim) == Some(&"event");
        t.claim.links.iter().any(|l| l.rel == Rel::ContentOf && l.claim.as_ref().is_some_and(of_speech))
    };
    let mut groups: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    for t in kept.iter().filter(|t| tells_a_happening(t) && !is_content(t)) {
        let id = &t.claim.id;
        groups.entry(incidents.get(id).map_or(id.as_str(), IncidentId::as_str)).or_default().push(t);
    }
    let mut acts: Vec<Act> = groups.values().filter_map(|claims| act(claims)).collect();
    acts.sort_by(|a, b| (a.days, &a.claims).cmp(&(b.days, &b.claims)));
    acts
}

/// Pairs of parties with the number of happenings between them, the busiest first.
pub fn dyads(acts: &[Act]) -> Vec<(Key, Key, usize)> {
    let mut counts: BTreeMap<&(Key, Key), usize> = BTreeMap::new();
    for pair in acts.iter().flat_map(|a| &a.between) {
        *counts.entry(pair).or_default() += 1;
    }
    let mut dyads: Vec<(Key, Key, usize)> = counts.into_iter().map(|((a, b), n)| (a.clone(), b.clone(), n)).collect();
    dyads.sort_by(|x, y| y.2.cmp(&x.2).then_with(|| (&x.0, &x.1).cmp(&(&y.0, &y.1))));
    dyads
}

fn tells_a_happening(told: &Told) -> bool {
    let claim = told.claim;
    claim.kind.as_str() == "event"
        && matches!(claim.status, Status::Occurred | Status::Ongoing)
        && matches!(claim.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges)
}

fn act(claims: &[&Told]) -> Option<Act> {
    let mut codes: BTreeMap<usize, (usize, EventType)> = BTreeMap::new();
    for code in claims.iter().filter_map(|t| t.claim.code.as_deref()?.parse::<EventType>().ok()) {
        codes.entry(gravity(code)).or_insert((0, code)).0 += 1;
    }
    // Of types that equally many claims name, the gravest.
    let (_, (_, code)) = codes.into_iter().max_by_key(|(gravity, (n, _))| (*n, std::cmp::Reverse(*gravity)))?;
    let between: BTreeSet<(Key, Key)> = claims.iter().flat_map(|t| pairs(t)).collect();
    let told_days = claims.iter().filter_map(|t| {
        let time = t.claim.time.as_ref()?;
        let (from, to) = (time.from.or(time.to)?, time.to.or(time.from)?);
        Some((from.date(), to.date()))
    });
    let told_days = told_days.filter(|(from, to)| from <= to).min_by_key(|(from, to)| (*to - *from).get_days().max(0));
    let days = told_days.or_else(|| claims.iter().find_map(|t| published(t)).map(|day| (day, day)))?;
    (!between.is_empty()).then(|| Act {
        code,
        tone: tone(code),
        days,
        dated: told_days.is_some(),
        between: between.into_iter().collect(),
        claims: claims.iter().map(|t| t.claim.id.clone()).collect(),
    })
}

/// Who stands against or beside whom in a claim.
fn pairs(told: &Told) -> Vec<(Key, Key)> {
    let keys = |parties: &[model::record::PartyRecord]| parties.iter().filter_map(Key::of).collect::<BTreeSet<Key>>();
    let from = keys(&told.claim.actor);
    let to = if told.claim.reciprocal { from.clone() } else { keys(&told.claim.recipient) };
    let ordered = |a: &Key, b: &Key| if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
    from.iter().flat_map(|a| to.iter().filter(move |b| a != *b).map(move |b| ordered(a, b))).collect()
}
