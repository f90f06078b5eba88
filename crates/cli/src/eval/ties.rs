//! Ties on re3d (98 documents on Syria and Iraq): pairs of parties that fight, belong, or stand by one another.
//!
//! Only pairs of persons, organisations and nationalities are asked for. The gold data marks some pairs and not all, so
//! that precision is a lower bound. Half of the documents (by a hash of
//! their ids) is for development, the other half is the test.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use model::document::Metadata;
use model::{Claim, Document, EventType, Party, Proposition, Span, TieType};
use pipeline::{Engine, Worker};
use serde::Deserialize;

use super::{Prf, Report};

/// Relations that its annotators doubted are left out.
const SURE: f64 = 0.5;

const GROUPS: [&str; 3] = ["hostility", "membership", "support"];

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entity {
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    document_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relation {
    source_begin: usize,
    source_end: usize,
    target_begin: usize,
    target_end: usize,
    #[serde(rename = "type")]
    kind: String,
    document_id: String,
    confidence: f64,
}

/// Whether a document is in the half for development (FNV-1a of its id, even).
pub fn is_development(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32) % 2 == 0
}

/// Scores all folders.
pub fn re3d(folder: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let worker = Worker::new();
    let mut report = Report::default();
    let mut scores = [[Prf::default(); 3]; 2];
    let mut recalled = [[0_usize; 3]; 2];
    let mut folders: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    folders.sort();
    for source in folders.iter().filter(|p| p.join("relations.json").exists()) {
        let documents: Vec<Text> = lines(&source.join("documents.json"))?;
        let relations: Vec<Relation> = lines(&source.join("relations.json"))?;
        let entities: Vec<Entity> = lines(&source.join("entities.json"))?;
        // Buildings, tanks and towns are related in the gold data too, and are no parties.
        let is_party = |doc: &str, begin: usize, end: usize| {
            entities.iter().any(|e| {
                e.document_id == doc
                    && (e.begin, e.end) == (begin, end)
                    && matches!(e.kind.as_str(), "Organisation" | "Person" | "Nationality")
            })
        };
        for text in documents {
            let half = usize::from(!is_development(&text.id));
            let doc = Document::new(text.text.clone(), Metadata::default());
            let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
            let bytes = byte_offsets(doc.text());
            let at = |i: usize| bytes.get(i).copied().unwrap_or(doc.text().len());
            let gold: Vec<(usize, Span, Span)> = relations
                .iter()
                .filter(|r| r.document_id == text.id && r.confidence >= SURE)
                .filter(|r| {
                    is_party(&text.id, r.source_begin, r.source_end) && is_party(&text.id, r.target_begin, r.target_end)
                })
                .filter_map(|r| {
                    let source = Span::new(doc.text(), at(r.source_begin), at(r.source_end)).ok()?;
                    let target = Span::new(doc.text(), at(r.target_begin), at(r.target_end)).ok()?;
                    Some((gold_group(&r.kind)?, source, target))
                })
                .collect();
            let found: Vec<(usize, Span, Span)> = claims.iter().flat_map(pairs).collect();
            let same = |a: &(usize, Span, Span), b: &(usize, Span, Span)| {
                a.0 == b.0 && (a.1.overlaps(b.1) && a.2.overlaps(b.2) || a.1.overlaps(b.2) && a.2.overlaps(b.1))
            };
            let mut row = String::new();
            for (group, score) in scores[half].iter_mut().enumerate() {
                let of = |all: &[(usize, Span, Span)]| all.iter().filter(|p| p.0 == group).copied().collect::<Vec<_>>();
                let (gold, found) = (of(&gold), of(&found));
                let met = gold.iter().filter(|g| found.iter().any(|f| same(g, f))).count();
                let right = found.iter().filter(|f| gold.iter().any(|g| same(g, f))).count();
                let _ = write!(row, "\t{}={met}/{} of {right}/{}", GROUPS[group], gold.len(), found.len());
                // Several ways of telling one gold pair count once for recall, each for precision.
                score.right += right;
                score.found += found.len();
                score.gold += gold.len();
                recalled[half][group] += met;
            }
            report.items.push(format!("{}\t{}{row}", text.id, if half == 0 { "dev" } else { "test" }));
        }
    }
    for (half, name) in [(1, "test"), (0, "dev")] {
        for (group, score) in scores[half].iter().enumerate() {
            let kind = GROUPS[group];
            report.figure(&format!("{name} {kind} precision"), score.precision());
            report.figure(&format!("{name} {kind} recall"), recalled[half][group] as f64 / score.gold.max(1) as f64);
        }
    }
    Ok(report)
}

fn gold_group(kind: &str) -> Option<usize> {
    match kind {
        "FightingAgainst" => Some(0),
        "BelongsTo" | "InChargeOf" => Some(1),
        "AlliesOf" | "Likes" => Some(2),
        _ => None,
    }
}

/// The pairs of parties that a claim sets in relation.
fn pairs(claim: &Claim) -> Vec<(usize, Span, Span)> {
    let group = match claim.proposition {
        Proposition::Event(EventType::Assault, _) | Proposition::Tie(TieType::HostileTo) => 0,
        Proposition::Tie(TieType::MemberOf | TieType::Leads | TieType::Commands) => 1,
        Proposition::Tie(
            TieType::AlliedWith | TieType::Supports | TieType::Arms | TieType::Funds | TieType::Harbours,
        )
        | Proposition::Event(EventType::Support | EventType::Aid | EventType::Cooperate, _) => 2,
        _ => return Vec::new(),
    };
    let spans = |parties: &[Party]| parties.iter().filter_map(|p| p.span).collect::<Vec<_>>();
    let (actors, recipients) = (spans(&claim.actor), spans(&claim.recipient));
    if claim.reciprocal {
        return actors
            .iter()
            .enumerate()
            .flat_map(|(i, &a)| actors[i + 1..].iter().map(move |&b| (group, a, b)))
            .collect();
    }
    actors.iter().flat_map(|&a| recipients.iter().map(move |&b| (group, a, b))).collect()
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> anyhow::Result<Vec<T>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    content
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).with_context(|| format!("reading {}", path.display())))
        .collect()
}

/// Byte offset of every sign, the gold data counting signs.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, _)| i).chain(std::iter::once(text.len())).collect()
}
