//! What an answer is made from, fetched from the lake: claims, incidents, and the reports that they stand in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::lake::{AsOf, Filter, Lake, View};
use analysis::publishers::Publishers;
use analysis::{Grounds, Report, Told};
use jiff::civil::Date;
use model::record::ClaimRecord;
use model::{DocumentId, Incident, PartyId, When};
use tokio::runtime::Runtime;

use super::super::incidents::{Accounts, portions, weighed};
use super::super::runtime;
use super::super::which::Which;
use super::Asking;

/// Claims with what their documents say of where they come from.
pub struct Gathered {
    /// Each claim with the publication of its document.
    pub claims: Vec<(ClaimRecord, Option<String>)>,
    /// Near-copies with their originals.
    originals: HashMap<DocumentId, DocumentId>,
    /// Every document that the lake showed.
    pub reports: Vec<Report>,
    as_of: AsOf,
}

impl Gathered {
    /// Claims that fit the filter and are no rows of data sets, in the order of their ids.
    pub fn claims(runtime: &Runtime, lake: &Lake, as_of: &AsOf, filter: Filter) -> anyhow::Result<Self> {
        Self::any(runtime, lake, as_of, vec![filter])
    }

    /// Claims of any kind that name one of the parties that are asked about, or all where none is, and that fit place and
    /// time: what bears on them, and not only what names all of them at once.
    pub fn around(runtime: &Runtime, lake: &Lake, as_of: &AsOf, which: &Which) -> anyhow::Result<Self> {
        let all = Filter { types: Vec::new(), ..which.filter(None) };
        let filters = if which.about().is_empty() {
            vec![all]
        } else {
            which.about().iter().map(|party| Filter { about: vec![party.clone()], ..all.clone() }).collect()
        };
        Self::any(runtime, lake, as_of, filters)
    }

    /// Claims that fit one of the filters.
    fn any(runtime: &Runtime, lake: &Lake, as_of: &AsOf, filters: Vec<Filter>) -> anyhow::Result<Self> {
        let view = runtime.block_on(lake.view(as_of))?;
        let mut claims = Vec::new();
        for filter in filters {
            let filter = Filter { dataset: Some(None), ..filter };
            let mut answer = runtime.block_on(view.unordered(&filter))?;
            while let Some(told) = runtime.block_on(answer.told())? {
                claims.extend(told);
            }
        }
        claims.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        claims.dedup_by(|(a, _), (b, _)| a.id == b.id);
        let originals = originals(runtime, &view)?;
        Ok(Self { claims, originals, reports: reports(runtime, &view)?, as_of: as_of.clone() })
    }

    /// The claims as the analyses take them.
    pub fn told(&self) -> Vec<Told<'_>> {
        self.claims
            .iter()
            .map(|(claim, publisher)| Told {
                claim,
                publisher: publisher.as_deref(),
                copy_of: self.originals.get(&claim.document),
            })
            .collect()
    }

    /// What an answer from these claims rests on.
    pub fn grounds(&self, which: &Which, what: &str) -> Grounds {
        let documents = self.claims.iter().map(|(claim, _)| &claim.document);
        grounds(documents, &self.reports, &self.as_of, which, what)
    }

    /// What an answer from those of these claims that are of a kind rests on.
    pub fn grounds_of(&self, which: &Which, what: &str, kind: &str) -> Grounds {
        let of_kind = self.claims.iter().filter(|(claim, _)| claim.kind == kind);
        grounds(of_kind.map(|(claim, _)| &claim.document), &self.reports, &self.as_of, which, what)
    }
}

/// Opens the lake that is asked and fetches what three answers are made from: the claims around the parties asked about, and
/// the incidents of `events`.
pub fn claims_and_incidents(asking: &Asking, events: &Which) -> anyhow::Result<(Gathered, Vec<Incident>)> {
    let runtime = runtime()?;
    let mut lake = asking.place.open(&runtime)?;
    let as_of = asking.as_of.as_of()?;
    let gathered = Gathered::around(&runtime, &lake, &as_of, &asking.which)?;
    let incidents = own_incidents(&runtime, &mut lake, &as_of, events)?;
    Ok((gathered, incidents))
}

/// The day as of which something is told: the one asked for, else the day of the last report or row, so that the same lake
/// gives the same answer whenever it is asked.
pub fn day_of(as_of: &AsOf, reports: &[Report]) -> Option<Date> {
    as_of.published.map(When::date).or_else(|| reports.iter().filter_map(|r| r.published).max())
}

/// Counts what an answer rests on, and names the voices of the states concerned that were not read.
pub fn grounds<'a>(
    documents: impl Iterator<Item = &'a DocumentId>,
    reports: &[Report],
    as_of: &AsOf,
    which: &Which,
    what: &str,
) -> Grounds {
    let mut grounds = Grounds {
        asked: format!("{what}{}", which.words()),
        as_of: as_of.published,
        known_at: as_of.known,
        ..Grounds::default()
    };
    grounds.count(documents, reports);
    let states: BTreeSet<&str> = which.about().iter().map(PartyId::root).collect();
    let publishers = Publishers::embedded();
    let read: BTreeSet<&str> = reports
        .iter()
        .filter_map(|r| publishers.find(r.publisher.as_deref(), None, r.published))
        .map(|p| p.id.as_str())
        .collect();
    let day = as_of.published.map(When::date);
    grounds.not_read = publishers
        .all()
        .iter()
        .filter(|p| !p.domains.is_empty() && !read.contains(p.id.as_str()))
        .filter(|p| p.at(day).and_then(|t| t.state.as_ref()).is_some_and(|s| states.contains(s.as_str())))
        .map(|p| p.name.clone())
        .collect();
    grounds
}

/// Incidents that fit the filter, in the order of their ids, and every report. Where the filter asks for what was read or
/// for one data set, only such claims make up the incidents. `each` gets an incident with the claims that it was made of.
pub fn incidents<T>(
    runtime: &Runtime,
    lake: &mut Lake,
    as_of: &AsOf,
    filter: &Filter,
    mut each: impl FnMut(Incident, &[Told]) -> T,
) -> anyhow::Result<(Vec<T>, Vec<Report>)> {
    let mut weighing = weighed(runtime, lake, as_of)?;
    let own = Filter { kind: Some("event".to_owned()), dataset: filter.dataset.clone(), ..Filter::default() };
    if filter.dataset.is_some() {
        let ids = runtime.block_on(weighing.view.claim_ids(&own))?;
        let own: std::collections::HashSet<&str> = ids.iter().map(String::as_str).collect();
        for (_, claims) in &mut weighing.groups {
            claims.retain(|claim| own.contains(claim.as_str()));
        }
    }
    let ids = runtime.block_on(weighing.view.claim_ids(filter))?;
    let fits: std::collections::HashSet<&str> = ids.iter().map(String::as_str).collect();
    let chosen: Vec<usize> = (0..weighing.groups.len())
        .filter(|&at| weighing.groups[at].1.iter().any(|claim| fits.contains(claim.as_str())))
        .collect();
    let mut found = Vec::with_capacity(chosen.len());
    for groups in portions(&chosen, &weighing) {
        let accounts = Accounts::fetch(runtime, &weighing, groups)?;
        for &at in groups {
            let group = &weighing.groups[at];
            found.push((group.0.clone(), each(accounts.incident(group), &accounts.told(&group.1))));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    let found = found.into_iter().map(|(_, made)| made).collect();
    let reports = reports(runtime, &weighing.view)?;
    Ok((found, reports))
}

/// Incidents of what was read that fit place and time and are about one of the parties asked about, or about any.
fn own_incidents(runtime: &Runtime, lake: &mut Lake, as_of: &AsOf, which: &Which) -> anyhow::Result<Vec<Incident>> {
    let all = Filter { dataset: Some(None), types: Vec::new(), about: Vec::new(), ..which.filter(Some("event")) };
    let (mut found, _) = incidents(runtime, lake, as_of, &all, |incident, _| incident)?;
    if !which.about().is_empty() {
        let about = |id: &PartyId| which.about().iter().any(|asked| id.is_within(asked));
        found.retain(|incident: &Incident| {
            let parties = incident.actor.iter().chain(&incident.recipient);
            parties.flat_map(|p| p.id.iter().chain(&p.acts_as)).any(about)
        });
    }
    Ok(found)
}

/// Every document as of then.
pub fn reports(runtime: &Runtime, view: &View) -> anyhow::Result<Vec<Report>> {
    let rows = runtime.block_on(view.reports())?;
    rows.into_iter()
        .map(|row| {
            Ok(Report {
                id: DocumentId::try_from(row.id)?,
                publisher: row.publisher,
                published: row.published.and_then(|p| p.parse::<When>().ok()).map(When::date),
                language: row.language,
                copy: row.copy_of.is_some(),
                dataset: row.dataset,
            })
        })
        .collect()
}

fn originals(runtime: &Runtime, view: &View) -> anyhow::Result<HashMap<DocumentId, DocumentId>> {
    let copies = runtime.block_on(view.copies())?;
    let pairs: BTreeMap<String, String> = copies.into_iter().collect();
    pairs.into_iter().map(|(copy, of)| Ok((DocumentId::try_from(copy)?, DocumentId::try_from(of)?))).collect()
}
