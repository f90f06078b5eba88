//! Commitments: duties under an accord or law, and promises, each with who is bound, to what, and by what instrument.
//!
//! The words are data (`data/lexicons/commitments.toml`). A duty in force is `ongoing`, a promise `promised`; one said
//! to be kept `occurred`, one said to be broken `did_not_occur`. Promised violence is a threat and no commitment, and
//! plain announcements ("will visit") bind nobody.

mod duties;
mod promises;

use std::collections::HashMap;

use model::{Attribution, Commitment, Deprel, Party, Phrase, Proposition, Sentence, Span, Status, Upos};
use serde::Deserialize;

use crate::draft::Draft;
use crate::frames::FrameError;
use crate::roles::Scene;
use crate::rules::rules;
use crate::status::Governors;
use crate::syntax;

/// The data file.
pub const LEXICON: &str = include_str!("../../../data/lexicons/commitments.toml");

/// The name and version that claims of this kind carry.
pub const CODER: &str = "commitments/1";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Instrument,
    Binds,
    Bans,
    Provides,
    Promise,
    Duty,
    Breaks,
    Keeps,
}

/// The words of duty and promise.
#[derive(Debug, Default)]
pub struct Commitments {
    /// By kind and lemma: the word that must hang below, if any.
    words: HashMap<(Kind, String), Option<String>>,
}

/// What is owed, before it becomes a draft.
struct Owed {
    actor: Vec<Party>,
    recipient: Vec<Party>,
    instrument: Option<String>,
    object: Option<Span>,
    status: Status,
    anchor: usize,
    source: Option<Attribution>,
}

impl Owed {
    /// A duty of `actor` to nobody in particular, in the teller's own voice.
    fn by(actor: Vec<Party>, object: Option<Span>, status: Status, anchor: usize) -> Self {
        Self { actor, recipient: Vec::new(), instrument: None, object, status, anchor, source: None }
    }
}

impl Commitments {
    /// The words that come along.
    pub fn embedded() -> Result<Self, FrameError> {
        let mut words = HashMap::new();
        for rule in rules("commitments.toml", LEXICON)? {
            for word in rule.words {
                let mut parts = word.split(' ').map(str::to_owned);
                let Some(head) = parts.next() else { continue };
                words.insert((rule.kind, head), parts.next());
            }
        }
        Ok(Self { words })
    }

    fn is(&self, sentence: &Sentence, index: usize, kind: Kind) -> bool {
        match self.words.get(&(kind, sentence.tokens[index].lemma.to_lowercase())) {
            None => false,
            Some(None) => true,
            Some(Some(below)) => sentence.children(index).any(|(i, t)| {
                t.lemma.eq_ignore_ascii_case(below) || syntax::preposition(sentence, i) == Some(below.as_str())
            }),
        }
    }

    /// Adds a draft for each commitment of the sentence, whose other drafts start at `first`.
    pub(crate) fn draft(&self, governors: &Governors, scene: &Scene<'_>, first: usize, drafts: &mut Vec<Draft>) {
        let sentence = scene.sentence;
        for index in 0..sentence.tokens.len() {
            let owed = match sentence.tokens[index].upos {
                Upos::Verb | Upos::Aux | Upos::Adj => self
                    .duty(scene, index)
                    .or_else(|| self.bound(scene, index))
                    .or_else(|| self.promise(governors, scene, index, &drafts[first..]))
                    .or_else(|| self.kept(governors, scene, index)),
                _ => None,
            };
            let Some(owed) = owed else { continue };
            let mut evidence = syntax::clause_span(sentence, syntax::clause_head(sentence, owed.anchor));
            if let Some(object) = owed.object {
                evidence = evidence.cover(object);
            }
            for party in owed.actor.iter().chain(&owed.recipient) {
                evidence = party.span.map_or(evidence, |s| evidence.cover(s));
            }
            drafts.push(Draft {
                actor: owed.actor,
                recipient: owed.recipient,
                status: owed.status,
                anchor: owed.anchor,
                source: owed.source,
                coder: CODER,
                ..Draft::new(
                    Proposition::Commitment(Commitment {
                        instrument: owed.instrument,
                        object: owed.object.map(|span| Phrase::of(span, scene.text)),
                    }),
                    evidence,
                )
            });
        }
    }
}

/// The parties that a nominal and its conjuncts name, known or open ("both sides").
fn parties(scene: &Scene<'_>, index: usize) -> Vec<Party> {
    let known: Vec<Party> =
        scene.fillers(syntax::with_conjuncts(scene.sentence, vec![index])).into_iter().map(|f| f.party).collect();
    // "both sides", "the two countries": somebody is bound, whoever they are.
    let token = &scene.sentence.tokens[index];
    let unnamed =
        matches!(token.lemma.as_str(), "side" | "party" | "country" | "government" | "neighbour" | "neighbor");
    if known.is_empty() && unnamed && token.upos == Upos::Noun {
        let range = syntax::mention_tokens(scene.sentence, index);
        return syntax::span_of(scene.sentence, &range)
            .map(|span| Party { mention: Some(span.of(scene.text).to_owned()), span: Some(span), ..Party::default() })
            .into_iter()
            .collect();
    }
    known
}

/// The words of a nominal.
fn mention(scene: &Scene<'_>, index: usize) -> Option<String> {
    let range = syntax::mention_tokens(scene.sentence, index);
    syntax::span_of(scene.sentence, &range).map(|s| s.of(scene.text).to_owned())
}

/// The words of what is owed: the predicate with what follows it and its "not", without subject, modal and "to".
fn predicate(sentence: &Sentence, act: usize, without: Option<usize>) -> Option<Span> {
    let negation = sentence
        .children(act)
        .filter(|(i, t)| *i < act && t.deprel == Deprel::Advmod && matches!(t.lemma.as_str(), "not" | "never" | "no"))
        .map(|(i, _)| i)
        .next();
    let first = negation.unwrap_or(act);
    let inside = |i: usize| {
        sentence.is_within(i, act) && without.is_none_or(|w| !sentence.is_within(i, w)) && !is_aside(sentence, i, act)
    };
    let mut last = act;
    while last + 1 < sentence.tokens.len() && inside(last + 1) {
        last += 1;
    }
    while last > act && sentence.tokens[last].upos == Upos::Punct {
        last -= 1;
    }
    Some(sentence.tokens.get(first)?.span.cover(sentence.tokens[last].span))
}

/// Whether a token stands in a reporting clause or a second main clause below the act.
fn is_aside(sentence: &Sentence, mut index: usize, act: usize) -> bool {
    while index != act {
        let token = &sentence.tokens[index];
        let second = token.deprel == Deprel::Conj && token.upos == Upos::Verb && token.feats.has("VerbForm", "Fin");
        let but = token.deprel == Deprel::Conj && sentence.children(index).any(|(_, t)| t.lemma == "but");
        if token.deprel == Deprel::Parataxis || second || but {
            return true;
        }
        match syntax::head(sentence, index) {
            Some(up) => index = up,
            None => return false,
        }
    }
    false
}
