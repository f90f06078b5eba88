//! How ceasefires are shown: each with its clock, how it stood change by change, who accuses whom of breaking it, and what
//! was not read about; and how long many of them held.

mod drawn;
mod facts;
mod survival;

use std::collections::BTreeMap;
use std::io::{self, Write};

use analysis::ceasefires::breaches::{Breach, Ground};
use analysis::ceasefires::clock::{Basis, Statement};
use analysis::ceasefires::moment::Moment;
use analysis::ceasefires::others::ByOthers;
use analysis::ceasefires::saying::Stance;
use analysis::ceasefires::sides::Side;
use analysis::ceasefires::voice::Voice;
use analysis::ceasefires::{Ceasefire, Relation};
use analysis::{Grounds, Told};
use model::record::PartyRecord;
use model::{Attitude, ClaimId, PartyId, Status, When};
use serde::Serialize;

use crate::Answer;
use crate::grounds::counted;
use crate::said::{clip, ids, paragraph};

pub use survival::Survival;

/// Most voices beside a statement in a table; all stand in the rows.
const VOICES: usize = 4;
/// Most characters of a claim's words in a table.
const QUOTED: usize = 105;

/// Ceasefires, in the order of their beginnings.
#[derive(Clone, Debug, Serialize)]
pub struct Ceasefires {
    /// The ceasefires.
    pub ceasefires: Vec<Ceasefire>,
    /// How each stood at a time, where one is asked for.
    pub at: Option<When>,
    /// The words of the claims that they rest on.
    pub words: BTreeMap<ClaimId, String>,
}

impl Ceasefires {
    /// Ceasefires with the words of the claims that they were made from, and a time for which to say how each stood.
    pub fn of(ceasefires: Vec<Ceasefire>, told: &[Told], at: Option<When>) -> Self {
        let all: BTreeMap<&ClaimId, &str> =
            told.iter().map(|t| (&t.claim.id, t.claim.evidence.text.as_str())).collect();
        let mut words = BTreeMap::new();
        let mut keep = |claims: &[ClaimId]| {
            words.extend(claims.iter().filter_map(|c| Some((c.clone(), (*all.get(c)?).to_owned()))));
        };
        for ceasefire in &ceasefires {
            keep(&ceasefire.claims);
            let ties = ceasefire.by_others.iter().flat_map(|o| &o.belonging);
            let of_ties = ties.flat_map(|b| b.said_by.iter().chain(&b.denied_by));
            let of_breaches = ceasefire.breaches.iter().flat_map(|b| b.told_by.iter().chain(&b.denied_by));
            of_ties.chain(of_breaches).for_each(|v| keep(&v.claims));
        }
        Self { ceasefires, at, words }
    }

    /// Who says something, when, in which claim; and its words.
    fn voice(&self, out: &mut dyn Write, label: &str, voice: &Voice) -> io::Result<()> {
        let Some(first) = voice.claims.first() else { return Ok(()) };
        let more = if voice.claims.len() > 1 { format!(" +{}", voice.claims.len() - 1) } else { String::new() };
        writeln!(out, "   {label:<10} {}{} · {first}{more}", voice.who, how(voice))?;
        match self.words.get(first) {
            Some(words) => writeln!(out, "              “{}”", clip(words, QUOTED)),
            None => Ok(()),
        }
    }

    fn voices(&self, out: &mut dyn Write, label: &str, voices: &[Voice]) -> io::Result<()> {
        voices.iter().take(VOICES).try_for_each(|v| self.voice(out, label, v))?;
        if voices.len() > VOICES { writeln!(out, "              and {} more", voices.len() - VOICES) } else { Ok(()) }
    }

    fn breach(&self, out: &mut dyn Write, breach: &Breach) -> io::Result<()> {
        let when = breach.at.map_or("no day told".to_owned(), Moment::words);
        let on =
            if breach.against.is_empty() { String::new() } else { format!(" against {}", breach.against.join(", ")) };
        let places = if breach.places.is_empty() { String::new() } else { format!(", {}", breach.places.join(", ")) };
        let dead = breach.dead.map_or(String::new(), |(low, high)| format!(", {} dead", range(low, high)));
        let standing = breach.standing.map_or(String::new(), |s| format!(" · {}", s.as_str()));
        let whence = breach.position.words();
        let incidents = ids(&breach.incidents);
        let head =
            format!("{}{on}, {when}{places}{dead} · {whence}{standing} · {incidents}", breach.accused.join(", "));
        paragraph(out, "breach?", head.trim_end_matches([' ', '·']))?;
        for ground in &breach.grounds {
            match ground {
                Ground::Stated { accusers } => self.voices(out, "  accuses", accusers)?,
                Ground::ByDefinition { why } => paragraph(out, "  by rule", why)?,
            }
        }
        self.voices(out, "  denies", &breach.denied_by)?;
        for said in &breach.accused_say {
            writeln!(out, "   {:<10} {}{} · {}", "  accused", said.by.who, how(&said.by), said.claim)?;
            writeln!(out, "              “{}”", clip(&said.words, QUOTED))?;
        }
        Ok(())
    }

    fn others(&self, out: &mut dyn Write, other: &ByOthers) -> io::Result<()> {
        let on = other.against.join(", ");
        let when = other.at.words();
        let head = format!("{} against {on}, {when} · {} · {}", group(other), other.position.words(), other.incident);
        paragraph(out, "by others", &head)?;
        for belonging in &other.belonging {
            self.voices(out, "  says", &belonging.said_by)?;
            self.voices(out, "  denies", &belonging.denied_by)?;
        }
        Ok(())
    }

    fn clock(&self, out: &mut dyn Write, c: &Ceasefire) -> io::Result<()> {
        let begins = c.clock.begins.as_ref();
        if let Some(begins) = begins {
            paragraph(out, "begins", &format!("{} · {}", begins.at.words(), begins.why))?;
        }
        if let Some(until) = &c.clock.until {
            paragraph(out, "until", &format!("{} · {}", until.at.words(), until.why))?;
        }
        for change in c.timeline.iter().skip(usize::from(begins.is_some())) {
            paragraph(out, "then", &format!("{} {} · {}", change.at.words(), change.state.words(), change.why))?;
        }
        // What was worked out stands above.
        let stated = c.clock.statements.iter().filter(|s| s.basis == Basis::Stated);
        stated.into_iter().try_for_each(|s| self.voices(out, &label(s), &s.voices))
    }

    fn one(&self, out: &mut dyn Write, c: &Ceasefire) -> io::Result<()> {
        let head = c.clock.begins.as_ref();
        let head = head.map_or("no beginning told".to_owned(), |b| format!("from {}", short(b.at)));
        writeln!(out, "━━ {} · {head} · {}", sides(&c.parties), c.id)?;
        if let Some(at) = self.at {
            let found = c.state_at(at);
            paragraph(out, "asked", &format!("{at}: {}. {}", found.state.words(), found.why.join(" ")))?;
        }
        if !c.mediators.is_empty() {
            paragraph(out, "mediated", &sides(&c.mediators))?;
        }
        if let Some(before) = &c.before {
            let relation = if before.relation == Relation::Renews { "renews" } else { "follows" };
            paragraph(out, relation, &before.why)?;
        }
        self.clock(out, c)?;
        c.breaches.iter().try_for_each(|b| self.breach(out, b))?;
        self.voices(out, "no breach", &c.breach_denied_by)?;
        c.by_others.iter().try_for_each(|o| self.others(out, o))?;
        if !c.undated.is_empty() {
            paragraph(out, "undated", &format!("hostile incidents of no day: {}", ids(&c.undated)))?;
        }
        // What is said of the ceasefire itself stands among the statements.
        for pledge in c.conditions.iter().filter(|p| !c.claims.contains(&p.claim)) {
            writeln!(out, "   {:<10} {}{} · {}", "pledge", pledge.by.who, how(&pledge.by), pledge.claim)?;
            writeln!(out, "              “{}”", clip(&pledge.words, QUOTED))?;
        }
        for (label, quiet) in [("quiet to", &c.quiet_before), ("quiet from", &c.quiet_after)] {
            if let Some(quiet) = quiet {
                paragraph(out, label, &quiet.words)?;
            }
        }
        for lull in &c.lulls {
            paragraph(out, "lull", &format!("{} days, {} to {}", lull.length, lull.days.from, lull.days.to))?;
        }
        if let Some(collapse) = &c.collapse {
            let told = format!("{} by definition: {} {}", collapse.at.words(), collapse.why, ids(&collapse.incidents));
            paragraph(out, "collapse", &told)?;
        }
        let days = c.outcome.days.map_or(String::new(), |d| format!(" after {d:.1} days"));
        let end = c.outcome.end.map_or("not ended", |e| e.words());
        paragraph(out, "end", &format!("{end}{days} · {}", c.outcome.why))?;
        c.outcome.doubt.as_ref().map_or(Ok(()), |doubt| paragraph(out, "doubt", doubt))
    }
}

impl Answer for Ceasefires {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.ceasefires.is_empty() {
            return writeln!(out, "No ceasefire.");
        }
        writeln!(out, "{}", counted(self.ceasefires.len(), "ceasefire"))?;
        for c in &self.ceasefires {
            writeln!(out)?;
            self.one(out, c)?;
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let rows = self.ceasefires.iter().flat_map(|c| facts::of(c, &self.words));
        (facts::COLUMNS.to_vec(), rows.collect())
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        drawn::figure(&self.ceasefires, grounds, width)
    }
}

fn label(statement: &Statement) -> String {
    match statement.stance {
        Stance::Denied => "denied".to_owned(),
        Stance::Said | Stance::Foretold => statement.act.words().to_owned(),
    }
}

/// What is to be known of a voice: when, and how it says so where that is not plain.
fn how(voice: &Voice) -> String {
    let day = voice.published.map_or(String::new(), |p| format!(", {}", p.date()));
    let attitude = if voice.attitude == Attitude::Asserts { String::new() } else { format!(", {}", voice.attitude) };
    let plain = matches!(voice.status, Status::Occurred | Status::Ongoing);
    let status = if plain { String::new() } else { format!(", {}", voice.status.as_str().replace('_', " ")) };
    let copy = if voice.copy { ", near-copy" } else { "" };
    format!("{day}{attitude}{status}{copy}")
}

/// Sides, with the bodies named for them.
fn sides(sides: &[Side]) -> String {
    let side = |s: &Side| {
        let bodies = s.named.iter().filter_map(|p| p.id.as_ref().map(PartyId::as_str));
        let others: Vec<&str> = bodies.filter(|b| *b != s.key).collect();
        if others.is_empty() { s.key.clone() } else { format!("{} ({})", s.key, others.join(", ")) }
    };
    sides.iter().map(side).collect::<Vec<_>>().join(" and ")
}

fn group(other: &ByOthers) -> String {
    let name = |p: &PartyRecord| {
        let id = p.id.as_ref().map(ToString::to_string);
        id.or_else(|| p.name.as_ref().or(p.mention.as_ref()).map(ToString::to_string))
    };
    let names: Vec<String> = other.group.iter().filter_map(name).collect();
    if names.is_empty() { "nobody named".to_owned() } else { names.join(", ") }
}

fn range(low: f64, high: Option<f64>) -> String {
    match high {
        Some(high) if (high - low).abs() < 0.5 => format!("{low}"),
        Some(high) => format!("{low} to {high}"),
        None => format!("{low} or more"),
    }
}

/// A moment without its seconds: "2025-10-15 18:00 +05:00"; a stretch as its two ends.
fn short(at: Moment) -> String {
    let end = |w: When| w.to_string().replace('T', " ").replace(":00+", " +").replace(":00Z", "Z");
    if at.from == at.to { end(at.from) } else { format!("{} or later, {} at the latest", end(at.from), end(at.to)) }
}
