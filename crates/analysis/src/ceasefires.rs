//! Ceasefires as objects: their terms, their clocks, alleged breaches, how long they held.
//!
//! Claims about ceasefires and incidents go in; out come [`Ceasefire`]s. `saying` reads a claim, `grouping` says which
//! claims are of one ceasefire, `clock` sets what is said of its times side by side, `timeline` tells how it stood hour by
//! hour, `breaches` who accuses whom of what on which ground, `coverage` which days were quiet and which were not read
//! about, `outcome` how it ended. [`survival`] reckons with how long many of them held. The thresholds are data:
//! [`Definitions`]. `docs/ceasefires.md` is for people who read the answers.
//!
//! Refused: to say whether an extension was granted, or who broke it. What is only demanded, possible or hypothetical makes
//! no ceasefire.

mod accusation;
pub mod breaches;
pub mod clock;
pub mod coverage;
pub mod definitions;
mod grouping;
mod hostile;
pub mod moment;
pub mod others;
pub mod outcome;
mod records;
pub mod saying;
pub mod sides;
pub mod survival;
pub mod timeline;
pub mod voice;

use std::collections::BTreeSet;
use std::fmt;

use model::{ClaimId, Incident, IncidentId, When};
use serde::Serialize;

use crate::{Report, Told};
use breaches::{Breach, Words};
use clock::Clock;
use coverage::{Coverage, Days, Lull, Quiet};
use grouping::Group;
use hostile::Hostile;
use others::ByOthers;
use outcome::{Collapse, End, Outcome};
use records::Records;
use saying::{Act, Saying, Stance};
use sides::{Fronts, Key, Side};
use timeline::{Change, State, StateAt, Successor};
use voice::Voice;

pub use definitions::{Definitions, DefinitionsError};

/// A ceasefire's id: `cea_` and that of the incident of its first claim, else of that claim.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct CeasefireId(String);

impl CeasefireId {
    /// The id as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CeasefireId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is said of its form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Form {
    /// `unilateral` or `mutual`.
    pub form: String,
    /// Who says so.
    pub voices: Vec<Voice>,
}

/// The ceasefire before one, between the same parties.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Before {
    /// Its id.
    pub ceasefire: CeasefireId,
    /// How the later one stands to it.
    pub relation: Relation,
    /// In a sentence.
    pub why: String,
}

/// How one ceasefire stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// That one was over, or had gone on by an extension alone.
    Follows,
    /// That one still held.
    Renews,
}

/// A ceasefire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ceasefire {
    /// Its id.
    pub id: CeasefireId,
    /// The parties, by side.
    pub parties: Vec<Side>,
    /// Who mediated or passed it on.
    pub mediators: Vec<Side>,
    /// Unilateral or mutual, as each says.
    pub forms: Vec<Form>,
    /// Where it holds, where that is said.
    pub area: Option<String>,
    /// Conditions and promises that go with it.
    pub conditions: Vec<Words>,
    /// Its clock.
    pub clock: Clock,
    /// How it stood, change by change.
    pub timeline: Vec<Change>,
    /// Alleged breaches.
    pub breaches: Vec<Breach>,
    /// Who says that nobody, or a party, broke it, of no breach in particular.
    pub breach_denied_by: Vec<Voice>,
    /// What others did to a party while it held.
    pub by_others: Vec<ByOthers>,
    /// Hostile incidents between the parties that reports told from its beginning on, of a day that no claim gives: any of
    /// them may be a breach, or long past.
    pub undated: Vec<IncidentId>,
    /// Days without a hostile incident between the parties before it began.
    pub quiet_before: Option<Quiet>,
    /// Days without one after it began.
    pub quiet_after: Option<Quiet>,
    /// Lulls from its beginning to its end, or to the day that was asked for.
    pub lulls: Vec<Lull>,
    /// A collapse by definition.
    pub collapse: Option<Collapse>,
    /// How long it held, and how it ended.
    pub outcome: Outcome,
    /// The ceasefire before it between the same parties.
    pub before: Option<Before>,
    /// All claims about it.
    pub claims: Vec<ClaimId>,
    /// The day up to which it was asked for.
    pub as_of: When,
}

impl Ceasefire {
    /// How it stood at a time: at a clock time, or as a day ended.
    pub fn state_at(&self, when: When) -> StateAt {
        timeline::state_at(&self.timeline, when, self.clock.offset, self.as_of)
    }

    /// How long it held, for [`survival`]; `None` where its beginning is unknown.
    pub fn duration(&self) -> Option<survival::Row<End>> {
        let days = self.outcome.days?;
        Some(survival::Row { entry: None, time: days, end: self.outcome.end })
    }
}

/// The ceasefires that claims tell of, in the order of their beginnings.
///
/// `told` are all claims as published by `as_of`, not only those on ceasefires: who denies what, whose group somebody is and
/// which days were read about stand in others. `reports` are those that were read. The order of all of them is of no
/// consequence.
pub fn ceasefires(
    told: &[Told],
    incidents: &[Incident],
    reports: &[Report],
    definitions: &Definitions,
    as_of: When,
) -> Vec<Ceasefire> {
    let records = Records::of(told, incidents);
    let groups = grouping::groups(told, definitions);
    let drafts: Vec<(CeasefireId, Clock)> = groups.iter().map(|g| (id(g, &records), Clock::of(&g.sayings))).collect();
    let next = |i: usize| {
        let (sides, begins) = (&groups[i].sides, drafts[i].1.begins.as_ref()?);
        let at = begins.at.span(drafts[i].1.offset);
        let later = (0..groups.len()).filter(|&j| j != i && groups[j].sides == *sides).filter_map(|j| {
            let other = drafts[j].1.begins.as_ref()?;
            Some((other.at.span(drafts[j].1.offset).from, j, other))
        });
        later
            .filter(|(from, ..)| *from > at.from)
            .min_by_key(|(from, j, _)| (*from, *j))
            .map(|(_, j, begins)| (j, begins))
    };
    let mut found: Vec<Ceasefire> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        let (id, clock) = &drafts[i];
        let next = next(i);
        pairs.extend(next.map(|(j, _)| (i, j)));
        let successor = next.map(|(j, begins)| Successor { id: &drafts[j].0, begins });
        let parts = Parts { told, incidents, reports, definitions, as_of, records: &records };
        found.push(ceasefire(id.clone(), group, clock.clone(), successor.as_ref(), &parts));
    }
    for (earlier, later) in pairs {
        let relation = relation(&found[earlier], &found[later]);
        found[later].before =
            relation.map(|(relation, why)| Before { ceasefire: found[earlier].id.clone(), relation, why });
    }
    found
}

/// What all ceasefires are made from.
struct Parts<'a> {
    told: &'a [Told<'a>],
    incidents: &'a [Incident],
    reports: &'a [Report],
    definitions: &'a Definitions,
    as_of: When,
    records: &'a Records<'a>,
}

fn id(group: &Group, records: &Records) -> CeasefireId {
    let first =
        group.sayings.iter().min_by_key(|s| (s.published().map(When::date), s.id())).expect("no group is empty");
    let digits = |text: &str| text.split_once('_').map_or(text, |(_, rest)| rest).to_owned();
    CeasefireId(format!(
        "cea_{}",
        records.incident_of.get(first.id()).map_or_else(|| digits(first.id().as_str()), |i| digits(i.id.as_str()))
    ))
}

fn ceasefire(id: CeasefireId, group: &Group, clock: Clock, successor: Option<&Successor>, parts: &Parts) -> Ceasefire {
    let sayings = &group.sayings;
    let zone = clock.offset;
    let timeline = timeline::timeline(&clock, successor);
    let hostile = hostile::hostile(parts.incidents, &group.sides, &parts.definitions.hostile, zone);
    let breaches = breaches::breaches(sayings, &hostile, parts.records, &timeline, parts.definitions, zone);
    let by_others =
        others::by_others(&hostile, &breaches, &group.sides, parts.records, &timeline, parts.definitions, zone);
    let collapse = outcome::collapse(&breaches, &parts.definitions.collapse, zone);
    let outcome = outcome::outcome(&clock, sayings, &timeline, collapse.as_ref(), parts.as_of);
    let undated = undated(&clock, &outcome, &group.sides, parts);
    let between: Vec<Hostile> = hostile.into_iter().filter(Hostile::is_between).collect();
    let coverage = Coverage::of(&group.sides, parts.told, parts.reports, parts.definitions.coverage.lag_days);
    let (quiet_before, quiet_after, lulls) = quiet(&clock, &outcome, &between, &coverage, parts);
    let denials = sayings.iter().filter(|s| s.act == Act::Violated && s.stance == Stance::Denied);
    let mut claims: Vec<ClaimId> = sayings.iter().map(|s| s.id().clone()).collect();
    claims.sort_unstable();
    let (parties, mediators) = who(group);
    Ceasefire {
        id,
        parties,
        mediators,
        forms: forms(sayings),
        area: sayings.iter().find_map(|s| s.area).map(str::to_owned),
        conditions: conditions(group, parts.told),
        clock,
        timeline,
        breach_denied_by: voice::voices(denials.map(|s| &s.told)),
        breaches,
        by_others,
        undated,
        quiet_before,
        quiet_after,
        lulls,
        collapse,
        outcome,
        before: None,
        claims,
        as_of: parts.as_of,
    }
}

/// Incidents without a day, told by reports between the beginning and the end.
fn undated(clock: &Clock, outcome: &Outcome, sides: &BTreeSet<Key>, parts: &Parts) -> Vec<IncidentId> {
    let Some(begins) = &clock.begins else { return Vec::new() };
    let end = outcome.at.map_or(parts.as_of.date(), |at| at.to.date());
    let rule = &parts.definitions.hostile;
    let told_then = |i: &&Incident| {
        let claims = i.accounts.iter().flat_map(|a| &a.claims).filter_map(|c| parts.records.told.get(c));
        let first = claims.filter_map(|t| t.claim.published).map(When::date).min();
        first.is_some_and(|day| begins.at.from.date() <= day && day <= end)
    };
    let concerns = |i: &&Incident| {
        i.from.or(i.to).is_none()
            && hostile::is_hostile(i, rule)
            && Fronts::of(i, sides).between(rule.on_soil).is_some()
    };
    let mut found: Vec<IncidentId> =
        parts.incidents.iter().filter(concerns).filter(told_then).map(|i| i.id.clone()).collect();
    found.sort_unstable();
    found
}

fn quiet(
    clock: &Clock,
    outcome: &Outcome,
    between: &[Hostile],
    coverage: &Coverage,
    parts: &Parts,
) -> (Option<Quiet>, Option<Quiet>, Vec<Lull>) {
    let Some(begins) = clock.begins.as_ref().map(|b| b.at) else { return (None, None, Vec::new()) };
    let zone = clock.offset;
    let span = begins.span(zone);
    let as_of = parts.as_of.date();
    let begin = begins.to.date();
    // What is of the day of the beginning, and of no known hour, is taken to have come before it.
    let last = between.iter().filter(|h| h.span.from <= span.to).max_by_key(|h| (h.span.to, &h.incident.id));
    let first = between.iter().find(|h| h.span.from > span.to);
    let before = coverage::before(begin, last, zone, coverage);
    let after = (begin <= as_of).then(|| coverage::after(begin, first, as_of, zone, coverage));
    let end = outcome.at.map_or(as_of, |at| at.to.date()).min(as_of);
    let lulls = if begin <= end {
        coverage::among(between, coverage, parts.definitions, zone, Days { from: begin, to: end })
    } else {
        Vec::new()
    };
    (before, after, lulls)
}

/// Parties and mediators.
fn who(group: &Group) -> (Vec<Side>, Vec<Side>) {
    let claims = || {
        group
            .sayings
            .iter()
            .map(|s| s.told.claim)
            .filter(|c| c.terms.as_ref().and_then(|t| t.act.as_deref()) != Some("violated"))
    };
    let named = claims().flat_map(|c| c.actor.iter().chain(&c.recipient).map(move |p| (&c.id, p)));
    let parties = sides::sides(&group.sides, named);
    let via = || claims().flat_map(|c| c.via.iter().map(move |p| (&c.id, p)));
    let keys: BTreeSet<Key> = via().filter_map(|(_, p)| sides::key(p)).collect();
    (parties, sides::sides(&keys, via()))
}

fn forms(sayings: &[Saying]) -> Vec<Form> {
    let form = |s: &Saying| s.told.claim.terms.as_ref().and_then(|t| t.form.clone());
    let said: BTreeSet<String> = sayings.iter().filter(|s| s.stance == Stance::Said).filter_map(form).collect();
    let of = |name: String| {
        let told = sayings.iter().filter(|s| form(s).as_deref() == Some(&name) && s.stance == Stance::Said);
        Form { voices: voice::voices(told.map(|s| &s.told)), form: name }
    };
    said.into_iter().map(of).collect()
}

/// Promises of the parties to one another in the reports that tell of the beginning, or in words about the ceasefire itself:
/// what they are to do while it holds.
fn conditions(group: &Group, told: &[Told]) -> Vec<Words> {
    let founding: BTreeSet<_> = group.sayings.iter().filter(|s| s.tells_beginning()).map(Saying::document).collect();
    let own: BTreeSet<&ClaimId> = group.sayings.iter().map(Saying::id).collect();
    let goes_with = |t: &&Told| {
        let claim = t.claim;
        let linked = claim.links.iter().filter_map(|l| l.claim.as_ref()).any(|c| own.contains(c));
        let promised = claim.kind == "commitment" && (linked || founding.contains(&claim.document));
        let by = sides::keys(claim.actor.iter().chain(&claim.recipient));
        promised && !by.is_empty() && by.is_subset(&group.sides)
    };
    let pledged = |s: &&Saying| s.stance == Stance::Foretold && matches!(s.act, Act::InForce | Act::Extended);
    let mut found: Vec<&Told> = told.iter().filter(goes_with).collect();
    found.extend(group.sayings.iter().filter(pledged).map(|s| &s.told));
    found.retain(|t| t.copy_of.is_none());
    found.sort_by_key(|t| (t.claim.published.map(When::date), &t.claim.id));
    let mut conditions: Vec<Words> = Vec::new();
    for words in found.into_iter().map(Words::of) {
        if !conditions.iter().any(|c| c.words == words.words && c.by.who == words.by.who) {
            conditions.push(words);
        }
    }
    conditions
}

fn relation(earlier: &Ceasefire, later: &Ceasefire) -> Option<(Relation, String)> {
    let begins = later.clock.begins.as_ref()?.at;
    let last = earlier.timeline.iter().rev().find(|c| c.state != State::Replaced)?;
    Some(match last.state {
        State::InForce => {
            (Relation::Renews, format!("{} was in force when it was declared ({}).", earlier.id, begins.words()))
        }
        State::Extended => (
            Relation::Follows,
            format!(
                "{} was due to run out {}; it was extended, according to {}.",
                earlier.id,
                last.at.words(),
                voice::names(&last.by)
            ),
        ),
        State::Suspended => (Relation::Follows, format!("{} was suspended {}.", earlier.id, last.at.words())),
        _ => (Relation::Follows, format!("{} was over {}.", earlier.id, last.at.words())),
    })
}

/// How the answer is reached, in a sentence or two.
pub fn method(definitions: &Definitions) -> String {
    let types: Vec<&str> = definitions.hostile.types.iter().map(|t| t.as_str()).collect();
    format!(
        "Claims on ceasefires between the same sides, within {} days of one beginning, are one; its end is its beginning and \
         its duration where none is told. A breach is what somebody calls one, or a hostile incident ({}) between the \
         parties while it held.",
        definitions.same.days,
        types.join(", "),
    )
}

/// What the answer cannot say, in sentences.
pub fn caveats(found: &[Ceasefire]) -> Vec<String> {
    let mut caveats = vec![
        "Whether an extension was granted, and who broke a ceasefire, is not decided.".to_owned(),
        "No report is no quiet; that nobody says that it was broken does not mean that it was kept.".to_owned(),
    ];
    if found.iter().any(|c| c.clock.begins.as_ref().is_some_and(|b| b.basis == clock::Basis::Reckoned)) {
        caveats.push("Where no report says when one took effect, it is reckoned from its declaration.".to_owned());
    }
    let undated: usize = found.iter().map(|c| c.undated.len()).sum();
    if undated > 0 {
        caveats.push(format!("Hostile incidents between the parties without a day, in no clock: {undated}."));
    }
    caveats
}
