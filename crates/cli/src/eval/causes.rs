//! Causal sentences and spans on `CausalNewsCorpus` (V2, dev; its train part trained the tagger of causes).

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::Context;
use coding::causes::score::{Pair, pair, signs_before, untokenised};
use model::document::Metadata;
use model::{Document, Proposition, Span};
use pipeline::{Engine, Worker};

use super::{Prf, Report};

/// Scores a part of the corpus by its two files.
pub fn news(sentences: &Path, pairs: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let worker = Worker::new();
    let mut gold_pairs: BTreeMap<(String, String), Vec<Pair>> = BTreeMap::new();
    for row in rows(pairs)? {
        let (Some(doc), Some(sentence), Some(text)) = (row.get("doc_id"), row.get("sent_id"), row.get("text_w_pairs"))
        else {
            continue;
        };
        gold_pairs.entry((doc.clone(), sentence.clone())).or_default().extend(pair(text));
    }
    let mut report = Report::default();
    let (mut judged, mut coded) = (Prf::default(), Prf::default());
    let (mut exact, mut half) = (Prf::default(), Prf::default());
    for row in rows(sentences)? {
        let (Some(index), Some(text), Some(label)) = (row.get("index"), row.get("text"), row.get("label")) else {
            continue;
        };
        let is_causal = label == "1";
        let doc = Document::new(untokenised(text), Metadata::default());
        let annotated = engine.annotate(&doc, &worker)?;
        let says = engine.coder().causes().is_causal(&annotated.sentences);
        let found: Vec<(Range<usize>, Range<usize>)> = engine
            .code(&doc, &annotated)
            .iter()
            .filter_map(|claim| match &claim.proposition {
                Proposition::Cause { cause, effect, .. } => {
                    let range = |s: Span| signs_before(doc.text(), s.start())..signs_before(doc.text(), s.end());
                    Some((range(cause.phrase.span), range(effect.phrase.span)))
                }
                _ => None,
            })
            .collect();
        for (score, says) in [(&mut judged, says), (&mut coded, !found.is_empty())] {
            score.gold += usize::from(is_causal);
            score.found += usize::from(says);
            score.right += usize::from(says && is_causal);
        }
        let mut ids = index.rsplitn(2, '_');
        let (sentence, document) = (ids.next().unwrap_or_default(), ids.next().unwrap_or_default());
        let gold = gold_pairs.get(&(document.to_owned(), sentence.to_owned())).map_or(&[][..], Vec::as_slice);
        for (score, least) in [(&mut exact, 1.0), (&mut half, 0.5)] {
            score.gold += 2 * gold.len();
            score.found += 2 * found.len();
            // Each claim goes with the gold pair that fits it best.
            for (cause, effect) in &found {
                let met = |pair: &Pair| {
                    usize::from(overlap(cause, &pair.cause) >= least)
                        + usize::from(overlap(effect, &pair.effect) >= least)
                };
                score.right += gold.iter().map(met).max().unwrap_or(0);
            }
        }
        report.items.push(format!("{index}\tgold={label}\tjudged={}\tclaims={}", u8::from(says), found.len()));
    }
    report.figure("sentence f1", judged.f1());
    report.figure("sentence precision", judged.precision());
    report.figure("sentence recall", judged.recall());
    report.figure("claims precision", coded.precision());
    report.figure("claims recall", coded.recall());
    report.figure("span f1", exact.f1());
    report.figure("span precision", exact.precision());
    report.figure("span f1, half shared", half.f1());
    report.figure("span precision, half shared", half.precision());
    Ok(report)
}

/// What two ranges share of what they cover together.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let all = a.end.max(b.end) - a.start.min(b.start);
    shared as f64 / all.max(1) as f64
}

fn rows(path: &Path) -> anyhow::Result<Vec<BTreeMap<String, String>>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
    let headers: Vec<String> = reader.headers()?.iter().map(|h| h.trim_start_matches('\u{feff}').to_owned()).collect();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.with_context(|| format!("reading {}", path.display()))?;
        rows.push(headers.iter().cloned().zip(row.iter().map(str::to_owned)).collect());
    }
    Ok(rows)
}
