//! Scores article extraction against a benchmark of pages with known texts.
//!
//! The metric is that of the article extraction benchmark of Scrapinghub (evaluate.py, 2019): shingles of four
//! words are counted in both texts; precision and recall of each page are averaged over pages, and F1 is their
//! harmonic mean. A page where nothing is expected or found counts on the side that has shingles.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::Limits;

/// How one page did.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PageScore {
    /// The page's id in the benchmark.
    pub id: String,
    /// Share of what was found that is right; `None` where nothing was found.
    pub precision: Option<f64>,
    /// Share of what was to be found that was; `None` where nothing was to be found.
    pub recall: Option<f64>,
    /// Their harmonic mean.
    pub f1: f64,
}

/// How all pages did.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ExtractionScore {
    /// Mean precision.
    pub precision: f64,
    /// Mean recall.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Each page, by id.
    pub pages: Vec<PageScore>,
}

/// Why a benchmark could not be scored.
#[derive(Debug, thiserror::Error)]
#[error("the benchmark file {path} cannot be read ({why}); it holds ground-truth.json and html/*.html.gz", path = path.display())]
pub struct ScoreError {
    path: PathBuf,
    why: String,
}

/// Scores this crate's extraction on a folder with `ground-truth.json` and `html/ID.html.gz`.
pub fn score_extraction(benchmark: &Path) -> Result<ExtractionScore, ScoreError> {
    #[derive(serde::Deserialize)]
    struct Truth {
        #[serde(rename = "articleBody", default)]
        body: String,
    }
    let fail = |path: &Path, why: &dyn std::fmt::Display| ScoreError { path: path.to_owned(), why: why.to_string() };
    let truth_path = benchmark.join("ground-truth.json");
    let truth = fs::read(&truth_path).map_err(|e| fail(&truth_path, &e))?;
    let truth: BTreeMap<String, Truth> = serde_json::from_slice(&truth).map_err(|e| fail(&truth_path, &e))?;
    let mut pages = Vec::new();
    for (id, truth) in truth {
        let path = benchmark.join("html").join(format!("{id}.html.gz"));
        let file = fs::File::open(&path).map_err(|e| fail(&path, &e))?;
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).map_err(|e| fail(&path, &e))?;
        let html = crate::decode::decode(&bytes, None, true).text;
        let found = crate::article_text(&html, &Limits::default());
        pages.push(page_score(id, &truth.body, &found));
    }
    let mean = |of: fn(&PageScore) -> Option<f64>| {
        let all: Vec<f64> = pages.iter().filter_map(of).collect();
        if all.is_empty() { 0.0 } else { all.iter().sum::<f64>() / all.len() as f64 }
    };
    let (precision, recall) = (mean(|p| p.precision), mean(|p| p.recall));
    Ok(ExtractionScore { precision, recall, f1: harmonic(precision, recall), pages })
}

/// Scores one text against what was to be found.
pub fn page_score(id: String, expected: &str, found: &str) -> PageScore {
    let (expected, found) = (shingles(expected), shingles(found));
    let right: usize = expected.iter().map(|(shingle, n)| (*n).min(found.get(shingle).copied().unwrap_or(0))).sum();
    let (of_expected, of_found) = (expected.values().sum::<usize>(), found.values().sum::<usize>());
    let share = |whole: usize| (whole > 0).then(|| right as f64 / whole as f64);
    let (precision, recall) = (share(of_found), share(of_expected));
    let f1 = harmonic(precision.unwrap_or(0.0), recall.unwrap_or(0.0));
    PageScore { id, precision, recall, f1 }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

/// Shingles of four words with their counts; a shorter text is one shingle.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let words: Vec<&str> = text.split(|c| !is_word(c)).filter(|w| !w.is_empty()).collect();
    let mut counts = HashMap::new();
    if words.is_empty() {
        return counts;
    }
    for shingle in words.windows(4.min(words.len())) {
        *counts.entry(shingle.to_vec()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_as_the_benchmark_does() {
        let score = page_score("x".to_owned(), "a b c d e", "a b c d e f");
        assert_eq!((score.precision, score.recall), (Some(2.0 / 3.0), Some(1.0)));
        assert_eq!(page_score("x".to_owned(), "a b", "").recall, Some(0.0));
        assert_eq!(page_score("x".to_owned(), "a b", "").precision, None);
    }
}
