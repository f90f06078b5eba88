//! The words that a frame asks for, and whether a sentence's tree has them: the head by its part of speech, the
//! others below it.
//!
//! Which frame wins, and who fills its roles, is decided elsewhere.

use model::{Deprel, Sentence, Upos};

use crate::ceasefire::StandIns;
use crate::syntax;

/// What kind of word heads a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Verb,
    Noun,
    /// Only as a predicate: "is wary of", "remained opposed to".
    Adjective,
}

/// Words that bring up a frame: the head's lemma, and lemmas that must hang below it.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) frame: usize,
    /// Each must be the lemma of a dependent; alternatives within one.
    pub(crate) below: Vec<Vec<String>>,
    pub(crate) word: Word,
}

/// Whether a token's tag and relation let it head a pattern of this kind.
pub(crate) fn fits_tag(sentence: &Sentence, index: usize, word: Word) -> bool {
    let token = &sentence.tokens[index];
    match word {
        // Participles before a noun ("the injured soldiers") describe rather than tell.
        Word::Verb => {
            (token.upos == Upos::Verb || is_passive_adjective(sentence, index))
                && !matches!(token.deprel, Deprel::Amod | Deprel::Compound | Deprel::Case)
        }
        // An event noun that merely modifies another ("attack helicopters") tells nothing; in a name neither.
        Word::Noun => {
            matches!(token.upos, Upos::Noun | Upos::Propn)
                && !matches!(token.deprel, Deprel::Compound | Deprel::Flat | Deprel::Amod)
                && !sentence.names.iter().any(|n| n.tokens.contains(&index) && n.tokens.len() > 1)
        }
        // "was present", "remained opposed to": a participle counts where the tagger takes it for a verb.
        Word::Adjective => {
            matches!(token.upos, Upos::Adj | Upos::Verb | Upos::Adv)
                && !matches!(token.deprel, Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Advmod)
        }
    }
}

/// "were wounded", "were hurt" with the participle tagged as an adjective, but the tree that of a passive.
pub(crate) fn is_passive_adjective(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    token.upos == Upos::Adj
        && sentence.child(index, &[Deprel::NsubjPass]).is_some()
        && sentence.child(index, &[Deprel::AuxPass]).is_some()
}

/// Nouns that only measure what stands after them: "two million dollars in aid", "a series of raids".
pub(crate) fn measures(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    matches!(token.upos, Upos::Num | Upos::Sym)
        || matches!(
            token.lemma.as_str(),
            "million"
                | "billion"
                | "dollar"
                | "euro"
                | "pound"
                | "ton"
                | "tonne"
                | "worth"
                | "amount"
                | "number"
                | "series"
                | "set"
                | "round"
                | "package"
                | "batch"
                | "kind"
                | "piece"
                | "lot"
                | "range"
                | "variety"
                | "consignment"
                | "quantity"
                | "truckload"
                | "state"
                | "act"
                | "form"
                | "wave"
                | "hundred"
                | "thousand"
                | "dozen"
                | "total"
                | "rest"
                | "majority"
                | "group"
                | "team"
        )
}

/// The words that a pattern may ask for below `index`: its dependents, what is coordinated with an object, and
/// what a measure measures.
pub(crate) fn near_below(sentence: &Sentence, index: usize) -> Vec<usize> {
    // Who acts is a role, not a part of the pattern: "the government dismissed" dismisses no government. But what
    // changes by itself is: "a bomb exploded", "the truce expired", "relations soured".
    let breaks = matches!(sentence.tokens[index].lemma.as_str(), "violate" | "breach" | "break" | "violation");
    let goes_off = changes_by_itself(&sentence.tokens[index].lemma.to_lowercase());
    let mut found: Vec<usize> = sentence
        .children(index)
        .filter(|(_, t)| {
            !matches!(t.deprel, Deprel::Conj | Deprel::OblAgent) && (goes_off || t.deprel != Deprel::Nsubj)
        })
        // "sent the police a plan" sends no police.
        .filter(|(_, t)| t.deprel != Deprel::Iobj || sentence.child(index, &[Deprel::Obj]).is_none())
        .map(|(i, _)| i)
        .collect();
    let mut at = 0;
    while at < found.len() && found.len() < 64 {
        let here = found[at];
        let object = matches!(
            sentence.tokens[here].deprel,
            Deprel::Obj | Deprel::NsubjPass | Deprel::Conj | Deprel::Nmod | Deprel::Obl
        ) && syntax::is_nominal(sentence, here);
        if object {
            for (i, token) in sentence.children(here) {
                let measured = token.deprel == Deprel::Nmod && measures(sentence, here)
                    // "violated the ceasefire agreement": what is broken is the ceasefire.
                    || breaks && token.deprel == Deprel::Compound;
                if measured || (token.deprel == Deprel::Conj && syntax::is_nominal(sentence, i)) {
                    found.push(i);
                }
            }
        }
        at += 1;
    }
    found
}

/// Verbs whose subject suffers what they say: no one is told to do it.
fn changes_by_itself(lemma: &str) -> bool {
    matches!(
        lemma,
        "explode"
            | "go"
            | "detonate"
            | "expire"
            | "lapse"
            | "elapse"
            | "sour"
            | "deteriorate"
            | "worsen"
            | "warm"
            | "thaw"
            | "hold"
            | "take"
            | "come"
            | "enter"
            | "run"
            | "fall"
            | "land"
            | "rip"
            | "tear"
    )
}

/// "according to": no accord, whatever its lemma.
fn is_according(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    token.upos == Upos::Verb && token.lemma == "accord"
}

/// The tokens that a pattern's further words stand on; `None` where one is missing. `ceasefires` are given where the pattern
/// is of a ceasefire's frame: one may be told of by its subject ("the truce began"), by a clause that leans on it ("the
/// truce, which began"), or by a word that stands for it.
pub(crate) fn matches_below(
    sentence: &Sentence,
    index: usize,
    pattern: &Pattern,
    ceasefires: Option<&StandIns>,
) -> Option<Vec<usize>> {
    if pattern.below.is_empty() {
        return Some(Vec::new());
    }
    let mut near = near_below(sentence, index);
    if ceasefires.is_some()
        && pattern.word == Word::Verb
        && sentence.child(index, &[Deprel::Obj]).is_none()
        && let Some(subject) = syntax::surface_subject(sentence, index)
    {
        near.push(subject);
    }
    let stands_for = |i: usize, words: &Vec<String>| {
        ceasefires.is_some_and(|c| c.words.contains(&i)) && words.iter().any(|w| w == "ceasefire")
    };
    let implied = ceasefires.is_some_and(|c| c.implied.contains(&index));
    pattern
        .below
        .iter()
        .map(|words| {
            near.iter()
                .copied()
                .find(|&i| {
                    let lemma = sentence.tokens[i].lemma.to_lowercase();
                    if is_according(sentence, i) {
                        return false;
                    }
                    // "troops" is its own base form to some annotators.
                    words.contains(&lemma)
                        || lemma.strip_suffix('s').is_some_and(|l| words.iter().any(|w| w == l))
                        || stands_for(i, words)
                })
                // "an extension": of the ceasefire that is spoken of.
                .or_else(|| (implied && words.iter().any(|w| w == "ceasefire")).then_some(index))
                // "signed with B an agreement on trade": one step further down, a preposition or its noun.
                .or_else(|| {
                    sentence
                        .children(index)
                        .filter(|(_, t)| matches!(t.deprel, Deprel::Obl | Deprel::Nmod))
                        .find_map(|(i, _)| {
                            sentence.children(i).find(|(c, t)| {
                                t.deprel == Deprel::Case && words.contains(&t.lemma) && !is_according(sentence, *c)
                            })
                        })
                        .map(|(i, _)| i)
                })
        })
        .collect()
}
