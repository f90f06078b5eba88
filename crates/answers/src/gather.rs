//! What an answer is made from, fetched from the lake: claims, incidents, and the reports that they stand in.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use analysis::publishers::Publishers;
use analysis::{Grounds, Told};
use lake::Filter;
use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Incident, IncidentId, PartyId, When};

use crate::{Accounts, AnswerError, Desk, Question};

/// So many documents are named in one question to the lake.
const DOCUMENTS_AT_ONCE: usize = 1000;

/// Claims with what their documents say of where they come from.
pub(crate) struct Gathered<'a> {
    /// Each claim with the publication of its document.
    claims: Vec<(ClaimRecord, Option<String>)>,
    /// Near-copies with their originals.
    originals: &'a HashMap<DocumentId, DocumentId>,
    desk: &'a Desk,
}

impl<'a> Gathered<'a> {
    /// Claims that fit the filter and are no rows of data sets, in the order of their ids.
    pub fn claims(desk: &'a Desk, filter: Filter) -> Result<Self, AnswerError> {
        Self::any(desk, vec![filter])
    }

    /// Claims of any kind that name one of the parties that are asked about, or all where none is, and that fit place and
    /// time: what bears on them, and not only what names all of them at once.
    pub fn around(desk: &'a Desk, question: &Question) -> Result<Self, AnswerError> {
        let all = Filter { types: Vec::new(), ..question.filter(None) };
        let filters = if question.about.is_empty() {
            vec![all]
        } else {
            question.about.iter().map(|party| Filter { about: vec![party.clone()], ..all.clone() }).collect()
        };
        Self::any(desk, filters)
    }

    /// All claims of the reports that name one of the parties asked about, or of all reports where none is: "it had been
    /// extended" names nobody, and is about what its report is about.
    pub fn reports_about(desk: &'a Desk, question: &Question) -> Result<Self, AnswerError> {
        let around = Self::around(desk, question)?;
        if question.about.is_empty() {
            return Ok(around);
        }
        let documents: BTreeSet<String> = around.claims.iter().map(|(c, _)| c.document.to_string()).collect();
        let documents: Vec<String> = documents.into_iter().collect();
        let filter = |some: &[String]| Filter { documents: some.to_vec(), ..Filter::default() };
        Self::any(desk, documents.chunks(DOCUMENTS_AT_ONCE).map(filter).collect())
    }

    /// No claims.
    pub fn none(desk: &'a Desk) -> Result<Self, AnswerError> {
        Self::any(desk, Vec::new())
    }

    /// Claims that fit one of the filters.
    fn any(desk: &'a Desk, filters: Vec<Filter>) -> Result<Self, AnswerError> {
        let mut claims = Vec::new();
        for filter in filters {
            let filter = Filter { dataset: Some(None), ..filter };
            let mut answer = desk.handle.block_on(desk.view().unordered(&filter))?;
            while let Some(told) = desk.handle.block_on(answer.told())? {
                claims.extend(told);
            }
        }
        if let Some(care) = desk.care()? {
            for (claim, _) in &mut claims {
                care.claim(claim);
            }
        }
        claims.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        claims.dedup_by(|(a, _), (b, _)| a.id == b.id);
        Ok(Self { claims, originals: desk.originals()?, desk })
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
    pub fn grounds(&self, question: &Question, what: &str) -> Result<Grounds, AnswerError> {
        grounds(self.desk, self.claims.iter().map(|(claim, _)| &claim.document), question, what)
    }

    /// What an answer from those of these claims that are of a kind rests on.
    pub fn grounds_of(&self, question: &Question, what: &str, kind: &str) -> Result<Grounds, AnswerError> {
        let of_kind = self.claims.iter().filter(|(claim, _)| claim.kind == kind);
        grounds(self.desk, of_kind.map(|(claim, _)| &claim.document), question, what)
    }
}

/// How incidents come about, in a sentence.
const METHOD: &str = "Claims of one happening stand side by side, an account a claimant; the dead are given from the lowest \
    to the highest that anybody gives.";

/// What a list, a map or a timeline of incidents rests on.
pub fn grounds_of_incidents(desk: &Desk, question: &Question, shown: usize) -> Result<Grounds, AnswerError> {
    let documents = desk.handle.block_on(desk.view().documents_of(&question.filter(Some("event"))))?;
    let documents: Vec<DocumentId> =
        documents.into_iter().map(DocumentId::try_from).collect::<Result<_, model::id::IdError>>()?;
    let mut grounds = grounds(desk, documents.iter(), question, "incidents")?;
    grounds.incidents = Some(shown);
    METHOD.clone_into(&mut grounds.method);
    Ok(grounds)
}

/// What rests on all claims of the reports about the parties of a question, without looking at what they say.
pub(crate) fn grounds_of_reports(desk: &Desk, question: &Question, what: &str) -> Result<Grounds, AnswerError> {
    let read = |about: Vec<PartyId>| Filter { about, dataset: Some(None), ..Filter::default() };
    let documents_of = |filter: &Filter| desk.handle.block_on(desk.view().documents_of(filter));
    let documents = if question.about.is_empty() {
        documents_of(&read(Vec::new()))?
    } else {
        let mut named = BTreeSet::new();
        for party in &question.about {
            named.extend(documents_of(&read(vec![party.clone()]))?);
        }
        let named: Vec<String> = named.into_iter().collect();
        desk.handle.block_on(desk.view().documents_among(&named))?
    };
    let documents: Vec<DocumentId> =
        documents.into_iter().map(DocumentId::try_from).collect::<Result<_, model::id::IdError>>()?;
    grounds(desk, documents.iter(), question, what)
}

/// Counts what an answer rests on, and names the voices of the states concerned that were not read.
pub(crate) fn grounds<'a>(
    desk: &Desk,
    documents: impl Iterator<Item = &'a DocumentId>,
    question: &Question,
    what: &str,
) -> Result<Grounds, AnswerError> {
    let (reports, as_of) = (desk.reports()?, desk.as_of());
    let mut grounds = Grounds {
        asked: format!("{what}{}", question.words()),
        as_of: as_of.published,
        known_at: as_of.known,
        ..Grounds::default()
    };
    grounds.count(documents, reports);
    let states: BTreeSet<&str> = question.about.iter().map(PartyId::root).collect();
    let publishers = Publishers::embedded();
    let read = desk.publications()?;
    let day = as_of.published.map(When::date);
    grounds.not_read = publishers
        .all()
        .iter()
        .filter(|p| !p.domains.is_empty() && !read.contains(p.id.as_str()))
        .filter(|p| p.at(day).and_then(|t| t.state.as_ref()).is_some_and(|s| states.contains(s.as_str())))
        .map(|p| p.name.clone())
        .collect();
    Ok(grounds)
}

/// Incidents that fit the filter, in the order of their ids. Where the filter asks for what was read or for one data set,
/// only such claims make up the incidents. `each` gets an incident with the claims that it was made of.
pub(crate) fn incidents<T>(
    desk: &Desk,
    filter: &Filter,
    mut each: impl FnMut(Incident, &[Told]) -> T,
) -> Result<Vec<T>, AnswerError> {
    let weighing = desk.weighing()?;
    let own = if filter.dataset.is_some() {
        let own = Filter { kind: Some("event".to_owned()), dataset: filter.dataset.clone(), ..Filter::default() };
        Some(desk.handle.block_on(desk.view().claim_ids(&own))?.into_iter().collect::<HashSet<String>>())
    } else {
        None
    };
    let ids = desk.handle.block_on(desk.view().claim_ids(filter))?;
    let fits: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let is_own = |claim: &ClaimId| own.as_ref().is_none_or(|own| own.contains(claim.as_str()));
    let chosen: Vec<usize> = (0..weighing.groups.len())
        .filter(|&at| weighing.groups[at].1.iter().any(|c| fits.contains(c.as_str()) && is_own(c)))
        .collect();
    let mut found: Vec<(IncidentId, T)> = Vec::with_capacity(chosen.len());
    for groups in weighing.portions(&chosen) {
        let accounts = Accounts::of(desk, groups)?;
        for &at in groups {
            let (id, all) = &weighing.groups[at];
            let claims: Cow<[ClaimId]> = match &own {
                None => Cow::Borrowed(all),
                Some(_) => Cow::Owned(all.iter().filter(|c| is_own(c)).cloned().collect()),
            };
            found.push((id.clone(), each(accounts.incident(id, &claims), &accounts.told(&claims))));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found.into_iter().map(|(_, made)| made).collect())
}

/// Incidents of what was read that fit place and time and are about one of the parties asked about, or about any.
pub(crate) fn own_incidents(desk: &Desk, question: &Question) -> Result<Vec<Incident>, AnswerError> {
    let all = Filter { dataset: Some(None), types: Vec::new(), about: Vec::new(), ..question.filter(Some("event")) };
    let mut found = incidents(desk, &all, |incident, _| incident)?;
    if !question.about.is_empty() {
        let about = |id: &PartyId| question.about.iter().any(|asked| id.is_within(asked));
        found.retain(|incident: &Incident| {
            let parties = incident.actor.iter().chain(&incident.recipient);
            parties.flat_map(|p| p.id.iter().chain(&p.acts_as)).any(about)
        });
    }
    Ok(found)
}
