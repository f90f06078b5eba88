//! Which ties stand on a day: who is tied to whom, together or against each other, asserted or disputed.
//!
//! A tie stands on a day if somebody who stands by it says so of that day: from the day since which the text says it is or,
//! else, from the day of the report; not after the day on which it is said to be over. Denied, doubted and possible ties are
//! no edges. What was known on that day is another question: for that, pass only claims published by then.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use model::{ClaimId, TieType};
use serde::Serialize;

use super::acts::Act;
use super::interval::{SaidSpan, Tie, TieStanding, Ties};
use super::party::Key;
use super::tables::Sign;

/// The ties of a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Network {
    /// The day.
    pub date: Date,
    /// Parties and places with at least one edge, by key.
    pub nodes: Vec<Node>,
    /// One for each tie that stands.
    pub edges: Vec<Edge>,
    /// For each two parties, how they stand to each other on the whole.
    pub relations: Vec<Relation>,
}

/// A party or place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// Its key.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Whether it is a place.
    pub is_place: bool,
    /// With how many it stands together.
    pub together: usize,
    /// With how many it stands against each other.
    pub against: usize,
    /// With how many both are told.
    pub both: usize,
}

/// A tie that stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// Its type.
    #[serde(rename = "type")]
    pub code: TieType,
    /// From whom.
    pub from: Key,
    /// To whom.
    pub to: Key,
    /// Whether it holds in both directions.
    pub symmetric: bool,
    /// Together or against each other.
    pub sign: Sign,
    /// Whether somebody denies it.
    pub disputed: bool,
    /// In words.
    pub words: String,
    /// Who says so, by name.
    pub asserted_by: Vec<String>,
    /// Who denies it.
    pub denied_by: Vec<String>,
    /// Last day, up to that of the network, on which somebody said so.
    pub last_said: Option<Date>,
    /// Claims that say so of this day.
    pub claims: Vec<ClaimId>,
    /// Claims that deny it.
    pub denials: Vec<ClaimId>,
}

/// How two parties stand to each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    /// One.
    pub a: Key,
    /// The other.
    pub b: Key,
    /// Positions in the network's edges of ties that set them together.
    pub together: Vec<usize>,
    /// Of ties that set them against each other.
    pub against: Vec<usize>,
    /// Of ties that say neither.
    pub neutral: Vec<usize>,
    /// Hostile deeds between them in the days before, where they were asked for: first and last day and claims.
    pub hostile_deeds: Option<HostileDeeds>,
}

/// Hostile deeds of some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HostileDeeds {
    /// How many.
    pub number: usize,
    /// The first in the window.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// Their claims.
    pub claims: Vec<ClaimId>,
}

impl Relation {
    /// Whether anything sets them together, and whether anything sets them against each other.
    pub fn signs(&self) -> (bool, bool) {
        (!self.together.is_empty(), !self.against.is_empty() || self.hostile_deeds.is_some())
    }
}

/// Hostile deeds that count as standing against each other.
#[derive(Clone, Copy, Debug)]
pub struct Window<'a> {
    /// All happenings.
    pub acts: &'a [Act],
    /// How many days up to that of the network are looked at.
    pub days: u32,
}

/// The ties of a day. With a window, hostile deeds of the days before set parties against each other as ties do.
pub fn network(ties: &Ties, date: Date, hostile: Option<Window>) -> Network {
    let mut edges: Vec<Edge> = ties.ties.iter().filter_map(|tie| edge(tie, date)).collect();
    edges.sort_by(|x, y| (x.code, &x.from, &x.to).cmp(&(y.code, &y.from, &y.to)));
    let mut relations: BTreeMap<(Key, Key), Relation> = BTreeMap::new();
    for (at, edge) in edges.iter().enumerate() {
        let relation = relation(&mut relations, &edge.from, &edge.to);
        match edge.sign {
            Sign::Positive => relation.together.push(at),
            Sign::Negative => relation.against.push(at),
            Sign::Neutral => relation.neutral.push(at),
        }
    }
    if let Some(window) = hostile {
        let first = date.checked_sub(i64::from(window.days).days()).unwrap_or(Date::MIN);
        let deeds = window.acts.iter().filter(|a| a.tone <= -2 && a.days.0 >= first && a.days.0 <= date);
        for act in deeds {
            for (a, b) in &act.between {
                let empty = HostileDeeds { number: 0, first: act.days.0, last: act.days.0, claims: Vec::new() };
                let deeds = relation(&mut relations, a, b).hostile_deeds.get_or_insert(empty);
                deeds.number += 1;
                (deeds.first, deeds.last) = (deeds.first.min(act.days.0), deeds.last.max(act.days.0));
                deeds.claims.extend(act.claims.iter().cloned());
            }
        }
    }
    let relations: Vec<Relation> = relations.into_values().collect();
    Network { date, nodes: nodes(ties, &relations), edges, relations }
}

fn relation<'a>(relations: &'a mut BTreeMap<(Key, Key), Relation>, x: &Key, y: &Key) -> &'a mut Relation {
    let (a, b) = if x <= y { (x.clone(), y.clone()) } else { (y.clone(), x.clone()) };
    relations.entry((a.clone(), b.clone())).or_insert_with(|| Relation {
        a,
        b,
        together: Vec::new(),
        against: Vec::new(),
        neutral: Vec::new(),
        hostile_deeds: None,
    })
}

/// The tie as an edge, if it stands on the day.
fn edge(tie: &Tie, date: Date) -> Option<Edge> {
    let over = tie.standing == TieStanding::Ended && tie.until.as_ref().is_some_and(|u| u.day < date);
    let stands = |s: &&SaidSpan| s.stands && s.from <= date && s.to.map_or(!over, |to| to >= date);
    let claims: Vec<ClaimId> = tie.spans.iter().filter(stands).map(|s| s.claim.clone()).collect();
    if claims.is_empty() {
        return None;
    }
    let denying: Vec<_> = tie.denied_by.iter().filter(|v| v.stands).collect();
    let saying = tie.asserted_by.iter().chain(&tie.ended_by).filter(|v| v.claims.iter().any(|c| claims.contains(c)));
    let saying: Vec<_> = saying.collect();
    Some(Edge {
        code: tie.code,
        from: tie.from.key.clone(),
        to: tie.to.key.clone(),
        symmetric: tie.symmetric,
        sign: tie.sign,
        disputed: !denying.is_empty(),
        words: tie.words.clone(),
        asserted_by: saying.iter().map(|v| v.who.clone()).collect(),
        denied_by: denying.iter().map(|v| v.who.clone()).collect(),
        last_said: saying
            .iter()
            .filter_map(|v| v.last_said.filter(|d| *d <= date).or(v.first_said))
            .filter(|d| *d <= date)
            .max(),
        claims,
        denials: denying.iter().flat_map(|v| v.claims.iter().cloned()).collect(),
    })
}

fn nodes(ties: &Ties, relations: &[Relation]) -> Vec<Node> {
    let places = ties.ties.iter().map(|t| &t.to).filter(|end| end.is_place);
    let places: BTreeMap<&Key, &str> = places.map(|end| (&end.key, end.name.as_str())).collect();
    let keys: BTreeSet<&Key> = relations.iter().flat_map(|r| [&r.a, &r.b]).collect();
    let node = |key: &Key| {
        let with = |signs: (bool, bool)| {
            relations.iter().filter(|r| (r.a == *key || r.b == *key) && r.signs() == signs).count()
        };
        let name = places.get(key).copied().or_else(|| ties.names.get(key).map(String::as_str));
        Node {
            key: key.clone(),
            name: name.unwrap_or(key.as_str()).to_owned(),
            is_place: places.contains_key(key),
            together: with((true, false)),
            against: with((false, true)),
            both: with((true, true)),
        }
    };
    keys.into_iter().map(node).collect()
}
