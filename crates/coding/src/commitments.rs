//! Commitments: duties under an accord or law, and promises, each with who is bound, to what, and by what instrument.
//!
//! The words are data (`data/lexicons/commitments.toml`). A duty in force is `ongoing`, a promise `promised`; one said
//! to be kept `occurred`, one said to be broken `did_not_occur`. Promised violence is a threat and no commitment, and
//! plain announcements ("will visit") bind nobody.

use std::collections::HashMap;

use model::{
    Attitude, Attribution, Commitment, Deprel, EventType, Party, Phrase, Proposition, Sentence, Span, Status, Upos,
};
use serde::Deserialize;

use crate::draft::Draft;
use crate::frames::FrameError;
use crate::roles::Scene;
use crate::rules::rules;
use crate::status::Governors;
use crate::syntax;

/// The data file.
pub const LEXICON: &str = include_str!("../../../data/lexicons/commitments.toml");

/// The name and version that claims of this kind carry.
pub const CODER: &str = "commitments/1";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Instrument,
    Binds,
    Provides,
    Promise,
    Duty,
    Breaks,
    Keeps,
}

/// The words of duty and promise.
#[derive(Debug, Default)]
pub struct Commitments {
    /// By kind and lemma: the word that must hang below, if any.
    words: HashMap<(Kind, String), Option<String>>,
}

/// What is owed, before it becomes a draft.
struct Owed {
    actor: Vec<Party>,
    recipient: Vec<Party>,
    instrument: Option<String>,
    object: Option<Span>,
    status: Status,
    anchor: usize,
    source: Option<Attribution>,
}

impl Owed {
    /// A duty of `actor` to nobody in particular, in the teller's own voice.
    fn by(actor: Vec<Party>, object: Option<Span>, status: Status, anchor: usize) -> Self {
        Self { actor, recipient: Vec::new(), instrument: None, object, status, anchor, source: None }
    }
}

impl Commitments {
    /// The words that come along.
    pub fn embedded() -> Result<Self, FrameError> {
        let mut words = HashMap::new();
        for rule in rules("commitments.toml", LEXICON)? {
            for word in rule.words {
                let mut parts = word.split(' ').map(str::to_owned);
                let Some(head) = parts.next() else { continue };
                words.insert((rule.kind, head), parts.next());
            }
        }
        Ok(Self { words })
    }

    fn is(&self, sentence: &Sentence, index: usize, kind: Kind) -> bool {
        match self.words.get(&(kind, sentence.tokens[index].lemma.to_lowercase())) {
            None => false,
            Some(None) => true,
            Some(Some(below)) => sentence.children(index).any(|(i, t)| {
                t.lemma.eq_ignore_ascii_case(below) || syntax::preposition(sentence, i) == Some(below.as_str())
            }),
        }
    }

    /// Adds a draft for each commitment of the sentence, whose other drafts start at `first`.
    pub(crate) fn draft(&self, governors: &Governors, scene: &Scene<'_>, first: usize, drafts: &mut Vec<Draft>) {
        let sentence = scene.sentence;
        for index in 0..sentence.tokens.len() {
            let owed = match sentence.tokens[index].upos {
                Upos::Verb | Upos::Aux | Upos::Adj => self
                    .duty(scene, index)
                    .or_else(|| self.bound(scene, index))
                    .or_else(|| self.promise(governors, scene, index, &drafts[first..]))
                    .or_else(|| self.kept(governors, scene, index)),
                _ => None,
            };
            let Some(owed) = owed else { continue };
            let mut evidence = syntax::clause_span(sentence, syntax::clause_head(sentence, owed.anchor));
            if let Some(object) = owed.object {
                evidence = evidence.cover(object);
            }
            for party in owed.actor.iter().chain(&owed.recipient) {
                evidence = party.span.map_or(evidence, |s| evidence.cover(s));
            }
            drafts.push(Draft {
                actor: owed.actor,
                recipient: owed.recipient,
                status: owed.status,
                anchor: owed.anchor,
                source: owed.source,
                coder: CODER,
                ..Draft::new(
                    Proposition::Commitment(Commitment {
                        instrument: owed.instrument,
                        object: owed.object.map(|span| Phrase::of(span, scene.text)),
                    }),
                    evidence,
                )
            });
        }
    }

    /// "Under the accord, Kabul must …"
    fn duty(&self, scene: &Scene<'_>, verb: usize) -> Option<Owed> {
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
    fn bound(&self, scene: &Scene<'_>, verb: usize) -> Option<Owed> {
        let sentence = scene.sentence;
        if sentence.tokens[verb].upos != Upos::Verb {
            return None;
        }
        let subject = sentence.child(verb, &[Deprel::Nsubj])?;
        if !self.is_instrument(scene, subject) {
            return None;
        }
        let (actor, act) = if self.is(sentence, verb, Kind::Binds) {
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
        let object = Some(predicate(sentence, act, None)?);
        Some(Owed { instrument: Some(mention(scene, subject)?), ..Owed::by(actor, object, Status::Ongoing, act) })
    }

    /// "Kabul promised to …", "agreed to …", "assured Islamabad that …"
    fn promise(&self, governors: &Governors, scene: &Scene<'_>, verb: usize, drafts: &[Draft]) -> Option<Owed> {
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
        let act = sentence
            .children(verb)
            .find(|(i, t)| match t.deprel {
                Deprel::Xcomp => t.upos == Upos::Verb,
                Deprel::Ccomp => sentence.children(*i).any(|(_, a)| {
                    a.deprel == Deprel::Aux
                        && matches!(a.lemma.as_str(), "will" | "would" | "shall" | "must" | "should")
                }),
                // "committed to sending", "agreed on sending"
                Deprel::Advcl => {
                    t.feats.has("VerbForm", "Ger")
                        && sentence.children(*i).any(|(_, m)| matches!(m.lemma.as_str(), "to" | "on"))
                }
                _ => false,
            })
            .map(|(i, _)| i)?;
        let lemma = sentence.tokens[act].lemma.to_lowercase();
        if matches!(lemma.as_str(), "be" | "disagree" | "have" | "fight" | "keep") {
            return None;
        }
        let hostile = drafts.iter().any(|d| {
            (d.anchor == act || d.lead().is_some_and(|l| l.token == act))
                && matches!(
                    d.proposition,
                    Proposition::Event(EventType::Assault | EventType::Threaten | EventType::Protest, _)
                )
        });
        let violent = matches!(
            lemma.as_str(),
            "retaliate"
                | "avenge"
                | "respond"
                | "destroy"
                | "punish"
                | "crush"
                | "revenge"
                | "eliminate"
                | "defeat"
                | "hunt"
                | "continue"
                | "resist"
                | "strike"
                | "annihilate"
                | "kill"
                | "hit"
                | "eradicate"
        );
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
    fn kept(&self, governors: &Governors, scene: &Scene<'_>, verb: usize) -> Option<Owed> {
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

fn parties(scene: &Scene<'_>, index: usize) -> Vec<Party> {
    let known: Vec<Party> =
        scene.fillers(syntax::with_conjuncts(scene.sentence, vec![index])).into_iter().map(|f| f.party).collect();
    // "both sides", "the two countries": somebody is bound, whoever they are.
    let token = &scene.sentence.tokens[index];
    let unnamed =
        matches!(token.lemma.as_str(), "side" | "party" | "country" | "government" | "neighbour" | "neighbor");
    if known.is_empty() && unnamed && token.upos == Upos::Noun {
        let range = syntax::mention_tokens(scene.sentence, index);
        return syntax::span_of(scene.sentence, &range)
            .map(|span| Party { mention: Some(span.of(scene.text).to_owned()), span: Some(span), ..Party::default() })
            .into_iter()
            .collect();
    }
    known
}

/// Whether a party is known by name or by what it is: private persons promise much that binds nobody else.
fn is_public(party: &Party) -> bool {
    let unnamed = ["side", "parties", "countries", "neighbours", "neighbors", "governments"];
    party.id.is_some()
        || !party.sectors.is_empty()
        || party.mention.as_ref().is_some_and(|m| unnamed.iter().any(|u| m.to_lowercase().contains(u)))
}

fn mention(scene: &Scene<'_>, index: usize) -> Option<String> {
    let range = syntax::mention_tokens(scene.sentence, index);
    syntax::span_of(scene.sentence, &range).map(|s| s.of(scene.text).to_owned())
}

/// The words of what is owed: the predicate with what follows it and its "not", without subject, modal and "to".
fn predicate(sentence: &Sentence, act: usize, without: Option<usize>) -> Option<Span> {
    let negation = sentence
        .children(act)
        .filter(|(i, t)| *i < act && t.deprel == Deprel::Advmod && matches!(t.lemma.as_str(), "not" | "never" | "no"))
        .map(|(i, _)| i)
        .next();
    let first = negation.unwrap_or(act);
    let inside = |i: usize| {
        sentence.is_within(i, act) && without.is_none_or(|w| !sentence.is_within(i, w)) && !is_aside(sentence, i, act)
    };
    let mut last = act;
    while last + 1 < sentence.tokens.len() && inside(last + 1) {
        last += 1;
    }
    while last > act && sentence.tokens[last].upos == Upos::Punct {
        last -= 1;
    }
    Some(sentence.tokens.get(first)?.span.cover(sentence.tokens[last].span))
}

/// Whether a token stands in a reporting clause or a second main clause below the act.
fn is_aside(sentence: &Sentence, mut index: usize, act: usize) -> bool {
    while index != act {
        let token = &sentence.tokens[index];
        let second = token.deprel == Deprel::Conj && token.upos == Upos::Verb && token.feats.has("VerbForm", "Fin");
        let but = token.deprel == Deprel::Conj && sentence.children(index).any(|(_, t)| t.lemma == "but");
        if token.deprel == Deprel::Parataxis || second || but {
            return true;
        }
        match syntax::head(sentence, index) {
            Some(up) => index = up,
            None => return false,
        }
    }
    false
}
