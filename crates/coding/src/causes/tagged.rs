//! Causes that the trained tagger proposes: a word that it holds to be a signal, with both sides.
//!
//! It knows no sign, which the lexicon gives; without one nothing is said. Sides are held to what makes a claim readable:
//! each stands on a word that names a happening or a thing, no bare pronoun, no words of reporting, no signal inside.

use std::ops::Range;

use model::{CausalRelation, Deprel, Polarity, Sentence, Upos};

use super::lexicon::{Lexicon, Needs, Shape};
use super::{Found, Side, sides};
use crate::roles::Scene;
use crate::speech::Reporting;
use crate::syntax;

/// Least probability of the sentence, of the signal, and of both sides' ends. Set by reading what was proposed on news
/// that nobody here wrote (`docs/measured.md`): at this height about four of five proposals are right.
const SENTENCE: f32 = 0.6;
const SIGNAL: f32 = 0.4;
const FIT: f32 = 0.2;

/// What the tagger proposes in a sentence, in the order of the signals.
pub(super) fn of(scene: &Scene<'_>, reporting: &Reporting, lexicon: &Lexicon) -> Vec<Found> {
    let Some(causality) = scene.sentence.causality.as_ref().filter(|c| c.probability >= SENTENCE) else {
        return Vec::new();
    };
    causality
        .relations
        .iter()
        .filter(|r| r.probability >= SIGNAL && r.fit >= FIT)
        .filter_map(|r| one(scene, reporting, lexicon, r))
        .collect()
}

fn one(scene: &Scene<'_>, reporting: &Reporting, lexicon: &Lexicon, relation: &CausalRelation) -> Option<Found> {
    let sentence = scene.sentence;
    let word = relation.signal;
    let (sign, signal) = lexicon.sign(scene.text, sentence, reporting, word)?;
    // "not because": denied as the reason.
    if word > 0 && matches!(sentence.tokens[word - 1].lemma.as_str(), "not" | "never" | "no") {
        return None;
    }
    let cause = side(scene, reporting, lexicon, &relation.cause, &signal)?;
    let effect = side(scene, reporting, lexicon, &relation.effect, &signal)?;
    // "held elections after a battle over delays": a preposition explains what it hangs on, which must be the effect's own
    // word or its object.
    if sentence.tokens[word].deprel == Deprel::Case {
        let mut governor = syntax::head(sentence, word)?;
        while signal.contains(&governor) || relation.cause.contains(&governor) {
            governor = syntax::head(sentence, governor)?;
        }
        let below = syntax::head(sentence, governor) == Some(effect.head);
        if governor != effect.head && !(below && sentence.tokens[governor].deprel == Deprel::Obj) {
            return None;
        }
    }
    // A conjunction opens the clause that is the cause.
    if sentence.tokens[word].deprel == Deprel::Mark && syntax::head(sentence, word) != Some(cause.head) {
        return None;
    }
    (!cause.span.overlaps(effect.span)).then_some(Found { word, cause, effect, polarity: sign, tagged: true })
}

/// A row of words as a side: without punctuation and signal at its ends, on the word over all others.
fn side(
    scene: &Scene<'_>,
    reporting: &Reporting,
    lexicon: &Lexicon,
    words: &Range<usize>,
    signal: &Range<usize>,
) -> Option<Side> {
    let sentence = scene.sentence;
    let mut words = words.clone();
    let loose = |i: usize| {
        let token = &sentence.tokens[i];
        token.upos == Upos::Punct || signal.contains(&i) || matches!(token.deprel, Deprel::Cc)
    };
    while !words.is_empty() && loose(words.start) {
        words.start += 1;
    }
    // "… the fighting in": a preposition whose noun was left out.
    let hangs =
        |i: usize| sentence.tokens[i].deprel == Deprel::Case && syntax::head(sentence, i).is_some_and(|h| h > i);
    while !words.is_empty() && (loose(words.end - 1) || hangs(words.end - 1)) {
        words.end -= 1;
    }
    if words.is_empty() || words.start < signal.end && signal.start < words.end {
        return None;
    }
    // "as a result of which dozens fell": the relative stands for what goes before.
    if matches!(sentence.tokens[words.start].lemma.to_lowercase().as_str(), "which" | "who" | "whom" | "whose") {
        return None;
    }
    let head = words.clone().find(|&i| {
        syntax::head(sentence, i).is_none_or(|h| !words.contains(&h))
            && matches!(sentence.tokens[i].upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj)
    })?;
    let token = &sentence.tokens[head];
    let bare = words.len() == 1 && token.upos != Upos::Noun;
    // A relative or a pronoun alone as the one who acts names nobody.
    let unnamed = sentence.children(head).any(|(i, t)| {
        words.contains(&i) && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass) && t.upos == Upos::Pron
    });
    let reports = token.upos == Upos::Verb
        && reporting.verb(&token.lemma).is_some()
        && reporting.content_of(sentence, head).is_some();
    if bare || unnamed || reports || sides::is_name_or_person(scene, lexicon, head) {
        return None;
    }
    Some(Side { head, span: sentence.tokens[words.start].span.cover(sentence.tokens[words.end - 1].span) })
}

impl Lexicon {
    /// The sign of the signal at `word`, and its words. `None` where no entry knows it.
    fn sign(
        &self,
        text: &str,
        sentence: &Sentence,
        reporting: &Reporting,
        word: usize,
    ) -> Option<(Polarity, Range<usize>)> {
        let polarity = |sign: &str| if sign == "-" { Polarity::Lowers } else { Polarity::Raises };
        let phrase =
            self.tagged.iter().find(|(_, words)| {
                sentence.tokens.get(word..word + words.len()).is_some_and(|tokens| {
                    tokens.iter().zip(words).enumerate().all(|(i, (t, w))| {
                        t.lemma.eq_ignore_ascii_case(w) || syntax::lower(text, sentence, word + i) == *w
                    })
                })
            });
        if let Some((entry, words)) = phrase {
            let entry = &self.entries[*entry];
            let stands = entry.needs != Needs::Clause || opens_reason(sentence, reporting, word);
            return stands.then(|| (polarity(&entry.sign), word..word + words.len()));
        }
        // Words that need the cause to be a happening have too many other senses.
        let (entry, words) = self.at(text, sentence, word).into_iter().find(|(e, _)| e.needs == Needs::Nothing)?;
        let length = if entry.shape == Shape::Case { words.len() } else { 1 };
        (entry.shape != Shape::Make).then(|| (polarity(&entry.sign), word..word + length))
    }
}

/// Whether a conjunction opens a clause with a subject before its verb, after a comma: "…, as prices rose", not "…, as did
/// the others" or "…, as officials have said".
fn opens_reason(sentence: &Sentence, reporting: &Reporting, word: usize) -> bool {
    let after_comma = word > 0 && sentence.tokens[word - 1].lemma == ",";
    let subject = syntax::head(sentence, word)
        .filter(|&clause| reporting.verb(&sentence.tokens[clause].lemma).is_none())
        .filter(|_| sentence.tokens[word].deprel == Deprel::Mark)
        .and_then(|clause| sentence.child(clause, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|s| *s < clause));
    let turned = sentence.tokens.get(word + 1).is_some_and(|t| matches!(t.upos, Upos::Aux | Upos::Verb));
    after_comma && !turned && subject.is_some_and(|s| s > word)
}
