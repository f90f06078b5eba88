//! Features of sentences for training the judge of causal claims: reads `id<TAB>label<TAB>text` lines and writes
//! `id<TAB>label<TAB>bucket bucket …` lines. Used by `training/causes.py`.

use std::io::{BufRead, Write};

use model::Document;
use model::document::Metadata;
use pipeline::{Engine, Worker};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::load()?;
    let worker = Worker::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut fields = line.splitn(3, '\t');
        let (Some(id), Some(label), Some(text)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let doc = Document::new(coding::causes::score::untokenised(text), Metadata::default());
        let annotated = engine.annotate(&doc, &worker)?;
        let mut buckets: Vec<u32> = annotated.sentences.iter().flat_map(coding::causes::judge::features).collect();
        buckets.sort_unstable();
        buckets.dedup();
        let buckets: Vec<String> = buckets.iter().map(ToString::to_string).collect();
        writeln!(out, "{id}\t{label}\t{}", buckets.join(" "))?;
    }
    Ok(())
}
