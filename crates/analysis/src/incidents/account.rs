//! An incident of a group of claims: one account for each claimant, attitude and status, and what may be held of it.
//!
//! Nothing is averaged. Fields come from the claims that are most exact; effects are those that each claimant gave last, a
//! running toll replacing earlier ones and parts never added to their total; bounds over all accounts say who gives them.
//! What its claimant took back stays in the claimant's account and brings nothing to the incident.
//! Denials bring no parties, places or effects of their own unless nothing but denials is left.

use std::collections::BTreeMap;

use model::record::{ClaimRecord, EffectRecord, PartyRecord, PlaceRecord};
use model::toll::{self, Total};
use model::{Account, Attitude, EffectKind, EffectRange, EventType, Incident, IncidentId, PartyId, Status, Toll, When};

use super::happening;
use super::independence::{PublisherFacts, Told};
use super::standing::{Stance, is_taken_back, stances, standing};
use super::types;
use super::words::plain_name;

/// Sets a group's claims side by side. The order in which they come does not matter.
pub fn account(id: IncidentId, told: &[Told], facts: &dyn PublisherFacts) -> Incident {
    let mut told = told.to_vec();
    told.sort_by_cached_key(|t| (moment(t.claim.published), t.claim.id.clone()));
    let stances = stances(&told);
    let stands = |t: &Told, stance: &Stance| *stance == Stance::Says && !is_taken_back(t, &told, &stances);
    let saying: Vec<&Told> = told.iter().zip(&stances).filter(|(t, s)| stands(t, s)).map(|(t, _)| t).collect();
    let telling: Vec<&ClaimRecord> = if saying.is_empty() {
        told.iter().map(|t| t.claim).collect()
    } else {
        saying.iter().map(|t| t.claim).collect()
    };
    let (standing, grounds) = standing(&told, facts);
    let (from, to) = days(&telling);
    let mut modes: Vec<String> = telling.iter().flat_map(|c| c.modes.iter().map(ToString::to_string)).collect();
    modes.sort_unstable();
    modes.dedup();
    Incident {
        id,
        code: code(&telling),
        modes,
        from,
        to,
        places: places(&telling),
        actor: parties(&telling, |c| &c.actor),
        recipient: parties(&telling, |c| &c.recipient),
        accounts: accounts(&told),
        effects: ranges(&saying),
        standing,
        grounds,
        publishers: publishers(&told, facts),
    }
}

/// Who speaks, in a word: a party by id, else name, else mention; a publication in its own voice; else nobody by name.
pub fn label(told: &Told) -> String {
    let claim = told.claim;
    if let Some(party) = &claim.asserter {
        let name = party.id.as_ref().map(PartyId::as_str).or(party.name.as_deref()).or(party.mention.as_deref());
        return name.unwrap_or("somebody unnamed").to_owned();
    }
    if !claim.attribution.is_empty() {
        return "an unnamed source".to_owned();
    }
    told.publisher.map_or_else(|| claim.document.to_string(), str::to_owned)
}

/// When something was published, as it is ordered; what is undated comes first, as least known to be a revision.
/// Seconds of UTC since 1970; a mere day stands at its start.
pub(super) fn moment(when: Option<When>) -> Option<i64> {
    when.map(|when| {
        let (local, offset) = match when {
            When::Day(day) => (day.to_datetime(jiff::civil::Time::midnight()), None),
            When::At(moment, offset) => (moment, offset),
        };
        let utc = offset.unwrap_or(jiff::tz::Offset::UTC).to_timestamp(local);
        utc.map_or(i64::MAX, jiff::Timestamp::as_second)
    })
}

fn code(telling: &[&ClaimRecord]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for code in telling.iter().filter_map(|c| c.code.as_deref()) {
        *counts.entry(code).or_default() += 1;
    }
    let gravity = |code: &str| code.parse::<EventType>().map_or(usize::MAX, types::gravity);
    let first = counts.into_iter().min_by_key(|(code, n)| (std::cmp::Reverse(*n), gravity(code)));
    first.map(|(code, _)| code.to_owned()).unwrap_or_default()
}

/// The stretch that most claims give among those that are most exact; of equally many, the earliest.
fn days(telling: &[&ClaimRecord]) -> (Option<When>, Option<When>) {
    let mut counts: BTreeMap<(i32, i32, i32), (usize, When, When)> = BTreeMap::new();
    for time in telling.iter().filter_map(|c| c.time.as_ref()) {
        if let Some((from, to)) = time.from.or(time.to).zip(time.to.or(time.from)) {
            let (first, last) = (happening::day(from.date()), happening::day(to.date()));
            let entry = counts.entry((last - first, first, last)).or_insert((0, from, to));
            entry.0 += 1;
            // A clock time says more than its day.
            if matches!((entry.1, from), (When::Day(_), When::At(..))) {
                (entry.1, entry.2) = (from, to);
            }
        }
    }
    let Some(shortest) = counts.keys().map(|k| k.0).min() else { return (None, None) };
    let exact = counts.iter().filter(|(k, _)| k.0 == shortest);
    let best = exact.min_by_key(|(k, (n, _, _))| (std::cmp::Reverse(*n), k.1));
    best.map_or((None, None), |(_, (_, from, to))| (Some(*from), Some(*to)))
}

/// Every place once, the most exact first.
fn places(telling: &[&ClaimRecord]) -> Vec<PlaceRecord> {
    let name = |p: &PlaceRecord| {
        let known = [&p.name, &p.admin2, &p.admin1].map(|n| n.as_deref().map(plain_name));
        (known, p.country, if p.name.is_none() { p.mention.clone() } else { None }, p.precision)
    };
    let mut places: Vec<&PlaceRecord> = Vec::new();
    for place in telling.iter().flat_map(|c| &c.places) {
        if !places.iter().any(|p| name(p) == name(place)) {
            places.push(place);
        }
    }
    let radius = |p: &PlaceRecord| p.radius_km.unwrap_or(f64::INFINITY);
    places.sort_by(|a, b| {
        let precision = |p: &PlaceRecord| p.precision.map_or(usize::MAX, |p| p as usize);
        precision(a).cmp(&precision(b)).then(radius(a).total_cmp(&radius(b)))
    });
    places.into_iter().cloned().collect()
}

/// Every party once, those that most claims name first; a body goes before the whole of which others only know.
fn parties(telling: &[&ClaimRecord], side: impl Fn(&ClaimRecord) -> &Vec<PartyRecord>) -> Vec<PartyRecord> {
    let mut found: Vec<(usize, PartyRecord)> = Vec::new();
    for party in telling.iter().flat_map(|c| side(c)) {
        match found.iter_mut().find(|(_, known)| is_same_party(known, party)) {
            Some((count, _)) => *count += 1,
            None => found.push((1, party.clone())),
        }
    }
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    found.into_iter().map(|(_, party)| party).collect()
}

fn is_same_party(a: &PartyRecord, b: &PartyRecord) -> bool {
    match (&a.id, &b.id) {
        (Some(a), Some(b)) => a == b,
        (None, None) => {
            let name = |p: &PartyRecord| p.name.as_deref().or(p.mention.as_deref()).map(plain_name);
            name(a) == name(b)
        }
        _ => false,
    }
}

/// What tells accounts apart: whether it is a publication's own voice, who speaks, attitude and status.
type Voice = (bool, String, Attitude, Status);

/// One for each claimant, attitude and status, in the order in which they first spoke.
fn accounts(told: &[Told]) -> Vec<Account> {
    let mut grouped: Vec<(Voice, Vec<&Told>)> = Vec::new();
    for t in told {
        let key = (t.is_own_voice(), label(t), t.claim.attitude, t.claim.status);
        match grouped.iter_mut().find(|(known, _)| *known == key) {
            Some((_, claims)) => claims.push(t),
            None => grouped.push((key, vec![t])),
        }
    }
    let account = |((own, _, attitude, status), claims): (Voice, Vec<&Told>)| Account {
        claimant: claims[0].claim.asserter.clone(),
        publisher: if own { claims[0].publisher.map(str::to_owned) } else { None },
        attitude,
        status,
        effects: last_effects(&claims),
        tolls: revisions(&claims),
        claims: claims.iter().map(|t| t.claim.id.clone()).collect(),
    };
    grouped.into_iter().map(account).collect()
}

/// For each kind of effect, what the claimant said last; of one day's claims, the most exact.
fn last_effects(claims: &[&Told]) -> Vec<EffectRecord> {
    let mut effects: Vec<EffectRecord> = Vec::new();
    for kind in EffectKind::ALL {
        let says = |t: &&&Told| t.claim.effects.iter().any(|e| e.kind == *kind);
        let Some(last) = claims.iter().filter(says).max_by_key(|t| {
            let range = toll::total(&t.claim.effects, *kind);
            let width = range.and_then(|r| Some(r.high? - r.low?)).unwrap_or(f64::INFINITY);
            let parts = t.claim.effects.iter().filter(|e| e.kind == *kind).count();
            (
                moment(t.claim.published),
                std::cmp::Reverse(width.to_bits()),
                parts,
                std::cmp::Reverse(t.claim.id.clone()),
            )
        }) else {
            continue;
        };
        let said = &last.claim.effects;
        let of_kind: Vec<usize> = (0..said.len()).filter(|&i| said[i].kind == *kind).collect();
        let start = effects.len();
        effects.extend(of_kind.iter().map(|&i| EffectRecord {
            part_of: said[i].part_of.and_then(|whole| of_kind.iter().position(|&j| j == whole)).map(|at| start + at),
            ..said[i].clone()
        }));
    }
    effects
}

/// How the claimant gave the dead over time: an entry whenever the number changed.
fn revisions(claims: &[&Told]) -> Vec<Toll> {
    let mut revisions: Vec<Toll> = Vec::new();
    for t in claims {
        let Some(range) = toll::total(&t.claim.effects, EffectKind::Killed) else { continue };
        if revisions.last().is_some_and(|last| last.low == range.low && last.high == range.high) {
            continue;
        }
        let toll = Toll { published: t.claim.published, low: range.low, high: range.high, claim: t.claim.id.clone() };
        revisions.push(toll);
    }
    revisions
}

/// Bounds on each kind of effect over the accounts that say that it happened, each by its last word.
fn ranges(saying: &[&Told]) -> Vec<EffectRange> {
    let mut by_claimant: BTreeMap<(bool, String), Vec<&Told>> = BTreeMap::new();
    for t in saying {
        by_claimant.entry((t.is_own_voice(), label(t))).or_default().push(t);
    }
    let last: Vec<(String, Vec<EffectRecord>)> =
        by_claimant.into_iter().map(|((_, label), claims)| (label, last_effects(&claims))).collect();
    let range = |kind: &EffectKind| {
        let given: Vec<(&String, Total)> =
            last.iter().filter_map(|(label, effects)| Some((label, toll::total(effects, *kind)?))).collect();
        if given.is_empty() {
            return None;
        }
        let low = given.iter().filter_map(|(_, r)| r.low).min_by(f64::total_cmp);
        let high = given.iter().map(|(_, r)| r.high).collect::<Option<Vec<f64>>>();
        let high = high.and_then(|highs| highs.into_iter().max_by(f64::total_cmp));
        let mut by: Vec<String> = given.into_iter().map(|(label, _)| label.clone()).collect();
        by.dedup();
        Some(EffectRange { kind: *kind, low, high, by })
    };
    EffectKind::ALL.iter().filter_map(range).collect()
}

/// Publications that carry it of their own: no copies, no relays of another publication, no data sets.
fn publishers(told: &[Told], facts: &dyn PublisherFacts) -> Vec<String> {
    let own = |t: &&Told| {
        let relayed = t.claim.attribution.iter().filter_map(|a| a.party.as_ref()).any(|p| {
            let name = p.name.as_deref().or(p.mention.as_deref());
            let publication = name.and_then(|n| facts.publication(n));
            publication.is_some() && publication != t.publisher.and_then(|p| facts.publication(p))
        });
        t.copy_of.is_none() && t.claim.row.is_none() && !relayed
    };
    let mut publishers: Vec<String> = told.iter().filter(own).filter_map(|t| t.publisher).map(str::to_owned).collect();
    publishers.sort_unstable();
    publishers.dedup();
    publishers
}
