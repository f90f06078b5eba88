//! Whose a thing is: who owns it, made it, sent it off, or is its place.
//!
//! Things are no parties, and people are nobody's: "a Canadian tourist" does not act for Canada.

use model::{Deprel, Name, NameKind, PartyId, Sentence, Token, Upos};

use super::Scene;
use super::words::{is_deed, is_of_a_circle, is_person_word, is_projectile, sends_off};
use crate::frames::Slot;
use crate::syntax;

impl Scene<'_> {
    /// Who owns a thing, made it or is its place, nearest first: possessor, adjective, then what stands after a
    /// preposition. Of a subject only the first two: "warplanes of the coalition" act for it, "a man in Syria" for nobody.
    pub(super) fn owners(&self, thing: usize, slot: &Slot) -> Vec<usize> {
        let sentence = self.sentence;
        if !matches!(sentence.tokens[thing].upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym) {
            return Vec::new();
        }
        let before = self.owners_before(thing);
        if !before.is_empty() {
            return syntax::with_conjuncts(sentence, before);
        }
        if let Some(senders) = self.senders(thing, slot) {
            return senders;
        }
        let after: &[&str] = match slot {
            // "the shelling of Kyiv" is not Kyiv's.
            Slot::Subject if is_deed(&sentence.tokens[thing].lemma) => &[],
            Slot::Subject => &["of"],
            _ => &["by", "from", "of", "against", "with", "to", "on", "for", "between", "in"],
        };
        // "its rival in Spain" is no part of Spain.
        let owned = sentence.child(thing, &[Deprel::NmodPoss]).is_some();
        for preposition in after.iter().filter(|p| !owned || **p != "in") {
            let found = syntax::obliques(sentence, thing, &[preposition]);
            if found.iter().any(|&i| self.party(i).is_some()) {
                return found;
            }
            if *preposition == "by" {
                let made = makers(sentence, thing);
                if made.iter().any(|&i| self.party(i).is_some()) {
                    return made;
                }
            }
            // One step further: "the demolition of a village in the West Bank", "a number of officials".
            if matches!(*preposition, "of" | "for")
                && let Some(&inner) = found.first()
                && !matches!(slot, Slot::Subject)
            {
                let deeper = self.owners(inner, slot);
                if !deeper.is_empty() {
                    return deeper;
                }
            }
        }
        Vec::new()
    }

    /// The known parties that stand before a thing and own it: "a Saudi plant", "Israel's plan".
    fn owners_before(&self, thing: usize) -> Vec<usize> {
        let sentence = self.sentence;
        let stands_before = |i: usize, t: &Token| {
            i < thing
                && matches!(t.deprel, Deprel::NmodPoss | Deprel::Amod | Deprel::Compound)
                && !matches!(t.upos, Upos::Pron | Upos::Det)
        };
        let named: Vec<(usize, PartyId)> = sentence
            .children(thing)
            .filter(|(i, t)| stands_before(*i, t))
            .filter(|&(i, _)| !self.only_describes(i, thing) && !self.is_namesake(i, thing))
            .filter_map(|(i, _)| Some((i, self.party(i)?.id?)))
            .collect();
        // "an Afghan army base": the army's, and no other's.
        let is_whole = |id: &PartyId| named.iter().any(|(_, o)| o != id && o.root() == id.as_str());
        named.iter().filter(|(_, id)| !is_whole(id)).map(|(i, _)| *i).collect()
    }

    /// "a Canadian tourist" is not Canada's, and the Norwegian Nobel Committee not Norway.
    fn only_describes(&self, adjective: usize, thing: usize) -> bool {
        self.sentence.tokens[adjective].upos == Upos::Adj
            && (self.is_person(thing) || self.in_one_name(adjective, thing))
    }

    /// "Trump supporters", "Putin's daughter" are not whom they are named after.
    fn is_namesake(&self, owner: usize, thing: usize) -> bool {
        let is_person = |n: &Name| n.kind == NameKind::Person && n.tokens.contains(&owner);
        is_of_a_circle(&self.sentence.tokens[thing]) && self.sentence.names.iter().any(is_person)
    }

    /// "a bomb planted by the group", "the missiles that the army fired": who sent it off acts through it.
    fn senders(&self, thing: usize, slot: &Slot) -> Option<Vec<usize>> {
        let sentence = self.sentence;
        if !is_projectile(&sentence.tokens[thing].lemma) {
            return None;
        }
        let sent: Vec<usize> = sentence
            .children(thing)
            .filter(|(_, t)| matches!(t.deprel, Deprel::Acl | Deprel::AclRelcl) && sends_off(&t.lemma))
            .flat_map(|(verb, _)| syntax::agents(sentence, verb))
            .filter(|&i| i != thing)
            .collect();
        if sent.iter().any(|&i| self.party(i).is_some()) {
            return Some(sent);
        }
        // "launched missiles targeting troops"
        let verb = syntax::head(sentence, thing)?;
        let launched = *slot == Slot::Subject
            && sentence.tokens[thing].deprel == Deprel::Obj
            && sends_off(&sentence.tokens[verb].lemma);
        launched.then(|| syntax::agents(sentence, verb))
    }

    /// Whether a noun names a person, by the catalogue, by a personal name beside it, or by its ending.
    pub(crate) fn is_person(&self, noun: usize) -> bool {
        let sentence = self.sentence;
        let token = &sentence.tokens[noun];
        let named = sentence.children(noun).any(|(i, t)| {
            matches!(t.deprel, Deprel::Appos | Deprel::Flat)
                && sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&i))
        });
        named
            || sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&noun))
            || self.catalogue.resolve(&token.lemma, self.context).is_some_and(|r| r.is_private)
            || is_person_word(&token.lemma)
    }

    /// Whether two words are parts of one name.
    fn in_one_name(&self, one: usize, other: usize) -> bool {
        self.sentence.names.iter().any(|n| n.tokens.contains(&one) && n.tokens.contains(&other))
    }
}

/// "an appeal filed by lawyers", "the resolution proposed by the council"
fn makers(sentence: &Sentence, thing: usize) -> Vec<usize> {
    let clauses = sentence.children(thing).filter(|(_, t)| t.deprel == Deprel::Acl);
    clauses.flat_map(|(verb, _)| syntax::obliques(sentence, verb, &["by"])).collect()
}
