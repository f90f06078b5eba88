//! What phrases are about: the lexicon of concepts (`data/causes/concepts.toml`), and how a phrase is read with it.
//!
//! A phrase is read by its head, the word on which the rest hangs: "the risk of *attacks* on trade" is about attacks and
//! not about trade. A concept has words that say more of it and words that say less of it, so that closing a crossing and
//! opening it again move one thing in two directions. What no concept fits is about its own words, and meets only phrases
//! of the same words. No phrase is guessed to be about something that its words do not say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use model::record::ClaimRecord;
use serde::Deserialize;

use super::pattern::{LexiconError, Pattern, Word, patterns, singular, words};

/// The data file.
const FILE: &str = "data/causes/concepts.toml";
const TEXT: &str = include_str!("../../../../data/causes/concepts.toml");

/// Words after which another part of the phrase begins. Grammar, hence no data.
const STOPS: &[&str] = &[
    "of", "in", "on", "at", "by", "for", "to", "from", "with", "against", "between", "among", "amongst", "over",
    "after", "before", "since", "during", "towards", "toward", "into", "onto", "across", "along", "through", "within",
    "without", "about", "around", "near", "inside", "outside", "under", "behind", "out", "off", "away", "as", "that",
    "which", "who", "whose", "whom", "when", "where", "while", "because", "if", "unless", "and", "or", "but", "nor",
    "than", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having", "do", "does", "did",
    "will", "would", "can", "could", "may", "might", "must", "shall", "should",
];

/// Verbs that help another, between a noun and what happens to it.
const HELPERS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will", "would",
    "can", "could", "may", "might", "must", "shall", "should", "all", "both", "again", "also", "then", "soon", "now",
    "once",
];

/// Participles after a noun that do not end in -ed.
const PARTICIPLES: &[&str] =
    &["left", "made", "held", "sent", "taken", "given", "shut", "fought", "begun", "built", "brought", "led", "done"];

const NEGATIONS: &[&str] = &["not", "never", "cannot"];

/// Words that hold no meaning of their own.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "its",
    "their",
    "his",
    "her",
    "our",
    "any",
    "some",
    "such",
    "all",
    "both",
    "each",
    "every",
    "another",
    "other",
    "it",
    "they",
    "them",
    "itself",
    "themselves",
    "there",
];

/// By whom nodes of one concept are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// By who does it: "Pakistani raids", "attacks by the group".
    Doer,
    /// By whose it is: "Kabul's position", "the resolve of the government".
    Holder,
    /// By who takes part, in no order: "trade between the two neighbours".
    Sides,
    /// By nobody.
    Nobody,
}

/// A thing that can be more or less, and the words by which it is known.
#[derive(Clone, Debug)]
pub struct Concept {
    /// Its id in the file.
    pub id: String,
    /// What more of it is called.
    pub name: String,
    /// What less of it is called.
    pub less_name: String,
    /// By whom its nodes are told apart.
    pub whose: Whose,
    more: Vec<Pattern>,
    less: Vec<Pattern>,
    not: Vec<Pattern>,
    events: Vec<Vec<String>>,
    events_less: Vec<Vec<String>>,
    /// Phrases that are more of it, less of it, and neither.
    pub examples: Examples,
}

/// Examples of a concept, held against it by the tests.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Phrases of more of it.
    pub yes: Vec<String>,
    /// Phrases of less of it.
    pub yes_less: Vec<String>,
    /// Tempting phrases that are none.
    pub no: Vec<String>,
}

/// The lexicon.
#[derive(Clone, Debug)]
pub struct Concepts {
    all: Vec<Concept>,
    same_before: Vec<Pattern>,
    less_before: Vec<Pattern>,
    less_beside: Vec<Pattern>,
    less_after: Vec<Pattern>,
    plain: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: Turning,
    concept: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turning {
    same_before: Vec<String>,
    less_before: Vec<String>,
    less_beside: Vec<String>,
    less_after: Vec<String>,
    plain: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    less_name: String,
    whose: Whose,
    more: Vec<String>,
    #[serde(default)]
    less: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    events_less: Vec<String>,
    yes: Vec<String>,
    #[serde(default)]
    yes_less: Vec<String>,
    no: Vec<String>,
}

/// A phrase as the lexicon reads it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// Position of the concept, if one fits.
    pub concept: Option<usize>,
    /// Whether the phrase says less of it.
    pub less: bool,
    /// The words that make it so: those that turned it, and those of the concept.
    pub by: Vec<String>,
    /// Positions of words that were read as a direction.
    turning: BTreeSet<usize>,
    /// The word on which the phrase hangs.
    pub head: usize,
    /// The phrase's words.
    pub words: Vec<Word>,
}

impl Concepts {
    /// The lexicon that comes along.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::parse(FILE, TEXT)
    }

    /// Reads a lexicon; the error names the entry that does not hold.
    pub fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let wrong = |why: String| LexiconError { file: file.to_owned(), why };
        let raw: File = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        let mut ids = BTreeSet::new();
        let mut concepts = Vec::new();
        for entry in raw.concept {
            let id = entry.id.as_str();
            if !ids.insert(entry.id.clone()) || !id.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                return Err(wrong(format!("`{id}` must be a word of its own in lower case")));
            }
            let codes = |list: &[String]| list.iter().map(|e| e.split(' ').map(str::to_owned).collect()).collect();
            concepts.push(Concept {
                more: patterns(file, id, &entry.more)?,
                less: patterns(file, id, &entry.less)?,
                not: patterns(file, id, &entry.not)?,
                events: codes(&entry.events),
                events_less: codes(&entry.events_less),
                name: entry.name,
                less_name: entry.less_name,
                whose: entry.whose,
                examples: Examples { yes: entry.yes, yes_less: entry.yes_less, no: entry.no },
                id: entry.id,
            });
        }
        let list = |name: &str, texts: &[String]| patterns(file, name, texts);
        Ok(Self {
            all: concepts,
            same_before: list("same_before", &raw.words.same_before)?,
            less_before: list("less_before", &raw.words.less_before)?,
            less_beside: list("less_beside", &raw.words.less_beside)?,
            less_after: list("less_after", &raw.words.less_after)?,
            plain: list("plain", &raw.words.plain)?,
        })
    }

    /// Every concept, in the order of the file.
    pub fn all(&self) -> &[Concept] {
        &self.all
    }

    /// The concept that a phrase is about, and whether the phrase says less of it.
    pub fn of(&self, phrase: &str) -> Option<(&Concept, bool)> {
        let reading = self.read(phrase)?;
        Some((&self.all[reading.concept?], reading.less))
    }

    /// The concept of an event, by type, modes and effects, and whether it is less of it.
    pub(crate) fn of_event(&self, claim: &ClaimRecord) -> Option<(usize, bool)> {
        let code = claim.code.as_deref()?;
        let is = |event: &Vec<String>| {
            event[0] == code
                && event[1..].iter().all(|word| {
                    claim.modes.iter().any(|m| m == word) || claim.effects.iter().any(|e| e.kind.as_str() == word)
                })
        };
        // The closest: the one that asks for most.
        let found = self.all.iter().enumerate().flat_map(|(at, concept)| {
            let of = |events: &'_ [Vec<String>]| events.iter().filter(|e| is(e)).map(Vec::len).max();
            [(of(&concept.events), at, false), (of(&concept.events_less), at, true)]
        });
        let best = found.filter_map(|(length, at, less)| Some((length?, at, less)));
        best.max_by_key(|&(length, at, _)| (length, std::cmp::Reverse(at))).map(|(_, at, less)| (at, less))
    }

    /// Reads a phrase; `None` where it has no word of content.
    pub(crate) fn read(&self, phrase: &str) -> Option<Reading> {
        let words = words(phrase);
        // Where words stand that hand on to what follows, and whether they turn it.
        let mut openers: Vec<(Range<usize>, bool)> = Vec::new();
        let mut start = 0;
        let group = loop {
            let group = self.group(&words, start)?;
            let head = group.end - 1;
            let opens = |patterns: &[Pattern]| {
                let found = patterns.iter().flat_map(|p| p.find(&words));
                found.filter(|at| at.contains(&head) && at.start >= start && at.end > head + 1).max_by_key(|at| at.end)
            };
            let turned = opens(&self.less_before).map(|at| (at, true));
            let Some((at, turns)) = turned.or_else(|| opens(&self.same_before).map(|at| (at, false))) else {
                break group;
            };
            if self.group(&words, at.end).is_none() {
                break group;
            }
            start = at.end;
            openers.push((at, turns));
        };
        let head = group.end - 1;
        let beside = stands(&self.less_beside, &words, &group);
        let fitting = self.fitting(&words, head);
        let covered = fitting.as_ref().map_or(group.clone(), |fit| fit.at.clone());
        // "Loss of life", "collapse of the government": the concept's own words, which turn nothing.
        openers.retain(|(opener, _)| opener.start < covered.start);
        let (fell, denied, verb) = self.after(&words, group.end);
        let mut concept = fitting.as_ref().map(|fit| fit.concept);
        let mut less = openers.iter().filter(|(_, turns)| *turns).count() % 2 == 1;
        less ^= beside.is_some();
        // A verb that the concept's own words hold has turned them already.
        let inside = verb.is_some_and(|verb| covered.contains(&verb));
        let fell = fell.filter(|_| !inside);
        if fell.is_some() {
            less ^= !denied;
        } else if denied && inside {
            less = !less;
        } else if denied {
            // What did not happen to it is not known here: nothing is made of the phrase but its words.
            concept = None;
        }
        less ^= concept.is_some() && fitting.as_ref().is_some_and(|fit| fit.less);
        let turning: Vec<Range<usize>> = openers.into_iter().map(|(at, _)| at).chain(beside).chain(fell).collect();
        let own = fitting.filter(|_| concept.is_some()).map(|fit| fit.at);
        let text = |at: &Range<usize>| phrase[words[at.start].at.start..words[at.end - 1].at.end].to_owned();
        let by = turning.iter().chain(&own).map(text).collect();
        Some(Reading { concept, less, by, turning: turning.into_iter().flatten().collect(), head, words })
    }

    /// The first nominal group from `start` on: up to a preposition, conjunction, verb that falls, or comma.
    fn group(&self, words: &[Word], start: usize) -> Option<Range<usize>> {
        let empty = |w: &Word| EMPTY.contains(&w.text.as_str()) || STOPS.contains(&w.text.as_str());
        let first = (start..words.len()).find(|&i| !empty(&words[i]))?;
        let stops = |i: usize| STOPS.contains(&words[i].text.as_str());
        // "attacks launched by", "weapons left behind"; but "two closed crossings"
        let participle = |i: usize| {
            let text = words[i].text.as_str();
            i > first
                && (text.len() > 4 && text.ends_with("ed") || PARTICIPLES.contains(&text))
                && !words[i - 1].owns
                && (i + 1 == words.len() || stops(i + 1) || words[i].breaks)
        };
        let falls = |i: usize| i > first && stands(&self.less_after, words, &(i..i + 1)).is_some();
        let negated = |i: usize| NEGATIONS.contains(&words[i].text.as_str());
        let ends = |&i: &usize| stops(i) || falls(i) || participle(i) || negated(i) || words[i - 1].breaks;
        let end = (first + 1..words.len()).find(ends).unwrap_or(words.len());
        Some(first..end)
    }

    /// What the verb after the group says of it: the word that lets it fall, whether it is negated, and where it stands.
    fn after(&self, words: &[Word], from: usize) -> (Option<Range<usize>>, bool, Option<usize>) {
        let mut denied = false;
        let mut at = from;
        while let Some(word) = words.get(at) {
            let text = word.text.as_str();
            if NEGATIONS.contains(&text) || text == "no" && words.get(at + 1).is_some_and(|w| w.text == "longer") {
                denied = true;
                at += usize::from(text == "no");
            } else if !(HELPERS.contains(&text) || text.ends_with("ly")) {
                break;
            }
            at += 1;
        }
        let verb = (at < words.len()).then_some(at);
        (verb.and_then(|at| stands(&self.less_after, words, &(at..at + 1))), denied, verb)
    }

    /// The concept whose words cover the head; of several the one that asks for most words, else the first in the file.
    fn fitting(&self, words: &[Word], head: usize) -> Option<Fitting> {
        let mut best: Option<Fitting> = None;
        for (at, concept) in self.all.iter().enumerate() {
            let covers = |p: &Pattern| p.find(words).into_iter().find(|r| r.contains(&head));
            let barred = concept.not.iter().filter(|p| covers(p).is_some()).map(Pattern::length).max();
            for (patterns, less) in [(&concept.more, false), (&concept.less, true)] {
                for pattern in patterns {
                    let Some(range) = covers(pattern) else { continue };
                    let length = pattern.length();
                    if barred.is_some_and(|b| b >= length) || best.as_ref().is_some_and(|b| b.length >= length) {
                        continue;
                    }
                    best = Some(Fitting { concept: at, less, length, at: range });
                }
            }
        }
        best
    }

    /// Words of content of a reading, without number, in alphabetical order: no articles, prepositions and helpers, none
    /// that distinguishes nothing ("further"), none that was read as a direction already, and none of `skip`.
    pub(crate) fn content(&self, reading: &Reading, skip: &BTreeSet<usize>) -> Vec<String> {
        let words = &reading.words;
        let plain = self.plain.iter().flat_map(|p| p.find(words)).flatten();
        let dropped: BTreeSet<usize> = plain.chain(reading.turning.iter().copied()).collect();
        let kept = (0..words.len()).filter(|i| !dropped.contains(i) && !skip.contains(i));
        let mut content: Vec<String> = kept
            .map(|i| words[i].text.as_str())
            .filter(|w| !EMPTY.contains(w) && !STOPS.contains(w) && !HELPERS.contains(w))
            .map(singular)
            .collect();
        content.sort_unstable();
        content.dedup();
        content
    }

    /// Concepts by id.
    pub(crate) fn by_id(&self) -> BTreeMap<&str, usize> {
        self.all.iter().enumerate().map(|(at, c)| (c.id.as_str(), at)).collect()
    }
}

struct Fitting {
    concept: usize,
    less: bool,
    length: usize,
    at: Range<usize>,
}

/// Where one of some patterns stands wholly within a stretch of words.
fn stands(patterns: &[Pattern], words: &[Word], within: &Range<usize>) -> Option<Range<usize>> {
    let found = patterns.iter().find_map(|p| p.find(&words[within.clone()]).into_iter().next());
    found.map(|at| at.start + within.start..at.end + within.start)
}
