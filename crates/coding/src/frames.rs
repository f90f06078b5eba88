//! Frames: which words bring up which event or tie, and where its parties stand. The frames are data
//! (`data/frames/*.toml`); this module reads and indexes them and finds them in a sentence.

use std::collections::HashMap;

use model::{Deprel, EffectKind, EventType, Sentence, TieType, Upos};
use serde::Deserialize;

use crate::syntax;

/// What a frame codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A PLOVER event.
    Event(EventType),
    /// A lasting relation.
    Tie(TieType),
}

/// Where in the sentence a role is looked for, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Who acts, by voice.
    Subject,
    /// On whom, by voice.
    Object,
    /// The owner or the adjective before an event noun: "Pakistan's raid", "Pakistani raid".
    Possessor,
    /// After this preposition.
    Preposition(String),
}

/// One frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What it codes.
    pub kind: Kind,
    /// Modes that it always has.
    pub modes: Vec<String>,
    /// Where the actor stands.
    pub actor: Vec<Slot>,
    /// Where the recipient stands.
    pub recipient: Vec<Slot>,
    /// Where an intermediary stands.
    pub via: Vec<Slot>,
    /// Both sides act.
    pub reciprocal: bool,
    /// What it does to its object.
    pub effect: Option<EffectKind>,
    /// Coded only if one of these roles is filled by a party or by people.
    pub needs: Needs,
    /// Coded only if the object's lemma is one of these.
    pub only_object: Vec<String>,
    /// Not coded if the object's lemma is one of these.
    pub unless_object: Vec<String>,
    /// Not coded if the subject's lemma is one of these.
    pub unless_subject: Vec<String>,
    /// Whether the clause that hangs below is claimed too, and how.
    pub content: Content,
    /// What the word does with a happening named as its object ("called off a visit").
    pub ceasefire: Option<String>,
    /// Sentences that have it.
    pub yes: Vec<String>,
    /// Sentences that have it not.
    pub no: Vec<String>,
}

/// Which roles must be filled for a frame to be coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Needs {
    /// None.
    #[default]
    Nothing,
    /// An actor.
    Actor,
    /// A recipient.
    Recipient,
    /// One of the two.
    Either,
    /// Both.
    Both,
}

/// What becomes of a clause below a frame's word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// It stands on its own.
    #[default]
    Plain,
    /// Accused of it: the actor alleges it.
    Alleged,
    /// Denied by the actor.
    Denied,
    /// Threatened by the actor.
    Threatened,
    /// Demanded by the actor.
    Demanded,
    /// Promised by the actor.
    Promised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    frame: Vec<RawFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    code: String,
    #[serde(default)]
    modes: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    actor: Option<Vec<String>>,
    recipient: Option<Vec<String>>,
    #[serde(default)]
    via: Vec<String>,
    #[serde(default)]
    reciprocal: bool,
    effect: Option<String>,
    #[serde(default)]
    needs: Needs,
    #[serde(default)]
    only_object: Vec<String>,
    #[serde(default)]
    unless_object: Vec<String>,
    #[serde(default)]
    unless_subject: Vec<String>,
    #[serde(default)]
    content: Content,
    ceasefire: Option<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

/// What is wrong with a frame file.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// It is no TOML, or has a field that frames do not have.
    #[error("reading frames from {file}: {source}")]
    Syntax {
        /// The file.
        file: String,
        /// What the parser says.
        source: Box<toml::de::Error>,
    },
    /// A code that is none of the lists'.
    #[error("{file}: `{code}` is no PLOVER event type and no tie; see docs/contract.md for the codes")]
    Code {
        /// The file.
        file: String,
        /// The code.
        code: String,
    },
}

/// Words that bring up a frame: the head's lemma, and lemmas that must hang below it.
#[derive(Clone, Debug)]
struct Pattern {
    frame: usize,
    /// Each must be the lemma of a dependent; alternatives within one.
    below: Vec<Vec<String>>,
    is_verb: bool,
}

/// All frames, indexed by the head's lemma.
#[derive(Debug, Default)]
pub struct Frames {
    frames: Vec<Frame>,
    by_lemma: HashMap<String, Vec<Pattern>>,
}

/// A frame found at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Index of the word.
    pub token: usize,
    /// Index of the frame.
    pub frame: usize,
    /// Whether the word is a predicate rather than an event noun.
    pub is_verb: bool,
}

impl Frames {
    /// Reads frame files, given as (name, content).
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, FrameError> {
        let mut frames = Self::default();
        for (file, content) in files {
            let parsed: FrameFile = toml::from_str(content)
                .map_err(|source| FrameError::Syntax { file: file.to_owned(), source: Box::new(source) })?;
            for raw in parsed.frame {
                frames.add(raw).map_err(|code| FrameError::Code { file: file.to_owned(), code })?;
            }
        }
        Ok(frames)
    }

    /// The frame of a trigger.
    pub fn get(&self, index: usize) -> &Frame {
        &self.frames[index]
    }

    /// Every frame.
    pub fn all(&self) -> &[Frame] {
        &self.frames
    }

    fn add(&mut self, raw: RawFrame) -> Result<(), String> {
        let kind = if let Ok(event) = raw.code.parse::<EventType>() {
            Kind::Event(event)
        } else if let Ok(tie) = raw.code.parse::<TieType>() {
            Kind::Tie(tie)
        } else {
            return Err(raw.code);
        };
        let effect = raw.effect.map(|e| e.parse::<EffectKind>().map_err(|_| e)).transpose()?;
        let slots = |words: Option<Vec<String>>, default: &[&str]| -> Vec<Slot> {
            words
                .unwrap_or_else(|| default.iter().map(|w| (*w).to_owned()).collect())
                .into_iter()
                .map(Slot::from)
                .collect()
        };
        let index = self.frames.len();
        for (words, is_verb) in raw.verbs.iter().map(|v| (v, true)).chain(raw.nouns.iter().map(|n| (n, false))) {
            let parts: Vec<&str> = words.split_whitespace().collect();
            // A verb's head stands first ("open fire"), a noun's last ("air strike").
            let Some((head, below)) = (if is_verb { parts.split_first() } else { parts.split_last() }) else {
                continue;
            };
            let below = below.iter().map(|w| w.split('/').map(str::to_owned).collect()).collect::<Vec<_>>();
            for lemma in head.split('/') {
                self.by_lemma.entry(lemma.to_owned()).or_default().push(Pattern {
                    frame: index,
                    below: below.clone(),
                    is_verb,
                });
            }
        }
        self.frames.push(Frame {
            kind,
            modes: raw.modes,
            actor: slots(raw.actor, &["subject", "possessor", "by"]),
            recipient: slots(raw.recipient, &["object", "on", "against"]),
            via: slots(Some(raw.via), &[]),
            reciprocal: raw.reciprocal,
            effect,
            needs: raw.needs,
            only_object: raw.only_object,
            unless_object: raw.unless_object,
            unless_subject: raw.unless_subject,
            content: raw.content,
            ceasefire: raw.ceasefire,
            yes: raw.yes,
            no: raw.no,
        });
        Ok(())
    }

    /// The frames that a sentence's words bring up: at each word the pattern that asks for most, so
    /// that "open fire" beats "open".
    pub fn find(&self, sentence: &Sentence) -> Vec<Trigger> {
        let mut triggers: Vec<Trigger> = Vec::new();
        let mut used = vec![false; sentence.tokens.len()];
        for (index, token) in sentence.tokens.iter().enumerate() {
            let Some(patterns) = self.by_lemma.get(&token.lemma.to_lowercase()) else { continue };
            let mut best: Option<(usize, &Pattern, Vec<usize>)> = None;
            for pattern in patterns {
                if !fits_tag(sentence, index, pattern.is_verb) {
                    continue;
                }
                let Some(matched) = matches_below(sentence, index, pattern) else { continue };
                if !self.object_fits(sentence, index, pattern) {
                    continue;
                }
                // More words asked for, then a condition on the object, make the closer fit.
                let closeness =
                    2 * pattern.below.len() + usize::from(!self.frames[pattern.frame].only_object.is_empty());
                if best.as_ref().is_none_or(|(c, ..)| closeness > *c) {
                    best = Some((closeness, pattern, matched));
                }
            }
            if let Some((_, pattern, matched)) = best {
                for below in matched {
                    // A clause asked for by the pattern still tells something of its own.
                    used[below] |= !syntax::CLAUSAL.contains(&sentence.tokens[below].deprel);
                }
                triggers.push(Trigger { token: index, frame: pattern.frame, is_verb: pattern.is_verb });
            }
        }
        let triggers_at: HashMap<usize, usize> = triggers.iter().map(|t| (t.token, t.frame)).collect();
        // A word that serves a longer pattern brings up nothing of its own ("fire" in "open fire").
        // But what is called off or refused is claimed too, as called off or refused: "postponed a visit".
        let refused = |t: &Trigger| {
            syntax::head(sentence, t.token)
                .and_then(|h| triggers_at.get(&h))
                .is_some_and(|&frame| self.frames[frame].kind == Kind::Event(EventType::Reject))
                && self.frames[t.frame].kind != Kind::Event(EventType::Reject)
        };
        triggers.retain(|t| !used[t.token] || refused(t));
        triggers
    }

    fn object_fits(&self, sentence: &Sentence, index: usize, pattern: &Pattern) -> bool {
        let frame = &self.frames[pattern.frame];
        let lemma_of = |i: &usize| sentence.tokens[*i].lemma.to_lowercase();
        if !frame.unless_subject.is_empty()
            && syntax::agents(sentence, index).iter().any(|i| frame.unless_subject.contains(&lemma_of(i)))
        {
            return false;
        }
        if frame.only_object.is_empty() && frame.unless_object.is_empty() {
            return true;
        }
        let objects = if pattern.is_verb {
            let mut objects = syntax::patients(sentence, index);
            for slot in &frame.recipient {
                if let Slot::Preposition(p) = slot {
                    objects.extend(syntax::obliques(sentence, index, &[p]));
                }
            }
            objects
        } else {
            syntax::obliques(sentence, index, &["of", "on", "against", "for", "with", "to"])
        };
        let any_of = |list: &[String]| objects.iter().any(|i| list.contains(&lemma_of(i)));
        (frame.only_object.is_empty() || any_of(&frame.only_object)) && !any_of(&frame.unless_object)
    }
}

impl From<String> for Slot {
    fn from(word: String) -> Self {
        match word.as_str() {
            "subject" => Slot::Subject,
            "object" => Slot::Object,
            "possessor" => Slot::Possessor,
            _ => Slot::Preposition(word),
        }
    }
}

fn fits_tag(sentence: &Sentence, index: usize, is_verb: bool) -> bool {
    let token = &sentence.tokens[index];
    if is_verb {
        // Participles before a noun ("the injured soldiers") describe rather than tell.
        token.upos == Upos::Verb && !matches!(token.deprel, Deprel::Amod | Deprel::Compound | Deprel::Case)
    } else {
        // An event noun that merely modifies another ("attack helicopters") tells nothing; in a name neither.
        matches!(token.upos, Upos::Noun | Upos::Propn)
            && !matches!(token.deprel, Deprel::Compound | Deprel::Flat | Deprel::Amod)
            && !sentence.names.iter().any(|n| n.tokens.contains(&index) && n.tokens.len() > 1)
    }
}

/// Verbs whose subject is what they happen to.
fn goes_off(lemma: &str) -> bool {
    matches!(lemma.to_lowercase().as_str(), "explode" | "go" | "detonate")
}

fn matches_below(sentence: &Sentence, index: usize, pattern: &Pattern) -> Option<Vec<usize>> {
    pattern
        .below
        .iter()
        .map(|words| {
            sentence
                .children(index)
                // Who acts is a role, not a part of the pattern: "the government dismissed" dismisses no government.
                // But what goes off by itself is: "a bomb exploded".
                .filter(|(_, t)| {
                    !matches!(t.deprel, Deprel::Conj | Deprel::OblAgent)
                        && (t.deprel != Deprel::Nsubj || goes_off(&sentence.tokens[index].lemma))
                })
                .find(|(_, t)| words.contains(&t.lemma.to_lowercase()))
                .map(|(i, _)| i)
                // "signed with B an agreement on trade": one step further down, a preposition or its noun.
                .or_else(|| {
                    sentence
                        .children(index)
                        .filter(|(_, t)| matches!(t.deprel, Deprel::Obl | Deprel::Nmod))
                        .find_map(|(i, _)| {
                            sentence.children(i).find(|(_, t)| t.deprel == Deprel::Case && words.contains(&t.lemma))
                        })
                        .map(|(i, _)| i)
                })
        })
        .collect()
}
