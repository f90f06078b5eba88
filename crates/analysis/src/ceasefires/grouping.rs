//! Which claims are of one ceasefire.
//!
//! First beginnings: declarations and beginnings of the same sides that lie within [`Same::days`](super::definitions::Same)
//! of one another, and give no two durations and no two areas. A declaration that a report tells without a date is of
//! another's that lies no more than so many days before the report; else of the report's own day. Then the rest, in the
//! order of their times: what extends, breaks, suspends or ends a ceasefire is of the last one between these sides that
//! had begun and was not over. A claim that does not name both sides takes those of its own report. What speaks of the end
//! or the keeping of a ceasefire of which no beginning is told makes one of its own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::Offset;
use model::DocumentId;

use super::definitions::Definitions;
use super::moment::{DAY, Moment, Seconds, seconds};
use super::saying::{Act, Saying, Stance};
use super::sides::{self, Key};
use crate::Told;

/// Claims of one ceasefire.
#[derive(Debug, Default)]
pub(super) struct Group<'a> {
    pub sides: BTreeSet<Key>,
    pub sayings: Vec<Saying<'a>>,
    area: Option<String>,
    hours: Option<f64>,
    /// When it began, as the first claims have it, in seconds.
    begin: Option<Seconds>,
    /// Until when it is to hold, where that is known.
    until: Option<Seconds>,
    extended: bool,
    ended: Option<Seconds>,
}

/// Puts the claims into groups, in the order of their beginnings. What belongs to none is left out.
pub(super) fn groups<'a>(told: &'a [Told<'a>], definitions: &Definitions) -> Vec<Group<'a>> {
    let mut sayings: Vec<Saying> = told.iter().filter_map(Saying::read).collect();
    sayings.sort_by(|a, b| a.id().cmp(b.id()));
    sayings.dedup_by(|a, b| a.id() == b.id());
    let context = Context::of(told, &sayings);
    for saying in &mut sayings {
        context.complete(saying);
    }
    let near = i64::from(definitions.same.days) * DAY;
    let (mut dated, mut rest): (Vec<Saying>, Vec<Saying>) =
        sayings.into_iter().partition(|s| s.tells_beginning() && s.at.is_some() && s.sides.len() > 1);
    dated.sort_by_cached_key(|s| (when(s), s.id().clone()));
    let mut groups: Vec<Group> = Vec::new();
    for saying in dated {
        match best(&groups, |g| g.begins_with(&saying, near, &context)) {
            Some(group) => groups[group].add(saying),
            None => groups.push(Group::new(saying)),
        }
    }
    // In the order of their times; of one time, what sets ends before what leans on them.
    rest.sort_by_cached_key(|s| (when(s), s.act, s.id().clone()));
    for saying in rest {
        let found = if saying.tells_beginning() {
            best(&groups, |g| g.begins_with(&saying, near, &context))
        } else {
            best(&groups, |g| g.holds(&saying, near, &context))
        };
        match found {
            Some(group) => groups[group].add(saying),
            None if makes_one(&saying) => groups.push(Group::new(saying)),
            None => {}
        }
    }
    groups.sort_by_cached_key(|g| {
        let first = g.begin.or(g.ended).or(g.until);
        (first.map(|s| (s.from, s.to)), g.sayings[0].id().clone())
    });
    groups
}

/// The group that answers with the highest number; of equal ones the first.
fn best<'a>(groups: &[Group<'a>], answer: impl Fn(&Group<'a>) -> Option<i64>) -> Option<usize> {
    let answers = groups.iter().enumerate().filter_map(|(i, g)| Some((answer(g)?, std::cmp::Reverse(i))));
    answers.max().map(|(_, i)| i.0)
}

/// Whether it tells of a ceasefire even where no other claim does: a side by name, and a deed that needs one.
fn makes_one(saying: &Saying) -> bool {
    saying.stance == Stance::Said
        && match saying.act {
            Act::Declared | Act::Effective | Act::Ended | Act::Suspended => !saying.sides.is_empty(),
            Act::Extended | Act::Lapsed | Act::Violated => saying.sides.len() > 1,
            Act::InForce | Act::Until => false,
        }
}

fn when(saying: &Saying) -> (i64, i64) {
    saying.moment().map_or((i64::MIN, i64::MIN), |m| {
        let span = m.span(Offset::UTC);
        (span.from, span.to)
    })
}

impl<'a> Group<'a> {
    fn new(saying: Saying<'a>) -> Self {
        let mut group = Self::default();
        group.add(saying);
        group
    }

    fn add(&mut self, saying: Saying<'a>) {
        if saying.sides.len() > self.sides.len() {
            self.sides.clone_from(&saying.sides);
        }
        self.area = self.area.take().or_else(|| saying.area.map(str::to_owned));
        let moment = saying.moment().map(|m| m.span(Offset::UTC));
        if saying.tells_beginning() {
            self.hours = self.hours.or(saying.hours);
            // A clock time says better when it began than a day.
            let length = |s: Seconds| s.to - s.from;
            if let Some(begin) = moment
                && self.begin.is_none_or(|b| length(begin) < length(b))
            {
                self.begin = Some(begin);
            }
        }
        let said = saying.stance == Stance::Said;
        let stated = saying.until.map(|u| u.span(Offset::UTC)).filter(|_| saying.stance != Stance::Denied);
        if saying.act == Act::Extended && said {
            self.extended = true;
            self.until = stated;
        } else if !self.extended {
            let reckoned = || {
                let (begin, length) = self.begin.zip(self.hours.map(seconds))?;
                Some(Seconds { from: begin.from + length, to: begin.to + length })
            };
            self.until = stated.or(self.until).or_else(reckoned);
        }
        if matches!(saying.act, Act::Ended | Act::Lapsed) && said && !(saying.act == Act::Lapsed && self.extended) {
            self.ended = moment.or(self.ended);
        }
        self.sayings.push(saying);
    }

    /// How well a beginning fits: the nearer in time, the better. `None` where it is another ceasefire's.
    fn begins_with(&self, saying: &Saying, near: i64, context: &Context) -> Option<i64> {
        let differ = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() > 0.5);
        if !self.is_between(saying, context) || differ(self.hours, saying.hours) || self.is_elsewhere(saying) {
            return None;
        }
        let (begin, told) = (self.begin?, saying.moment()?.span(Offset::UTC));
        let gap = (told.from - begin.to).max(begin.from - told.to).max(0);
        // What is told without a date already goes back to the day before; but a truce of just so many hours may be told
        // until it has run out.
        let slack = match (saying.at, self.hours.filter(|_| saying.hours.is_some())) {
            (Some(_), _) => near,
            (None, None) => (near - DAY).max(0),
            (None, Some(hours)) => near + seconds(hours),
        };
        (gap <= slack).then_some(-gap)
    }

    /// How well anything but a beginning fits: same report, then the latest beginning. `None` where this ceasefire had not
    /// begun by then, was over, or is between others.
    fn holds(&self, saying: &Saying, near: i64, context: &Context) -> Option<i64> {
        if !self.is_between(saying, context) || self.is_elsewhere(saying) {
            return None;
        }
        let Some(told) = saying.moment().map(|m| m.span(Offset::UTC)) else { return Some(0) };
        // When something is to run out lies ahead: what counts is that it is told after the beginning.
        let begun = self.begin.is_none_or(|b| b.from <= told.to + near);
        let over = self.ended.or(self.until.filter(|_| !self.extended));
        let is_over = over.is_some_and(|o| o.to.max(o.from) + near < told.from);
        if !begun || is_over {
            return None;
        }
        if self.begin.is_none() && self.ended.is_none_or(|e| e.from > told.to + near) {
            return None;
        }
        let same_report = self.sayings.iter().any(|s| s.document() == saying.document());
        let meets = |at: Option<Seconds>, other: Option<Moment>| {
            at.zip(other).is_some_and(|(a, b)| a.overlaps(b.span(Offset::UTC)))
        };
        let same_end = meets(self.until, saying.until);
        let same_hours = self.hours.is_some() && self.hours == saying.hours;
        // A century outweighs no agreement of what is told.
        let century = 100 * 366 * DAY;
        let agreed = i64::from(same_end) * 4 + i64::from(same_hours) * 2 + i64::from(same_report);
        Some(agreed * century + self.begin.map_or(0, |b| b.from))
    }

    fn is_between(&self, saying: &Saying, context: &Context) -> bool {
        match saying.sides.len() {
            0 => context.names(saying.document(), &self.sides),
            1 => saying.sides.is_subset(&self.sides),
            _ => saying.sides.is_subset(&self.sides) || self.sides.is_subset(&saying.sides),
        }
    }

    fn is_elsewhere(&self, saying: &Saying) -> bool {
        self.area.as_deref().zip(saying.area).is_some_and(|(a, b)| a != b)
    }
}

/// What the reports around the claims say of who is concerned.
struct Context<'a> {
    /// Every side that a report names anywhere.
    named: BTreeMap<&'a DocumentId, BTreeSet<Key>>,
    /// The sides of the ceasefires that a report names with both.
    pairs: BTreeMap<&'a DocumentId, BTreeSet<BTreeSet<Key>>>,
}

impl<'a> Context<'a> {
    fn of(told: &[Told<'a>], sayings: &[Saying<'a>]) -> Self {
        let reports: BTreeSet<&DocumentId> = sayings.iter().map(Saying::document).collect();
        let mut context = Self { named: BTreeMap::new(), pairs: BTreeMap::new() };
        for t in told.iter().filter(|t| reports.contains(&t.claim.document)) {
            let parties = t.claim.actor.iter().chain(&t.claim.recipient).chain(&t.claim.asserter);
            context.named.entry(&t.claim.document).or_default().extend(sides::keys(parties));
        }
        for saying in sayings.iter().filter(|s| s.sides.len() > 1) {
            context.pairs.entry(saying.document()).or_default().insert(saying.sides.clone());
        }
        context
    }

    /// "The truce" of a report that names one pair of sides is theirs.
    fn complete(&self, saying: &mut Saying) {
        if saying.sides.len() < 2
            && let Some(pairs) = self.pairs.get(saying.document())
            && pairs.len() == 1
            && let Some(pair) = pairs.first()
            && saying.sides.is_subset(pair)
        {
            saying.sides.clone_from(pair);
        }
    }

    fn names(&self, document: &DocumentId, sides: &BTreeSet<Key>) -> bool {
        self.named.get(document).is_some_and(|named| sides.is_subset(named))
    }
}
