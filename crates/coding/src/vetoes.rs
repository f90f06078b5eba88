//! What is no account of public life, though a frame's words stand there: roles unfilled, talk between people whom
//! nobody knows, questions, sickness and accidents, verbal attacks, the same happening told twice in one sentence.
//!
//! A veto only takes away. Words are data (`data/lexicons/vetoes.tsv`).

use std::collections::HashMap;

use model::{Category, EventType, Party, Proposition, Sentence, TieType};

use crate::draft::{Draft, is_pronoun};
use crate::effects;
use crate::frames::{Frames, Kind, Needs};
use crate::roles::Scene;
use crate::syntax;

/// The data file.
pub(crate) const LEXICON: &str = include_str!("../../../data/lexicons/vetoes.tsv");

/// Words by the veto that they serve.
#[derive(Debug, Default)]
pub(crate) struct Vetoes {
    words: HashMap<String, Vec<String>>,
}

impl Vetoes {
    /// Reads `class<TAB>lemmas` lines.
    pub(crate) fn embedded() -> Self {
        let mut vetoes = Self::default();
        for line in LEXICON.lines().filter(|l| !l.starts_with('#')) {
            if let Some((class, lemmas)) = line.split_once('\t') {
                let words = vetoes.words.entry(class.to_owned()).or_default();
                words.extend(lemmas.split_whitespace().map(str::to_lowercase));
            }
        }
        vetoes
    }

    fn has(&self, class: &str, lemma: &str) -> bool {
        let lemma = lemma.to_lowercase();
        self.words.get(class).is_some_and(|words| words.contains(&lemma))
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
            _ => told(frames, draft) && !self.vetoed(frames, scene, draft),
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
        // "according to" is no accord.
        if sentence.tokens[lead.token].span.of(scene.text).eq_ignore_ascii_case("according") {
            return true;
        }
        let things = |class: &str| {
            syntax::patients(sentence, lead.token).iter().any(|&i| self.has(class, &sentence.tokens[i].lemma))
        };
        let sectors_in = |party: &Party, class: &str| party.sectors.iter().any(|s| self.has(class, s));
        // What the report is about, by its opening: an accident stays one in its later sentences.
        let opening: String = scene.text.chars().take(500).collect::<String>().to_lowercase();
        let opening_has = |class: &str| {
            opening.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| {
                self.has(class, w)
                    || self.has(class, w.trim_end_matches('s'))
                    || self.has(class, w.trim_end_matches("ed"))
                    || self.has(class, w.trim_end_matches('d'))
            })
        };
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
                if (self.has("emergency", &word) || things("emergency"))
                    && (self.any("misfortune", sentence)
                        || !opening_has("violence")
                            && (opening_has("misfortune") || opening_has("misfortune-opening"))) =>
            {
                true
            }
            EventType::Assault => {
                // Deaths of sickness and accident, where nobody is said to have done it.
                let effect = frames.get(lead.frame).effect.is_some();
                let sick = effect
                    && draft.actor.iter().all(is_unnamed)
                    && !self.any("violence", sentence)
                    && (self.any("misfortune", sentence)
                        || (!opening_has("violence")
                            && (opening_has("misfortune") || opening_has("misfortune-opening"))));
                // "hangs signage": nobody is hurt.
                let nobody = effect
                    && !draft.effects.is_empty()
                    && draft.recipient.is_empty()
                    && draft.actor.iter().all(is_unnamed)
                    && draft
                        .effects
                        .iter()
                        .all(|e| e.category == Some(Category::Unknown) && e.low.is_none() && e.party.is_none());
                // Parties and parliaments attack with words.
                // "an attack on society", "fights against exploitation"
                let abstracts = (things("abstract")
                    || syntax::obliques(sentence, lead.token, &["on", "against", "upon"])
                        .iter()
                        .any(|&i| self.has("abstract", &sentence.tokens[i].lemma)))
                    && draft.effects.is_empty();
                let politics = lead.is_verb
                    && self.has("also-verbal", &word)
                    && draft.actor.iter().any(|p| sectors_in(p, "talking-sector"));
                // "attacked the policy": words, where no party, place, effect or target of weapons is told.
                let verbal = lead.is_verb
                    && self.has("also-verbal", &word)
                    && draft.places.is_empty()
                    && !things("target")
                    && draft.effects.is_empty()
                    && draft.recipient.iter().all(|p| p.id.is_none() && p.sectors.is_empty())
                    && !draft.actor.iter().any(|p| p.sectors.iter().any(|s| self.has("armed-sector", s)));
                let argued = lead.is_verb
                    && self.has("also-verbal", &word)
                    && (!syntax::obliques(sentence, lead.token, &["as"]).is_empty()
                        || sentence.children(lead.token).any(|(i, t)| {
                            t.deprel == model::Deprel::Advcl
                                && sentence.children(i).any(|(_, m)| {
                                    matches!(m.lemma.as_str(), "for" | "over") && m.upos == model::Upos::Sconj
                                })
                        }));
                // "a bat attacks a nominee"
                let beast = syntax::agents(sentence, lead.token)
                    .iter()
                    .any(|&i| lead.is_verb && self.has("beast", &sentence.tokens[i].lemma));
                // "no crew were injured"; that no soldiers were is news.
                let unhurt = effect
                    && draft.status == model::Status::DidNotOccur
                    && draft.actor.is_empty()
                    && !draft
                        .recipient
                        .iter()
                        .any(|p| p.id.is_some() || p.sectors.iter().any(|s| self.has("armed-sector", s)));
                sick || nobody || politics || verbal || argued || abstracts || beast || unhurt
            }
            // "ended his campaign for president"
            EventType::Retreat
                if lead.is_verb
                    && sentence.children(lead.token).any(|(_, t)| t.lemma == "campaign")
                    && !draft.actor.iter().any(|p| p.sectors.iter().any(|s| self.has("armed-sector", s))) =>
            {
                true
            }
            // Bare names alone release nothing, and their access is no border.
            EventType::Retreat | EventType::Aid | EventType::Concede | EventType::Agree | EventType::Sanction => {
                let public = parties().any(|p| p.id.is_some() || p.sectors.iter().any(|s| s != "CVL" && s != "BUS"));
                // "released a summary"
                (lead.is_verb && self.has("free", &word) && things("no-captive"))
                    || (!public && draft.places.is_empty() && draft.asserter.as_ref().is_none_or(|a| a.id.is_none()))
            }
            EventType::Consult => {
                let press = |p: &Party| p.sectors.iter().any(|s| s == "JRN");
                // What is told the press is a statement.
                let beside = |class: &str| sentence.children(lead.token).any(|(_, t)| self.has(class, &t.lemma));
                (word == "conference" && beside("press"))
                    // "Speaking to a think tank, …"
                    || (word == "speak" && sentence.tokens[lead.token].deprel == model::Deprel::Advcl)
                    || (parties().any(press) && !draft.modes.iter().any(|m| m == "visit"))
                    // "received a notice": things are no guests; who is hosted goes by a name or a title of the frame's.
                    || (lead.is_verb
                        && self.has("host", &word)
                        && (things("no-guest")
                            || frames.get(lead.frame).only_object.is_empty()
                                && syntax::patients(sentence, lead.token)
                                    .iter()
                                    .all(|&i| sentence.tokens[i].upos == model::Upos::Noun)))
            }
            // A candidate's rally is no protest.
            EventType::Protest => {
                (matches!(word.as_str(), "rally" | "event" | "march")
                    || syntax::patients(sentence, lead.token).iter().any(|&i| sentence.tokens[i].lemma == "rally"))
                    && (self.any("campaign", sentence)
                        || draft.actor.iter().any(|p| p.sectors.iter().any(|s| s == "GOV")))
            }
            // "called him a liar for it" asks for nothing; what the press asks about are questions.
            EventType::Request => {
                (word == "call" && lead.is_verb && sentence.child(lead.token, &[model::Deprel::Obj]).is_some())
                    || (word == "ask"
                        && lead.is_verb
                        && (!syntax::obliques(sentence, lead.token, &["about"]).is_empty()
                            || draft.actor.iter().any(|p| p.sectors.iter().any(|s| s == "JRN"))))
            }
            // The inquiry into an accident accuses nobody.
            EventType::Accuse => draft.recipient.is_empty() && self.any("misfortune", sentence),
            _ => false,
        }
    }
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

/// What has the words of a tie and is none.
fn is_no_tie(tie: TieType, draft: &Draft) -> bool {
    let (from, to) = (&draft.actor, &draft.recipient);
    // "The homeless are part of the community": people of a kind on both ends are no parties.
    if !to.is_empty() && to.iter().all(|p| p.sectors == ["CVL"]) {
        return true;
    }
    let is_polity = |p: &Party| {
        let country = p.country.map(|c| c.as_str().to_owned());
        p.id.as_ref().is_some_and(|id| country.as_deref() == Some(id.as_str()))
    };
    match tie {
        // "part of the history of France"
        TieType::MemberOf => to.iter().any(is_polity),
        // "hold a majority in the Senate"
        TieType::ControlsTerritory => to.iter().any(|p| p.sectors.iter().any(|s| s == "LEG")),
        // An army's camp in its own country.
        TieType::PresentIn => from.iter().any(|a| {
            let root = a.id.as_ref().map(|id| id.root().to_owned());
            let own = |code: &str| root.as_deref() == Some(code);
            to.iter().any(|b| b.id.as_ref().is_some_and(|id| own(id.root())))
                || draft.places.iter().any(|p| p.country.is_some_and(|c| own(c.as_str())))
        }),
        // "supported court packing": a plan is no party.
        TieType::Supports => !to.is_empty() && to.iter().all(|p| p.id.is_none() && p.sectors.is_empty()),
        _ => false,
    }
}

/// A pronoun that stands for nobody known.
fn is_unknown(party: &Party) -> bool {
    party.id.is_none() && party.name.is_none() && party.sectors.is_empty() && is_pronoun(party)
}

fn is_unnamed(party: &Party) -> bool {
    party.id.is_none() && party.sectors.is_empty()
}

/// Whether the roles that a frame asks for are told.
fn told(frames: &Frames, draft: &Draft) -> bool {
    let Some(happening) = &draft.happening else { return true };
    let frame = frames.get(happening.lead.frame);
    let people = draft.effects.iter().any(|e| {
        e.category.is_some_and(|c| c != Category::Unknown)
            || e.party.is_some()
            || (e.category.is_some() && e.low.is_some())
    });
    // A pronoun that is not resolved fills no role: it may stand for anything.
    let named = |parties: &[Party]| parties.iter().any(|p| p.id.is_some() || !p.sectors.is_empty() || !is_pronoun(p));
    let actor = named(&draft.actor);
    let recipient =
        named(&draft.recipient) || people || (draft.reciprocal && draft.actor.len() > 1) || !draft.places.is_empty();
    // "A drone destroyed a house": the weapon acts for whoever sent it, and its mode tells of it.
    let weapon = frame.kind == Kind::Event(EventType::Assault)
        && draft.modes.iter().any(|m| {
            matches!(m.as_str(), "drone" | "heavy-weapons" | "aerial" | "explosives") && !frame.modes.contains(m)
        });
    // "They were killed by the group": people, though nobody knows who.
    let killed_by = frame.effect.is_some()
        && draft.actor.iter().any(|p| p.id.is_some())
        && draft.recipient.iter().any(|p| {
            p.mention.as_ref().is_some_and(|m| matches!(m.to_lowercase().as_str(), "they" | "he" | "she" | "them"))
        });
    let needs = match frame.needs {
        Needs::Nothing => true,
        Needs::Actor => actor || weapon,
        Needs::Recipient => recipient || killed_by,
        Needs::Either => actor || recipient,
        Needs::Armed => draft
            .actor
            .iter()
            .any(|p| p.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "REB" | "UAF" | "PRM" | "COP"))),
        Needs::Both => {
            // A tie holds between two who are named; one of both sides has them all as actors.
            // A land that is held or stayed in may be a place that is no polity.
            let land = matches!(frame.kind, Kind::Tie(model::TieType::ControlsTerritory | model::TieType::PresentIn))
                && !draft.places.is_empty();
            let second = if draft.reciprocal { draft.actor.len() > 1 } else { land || !draft.recipient.is_empty() };
            actor && recipient && (!matches!(frame.kind, Kind::Tie(_)) || second && is_public(draft))
        }
    };
    // A happening of which neither party, place, time nor effect is told is no account of anything.
    let told = actor
        || !draft.recipient.is_empty()
        || !draft.places.is_empty()
        || !draft.effects.is_empty()
        || draft.time.is_some()
        // "The truce took effect": whose it is was told before.
        || frame.ceasefire.is_some();
    // Talk between parties that nobody knows is mostly business, sport or private life: a word of talk counts only
    // where one of them is known by id or by a sector of public life.
    let known = |parties: &[Party]| {
        let private = |s: &String| matches!(s.as_str(), "BUS" | "CVL" | "EDU" | "JRN");
        parties.iter().any(|p| p.id.is_some() || p.sectors.iter().any(|s| !private(s)))
    };
    let talk = matches!(
        frame.kind,
        Kind::Event(
            EventType::Agree
                | EventType::Consult
                | EventType::Support
                | EventType::Concede
                | EventType::Cooperate
                | EventType::Request
                | EventType::Accuse
                | EventType::Reject
                | EventType::Threaten
        )
    );
    let known = !talk
        || known(&draft.actor)
        || known(&draft.recipient)
        || draft.asserter.as_ref().is_some_and(|a| known(std::slice::from_ref(a)));
    needs && told && known
}

/// Whether a tie is one of public life: one end at least is in the catalogue, and the ends are not the same.
fn is_public(draft: &Draft) -> bool {
    let ends: Vec<&Party> = draft.actor.iter().chain(&draft.recipient).collect();
    let ids: Vec<_> = ends.iter().filter_map(|p| p.id.as_ref()).collect();
    let same = ends.len() == 2 && ids.len() == 2 && ids[0] == ids[1];
    !ids.is_empty() && !same
}

/// "stormed a post, in one of the deadliest attacks this year": the class in which a happening is put tells no second
/// one.
pub(crate) fn drop_classes(sentence: &Sentence, first: usize, drafts: &mut [Draft]) {
    for later in first..drafts.len() {
        let Some(lead) = drafts[later].lead().filter(|l| !l.is_verb) else { continue };
        let superlative =
            sentence.children(lead.token).any(|(_, t)| t.deprel == model::Deprel::Amod && t.feats.has("Degree", "Sup"));
        let told = (first..later).any(|e| {
            drafts[e].keep
                && drafts[e].lead().is_some()
                && drafts[e].proposition.code() == drafts[later].proposition.code()
        });
        if superlative && told {
            drafts[later].keep = false;
        }
    }
}

/// The same kind of happening between the same named parties, told twice in one sentence, is one: the later telling
/// goes, and the first takes its effects and modes.
pub(crate) fn merge_retold(first: usize, drafts: &mut [Draft]) {
    for later in first..drafts.len() {
        let Some(earlier) = (first..later).find(|&e| retells(&drafts[e], &drafts[later])) else { continue };
        let (modes, effects) = (drafts[later].modes.clone(), drafts[later].effects.clone());
        drafts[later].keep = false;
        let draft = &mut drafts[earlier];
        draft.modes.extend(modes);
        draft.modes.sort();
        draft.modes.dedup();
        effects::merge(&mut draft.effects, effects);
    }
}

fn retells(one: &Draft, other: &Draft) -> bool {
    let (Proposition::Event(a, _), Proposition::Event(b, _)) = (&one.proposition, &other.proposition) else {
        return false;
    };
    let spans = |parties: &[Party]| parties.iter().map(|p| p.span).collect::<Vec<_>>();
    one.keep
        && other.keep
        && a == b
        && one.status == other.status
        && one.attitude == other.attitude
        && one.happening.is_some()
        && other.happening.is_some()
        && !one.recipient.is_empty()
        && spans(&one.actor) == spans(&other.actor)
        // "arrested 40 people and detained them"
        && (spans(&one.recipient) == spans(&other.recipient)
            || !other.recipient.is_empty() && other.recipient.iter().all(|p| p.id.is_none() && is_pronoun(p)))
        && (one.effects.is_empty() || other.effects.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words_and_plain_words_have_none() {
        let vetoes = Vetoes::embedded();
        for class in ["misfortune", "violence", "also-verbal", "armed-sector", "no-guest", "no-captive", "campaign"] {
            assert!(vetoes.words.get(class).is_some_and(|w| w.len() > 2), "no words of class {class}");
        }
        assert!(vetoes.has("misfortune", "Earthquake"));
        assert!(!vetoes.has("misfortune", "airstrike"));
        assert!(!vetoes.has("no-guest", "delegation"));
        assert!(vetoes.has("armed-sector", "MIL"), "sectors are written in capitals");
    }
}
