//! Our own gold: trees and names of Wikinews sentences, committed as offsets and labels without the words
//! (`eval/gold`). The words are read from the articles and joined to the labels here.

use std::collections::HashMap;
use std::fmt::Write;

use anyhow::Context;
use model::Span;

use super::gold::{Article, Table};

/// What the table of labels holds.
pub const COLUMNS: [&str; 8] = ["article", "sentence", "start", "end", "upos", "head", "deprel", "name"];

/// The gold sentences as CoNLL-U (trees) and as IOB2 rows (names).
pub struct Gold {
    /// For the tree scorer.
    pub conllu: String,
    /// For the name scorer.
    pub iob2: String,
}

/// Joins labels and articles.
pub fn join(labels: &Table<8>, articles: &HashMap<String, Article>) -> anyhow::Result<Gold> {
    let mut gold = Gold { conllu: String::new(), iob2: String::new() };
    let mut number = 0;
    for row in labels.rows() {
        let Some([article, sentence, start, end, upos, head, deprel, name]) = row? else {
            if number > 0 {
                gold.conllu.push('\n');
                gold.iob2.push('\n');
            }
            number = 0;
            continue;
        };
        let text = &articles.get(article).with_context(|| format!("no article {article}"))?.text;
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
