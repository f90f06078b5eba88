//! Duties that an accord or law lays on somebody: "Under the accord, Kabul must …", "The accord requires Kabul to …".
//!
//! Without an instrument that is named there is no duty: "Kabul must act" is an opinion.

use model::{Deprel, Status, Upos};

use super::{Commitments, Kind, Owed, mention, parties, predicate};
use crate::roles::Scene;
use crate::syntax;

impl Commitments {
    /// "Under the accord, Kabul must …"
    pub(super) fn duty(&self, scene: &Scene<'_>, verb: usize) -> Option<Owed> {
        let sentence = scene.sentence;
        let modal = sentence.children(verb).find(|(_, t)| {
            t.deprel == Deprel::Aux && matches!(t.lemma.as_str(), "must" | "shall" | "will" | "should" | "would")
        });
        // "is required to withdraw", "has to withdraw", "is to withdraw"
        let (act, binding) = if let Some((_, modal)) = modal {
            (verb, !matches!(modal.lemma.as_str(), "will" | "would"))
        } else {
            let lemma = sentence.tokens[verb].lemma.to_lowercase();
            let governs =
                matches!(lemma.as_str(), "require" | "oblige" | "bind" | "have" | "commit" | "obligate" | "due");
            let act = sentence.child(verb, &[Deprel::Xcomp]).filter(|_| governs)?;
            if lemma != "have" && !syntax::is_passive(sentence, verb) && lemma != "due" {
                return None;
            }
            (act, true)
        };
        let under = |at: usize| {
            sentence.children(at).map(|(i, _)| i).find(|&i| {
                matches!(sentence.tokens[i].deprel, Deprel::Obl | Deprel::Nmod | Deprel::Advmod)
                    && self.is_instrument(scene, i)
                    && sentence.children(i).any(|(_, t)| {
                        t.deprel == Deprel::Case
                            && matches!(t.lemma.to_lowercase().as_str(), "under" | "accord" | "according" | "per")
                    })
            })
        };
        let phrase = under(verb).or_else(|| under(act))?;
        let subject = syntax::surface_subject(sentence, verb)?;
        if syntax::is_passive(sentence, act) && act == verb {
            // "prisoners must be freed": who is bound is not said.
            return None;
        }
        let actor = parties(scene, subject);
        if actor.is_empty() {
            return None;
        }
        let status = if binding { Status::Ongoing } else { Status::Promised };
        let object = Some(predicate(sentence, act, Some(phrase))?);
        Some(Owed { instrument: Some(mention(scene, phrase)?), ..Owed::by(actor, object, status, act) })
    }

    /// "The accord requires Kabul to …", "The accord says that Kabul must …"
    pub(super) fn bound(&self, scene: &Scene<'_>, verb: usize) -> Option<Owed> {
        let sentence = scene.sentence;
        if sentence.tokens[verb].upos != Upos::Verb {
            return None;
        }
        let subject = sentence.child(verb, &[Deprel::Nsubj])?;
        if !self.is_instrument(scene, subject) {
            return None;
        }
        let bans = self.is(sentence, verb, Kind::Bans);
        let (actor, act) = if bans || self.is(sentence, verb, Kind::Binds) {
            let object = sentence.child(verb, &[Deprel::Obj, Deprel::Iobj])?;
            let act = sentence
                .child(verb, &[Deprel::Xcomp])
                .or_else(|| sentence.child(object, &[Deprel::Acl]))
                .or_else(|| sentence.child(verb, &[Deprel::Advcl]))?;
            (parties(scene, object), act)
        } else if self.is(sentence, verb, Kind::Provides) {
            let act = sentence.child(verb, &[Deprel::Ccomp])?;
            let modal = sentence.children(act).any(|(_, t)| {
                t.deprel == Deprel::Aux && matches!(t.lemma.as_str(), "must" | "shall" | "will" | "should")
            });
            if !modal || syntax::is_passive(sentence, act) {
                return None;
            }
            (parties(scene, syntax::surface_subject(sentence, act)?), act)
        } else {
            return None;
        };
        if actor.is_empty() {
            return None;
        }
        let duty = predicate(sentence, act, None)?;
        // The duty under a ban is told by the word of banning and all: "bars Iran from enriching uranium".
        let object = Some(if bans { sentence.tokens[verb].span.cover(duty) } else { duty });
        Some(Owed { instrument: Some(mention(scene, subject)?), ..Owed::by(actor, object, Status::Ongoing, act) })
    }

    /// An accord or law: a word of the list that a name, an adjective or an article makes a definite one.
    fn is_instrument(&self, scene: &Scene<'_>, index: usize) -> bool {
        let sentence = scene.sentence;
        let token = &sentence.tokens[index];
        if !matches!(token.upos, Upos::Noun | Upos::Propn) {
            return false;
        }
        let word = token.span.of(scene.text).to_lowercase();
        self.words.contains_key(&(Kind::Instrument, token.lemma.to_lowercase()))
            || self.words.contains_key(&(Kind::Instrument, word))
    }
}
