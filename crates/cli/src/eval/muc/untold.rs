//! Incidents that no claim tells. The coder leaves out a happening that names no party, for in news at large it
//! is mostly no politics; the task wants the bomb at a shop and the body in a ditch as well. Here the words of
//! `data/muc/deeds.tsv` bring up an incident where no claim of its sentence has.

use coding::syntax;
use model::{Category, Effect, EffectKind, NameKind, Sentence, Span, Status, Upos};

use super::incident::{Incident, View};
use super::mentions::lemma;

impl View<'_> {
    /// The incident of a sentence that no claim has told of, if its words tell one with somebody or something hit.
    pub(super) fn untold(&self, at: usize) -> Option<Incident> {
        let sentence = &self.annotated.sentences[at];
        let lemmas: Vec<String> = (0..sentence.tokens.len()).map(|i| lemma(sentence, i)).collect();
        (0..sentence.tokens.len()).find_map(|token| self.untold_at(at, token, &lemmas))
    }

    fn untold_at(&self, at: usize, token: usize, lemmas: &[String]) -> Option<Incident> {
        let sentence = &self.annotated.sentences[at];
        let is_verb = match sentence.tokens[token].upos {
            Upos::Verb => true,
            Upos::Noun => false,
            _ => return None,
        };
        let (_, fields) = self.words.deeds.ending(&lemmas[token..=token])?;
        let [class, kind, what, needs] = fields else { return None };
        let fits = class == "both" || (class == "verb") == is_verb;
        let has = needs == "-" || needs.split(',').any(|n| lemmas.iter().any(|l| l == n));
        if !fits || !has {
            return None;
        }
        let stage = match self.governors.status(sentence, token, is_verb) {
            Status::Occurred | Status::Ongoing => "ACCOMPLISHED",
            _ => return None,
        };
        let mut incident = Incident {
            kind: self.kind_by_words(kind, lemmas),
            stage,
            date: self.day(None, sentence)?,
            areas: self.where_(&[], sentence),
            sentences: vec![at],
            deed: what == "killed" && kind == "ATTACK",
            ..Incident::default()
        };
        let done = match what.as_str() {
            "killed" => Some(EffectKind::Killed),
            "injured" => Some(EffectKind::Injured),
            "destroyed" => Some(EffectKind::Destroyed),
            "damaged" => Some(EffectKind::Damaged),
            "abducted" => Some(EffectKind::Abducted),
            _ => None,
        };
        for patient in patients(sentence, token, is_verb) {
            let Some(span) = syntax::span_of(sentence, &syntax::mention_tokens(sentence, patient)) else { continue };
            let of_people = matches!(what.as_str(), "killed" | "injured" | "abducted");
            let effect = done.map(|kind| effect(kind, of_people, span));
            if let Some((hit, person)) = self.hit(sentence, span, effect.as_ref(), None)
                && person != matches!(what.as_str(), "destroyed" | "damaged")
            {
                Self::put(hit, person, &mut incident);
            }
        }
        if incident.kind == "BOMBING" {
            let all: Vec<usize> = (0..sentence.tokens.len()).collect();
            self.targets(sentence, &all, &[], &mut incident);
        }
        if incident.victims.is_empty() && incident.targets.is_empty() {
            return None;
        }
        let all: Vec<usize> = (0..sentence.tokens.len()).collect();
        self.agents(sentence, &all, &mut incident);
        if incident.kind != "KIDNAPPING" && incident.kind != "ARSON" {
            self.instruments(sentence, &mut incident);
        }
        Some(incident)
    }

    /// "The victims were identified as A and B": names that a message gives after it has told what was done.
    pub(super) fn identified(&self, incident: &mut Incident) {
        let kind = match incident.victims.iter().find_map(|v| v.effect) {
            Some("DEATH") => EffectKind::Killed,
            Some("INJURY") => EffectKind::Injured,
            _ if incident.kind == "KIDNAPPING" => EffectKind::Abducted,
            _ => return,
        };
        let first = incident.sentences[0];
        for at in first..=first + REACH {
            let Some(sentence) = self.annotated.sentences.get(at) else { return };
            let lemmas: Vec<String> = (0..sentence.tokens.len()).map(|i| lemma(sentence, i)).collect();
            let Some(word) = lemmas.iter().position(|l| l == "identify") else { continue };
            let of_victims = lemmas[..word].iter().any(|l| VICTIMS.contains(&l.as_str()));
            if !of_victims || lemmas[..word].iter().any(|l| l == "not") {
                continue;
            }
            for name in sentence.names.iter().filter(|n| n.kind == NameKind::Person && n.tokens.start > word) {
                let inside = |i: &usize| syntax::head(sentence, *i).is_none_or(|h| !name.tokens.contains(&h));
                let Some(head) = name.tokens.clone().find(inside) else { continue };
                let tokens = syntax::mention_tokens(sentence, head);
                let Some(span) = syntax::span_of(sentence, &tokens) else { continue };
                let effect = effect(kind, true, span);
                if let Some((hit, true)) = self.hit(sentence, span, Some(&effect), None) {
                    Self::put(hit, true, incident);
                }
            }
        }
    }

    fn kind_by_words(&self, kind: &str, lemmas: &[String]) -> String {
        let bombed = self.words.incidents.within(lemmas).iter().any(|(_, _, fields)| fields[0] == "BOMBING");
        if kind == "ATTACK" && bombed { "BOMBING".to_owned() } else { kind.to_owned() }
    }
}

/// An effect of which no more is known than on whom.
fn effect(kind: EffectKind, of_people: bool, span: Span) -> Effect {
    Effect {
        kind,
        low: None,
        high: None,
        best: None,
        of: None,
        party: None,
        category: of_people.then_some(Category::Unknown),
        part_of: None,
        cumulative: false,
        span: Some(span),
    }
}

/// In how many sentences after the first telling its victims may be named.
const REACH: usize = 4;

/// Words for those who were hit.
const VICTIMS: [&str; 13] = [
    "victim",
    "dead",
    "wounded",
    "body",
    "corpse",
    "injured",
    "hostage",
    "man",
    "woman",
    "person",
    "policeman",
    "soldier",
    "officer",
];

/// Whom or what a deed was done to: objects of a verb, and what stands after "of", "against" … at a noun.
fn patients(sentence: &Sentence, token: usize, is_verb: bool) -> Vec<usize> {
    if !is_verb {
        return syntax::obliques(sentence, token, &["of", "on", "against", "at", "near", "in", "outside"]);
    }
    let mut found = syntax::patients(sentence, token);
    // "opened fire on the offices", "fired at the car"
    found.extend(syntax::obliques(sentence, token, &["on", "at", "against"]));
    found
}
