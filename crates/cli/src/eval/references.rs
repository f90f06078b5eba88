//! Pronouns against GAP (Webster et al. 2018): does a pronoun stand for the name A, for the name B, or for neither?
//!
//! The question gives the two names; the program may stay silent. What it says is right if it names the one that the
//! gold names, or somebody else where the gold has neither. The development part served to set the margin; the figures
//! with floors are those of the test part.

use std::path::Path;

use model::document::Metadata;
use model::{Document, Span};
use pipeline::{Engine, Worker};

use super::Report;

const EXAMPLES: &str = include_str!("../../../../data/parties/reference_examples.tsv");

/// The examples beside the catalogue: the bracketed words must stand for these parties, and for nobody where the
/// example says `-`.
pub fn examples(engine: &Engine, report: &mut Report) -> anyhow::Result<()> {
    let worker = Worker::new();
    let [mut positive, mut negative] = [(0_u32, 0_u32); 2];
    for row in EXAMPLES.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let (Some((text, wanted)), Some(open), Some(close)) = (row.split_once('\t'), row.find('['), row.find(']'))
        else {
            anyhow::bail!("an example of references lacks its brackets or its ids: {row}");
        };
        let bare: String = text.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        let published = "2025-10-19".parse().ok();
        let doc = Document::new(bare.clone(), Metadata { published, ..Metadata::default() });
        let annotated = engine.annotate(&doc, &worker)?;
        let references = engine.coder().references_of(&doc, &annotated);
        let words = Span::new(&bare, open, close - 1)?;
        // The reference is known by its head, which is one of these words.
        let tokens = annotated.sentences.iter().flat_map(|s| &s.tokens).map(|t| t.span);
        let ids: Vec<String> = tokens
            .filter(|t| words.contains(*t))
            .flat_map(|t| references.of(t))
            .filter_map(|p| p.id.as_ref().map(ToString::to_string))
            .collect();
        let got = if ids.is_empty() { "-".to_owned() } else { ids.join(" ") };
        let tally = if wanted == "-" { &mut negative } else { &mut positive };
        tally.0 += u32::from(got == wanted);
        tally.1 += 1;
        if got != wanted {
            report.items.push(format!("example\t{text}\twanted {wanted}\tgot {got}"));
        }
    }
    report.figure("positive", f64::from(positive.0) / f64::from(positive.1.max(1)));
    report.figure("negative", f64::from(negative.0) / f64::from(negative.1.max(1)));
    Ok(())
}

/// One question of the file.
struct Question<'a> {
    id: &'a str,
    text: &'a str,
    pronoun: usize,
    names: [(Span, bool); 2],
}

/// Asks every question of one file.
pub fn gap(path: &Path, engine: &Engine, part: &str, report: &mut Report) -> anyhow::Result<()> {
    let content = std::fs::read_to_string(path)?;
    let worker = Worker::new();
    let (mut asked, mut said, mut right) = (0_u32, 0_u32, 0_u32);
    let mut gendered = [(0_u32, 0_u32); 2];
    for question in content.lines().skip(1).filter_map(read) {
        asked += 1;
        let doc = Document::new(question.text.to_owned(), Metadata::default());
        let annotated = engine.annotate(&doc, &worker)?;
        let given = question.names.map(|(span, _)| span);
        let resolved = coding::references::pronouns(doc.text(), &annotated, &given);
        let Some((pronoun, places)) = resolved.iter().find(|(p, _)| p.start() == question.pronoun) else {
            report.items.push(format!("{}\t-", question.id));
            continue;
        };
        said += 1;
        let named = given.map(|name| places.iter().any(|p| p.overlaps(name)));
        let is_right = match named {
            [true, false] => question.names[0].1,
            [false, true] => question.names[1].1,
            [false, false] => !question.names[0].1 && !question.names[1].1,
            [true, true] => false,
        };
        right += u32::from(is_right);
        let word = pronoun.of(doc.text()).to_lowercase();
        let gender = &mut gendered[usize::from(matches!(word.as_str(), "she" | "her" | "hers"))];
        gender.0 += u32::from(is_right);
        gender.1 += 1;
        let answer = match named {
            [true, false] => "A",
            [false, true] => "B",
            [false, false] => "neither",
            [true, true] => "both",
        };
        report.items.push(format!("{}\t{answer}\t{}", question.id, if is_right { "right" } else { "wrong" }));
    }
    let share = |a: u32, b: u32| if b == 0 { 0.0 } else { f64::from(a) / f64::from(b) };
    report.figure(&format!("{part}precision"), share(right, said));
    report.figure(&format!("{part}coverage"), share(said, asked));
    for (word, (right, said)) in ["he", "she"].iter().zip(gendered) {
        report.details.push(format!("{part}{word}: {right} right of {said}, precision {:.3}", share(right, said)));
    }
    Ok(())
}

fn read(line: &str) -> Option<Question<'_>> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[id, text, _, pronoun, a, a_at, a_is, b, b_at, b_is, ..] = &cells[..] else { return None };
    // Offsets count characters.
    let byte = |at: &str| text.char_indices().nth(at.parse().ok()?).map(|(i, _)| i);
    let name = |words: &str, at: &str, is: &str| {
        let start = byte(at)?;
        Some((Span::new(text, start, start + words.len()).ok()?, is.eq_ignore_ascii_case("true")))
    };
    Some(Question { id, text, pronoun: byte(pronoun)?, names: [name(a, a_at, a_is)?, name(b, b_at, b_is)?] })
}
