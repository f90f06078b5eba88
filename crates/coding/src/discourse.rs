//! Who speaks across sentences: quotations that run over several, the turns of interviews and transcripts, and the
//! pronouns of those who go on speaking.
//!
//! A quotation is what stands between quotation marks within a paragraph, or from an opening mark to a paragraph's end
//! where the next one opens again. Its speaker is the subject of the reporting verb nearest outside it in the sentences
//! that it touches; a quotation that follows an attributed one and has no such verb goes on with the same speaker.
//! Short quoted words ("the so-called 'caliphate'") are no quotation.

use model::{Deprel, Sentence, Span, Upos};

use crate::references::is_collective;
use crate::speakers;
use crate::speech::Reporting;
use crate::syntax;
use crate::turns::{self, Turn};

/// A word of a document: its sentence and its place there.
pub(crate) type Place = (usize, usize);

/// The quotations and speakers of a document.
pub(crate) struct Discourse<'a> {
    pub(crate) sentences: &'a [Sentence],
    quotations: Vec<Quotation>,
    turns: Vec<Turn>,
    /// Every speaker at a reporting verb, in order.
    speakers: Vec<Place>,
}

/// One quotation.
#[derive(Clone, Debug)]
pub(crate) struct Quotation {
    /// The words between the marks.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Who speaks, and the word that says so.
    pub(crate) speaker: Option<(Place, Place)>,
}

impl Quotation {
    /// Whether a word stands in it.
    pub(crate) fn holds(&self, span: Span) -> bool {
        self.start <= span.start() && span.end() <= self.end
    }
}

/// Fewest words of a quotation.
const WORDS: usize = 4;
/// Farthest that a reporting verb may stand from the quotation's marks, in bytes: a long subject with its apposition.
const REACH: usize = 240;

impl<'a> Discourse<'a> {
    /// Reads a document's quotations and speakers.
    pub(crate) fn read(text: &str, sentences: &'a [Sentence], reporting: &Reporting) -> Self {
        let mut quotations: Vec<Quotation> =
            marked(text).into_iter().map(|(start, end)| Quotation { start, end, speaker: None }).collect();
        let inside = |span: Span, quotations: &[Quotation]| quotations.iter().any(|q| q.holds(span));
        // Reporting verbs that stand outside of all quotations, with their speakers.
        let mut telling: Vec<(Place, Place)> = Vec::new();
        let mut speakers = Vec::new();
        for (s, sentence) in sentences.iter().enumerate() {
            for (verb, token) in sentence.tokens.iter().enumerate() {
                let tells = reporting.verb(&token.lemma).is_some();
                // "The ministry called on drivers to stop. It added": who urges goes on speaking as well.
                if token.upos != Upos::Verb || !(tells || reporting.act(&token.lemma).is_some()) {
                    continue;
                }
                let Some(speaker) = reporting.speaker(sentence, verb) else { continue };
                // Who speaks of a quotation stands not within it.
                if !inside(token.span, &quotations) && !inside(sentence.tokens[speaker].span, &quotations) {
                    speakers.push((s, speaker));
                    if tells {
                        telling.push(((s, speaker), (s, verb)));
                    }
                }
            }
        }
        // "According to the ecologist, it was cold. He said …"
        for (s, sentence) in sentences.iter().enumerate() {
            speakers.extend(reporting.accorded(sentence).into_iter().map(|speaker| (s, speaker)));
        }
        // "Another official gave a lower figure. … had died, he said."
        for (s, sentence) in sentences.iter().enumerate() {
            speakers.extend(newcomer(sentence).map(|subject| (s, subject)));
        }
        speakers.sort_unstable();
        speakers.dedup();
        for at in 0..quotations.len() {
            let quotation = &quotations[at];
            let (start, end) = (quotation.start, quotation.end);
            let touched = |s: usize| sentences[s].span.start() <= end && start <= sentences[s].span.end() + 2;
            let near = telling
                .iter()
                .filter(|(_, (s, _))| touched(*s))
                .map(|found| {
                    let span = sentences[found.1.0].tokens[found.1.1].span;
                    let gap = if span.end() <= start { start - span.end() } else { span.start().saturating_sub(end) };
                    (relayed(&sentences[found.1.0], found.1.1), gap, *found)
                })
                .filter(|(_, gap, _)| *gap <= REACH)
                .min_by_key(|(relayed, gap, _)| (*relayed, *gap))
                .map(|(_, _, found)| found);
            let speaker = near.or_else(|| introduced(text, sentences, start)).or_else(|| {
                // "…", X said. "…"
                let before = at.checked_sub(1).map(|b| &quotations[b])?;
                let between = text.get(before.end..start)?;
                let continues = between.len() <= REACH && opens_sentence(sentences, start);
                before.speaker.filter(|_| continues)
            });
            quotations[at].speaker = speaker;
        }
        Self { sentences, quotations, turns: turns::read(text), speakers }
    }

    /// The turn of talk in which a word stands.
    pub(crate) fn turn(&self, span: Span) -> Option<&Turn> {
        self.turns.iter().find(|t| t.start <= span.start() && span.end() <= t.end)
    }

    /// The quotation in which a word stands.
    pub(crate) fn quotation(&self, span: Span) -> Option<&Quotation> {
        self.quotations.iter().find(|q| q.holds(span))
    }

    /// The quotation in which these words begin.
    pub(crate) fn opened(&self, words: Span) -> Option<&Quotation> {
        self.quotations.iter().find(|q| q.start <= words.start() && words.start() < q.end)
    }

    /// Whether a word of saying stands where it can pass on another: not inside a quotation that leaves the other out.
    pub(crate) fn reaches(&self, word: Span, other: Span) -> bool {
        self.quotation(word).is_none_or(|q| q.holds(other))
    }

    /// The number of a sentence.
    pub(crate) fn number(&self, sentence: &Sentence) -> Option<usize> {
        self.sentences.binary_search_by_key(&sentence.span.start(), |s| s.span.start()).ok()
    }

    /// The last speaker before a pronoun that is named: "X said … He added …".
    pub(crate) fn spoke_before(&self, pronoun: Place) -> Option<Place> {
        let (s, i) = pronoun;
        let word = self.sentences.get(s)?.tokens.get(i)?.lemma.to_lowercase();
        let person = matches!(word.as_str(), "he" | "she");
        let many = word == "they";
        self.speakers
            .iter()
            .rev()
            .filter(|(ps, pi)| (*ps, *pi) < (s, i) && ps + 6 > s)
            .find(|(ps, pi)| {
                let sentence = &self.sentences[*ps];
                let token = &sentence.tokens[*pi];
                if token.upos == Upos::Pron {
                    return false;
                }
                let name = sentence.names.iter().find(|n| n.tokens.contains(pi)).map(|n| n.kind);
                // "The ministry said …. He added": somebody else. "Officials said …. It added" as well.
                let (plural, body) = (token.feats.has("Number", "Plur"), is_collective(&token.lemma));
                let fits = if person { !plural && !body } else { body || (plural && many) };
                name.map_or(fits, |kind| (kind == model::NameKind::Person) == person)
            })
            .copied()
    }
}

/// The subject of a sentence that brings in somebody new who gives an account by calling: "another official gave", "one
/// diplomat disputed".
fn newcomer(sentence: &Sentence) -> Option<usize> {
    const ACCOUNTS: [&str; 8] = ["give", "offer", "provide", "put", "dispute", "contradict", "confirm", "describe"];
    let root = sentence.tokens.iter().position(|t| t.deprel == Deprel::Root)?;
    if !ACCOUNTS.contains(&sentence.tokens[root].lemma.as_str()) {
        return None;
    }
    let subject = sentence.child(root, &[Deprel::Nsubj])?;
    let token = &sentence.tokens[subject];
    let first = &sentence.tokens[syntax::mention_tokens(sentence, subject).start];
    let is_new = matches!(first.lemma.to_lowercase().as_str(), "another" | "a" | "one");
    let speaks = token.upos == Upos::Noun && speakers::is_calling(&token.lemma) && token.lemma != "state";
    (is_new && speaks).then_some(subject)
}

/// "the president said – as reported by the paper – that": who passes words on speaks them only if nobody else does.
fn relayed(sentence: &Sentence, verb: usize) -> bool {
    syntax::is_passive(sentence, verb)
        && sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma.eq_ignore_ascii_case("as"))
}

/// "Bolton gave a different account: "…"": the subject of what stands before the colon.
fn introduced(text: &str, sentences: &[Sentence], start: usize) -> Option<(Place, Place)> {
    let before = text.get(..start)?.trim_end_matches(|c: char| c.is_whitespace() || is_mark(c));
    if !before.ends_with(':') {
        return None;
    }
    let s = sentences.iter().rposition(|s| s.span.start() < before.len())?;
    let sentence = &sentences[s];
    let root = sentence.tokens.iter().position(|t| t.deprel == Deprel::Root)?;
    if sentence.tokens[root].span.start() >= before.len() {
        return None;
    }
    let subject = syntax::surface_subject(sentence, root)?;
    Some(((s, subject), (s, root)))
}

fn opens_sentence(sentences: &[Sentence], start: usize) -> bool {
    sentences.iter().any(|s| s.span.start() <= start && start <= s.span.start() + 4)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// What stands between quotation marks, in order.
fn marked(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for paragraph in text.split_inclusive('\n') {
        let mut open: Option<usize> = None;
        // British papers quote in single marks, of which the closing one is an apostrophe, too.
        let single = !paragraph.contains(is_mark);
        for (at, c) in paragraph.char_indices() {
            let after = from + at + c.len_utf8();
            match (c, open) {
                ('‘', None) if single => open = Some(after),
                ('’', Some(start)) if single && closes(paragraph, at) => {
                    found.push((start, from + at));
                    open = None;
                }
                ('"', None) | ('“' | '„' | '«', _) => open = open.or(Some(after)),
                ('"' | '”' | '»', Some(start)) => {
                    found.push((start, from + at));
                    open = None;
                }
                _ => {}
            }
        }
        from += paragraph.len();
        if let Some(start) = open {
            let next = text[from..].trim_start();
            let goes_on = if single { next.starts_with('‘') } else { next.starts_with(is_mark) };
            let end = start + text[start..from].trim_end().len();
            if goes_on {
                found.push((start, end));
            }
        }
    }
    found.retain(|(start, end)| text[*start..*end].split_whitespace().count() >= WORDS);
    found
}

/// Whether the single mark at a place closes a quotation: a sentence's or clause's point stands right before or after.
fn closes(paragraph: &str, at: usize) -> bool {
    let point = |c: char| matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | ')' | '–' | '—');
    let after = paragraph[at..].chars().nth(1);
    paragraph[..at].ends_with(point) || after.is_none_or(|c| point(c) || c == '\n')
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn single_marks_quote_and_apostrophes_do_not() {
        let text = "‘We shot at the rebels’ camp from here,’ he said. It’s the army’s third day there.\n";
        let words: Vec<&str> = marked(text).into_iter().map(|(a, b)| &text[a..b]).collect();
        assert_eq!(words, ["We shot at the rebels’ camp from here,"]);
    }

    #[test]
    fn marks_pair_within_paragraphs() {
        let text = "He said: \"We are not at war today.\" A 5\" gun. \u{201c}They went home again,\u{201d} he said.\n";
        let words: Vec<&str> = marked(text).into_iter().map(|(a, b)| &text[a..b]).collect();
        assert_eq!(words.first(), Some(&"We are not at war today."));
    }

    #[test]
    fn an_open_quotation_needs_the_next_paragraph() {
        let text = "\"We will go home soon.\n\n\"And we will stay there.\"\n\nA 9\" pipe burst in the old town.\n";
        let words: Vec<&str> = marked(text).into_iter().map(|(a, b)| &text[a..b]).collect();
        assert_eq!(words, ["We will go home soon.", "And we will stay there."]);
    }
}
