//! Whether a coded attack stands where the key says: MUC-3/4's development reports, of which the first claim of an
//! ASSAULT is asked for its place, and the keys' "INCIDENT: LOCATION" for theirs.
//!
//! Reports whose keys have no location are left out; those of the keys 0601 to 0700 that are missing fall out so.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use coding::gazetteer::{EntryKind, Gazetteer, key};
use model::document::Metadata;
use model::{Document, EventType, Place, Proposition};
use pipeline::{Engine, Worker};

use super::Report;

/// Every so many reports are read: all of them would take long and tell no more.
const EVERY: usize = 4;

/// Codes the reports below `folder` and compares.
pub fn measure(folder: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut keys: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.contains("dev-") {
            continue;
        }
        let content = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let content = String::from_utf8_lossy(&content);
        if name.starts_with("key-") { locations(&content, &mut keys) } else { reports(&content, &mut texts) }
    }
    let gazetteer = Gazetteer::embedded();
    let worker = Worker::new();
    let mut report = Report::default();
    let (mut asked, mut coded, mut placed, mut country, mut fine) = (0, 0, 0, 0, 0);
    for (id, wanted) in keys.iter().filter(|(_, w)| !w.is_empty()).step_by(EVERY) {
        let Some(text) = texts.get(id) else { continue };
        asked += 1;
        let doc = Document::new(text.clone(), Metadata::default());
        let claims = engine.code(&doc, &engine.annotate(&doc, &worker)?);
        let attacks: Vec<_> =
            claims.iter().filter(|c| matches!(c.proposition, Proposition::Event(EventType::Assault, _))).collect();
        // The first that says where, as the lead may not.
        let place = attacks.iter().find_map(|c| c.places.first());
        coded += usize::from(!attacks.is_empty());
        let Some(place) = place else {
            report.items.push(format!("{id}\tattacks={}\tplace=none", attacks.len()));
            continue;
        };
        placed += 1;
        let in_country = wanted.iter().any(|w| {
            gazetteer.lookup(&w[0]).iter().any(|e| e.kind == EntryKind::Country && e.country == place.country)
        });
        let in_fine = wanted.iter().any(|w| if w.len() == 1 { in_country } else { agrees(place, &w[1..]) });
        country += usize::from(in_country);
        fine += usize::from(in_fine);
        report.items.push(format!("{id}\tattacks={}\tcountry={in_country}\tplace={in_fine}", attacks.len()));
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    report.figure("placed", share(placed, asked));
    report.figure("country_of_placed", share(country, placed));
    report.figure("place_of_placed", share(fine, placed));
    report.figure("place_of_all", share(fine, asked));
    report.details.push(format!("{asked} reports, {coded} with an attack, {placed} with its place"));
    Ok(report)
}

/// Whether a place is, or lies in, one of these names.
fn agrees(place: &Place, names: &[String]) -> bool {
    let mine = [place.name.as_deref(), place.mention.as_deref(), place.admin2.as_deref(), place.admin1.as_deref()];
    let mine: Vec<String> = mine.into_iter().flatten().flat_map(|n| n.split(", ")).map(key).collect();
    names.iter().any(|n| mine.contains(&key(n)))
}

/// Texts by the number that stands before each.
fn reports(content: &str, texts: &mut BTreeMap<String, String>) {
    let mut at: Option<String> = None;
    for line in content.lines() {
        if let Some(id) = line.strip_prefix("DEV-MUC3-") {
            at = Some(format!("DEV-MUC3-{}", id.get(..4).unwrap_or(id)));
        } else if let Some(id) = &at {
            let text = texts.entry(id.clone()).or_default();
            text.push_str(line.trim());
            text.push('\n');
        }
    }
}

/// Locations by report, from the country down; alternatives each by themselves.
fn locations(content: &str, keys: &mut BTreeMap<String, Vec<Vec<String>>>) {
    let mut id = String::new();
    for line in content.lines() {
        if let Some(rest) = line.strip_prefix("0.  MESSAGE: ID") {
            rest.split_whitespace().next().unwrap_or_default().clone_into(&mut id);
            keys.entry(id.clone()).or_default();
        } else if let Some(rest) = line.strip_prefix("3.  INCIDENT: LOCATION") {
            for one in rest.split(" / ").map(|o| o.trim().trim_start_matches("? ")).filter(|o| o.len() > 2) {
                let chain: Vec<String> = one
                    .split([':', '-'])
                    .map(|part| part.split('(').next().unwrap_or(part).trim().to_owned())
                    .filter(|part| !part.is_empty())
                    .collect();
                if !chain.is_empty() {
                    keys.entry(id.clone()).or_default().push(chain);
                }
            }
        }
    }
}
