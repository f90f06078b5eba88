//! Our own gold: trees and names of Wikinews sentences, committed as offsets and labels without the words
//! (`eval/gold`). The words are read from the articles and joined to the labels here.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, bail};
use model::Span;

/// The gold sentences as CoNLL-U (trees) and as IOB2 rows (names).
pub struct Gold {
    /// For the tree scorer.
    pub conllu: String,
    /// For the name scorer.
    pub iob2: String,
}

/// Joins labels and articles.
pub fn join(labels: &Path, articles: &[std::path::PathBuf]) -> anyhow::Result<Gold> {
    let mut texts: HashMap<String, String> = HashMap::new();
    for path in articles {
        let mut reader = csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
        for row in reader.records() {
            let row = row.with_context(|| format!("reading {}", path.display()))?;
            let (Some(url), Some(text)) = (row.get(0), row.get(3)) else { continue };
            texts.insert(url.rsplit('/').next().unwrap_or(url).to_owned(), text.to_owned());
        }
    }
    let content = std::fs::read_to_string(labels).with_context(|| format!("reading {}", labels.display()))?;
    let mut gold = Gold { conllu: String::new(), iob2: String::new() };
    let mut number = 0;
    for line in content.lines().skip(1) {
        if line.trim().is_empty() {
            if number > 0 {
                gold.conllu.push('\n');
                gold.iob2.push('\n');
            }
            number = 0;
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [article, sentence, start, end, upos, head, deprel, name] = fields[..] else {
            bail!("{}: a row of {} columns where 8 are due: {line}", labels.display(), fields.len());
        };
        let text = texts.get(article).with_context(|| format!("no article {article}"))?;
        let span = Span::new(text, start.parse()?, end.parse()?).with_context(|| format!("article {article}"))?;
        number += 1;
        let word = span.of(text);
        if number == 1 {
            writeln!(gold.conllu, "# sent_id = {article}-{sentence}")?;
            writeln!(gold.iob2, "# sent_id = {article}-{sentence}")?;
        }
        writeln!(gold.conllu, "{number}\t{word}\t_\t{upos}\t_\t_\t{head}\t{deprel}\t_\t_")?;
        writeln!(gold.iob2, "{number}\t{word}\t{name}\t-\t-")?;
    }
    Ok(gold)
}
