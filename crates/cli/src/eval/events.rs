//! PLOVER event types of sentences, on rows of (sentence, source, target, type): the types coded in a
//! sentence against those that the rows give it; types with their parties; and, with source and target given, the
//! type that the coder ranks first.
//!
//! The rows have 15 types, YIELD in place of CONCEDE and RETREAT: both are scored as YIELD. What is only the content
//! of another event claim ("accused of attacking", "will release") is no second happening and is not counted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use coding::catalogue::{self, Catalogue};
use model::document::Metadata;
use model::{Claim, Document, EventType, Party, Proposition, Rel, Span};
use pipeline::{Engine, Worker};

use super::{Prf, Report};

/// One row: a pair of parties in a sentence, and the type that holds between them. Some rows mark one party only.
struct Row {
    source: Option<Span>,
    target: Option<Span>,
    gold: &'static str,
}

/// A sentence with its rows.
struct Item {
    id: String,
    doc: Document,
    rows: Vec<Row>,
}

fn read(path: &Path) -> anyhow::Result<Vec<Item>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut lines = content.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        header.iter().position(|h| *h == name).with_context(|| format!("no column {name} in {}", path.display()))
    };
    let (id_at, sentence_at) = (column("sentence_id")?, column("sentence")?);
    let (marked_at, gold_at) = (column("marked_sentence")?, column("gold_root")?);
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(sentence), Some(marked), Some(gold)) =
            (fields.get(id_at), fields.get(sentence_at), fields.get(marked_at), fields.get(gold_at))
        else {
            continue;
        };
        let gold = gold.trim().to_uppercase();
        let Some(gold) = (if gold == "YIELD" { Some("YIELD") } else { gold.parse().ok().map(root) }) else { continue };
        let item = items.entry((*sentence).to_owned()).or_insert_with(|| Item {
            id: (*id).to_owned(),
            doc: Document::new((*sentence).to_owned(), Metadata::default()),
            rows: Vec::new(),
        });
        let source = marked_span(marked, "s", item.doc.text());
        let target = marked_span(marked, "t", item.doc.text());
        item.rows.push(Row { source, target, gold });
    }
    Ok(items.into_values().collect())
}

/// Where `<s>…</s>` stands in the sentence without marks.
fn marked_span(marked: &str, tag: &str, sentence: &str) -> Option<Span> {
    let plain = |part: &str| ["<s>", "</s>", "<t>", "</t>"].iter().fold(part.to_owned(), |p, m| p.replace(m, ""));
    let start = marked.find(&format!("<{tag}>"))?;
    let end = marked.find(&format!("</{tag}>"))?;
    let (before, upto) = (plain(marked.get(..start)?), plain(marked.get(..end)?));
    Span::new(sentence, before.len(), upto.trim_end().len()).ok()
}

/// Scores `PLV_train.tsv`. Micro figures over sentences; a type coded twice in one sentence counts once.
pub fn plover(path: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let items = read(path)?;
    let worker = Worker::new();
    let mut report = Report::default();
    let mut all = Prf::default();
    let mut quads = Prf::default();
    let mut by_type: BTreeMap<&str, Prf> = BTreeMap::new();
    let mut ranked: BTreeMap<&str, Prf> = BTreeMap::new();
    let (mut rows, mut with_parties, mut first) = (0usize, 0usize, 0usize);
    for item in &items {
        let annotated = engine.annotate(&item.doc, &worker)?;
        let claims = engine.code(&item.doc, &annotated);
        let events: Vec<(&Claim, &str)> = claims.iter().filter_map(|c| Some((c, event(c)?))).collect();
        let found: BTreeSet<&str> = events.iter().filter(|(c, _)| !is_content(c, &claims)).map(|(_, t)| *t).collect();
        let gold: BTreeSet<&str> = item.rows.iter().map(|r| r.gold).collect();
        for event in found.union(&gold) {
            let (is_found, is_gold) = (found.contains(event), gold.contains(event));
            for prf in [by_type.entry(event).or_default(), &mut all] {
                prf.found += usize::from(is_found);
                prf.gold += usize::from(is_gold);
                prf.right += usize::from(is_found && is_gold);
            }
        }
        let quads_of = |types: &BTreeSet<&str>| types.iter().map(|t| quad(t)).collect::<BTreeSet<u8>>();
        let (quad_found, quad_gold) = (quads_of(&found), quads_of(&gold));
        quads.found += quad_found.len();
        quads.gold += quad_gold.len();
        quads.right += quad_found.intersection(&quad_gold).count();
        let mut ranks = Vec::new();
        for row in &item.rows {
            rows += 1;
            let met = events.iter().any(|(c, t)| *t == row.gold && has_parties(c, row, item.doc.text()));
            with_parties += usize::from(met);
            let Some(one) = row.source.or(row.target) else { continue };
            let (source, target) = (row.source.unwrap_or(one), row.target.unwrap_or(one));
            let best = engine.coder().rank(&item.doc, &annotated, source, target);
            let best = best.first().map_or("", |(event, _)| root(*event));
            first += usize::from(best == row.gold);
            ranks.push(best);
            for (label, prf) in [(best, 0), (row.gold, 1)] {
                let counts = ranked.entry(label).or_default();
                if prf == 0 { counts.found += 1 } else { counts.gold += 1 }
            }
            if best == row.gold {
                ranked.entry(best).or_default().right += 1;
            }
        }
        let names = |set: &BTreeSet<&str>| set.iter().copied().collect::<Vec<_>>().join("+");
        report.items.push(format!(
            "{}\tgold={}\tcoded={}\tranked={}",
            item.id,
            names(&gold),
            names(&found),
            ranks.join("+")
        ));
    }
    report.figure("precision", all.precision());
    report.figure("recall", all.recall());
    report.figure("f1", all.f1());
    report.figure("quad_f1", quads.f1());
    report.figure("quad_recall", quads.recall());
    report.figure("macro_f1", macro_f1(&by_type));
    report.figure("type_with_parties", with_parties as f64 / rows.max(1) as f64);
    report.figure("given_parties_macro_f1", macro_f1(&ranked));
    report.figure("given_parties_accuracy", first as f64 / rows.max(1) as f64);
    report.details.push(format!("{:.2} event types a sentence", all.found as f64 / items.len().max(1) as f64));
    for (event, prf) in &by_type {
        let given = ranked.get(event).copied().unwrap_or_default();
        report.details.push(format!(
            "{event:<10} P {:.3} R {:.3} F1 {:.3} (gold {}, coded {}); parties given F1 {:.3}",
            prf.precision(),
            prf.recall(),
            prf.f1(),
            prf.gold,
            prf.found,
            given.f1()
        ));
    }
    Ok(report)
}

fn macro_f1(classes: &BTreeMap<&str, Prf>) -> f64 {
    let scores: Vec<f64> = classes.values().filter(|p| p.gold > 0).map(|p| p.f1()).collect();
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

fn event(claim: &Claim) -> Option<&'static str> {
    match claim.proposition {
        Proposition::Event(event, _) => Some(root(event)),
        _ => None,
    }
}

/// The type in the rows' terms.
fn root(event: EventType) -> &'static str {
    match event {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.as_str(),
    }
}

/// Whether a claim is the content of another event claim.
fn is_content(claim: &Claim, claims: &[Claim]) -> bool {
    claim.links.iter().any(|l| {
        l.rel == Rel::ContentOf && claims.iter().any(|o| l.claim.as_ref() == Some(&o.id) && event(o).is_some())
    })
}

/// Whether a claim's parties are the row's: by the words they stand on, or by their id in the catalogue.
fn has_parties(claim: &Claim, row: &Row, text: &str) -> bool {
    let is = |parties: &[Party], at: Option<Span>| {
        let Some(at) = at else { return true };
        let context = catalogue::Context { date: None, countries: &[] };
        let wanted = Catalogue::embedded().resolve(at.of(text), &context).and_then(|r| r.id);
        parties.iter().any(|p| {
            p.span.is_some_and(|s| s.start() < at.end() && at.start() < s.end()) || (p.id.is_some() && p.id == wanted)
        })
    };
    let other = if claim.reciprocal { &claim.actor } else { &claim.recipient };
    is(&claim.actor, row.source) && is(other, row.target)
}

/// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. YIELD, which
/// joins a verbal and a material type, is counted with the verbal one, found and gold alike.
fn quad(event: &str) -> u8 {
    match event {
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => 4,
        "COOPERATE" | "AID" => 2,
        _ => 1,
    }
}
