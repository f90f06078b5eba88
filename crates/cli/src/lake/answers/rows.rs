//! What is counted over time: incidents of what was read, and rows of data sets, each source apart.

use std::collections::HashMap;

use ::lake::{AsOf, Filter, Lake};
use analysis::changes::{Denial, Dispute};
use analysis::series::Gathered;
use analysis::{Grounds, Report};
use clap::Args;
use model::{Dataset, DocumentId};
use tokio::runtime::Runtime;

use super::super::exchange::dataset;
use super::super::incidents::Known;
use super::super::which::Which;
use super::gather;

/// Which sources are counted.
#[derive(Args)]
pub struct Sources {
    /// Sources to count, each apart: own (the incidents of the reports that were read), ged, gdelt, polecat, icews. All that
    /// the lake holds, if not given.
    #[arg(long = "source", value_name = "SOURCE", value_delimiter = ',', value_parser = source)]
    sources: Vec<Source>,
}

/// A source of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Own,
    Set(Dataset),
}

fn source(text: &str) -> Result<Source, String> {
    if text == "own" { Ok(Source::Own) } else { dataset(text).map(Source::Set) }
}

/// Rows of every source that is asked for, with the documents that they rest on.
pub struct Rows {
    /// What is counted and what is not.
    pub gathered: Gathered,
    /// Incidents that are disputed.
    pub disputes: Vec<Dispute>,
    /// Claims that deny.
    pub denials: Vec<Denial>,
    /// Every report that the lake showed.
    pub reports: Vec<Report>,
    documents: HashMap<DocumentId, usize>,
    incidents: usize,
}

impl Rows {
    /// Fetches them.
    pub fn fetch(
        runtime: &Runtime,
        lake: &mut Lake,
        as_of: &AsOf,
        which: &Which,
        sources: &Sources,
    ) -> anyhow::Result<Self> {
        let view = runtime.block_on(lake.view(as_of))?;
        let reports = gather::reports(runtime, &view)?;
        let mut rows = Self {
            gathered: Gathered::default(),
            disputes: Vec::new(),
            denials: Vec::new(),
            reports,
            documents: HashMap::new(),
            incidents: 0,
        };
        let asked = |source: Source| sources.sources.is_empty() || sources.sources.contains(&source);
        for set in Dataset::ALL.into_iter().filter(|set| asked(Source::Set(*set))) {
            if !rows.reports.iter().any(|r| r.dataset.as_deref() == Some(set.as_str())) {
                continue;
            }
            let filter = Filter { dataset: Some(Some(set.as_str().to_owned())), ..which.filter(Some("event")) };
            let mut answer = runtime.block_on(view.unordered(&filter))?;
            while let Some(claims) = runtime.block_on(answer.claims())? {
                for claim in &claims {
                    rows.gathered.row(claim);
                    *rows.documents.entry(claim.document.clone()).or_default() += 1;
                }
            }
        }
        if asked(Source::Own) && rows.reports.iter().any(|r| r.dataset.is_none()) {
            rows.read(runtime, lake, as_of, which)?;
        }
        Ok(rows)
    }

    /// Takes in the incidents of what was read, and what is denied.
    fn read(&mut self, runtime: &Runtime, lake: &mut Lake, as_of: &AsOf, which: &Which) -> anyhow::Result<()> {
        let events = Filter { dataset: Some(None), ..which.filter(Some("event")) };
        let Self { gathered, disputes, documents, incidents, .. } = self;
        gather::incidents(runtime, lake, as_of, &events, |incident, told| {
            let facts = Known::of(told);
            gathered.incident(&incident, told, &facts);
            disputes.extend(Dispute::of(&incident, told, &facts));
            *incidents += 1;
            for t in told {
                *documents.entry(t.claim.document.clone()).or_default() += 1;
            }
        })?;
        let denying = Filter {
            attitudes: vec![model::Attitude::Denies.to_string()],
            ..Filter { dataset: Some(None), ..which.filter(None) }
        };
        let plain = Filter {
            statuses: vec![model::Status::DidNotOccur.to_string()],
            ..Filter { dataset: Some(None), ..which.filter(None) }
        };
        for filter in [denying, plain] {
            let gathered = gather::Gathered::claims(runtime, lake, as_of, filter)?;
            self.denials.extend(gathered.told().iter().filter_map(Denial::of));
        }
        self.denials.sort_by(|a, b| a.claim.cmp(&b.claim));
        self.denials.dedup_by(|a, b| a.claim == b.claim);
        Ok(())
    }

    /// What an answer from these rows rests on.
    pub fn grounds(&self, as_of: &AsOf, which: &Which, what: &str) -> Grounds {
        let documents = self.documents.iter().flat_map(|(id, n)| std::iter::repeat_n(id, *n));
        let mut grounds = gather::grounds(documents, &self.reports, as_of, which, what);
        grounds.incidents = (self.incidents > 0).then_some(self.incidents);
        grounds.caveats.extend(self.gathered.left_out.sentences());
        grounds
    }
}
