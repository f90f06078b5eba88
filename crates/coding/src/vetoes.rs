//! What is no account of public life, though a frame's words stand there: questions, sickness and accidents, verbal
//! attacks; and, in files of their own, ties between no parties (`ties`), roles unfilled and talk between people whom
//! nobody knows (`told`), the same happening told twice in one sentence (`retelling`).
//!
//! A veto only takes away. Words are data (`data/lexicons/vetoes.tsv`).

mod hollow;
mod retelling;
mod ties;
mod told;

use model::{Category, Deprel, Effect, EventType, Party, Proposition, Sentence, Status, Token, Upos};

use crate::draft::{Draft, is_pronoun};
use crate::frames::{Frames, Trigger};
use crate::roles::Scene;
use crate::syntax;
use crate::word_classes::WordClasses;

pub(crate) use retelling::{drop_classes, merge_retold};
use ties::is_no_tie;
use told::told;

/// The data file.
pub(crate) const LEXICON: &str = include_str!("../../../data/lexicons/vetoes.tsv");

/// Words by the veto that they serve.
#[derive(Debug)]
pub(crate) struct Vetoes {
    words: WordClasses,
}

impl Vetoes {
    /// The words that come along.
    pub(crate) fn embedded() -> Self {
        Self { words: WordClasses::parse(LEXICON) }
    }

    fn has(&self, class: &str, lemma: &str) -> bool {
        self.words.has(class, &lemma.to_lowercase())
    }

    /// Whether one of a party's sectors is in a class.
    fn has_sector(&self, class: &str, party: &Party) -> bool {
        party.sectors.iter().any(|s| self.words.has(class, s))
    }

    fn any(&self, class: &str, sentence: &Sentence) -> bool {
        sentence.tokens.iter().any(|t| self.has(class, &t.lemma))
    }

    /// Whether a draft is an account of something: its frame's parties told, and no veto against it.
    pub(crate) fn pass(&self, frames: &Frames, scene: &Scene<'_>, draft: &Draft) -> bool {
        match &draft.proposition {
            Proposition::Statement(_) => draft.actor.iter().any(|p| !is_unknown(p)),
            // An act of intent that no word of its own tells: only of those who are known.
            Proposition::Event(..) if draft.happening.is_none() => {
                draft.actor.iter().chain(&draft.recipient).any(|p| !is_unnamed(p) && p.sectors != ["BUS"])
            }
            _ if draft.happening.is_none() => true,
            Proposition::Tie(tie) if is_no_tie(*tie, draft) => false,
            _ => {
                (told(frames, draft) || self.calls_on(frames, scene.sentence, draft))
                    && !self.vetoed(frames, scene, draft)
            }
        }
    }

    fn vetoed(&self, frames: &Frames, scene: &Scene<'_>, draft: &Draft) -> bool {
        let Some(lead) = draft.lead() else { return false };
        let Proposition::Event(event, _) = draft.proposition else { return false };
        let sentence = scene.sentence;
        let word = sentence.tokens[lead.token].lemma.to_lowercase();
        // A question asserts nothing.
        if sentence.span.of(scene.text).trim_end_matches(['"', '”', '’', ' ', '\n']).ends_with('?') {
            return true;
        }
        let parties = || draft.actor.iter().chain(&draft.recipient);
        let known = parties().any(|p| p.id.is_some() || !p.sectors.is_empty());
        // What a film or a novel tells has not happened.
        let told_by = draft.asserter.as_ref().and_then(|a| a.mention.as_deref()).unwrap_or_default();
        if told_by.rsplit(' ').next().is_some_and(|word| self.has("fiction", word)) {
            return true;
        }
        if self.is_hollow(sentence, draft, lead, event) || self.is_ruled_out(sentence, draft, lead, event) {
            return true;
        }
        // "according to" is no accord.
        if sentence.tokens[lead.token].span.of(scene.text).eq_ignore_ascii_case("according") {
            return true;
        }
        let things = |class: &str| self.any_patient(class, sentence, lead.token);
        // Bare names without place, day or effect are private persons, companies, characters of a film.
        let bare = !known && draft.places.is_empty() && draft.effects.is_empty() && draft.time.is_none();
        match event {
            EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Mobilize
                if bare && draft.actor.iter().chain(&draft.recipient).next().is_some() =>
            {
                true
            }
            // "Hataman agreed, saying": an opinion shared.
            EventType::Agree if word == "agree" && lead.is_verb && !is_undertaking(sentence, lead.token) => true,
            // An emergency of health or weather, with its curfews, coerces nobody (PLOVER manual, COERCE).
            EventType::Coerce
                if (self.has("emergency", &word) || things("emergency")) && self.is_of_misfortune(scene) =>
            {
                true
            }
            EventType::Assault => self.is_no_assault(frames, scene, draft, lead),
            EventType::Retreat if self.ends_candidacy(sentence, draft, lead) => true,
            // Bare names alone release nothing, and their access is no border.
            EventType::Retreat | EventType::Aid | EventType::Concede | EventType::Agree | EventType::Sanction => {
                let public = parties().any(|p| p.id.is_some() || p.sectors.iter().any(|s| s != "CVL" && s != "BUS"));
                // "released a summary"
                (lead.is_verb && self.has("free", &word) && things("no-captive"))
                    || (!public
                        && draft.places.is_empty()
                        && draft.asserter.as_ref().is_none_or(|a| a.id.is_none())
                        && !is_named_truce(draft))
            }
            EventType::Consult => self.is_no_meeting(frames, sentence, draft, lead),
            EventType::Protest => self.is_campaigning(sentence, draft, lead),
            EventType::Request => lead.is_verb && asks_for_nothing(sentence, draft, lead.token),
            // The inquiry into an accident accuses nobody.
            EventType::Accuse => draft.recipient.is_empty() && self.any("misfortune", sentence),
            _ => false,
        }
    }

    /// Press conferences, interviews and things received under the words of meeting.
    fn is_no_meeting(&self, frames: &Frames, sentence: &Sentence, draft: &Draft, lead: Trigger) -> bool {
        let token = &sentence.tokens[lead.token];
        let beside_press = || sentence.children(lead.token).any(|(_, t)| self.has("press", &t.lemma));
        let press_conference = token.lemma.eq_ignore_ascii_case("conference") && beside_press();
        // "Speaking to a think tank, …"
        let in_passing = token.lemma.eq_ignore_ascii_case("speak") && token.deprel == Deprel::Advcl;
        // What is told the press is a statement.
        let interview =
            draft.actor.iter().chain(&draft.recipient).any(is_press) && !draft.modes.iter().any(|m| m == "visit");
        press_conference || in_passing || interview || self.receives_no_guest(frames, sentence, lead)
    }

    /// "received a notice": things are no guests; who is hosted goes by a name or a title of the frame's.
    fn receives_no_guest(&self, frames: &Frames, sentence: &Sentence, lead: Trigger) -> bool {
        let nameless = || syntax::patients(sentence, lead.token).iter().all(|&i| sentence.tokens[i].upos == Upos::Noun);
        lead.is_verb
            && self.has("host", &sentence.tokens[lead.token].lemma)
            && (self.any_patient("no-guest", sentence, lead.token)
                || frames.get(lead.frame).only_object.is_empty() && nameless())
    }

    /// Whether a class lists what the word at `index` is done to.
    fn any_patient(&self, class: &str, sentence: &Sentence, index: usize) -> bool {
        syntax::patients(sentence, index).iter().any(|&i| self.has(class, &sentence.tokens[i].lemma))
    }

    /// Whether a sentence, or the report before it, tells of an accident or sickness.
    fn is_of_misfortune(&self, scene: &Scene<'_>) -> bool {
        self.any("misfortune", scene.sentence) || self.opens_with_misfortune(scene.text)
    }

    /// Whether the report is about an accident or sickness, by its opening: it stays one in its later sentences.
    fn opens_with_misfortune(&self, text: &str) -> bool {
        let opening: String = text.chars().take(500).collect::<String>().to_lowercase();
        let has = |class: &str| {
            opening.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| {
                self.has(class, w)
                    || self.has(class, w.trim_end_matches('s'))
                    || self.has(class, w.trim_end_matches("ed"))
                    || self.has(class, w.trim_end_matches('d'))
            })
        };
        !has("violence") && (has("misfortune") || has("misfortune-opening"))
    }

    /// Sickness, accidents, words and abstractions under the verbs of assault.
    fn is_no_assault(&self, frames: &Frames, scene: &Scene<'_>, draft: &Draft, lead: Trigger) -> bool {
        let sentence = scene.sentence;
        let nobody_did = draft.actor.iter().all(is_unnamed);
        let hurts = frames.get(lead.frame).effect.is_some();
        // Deaths of sickness and accident, where nobody is said to have done it.
        let sick = hurts && nobody_did && !self.any("violence", sentence) && self.is_of_misfortune(scene);
        // "hangs signage": nobody is hurt.
        let nobody = hurts && nobody_did && draft.recipient.is_empty() && tells_no_victim(&draft.effects);
        let spoken = lead.is_verb && self.has("also-verbal", &sentence.tokens[lead.token].lemma);
        // A blast that nobody is said to have set off, beside what blows up by itself.
        let burst = !lead.is_verb
            && matches!(sentence.tokens[lead.token].lemma.as_str(), "blast" | "explosion")
            && nobody_did
            && (self.any("bursts", sentence) || self.opens_with_misfortune(scene.text));
        // "a bat attacks a nominee"
        let beast =
            || syntax::agents(sentence, lead.token).iter().any(|&i| self.has("beast", &sentence.tokens[i].lemma));
        sick || nobody
            || burst
            || hurts && self.beside_sickness(sentence, lead.token)
            || hurts && self.is_unhurt(draft)
            || lead.is_verb && beast()
            || self.attacks_abstraction(sentence, draft, lead.token)
            || spoken && (self.attacks_with_words(sentence, draft, lead.token) || is_argued(sentence, lead.token))
    }

    /// "has infected 200 people and killed three": whatever the pronoun is taken for. A verb with a subject of its own is about
    /// something else.
    fn beside_sickness(&self, sentence: &Sentence, verb: usize) -> bool {
        let sickens = |i: usize| self.has("sickens", &sentence.tokens[i].lemma);
        let own = |i: usize| sentence.child(i, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
        let is_conjoined = sentence.tokens[verb].deprel == Deprel::Conj;
        if is_conjoined && own(verb) {
            return false;
        }
        let first = if is_conjoined { syntax::head(sentence, verb).unwrap_or(verb) } else { verb };
        sickens(first) || sentence.children(first).any(|(i, t)| t.deprel == Deprel::Conj && sickens(i) && !own(i))
    }

    /// "no crew were injured"; that no soldiers were is news.
    fn is_unhurt(&self, draft: &Draft) -> bool {
        let notable = |p: &Party| p.id.is_some() || self.has_sector("armed-sector", p);
        draft.status == Status::DidNotOccur && draft.actor.is_empty() && !draft.recipient.iter().any(notable)
    }

    /// A candidate's rally, or a ruler's.
    fn is_campaigning(&self, sentence: &Sentence, draft: &Draft, lead: Trigger) -> bool {
        let of_sector = |p: &Party| p.sectors.iter().any(|s| s == "GOV");
        let of_office = |p: &Party| {
            p.id.as_ref().is_some_and(|id| id.as_str().split_once('.').is_some_and(|(_, part)| part == "GOV"))
        };
        let is_rally = matches!(sentence.tokens[lead.token].lemma.as_str(), "rally" | "event" | "march");
        let holds_rally =
            || syntax::patients(sentence, lead.token).iter().any(|&i| sentence.tokens[i].lemma == "rally");
        is_rally && (self.any("campaign", sentence) || draft.actor.iter().any(of_sector))
            || holds_rally() && (self.any("campaign", sentence) || draft.actor.iter().any(of_office))
    }

    /// "ended his campaign for president"
    fn ends_candidacy(&self, sentence: &Sentence, draft: &Draft, lead: Trigger) -> bool {
        lead.is_verb
            && sentence.children(lead.token).any(|(_, t)| t.lemma == "campaign")
            && !draft.actor.iter().any(|p| self.has_sector("armed-sector", p))
    }

    /// "an attack on society", "fights against exploitation"
    fn attacks_abstraction(&self, sentence: &Sentence, draft: &Draft, index: usize) -> bool {
        let aimed_at = || syntax::obliques(sentence, index, &["on", "against", "upon"]);
        draft.effects.is_empty()
            && (self.any_patient("abstract", sentence, index)
                || aimed_at().iter().any(|&i| self.has("abstract", &sentence.tokens[i].lemma)))
    }

    /// "attacked the policy": words, where a party or parliament speaks, or no party, place, effect or target of weapons
    /// is told.
    fn attacks_with_words(&self, sentence: &Sentence, draft: &Draft, index: usize) -> bool {
        let armed = |p: &Party| self.has_sector("armed-sector", p);
        let talks = draft.actor.iter().any(|p| self.has_sector("talking-sector", p) && !armed(p));
        let unarmed = draft.places.is_empty()
            && draft.effects.is_empty()
            && draft.recipient.iter().all(is_unnamed)
            && !self.any_patient("target", sentence, index)
            && !draft.actor.iter().any(armed);
        talks || unarmed
    }
}

/// "The truce began at six": a ceasefire needs no sides to be one; "the airlines' truce" has some, and is none.
fn is_named_truce(draft: &Draft) -> bool {
    let nobody = draft.actor.iter().chain(&draft.recipient).all(is_pronoun);
    nobody && matches!(&draft.proposition, Proposition::Event(_, Some(terms)) if terms.act.is_some())
}

/// The press, by its sector.
fn is_press(party: &Party) -> bool {
    party.sectors.iter().any(|s| s == "JRN")
}

/// "called him a liar for it" asks for nothing; what the press asks, or anybody asks about, are questions.
fn asks_for_nothing(sentence: &Sentence, draft: &Draft, verb: usize) -> bool {
    match sentence.tokens[verb].lemma.to_lowercase().as_str() {
        "call" => sentence.child(verb, &[Deprel::Obj]).is_some(),
        "ask" => !syntax::obliques(sentence, verb, &["about"]).is_empty() || draft.actor.iter().any(is_press),
        _ => false,
    }
}

/// Whether effects are told, and none of them befalls anybody.
fn tells_no_victim(effects: &[Effect]) -> bool {
    let of_nobody = |e: &Effect| e.category == Some(Category::Unknown) && e.low.is_none() && e.party.is_none();
    !effects.is_empty() && effects.iter().all(of_nobody)
}

/// "attacked him for lying", "slammed it as a mistake"
fn is_argued(sentence: &Sentence, verb: usize) -> bool {
    let reason = |t: &Token| matches!(t.lemma.as_str(), "for" | "over") && t.upos == Upos::Sconj;
    let gives_reason = |clause: usize| sentence.children(clause).any(|(_, m)| reason(m));
    !syntax::obliques(sentence, verb, &["as"]).is_empty()
        || sentence.children(verb).any(|(i, t)| t.deprel == Deprel::Advcl && gives_reason(i))
}

/// Whether what is agreed is something to be done: "agreed to talks", "agreed that they would"; not an opinion shared
/// ("agreed", "agreed that it was late").
fn is_undertaking(sentence: &Sentence, verb: usize) -> bool {
    use model::Deprel::{Aux, Ccomp, Nmod, Obj, Obl, Xcomp};
    sentence.children(verb).any(|(child, token)| match token.deprel {
        Obj | Xcomp | Obl | Nmod => true,
        Ccomp => sentence.children(child).any(|(_, t)| {
            t.deprel == Aux && matches!(t.lemma.to_lowercase().as_str(), "would" | "will" | "should" | "shall" | "must")
        }),
        _ => false,
    })
}

/// A pronoun that stands for nobody known.
fn is_unknown(party: &Party) -> bool {
    party.id.is_none() && party.name.is_none() && party.sectors.is_empty() && is_pronoun(party)
}

/// Somebody of whom neither id nor sector is known.
fn is_unnamed(party: &Party) -> bool {
    party.id.is_none() && party.sectors.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words_and_plain_words_have_none() {
        let vetoes = Vetoes::embedded();
        for class in
            ["misfortune", "violence", "also-verbal", "armed-sector", "no-guest", "no-captive", "campaign", "sickens"]
        {
            assert!(vetoes.words.size(class) > 2, "no words of class {class}");
        }
        assert!(vetoes.has("misfortune", "Earthquake"));
        assert!(!vetoes.has("misfortune", "airstrike"));
        assert!(!vetoes.has("no-guest", "delegation"));
        let army = Party { sectors: vec!["MIL".to_owned()], ..Party::default() };
        assert!(vetoes.has_sector("armed-sector", &army), "sectors are written in capitals");
    }
}
