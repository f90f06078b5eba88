//! What is counted over time: incidents of what was read, and rows of data sets, each source apart.

use std::collections::HashMap;

use analysis::Grounds;
use analysis::changes::{Denial, Dispute};
use analysis::series::Gathered;
use lake::Filter;
use model::{Dataset, DocumentId};

use crate::ledger::Own;
use crate::{AnswerError, Desk, Question, gather};

/// A source of events that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The incidents of the reports that were read.
    Own,
    /// Rows of a data set.
    Set(Dataset),
}

impl std::str::FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "own" {
            return Ok(Self::Own);
        }
        text.parse().map(Self::Set).map_err(|e| format!("{e}; or own"))
    }
}

/// Rows of every source that is asked for, with the documents that they rest on.
pub(crate) struct Rows {
    /// What is counted and what is not.
    pub gathered: Gathered,
    /// Incidents that are disputed.
    pub disputes: Vec<Dispute>,
    /// Claims that deny.
    pub denials: Vec<Denial>,
    documents: HashMap<DocumentId, usize>,
    incidents: usize,
}

impl Rows {
    /// Fetches them; of all sources that the lake holds where none is named.
    pub fn fetch(desk: &Desk, question: &Question, sources: &[Source]) -> Result<Self, AnswerError> {
        let mut rows = Self {
            gathered: Gathered::default(),
            disputes: Vec::new(),
            denials: Vec::new(),
            documents: HashMap::new(),
            incidents: 0,
        };
        let reports = desk.reports()?;
        let asked = |source: Source| sources.is_empty() || sources.contains(&source);
        for set in Dataset::ALL.into_iter().filter(|set| asked(Source::Set(*set))) {
            if !reports.iter().any(|r| r.dataset.as_deref() == Some(set.as_str())) {
                continue;
            }
            let filter = Filter { dataset: Some(Some(set.as_str().to_owned())), ..question.filter(Some("event")) };
            let mut answer = desk.handle.block_on(desk.view().unordered(&filter))?;
            while let Some(claims) = desk.handle.block_on(answer.claims())? {
                for claim in &claims {
                    rows.gathered.row(claim);
                    *rows.documents.entry(claim.document.clone()).or_default() += 1;
                }
            }
        }
        if asked(Source::Own) && reports.iter().any(|r| r.dataset.is_none()) {
            rows.read(desk, question)?;
        }
        Ok(rows)
    }

    /// Takes in the incidents of what was read, and what is denied.
    fn read(&mut self, desk: &Desk, question: &Question) -> Result<(), AnswerError> {
        let events = Filter { dataset: Some(None), ..question.filter(Some("event")) };
        let Self { gathered, disputes, documents, incidents, .. } = self;
        let mut take = |own: &Own| {
            gathered.take(own.counted.clone());
            disputes.extend(own.dispute.clone());
            *incidents += 1;
            for document in &own.documents {
                *documents.entry(document.clone()).or_default() += 1;
            }
        };
        // Where every incident is held, those asked for are picked out; else they are fetched.
        if let Some(entries) = desk.known_entries() {
            let mut chosen = desk.weighing()?.chosen(&desk.handle, desk.view(), &events)?;
            let ranks = desk.ranks()?;
            chosen.sort_unstable_by_key(|&at| ranks[at]);
            chosen.into_iter().filter_map(|at| entries[at].own.as_ref()).for_each(take);
        } else {
            gather::incidents(desk, &events, |incident, told| Own::accounted(&incident, told))?
                .iter()
                .for_each(&mut take);
        }
        let denying = Filter { attitudes: vec![model::Attitude::Denies.to_string()], ..question.filter(None) };
        let plain = Filter { statuses: vec![model::Status::DidNotOccur.to_string()], ..question.filter(None) };
        for filter in [denying, plain] {
            let gathered = gather::Gathered::claims(desk, filter)?;
            self.denials.extend(gathered.told().iter().filter_map(Denial::of));
        }
        self.denials.sort_by(|a, b| a.claim.cmp(&b.claim));
        self.denials.dedup_by(|a, b| a.claim == b.claim);
        Ok(())
    }

    /// What an answer from these rows rests on.
    pub fn grounds(&self, desk: &Desk, question: &Question, what: &str) -> Result<Grounds, AnswerError> {
        let documents = self.documents.iter().flat_map(|(id, n)| std::iter::repeat_n(id, *n));
        let mut grounds = gather::grounds(desk, documents, question, what)?;
        grounds.incidents = (self.incidents > 0).then_some(self.incidents);
        grounds.caveats.extend(self.gathered.left_out.sentences());
        Ok(grounds)
    }
}
