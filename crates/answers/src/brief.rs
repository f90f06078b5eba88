//! Incidents in brief: what a list, a map and a timeline show of each, small enough to be held for all of them.

use std::collections::{BTreeSet, HashMap};

use analysis::Told;
use analysis::series::{Quad, quad};
use analysis::ties::Key;
use model::record::{PartyRecord, PlaceRecord};
use model::{ClaimId, EffectKind, EventType, Incident, IncidentId, Standing, When};

use crate::{Accounts, AnswerError, Desk, words};

/// An incident in brief.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Its id.
    pub id: IncidentId,
    /// PLOVER type.
    pub code: String,
    /// Words or deeds, for or against; `None` for a type that this version does not know.
    pub quad: Option<Quad>,
    /// First day or moment.
    pub from: Option<When>,
    /// Last.
    pub to: Option<When>,
    /// The most exact place: that which has a point, if any has.
    pub place: Option<PlaceRecord>,
    /// The dead, over all accounts: the lowest and the highest that anybody gives.
    pub dead: Option<(Option<f64>, Option<f64>)>,
    /// What may be held of it.
    pub standing: Standing,
    /// Who acts, by id.
    pub actor: Vec<String>,
    /// To whom, by id.
    pub recipient: Vec<String>,
    /// Who acts, by polity or group, with what it is called.
    pub acting: Vec<(Key, String)>,
    /// To whom, by polity or group.
    pub suffering: Vec<(Key, String)>,
    /// Who tells of it.
    pub claimants: Vec<String>,
    /// In one short phrase.
    pub words: String,
    /// Reports that tell of it, near-copies left out.
    pub reports: usize,
    /// Publications that carry it.
    pub publishers: usize,
    /// When it was first reported.
    pub first_told: Option<When>,
    /// Whether all of its claims are rows whose terms keep them out of what is shown to others.
    pub restricted: bool,
    /// What it was made from: another value where a claim came in, or was read again.
    stamp: u64,
}

impl Brief {
    /// An incident with the claims that it was made of.
    pub fn of(incident: &Incident, told: &[Told]) -> Self {
        let ids = |parties: &[PartyRecord]| {
            let mut ids: Vec<String> = parties.iter().filter_map(|p| p.id.as_ref().map(ToString::to_string)).collect();
            ids.dedup();
            ids
        };
        let sides = |parties: &[PartyRecord]| {
            let mut sides: Vec<(Key, String)> = Vec::new();
            for party in parties {
                let Some(key) = Key::of(party) else { continue };
                if !sides.iter().any(|(known, _)| *known == key) {
                    sides.push((key, words::named(party)));
                }
            }
            sides
        };
        let reports: BTreeSet<&str> =
            told.iter().filter(|t| t.copy_of.is_none()).map(|t| t.claim.document.as_str()).collect();
        let mut claimants: Vec<String> = Vec::new();
        for account in &incident.accounts {
            let who = account.claimant.as_ref().map(words::named).or_else(|| account.publisher.clone());
            claimants.extend(who.filter(|who| !claimants.contains(who)));
        }
        let killed = incident.effects.iter().find(|e| e.kind == EffectKind::Killed);
        let placed = incident.places.iter().find(|p| p.lat.is_some() && p.lon.is_some());
        Self {
            id: incident.id.clone(),
            code: incident.code.clone(),
            quad: incident.code.parse::<EventType>().ok().map(quad),
            from: incident.from,
            to: incident.to,
            place: placed.or(incident.places.first()).cloned(),
            dead: killed.map(|k| (k.low, k.high)),
            standing: incident.standing,
            actor: ids(&incident.actor),
            recipient: ids(&incident.recipient),
            acting: sides(&incident.actor),
            suffering: sides(&incident.recipient),
            claimants,
            words: words::incident(incident),
            reports: reports.len(),
            publishers: incident.publishers.len(),
            first_told: told.iter().filter_map(|t| t.claim.published).min_by_key(|w| w.date()),
            restricted: told.iter().all(|t| t.claim.row.as_ref().is_some_and(|r| r.restricted)),
            stamp: 0,
        }
    }

    /// The last day of it, but no later than its first report: what "recent" goes by. "In 2025", told in October, was not
    /// on 31 December.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        let (last, told) = (self.to.or(self.from).map(When::date), self.first_told.map(When::date));
        match (last, told) {
            (Some(last), Some(told)) => Some(last.min(told)),
            (last, told) => last.or(told),
        }
    }

    /// How much it weighs: the most dead that anybody gives, else what its type is.
    pub fn gravity(&self) -> (u64, u8) {
        let dead = self.dead.and_then(|(low, high)| high.or(low)).unwrap_or(0.0);
        let of_type = match self.quad {
            Some(Quad::MaterialConflict) => 3 + u8::from(self.code == "ASSAULT"),
            Some(Quad::VerbalConflict) => 2,
            Some(Quad::MaterialCooperation) => 1,
            Some(Quad::VerbalCooperation) | None => 0,
        };
        // Tenths of people, so that the order is that of whole numbers.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "tolls are small and never negative"
        )]
        ((dead * 10.0) as u64, of_type)
    }

    /// How far it is disputed: by its standing, then by how far the tolls lie apart.
    pub fn dispute(&self) -> (u8, u64) {
        let standing = match self.standing {
            Standing::Disputed => 4,
            Standing::Denied => 3,
            Standing::Retracted => 2,
            Standing::Reported => 1,
            Standing::Corroborated => 0,
        };
        let apart = self.dead.map_or(0.0, |(low, high)| high.unwrap_or(0.0) - low.unwrap_or(0.0)).max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "tolls are small and never negative"
        )]
        (standing, (apart * 10.0) as u64)
    }
}

/// Every incident of a desk in brief, in the order of the weighing's groups; those that stand as `before` had them are taken
/// from there.
pub(crate) fn briefs(desk: &Desk, before: &HashMap<IncidentId, Brief>) -> Result<Vec<Brief>, AnswerError> {
    let weighing = desk.weighing()?;
    let recorded = desk
        .handle
        .block_on(desk.view().recorded(&lake::Filter { kind: Some("event".to_owned()), ..lake::Filter::default() }))?;
    // What somebody decided about may say something else by now.
    let decided: BTreeSet<String> =
        desk.handle.block_on(desk.view().decisions())?.into_iter().map(|d| d.target).collect();
    let touched = |claims: &[ClaimId]| claims.iter().any(|c| decided.contains(c.as_str()));
    let mut briefs: Vec<Option<Brief>> = Vec::with_capacity(weighing.groups.len());
    let mut missing = Vec::new();
    let mut stamps = Vec::with_capacity(weighing.groups.len());
    for (at, (id, claims)) in weighing.groups.iter().enumerate() {
        let stamp = stamp(claims, &recorded);
        stamps.push(stamp);
        let known = before.get(id).filter(|brief| brief.stamp == stamp && !touched(claims));
        if known.is_none() {
            missing.push(at);
        }
        briefs.push(known.cloned());
    }
    for groups in weighing.portions(&missing) {
        let accounts = Accounts::of(desk, groups)?;
        for &at in groups {
            let (id, claims) = &weighing.groups[at];
            let brief = Brief::of(&accounts.incident(id, claims), &accounts.told(claims));
            briefs[at] = Some(Brief { stamp: stamps[at], ..brief });
        }
    }
    Ok(briefs.into_iter().flatten().collect())
}

/// Claims and when they entered the lake, in one number.
fn stamp(claims: &[ClaimId], recorded: &HashMap<String, i64>) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for claim in claims {
        (claim.as_str(), recorded.get(claim.as_str())).hash(&mut hasher);
    }
    hasher.finish()
}

/// The incidents of which a claim fits the filter, in brief.
pub fn chosen<'a>(desk: &'a Desk, filter: &lake::Filter) -> Result<Vec<&'a Brief>, AnswerError> {
    let briefs = desk.briefs()?;
    let mut at = desk.weighing()?.chosen(&desk.handle, desk.view(), filter)?;
    at.sort_unstable();
    Ok(at.into_iter().filter_map(|at| briefs.get(at)).collect())
}
