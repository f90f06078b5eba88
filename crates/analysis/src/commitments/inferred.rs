//! What would contradict a commitment, or be in keeping with it, if it is so: inferred, said by nobody.
//!
//! The lexicon of duties names ties and events of the holder for each kind of duty. An attack counts only against
//! somebody to whom the holder owes it. What was before the commitment began is left out, where a report tells when it
//! began; few do, and then `timing` says how it lies to the first report. Happenings before a promise was first told are
//! left out as well; ties last, and are kept.

use std::collections::{BTreeMap, BTreeSet};

use model::record::ClaimRecord;
use model::{Attitude, ClaimId, IncidentId, Status, When};
use serde::Serialize;

use super::duties::{Duties, Duty, is_event};
use super::grouping::Group;
use super::{Saying, Speakers, is_real, says};
use crate::Told;
use crate::causes::parties::roots;

/// When it is told to have been, beside the commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// After the commitment began, or was first told.
    After,
    /// Before it was first told; when it began is not told.
    BeforeFirstReport,
    /// One of the two has no date.
    NotKnown,
}

/// A tie or happening that bears on a commitment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inferred {
    /// Whether it would contradict the commitment; otherwise it would be in keeping with it.
    pub contradicts: bool,
    /// Always: nobody says that it bears on the commitment.
    pub inferred: bool,
    /// What it is and on which kind of duty it bears.
    pub why: String,
    /// The incident, where it is a happening that has one.
    pub incident: Option<IncidentId>,
    /// When it is told to have been.
    pub timing: Timing,
    /// Who says that it is so.
    pub says: Vec<Saying>,
    /// Who denies that.
    pub denies: Vec<Saying>,
}

/// What makes one entry: direction, duty, what.
type Key = (bool, String, String);

/// What bears on a commitment, contradictions first.
pub(super) fn infer(group: &Group, told: &[Told], duties: &Duties, speakers: &Speakers) -> Vec<Inferred> {
    let holders = group.holders();
    let own: BTreeSet<&ClaimId> = group.members.iter().map(|m| &m.told.claim.id).collect();
    let kinds: Vec<&Duty> = duties.all().iter().filter(|d| group.duties.contains(&d.id)).collect();
    let mut entries: BTreeMap<Key, Inferred> = BTreeMap::new();
    for t in told.iter().filter(|t| !own.contains(&t.claim.id) && t.claim.row.is_none()) {
        let claim = t.claim;
        let denied =
            claim.attitude == Attitude::Denies && is_real(claim) || claim.status == Status::DidNotOccur && says(claim);
        let told = says(claim) && is_real(claim);
        if !told && !denied {
            continue;
        }
        let Some(timing) = timing(group, claim) else { continue };
        // A tie lasts; a happening before a promise was first told breaks nothing.
        let promised = group.members.iter().any(|m| m.told.claim.status == Status::Promised);
        if claim.kind == "event" && promised && timing == Timing::BeforeFirstReport {
            continue;
        }
        for duty in &kinds {
            let Some((contradicts, what)) = bears(duty, claim, group, &holders) else { continue };
            let incident = speakers.incidents.get(&claim.id).map(|&i| i.clone());
            let thing = incident.as_ref().map_or_else(
                || if claim.kind == "tie" { what.clone() } else { claim.id.to_string() },
                IncidentId::to_string,
            );
            let entry = entries.entry((!contradicts, duty.id.clone(), thing)).or_insert_with(|| Inferred {
                contradicts,
                inferred: true,
                why: format!(
                    "{what} would {} a duty {}",
                    if contradicts { "contradict" } else { "be in keeping with" },
                    duty.name
                ),
                incident,
                timing,
                says: Vec::new(),
                denies: Vec::new(),
            });
            let saying = speakers.saying(t, None);
            if denied { &mut entry.denies } else { &mut entry.says }.push(saying);
        }
    }
    // What is only denied contradicts nothing.
    entries.into_values().filter(|e| !e.says.is_empty()).collect()
}

/// Whether a claim bears on a kind of duty: against it or for it, and what it is, in words.
fn bears(duty: &Duty, claim: &ClaimRecord, group: &Group, holders: &BTreeSet<String>) -> Option<(bool, String)> {
    let actors = roots(&claim.actor);
    let recipients: BTreeSet<String> = roots(&claim.recipient).difference(&actors).cloned().collect();
    let doer: Vec<&str> = actors.intersection(holders).map(String::as_str).collect();
    if doer.is_empty() {
        return None;
    }
    let code = claim.code.as_deref()?;
    let done = |what: &str| {
        let to = if recipients.is_empty() { String::new() } else { format!(" → {}", join(&recipients)) };
        format!("{what} by {}{to}", doer.join(", "))
    };
    if claim.kind == "tie" {
        let against = duty.against_ties.iter().any(|t| t == code);
        return against.then(|| (true, done(code)));
    }
    let is = |events: &[Vec<String>]| events.iter().any(|e| is_event(claim, e));
    if is(&duty.against_events) {
        // A clash that nobody is said to have begun is nobody's breach.
        let begun = !claim.reciprocal && claim.direction.is_none();
        let owed = code != "ASSAULT" || {
            let others: BTreeSet<String> = group.others().union(holders).cloned().collect();
            recipients.iter().any(|r| others.contains(r))
        };
        return (begun && owed).then(|| (true, done(code)));
    }
    is(&duty.for_events).then(|| (false, done(code)))
}

fn join(roots: &BTreeSet<String>) -> String {
    roots.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// `None` where the commitment began only afterwards.
fn timing(group: &Group, claim: &ClaimRecord) -> Option<Timing> {
    let day = claim.time.as_ref().and_then(|t| t.to.or(t.from)).or(claim.published).map(When::date);
    let claims = || group.members.iter().map(|m| m.told.claim);
    let began = claims().filter_map(|c| c.time.as_ref()?.from).map(When::date).min();
    let reported = claims().filter_map(|c| c.published).map(When::date).min();
    match (day, began.or(reported)) {
        (Some(day), Some(start)) if day >= start => Some(Timing::After),
        (Some(_), Some(_)) if began.is_some() => None,
        (Some(_), Some(_)) => Some(Timing::BeforeFirstReport),
        _ => Some(Timing::NotKnown),
    }
}
