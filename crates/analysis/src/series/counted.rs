//! What is counted: one happening of one source, as a small row.
//!
//! An **incident** is one happening, however many reports tell it; an imported **row** is one event of its data set; a
//! plain **claim** is what one report says, for those who want to count reports of happenings. Each is of a [`Source`], and
//! sources are never added up, since they tell of the same world.
//!
//! Refused, with the reason ([`NotCounted`]): what is denied, taken back, called off, planned, promised, threatened,
//! demanded or possible; what is only alleged inside an accusation, which is itself counted; rows whose terms keep them out.
//! Whom nobody names is no party here: descriptions ("gunmen") have no id, and private persons none either.

use std::fmt;

use jiff::civil::Date;
use model::record::{ClaimRecord, PlaceRecord};
use model::{
    Attitude, ClaimId, CountryCode, EventType, Incident, IncidentId, Precision, Rel, Standing, Status, Text, When,
};
use serde::Serialize;

use super::dead::{Dead, of_accounts, of_claim};
use super::intensity::{Quad, intensity, quad};
use super::parties::{Dyad, Side, dyads, sides};
use crate::incidents::account::account;
use crate::incidents::independence::{PublisherFacts, Told};

/// Which of the two records was counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum CountedId {
    /// An incident.
    Incident(IncidentId),
    /// A claim.
    Claim(ClaimId),
}

impl fmt::Display for CountedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CountedId::Incident(id) => id.fmt(f),
            CountedId::Claim(id) => id.fmt(f),
        }
    }
}

/// Where a row comes from. Rows of two sources stand in two series.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Incidents of what was read.
    Reading,
    /// Claims of what was read, one by one.
    Claims,
    /// A data set of others; each release is a source of its own.
    Dataset {
        /// The data set: `ged`.
        dataset: Text,
        /// Its release, where it is known.
        release: Option<Text>,
    },
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Reading => f.write_str("reading"),
            Source::Claims => f.write_str("claims"),
            Source::Dataset { dataset, release: None } => f.write_str(dataset),
            Source::Dataset { dataset, release: Some(release) } => write!(f, "{dataset}@{release}"),
        }
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One happening of one source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// The incident or claim.
    pub id: CountedId,
    /// The claims behind it, in the order of their ids.
    pub claims: Box<[ClaimId]>,
    /// Where it comes from.
    pub source: Source,
    /// First and last day within which it lies; `None` where no text says when.
    pub days: Option<(Date, Date)>,
    /// The day on which the first of its reports was published.
    pub first_told: Option<Date>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub code: EventType,
    /// Modes.
    pub modes: Box<[Text]>,
    /// Quad class of the type.
    pub quad: Quad,
    /// On Goldstein's scale, -10 to 10.
    pub intensity: f64,
    /// Who did it, or took part.
    pub actors: Box<[Side]>,
    /// To whom.
    pub recipients: Box<[Side]>,
    /// Pairs of parties, each once.
    pub dyads: Box<[Dyad]>,
    /// Country in which it happened.
    pub country: Option<CountryCode>,
    /// First-order division, as it is written.
    pub admin1: Option<Text>,
    /// Second-order division, as it is written.
    pub admin2: Option<Text>,
    /// PRIO-GRID cell of the most exact place that lies within one.
    pub cell: Option<u32>,
    /// The dead, by claimant, in the order of their names.
    pub dead: Box<[Dead]>,
    /// What may be held of it; `None` for rows and claims.
    pub standing: Option<Standing>,
}

/// Why a record is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCounted {
    /// No event, or of a type that PLOVER does not have.
    NoEvent,
    /// It is denied, taken back, called off, or was never said to have happened.
    NoHappening,
    /// It is only alleged, in an accusation that is counted itself.
    OnlyAlleged,
    /// An incident of which only data sets tell: their rows are counted as rows.
    OnlyRows,
    /// A claim of a text where a row was asked for.
    NoRow,
    /// A near-copy of another report.
    Copy,
    /// The data set's terms keep its rows out; its name.
    Restricted(Text),
    /// The same row of the same release, in a second file.
    Repeated,
}

impl NotCounted {
    /// The reason, in words.
    pub fn words(&self) -> &'static str {
        match self {
            NotCounted::NoEvent => "no event of a PLOVER type",
            NotCounted::NoHappening => "denied, taken back, called off, or never said to have happened",
            NotCounted::OnlyAlleged => "only alleged, in an accusation that is counted itself",
            NotCounted::OnlyRows => "incidents of which only data sets tell, whose rows are counted as rows",
            NotCounted::NoRow => "claims of texts where rows were asked for",
            NotCounted::Copy => "near-copies of other reports",
            NotCounted::Restricted(_) => "rows whose terms keep them out",
            NotCounted::Repeated => "rows that stand in a second file of the same release",
        }
    }
}

impl Counted {
    /// The row of an incident of what was read. `told` are all of its claims; accounts of restricted rows are left out.
    pub fn of_incident(incident: &Incident, told: &[Told], facts: &dyn PublisherFacts) -> Result<Self, NotCounted> {
        let is_restricted = |t: &Told| t.claim.row.as_ref().is_some_and(|row| row.restricted);
        if told.iter().any(is_restricted) {
            let open: Vec<Told> = told.iter().filter(|t| !is_restricted(t)).copied().collect();
            if open.is_empty() {
                return Err(NotCounted::OnlyRows);
            }
            return Self::of_incident(&account(incident.id.clone(), &open, facts), &open, facts);
        }
        if told.iter().all(|t| t.claim.row.is_some()) {
            return Err(NotCounted::OnlyRows);
        }
        let code: EventType = incident.code.parse().map_err(|_| NotCounted::NoEvent)?;
        let saying: Vec<&ClaimRecord> = told.iter().map(|t| t.claim).filter(|c| says_that_it_happened(c)).collect();
        if matches!(incident.standing, Standing::Retracted | Standing::Denied) || saying.is_empty() {
            return Err(NotCounted::NoHappening);
        }
        if saying.iter().all(|claim| is_only_alleged(claim)) {
            return Err(NotCounted::OnlyAlleged);
        }
        let mut claims: Vec<ClaimId> = told.iter().map(|t| t.claim.id.clone()).collect();
        claims.sort_unstable();
        let published = |t: &Told| t.claim.published.map(When::date);
        let texts = || told.iter().filter(|t| t.claim.row.is_none());
        let days = days(incident.from, incident.to);
        let (country, admin1, admin2) = place(&incident.places);
        let modes: Vec<Text> = incident.modes.iter().map(Text::from).collect();
        Ok(Self {
            id: CountedId::Incident(incident.id.clone()),
            claims: claims.into(),
            source: Source::Reading,
            days: past(days, texts().filter_map(published).max()),
            first_told: texts().filter_map(published).min(),
            intensity: intensity(code, &modes),
            actors: sides(&incident.actor),
            recipients: sides(&incident.recipient),
            dyads: dyads(&saying),
            dead: of_accounts(&incident.accounts),
            standing: Some(incident.standing),
            modes: modes.into(),
            quad: quad(code),
            code,
            country,
            admin1,
            admin2,
            cell: cell(&incident.places),
        })
    }

    /// The row of an imported row.
    pub fn of_row(claim: &ClaimRecord) -> Result<Self, NotCounted> {
        let row = claim.row.as_ref().ok_or(NotCounted::NoRow)?;
        if row.restricted {
            return Err(NotCounted::Restricted(row.dataset.clone()));
        }
        Self::of_one(claim, Source::Dataset { dataset: row.dataset.clone(), release: row.release.clone() }, None)
    }

    /// The row of a single claim of a text; one happening that three reports tell is then counted three times.
    pub fn of_claim(told: &Told) -> Result<Self, NotCounted> {
        if told.claim.row.is_some() {
            return Self::of_row(told.claim);
        }
        if told.copy_of.is_some() {
            return Err(NotCounted::Copy);
        }
        Self::of_one(told.claim, Source::Claims, Some(told))
    }

    fn of_one(claim: &ClaimRecord, source: Source, told: Option<&Told>) -> Result<Self, NotCounted> {
        let code = claim.code.as_deref().filter(|_| claim.kind == "event").and_then(|code| code.parse().ok());
        let code: EventType = code.ok_or(NotCounted::NoEvent)?;
        if !says_that_it_happened(claim) {
            return Err(NotCounted::NoHappening);
        }
        if is_only_alleged(claim) {
            return Err(NotCounted::OnlyAlleged);
        }
        let published = claim.published.map(When::date);
        let days = claim.time.as_ref().and_then(|time| match (time.from, time.to) {
            // "Since May" goes on until it is told.
            (Some(from), None) => {
                days(Some(from), Some(claim.published.filter(|p| p.date() >= from.date()).unwrap_or(from)))
            }
            (from, to) => days(from, to),
        });
        let (country, admin1, admin2) = place(&claim.places);
        Ok(Self {
            id: CountedId::Claim(claim.id.clone()),
            claims: Box::new([claim.id.clone()]),
            days: if told.is_some() { past(days, published) } else { days },
            source,
            first_told: published,
            intensity: intensity(code, &claim.modes),
            actors: sides(&claim.actor),
            dyads: dyads(&[claim]),
            recipients: sides(&claim.recipient),
            dead: of_claim(claim, told.filter(|t| t.is_own_voice()).and_then(|t| t.publisher)),
            modes: claim.modes.clone().into(),
            quad: quad(code),
            code,
            country,
            admin1,
            admin2,
            cell: cell(&claim.places),
            standing: None,
        })
    }

    /// Roots of all parties, as named and as the bodies as which they act, each once, in order.
    pub fn roots(&self) -> Vec<&str> {
        let named = self.actors.iter().chain(&self.recipients).flat_map(Side::roots);
        let mut roots: Vec<&str> = named.chain(self.dyads.iter().flat_map(|d| [&*d.from, &*d.to])).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}

/// Whether a claim says that something took place or is going on.
fn says_that_it_happened(claim: &ClaimRecord) -> bool {
    matches!(claim.status, Status::Occurred | Status::Ongoing)
        && matches!(claim.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges)
}

/// "A accuses B of an attack" is one happening, the accusation. What a spokesman plainly says ("A bombed B, he said") is
/// content as well, but of words that are no event: it is how most happenings are told.
fn is_only_alleged(claim: &ClaimRecord) -> bool {
    claim.attitude == Attitude::Alleges && claim.links.iter().any(|link| link.rel == Rel::ContentOf)
}

fn days(from: Option<When>, to: Option<When>) -> Option<(Date, Date)> {
    let (from, to) = (from.or(to)?.date(), to.or(from)?.date());
    Some((from, to.max(from)))
}

/// What has happened lies before its last report, also where only the year is given.
fn past(days: Option<(Date, Date)>, told: Option<Date>) -> Option<(Date, Date)> {
    days.map(|(from, to)| (from, told.filter(|told| *told >= from).map_or(to, |told| to.min(told))))
}

/// The PRIO-GRID cell of the most exact of the places that have one. What is known to a district or less lies in no cell: half
/// a degree is less than most of these are wide.
fn cell(places: &[PlaceRecord]) -> Option<u32> {
    let exact = places.iter().filter(|p| matches!(p.precision, Some(Precision::Point | Precision::Settlement)));
    let within = exact.filter(|p| p.ids.priogrid.is_some());
    within.min_by_key(|p| p.precision.map_or(usize::MAX, |precision| precision as usize)).and_then(|p| p.ids.priogrid)
}

/// Country of the most exact place that has one, and its divisions, each from the most exact place there that names one.
fn place(places: &[PlaceRecord]) -> (Option<CountryCode>, Option<Text>, Option<Text>) {
    let mut places: Vec<&PlaceRecord> = places.iter().collect();
    places.sort_by_key(|p| p.precision.map_or(usize::MAX, |precision| precision as usize));
    let country = places.iter().find_map(|p| p.country);
    places.retain(|p| p.country == country);
    let admin1 = places.iter().find_map(|p| p.admin1.clone());
    let admin2 = places.iter().filter(|p| p.admin1 == admin1).find_map(|p| p.admin2.clone());
    (country, admin1, admin2)
}
