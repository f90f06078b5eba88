//! Names of places from raw text, end to end: found, and placed, by the embedded gazetteer and by a full one.

use std::fmt::Write as _;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::Context;
use coding::gazetteer::{DivisionNames, Gazetteer};
use coding::places::score::{ToponymScore, articles, score_raw};
use model::Document;
use model::document::Metadata;
use pipeline::{Engine, Worker};

use super::Report;

/// The corpora that are measured, by file, and whether they mark adjectives and peoples ("Afghan") as well.
const CORPORA: [(&str, bool); 3] = [("GeoVirus.xml", false), ("lgl.xml", false), ("GWN.xml", true)];

/// Reads every article of the corpora below `files` and scores it; `geonames` is where a full gazetteer may lie.
pub fn measure(files: &[PathBuf], geonames: &Path, engine: &Engine) -> anyhow::Result<Report> {
    let full = full(geonames)?;
    let mut gazetteers = vec![("", Gazetteer::embedded())];
    gazetteers.extend(full.as_ref().map(|full| ("_full", full)));
    let worker = Worker::new();
    let mut report = Report::default();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some((_, adjectives)) = CORPORA.iter().find(|(file, _)| *file == name) else { continue };
        let corpus = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let mut totals = vec![ToponymScore::default(); gazetteers.len()];
        let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        for (number, article) in articles(&content).iter().enumerate() {
            let annotated = engine.annotate(&Document::new(article.text.clone(), Metadata::default()), &worker)?;
            let mut row = format!("{corpus}-{number}");
            for (total, (suffix, gazetteer)) in totals.iter_mut().zip(&gazetteers) {
                let scored = score_raw(article, &annotated.sentences, gazetteer, *adjectives);
                write!(
                    row,
                    "\tgold{suffix}={}\tfound={}\texact={}\toverlap={}\tnear={}",
                    scored.gold, scored.found, scored.exact, scored.overlapping, scored.near
                )?;
                total.add(&scored);
            }
            report.items.push(row);
        }
        for (total, (suffix, _)) in totals.iter().zip(&gazetteers) {
            report.figure(&format!("{corpus}{suffix}_exact_f1"), total.exact_f1());
            report.figure(&format!("{corpus}{suffix}_overlap_f1"), total.overlap_f1());
            report.figure(&format!("{corpus}{suffix}_found_within_161_km"), total.within_161_of_found());
            let (precision, recall) = total.overlap();
            report.details.push(format!(
                "{corpus}{suffix}: P {precision:.3} R {recall:.3} (gold {}, found {})",
                total.gold, total.found
            ));
        }
    }
    Ok(report)
}

/// The embedded gazetteer with the dump of `GeoNames` in a folder, if there is one.
fn full(folder: &Path) -> anyhow::Result<Option<Gazetteer>> {
    let find = |name: &str| -> Option<PathBuf> {
        let mut folders = vec![folder.to_owned(), folder.parent()?.join("geonames_admin")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).ok().into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if entry.file_name().to_string_lossy() == name {
                    return Some(path);
                }
            }
        }
        None
    };
    let Some(dump) = find("cities1000.txt") else { return Ok(None) };
    let open =
        |path: &Path| File::open(path).map(BufReader::new).with_context(|| format!("opening {}", path.display()));
    let mut names = DivisionNames::default();
    for path in ["admin1CodesASCII.txt", "admin2Codes.txt"].into_iter().filter_map(find) {
        names.read(open(&path)?)?;
    }
    let mut gazetteer = Gazetteer::new();
    gazetteer.add_geonames(open(&dump)?, &names)?;
    Ok(Some(gazetteer))
}
