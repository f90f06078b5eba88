//! Where in the sentence each slot of a frame is looked for: subject, object, possessor, after a preposition.
//!
//! Gives words, not parties: whether they name anybody is for `naming` to say.

use model::{Deprel, NameKind, Sentence, Token, Upos};

use super::Scene;
use super::lending::{lending_verb, lent_clause, passive_over};
use crate::frames::{Slot, Trigger};
use crate::syntax;

impl Scene<'_> {
    /// The heads of what stands in a slot of a trigger, party or not.
    pub(super) fn candidates(&self, trigger: Trigger, slot: &Slot) -> Vec<usize> {
        let sentence = self.sentence;
        let index = trigger.token;
        match slot {
            Slot::Subject if trigger.is_verb => syntax::agents(sentence, index),
            Slot::Object if trigger.is_verb => syntax::patients(sentence, index),
            // The subject of the verb that an event noun leans on: "the army carried out raids".
            // "X is an ally of Y"
            Slot::Subject if sentence.child(index, &[Deprel::Nsubj]).is_some() => {
                let subject = sentence.child(index, &[Deprel::Nsubj]).into_iter().collect();
                syntax::with_conjuncts(sentence, subject)
            }
            // "… and is at war with them"
            Slot::Subject
                if sentence.tokens[index].deprel == Deprel::Conj && sentence.child(index, &[Deprel::Cop]).is_some() =>
            {
                let subject = syntax::surface_subject(sentence, index).into_iter().collect();
                syntax::with_conjuncts(sentence, subject)
            }
            // "TTP commander Abdul Wali": whose title it is.
            Slot::Subject if sentence.tokens[index].deprel == Deprel::NmodDesc && self.titles_person(index) => {
                syntax::head(sentence, index).into_iter().collect()
            }
            Slot::Subject => {
                lending_verb(sentence, index).map(|verb| syntax::agents(sentence, verb)).unwrap_or_default()
            }
            Slot::Object => Vec::new(),
            // "attacks launched by the TTP", "strikes carried out by jets"
            Slot::Preposition(preposition)
                if !trigger.is_verb && preposition == "by" && lent_clause(sentence, index).is_some() =>
            {
                lent_clause(sentence, index).map(|verb| syntax::obliques(sentence, verb, &["by"])).unwrap_or_default()
            }
            Slot::Possessor if trigger.is_verb => Vec::new(),
            Slot::Possessor => possessors(sentence, index),
            Slot::Preposition(preposition) => self.phrases(trigger, slot, preposition),
        }
    }

    /// Whether a noun is the title before a person's name.
    fn titles_person(&self, noun: usize) -> bool {
        let head = syntax::head(self.sentence, noun);
        self.sentence
            .names
            .iter()
            .any(|n| n.kind == NameKind::Person && head.is_some_and(|h| h > noun && n.tokens.contains(&h)))
    }

    /// What stands after a preposition that belongs to the trigger, wherever the parser has hung it.
    fn phrases(&self, trigger: Trigger, slot: &Slot, preposition: &str) -> Vec<usize> {
        let sentence = self.sentence;
        let index = trigger.token;
        let found = syntax::obliques(sentence, index, &[preposition]);
        if trigger.is_verb {
            // Where the object holds the phrase, and the verb none but a day ("imposed sanctions on two banks on
            // Monday").
            let names_nobody = |&i: &usize| self.party(i).is_none() && self.owners(i, slot).is_empty();
            let held = if found.iter().all(names_nobody) { held(sentence, index, preposition) } else { Vec::new() };
            return if held.is_empty() { found } else { held };
        }
        let lent = || lending_verb(sentence, index).or_else(|| passive_over(sentence, index, preposition));
        let of_verb = || lent().map(|verb| syntax::obliques(sentence, verb, &[preposition])).unwrap_or_default();
        let nested = || match preposition {
            // "the murder of an officer by smugglers": a person or thing takes no "by" of its own.
            "by" => below(sentence, index, &["of", "on", "against"], "by"),
            // "talks between A and B through C": hung on the last of them.
            "through" => below(sentence, index, &["between", "with"], "through"),
            _ => Vec::new(),
        };
        first_of(found, &[&of_verb, &nested])
    }
}

/// The first of several readings that finds anything.
fn first_of(found: Vec<usize>, others: &[&dyn Fn() -> Vec<usize>]) -> Vec<usize> {
    others.iter().fold(found, |found, other| if found.is_empty() { other() } else { found })
}

/// What stands before an event noun: "Israeli raids", "the army's raids".
fn possessors(sentence: &Sentence, noun: usize) -> Vec<usize> {
    let owns = |d: Deprel| matches!(d, Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::Nmod);
    let before = sentence.children(noun).filter(|(i, t)| *i < noun && owns(t.deprel)).map(|(i, _)| i).collect();
    syntax::with_conjuncts(sentence, before)
}

/// What a preposition governs below what stands after some other preposition of the noun.
fn below(sentence: &Sentence, noun: usize, outer: &[&str], preposition: &str) -> Vec<usize> {
    let within = syntax::obliques(sentence, noun, outer).into_iter();
    within.flat_map(|i| syntax::obliques(sentence, i, &[preposition])).collect()
}

/// What a preposition governs below what a verb governs: "opened fire on", "signed an agreement with".
fn held(sentence: &Sentence, verb: usize, preposition: &str) -> Vec<usize> {
    let holders = sentence.children(verb).filter(|(_, t)| holds(t, preposition));
    holders.flat_map(|(i, _)| syntax::obliques(sentence, i, &[preposition])).collect()
}

/// Whether a word below a verb may hold a phrase that belongs to the verb.
fn holds(token: &Token, preposition: &str) -> bool {
    match token.deprel {
        Deprel::Obj | Deprel::Xcomp => true,
        // "The truce between A and B took effect", "relations with B soured".
        Deprel::Nsubj | Deprel::NsubjPass => matches!(preposition, "between" | "with"),
        // "is drawing closer to B"
        Deprel::Advmod => matches!(token.upos, Upos::Adv | Upos::Adj),
        _ => false,
    }
}
