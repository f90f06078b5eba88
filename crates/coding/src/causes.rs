//! Causes: judgements that one thing raises or lowers another, each with the words of both sides and the sign.
//!
//! The words are data (`data/lexicons/causes.toml`), the two sides are read off the tree by the shape of the word.
//! "After" gives an order in time and no cause; a side that is a bare pronoun is left out, for it names nothing; so is
//! what a person does to a person, which is an event. Weak words count only where the trained tagger
//! ([`model::Causality`]) finds the sentence causal.

mod lexicon;
pub mod score;
mod sides;
mod tagged;

use model::{CausalPart, Phrase, Polarity, Proposition, Sentence, Span, Status};

use crate::draft::Draft;
use crate::frames::FrameError;
use crate::roles::Scene;
use crate::speech::Reporting;
use crate::status::Governors;
use crate::syntax;
use lexicon::Lexicon;
pub use lexicon::{Entry, Needs, Shape};

/// The data file.
pub const LEXICON: &str = include_str!("../../../data/lexicons/causes.toml");

/// The name and version that claims of this kind carry.
pub const CODER: &str = "causes/1";

/// The same of those that the tagger proposes.
pub const TAGGER: &str = "causes-tagger/1";

/// Below this probability of its sentence a weak word is vetoed; chosen by cross-validation on the tagger's training
/// data, where its precision above the line is about .85.
const DOUBT: f32 = 0.6;

/// From this on a sentence counts as causal; chosen by cross-validation on the tagger's training data.
const CAUSAL: f32 = 0.3;

/// Finds causal claims.
#[derive(Debug)]
pub struct Causes {
    lexicon: Lexicon,
}

/// One causal word with both of its sides.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// The word on which the judgement turns.
    pub(crate) word: usize,
    pub(crate) cause: Side,
    pub(crate) effect: Side,
    pub(crate) polarity: Polarity,
    /// Whether the tagger proposes it.
    pub(crate) tagged: bool,
}

/// One side: its words and the token on which they hang.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Side {
    pub(crate) head: usize,
    pub(crate) span: Span,
}

impl Causes {
    /// The lexicon that comes along.
    pub fn embedded() -> Result<Self, FrameError> {
        Ok(Self { lexicon: Lexicon::parse("causes.toml", LEXICON)? })
    }

    /// The entries, for tests of their examples.
    pub fn entries(&self) -> &[Entry] {
        &self.lexicon.entries
    }

    /// Whether a reader would say that these sentences tell cause and effect, in the wide sense of the tagger's training
    /// data (motives and purposes among them).
    pub fn is_causal(&self, sentences: &[Sentence]) -> bool {
        sentences.iter().any(|s| probability(s) >= CAUSAL)
    }

    /// Causal words with both sides: those that the rules read in order, then those that the tagger proposes.
    pub(crate) fn find(&self, reporting: &Reporting, scene: &Scene<'_>) -> Vec<Found> {
        let sentence = scene.sentence;
        let mut found: Vec<Found> = Vec::new();
        for word in 0..sentence.tokens.len() {
            for (entry, matched) in self.lexicon.at(scene.text, sentence, word) {
                let Some(one) = sides::of(scene, reporting, &self.lexicon, entry, word, &matched) else { continue };
                if entry.weak && probability(sentence) < DOUBT {
                    continue;
                }
                let twice =
                    found.iter().any(|f| f.word == one.word || (f.cause == one.cause && f.effect == one.effect));
                if !twice {
                    found.push(one);
                }
                break;
            }
        }
        // A word that both know is the rules'; a tree gives cleaner sides.
        for one in tagged::of(scene, reporting, &self.lexicon) {
            let span = one.cause.span.cover(one.effect.span);
            let known = found.iter().any(|f| {
                f.word.abs_diff(one.word) <= 2
                    || (f.cause.span.overlaps(one.cause.span) && f.effect.span.overlaps(one.effect.span))
                    || (f.tagged && f.cause.span.cover(f.effect.span) == span)
            });
            if !known {
                found.push(one);
            }
        }
        found
    }

    /// Adds a draft for each.
    pub(crate) fn draft(
        &self,
        governors: &Governors,
        reporting: &Reporting,
        scene: &Scene<'_>,
        drafts: &mut Vec<Draft>,
    ) {
        let sentence = scene.sentence;
        for one in self.find(reporting, scene) {
            let is_verb = sentence.tokens[one.word].upos == model::Upos::Verb;
            let anchor = if is_verb { one.word } else { syntax::clause_head(sentence, one.word) };
            let mut status = governors.status(sentence, if is_verb { anchor } else { one.effect.head }, true);
            // "It failed because …", "It cannot hold because …": what did not happen did so for that reason.
            if !is_verb
                && matches!(status, Status::DidNotOccur | Status::Demanded | Status::Possible | Status::Cancelled)
            {
                status = Status::Occurred;
            }
            let evidence = syntax::clause_span(sentence, syntax::clause_head(sentence, anchor))
                .cover(one.cause.span)
                .cover(one.effect.span)
                .cover(sentence.tokens[one.word].span);
            let part = |side: Side| CausalPart { phrase: Phrase::of(side.span, scene.text), claim: None };
            let proposition =
                Proposition::Cause { cause: part(one.cause), effect: part(one.effect), polarity: one.polarity };
            // The claims that either side makes on its own, where its words tell a happening.
            let claim_of = |side: Side| {
                drafts.iter().position(|d| {
                    // Drafts of earlier sentences number other words.
                    let here = d.happening.as_ref().filter(|_| sentence.span.overlaps(d.evidence));
                    here.is_some_and(|h| {
                        std::iter::once(&h.lead).chain(&h.more).any(|t| t.token == side.head || d.anchor == side.head)
                            && sentence.tokens.get(h.lead.token).is_some_and(|t| side.span.overlaps(t.span))
                    })
                })
            };
            let sides = [claim_of(one.cause), claim_of(one.effect)];
            let coder = if one.tagged { TAGGER } else { CODER };
            drafts.push(Draft { status, anchor, sides, coder, ..Draft::new(proposition, evidence) });
        }
    }
}

/// What the tagger gives the sentence; nothing where none has read it.
fn probability(sentence: &Sentence) -> f32 {
    sentence.causality.as_ref().map_or(0.0, |c| c.probability)
}
