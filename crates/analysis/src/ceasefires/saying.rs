//! A claim about a ceasefire, read: what is said to have been done to it, whether it is said, denied or foretold, by whom,
//! and of what time.
//!
//! Refused: what is only demanded, possible or hypothetical, and what is doubted. "The ceasefire might collapse" is no end,
//! and a ceasefire that somebody calls for is none. An order to one's own side is a pledge.

use std::collections::BTreeSet;

use model::{Attitude, ClaimId, DocumentId, Status, When};
use serde::Serialize;

use super::moment::Moment;
use super::sides::{self, Key};
use crate::Told;

/// What is said of a ceasefire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// It was agreed or proclaimed.
    Declared,
    /// It began to hold.
    Effective,
    /// It holds, or is kept, at a time after its beginning.
    InForce,
    /// It is to run out.
    Until,
    /// It was extended, or is to be kept up.
    Extended,
    /// It was suspended.
    Suspended,
    /// It was broken.
    Violated,
    /// It ran out.
    Lapsed,
    /// It was ended, or fell apart.
    Ended,
}

impl Act {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Effective => "began",
            Self::InForce => "holds",
            Self::Until => "until",
            Self::Extended => "extended",
            Self::Suspended => "suspended",
            Self::Violated => "violated",
            Self::Lapsed => "lapsed",
            Self::Ended => "ended",
        }
    }
}

/// Whether it is said to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// It was, or is, so.
    Said,
    /// It is promised, planned or ordered.
    Foretold,
    /// It was not so, or is taken back.
    Denied,
}

impl Stance {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Foretold => "foretold",
            Self::Denied => "denied",
        }
    }
}

/// A claim about a ceasefire.
#[derive(Clone, Debug)]
pub(super) struct Saying<'a> {
    pub told: Told<'a>,
    pub act: Act,
    pub stance: Stance,
    /// The parties that it names, by side.
    pub sides: BTreeSet<Key>,
    /// The sides that act, where it says who.
    pub actors: BTreeSet<Key>,
    /// When what it says was so; `None` where it has no date.
    pub at: Option<Moment>,
    /// From when it is to hold, where a declaration says so.
    pub from: Option<Moment>,
    /// Until when it is to hold.
    pub until: Option<Moment>,
    pub hours: Option<f64>,
    pub area: Option<&'a str>,
}

impl<'a> Saying<'a> {
    /// Reads a claim; `None` where it says nothing that counts about a ceasefire.
    pub fn read(told: &Told<'a>) -> Option<Self> {
        let claim = told.claim;
        let terms = claim.terms.as_ref()?;
        let stance = stance(told)?;
        let named = terms.from.map(Moment::at);
        let dated = claim.time.as_ref().and_then(Moment::of);
        let act = match (terms.act.as_deref()?, stance) {
            ("declared", _) => Act::Declared,
            ("effective", Stance::Foretold) => Act::InForce,
            ("effective", _) if named.is_none() => Act::InForce,
            ("effective", _) => Act::Effective,
            ("extended", _) => Act::Extended,
            ("suspended", _) => Act::Suspended,
            ("violated", _) => Act::Violated,
            ("lapsed", Stance::Foretold) => Act::Until,
            ("lapsed", _) => Act::Lapsed,
            ("ended", _) => Act::Ended,
            _ => return None,
        };
        let to = terms.to.map(Moment::at);
        let (at, until) = match act {
            // What a truce is to run until is what the claim is about; it has no other time.
            Act::Until => (None, Some(to.or(dated)?)),
            Act::Declared => (dated.or(named), to),
            // "on Wednesday evening": the terms have its first moment, the time all of it.
            Act::Effective => (dated.filter(|d| Some(d.from) == terms.from).or(named), to),
            _ => (dated, to),
        };
        let actors = sides::keys(&claim.actor);
        let mediators = sides::keys(&claim.via);
        let mut sides: BTreeSet<Key> = actors.union(&sides::keys(&claim.recipient)).cloned().collect();
        sides.retain(|k| !mediators.contains(k));
        Some(Self {
            told: *told,
            act,
            stance,
            sides,
            actors,
            at,
            from: named,
            until,
            hours: terms.duration_hours,
            area: terms.area.as_deref(),
        })
    }

    pub fn id(&self) -> &'a ClaimId {
        &self.told.claim.id
    }

    pub fn document(&self) -> &'a DocumentId {
        &self.told.claim.document
    }

    pub fn published(&self) -> Option<When> {
        self.told.claim.published
    }

    /// When it was so, as far as can be said: what a report tells without a date is of its day.
    pub fn moment(&self) -> Option<Moment> {
        self.at.or_else(|| self.published().map(Moment::news))
    }

    /// Whether it tells of a beginning.
    pub fn tells_beginning(&self) -> bool {
        self.stance == Stance::Said && matches!(self.act, Act::Declared | Act::Effective)
    }
}

fn stance(told: &Told) -> Option<Stance> {
    let claim = told.claim;
    let own_order = || {
        let asserter = claim.asserter.as_ref().and_then(sides::key);
        asserter.is_some() && claim.actor.iter().map(sides::key).all(|k| k == asserter)
    };
    let said = match claim.status {
        Status::Occurred | Status::Ongoing => Stance::Said,
        Status::DidNotOccur | Status::Cancelled => Stance::Denied,
        Status::Planned | Status::Promised => Stance::Foretold,
        Status::Demanded if own_order() => Stance::Foretold,
        Status::Demanded | Status::Threatened | Status::Possible | Status::Hypothetical => return None,
    };
    match claim.attitude {
        Attitude::Asserts | Attitude::Confirms | Attitude::Alleges => Some(said),
        Attitude::Denies if said == Stance::Denied => None,
        Attitude::Denies | Attitude::Retracts => Some(Stance::Denied),
        Attitude::Doubts => None,
    }
}
