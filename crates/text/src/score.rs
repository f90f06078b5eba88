//! How well the model does on texts annotated by hand: tags and trees on gold words (CoNLL-U), names (UNER's
//! IOB2), words and sentence ends from raw text.
//!
//! Takes the files' contents; reads and prints nothing. As the `CoNLL` 2018 shared task has it, LAS compares the
//! universal part of a relation (`nmod` for `nmod:poss`) and counts punctuation; the full relation is counted
//! beside it. Each result holds the totals, counts by class, and one row an item.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use model::{Head, Sentence};

use crate::gold::{self, Paragraph, RawText};
use crate::{TextError, TextModel, Worker, sentences};

/// In which casing the words are given to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casing {
    /// As they stand.
    AsIs,
    /// ALL CAPITALS.
    Upper,
    /// all small.
    Lower,
}

impl Casing {
    /// Every casing.
    pub const ALL: [Self; 3] = [Self::AsIs, Self::Upper, Self::Lower];

    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsIs => "as is",
            Self::Upper => "upper",
            Self::Lower => "lower",
        }
    }

    fn of(self, word: &str) -> String {
        match self {
            Self::AsIs => word.to_owned(),
            Self::Upper => word.to_uppercase(),
            Self::Lower => word.to_lowercase(),
        }
    }
}

/// Right answers among answers given and answers wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Given and wanted.
    pub right: usize,
    /// Given.
    pub given: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Count {
    /// Share of the given that is right.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.given)
    }

    /// Share of the wanted that was given.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.wanted)
    }

    /// Harmonic mean of the two; the accuracy where every item has one answer.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.given + self.wanted)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.given += other.given;
        self.wanted += other.wanted;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// Over everything.
    pub total: Count,
    /// By class (tag, relation, kind of name), where the measure has classes.
    pub classes: BTreeMap<String, Count>,
}

/// The measures of one file, by name, and of each of its items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// By name of the measure.
    pub measures: BTreeMap<&'static str, Measure>,
    /// One row an item: its id and counts by measure.
    pub items: Vec<(String, BTreeMap<&'static str, Count>)>,
}

impl Report {
    fn item(&mut self, id: &str, counts: BTreeMap<&'static str, Count>) {
        for (name, count) in &counts {
            self.measures.entry(name).or_default().total.add(*count);
        }
        self.items.push((id.to_owned(), counts));
    }

    fn class(&mut self, measure: &'static str, class: &str, count: Count) {
        let classes = &mut self.measures.entry(measure).or_default().classes;
        classes.entry(class.to_owned()).or_default().add(count);
    }
}

// ---------------------------------------------------------------- gold words

/// Tags, features, lemmas and trees on the words of a CoNLL-U file.
pub fn trees(model: &TextModel, worker: &Worker, file: &str, casing: Casing) -> Result<Report, TextError> {
    let mut report = Report::default();
    for gold in gold::conllu(file) {
        let words: Vec<String> = gold.words.iter().map(|c| casing.of(&c[1])).collect();
        let found = annotate(model, worker, &words)?;
        let mut counts = BTreeMap::new();
        for (token, columns) in found.tokens.iter().zip(&gold.words) {
            let head = match token.head {
                Head::Root => 0,
                Head::Token(head) => head + 1,
            };
            let attached = columns[6].parse() == Ok(head);
            let universal = |label: &str| label.split(':').next().unwrap_or_default().to_owned();
            let las = attached && universal(token.deprel.as_str()) == universal(&columns[7]);
            let answers = [
                ("UPOS", token.upos.as_str() == columns[3]),
                ("FEATS", token.feats.as_str() == columns[5]),
                ("lemma", token.lemma == columns[2]),
                ("UAS", attached),
                ("LAS", las),
                ("LAS, full relation", attached && token.deprel.as_str() == columns[7]),
            ];
            for (name, right) in answers {
                let count = Count { right: usize::from(right), given: 1, wanted: 1 };
                counts.entry(name).or_insert_with(Count::default).add(count);
            }
            let upos = token.upos.as_str();
            report.class("UPOS", &columns[3], Count { right: usize::from(upos == columns[3]), given: 0, wanted: 1 });
            report.class("UPOS", upos, Count { right: 0, given: 1, wanted: 0 });
            report.class("LAS", &universal(&columns[7]), Count { right: usize::from(las), given: 0, wanted: 1 });
            report.class("LAS", &universal(token.deprel.as_str()), Count { right: 0, given: 1, wanted: 0 });
        }
        report.item(&gold.id, counts);
    }
    Ok(report)
}

fn annotate(model: &TextModel, worker: &Worker, words: &[String]) -> Result<Sentence, TextError> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Ok(model.annotate_pretokenised(&words, worker)?.1)
}

// ---------------------------------------------------------------- names

/// Names on the words of a UNER file; a name is right if its words and kind are.
pub fn names(model: &TextModel, worker: &Worker, file: &str, casing: Casing) -> Result<Report, TextError> {
    let mut report = Report::default();
    let (mut id, mut words, mut tags) = (String::new(), Vec::new(), Vec::new());
    for line in file.lines().chain([""]) {
        if let Some(comment) = line.strip_prefix("# sent_id = ") {
            comment.clone_into(&mut id);
        } else if line.is_empty() {
            if !words.is_empty() {
                names_of(model, worker, &mut report, &id, &words, &tags)?;
            }
            words.clear();
            tags.clear();
        } else if !line.starts_with('#') {
            let mut columns = line.split('\t').skip(1);
            words.push(casing.of(columns.next().unwrap_or_default()));
            tags.push(columns.next().unwrap_or("O").to_owned());
        }
    }
    Ok(report)
}

fn names_of(
    model: &TextModel,
    worker: &Worker,
    report: &mut Report,
    id: &str,
    words: &[String],
    tags: &[String],
) -> Result<(), TextError> {
    let gold = spans(tags);
    let sentence = annotate(model, worker, words)?;
    let found: HashSet<(usize, usize, String)> =
        sentence.names.iter().map(|n| (n.tokens.start, n.tokens.end, n.kind.as_str().to_owned())).collect();
    let mut total = Count::default();
    for kind in ["PER", "ORG", "LOC"] {
        let of_kind = |set: &HashSet<(usize, usize, String)>| set.iter().filter(|s| s.2 == kind).count();
        let right = found.intersection(&gold).filter(|s| s.2 == kind).count();
        let count = Count { right, given: of_kind(&found), wanted: of_kind(&gold) };
        report.class("names", kind, count);
        total.add(count);
    }
    report.item(id, BTreeMap::from([("names", total)]));
    Ok(())
}

/// Spans of PER, ORG and LOC; `OTH` and stray labels are none of ours.
fn spans(tags: &[String]) -> HashSet<(usize, usize, String)> {
    let kind = |tag: &str| ["PER", "ORG", "LOC"].into_iter().find(|k| tag.len() == 5 && tag.ends_with(k));
    let mut out = HashSet::new();
    let mut open: Option<(usize, &str)> = None;
    for i in 0..=tags.len() {
        let tag = tags.get(i).map_or("O", String::as_str);
        let inside = tag.starts_with("I-") && open.is_some_and(|(_, k)| kind(tag) == Some(k));
        if !inside {
            if let Some((start, k)) = open.take() {
                out.insert((start, i, k.to_owned()));
            }
            open = kind(tag).map(|k| (i, k));
        }
    }
    out
}

// ---------------------------------------------------------------- raw text

/// Sentence ends and words found in the raw text of a CoNLL-U file, rebuilt with paragraphs parted by blank lines.
///
/// A sentence end is right where a gold sentence ends at the same character; a word where both its ends are. The
/// item is the paragraph.
pub fn raw(file: &str) -> Report {
    let mut report = Report::default();
    let RawText { text, paragraphs } = gold::raw_text(file);
    let found = sentences::split(&text);
    let found_ends: Vec<usize> =
        found.ends.iter().filter_map(|&e| Some(found.words.get(e.checked_sub(1)?)?.end)).collect();
    for Paragraph { id, range, ends, words } in &paragraphs {
        let here = |at: usize| range.start < at && at <= range.end;
        let given_ends: Vec<usize> = within(&found_ends, |&e| e, range).iter().copied().filter(|&e| here(e)).collect();
        let given_words = within(&found.words, |w| w.end, range);
        let wanted: HashSet<&Range<usize>> = words.iter().collect();
        let sentence_ends = Count {
            right: given_ends.iter().filter(|e| ends.binary_search(e).is_ok()).count(),
            given: given_ends.len(),
            wanted: ends.len(),
        };
        let words = Count {
            right: given_words.iter().filter(|w| wanted.contains(w)).count(),
            given: given_words.len(),
            wanted: words.len(),
        };
        let found_sentences = sentence_spans(&given_ends, range.start);
        let gold_sentences = sentence_spans(ends, range.start);
        let spans = Count {
            right: found_sentences.intersection(&gold_sentences).count(),
            given: found_sentences.len(),
            wanted: gold_sentences.len(),
        };
        report
            .item(id, BTreeMap::from([("sentence ends", sentence_ends), ("whole sentences", spans), ("words", words)]));
    }
    report
}

/// The rows whose end lies in `range`; both are in order.
fn within<'a, T>(rows: &'a [T], end: impl Fn(&T) -> usize, range: &Range<usize>) -> &'a [T] {
    let from = rows.partition_point(|r| end(r) <= range.start);
    let to = rows.partition_point(|r| end(r) <= range.end);
    &rows[from..to]
}

fn sentence_spans(ends: &[usize], start: usize) -> HashSet<(usize, usize)> {
    let starts = std::iter::once(start).chain(ends.iter().copied());
    starts.zip(ends.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# newpar id = p1\n# sent_id = a\n# text = I don't.\n1\tI\tI\tPRON\t_\t_\t2\tnsubj\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\tdo\tVERB\t_\t_\t0\troot\t_\t_\n3\tn't\tnot\tPART\t_\t_\t2\tadvmod\t_\t_\n4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n# sent_id = b\n# text = Yes\n1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_\n\n";

    #[test]
    fn raw_text_is_rebuilt_and_scored() {
        let report = raw(FILE);
        assert_eq!(report.measures["words"].total, Count { right: 5, given: 5, wanted: 5 });
        assert_eq!(report.measures["sentence ends"].total, Count { right: 2, given: 2, wanted: 2 });
        assert_eq!(report.items.len(), 1);
    }

    #[test]
    fn stray_name_labels_are_none() {
        let tags = ["B-PER", "I-PER", "OTH", "B-OTH", "I-LOC", "B-LOC", "B-LOC", "O"].map(String::from);
        let mut found: Vec<_> = spans(&tags).into_iter().map(|(a, b, k)| format!("{a}-{b} {k}")).collect();
        found.sort();
        assert_eq!(found, ["0-2 PER", "4-5 LOC", "5-6 LOC", "6-7 LOC"]);
    }
}
