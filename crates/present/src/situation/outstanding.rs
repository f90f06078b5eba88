//! What stands out: a few lines, made from the answers below them and from nothing else.

use analysis::ceasefires::timeline::State;
use analysis::changes::Verdict;
use model::{Standing, When};

use super::changed::{read, strongest};
use super::happened::{number, when};
use super::notes::Notes;
use super::{Happening, Situation, sentence};
use crate::paper::{Block, Words};

/// Most lines.
const LINES: usize = 6;
/// Most lines about the gravest incidents, and about disputed ones.
const GRAVEST: usize = 2;

impl Situation {
    pub(super) fn outstanding(&self, notes: &mut Notes) -> Vec<Block> {
        let mut lines = Vec::new();
        let grave = self.incidents.iter().filter(|i| !is_disputed(i)).take(GRAVEST);
        let disputed = self.incidents.iter().filter(|i| is_disputed(i)).take(GRAVEST);
        lines.extend(grave.map(|happening| self.incident_line("", happening, notes)));
        lines.extend(disputed.map(|happening| self.incident_line("Disputed: ", happening, notes)));
        lines.extend(self.truce_lines(notes));
        if lines.is_empty() && self.grounds.reports == 0 {
            // Without a report nothing can be called usual or not.
            return vec![sentence(&self.nothing())];
        }
        lines.extend(self.more_than_usual(notes));
        lines.truncate(LINES);
        if lines.is_empty() {
            return vec![sentence(&self.nothing())];
        }
        vec![Block::List(lines)]
    }

    fn incident_line(&self, before: &str, happening: &Happening, notes: &mut Notes) -> Words {
        let mut words = Words::of(before).strong(self.names.of(&happening.words));
        words = words.and(format!(", {}", when(happening))).noted(notes.cite_all(happening.claims.iter().take(1)));
        for (at, given) in happening.tolls.iter().filter(|given| given.kind == "killed").take(3).enumerate() {
            let join = if at == 0 { ": " } else { "; " };
            let told = format!("{join}{}, according to {}", number(given), self.names.of(&given.claimant));
            words = words.and(told).noted(notes.cite_all(&given.claims));
        }
        for (at, (by, claim)) in happening.denied.iter().take(2).enumerate() {
            let join = if at == 0 { "; denied by " } else { " and " };
            words = words.and(format!("{join}{}", self.names.of(by))).noted([notes.cite(claim)]);
        }
        words.and(format!(" ({}).", happening.incident.standing.as_str()))
    }

    fn truce_lines(&self, notes: &mut Notes) -> Vec<Words> {
        let Some((_, to)) = self.period else { return Vec::new() };
        let mut lines = Vec::new();
        for truce in &self.ceasefires.answer.ceasefires {
            let state = truce.state_at(When::Day(to));
            // One that is long over does not stand out.
            if !matches!(state.state, State::InForce | State::Extended | State::Suspended | State::NotYet) {
                continue;
            }
            let parties: Vec<String> = truce.parties.iter().map(|side| self.names.of(&side.key)).collect();
            let mut words = Words::default().strong(format!("Ceasefire of {}", parties.join(" and ")));
            words = words.and(format!(": {} on {to}", state.state.words())).noted(notes.cite_all(&state.claims));
            if let Some(begins) = &truce.clock.begins {
                let from = self.names.of(&begins.at.words());
                words = words.and(format!("; begins {from}")).noted(notes.cite_all(&begins.claims));
            }
            if let Some(until) = &truce.clock.until {
                let at = self.names.of(&until.at.words());
                words = words.and(format!("; due to run out {at}")).noted(notes.cite_all(&until.claims));
            }
            let accused: Vec<_> = truce.breaches.iter().filter(|b| !b.accused.is_empty()).collect();
            if let Some(breach) = accused.first() {
                let of: Vec<String> = breach.accused.iter().map(|key| self.names.of(key)).collect();
                let cited = breach.told_by.iter().flat_map(|voice| &voice.claims);
                words = words.and(format!("; {} accused of breaking it", of.join(", "))).noted(notes.cite_all(cited));
            }
            lines.push(words.and("."));
        }
        lines
    }

    fn more_than_usual(&self, notes: &mut Notes) -> Option<Words> {
        let changes = &self.changes.as_ref()?.answer.changes;
        let up = changes.compared.iter().find_map(|change| {
            let against = strongest(change)?;
            (against.verdict == Verdict::Up).then_some((change, against))
        });
        let caution = changes.reading.last().filter(|r| r.changed).map(|r| format!(" {}", read(r))).unwrap_or_default();
        let Some((change, against)) = up else {
            let words =
                "Nothing is called more than usual: too little was read before, or chance could make as much of it.";
            return Some(Words::of(format!("{words}{caution}")));
        };
        let note = notes.counted(&change.now.ids, &self.behind);
        let times = against
            .ratio
            .and_then(|r| r.ratio)
            .map_or(String::new(), |times| format!(", {times:.1} times as many as in the periods before"));
        let words = Words::default().strong(format!("More than usual: {}", self.key(&change.key)));
        Some(
            words
                .and(format!(", {} told{times}", crate::grounds::counted(change.now.rows, "happening")))
                .noted(note)
                .and(format!(".{caution}")),
        )
    }

    /// That nothing was found, and why that may be.
    fn nothing(&self) -> String {
        match (self.period, self.grounds.reports) {
            (None, _) => "Nothing was found: the lake holds no report with a date.".to_owned(),
            (Some((from, to)), 0) => format!(
                "Nothing was found: no claim of a report fits what is asked from {from} to {to}. That nothing was read is no sign \
                 that nothing happened."
            ),
            (Some(_), _) => {
                "Nothing stands out: what was read tells of no incident that is hostile or cost lives, and of no \
                             ceasefire."
                    .to_owned()
            }
        }
    }
}

fn is_disputed(happening: &Happening) -> bool {
    matches!(happening.incident.standing, Standing::Disputed | Standing::Denied)
}
