//! The bundled reports as incidents, weighed from their claims.

use std::collections::BTreeMap;

use analysis::incidents::{Constraints, Corpus, NoFacts, account, weigh};
use analysis::{Report, Told};
use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Incident, IncidentId, When};

const CLAIMS: &str = include_str!("../../../analysis/tests/fixtures/samples.claims.jsonl");

/// Claims of the bundled reports. Who published a report is not in its claims.
pub fn claims() -> Vec<ClaimRecord> {
    CLAIMS.lines().map(|line| serde_json::from_str(line).expect("a claim")).collect()
}

/// The reports in which they stand.
pub fn reports(claims: &[ClaimRecord]) -> Vec<Report> {
    let days: BTreeMap<&DocumentId, Option<When>> = claims.iter().map(|c| (&c.document, c.published)).collect();
    let report = |(id, published): (&DocumentId, Option<When>)| Report {
        id: id.clone(),
        publisher: None,
        published: published.map(When::date),
        language: Some("eng".to_owned()),
        copy: false,
        dataset: None,
    };
    days.into_iter().map(report).collect()
}

/// Each incident with its claims.
pub fn each<T>(claims: &[ClaimRecord], mut of: impl FnMut(&Incident, &[Told]) -> T) -> Vec<T> {
    let mut corpus = Corpus::default();
    for claim in claims {
        corpus.add(claim, None);
    }
    let by_id: BTreeMap<&ClaimId, &ClaimRecord> = claims.iter().map(|c| (&c.id, c)).collect();
    let weighed = weigh(&corpus, &Constraints::default());
    let incident = |ids: &[ClaimId]| {
        let told: Vec<Told> = ids.iter().map(|id| Told { claim: by_id[id], publisher: None, copy_of: None }).collect();
        let first = ids.iter().min().expect("a group has claims");
        of(&account(IncidentId::of([first.as_str().as_bytes()]), &told, &NoFacts), &told)
    };
    weighed.clusters().map(incident).collect()
}
