//! PLOVER event types of sentences, on rows of (sentence, source, target, type): the types coded in a
//! sentence against those that the rows give it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use model::document::Metadata;
use model::{Document, EventType, Proposition};
use pipeline::{Engine, Worker};

use super::{Prf, Report};

/// Scores `PLV_train.tsv`. Micro figures over sentences; a type coded twice in one sentence counts once.
pub fn plover(path: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut lines = content.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        header.iter().position(|h| *h == name).with_context(|| format!("no column {name} in {}", path.display()))
    };
    let (id_at, sentence_at, gold_at) = (column("sentence_id")?, column("sentence")?, column("gold_root")?);
    let mut sentences: BTreeMap<String, (String, BTreeSet<EventType>)> = BTreeMap::new();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(sentence), Some(gold)) = (fields.get(id_at), fields.get(sentence_at), fields.get(gold_at))
        else {
            continue;
        };
        let Ok(gold) = gold.trim().to_uppercase().parse::<EventType>() else { continue };
        sentences.entry((*sentence).to_owned()).or_insert_with(|| ((*id).to_owned(), BTreeSet::new())).1.insert(gold);
    }
    let worker = Worker::new();
    let mut report = Report::default();
    let mut all = Prf::default();
    let mut quads = Prf::default();
    let mut by_type: BTreeMap<EventType, Prf> = BTreeMap::new();
    for (sentence, (id, gold)) in &sentences {
        let doc = Document::new(sentence.clone(), Metadata::default());
        let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
        let found: BTreeSet<EventType> = claims
            .iter()
            .filter_map(|c| match c.proposition {
                Proposition::Event(event, _) => Some(event),
                _ => None,
            })
            .collect();
        for event in EventType::ALL {
            let counts = by_type.entry(*event).or_default();
            let (is_found, is_gold) = (found.contains(event), gold.contains(event));
            for prf in [counts, &mut all] {
                prf.found += usize::from(is_found);
                prf.gold += usize::from(is_gold);
                prf.right += usize::from(is_found && is_gold);
            }
        }
        let quad_found: BTreeSet<u8> = found.iter().map(|e| quad(*e)).collect();
        let quad_gold: BTreeSet<u8> = gold.iter().map(|e| quad(*e)).collect();
        quads.found += quad_found.len();
        quads.gold += quad_gold.len();
        quads.right += quad_found.intersection(&quad_gold).count();
        let names = |set: &BTreeSet<EventType>| set.iter().map(|e| e.as_str()).collect::<Vec<_>>().join("+");
        report.items.push(format!("{id}\tgold={}\tcoded={}", names(gold), names(&found)));
    }
    report.figure("precision", all.precision());
    report.figure("recall", all.recall());
    report.figure("f1", all.f1());
    report.figure("quad_f1", quads.f1());
    let classes: Vec<f64> = by_type.values().filter(|p| p.gold > 0).map(|p| p.f1()).collect();
    report.figure("macro_f1", classes.iter().sum::<f64>() / classes.len().max(1) as f64);
    for (event, prf) in &by_type {
        report.details.push(format!(
            "{:<10} P {:.3} R {:.3} F1 {:.3} (gold {}, coded {})",
            event.as_str(),
            prf.precision(),
            prf.recall(),
            prf.f1(),
            prf.gold,
            prf.found
        ));
    }
    Ok(report)
}

/// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
fn quad(event: EventType) -> u8 {
    match event {
        EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => 1,
        EventType::Cooperate | EventType::Aid | EventType::Retreat => 2,
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => 3,
        EventType::Protest | EventType::Sanction | EventType::Mobilize | EventType::Coerce | EventType::Assault => 4,
    }
}
