//! What came to be disputed, and what was denied, and when.

use jiff::civil::Date;
use model::{Attitude, ClaimId, Incident, IncidentId, Standing, Status, Text, When};
use serde::Serialize;

use crate::incidents::account::{account, label};
use crate::incidents::independence::{PublisherFacts, Told};

/// An incident that somebody involved denies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute {
    /// The incident.
    pub incident: IncidentId,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub code: String,
    /// The first day on which it stood disputed by what had been published; `None` where that cannot be told.
    pub since: Option<Date>,
    /// The denials, in the order of publication.
    pub denials: Vec<Denial>,
    /// Why it stands so, in words.
    pub grounds: String,
}

/// Somebody said that something was not so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Denial {
    /// The claim.
    pub claim: ClaimId,
    /// The day on which it was published.
    pub day: Option<Date>,
    /// Who denies, as named in accounts of incidents.
    pub by: String,
    /// Kind of what is denied: an event, a tie.
    pub kind: Text,
    /// Its type.
    #[serde(rename = "type")]
    pub code: Option<Text>,
    /// Whether it was said plainly that it did not happen, without a denial of anybody's words.
    pub plain: bool,
    /// The words of the claim.
    pub words: String,
}

impl Dispute {
    /// The dispute over an incident, with all of its claims; `None` where it is not disputed.
    pub fn of(incident: &Incident, told: &[Told], facts: &dyn PublisherFacts) -> Option<Self> {
        if incident.standing != Standing::Disputed {
            return None;
        }
        let published = |t: &Told| t.claim.published.map(When::date);
        let mut denials: Vec<Denial> = told.iter().filter_map(Denial::of).collect();
        denials.sort_by(|a, b| (a.day, &a.claim).cmp(&(b.day, &b.claim)));
        // It may have come to be disputed by a denial, or by a report of what was denied before.
        let mut days: Vec<Date> = told.iter().filter_map(published).collect();
        days.sort_unstable();
        days.dedup();
        let disputed_by = |day: &Date| {
            let known: Vec<Told> = told.iter().filter(|t| published(t).is_some_and(|p| p <= *day)).copied().collect();
            account(incident.id.clone(), &known, facts).standing == Standing::Disputed
        };
        Some(Self {
            incident: incident.id.clone(),
            code: incident.code.clone(),
            since: days.into_iter().find(disputed_by),
            denials,
            grounds: incident.grounds.clone(),
        })
    }
}

impl Denial {
    /// The denial of a claim, of whichever kind; `None` where it denies nothing, stands in a near-copy, or is a plain
    /// negative of a report itself, which denies nobody's words.
    pub fn of(told: &Told) -> Option<Self> {
        let claim = told.claim;
        let denies = claim.attitude == Attitude::Denies && claim.status != Status::DidNotOccur;
        let plain = claim.status == Status::DidNotOccur
            && matches!(claim.attitude, Attitude::Asserts | Attitude::Confirms)
            && !told.is_own_voice();
        if told.copy_of.is_some() || claim.row.is_some() || !(denies || plain) {
            return None;
        }
        Some(Self {
            claim: claim.id.clone(),
            day: claim.published.map(When::date),
            by: label(told),
            kind: claim.kind.clone(),
            code: claim.code.clone(),
            plain,
            words: claim.evidence.text.clone(),
        })
    }
}
