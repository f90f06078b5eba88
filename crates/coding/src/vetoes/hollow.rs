//! What has the words of an act between parties and is none: opinions shared, things offered to the public, rulings of
//! courts, troops that somebody will not send.
//!
//! Looks at the word, what hangs below it and who is told to act; the words are data (`data/lexicons/vetoes.tsv`).

use model::{Deprel, EventType, Proposition, Sentence, Status, Upos};

use super::Vetoes;
use crate::draft::Draft;
use crate::frames::{Frames, Slot, Trigger};
use crate::happenings;
use crate::status::negates_infinitive;
use crate::syntax;

impl Vetoes {
    /// Whether an event's word tells of no act of its type.
    pub(super) fn is_hollow(&self, sentence: &Sentence, draft: &Draft, lead: Trigger, event: EventType) -> bool {
        use EventType::{Agree, Aid, Concede, Cooperate, Mobilize, Protest, Retreat, Support};
        let word = sentence.tokens[lead.token].lemma.to_lowercase();
        match event {
            Agree => {
                self.shares_opinion(sentence, lead, &word)
                    || self.offers_nothing_public(sentence, draft, lead, &word)
                    || promises_nothing(sentence, draft, lead, &word)
                    || is_ruled(draft)
            }
            // What courts approve is their ruling; acquittals and bans that they lift concede (PLOVER manual, CONCEDE).
            Support | Concede => is_ruled(draft) && self.has("ruling", &word),
            Aid => {
                self.any_below("no-aid", sentence, lead.token) || is_without_object(sentence, lead, &word, "evacuate")
            }
            // "coordinates the response": with nobody.
            Cooperate => {
                word == "coordinate" && sentence.child(lead.token, &[Deprel::Obj]).is_some() && {
                    syntax::obliques(sentence, lead.token, &["with"]).is_empty()
                }
            }
            // "to alert other ships": what alerts is not alert.
            Mobilize => lead.is_verb && word == "alert" && sentence.child(lead.token, &[Deprel::Obj]).is_some(),
            // "demonstrated great patience"; a rally in memory of the dead
            Protest => {
                word.starts_with("demonstrat") && sentence.child(lead.token, &[Deprel::Obj]).is_some()
                    || draft.recipient.is_empty() && self.mourns(sentence, lead.token)
            }
            Retreat => self.moves_no_forces(sentence, draft, lead, &word),
            _ => false,
        }
    }

    /// Whether a noun below the word, or a part of one, is in a class.
    fn any_below(&self, class: &str, sentence: &Sentence, index: usize) -> bool {
        let nominal = |i: usize, t: &model::Token| syntax::is_nominal(sentence, i) && t.deprel != Deprel::Nsubj;
        sentence.children(index).any(|(i, t)| {
            nominal(i, t)
                && (self.has(class, &t.lemma)
                    || sentence
                        .children(i)
                        .any(|(_, c)| matches!(c.deprel, Deprel::Nmod | Deprel::Amod) && self.has(class, &c.lemma)))
        })
    }

    /// "agreed with the assessment", "agreement on the importance of water": an opinion, no undertaking.
    fn shares_opinion(&self, sentence: &Sentence, lead: Trigger, word: &str) -> bool {
        let about = || syntax::obliques(sentence, lead.token, &["with", "on", "about", "to"]);
        matches!(word, "agree" | "agreement" | "disagree")
            && about().iter().any(|&i| self.has("opinion", &sentence.tokens[i].lemma))
            && sentence.child(lead.token, &[Deprel::Obj, Deprel::Xcomp]).is_none()
    }

    /// "offered a different account": nothing that parties offer each other, and to nobody who is known.
    fn offers_nothing_public(&self, sentence: &Sentence, draft: &Draft, lead: Trigger, word: &str) -> bool {
        if word != "offer" || !lead.is_verb {
            return false;
        }
        let objects = syntax::patients(sentence, lead.token);
        let known = draft.recipient.iter().any(|p| p.id.is_some());
        !known && !objects.is_empty() && !self.any_below("offered", sentence, lead.token)
    }

    /// A gathering for the dead.
    fn mourns(&self, sentence: &Sentence, index: usize) -> bool {
        let near = |i: usize| {
            self.has("mourning", &sentence.tokens[i].lemma)
                || sentence.children(i).any(|(c, t)| {
                    self.has("mourning", &t.lemma) && (t.deprel != Deprel::Nmod || syntax::is_nominal(sentence, c))
                })
        };
        near(index) || syntax::agents(sentence, index).iter().any(|&i| near(i))
    }

    /// "retreated to Goa", "withdrew its warnings", "disarmed a robber": no forces, and nobody who has any.
    fn moves_no_forces(&self, sentence: &Sentence, draft: &Draft, lead: Trigger, word: &str) -> bool {
        if draft.modes.iter().any(|m| m == "disarm") {
            return lead.is_verb && word == "disarm" && self.any_patient("attacker", sentence, lead.token);
        }
        if word == "access" {
            return sentence
                .children(lead.token)
                .chain(syntax::light_verb_above(sentence, lead.token).into_iter().flat_map(|v| sentence.children(v)))
                .any(|(_, t)| self.has("no-entry", &t.lemma))
                || self.any_below("no-entry", sentence, lead.token);
        }
        let withdraws = matches!(word, "retreat" | "withdraw" | "surrender" | "pull" | "fall" | "capitulate");
        if !withdraws || !draft.modes.iter().any(|m| m == "withdraw") {
            return false;
        }
        let things = if lead.is_verb { syntax::patients(sentence, lead.token) } else { Vec::new() };
        let active = !syntax::is_passive(sentence, lead.token);
        let no_forces = active
            && !draft.recipient.iter().any(|p| p.id.is_some() && p.country.is_some())
            && things.iter().any(|&i| {
                let token = &sentence.tokens[i];
                token.upos == Upos::Noun && !self.has("force", &token.lemma)
            });
        let given_up = || syntax::obliques(sentence, lead.token, &["from", "to", "with"]);
        let abstract_end = given_up().iter().any(|&i| self.has("no-ground", &sentence.tokens[i].lemma));
        let nobody = !draft
            .actor
            .iter()
            .chain(&draft.recipient)
            .any(|p| p.id.is_some() || p.sectors.iter().any(|s| s != "CVL" && s != "BUS"))
            && !draft.actor.iter().any(|p| {
                p.mention.as_ref().is_some_and(|m| {
                    m.rsplit(' ')
                        .next()
                        .is_some_and(|w| self.has("force", w) || self.has("force", w.trim_end_matches('s')))
                })
            });
        no_forces || abstract_end || nobody
    }

    /// "called on both sides to respect the truce": a known party asks something of parties whom it does not name.
    pub(super) fn calls_on(&self, frames: &Frames, sentence: &Sentence, draft: &Draft) -> bool {
        let Proposition::Event(EventType::Request, _) = draft.proposition else { return false };
        let Some(lead) = draft.lead().filter(|lead| lead.is_verb) else { return false };
        let prepositions = &frames.get(lead.frame).recipient;
        let named: Vec<&str> = prepositions
            .iter()
            .filter_map(|slot| if let Slot::Preposition(p) = slot { Some(p.as_str()) } else { None })
            .collect();
        let mut called = syntax::obliques(sentence, lead.token, &named);
        called.extend(syntax::patients(sentence, lead.token));
        draft.actor.iter().any(|p| p.id.is_some())
            && called.iter().any(|&i| self.has("addressee", &sentence.tokens[i].lemma))
            && sentence.child(lead.token, &[Deprel::Xcomp, Deprel::Advcl, Deprel::Ccomp]).is_some()
    }

    /// "will not attack", "promised not to send troops": a hostile deed that lies ahead and is ruled out is no account of
    /// what did not happen; the promise or the refusal, where one is told, says it.
    pub(super) fn is_ruled_out(&self, sentence: &Sentence, draft: &Draft, lead: Trigger, event: EventType) -> bool {
        use EventType::{Accuse, Assault, Coerce, Mobilize, Protest, Sanction, Threaten};
        if draft.status != Status::DidNotOccur
            || !matches!(event, Assault | Coerce | Mobilize | Protest | Sanction | Threaten | Accuse)
        {
            return false;
        }
        let anchor = happenings::anchor(sentence, lead);
        let mut at = anchor;
        for _ in 0..4 {
            if lies_ahead(sentence, at) {
                return true;
            }
            let token = &sentence.tokens[at];
            let Some(up) = syntax::head(sentence, at) else { return false };
            let negated = sentence.children(at).any(|(i, t)| {
                matches!(t.lemma.as_str(), "not" | "never")
                    || t.deprel == Deprel::Mark && i > 0 && negates_infinitive(sentence, i - 1)
            });
            if negated && token.deprel == Deprel::Xcomp && self.has("promise", &sentence.tokens[up].lemma) {
                return true;
            }
            if !matches!(token.deprel, Deprel::Xcomp | Deprel::Obj | Deprel::Conj | Deprel::NsubjPass) {
                return false;
            }
            at = up;
        }
        false
    }
}

/// Whether those who act are courts and judges alone.
fn is_ruled(draft: &Draft) -> bool {
    !draft.actor.is_empty() && draft.actor.iter().all(|p| p.sectors.iter().any(|s| s == "JUD"))
}

/// "his commitment to justice": a quality; a promise says what is promised, or to whom.
fn promises_nothing(sentence: &Sentence, draft: &Draft, lead: Trigger, word: &str) -> bool {
    !lead.is_verb
        && matches!(word, "commitment" | "promise" | "pledge" | "readiness" | "willingness")
        && sentence.child(lead.token, &[Deprel::Acl, Deprel::Ccomp, Deprel::Advcl]).is_none()
        && !draft.recipient.iter().any(|p| p.id.is_some())
        && !syntax::light_verb_above(sentence, lead.token)
            .is_some_and(|v| crate::roles::is_light(&sentence.tokens[v].lemma))
}

/// "evacuated to the hospital": those who go are not rescued by themselves.
fn is_without_object(sentence: &Sentence, lead: Trigger, word: &str, verb: &str) -> bool {
    lead.is_verb
        && word == verb
        && !syntax::is_passive(sentence, lead.token)
        && sentence.child(lead.token, &[Deprel::Obj]).is_none()
}

/// "will", "would", "going to" at a predicate.
fn lies_ahead(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| {
        t.deprel == Deprel::Aux
            && matches!(t.lemma.to_lowercase().as_str(), "will" | "would" | "shall" | "'ll" | "'d" | "wo")
    }) && !sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Aux && t.lemma == "have")
}
