//! A brief on a situation: what stands out, what changed, what happened, what was agreed and promised, what is not known.
//!
//! [`Situation`] holds the answers that it is made of, each with its grounds; [`Situation::paper`] sets them in a [`Paper`], in
//! which every number that is counted or told leads to a note. Nothing is said here that no answer says: sentences are filled in
//! with what was found, and where nothing was found they say so.

mod agreed;
mod changed;
mod happened;
mod judged;
mod names;
mod notes;
mod outstanding;
mod unknown;

use std::collections::BTreeMap;

use analysis::Grounds;
use analysis::causes::Graph;
use jiff::civil::Date;
use model::{ClaimId, Incident, IncidentId, When};

pub use names::Names;
use notes::Notes;

use crate::paper::{Block, Paper, Source, Words};
use crate::{Between, Ceasefires, Commitments, OverTime, Tied, WhatChanged, grounds};

/// An answer with what it rests on.
#[derive(Clone, Debug)]
pub struct Part<A> {
    /// What it rests on.
    pub grounds: Grounds,
    /// The answer.
    pub answer: A,
}

/// The answers of a brief.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Parties asked about, by name.
    pub about: Vec<String>,
    /// The same, by polity or group.
    pub roots: Vec<String>,
    /// A country or place asked about.
    pub within: Option<String>,
    /// First and last day; `None` where no report of the lake has a date.
    pub period: Option<(Date, Date)>,
    /// What everything in the period rests on.
    pub grounds: Grounds,
    /// The period beside those before it.
    pub changes: Option<Part<WhatChanged>>,
    /// Hostile and cooperative happenings over time, with what was read.
    pub over_time: Option<Part<OverTime>>,
    /// Incidents of the period, the gravest first.
    pub incidents: Vec<Happening>,
    /// Incidents of the period that are hostile or cost lives, those shown and those not.
    pub all_incidents: usize,
    /// Ceasefires that were in force or ended in the period.
    pub ceasefires: Part<Ceasefires>,
    /// Commitments of which something was said in the period.
    pub commitments: Part<Commitments>,
    /// Ties of which something was said in the period.
    pub ties: Part<Tied>,
    /// How two parties stand to each other, where two are asked about.
    pub shifts: Option<Part<Between>>,
    /// Judgements of cause and effect, up to the end of the period.
    pub causes: Part<Graph>,
    /// Names of parties and of documents.
    pub names: Names,
    /// The claims of the incidents that are counted.
    pub behind: BTreeMap<IncidentId, Vec<ClaimId>>,
    /// Where the claims that are cited stand.
    pub sources: BTreeMap<ClaimId, Source>,
    /// Stretches of days of the period of which no report was read.
    pub unread: Vec<(Date, Date)>,
    /// Rows left out because their terms keep them from being shown to others.
    pub withheld_rows: usize,
}

/// An incident, with what each says of its tolls.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The incident.
    pub incident: Incident,
    /// In one short phrase.
    pub words: String,
    /// Counts as they are given, the last of each claimant.
    pub tolls: Vec<Given>,
    /// Who denies it, in which claim.
    pub denied: Vec<(String, ClaimId)>,
    /// When it was first reported.
    pub told: Option<Date>,
    /// Its claims in the order of publication, near-copies last.
    pub claims: Vec<ClaimId>,
}

/// A count as somebody gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// `killed`, `injured` …
    pub kind: String,
    /// Least.
    pub low: Option<f64>,
    /// Most; `None` is no upper end.
    pub high: Option<f64>,
    /// Of which people.
    pub category: Option<String>,
    /// Who says so.
    pub claimant: String,
    /// The claims that say so.
    pub claims: Vec<ClaimId>,
}

impl Situation {
    /// The brief.
    pub fn paper(&self) -> Paper {
        let mut notes = Notes::default();
        let mut blocks = Vec::new();
        // What stands out is told first and numbered first.
        section(&mut blocks, "What stands out", self.outstanding(&mut notes));
        section(&mut blocks, "What changed", self.changed(&mut notes));
        section(&mut blocks, "Incidents by gravity", self.happened(&mut notes));
        section(&mut blocks, "Ceasefires", self.truces(&mut notes));
        section(&mut blocks, "Commitments", self.promised(&mut notes));
        section(&mut blocks, "Ties", self.tied(&mut notes));
        section(&mut blocks, "What is said to escalate or calm", self.judged(&mut notes));
        section(&mut blocks, "What is not known", self.unknown());
        Paper {
            title: self.title(),
            under: self.under(),
            as_of: self.grounds.as_of.or(self.period.map(|(_, to)| When::Day(to))),
            blocks,
            notes: notes.finish(&self.sources),
        }
    }

    /// The claims that the brief cites: what `sources` is to have.
    pub fn cited(&self) -> Vec<ClaimId> {
        self.paper().notes.into_iter().map(|note| note.claim).collect()
    }

    fn title(&self) -> String {
        let about = match self.about.as_slice() {
            [] => String::new(),
            [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            all => all.join(""),
        };
        match (&self.within, about.is_empty()) {
            (None, true) => "Situation brief".to_owned(),
            (None, false) => format!("Situation brief: {about}"),
            (Some(place), true) => format!("Situation brief: {}", self.names.of(place)),
            (Some(place), false) => format!("Situation brief: {about}, in {}", self.names.of(place)),
        }
    }

    fn under(&self) -> Vec<String> {
        let period = self.period.map_or_else(
            || "No report of the lake has a date, so that there is no period to tell of.".to_owned(),
            |(from, to)| format!("{from} to {to}"),
        );
        let as_of = match (self.grounds.as_of, self.grounds.known_at) {
            (None, None) => "with all that the lake holds".to_owned(),
            (Some(day), None) => format!("as of {day}: what was published by then"),
            (None, Some(known)) => format!("as the lake knew it on {known}"),
            (Some(day), Some(known)) => {
                format!("as of {day}: what was published by then, as the lake knew it on {known}")
            }
        };
        let rests = format!("Made from {}.", grounds::source(&self.grounds));
        vec![
            format!("{period}, {as_of}"),
            rests,
            "Each number leads to a note, which quotes one sentence of one claim. What somebody says is not what is so."
                .to_owned(),
        ]
    }
}

fn section(blocks: &mut Vec<Block>, words: &str, parts: Vec<Block>) {
    blocks.push(Block::Heading { level: 2, words: words.to_owned() });
    blocks.extend(parts);
}

/// A paragraph of one sentence.
fn sentence(words: &str) -> Block {
    Block::Paragraph(Words::of(words))
}
