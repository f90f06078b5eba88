//! What of an event is compared: a small row, made from a claim.

use jiff::civil::Date;
use model::record::{ClaimRecord, PartyRecord, PlaceRecord};
use model::{Attitude, ClaimId, CountryCode, EffectKind, Incident, Standing, Status};

use super::Month;

/// Rows that reach over more days belong to no month.
const LONGEST_IN_MONTH: i32 = 31;

/// Terms of use that keep a row out of comparisons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Restriction {
    /// The data set.
    pub dataset: String,
    /// Its terms.
    pub terms: String,
}

/// One event as one source has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The claim.
    pub id: ClaimId,
    /// PLOVER type.
    pub code: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day, not before the first.
    pub to: Option<Date>,
    /// Country.
    pub country: Option<CountryCode>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// Radius in kilometres within which the place lies.
    pub radius_km: Option<f64>,
    /// Polities and groups that take part, the bodies as which they act among them: roots of their ids, sorted, each once.
    pub parties: Vec<String>,
    /// The dead, least.
    pub killed_low: Option<f64>,
    /// The dead, most.
    pub killed_high: Option<f64>,
    /// Terms that keep the row out of comparisons.
    pub restricted: Option<Restriction>,
}

impl Compared {
    /// The row of a claim; `None` where the claim is no event, or does not say that it happened.
    pub fn of(claim: &ClaimRecord) -> Option<Self> {
        let happened = matches!(claim.status, Status::Occurred | Status::Ongoing)
            && matches!(claim.attitude, Attitude::Asserts | Attitude::Confirms | Attitude::Alleges);
        if claim.kind != "event" || !happened {
            return None;
        }
        let place = most_exact(&claim.places);
        let from = claim.time.as_ref().and_then(|t| t.from.or(t.to)).map(model::When::date);
        let to = claim.time.as_ref().and_then(|t| t.to.or(t.from)).map(model::When::date);
        let (killed_low, killed_high) = killed(claim);
        let restricted = claim.row.as_ref().filter(|row| row.restricted);
        Some(Self {
            id: claim.id.clone(),
            code: claim.code.as_ref().map(ToString::to_string),
            from: from.min(to).or(from),
            to: from.max(to),
            country: place.and_then(|p| p.country),
            admin1: place.and_then(|p| p.admin1.as_ref().map(ToString::to_string)),
            lat: place.and_then(|p| p.lat),
            lon: place.and_then(|p| p.lon),
            radius_km: place.and_then(|p| p.radius_km),
            parties: roots(&claim.actor, &claim.recipient),
            killed_low,
            killed_high,
            restricted: restricted.map(|r| Restriction { dataset: r.dataset.to_string(), terms: r.terms.to_string() }),
        })
    }

    /// The row of an incident, of which its first claim stands for all; `None` where nobody stands by its having happened.
    pub fn of_incident(incident: &Incident) -> Option<Self> {
        if matches!(incident.standing, Standing::Retracted | Standing::Denied) {
            return None;
        }
        let place = incident.places.first();
        let killed = incident.effects.iter().find(|e| e.kind == EffectKind::Killed);
        Some(Self {
            id: incident.accounts.iter().flat_map(|a| &a.claims).min()?.clone(),
            code: Some(incident.code.clone()),
            from: incident.from.map(model::When::date),
            to: incident.to.map(model::When::date),
            country: place.and_then(|p| p.country),
            admin1: place.and_then(|p| p.admin1.as_ref().map(ToString::to_string)),
            lat: place.and_then(|p| p.lat),
            lon: place.and_then(|p| p.lon),
            radius_km: place.and_then(|p| p.radius_km),
            parties: roots(&incident.actor, &incident.recipient),
            killed_low: killed.and_then(|k| k.low),
            killed_high: killed.and_then(|k| k.high),
            restricted: None,
        })
    }

    /// First and last day.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let from = self.from.or(self.to)?;
        Some((from, self.to.unwrap_or(from).max(from)))
    }

    /// The month of its middle day, where it does not reach over more than a month.
    pub(super) fn month(&self) -> Option<Month> {
        let (from, to) = self.days()?;
        let days = (to - from).get_days();
        (days <= LONGEST_IN_MONTH).then(|| Month::of(from.saturating_add(jiff::Span::new().days(days / 2))))
    }
}

/// Roots of the ids of both sides, and of those as which they act, each once.
fn roots(actor: &[PartyRecord], recipient: &[PartyRecord]) -> Vec<String> {
    let ids = actor.iter().chain(recipient).flat_map(|party| party.id.iter().chain(&party.acts_as));
    let mut roots: Vec<String> = ids.map(|id| id.root().to_owned()).collect();
    roots.sort();
    roots.dedup();
    roots
}

/// The place with coordinates and the smallest radius, else the first that has a country.
fn most_exact(places: &[PlaceRecord]) -> Option<&PlaceRecord> {
    let radius = |place: &PlaceRecord| place.radius_km.unwrap_or(0.0);
    places
        .iter()
        .filter(|p| p.lat.is_some() && p.lon.is_some())
        .min_by(|p, q| radius(p).total_cmp(&radius(q)))
        .or_else(|| places.iter().find(|p| p.country.is_some()))
        .or_else(|| places.first())
}

/// The dead, at least and at most. A running toll is of more than this event.
fn killed(claim: &ClaimRecord) -> (Option<f64>, Option<f64>) {
    let total = model::toll::total(&claim.effects, EffectKind::Killed).filter(|total| !total.running);
    total.map_or((None, None), |total| (total.low, total.high))
}
