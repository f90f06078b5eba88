//! GDELT's mentions: rows that carry no event, but say in which articles one was found.
//!
//! They become no claims. What is kept of them is a count: how many mentions of how many events from how many sources,
//! and for each event its mentions, sources and the best confidence, for whoever wants to weigh GDELT's events. Memory
//! grows with the number of events.

use std::collections::{HashMap, HashSet};

use model::{Dataset, Row, RowFault};

use super::cells::{number, whole, words};

const EVENT: usize = Dataset::GdeltMentions.column("GLOBALEVENTID");
const SOURCE: usize = Dataset::GdeltMentions.column("MentionSourceName");
const CONFIDENCE: usize = Dataset::GdeltMentions.column("Confidence");

/// Mentions counted.
#[derive(Debug, Default)]
pub struct Mentions {
    sources: HashMap<String, u32>,
    events: HashMap<u64, Mentioned>,
    rows: u64,
}

#[derive(Debug, Default)]
struct Mentioned {
    mentions: u32,
    sources: HashSet<u32>,
    confidence: f64,
}

/// What mentions add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MentionSummary {
    /// Rows.
    pub mentions: u64,
    /// Events mentioned.
    pub events: usize,
    /// Sources that mention any.
    pub sources: usize,
    /// Events that a single source mentions.
    pub single_source: usize,
}

impl Mentions {
    /// Counts a row in.
    pub fn add(&mut self, row: Row<'_>) -> Result<(), RowFault> {
        let wrong = |why: &str| RowFault::new(row.line, why);
        let event = whole(row.cell(EVENT).trim()).ok_or_else(|| wrong("GLOBALEVENTID is no number"))?;
        let source = words(row.cell(SOURCE)).ok_or_else(|| wrong("MentionSourceName is empty"))?;
        let confidence = number(row.cell(CONFIDENCE), "Confidence").map_err(|why| wrong(&why))?;
        let next = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let source = match self.sources.get(source) {
            Some(&known) => known,
            None => *self.sources.entry(source.to_owned()).or_insert(next),
        };
        let event = self.events.entry(event).or_default();
        event.mentions += 1;
        event.sources.insert(source);
        event.confidence = event.confidence.max(confidence.unwrap_or_default());
        self.rows += 1;
        Ok(())
    }

    /// What they add up to.
    pub fn summary(&self) -> MentionSummary {
        MentionSummary {
            mentions: self.rows,
            events: self.events.len(),
            sources: self.sources.len(),
            single_source: self.events.values().filter(|e| e.sources.len() == 1).count(),
        }
    }

    /// Mentions, sources and the best confidence in per cent of one event.
    pub fn of_event(&self, event: u64) -> Option<(u32, usize, f64)> {
        self.events.get(&event).map(|e| (e.mentions, e.sources.len(), e.confidence))
    }
}
