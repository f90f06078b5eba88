//! Rows gathered from records of all kinds, and how many of them are left out, by reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::record::ClaimRecord;
use model::{Incident, Text};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::counted::{Counted, NotCounted, Source};
use crate::incidents::independence::{PublisherFacts, Told};

/// How many records are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// By reason, without rows whose terms keep them out.
    pub reasons: BTreeMap<NotCounted, usize>,
    /// Rows whose terms keep them out, by data set.
    pub restricted: BTreeMap<Text, usize>,
}

/// Rows to count.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// What is counted; what is held elsewhere, too, is shared with it.
    pub rows: Vec<Arc<Counted>>,
    /// What is not.
    pub left_out: LeftOut,
    /// Where each row of a release stands, by its key.
    keys: FxHashMap<(Source, Text), usize>,
}

impl Gathered {
    /// What is counted, row by row.
    pub fn rows(&self) -> impl Iterator<Item = &Counted> + Clone {
        self.rows.iter().map(AsRef::as_ref)
    }

    /// Takes in an incident with all of its claims.
    pub fn incident(&mut self, incident: &Incident, told: &[Told], facts: &dyn PublisherFacts) {
        self.take(Counted::of_incident(incident, told, facts).map(Arc::new));
    }

    /// Takes in a claim of a text by itself.
    pub fn claim(&mut self, told: &Told) {
        self.take(Counted::of_claim(told).map(Arc::new));
    }

    /// Takes in an imported row. Files overlap: of one key of one release, the claim with the lowest id counts.
    pub fn row(&mut self, claim: &ClaimRecord) {
        let counted = Counted::of_row(claim).map(Arc::new);
        let (Ok(counted), Some(row)) = (&counted, &claim.row) else { return self.take(counted) };
        let key = (counted.source.clone(), row.key.clone());
        let Some(&at) = self.keys.get(&key) else {
            self.keys.insert(key, self.rows.len());
            return self.rows.push(Arc::clone(counted));
        };
        if counted.id < self.rows[at].id {
            self.rows[at] = Arc::clone(counted);
        }
        self.take(Err(NotCounted::Repeated));
    }

    /// Takes in what was made into a row before, or why it was not.
    pub fn take(&mut self, counted: Result<Arc<Counted>, NotCounted>) {
        match counted {
            Ok(row) => self.rows.push(row),
            Err(NotCounted::Restricted(dataset)) => *self.left_out.restricted.entry(dataset).or_default() += 1,
            Err(reason) => *self.left_out.reasons.entry(reason).or_default() += 1,
        }
    }
}

impl LeftOut {
    /// What is left out, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let restricted = self.restricted.iter().map(|(dataset, n)| {
            format!("{n} rows of {dataset} are left out, since its terms keep them out of answers.")
        });
        let reasons = self.reasons.iter().map(|(reason, n)| format!("{n} left out: {}.", reason.words()));
        restricted.chain(reasons).collect()
    }
}
