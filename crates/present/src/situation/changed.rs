//! What changed: counts of the period beside those before, with how much was read; who and where is new; what is denied; and the
//! course of hostile and cooperative happenings.

use analysis::changes::{Against, Change, ReadingChange, Verdict};
use analysis::series::{Counts, Key, Source};

use super::notes::Notes;
use super::{Part, Situation, sentence};
use crate::grounds::counted;
use crate::paper::{Block, Figure, NARROW, Table, WIDE, Words};
use crate::series::{number, range};
use crate::{Answer, OverTime, WhatChanged};

/// Most rows of the table.
const ROWS: usize = 8;
/// Most parties and places that are new, and most denials.
const LISTED: usize = 5;
/// Most periods beside the picture.
const PERIODS: usize = 14;

impl Situation {
    pub(super) fn changed(&self, notes: &mut Notes) -> Vec<Block> {
        let mut blocks = Vec::new();
        match &self.changes {
            None => blocks
                .push(sentence("No report of the lake has a date, so that nothing can be set beside what was before.")),
            Some(part) => self.compared(&part.answer, notes, &mut blocks),
        }
        if let Some(part) = &self.over_time {
            blocks.push(Block::Figure(self.course(part, notes)));
        }
        blocks
    }

    fn compared(&self, told: &WhatChanged, notes: &mut Notes, blocks: &mut Vec<Block>) {
        let changes = &told.changes;
        if let Some(reading) = changes.reading.last() {
            blocks.push(sentence(&read(reading)));
        }
        // Of parties that are asked about, every happening is one.
        let is_given =
            |key: &Key| matches!(key, Key::Party(party) if self.roots.iter().any(|root| root == party.as_str()));
        let is_shown = |c: &&Change| (c.is_called() || c.now.rows > 0) && !is_given(&c.key);
        let shown: Vec<&Change> = changes.compared.iter().filter(is_shown).take(ROWS).collect();
        if shown.is_empty() {
            blocks.push(sentence("Nothing was counted in this period."));
        } else {
            let rows = shown.iter().map(|change| self.row(change, notes)).collect();
            let head =
                vec![("What", 34), ("Now", 9), ("A period before", 18), ("Times (95 % interval)", 23), ("Called", 16)];
            blocks.push(Block::Table(Table { head, rows }));
            let rest = changes.compared.iter().filter(is_shown).count() - shown.len();
            let more = if rest > 0 {
                format!(" {} stand in “annalist changes”.", counted(rest, "more row"))
            } else {
                String::new()
            };
            blocks.push(sentence(&format!(
                "Up or down is called where chance alone, over all that was compared, would seldom make as much of it.{more}"
            )));
        }
        let mut points = Vec::new();
        for new in changes.emerging.iter().take(LISTED) {
            let note = notes.counted(&new.now, &self.behind);
            let before = if new.before.is_empty() { "never before" } else { "hardly before" };
            points.push(
                Words::of(format!("New: {}, {before} in the periods that were read", self.key(&new.key))).noted(note),
            );
        }
        for dispute in changes.disputes.iter().take(LISTED) {
            let cited = dispute.denials.iter().map(|denial| &denial.claim);
            let words = format!("Newly disputed: {} ", self.names.of(&dispute.grounds));
            points.push(Words::of(words).noted(notes.cite_all(cited)));
        }
        for denial in changes.denials.iter().take(LISTED) {
            let verb = if denial.plain { "says it was not so" } else { "denies" };
            let what = denial.code.as_deref().unwrap_or(&denial.kind).to_lowercase().replace('_', " ");
            let words = format!("Denied: {} {verb} ({what})", self.names.of(&denial.by));
            points.push(Words::of(words).noted([notes.cite(&denial.claim)]));
        }
        if !points.is_empty() {
            blocks.push(Block::List(points));
        }
    }

    fn row(&self, change: &Change, notes: &mut Notes) -> Vec<Words> {
        let note = notes.counted(&change.now.ids, &self.behind);
        let before: Vec<_> = change.before.iter().take(1).cloned().collect();
        let of_before = notes.counted(&before, &self.behind);
        let against = strongest(change);
        let each = against.and_then(Against::before_a_period);
        let times = against.and_then(|a| a.ratio).map_or_else(String::new, |ratio| {
            let high = ratio.high.filter(|high| *high < 100.0).map_or("…".to_owned(), |high| format!("{high:.1}"));
            let times = ratio.ratio.map_or("none before".to_owned(), |times| format!("{times:.1}"));
            format!("{times} ({:.1} to {high})", ratio.low)
        });
        let each = match (each, against) {
            (Some(each), Some(a)) => {
                Words::of(format!("{} (of {} read)", number(each), a.covered)).noted(of_before.filter(|_| each > 0.0))
            }
            _ => Words::of("not read"),
        };
        vec![
            Words::of(format!("{}{}", self.key(&change.key), of(&change.source))),
            Words::of(change.now.rows.to_string()).noted(note),
            each,
            Words::of(times).noted(note),
            Words::of(against.map_or("", |a| match a.verdict {
                Verdict::Up => "up",
                Verdict::Down => "down",
                Verdict::NotTold => "may be chance",
                Verdict::TooFew => "too few",
                Verdict::NotCovered => "not read before",
            })),
        ]
    }

    /// What is counted, by name.
    pub(super) fn key(&self, key: &Key) -> String {
        match key {
            Key::All => "All happenings".to_owned(),
            Key::Type(code) => format!("{} ({code})", crate::deeds::many(code.as_str())),
            _ => self.names.of(&key.to_string()),
        }
    }

    fn course(&self, part: &Part<OverTime>, notes: &mut Notes) -> Figure {
        let OverTime { course, .. } = &part.answer;
        let mut rows = Vec::new();
        for (at, period) in course.periods.iter().enumerate() {
            let reports = course.coverage.reading.periods.get(at).map_or(0, |read| read.reports);
            let nothing = Counts::default();
            let series = course.series.first();
            let bin = series.and_then(|s| s.bins.iter().find(|bin| bin.period == at)).map(|bin| &bin.counts);
            let covered = series.is_some_and(|s| s.is_covered(at));
            let note = bin.and_then(|counts| notes.counted(&counts.ids, &self.behind));
            let cell = |of: &dyn Fn(&Counts) -> String| match (bin, covered) {
                (Some(counts), _) => Words::of(of(counts)),
                (None, true) => Words::of(of(&nothing)),
                (None, false) => Words::of("–"),
            };
            let dead = cell(&|c| range(&c.dead));
            rows.push(vec![
                Words::of(period.label.clone()),
                cell(&|c| c.hostile.rows.to_string()).noted(note),
                cell(&|c| c.cooperative.rows.to_string()).noted(note),
                if dead.is_empty() { dead } else { dead.noted(note) },
                Words::of(reports.to_string()),
            ]);
        }
        let skipped = rows.len().saturating_sub(PERIODS);
        rows.drain(..skipped);
        // What comes before anything was read says nothing.
        let unread = rows.iter().take_while(|row| row[1].plain() == "–").count();
        rows.drain(..unread.min(rows.len().saturating_sub(1)));
        let head = vec![("Period", 26), ("Hostile", 17), ("Cooperative", 19), ("Dead", 20), ("Reports read", 18)];
        Figure {
            name: "over-time",
            caption: "Hostile and cooperative happenings over time, with what was read; – is not read".to_owned(),
            wide: part.answer.figure(&part.grounds, WIDE),
            narrow: part.answer.figure(&part.grounds, NARROW),
            rows: Table { head, rows },
        }
    }
}

/// The comparison that is called something, else that with the longest stretch.
pub(super) fn strongest(change: &Change) -> Option<&Against> {
    let called = change.rows.iter().find(|a| matches!(a.verdict, Verdict::Up | Verdict::Down));
    called.or(change.rows.last())
}

/// How much was read, beside how much before.
pub(super) fn read(reading: &ReadingChange) -> String {
    let now = counted(reading.now, "report");
    if reading.covered == 0 {
        return format!(
            "{now} of this period were read, and none of the {} periods before: nothing can be compared.",
            reading.periods
        );
    }
    let each = number(reading.before as f64 / reading.covered as f64);
    let caution = if reading.changed { ": counts may have changed for that reason alone" } else { "" };
    format!(
        "{now} of this period were read; before it, {each} a period, over the {} of the last {} that are covered{caution}.",
        reading.covered, reading.periods
    )
}

fn of(source: &Source) -> String {
    match source {
        Source::Reading | Source::Claims => String::new(),
        Source::Dataset { .. } => format!(" ({source})"),
    }
}
