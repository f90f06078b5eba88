//! How the words of a figure are counted: the lexicon (`data/figures/counted.toml`).
//!
//! A figure's words are read by their head, the last word before a preposition: "violations of the ceasefire" are
//! violations. Where the head is people, the sentence must say what happened to them.

use std::ops::Range;

use model::{Category, EffectKind};
use serde::{Deserialize, Serialize};

use crate::causes::LexiconError;
use crate::causes::pattern::{Pattern, Word, patterns, words};

/// The data file.
const FILE: &str = "data/figures/counted.toml";
const TEXT: &str = include_str!("../../../../data/figures/counted.toml");

/// How something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// So many incidents.
    Incidents,
    /// The sum of the dead that their accounts give.
    Killed,
    /// The sum of the hurt.
    Injured,
    /// Not counted here.
    Nothing,
}

impl Measure {
    /// The effect that is summed.
    pub(super) fn effect(self) -> Option<EffectKind> {
        match self {
            Measure::Killed => Some(EffectKind::Killed),
            Measure::Injured => Some(EffectKind::Injured),
            Measure::Incidents | Measure::Nothing => None,
        }
    }
}

/// What is counted for a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedThing {
    /// Id in the lexicon.
    pub id: String,
    /// What is counted, in words.
    pub name: String,
    /// How.
    pub measure: Measure,
    /// Types of incident, each with modes; empty is every type.
    pub events: Vec<Vec<String>>,
    /// Only of these people.
    pub category: Option<Category>,
    /// Why it is not counted.
    pub why: Option<String>,
    /// Words of the figure that narrow what it counts, and that are not told apart here.
    pub narrower: Vec<String>,
}

/// The lexicon.
#[derive(Clone, Debug)]
pub struct Counted {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    thing: CountedThing,
    words: Vec<Pattern>,
    beside: Vec<Pattern>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    counted: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    name: String,
    words: Vec<String>,
    #[serde(default)]
    beside: Vec<String>,
    measure: Measure,
    #[serde(default)]
    events: Vec<String>,
    category: Option<Category>,
    why: Option<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

impl Counted {
    /// The lexicon that comes along.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::parse(FILE, TEXT)
    }

    /// Reads a lexicon; the error names the entry that does not hold.
    pub fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let wrong = |why: String| LexiconError { file: file.to_owned(), why };
        let raw: File = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        let entry = |raw: Raw| {
            if (raw.measure == Measure::Nothing) != raw.why.is_some() {
                return Err(wrong(format!("{}: what is not counted says why, and nothing else does", raw.id)));
            }
            Ok(Entry {
                words: patterns(file, &raw.id, &raw.words)?,
                beside: patterns(file, &raw.id, &raw.beside)?,
                yes: raw.yes,
                no: raw.no,
                thing: CountedThing {
                    id: raw.id,
                    name: raw.name,
                    measure: raw.measure,
                    events: raw.events.iter().map(|e| e.split(' ').map(str::to_owned).collect()).collect(),
                    category: raw.category,
                    why: raw.why,
                    narrower: Vec::new(),
                },
            })
        };
        Ok(Self { entries: raw.counted.into_iter().map(entry).collect::<Result<_, _>>()? })
    }

    /// What the words of a figure count: the entry that asks for most words, else the first in the file. `sentence` is
    /// where the figure stands.
    pub fn of(&self, of: &str, sentence: &str) -> Option<CountedThing> {
        if let Some(what) = of.strip_prefix("percent: ") {
            return Some(CountedThing {
                id: "percent".to_owned(),
                name: format!("change of {what}"),
                measure: Measure::Nothing,
                events: Vec::new(),
                category: None,
                why: Some("a change by a share compares two windows, of which the figure names one at most".to_owned()),
                narrower: Vec::new(),
            });
        }
        let of = words(of);
        let sentence = words(sentence);
        let group = 0..of.iter().position(is_preposition).unwrap_or(of.len()).max(1);
        let mut best: Option<(usize, &Entry, Range<usize>)> = None;
        for entry in &self.entries {
            let beside = entry.beside.is_empty() || entry.beside.iter().any(|p| !p.find(&sentence).is_empty());
            for pattern in entry.words.iter().filter(|_| beside) {
                let covers = |r: &Range<usize>| r.contains(&(group.end - 1));
                let Some(at) = pattern.find(&of).into_iter().find(covers) else { continue };
                // Words that the sentence must hold say more, too.
                let length = pattern.length() + usize::from(!entry.beside.is_empty());
                if best.as_ref().is_none_or(|(longest, ..)| length > *longest) {
                    best = Some((length, entry, at));
                }
            }
        }
        let (_, entry, at) = best?;
        let told = |i: &usize| !at.contains(i) && !PLAIN.contains(&of[*i].text.as_str());
        let narrower = (0..of.len()).filter(told).filter(|&i| !is_preposition(&of[i])).map(|i| of[i].text.clone());
        Some(CountedThing { narrower: narrower.collect(), ..entry.thing.clone() })
    }

    /// Entry ids with examples that must and must not be read so; words and sentence are parted by ` // `.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &[String], &[String])> {
        self.entries.iter().map(|e| (e.thing.id.as_str(), e.yes.as_slice(), e.no.as_slice()))
    }
}

/// Words that narrow nothing.
const PLAIN: &[&str] = &[
    "the",
    "a",
    "an",
    "and",
    "or",
    "such",
    "other",
    "separate",
    "individual",
    "total",
    "different",
    "known",
    "reported",
];

fn is_preposition(word: &Word) -> bool {
    const PREPOSITIONS: [&str; 15] = [
        "of", "in", "on", "at", "by", "for", "to", "from", "with", "against", "per", "since", "during", "across", "and",
    ];
    PREPOSITIONS.contains(&word.text.as_str())
}
