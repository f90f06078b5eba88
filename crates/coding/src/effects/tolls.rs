//! Running tolls: "the death toll from the attack rose to 40", "killed 12, bringing the number of dead to 75".
//!
//! A toll is what a report counts up to, over one happening as it becomes known or over many. It replaces what was said
//! before and is never the count of the happening at hand, which keeps its own.

use model::{Category, Deprel, Effect, EffectKind, Sentence};

use super::state_kind;
use crate::happenings::Happening;
use crate::numbers;
use crate::roles::Scene;
use crate::syntax;

/// How many steps up the tree the happening may stand from the clause of the toll.
const REACH: usize = 3;

/// The tolls told with a happening: those that are its own, and those that its clause goes on to.
pub(crate) fn of_tolls(scene: &Scene<'_>, happening: &Happening) -> Vec<Effect> {
    let sentence = scene.sentence;
    let words: Vec<usize> = std::iter::once(&happening.lead).chain(&happening.more).map(|t| t.token).collect();
    (0..sentence.tokens.len())
        .filter_map(|verb| {
            let (toll, number) = counted_up(sentence, verb)?;
            let kind = kind_of(sentence, toll)?;
            let own = words.iter().any(|&w| sentence.is_within(w, toll));
            (own || goes_on(sentence, verb, &words)).then(|| effect(scene, kind, verb, number)).flatten()
        })
        .collect()
}

/// The toll and the number of a clause that counts up, if it is one.
fn counted_up(sentence: &Sentence, verb: usize) -> Option<(usize, usize)> {
    let below = |prepositions: &[&str]| syntax::obliques(sentence, verb, prepositions).first().copied();
    let subject = || sentence.child(verb, &[Deprel::Nsubj]);
    let object = || sentence.child(verb, &[Deprel::Obj]);
    match sentence.tokens[verb].lemma.as_str() {
        "rise" | "climb" | "grow" | "jump" | "increase" | "soar" | "go" if object().is_none() => {
            Some((subject()?, below(&["to", "past", "above", "over"])?))
        }
        "stand" => Some((subject()?, below(&["at"])?)),
        "reach" | "hit" | "pass" | "exceed" | "top" => Some((subject()?, object()?)),
        // "bringing the toll to 12"
        "bring" | "raise" | "take" | "push" | "lift" | "increase" | "drive" => {
            Some((object()?, below(&["to", "past", "above", "over"])?))
        }
        _ => None,
    }
}

/// What a toll counts: the dead, unless it is of the injured. `None` where the word is no toll.
fn kind_of(sentence: &Sentence, toll: usize) -> Option<EffectKind> {
    let of = |i: usize| match sentence.tokens[i].lemma.to_lowercase().as_str() {
        "death" | "fatality" | "kill" => Some(EffectKind::Killed),
        "injury" | "casualty" => Some(EffectKind::Injured).filter(|_| sentence.tokens[i].lemma != "casualty"),
        _ => state_kind(sentence, i),
    };
    let said = sentence.children(toll).find_map(|(i, _)| of(i));
    match sentence.tokens[toll].lemma.to_lowercase().as_str() {
        "toll" => Some(said.unwrap_or(EffectKind::Killed)),
        "number" | "total" | "count" | "tally" => said,
        _ => None,
    }
}

/// Whether the clause of a toll goes on from words that tell the happening.
fn goes_on(sentence: &Sentence, verb: usize, words: &[usize]) -> bool {
    use Deprel::{Acl, AclRelcl, Advcl, Conj, Parataxis, Xcomp};
    let mut at = verb;
    for _ in 0..REACH {
        if !matches!(sentence.tokens[at].deprel, Acl | AclRelcl | Advcl | Conj | Parataxis | Xcomp) {
            return false;
        }
        let Some(up) = syntax::head(sentence, at) else { return false };
        if words.contains(&up) {
            return true;
        }
        at = up;
    }
    false
}

fn effect(scene: &Scene<'_>, kind: EffectKind, verb: usize, number: usize) -> Option<Effect> {
    let sentence = scene.sentence;
    let quantity = numbers::quantity_at(scene.text, sentence, number)?;
    let passed = matches!(sentence.tokens[verb].lemma.as_str(), "pass" | "exceed" | "top")
        || matches!(syntax::preposition(sentence, number), Some("past" | "above" | "over"));
    Some(Effect {
        kind,
        low: if passed { quantity.low.map(|n| n + 1.0) } else { quantity.low },
        high: if passed { None } else { quantity.high },
        best: quantity.best,
        of: None,
        party: None,
        category: Some(Category::Unknown),
        part_of: None,
        cumulative: true,
        span: Some(quantity.span),
    })
}
