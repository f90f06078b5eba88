//! What an answer rests on: which claims of which reports, as of when, and what was not read. Every answer carries it.
//!
//! An account made from reports is as good as the reports: who was read, in which languages, and who was not, stands
//! beside each number.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{DocumentId, When};
use serde::Serialize;

/// A document that the lake holds, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: DocumentId,
    /// Who published it; `None` where it does not say.
    pub publisher: Option<String>,
    /// The day on which it was published.
    pub published: Option<Date>,
    /// ISO 639-3 code of its language.
    pub language: Option<String>,
    /// Whether it is a near-copy of another.
    pub copy: bool,
    /// The data set of which it holds rows; `None` for a report that was read.
    pub dataset: Option<String>,
}

/// What an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Grounds {
    /// What was asked, in words: parties, place, period.
    pub asked: String,
    /// Only what was published by then.
    pub as_of: Option<When>,
    /// Only what the lake had recorded by then.
    pub known_at: Option<When>,
    /// Claims that went in.
    pub claims: usize,
    /// Incidents that went in, where the answer is about incidents.
    pub incidents: Option<usize>,
    /// Reports of which at least one claim went in, near-copies left out.
    pub reports: usize,
    /// Near-copies among the reports.
    pub copies: usize,
    /// Data sets of others, with the number of their rows that went in.
    pub datasets: BTreeMap<String, usize>,
    /// First and last day on which these reports were published.
    pub published: Option<(Date, Date)>,
    /// Publishers with the number of their reports, near-copies left out.
    pub publishers: BTreeMap<String, usize>,
    /// Reports that name no publisher.
    pub unnamed: usize,
    /// Languages of the reports, with their numbers; `?` where it was not told.
    pub languages: BTreeMap<String, usize>,
    /// Publications of the countries concerned, known to the table of publishers, of which no report was read.
    pub not_read: Vec<String>,
    /// How the answer was reached, in a sentence or two.
    pub method: String,
    /// What the answer cannot say, in sentences.
    pub caveats: Vec<String>,
}

impl Grounds {
    /// Counts the reports in which the claims stand: `claims` gives the document of each claim that went in.
    pub fn count<'a>(&mut self, claims: impl IntoIterator<Item = &'a DocumentId>, reports: &[Report]) {
        let known: BTreeMap<&DocumentId, &Report> = reports.iter().map(|r| (&r.id, r)).collect();
        let mut used: BTreeSet<&DocumentId> = BTreeSet::new();
        for document in claims {
            self.claims += 1;
            if let Some(dataset) = known.get(document).and_then(|r| r.dataset.as_ref()) {
                *self.datasets.entry(dataset.clone()).or_default() += 1;
            } else {
                used.insert(document);
            }
        }
        let mut days: Option<(Date, Date)> = self.published;
        for report in used.iter().filter_map(|id| known.get(id)) {
            if let Some(day) = report.published {
                let (first, last) = days.unwrap_or((day, day));
                days = Some((first.min(day), last.max(day)));
            }
            let language = report.language.clone().unwrap_or_else(|| "?".to_owned());
            *self.languages.entry(language).or_default() += 1;
            if report.copy {
                self.copies += 1;
                continue;
            }
            self.reports += 1;
            match &report.publisher {
                Some(publisher) => *self.publishers.entry(publisher.clone()).or_default() += 1,
                None => self.unnamed += 1,
            }
        }
        self.published = days;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(name: &str, publisher: Option<&str>, day: &str, copy: bool, dataset: Option<&str>) -> Report {
        Report {
            id: DocumentId::of([name.as_bytes()]),
            publisher: publisher.map(str::to_owned),
            published: day.parse().ok(),
            language: Some("eng".to_owned()),
            copy,
            dataset: dataset.map(str::to_owned),
        }
    }

    #[test]
    fn copies_and_rows_are_no_reports() {
        let reports = [
            report("a", Some("Frontier Wire"), "2025-10-15", false, None),
            report("b", Some("Indus Ledger"), "2025-10-16", true, None),
            report("c", None, "2025-10-14", false, None),
            report("rows", Some("UCDP"), "2025-01-01", false, Some("ged")),
            report("unused", Some("Kabul Lantern"), "2025-10-01", false, None),
        ];
        let claims = [&reports[0], &reports[0], &reports[1], &reports[2], &reports[3], &reports[3]];
        let mut grounds = Grounds::default();
        grounds.count(claims.into_iter().map(|r| &r.id), &reports);
        assert_eq!((grounds.claims, grounds.reports, grounds.copies, grounds.unnamed), (6, 2, 1, 1));
        assert_eq!(grounds.datasets, BTreeMap::from([("ged".to_owned(), 2)]));
        assert_eq!(grounds.publishers, BTreeMap::from([("Frontier Wire".to_owned(), 1)]));
        let days = grounds.published.map(|(a, b)| (a.to_string(), b.to_string()));
        assert_eq!(days, Some(("2025-10-14".to_owned(), "2025-10-16".to_owned())));
    }
}
