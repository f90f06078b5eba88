//! Who depends on whom, and what of it is closed and opened: crossings, ports, pipelines, trade, visas, each with its
//! closings and openings in time, how long it was closed, and what that is said to have cost.
//!
//! A **lever** is what is closed and opened: what has a name (Torkham, the port of Doraleh), else the thing in the words of
//! the claim ("the crossings") between the countries that it names. Where an act of force or sanction tells no such effect, its object is
//! the first word of `data/ties/objects.tsv` in its sentence. A **dependence** is a tie `DEPENDS_ON` or `TRADES_WITH`, with
//! the levers that touch both of its ends. Costs are given in the words of claims and never added up.
//!
//! Refused: to end a closing that nobody says has ended, to take a threat for a closing, and to say that a lever worked.

mod costs;
mod spells;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::record::{ClaimRecord, PlaceRecord};
use model::{Attitude, ClaimId, CountryCode, EffectKind, EventType, Precision, Rel, Status, TieType};
use serde::Serialize;

use super::interval::{Tie, TieStanding};
use super::party::{Key, plain};
use super::tables::{WordClass, words_in};
use super::voices::originals;
use crate::incidents::account::label;
use crate::incidents::independence::Told;

pub use costs::{Basis, Cost};
pub use spells::Spell;

/// What is depended on, and what is closed and opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leverage {
    /// Who depends on whom, by key.
    pub dependences: Vec<Dependence>,
    /// What is closed and opened, by key.
    pub levers: Vec<Lever>,
}

/// Somebody is told to depend on somebody, or to trade with them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dependence {
    /// `DEPENDS_ON`, or `TRADES_WITH` for both sides.
    #[serde(rename = "type")]
    pub code: TieType,
    /// Who depends.
    pub who: Key,
    /// On whom.
    pub on: Key,
    /// In words.
    pub words: String,
    /// What may be held of it.
    pub standing: TieStanding,
    /// The sentences that say so: for what somebody depends stands there.
    pub said: Vec<Sentence>,
    /// Positions in the list of levers that touch both.
    pub levers: Vec<usize>,
}

/// A sentence with who says it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sentence {
    /// The claim.
    pub claim: ClaimId,
    /// When it was published.
    pub published: Option<Date>,
    /// Who says so.
    pub who: String,
    /// In which words.
    pub words: String,
}

/// What is closed and opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lever {
    /// Its name: of a place, or the words of a claim.
    pub name: String,
    /// What it is, as words of the claims have it: crossing, port, trade.
    pub kinds: Vec<String>,
    /// Whether it has a name of its own ("Torkham"), which tells it wherever it is told of.
    pub is_named: bool,
    /// Parties and countries that its claims name.
    pub touches: Vec<Key>,
    /// Closed for how long, in order of time.
    pub spells: Vec<Spell>,
    /// Every closing and opening that somebody says happened, in order of time.
    pub turns: Vec<Turn>,
    /// Closings and openings that somebody denies.
    pub denied: Vec<Sentence>,
    /// Closings and openings that are planned, promised, threatened, demanded or possible.
    pub ahead: Vec<Sentence>,
    /// What it is said to have cost.
    pub costs: Vec<Cost>,
}

/// A claim that something was closed or opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turn {
    /// Closed or opened.
    pub way: Way,
    /// First and last day on which it may have been.
    pub days: (Date, Date),
    /// Whether the text says when. Otherwise it was so by the day of publication, which is given.
    pub dated: bool,
    /// Whether the words speak of a state ("remain closed") and no turn.
    pub ongoing: bool,
    /// Who did it, as the claim says.
    pub by: Vec<Key>,
    /// To whom.
    pub to: Vec<Key>,
    /// The sentence.
    pub said: Sentence,
}

/// Which way a lever is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Opened, allowed, lifted.
    Opened,
    /// Closed, forbidden, withheld.
    Closed,
}

/// A lever by which claims are put together: its name as it is compared, and for a thing without a name the parties and
/// countries between which it is.
type LeverKey = (String, Vec<Key>);

/// Dependences and levers. The ties are those of [`super::intervals`] on the same claims.
pub fn leverage(told: &[Told], ties: &[Tie]) -> Leverage {
    let told = originals(told);
    let by_id: BTreeMap<&ClaimId, &Told> = told.iter().map(|t| (&t.claim.id, *t)).collect();
    let mut gathered: BTreeMap<LeverKey, Vec<(Object, Way, &Told)>> = BTreeMap::new();
    for t in &told {
        // "Accused of closing": the content of an act of speech is no second happening.
        let is_content = t.claim.links.iter().filter(|l| l.rel == Rel::ContentOf).filter_map(|l| l.claim.as_ref());
        let of_speech = is_content.filter_map(|c| by_id.get(c)).any(|t| t.claim.kind.as_str() == "event");
        let is_said =
            matches!(t.claim.status, Status::Occurred | Status::Ongoing) && t.claim.attitude != Attitude::Denies;
        if of_speech && is_said && t.claim.attitude != Attitude::Alleges {
            continue;
        }
        for (object, way) in objects(t.claim) {
            gathered.entry(object.key.clone()).or_default().push((object, way, t));
        }
    }
    let levers: Vec<Lever> = gathered.into_values().map(|claims| lever(&claims, &told)).collect();
    let dependences = ties
        .iter()
        .filter(|tie| matches!(tie.code, TieType::DependsOn | TieType::TradesWith))
        .map(|tie| dependence(tie, &levers, &by_id))
        .collect();
    Leverage { dependences, levers }
}

fn dependence(tie: &Tie, levers: &[Lever], by_id: &BTreeMap<&ClaimId, &Told>) -> Dependence {
    let touches = |lever: &Lever| [&tie.from.key, &tie.to.key].iter().all(|end| lever.touches.contains(end));
    let claims = tie.asserted_by.iter().chain(&tie.denied_by).chain(&tie.ended_by).flat_map(|v| &v.claims);
    Dependence {
        code: tie.code,
        who: tie.from.key.clone(),
        on: tie.to.key.clone(),
        words: tie.words.clone(),
        standing: tie.standing,
        said: claims.filter_map(|c| by_id.get(c)).map(|t| sentence(t)).collect(),
        levers: levers.iter().enumerate().filter(|(_, lever)| touches(lever)).map(|(at, _)| at).collect(),
    }
}

fn sentence(told: &Told) -> Sentence {
    Sentence {
        claim: told.claim.id.clone(),
        published: super::voices::published(told),
        who: label(told),
        words: told.claim.evidence.text.clone(),
    }
}

/// What a claim closes or opens.
#[derive(Clone, Debug)]
struct Object {
    key: LeverKey,
    name: String,
    kinds: Vec<&'static str>,
    is_named: bool,
}

/// Classes of words that name what is closed and opened.
const THINGS: [WordClass; 3] = [WordClass::Way, WordClass::Goods, WordClass::Measure];

/// The objects of a claim, with the way in which they are turned.
fn objects(claim: &ClaimRecord) -> Vec<(Object, Way)> {
    let Some(code) = claim.code.as_deref().filter(|_| claim.kind.as_str() == "event") else { return Vec::new() };
    // A truce that is called off is no lever.
    let Ok(code) = code.parse::<EventType>() else { return Vec::new() };
    if claim.terms.is_some() {
        return Vec::new();
    }
    let told = claim.effects.iter().filter_map(|e| match e.kind {
        EffectKind::Closed => Some((Way::Closed, e.of.as_deref())),
        EffectKind::Opened => Some((Way::Opened, e.of.as_deref())),
        _ => None,
    });
    let told: Vec<(Way, Option<&str>)> = told.collect();
    if told.is_empty() {
        let has = |mode: &str| claim.modes.iter().any(|m| m.as_str() == mode);
        let way = match code {
            EventType::Coerce if has("restrict") || has("withhold") => Way::Closed,
            EventType::Sanction if has("discontinue") => Way::Closed,
            EventType::Concede | EventType::Retreat => Way::Opened,
            _ => return Vec::new(),
        };
        // Without an effect, only a thing that the sentence names is taken for the object.
        let things = words_in(&claim.evidence.text, &THINGS);
        return things.first().map(|thing| (unnamed(claim, thing, vec![thing]), way)).into_iter().collect();
    }
    let mut objects = Vec::new();
    for (way, of) in told {
        let kinds = words_in(of.unwrap_or(&claim.evidence.text), &THINGS);
        let places: Vec<&PlaceRecord> = claim.places.iter().filter(|p| is_gate(p, of)).collect();
        for place in &places {
            let name = place.name.as_deref().or(place.mention.as_deref()).unwrap_or_default();
            let key = (plain(name), Vec::new());
            objects.push((Object { key, name: name.to_owned(), kinds: kinds.clone(), is_named: true }, way));
        }
        if !places.is_empty() {
            continue;
        }
        let own_name = of.and_then(|of| Some((of, own_name(of)?)));
        let object = if let Some((of, name)) = own_name {
            Object { key: (name, Vec::new()), name: of.to_owned(), kinds, is_named: true }
        } else {
            // "Its airspace" is a name within its sentence alone.
            let is_plain = |of: &&str| !["its ", "their ", "his "].iter().any(|owner| of.starts_with(owner));
            let name = of.filter(is_plain).or(kinds.first().copied()).unwrap_or("what was closed");
            unnamed(claim, name, kinds)
        };
        objects.push((object, way));
    }
    objects
}

/// Whether a place is what is closed itself, and not where it lies.
fn is_gate(place: &PlaceRecord, of: Option<&str>) -> bool {
    let Some(name) = place.name.as_deref().or(place.mention.as_deref()) else { return false };
    let is_named = of.is_some_and(|of| plain(of).contains(&plain(name)));
    is_named || matches!(place.precision, Some(Precision::Point | Precision::Settlement | Precision::Border))
}

/// The name in the words for a thing, without what kind of thing it is: "the port of Doraleh" is Doraleh.
fn own_name(of: &str) -> Option<String> {
    let named = of.split_whitespace().any(|word| word.chars().next().is_some_and(char::is_uppercase));
    let is_kind = |word: &str| word == "of" || !words_in(word, &THINGS).is_empty();
    let name: Vec<String> = plain(of).split(' ').filter(|word| !is_kind(word)).map(str::to_owned).collect();
    (named && !name.is_empty()).then(|| name.join(" "))
}

/// A thing without a name of its own: told by its word and by whom it lies between.
fn unnamed(claim: &ClaimRecord, name: &str, kinds: Vec<&'static str>) -> Object {
    let word = kinds.first().map_or_else(|| plain(name), |kind| (*kind).to_owned());
    let between: Vec<Key> = touched(claim).into_iter().collect();
    Object { key: (word, between), name: name.to_owned(), kinds, is_named: false }
}

/// Parties and countries that a claim names.
fn touched(claim: &ClaimRecord) -> BTreeSet<Key> {
    let parties = claim.actor.iter().chain(&claim.recipient).filter_map(Key::of);
    let lands =
        claim.places.iter().flat_map(|p| p.country.into_iter().chain(p.administered_by).chain(p.claimed_by.clone()));
    parties.chain(lands.map(|c: CountryCode| Key::of_country(c))).collect()
}

fn lever(claims: &[(Object, Way, &Told)], told: &[&Told]) -> Lever {
    let (mut turns, mut denied, mut ahead) = (Vec::new(), Vec::new(), Vec::new());
    for (_, way, t) in claims {
        match (t.claim.attitude, t.claim.status) {
            (Attitude::Denies | Attitude::Retracts | Attitude::Doubts, _) | (_, Status::DidNotOccur) => {
                denied.push(sentence(t));
            }
            (_, Status::Occurred | Status::Ongoing) => turns.extend(turn(*way, t)),
            (_, Status::Cancelled) => {}
            _ => ahead.push(sentence(t)),
        }
    }
    turns.sort_by(|a, b| (a.days, a.way, &a.said.claim).cmp(&(b.days, b.way, &b.said.claim)));
    turns.dedup_by(|a, b| a.said.claim == b.said.claim && a.way == b.way);
    let kinds: BTreeSet<&str> = claims.iter().flat_map(|(o, ..)| o.kinds.iter().copied()).collect();
    let touches: BTreeSet<Key> = claims.iter().flat_map(|(.., t)| touched(t.claim)).collect();
    let names: BTreeSet<&str> = claims.iter().map(|(o, ..)| o.name.as_str()).collect();
    let name = names.first().copied().unwrap_or_default();
    let is_named = claims.iter().any(|(o, ..)| o.is_named);
    let own: Vec<&Told> = claims.iter().map(|(.., t)| *t).collect();
    Lever {
        name: name.to_owned(),
        costs: costs::costs(claims.iter().find(|(o, ..)| o.is_named).map(|(o, ..)| o.key.0.as_str()), &own, told),
        kinds: kinds.into_iter().map(str::to_owned).collect(),
        is_named,
        touches: touches.into_iter().collect(),
        spells: spells::spells(&turns),
        turns,
        denied,
        ahead,
    }
}

fn turn(way: Way, told: &Told) -> Option<Turn> {
    let time = told.claim.time.as_ref();
    let from = time.and_then(|t| t.from.or(t.to)).map(model::When::date);
    let to = time.and_then(|t| t.to.or(t.from)).map(model::When::date);
    let published = super::voices::published(told);
    // "Since 12 October" reaches to the day of the report: the turn was on the first day.
    let is_range = time.is_some_and(|t| t.granularity == model::time::Granularity::Range);
    let open = is_range && published.is_none_or(|day| to.is_none_or(|to| to >= day));
    let days = match (from, to) {
        (Some(from), _) if open => (from, from),
        (Some(from), Some(to)) => (from, to.max(from)),
        _ => published.map(|day| (day, day))?,
    };
    let keys = |parties: &[model::record::PartyRecord]| {
        parties.iter().filter_map(Key::of).collect::<BTreeSet<Key>>().into_iter().collect()
    };
    Some(Turn {
        way,
        days,
        dated: from.is_some(),
        ongoing: told.claim.status == Status::Ongoing,
        by: keys(&told.claim.actor),
        to: keys(&told.claim.recipient),
        said: sentence(told),
    })
}
