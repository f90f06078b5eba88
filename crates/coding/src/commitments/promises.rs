//! Promises, and whether promises and accords are kept: "Kabul promised to …", "broke its promise", "honoured the accord".
//!
//! Promised violence is a threat and no promise; what private persons promise binds nobody else.

use model::{Attitude, Attribution, Deprel, EventType, Party, Proposition, Sentence, Status, Upos};

use super::{Commitments, Kind, Owed, mention, parties, predicate};
use crate::draft::Draft;
use crate::roles::Scene;
use crate::status::Governors;
use crate::syntax;

/// What is no promise when somebody promises it.
const VIOLENT: &[&str] = &[
    "retaliate",
    "avenge",
    "respond",
    "destroy",
    "punish",
    "crush",
    "revenge",
    "eliminate",
    "defeat",
    "hunt",
    "continue",
    "resist",
    "strike",
    "annihilate",
    "kill",
    "hit",
    "eradicate",
];

impl Commitments {
    /// "Kabul promised to …", "agreed to …", "assured Islamabad that …"
    pub(super) fn promise(
        &self,
        governors: &Governors,
        scene: &Scene<'_>,
        verb: usize,
        drafts: &[Draft],
    ) -> Option<Owed> {
        let sentence = scene.sentence;
        if sentence.tokens[verb].upos != Upos::Verb
            || !self.is(sentence, verb, Kind::Promise)
            || sentence.tokens[verb].deprel == Deprel::Amod
            || syntax::is_passive(sentence, verb)
        {
            return None;
        }
        let status = governors.status(sentence, verb, true);
        if !matches!(status, Status::Occurred | Status::Ongoing) {
            return None;
        }
        let act = sentence.children(verb).find(|(i, _)| is_promised(sentence, *i)).map(|(i, _)| i)?;
        let lemma = sentence.tokens[act].lemma.to_lowercase();
        if matches!(lemma.as_str(), "be" | "disagree" | "have" | "fight" | "keep") {
            return None;
        }
        let hostile = drafts.iter().any(|d| is_hostile(d, act));
        let violent = VIOLENT.contains(&lemma.as_str());
        if hostile || violent {
            return None;
        }
        let clause = sentence.tokens[act].deprel == Deprel::Ccomp;
        let subject = syntax::surface_subject(sentence, if clause { act } else { verb })?;
        let promiser = parties(scene, syntax::surface_subject(sentence, verb)?);
        let mut actor = parties(scene, subject);
        // "it would": the promiser itself.
        if actor.iter().all(crate::draft::is_pronoun) && sentence.tokens[subject].upos == Upos::Pron {
            actor = promiser
                .iter()
                .map(|p| Party {
                    mention: actor.first().and_then(|a| a.mention.clone()).or_else(|| p.mention.clone()),
                    span: actor.first().and_then(|a| a.span).or(p.span),
                    ..p.clone()
                })
                .collect();
        }
        actor.retain(is_public);
        if actor.is_empty() || syntax::is_passive(sentence, act) {
            return None;
        }
        let told =
            sentence.children(verb).filter(|(_, t)| matches!(t.deprel, Deprel::Obj | Deprel::Iobj)).map(|(i, _)| i);
        let mut recipient: Vec<Party> = told.flat_map(|i| parties(scene, i)).collect();
        if recipient.is_empty() {
            recipient = syntax::obliques(sentence, act, &["to", "with"])
                .into_iter()
                .flat_map(|i| parties(scene, i))
                .filter(|p| p.id.is_some())
                .collect();
        }
        recipient.retain(|p| !actor.iter().any(|a| a.span == p.span));
        let object = Some(predicate(sentence, act, None)?);
        Some(Owed {
            recipient,
            source: promiser.into_iter().next().map(|party| Attribution {
                party: Some(party),
                attitude: Attitude::Asserts,
                span: Some(sentence.tokens[verb].span),
            }),
            ..Owed::by(actor, object, Status::Promised, act)
        })
    }

    /// "broke its promise to …", "honoured the accord"
    pub(super) fn kept(&self, governors: &Governors, scene: &Scene<'_>, verb: usize) -> Option<Owed> {
        let sentence = scene.sentence;
        let breaks = self.is(sentence, verb, Kind::Breaks);
        let keeps = self.is(sentence, verb, Kind::Keeps);
        let renews = matches!(
            sentence.tokens[verb].lemma.as_str(),
            "renew" | "reaffirm" | "reiterate" | "repeat" | "restate" | "give" | "make" | "underline" | "underscore"
        );
        if !breaks && !keeps && !renews {
            return None;
        }
        let mut objects = syntax::patients(sentence, verb);
        objects.extend(syntax::obliques(sentence, verb, &["on", "of", "from", "with", "by", "to"]));
        // "failed to honour its pledge": the verb below keeps, the one above denies.
        let failed = syntax::head(sentence, verb)
            .is_some_and(|h| sentence.tokens[h].lemma == "fail" && sentence.tokens[verb].deprel == Deprel::Xcomp);
        let object = objects
            .into_iter()
            .find(|&o| self.is(sentence, o, Kind::Duty) || (!renews && is_accord(&sentence.tokens[o].lemma)))?;
        let is_duty = self.is(sentence, object, Kind::Duty);
        let act = sentence.child(object, &[Deprel::Acl]).or_else(|| {
            let infinitive = |i: usize| sentence.children(i).any(|(_, m)| m.deprel == Deprel::Mark && m.lemma == "to");
            sentence.child(verb, &[Deprel::Advcl, Deprel::Xcomp]).filter(|&i| is_duty && i > object && infinitive(i))
        });
        let (renewal, plain) = (renews && is_duty && act.is_some(), !renews);
        if !renewal && !plain {
            return None;
        }
        let owner = sentence.child(object, &[Deprel::NmodPoss]).filter(|_| is_duty);
        let subject = syntax::agents(sentence, verb).first().copied();
        let mut actor = owner.map(|o| parties(scene, o)).unwrap_or_default();
        if actor.iter().all(|p| p.id.is_none() && p.sectors.is_empty()) {
            actor = subject.map(|s| parties(scene, s)).unwrap_or_default();
        }
        actor.retain(|p| p.id.is_some() || !p.sectors.is_empty());
        if actor.is_empty() {
            return None;
        }
        let said = governors.status(sentence, verb, true);
        let status = match said {
            Status::Occurred | Status::Ongoing if renews => Status::Promised,
            Status::Occurred | Status::Ongoing if breaks || failed => Status::DidNotOccur,
            Status::DidNotOccur if keeps || failed => Status::DidNotOccur,
            Status::DidNotOccur => Status::Occurred,
            other => other,
        };
        // A duty is told by what is to be done, an accord by its name.
        let owed = act.and_then(|act| predicate(sentence, act, None));
        if owed.is_none() && is_duty {
            return None;
        }
        let instrument = if is_duty { None } else { Some(mention(scene, object)?) };
        Some(Owed { instrument, ..Owed::by(actor, owed, status, verb) })
    }
}

/// Whether a clause below a verb of promise tells what is to be done: "to send", "that they would send", "to sending".
fn is_promised(sentence: &Sentence, clause: usize) -> bool {
    let token = &sentence.tokens[clause];
    match token.deprel {
        Deprel::Xcomp => token.upos == Upos::Verb,
        Deprel::Ccomp => sentence.children(clause).any(|(_, a)| {
            a.deprel == Deprel::Aux && matches!(a.lemma.as_str(), "will" | "would" | "shall" | "must" | "should")
        }),
        // "committed to sending", "agreed on sending", "committed itself to withdraw"
        Deprel::Advcl => {
            let form = &token.feats;
            let marked = |words: &[&str]| sentence.children(clause).any(|(_, m)| words.contains(&m.lemma.as_str()));
            let sending = (form.has("VerbForm", "Ger") || form.has("VerbForm", "Part") && !form.has("Tense", "Past"))
                && marked(&["to", "on"]);
            sending || form.has("VerbForm", "Inf") && marked(&["to"]) && is_of_itself(sentence, clause)
        }
        _ => false,
    }
}

/// Whether the clause hangs on a verb that somebody does to himself: "bound itself to".
fn is_of_itself(sentence: &Sentence, clause: usize) -> bool {
    let object = syntax::head(sentence, clause).and_then(|verb| sentence.child(verb, &[Deprel::Obj, Deprel::Iobj]));
    object.is_some_and(|o| {
        matches!(sentence.tokens[o].lemma.to_lowercase().as_str(), "itself" | "themselves" | "himself" | "herself")
    })
}

/// Whether a draft tells of an act of violence, threat or protest by this word.
fn is_hostile(draft: &Draft, act: usize) -> bool {
    use EventType::{Assault, Protest, Threaten};
    (draft.anchor == act || draft.lead().is_some_and(|l| l.token == act))
        && matches!(draft.proposition, Proposition::Event(Assault | Threaten | Protest, _))
}

/// What can be kept or broken as a whole. A broken truce is an assault and coded as that; a broken law is a crime.
fn is_accord(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "agreement"
            | "accord"
            | "treaty"
            | "deal"
            | "pact"
            | "convention"
            | "charter"
            | "memorandum"
            | "protocol"
            | "resolution"
            | "covenant"
    )
}

/// Whether a party is known by name or by what it is: private persons promise much that binds nobody else.
fn is_public(party: &Party) -> bool {
    let unnamed = ["side", "parties", "countries", "neighbours", "neighbors", "governments"];
    party.id.is_some()
        || !party.sectors.is_empty()
        || party.mention.as_ref().is_some_and(|m| unnamed.iter().any(|u| m.to_lowercase().contains(u)))
}
