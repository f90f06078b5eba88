//! The lexicon of duties (`data/commitments/duties.toml`): what kinds of duty there are, by the words of their objects, and
//! which ties and events would speak against their being kept, or for it.

use model::record::ClaimRecord;
use serde::Deserialize;

use crate::causes::LexiconError;
use crate::causes::pattern::{Pattern, Word, patterns, words};

/// The data file.
const FILE: &str = "data/commitments/duties.toml";
const TEXT: &str = include_str!("../../../../data/commitments/duties.toml");

/// A kind of duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its id in the file.
    pub id: String,
    /// What it binds to.
    pub name: String,
    objects: Vec<Pattern>,
    /// Types of ties of the holder that would contradict it.
    pub(super) against_ties: Vec<String>,
    /// Events by the holder that would contradict it: a type, then modes and effects.
    pub(super) against_events: Vec<Vec<String>>,
    /// Events by the holder that would be in keeping with it.
    pub(super) for_events: Vec<Vec<String>>,
    /// Objects that are of this kind.
    pub yes: Vec<String>,
    /// Objects that are not.
    pub no: Vec<String>,
}

/// What kind of paper holds a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Paper {
    Accord,
    Truce,
    Resolution,
    Law,
    Other,
}

/// The lexicon.
#[derive(Clone, Debug)]
pub struct Duties {
    all: Vec<Duty>,
    papers: Vec<(Paper, Vec<Pattern>)>,
    condition: Vec<Pattern>,
    breach: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: Lists,
    duty: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    accord: Vec<String>,
    truce: Vec<String>,
    resolution: Vec<String>,
    law: Vec<String>,
    condition: Vec<String>,
    breach: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    objects: Vec<String>,
    #[serde(default)]
    against_ties: Vec<String>,
    #[serde(default)]
    against_events: Vec<String>,
    #[serde(default)]
    for_events: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

impl Duties {
    /// The lexicon that comes along.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::parse(FILE, TEXT)
    }

    /// Reads a lexicon; the error names the entry that does not hold.
    pub fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let raw: File = toml::from_str(text).map_err(|e| LexiconError { file: file.to_owned(), why: e.to_string() })?;
        let list = |name: &str, texts: &[String]| patterns(file, name, texts);
        let duty = |entry: Entry| {
            let codes = |list: &[String]| list.iter().map(|e| e.split(' ').map(str::to_owned).collect()).collect();
            Ok(Duty {
                objects: list(&entry.id, &entry.objects)?,
                against_events: codes(&entry.against_events),
                for_events: codes(&entry.for_events),
                id: entry.id,
                name: entry.name,
                against_ties: entry.against_ties,
                yes: entry.yes,
                no: entry.no,
            })
        };
        Ok(Self {
            // A truce agreement is a truce, a resolution on an accord a resolution: the closer words first.
            papers: vec![
                (Paper::Truce, list("truce", &raw.words.truce)?),
                (Paper::Resolution, list("resolution", &raw.words.resolution)?),
                (Paper::Law, list("law", &raw.words.law)?),
                (Paper::Accord, list("accord", &raw.words.accord)?),
            ],
            condition: list("condition", &raw.words.condition)?,
            breach: list("breach", &raw.words.breach)?,
            all: raw.duty.into_iter().map(duty).collect::<Result<_, _>>()?,
        })
    }

    /// Every kind of duty, in the order of the file.
    pub fn all(&self) -> &[Duty] {
        &self.all
    }

    /// The kinds of duty that an object's words are of.
    pub fn of(&self, object: &str) -> Vec<&Duty> {
        let words = words(object);
        self.all.iter().filter(|d| d.objects.iter().any(|p| !p.find(&words).is_empty())).collect()
    }

    /// What kind of paper a name is of.
    pub(super) fn paper(&self, words: &[Word]) -> Paper {
        let found = self.papers.iter().find(|(_, patterns)| patterns.iter().any(|p| !p.find(words).is_empty()));
        found.map_or(Paper::Other, |(paper, _)| *paper)
    }

    /// Whether words name a truce.
    pub(super) fn is_truce(&self, text: &str) -> bool {
        self.paper(&words(text)) == Paper::Truce
    }

    /// Whether words say that something was broken.
    pub(super) fn says_broken(&self, text: &str) -> bool {
        let words = words(text);
        self.breach.iter().any(|p| !p.find(&words).is_empty())
    }

    /// The condition that a sentence puts, from its first word to the next comma or stop.
    pub(super) fn condition(&self, text: &str) -> Option<String> {
        let words = words(text);
        let opens = self.condition.iter().flat_map(|p| p.find(&words));
        let from = opens.min_by_key(|at| (at.start, std::cmp::Reverse(at.end)))?.start;
        let last = (from..words.len()).find(|&i| words[i].breaks).unwrap_or(words.len() - 1);
        Some(text[words[from].at.start..words[last].at.end].to_owned())
    }
}

/// Whether an event is of a type, with all of its modes and effects.
pub(super) fn is_event(claim: &ClaimRecord, event: &[String]) -> bool {
    let Some((code, rest)) = event.split_first() else { return false };
    claim.kind == "event"
        && claim.code.as_deref() == Some(code)
        && rest
            .iter()
            .all(|word| claim.modes.iter().any(|m| m == word) || claim.effects.iter().any(|e| e.kind.as_str() == word))
}
