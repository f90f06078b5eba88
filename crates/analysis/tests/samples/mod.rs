//! The claims that the coder found in the bundled sample reports (`data/samples`, invented outlets), each with who published it,
//! and what they come to. The tests of how answers look share them.

use std::collections::{BTreeMap, BTreeSet};

use analysis::incidents::{Constraints, Corpus, NoFacts, account, weigh};
use analysis::{Report, Told};
use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Incident, IncidentId, When};

const CLAIMS: &str = include_str!("../fixtures/samples.claims.jsonl");
const PUBLISHERS: &str = include_str!("../fixtures/samples.publishers.tsv");
/// A report that is near another, word by word.
const COPY: (&str, &str) = ("doc_fe9ec5fcfe2076e7fa12497e", "doc_dc3a3d4aa2e13e99c5364d72");

/// The claims, and the report that was copied.
pub struct Samples {
    claims: Vec<ClaimRecord>,
    original: DocumentId,
}

impl Samples {
    pub fn read() -> Self {
        let claims = CLAIMS.lines().map(|line| serde_json::from_str(line).expect("a claim")).collect();
        Self { claims, original: DocumentId::try_from(COPY.1.to_owned()).expect("an id") }
    }

    pub fn told<'a>(&'a self) -> Vec<Told<'a>> {
        let publishers: BTreeMap<&str, &str> = PUBLISHERS.lines().filter_map(|line| line.split_once('\t')).collect();
        let told = |claim: &'a ClaimRecord| {
            let document = claim.document.as_str();
            let copy_of = (document == COPY.0).then_some(&self.original);
            Told { claim, publisher: publishers.get(document).copied(), copy_of }
        };
        self.claims.iter().map(told).collect()
    }
}

/// The incidents that they make up.
pub fn incidents(told: &[Told]) -> Vec<Incident> {
    let mut corpus = Corpus::default();
    for t in told {
        corpus.add(t.claim, t.copy_of);
    }
    let by_id: BTreeMap<&ClaimId, &Told> = told.iter().map(|t| (&t.claim.id, t)).collect();
    let weighed = weigh(&corpus, &Constraints::default());
    let incident = |claims: &[ClaimId]| -> Incident {
        let of: Vec<Told> = claims.iter().map(|c| *by_id[c]).collect();
        account(IncidentId::of([claims[0].as_str().as_bytes()]), &of, &NoFacts)
    };
    weighed.clusters().map(incident).collect()
}

/// The reports in which they stand.
pub fn reports(told: &[Told]) -> Vec<Report> {
    let mut seen = BTreeSet::new();
    let first = told.iter().filter(|t| seen.insert(&t.claim.document));
    let report = |t: &Told| Report {
        id: t.claim.document.clone(),
        publisher: t.publisher.map(str::to_owned),
        published: t.claim.published.map(When::date),
        language: Some("eng".to_owned()),
        copy: t.copy_of.is_some(),
        dataset: None,
    };
    first.map(report).collect()
}
