//! The suites: what each needs, and how it is measured.

use std::path::{Path, PathBuf};

use pipeline::{Engine, Worker};
use text::score::{self, Casing};

use super::gold::Table;
use super::{
    Report, causes, confidence, contract, event_places, events, examples, frames, gold, hard, incidents, lexicons, muc,
    news, news_places, quiet, reality, references, ties, toponyms, uds,
};

/// Names of the suites, in order of the pipeline.
pub const NAMES: [&str; 25] = [
    "extraction",
    "language",
    "news",
    "names",
    "times",
    "places",
    "toponyms",
    "actors",
    "references",
    "event_places",
    "events",
    "quiet",
    "frames",
    "lexicons",
    "attribution",
    "status",
    "uds",
    "contract",
    "causes",
    "re3d",
    "examples",
    "hard",
    "confidence",
    "muc",
    "incidents",
];

/// Why a suite has no figures.
pub enum Unmeasured {
    /// Its data are not there.
    Absent(PathBuf),
    /// It could not be run.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Unmeasured {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Runs a suite.
pub fn run(suite: &str, data: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    match suite {
        "language" => language(&need(data, "language/ud_ewt/en_ewt-ud-test.conllu")?, engine),
        "names" => names(&need(data, "language/uner_ewt/en_ewt-ud-test.iob2")?, engine),
        "extraction" => extraction(&need(data, "news/article_extraction_benchmark")?),
        "news" => news(data, engine),
        "times" => times(&need(data, "time/tempeval3_train/data/TBAQ-cleaned")?),
        "places" => gazetteer(&need(data, "places/geoparse_test")?),
        "toponyms" => {
            let files = files_below(&need(data, "places/geoparse_test")?, "xml")?;
            Ok(toponyms::measure(&files, &data.join("places/geonames_cities1000"), engine)?)
        }
        "actors" => actors(&need(data, "coding/ngec_actor_tests/actor_expectations.tsv")?),
        "references" => referring(data, engine),
        "event_places" => event_places(data, engine),
        "events" => Ok(events::plover(&need(data, "coding/plv_train/PLV_train.tsv")?, engine)?),
        "quiet" => quiet(data, engine),
        "frames" => Ok(frames::examples(engine)),
        "contract" => Ok(contract::examples(Path::new("docs/contract.md"), engine)?),
        "attribution" => Ok(realities(data, engine)?.attribution()),
        "status" => Ok(realities(data, engine)?.status()),
        "uds" => Ok(uds::score(&need(data, "language/uds")?, &need(data, "language/ud_ewt")?, engine)?),
        "causes" => Ok(causes::news(
            &need(data, "coding/causal_news/data/V2/dev_subtask1.csv")?,
            &need(data, "coding/causal_news/data/V2/dev_subtask2.csv")?,
            engine,
        )?),
        "re3d" => Ok(ties::re3d(&need(data, "language/re3d")?, engine)?),
        "examples" => Ok(examples::all(engine)?),
        "hard" => hard_sentences(data, engine),
        "confidence" => {
            let judged = Table::read("judged_last.tsv", confidence::COLUMNS)?;
            Ok(confidence::measure(&judged, &gold::wikinews(data)?, engine)?)
        }
        "muc" => Ok(muc::templates(&need(data, "coding/muc34")?, engine)?),
        "lexicons" => Ok(lexicons::examples(engine)),
        "incidents" => {
            let mut report = Report::default();
            incidents::meltt_demo(&need(data, "tables/meltt_demo")?, &mut report)?;
            let table = "tables/ucdp_ged_pakistan_to_2014/ged_pakistan_1989_2014.csv";
            incidents::ged_by_source(&need(data, table)?, &mut report)?;
            Ok(report)
        }
        _ => Err(Unmeasured::Failed(anyhow::anyhow!("no suite {suite}; there are: {}", NAMES.join(" ")))),
    }
}

/// A file of the data, if it is there.
pub fn need(data: &Path, path: &str) -> Result<PathBuf, Unmeasured> {
    let path = data.join(path);
    if path.exists() { Ok(path) } else { Err(Unmeasured::Absent(path)) }
}

/// Tags, lemmas and trees with gold words, in three casings; sentence ends and words from raw text.
fn language(path: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let content = std::fs::read_to_string(path)?;
    let worker = Worker::new();
    let mut report = Report::default();
    for casing in [Casing::AsIs, Casing::Upper, Casing::Lower] {
        let scored = score::trees(engine.text_model(), &worker, &content, casing)?;
        add(&mut report, &scored, casing);
    }
    add(&mut report, &score::raw(&content), Casing::AsIs);
    Ok(report)
}

/// Names of persons, organisations and places with gold words.
fn names(path: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let content = std::fs::read_to_string(path)?;
    let worker = Worker::new();
    let mut report = Report::default();
    for casing in [Casing::AsIs, Casing::Upper, Casing::Lower] {
        let scored = score::names(engine.text_model(), &worker, &content, casing)?;
        add(&mut report, &scored, casing);
    }
    Ok(report)
}

/// Article text of pages.
fn extraction(folder: &Path) -> Result<Report, Unmeasured> {
    let scored = ingest::score::score_extraction(folder)?;
    let mut report = Report::default();
    report.figure("precision", scored.precision);
    report.figure("recall", scored.recall);
    report.figure("f1", scored.f1);
    for page in scored.pages {
        report.items.push(format!("{}\tf1={:.3}", page.id, page.f1));
    }
    Ok(report)
}

/// Trees and names of news, against labels of our own.
fn news(data: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let gold = news::join(&Table::read("wikinews_trees.tsv", news::COLUMNS)?, &gold::wikinews(data)?)?;
    let worker = Worker::new();
    let mut report = Report::default();
    let mut trees = score::trees(engine.text_model(), &worker, &gold.conllu, Casing::AsIs)?;
    // These labels have no lemmas and no features.
    trees.measures.retain(|name, _| !matches!(*name, "lemma" | "FEATS"));
    add(&mut report, &trees, Casing::AsIs);
    add(&mut report, &score::names(engine.text_model(), &worker, &gold.iob2, Casing::AsIs)?, Casing::AsIs);
    Ok(report)
}

/// Events in sentences of ordinary news, where there should be none.
fn quiet(data: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let pages = need(data, "news/article_extraction_benchmark/ground-truth.json")?;
    Ok(quiet::rate(&Table::read("quiet.tsv", quiet::COLUMNS)?, &gold::wikinews(data)?, &pages, engine)?)
}

/// Hard sentences of our own, and passages of others where their rules might go wrong.
fn hard_sentences(data: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let mut report = hard::sentences(Path::new("docs/hard.md"), engine)?;
    // The passages may be absent; the sentences never are.
    if let Ok(articles) = gold::wikinews(data) {
        hard::passages(&Table::read("counter.tsv", hard::COLUMNS)?, &articles, engine, &mut report)?;
    }
    Ok(report)
}

/// Places of happenings: in MUC's reports and, on labels of our own, in news.
fn event_places(data: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let mut report = event_places::measure(&need(data, "coding/muc34/TASK/CORPORA/dev")?, engine)?;
    let labels = Table::read("event_places.tsv", news_places::COLUMNS)?;
    news_places::measure(&labels, &gold::wikinews(data)?, engine, &mut report)?;
    Ok(report)
}

/// Who says so and whether it happened, on labels of our own.
fn realities(data: &Path, engine: &Engine) -> Result<reality::Readings, Unmeasured> {
    Ok(reality::read(&Table::read("attribution.tsv", reality::COLUMNS)?, &gold::wikinews(data)?, engine)?)
}

/// Time expressions: extents and values.
fn times(folder: &Path) -> Result<Report, Unmeasured> {
    let mut total = coding::times::score::TimeScore::default();
    let mut report = Report::default();
    for path in files_below(folder, "tml")? {
        let Some(scored) = coding::times::score::timeml(&std::fs::read_to_string(&path)?) else { continue };
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        report.items.push(format!(
            "{name}\tgold={}\tfound={}\tmatched={}\tvalues={}",
            scored.gold, scored.found, scored.matched, scored.values
        ));
        total.add(scored);
    }
    report.figure("extent_f1", total.extent_f1());
    report.figure("strict_f1", total.strict_f1());
    report.figure("value_f1", total.value_f1());
    report.figure("value_meaning_f1", total.meaning_f1());
    Ok(report)
}

/// Marked place names to coordinates, by corpus.
fn gazetteer(folder: &Path) -> Result<Report, Unmeasured> {
    let gazetteer = coding::gazetteer::Gazetteer::embedded();
    let mut report = Report::default();
    for path in files_below(folder, "xml")? {
        let corpus = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let mut total = coding::places::score::PlaceScore::default();
        for (number, article) in coding::places::score::articles(&std::fs::read_to_string(&path)?).iter().enumerate() {
            let scored = coding::places::score::score(article, gazetteer);
            report.items.push(format!(
                "{corpus}-{number}\tmarked={}\tplaced={}\twithin_161={:.3}",
                scored.marked,
                scored.placed,
                scored.within_161()
            ));
            total.add(scored);
        }
        report.figure(&format!("{corpus}_within_161_km"), total.within_161());
        report.figure(&format!("{corpus}_placed_within_161_km"), total.within_161_of_placed());
        report.details.push(format!(
            "{corpus}: {} marked, {} placed, median error {:.1} km",
            total.marked,
            total.placed,
            total.median_km()
        ));
    }
    Ok(report)
}

/// Phrases for parties to countries and sectors.
fn actors(path: &Path) -> Result<Report, Unmeasured> {
    let catalogue = coding::catalogue::Catalogue::embedded();
    // Undated questions are asked as of the time of the table, which has a British minister of 2022 out of office.
    let scored =
        coding::catalogue::score::score(catalogue, &std::fs::read_to_string(path)?, jiff::civil::date(2023, 6, 1));
    let mut report = Report::default();
    report.figure("country", scored.country.rate());
    report.figure("sector", scored.sector.rate());
    report.figure("second_sector", scored.second_sector.rate());
    for (number, miss) in scored.misses.iter().enumerate() {
        report.items.push(format!("{number}\t{}\texpected={}\tgot={}", miss.field, miss.expected, miss.got));
    }
    Ok(report)
}

/// Pronouns to the persons for whom they stand.
fn referring(data: &Path, engine: &Engine) -> Result<Report, Unmeasured> {
    let mut report = Report::default();
    references::examples(engine, &mut report)?;
    references::gap(&need(data, "language/gap/gap-development.tsv")?, engine, "development_", &mut report)?;
    // The test part may be left out while the rules are worked on.
    if let Ok(test) = need(data, "language/gap/gap-test.tsv") {
        references::gap(&test, engine, "", &mut report)?;
    }
    Ok(report)
}

fn files_below(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Unmeasured> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Adds a scorer's measures as figures; classes and items only for the casing of the data.
fn add(report: &mut Report, scored: &score::Report, casing: Casing) {
    let suffix = if casing == Casing::AsIs { String::new() } else { format!("_{}", casing.as_str()) };
    for (name, measure) in &scored.measures {
        report.figure(&format!("{name}{suffix}"), measure.total.f1());
        if casing != Casing::AsIs {
            continue;
        }
        for (class, count) in &measure.classes {
            report.details.push(format!(
                "{name} {class:<16} P {:.3} R {:.3} F1 {:.3}",
                count.precision(),
                count.recall(),
                count.f1()
            ));
        }
    }
    if casing == Casing::AsIs {
        for (id, counts) in &scored.items {
            let row: Vec<String> =
                counts.iter().map(|(name, c)| format!("{name}={}/{}/{}", c.right, c.given, c.wanted)).collect();
            report.items.push(format!("{id}\t{}", row.join("\t")));
        }
    }
}
