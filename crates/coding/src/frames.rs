//! Frames: which words bring up which event or tie, and where its parties stand. The frames are data
//! (`data/frames/*.toml`); this module reads and indexes them and finds them in a sentence.

use std::collections::HashMap;

use model::{Deprel, EffectKind, EventType, NameKind, Sentence, TieType, Upos};
use serde::Deserialize;

use crate::ceasefire::StandIns;
use crate::patterns::{Pattern, Word, fits_tag, is_passive_adjective, matches_below, measures, near_below};
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
    /// An actor who bears arms: soldiers, fighters, police.
    Armed,
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
    #[serde(default)]
    adjectives: Vec<String>,
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
    /// It is no TOML, or has a field that its entries do not have.
    #[error("reading rules from {file}: {source}")]
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
    /// A table of the coder's lacks its header or has a row of no kind.
    #[error(transparent)]
    Table(#[from] crate::catalogue::CatalogueError),
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
        let verbs = raw.verbs.iter().map(|v| (v, Word::Verb));
        let nouns = raw.nouns.iter().map(|n| (n, Word::Noun));
        let adjectives = raw.adjectives.iter().map(|a| (a, Word::Adjective));
        for (words, word) in verbs.chain(nouns).chain(adjectives) {
            let parts: Vec<&str> = words.split_whitespace().collect();
            // A noun's head stands last ("air strike"), any other first ("open fire", "wary of").
            let Some((head, below)) = (if word == Word::Noun { parts.split_last() } else { parts.split_first() })
            else {
                continue;
            };
            let below = below.iter().map(|w| w.split('/').map(str::to_owned).collect()).collect::<Vec<_>>();
            for lemma in head.split('/') {
                self.by_lemma.entry(lemma.to_owned()).or_default().push(Pattern {
                    frame: index,
                    below: below.clone(),
                    word,
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
        self.find_with(sentence, &StandIns::default())
    }

    /// The same, where some words stand for a ceasefire that the report has named.
    pub(crate) fn find_with(&self, sentence: &Sentence, ceasefires: &StandIns) -> Vec<Trigger> {
        let mut triggers: Vec<Trigger> = Vec::new();
        let mut used = vec![false; sentence.tokens.len()];
        for (index, token) in sentence.tokens.iter().enumerate() {
            let upos = if is_passive_adjective(sentence, index) { Upos::Verb } else { token.upos };
            let Some(patterns) = self.patterns(&token.lemma.to_lowercase(), upos) else { continue };
            let mut best: Option<(usize, &Pattern, Vec<usize>)> = None;
            for pattern in patterns {
                if !fits_tag(sentence, index, pattern.word) {
                    continue;
                }
                let of_ceasefire = self.frames[pattern.frame].ceasefire.is_some().then_some(ceasefires);
                let Some(matched) = matches_below(sentence, index, pattern, of_ceasefire) else { continue };
                if !self.object_fits(sentence, index, pattern) {
                    continue;
                }
                // More words asked for, then a condition on the object, make the closer fit.
                let frame = &self.frames[pattern.frame];
                // A broken ceasefire agreement is a broken ceasefire.
                let closer = !frame.only_object.is_empty() || frame.ceasefire.as_deref() == Some("violated");
                let closeness = 2 * pattern.below.len() + usize::from(closer);
                if best.as_ref().is_none_or(|(c, ..)| closeness > *c) {
                    best = Some((closeness, pattern, matched));
                }
            }
            if let Some((_, pattern, matched)) = best {
                for below in matched.into_iter().filter(|&b| b != index) {
                    // A clause asked for by the pattern still tells something of its own.
                    used[below] |= !syntax::CLAUSAL.contains(&sentence.tokens[below].deprel);
                }
                let is_verb = pattern.word != Word::Noun;
                triggers.push(Trigger { token: index, frame: pattern.frame, is_verb });
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

    /// The patterns of a lemma. A verb whose base form was guessed with a letter too few or too many ("fir" of
    /// "fired", "severe" of "severed", "expell") is looked up in the likely form as well.
    fn patterns(&self, lemma: &str, upos: Upos) -> Option<&Vec<Pattern>> {
        // What annotators that guess base forms make of "laid".
        let lemma = if upos == Upos::Verb && lemma == "la" { "lay" } else { lemma };
        let known = self.by_lemma.get(lemma);
        let has_verb = |patterns: &&Vec<Pattern>| patterns.iter().any(|p| p.word == Word::Verb);
        if upos != Upos::Verb || known.as_ref().is_some_and(has_verb) {
            return known;
        }
        let shorter = lemma.strip_suffix("ed").or_else(|| lemma.strip_suffix('e')).or_else(|| {
            let mut letters = lemma.chars().rev();
            let doubled = letters.next() == letters.next();
            let cut = lemma.len() - lemma.chars().next_back().map_or(0, char::len_utf8);
            lemma.get(..cut).filter(|_| doubled)
        });
        let with_y = lemma.strip_suffix("ie").map(|stem| format!("{stem}y"));
        // "injured" as its own base form
        let participle = lemma.strip_suffix('d').filter(|l| l.ends_with('e')).map(str::to_owned);
        [with_y, Some(format!("{lemma}e")), participle, shorter.map(str::to_owned)]
            .into_iter()
            .flatten()
            .find_map(|likely| self.by_lemma.get(&likely).filter(has_verb))
            .or(known)
    }

    /// The frames whose head word stands at a token, whatever its tag and object, with the share of the words
    /// asked for that are there: 1 where all are, a quarter where none is.
    pub(crate) fn shares(&self, sentence: &Sentence, index: usize, lemma: &str, upos: Upos) -> Vec<(usize, f64)> {
        let Some(patterns) = self.patterns(lemma, upos) else { return Vec::new() };
        let near = near_below(sentence, index);
        patterns
            .iter()
            .map(|pattern| {
                let wanted = pattern.below.len();
                let there = pattern
                    .below
                    .iter()
                    .filter(|words| near.iter().any(|&i| words.contains(&sentence.tokens[i].lemma.to_lowercase())))
                    .count();
                let share = if wanted == 0 { 0.7 } else { 0.25 + 0.75 * there as f64 / wanted as f64 };
                (pattern.frame, share)
            })
            .collect()
    }

    fn object_fits(&self, sentence: &Sentence, index: usize, pattern: &Pattern) -> bool {
        let frame = &self.frames[pattern.frame];
        let lemma_of = |i: &usize| sentence.tokens[*i].lemma.to_lowercase();
        let agents = match syntax::light_verb_above(sentence, index) {
            // "the bank launched a raid"
            Some(verb) if pattern.word == Word::Noun && crate::roles::is_light(&sentence.tokens[verb].lemma) => {
                syntax::agents(sentence, verb)
            }
            _ => syntax::agents(sentence, index),
        };
        if !frame.unless_subject.is_empty()
            && agents.iter().any(|&agent| {
                // "Typhoon Phanfone": the kind of thing stands beside its name.
                let beside = sentence
                    .children(agent)
                    .filter(|(_, t)| matches!(t.deprel, Deprel::Compound | Deprel::NmodDesc | Deprel::Flat))
                    .map(|(i, _)| i);
                std::iter::once(agent).chain(beside).any(|i| frame.unless_subject.contains(&lemma_of(&i)))
            })
        {
            return false;
        }
        if frame.only_object.is_empty() && frame.unless_object.is_empty() {
            return true;
        }
        let mut objects = if pattern.word == Word::Noun {
            let mut objects = syntax::obliques(sentence, index, &["of", "on", "against", "for", "with", "to"]);
            // "withdrawal from the European Union"
            if frame.recipient.iter().any(|slot| matches!(slot, Slot::Preposition(p) if p == "from")) {
                objects.extend(syntax::obliques(sentence, index, &["from"]));
            }
            // "Boko Haram's chief"
            if frame.recipient.contains(&Slot::Possessor) {
                objects.extend(sentence.child(index, &[Deprel::NmodPoss]));
            }
            // "Haram" is the name's last word.
            let parts: Vec<usize> = objects
                .iter()
                .flat_map(|&i| sentence.children(i).filter(|(_, t)| t.deprel == Deprel::Flat).map(|(i, _)| i))
                .collect();
            objects.extend(parts);
            objects
        } else {
            let mut objects = syntax::patients(sentence, index);
            for slot in &frame.recipient {
                if let Slot::Preposition(p) = slot {
                    objects.extend(syntax::obliques(sentence, index, &[p]));
                }
            }
            objects
        };
        // "arrested two journalists and freed a third": a number alone counts what the verb before it has as object.
        let bare = |i: usize| {
            let token = &sentence.tokens[i];
            (token.upos == Upos::Num || matches!(token.lemma.as_str(), "third" | "fourth" | "other" | "another"))
                && sentence.child(i, &[Deprel::Nmod, Deprel::Amod, Deprel::Compound]).is_none()
        };
        if pattern.word == Word::Verb
            && sentence.tokens[index].deprel == Deprel::Conj
            && objects.iter().any(|&i| bare(i))
            && let Some(first) = syntax::head(sentence, index)
        {
            objects.extend(syntax::patients(sentence, first));
        }
        // "freed 11 of the prisoners": what is counted is the object.
        let counted: Vec<usize> = objects
            .iter()
            .filter(|&&i| measures(sentence, i))
            .flat_map(|&i| syntax::obliques(sentence, i, &["of", "in"]))
            .collect();
        let objects = [objects, counted].concat();
        // "@place" stands for every name that the tagger takes for a place.
        let is_place = |i: &usize| sentence.names.iter().any(|n| n.kind == NameKind::Place && n.tokens.contains(i));
        let any_of = |list: &[String]| {
            objects.iter().any(|i| list.contains(&lemma_of(i)))
                || list.iter().any(|l| l == "@place") && objects.iter().any(is_place)
        };
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
