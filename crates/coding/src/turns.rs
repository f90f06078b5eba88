//! Turns of talk: interviews and transcripts, where a paragraph opens with the name of who speaks.
//!
//! A label is `NAME:` or `((NAME))` at a paragraph's start. One such paragraph may be anything ("Update: …"); a document
//! is read as talk only where some label comes back. Where a third of the paragraphs have a label, those without go on with the
//! turn before them; elsewhere, and at the end, a turn is one paragraph.

use std::collections::HashMap;

use model::Span;

/// What one speaker says at a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The speaker's name; `None` for a question whose asker has none (`Q:`).
    pub(crate) speaker: Option<Span>,
    /// The words after the label.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Fewest labels of a transcript.
const LABELS: usize = 4;
/// Words of a line that is no paragraph.
const SHORT: usize = 3;
/// What opens a line and speaks not.
const NOTES: &[&str] =
    &["file", "image", "photo", "picture", "video", "source", "sources", "note", "update", "caption", "credit", "see"];
/// Longest label in words.
const LABEL_WORDS: usize = 5;

/// The turns of a text, in order; none where it is no transcript.
pub(crate) fn read(text: &str) -> Vec<Turn> {
    let mut labels: Vec<Label> = Vec::new();
    let mut from = 0;
    for paragraph in text.split_inclusive('\n') {
        let end = from + paragraph.trim_end().len();
        labels.extend(label(text, from, end));
        from += paragraph.len();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for label in &labels {
        *counts.entry(label.name.of(text)).or_default() += 1;
    }
    if labels.len() < LABELS || counts.values().all(|&n| n < LABELS / 2) || counts.len() > labels.len() / 2 + 1 {
        return Vec::new();
    }
    let talk = text[labels[0].begin..labels[labels.len() - 1].paragraph_end].lines();
    let paragraphs = talk.filter(|l| l.split_whitespace().count() > SHORT).count();
    // Where only the one who asks has a label, the paragraphs between are answers of somebody else.
    let voices = counts.values().filter(|&&n| n > 1).count();
    let goes_on = labels.len() * 3 >= paragraphs && voices > 1;
    let next = labels.windows(2).map(|pair| Some(pair[1].begin)).chain([None]);
    let ends = labels.iter().zip(next).map(|(l, next)| next.filter(|_| goes_on).unwrap_or(l.paragraph_end));
    let asks = |name: &str| matches!(name, "Q" | "Question" | "QUESTION" | "A" | "Answer" | "ANSWER");
    let turn = |(label, end): (&Label, usize)| Turn {
        speaker: Some(label.name).filter(|n| !asks(n.of(text))),
        start: label.words,
        end: end.max(label.words),
    };
    labels.iter().zip(ends).map(turn).collect()
}

/// What opens a paragraph of talk.
struct Label {
    begin: usize,
    name: Span,
    words: usize,
    paragraph_end: usize,
}

/// The label that opens the paragraph.
fn label(text: &str, from: usize, end: usize) -> Option<Label> {
    let line = text.get(from..end)?;
    let indent = line.len() - line.trim_start().len();
    let line = line.trim_start();
    let (open, close) = if line.starts_with("((") { (2, line.find("))")?) } else { (0, line.find(':')?) };
    let name = line.get(open..close)?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = !words.is_empty()
        && words.len() <= LABEL_WORDS
        && words.iter().all(|w| {
            w.starts_with(char::is_uppercase) || matches!(*w, "al" | "bin" | "de" | "van" | "von" | "the" | "of")
        })
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    let after = close + if open == 2 { 2 } else { 1 };
    let told = line.get(after..)?;
    let is_note = words.last().is_some_and(|w| {
        NOTES.contains(&w.to_lowercase().as_str()) || NOTES.iter().any(|n| w.ends_with(&capitalised(n)))
    });
    // "Kyiv: two dead" is a headline, a bare `Sources:` heads a list.
    if !is_name || is_note || told.split_whitespace().count() < SHORT {
        return None;
    }
    let begin = from + indent;
    let name = Span::new(text, begin + open, begin + close).ok()?;
    Some(Label { begin, name, words: begin + after, paragraph_end: end })
}

/// "Image", run into the name before it: "A. `RuizImage`: Agency".
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::read;

    fn turns(text: &str) -> Vec<(Option<&str>, &str)> {
        read(text).into_iter().map(|t| (t.speaker.map(|s| s.of(text)), text[t.start..t.end].trim())).collect()
    }

    #[test]
    fn a_transcript_has_turns() {
        let text = "A talk held in June.\n\n((WN)) How did it begin?\n\n((Ana Ruiz)) We lost the bridge.\nThen the \
                    town.\n\n((WN)) And who came then?\n\n((Ana Ruiz)) The army did so.\n\nThe talk was cut.\n";
        let turns = turns(text);
        assert_eq!(turns.len(), 4);
        assert_eq!(turns[1], (Some("Ana Ruiz"), "We lost the bridge.\nThen the town."));
        assert_eq!(turns[3], (Some("Ana Ruiz"), "The army did so."));
    }

    #[test]
    fn questions_may_have_no_name() {
        let text =
            "Q: Is the border open?\nMR. HALE: It is not open.\nQ: Will it be soon?\nMR. HALE: We hope it will.\n";
        let turns = turns(text);
        assert_eq!(turns.iter().map(|t| t.0).collect::<Vec<_>>(), [None, Some("MR. HALE"), None, Some("MR. HALE")]);
    }

    #[test]
    fn notes_and_headlines_are_no_transcript() {
        assert_eq!(turns("Kyiv: two died in a strike.\nUpdate: The toll rose to four.\nPhoto: A house in Kyiv.\n"), []);
        assert_eq!(
            turns(
                "Kabul: a bomb went off.\nHerat: a bank was robbed.\nKunduz: a road is cut.\nZaranj: nothing is new.\n"
            ),
            []
        );
    }
}
