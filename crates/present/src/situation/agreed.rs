//! Ceasefires with their clocks and alleged breaches; commitments with who says that they were kept or broken; ties.

use analysis::ceasefires::Ceasefire;
use analysis::ceasefires::breaches::{Breach, Ground};
use analysis::ceasefires::voice::Voice;
use analysis::commitments::{Commitment, Saying};
use analysis::ties::{Tie, Voice as TieVoice};
use model::record::PartyRecord;
use model::{ClaimId, When};

use super::notes::Notes;
use super::{Situation, sentence};
use crate::Answer;
use crate::paper::{Block, Figure, NARROW, Table, WIDE, Words};
use crate::said::clip;

/// Most ceasefires, commitments and ties.
const SHOWN: usize = 6;
/// Most alleged breaches of a ceasefire.
const BREACHES: usize = 4;
/// Most voices for one thing.
const VOICES: usize = 3;

impl Situation {
    pub(super) fn truces(&self, notes: &mut Notes) -> Vec<Block> {
        let (answer, grounds) = (&self.ceasefires.answer, &self.ceasefires.grounds);
        if answer.ceasefires.is_empty() {
            return vec![sentence("No ceasefire that was in force or ended in this period was told of.")];
        }
        let mut blocks = Vec::new();
        // The latest first.
        for truce in answer.ceasefires.iter().rev().take(SHOWN) {
            let parties: Vec<String> = truce.parties.iter().map(|side| self.names.of(&side.key)).collect();
            let words = format!("Ceasefire of {}", parties.join(" and "));
            blocks.push(Block::Heading { level: 3, words });
            blocks.push(Block::Facts(self.clock(truce, notes)));
            let mut points: Vec<Words> = truce.breaches.iter().take(BREACHES).map(|b| self.breach(b, notes)).collect();
            let more = truce.breaches.len().saturating_sub(BREACHES);
            if more > 0 {
                points.push(Words::of("More alleged breaches stand in “annalist ceasefires”."));
            }
            if !truce.breach_denied_by.is_empty() {
                points.push(self.voices(Words::of("That it was broken is denied by "), &truce.breach_denied_by, notes));
            }
            if !points.is_empty() {
                blocks.push(Block::List(points));
            }
        }
        blocks.push(Block::Figure(Figure {
            name: "ceasefires",
            caption: "When each ceasefire held, and who was accused of breaking it".to_owned(),
            wide: answer.figure(grounds, WIDE),
            narrow: answer.figure(grounds, NARROW),
            rows: self.clocks(notes),
        }));
        blocks
    }

    fn clock(&self, truce: &Ceasefire, notes: &mut Notes) -> Vec<(&'static str, Words)> {
        let (mut facts, mut told) = (Vec::new(), String::new());
        if !truce.mediators.is_empty() {
            let names: Vec<String> = truce.mediators.iter().map(|side| self.names.of(&side.key)).collect();
            let cited = notes.cite_all(truce.mediators.iter().flat_map(|side| &side.claims));
            facts.push(("Mediated by", Words::of(names.join(", ")).noted(cited)));
        }
        let reckoned = [("Begins", &truce.clock.begins), ("Due to end", &truce.clock.until)];
        for (name, moment) in reckoned {
            let Some(moment) = moment else { continue };
            let words = format!("{}. {}", self.names.of(&moment.at.words()), self.names.of(&moment.why));
            facts.push((name, Words::of(words).noted(notes.cite_all(&moment.claims))));
        }
        if let Some((_, to)) = self.period {
            let state = truce.state_at(When::Day(to));
            let why = self.names.of(&state.why.join(" "));
            let words = Words::default().strong(state.state.words()).and(format!(" on {to}. {why}"));
            facts.push(("Stands", words.noted(notes.cite_all(&state.claims))));
            told = why;
        }
        if let Some(end) = truce.outcome.end.filter(|_| !told.contains(&self.names.of(&truce.outcome.why))) {
            let words = format!("{}. {}", end.words(), self.names.of(&truce.outcome.why));
            facts.push(("Outcome", Words::of(words).noted(notes.cite_all(&truce.outcome.claims))));
        }
        facts
    }

    fn breach(&self, breach: &Breach, notes: &mut Notes) -> Words {
        let named = |keys: &[String]| keys.iter().map(|key| self.names.of(key)).collect::<Vec<_>>().join(", ");
        let against =
            if breach.against.is_empty() { String::new() } else { format!(" against {}", named(&breach.against)) };
        let when = breach.at.map_or("no day told".to_owned(), |at| self.names.of(&at.words()));
        let places = if breach.places.is_empty() { String::new() } else { format!(", {}", breach.places.join(", ")) };
        let head = format!(
            "Alleged breach by {}{against}, {when}{places}, {}",
            named(&breach.accused),
            breach.position.words()
        );
        let cited = breach.told_by.iter().flat_map(|voice| &voice.claims);
        let mut words = Words::of(head).noted(notes.cite_all(cited));
        for ground in &breach.grounds {
            words = match ground {
                Ground::Stated { accusers } => self.voices(words.and("; accused by "), accusers, notes),
                Ground::ByDefinition { why } => {
                    words.and(format!("; by rule: {}", self.names.of(why).trim_end_matches('.')))
                }
            };
        }
        if !breach.denied_by.is_empty() {
            words = self.voices(words.and("; denied by "), &breach.denied_by, notes);
        }
        let mut speakers: Vec<(&str, Vec<&ClaimId>)> = Vec::new();
        for said in &breach.accused_say {
            match speakers.iter_mut().find(|(who, _)| *who == said.by.who) {
                Some((_, claims)) => claims.push(&said.claim),
                None => speakers.push((&said.by.who, vec![&said.claim])),
            }
        }
        for (who, claims) in speakers.into_iter().take(VOICES) {
            words = words.and(format!("; what {} says of it", self.names.of(who))).noted(notes.cite_all(claims));
        }
        words
    }

    fn voices(&self, mut words: Words, voices: &[Voice], notes: &mut Notes) -> Words {
        for (at, voice) in voices.iter().take(VOICES).enumerate() {
            let join = if at == 0 { "" } else { ", " };
            words = words
                .and(format!("{join}{}", self.names.of(&voice.who)))
                .noted(notes.cite_all(voice.claims.iter().take(1)));
        }
        let more = voices.len().saturating_sub(VOICES);
        if more > 0 { words.and(" and others") } else { words }
    }

    fn clocks(&self, notes: &mut Notes) -> Table {
        let moment = |at: Option<&analysis::ceasefires::clock::Reckoned>, notes: &mut Notes| {
            at.map_or_else(
                || Words::of("not told"),
                |at| Words::of(self.names.of(&at.at.words())).noted(notes.cite_all(&at.claims)),
            )
        };
        let row = |truce: &Ceasefire| {
            let parties: Vec<String> = truce.parties.iter().map(|side| self.names.of(&side.key)).collect();
            vec![
                Words::of(parties.join(" and ")),
                moment(truce.clock.begins.as_ref(), notes),
                moment(truce.clock.until.as_ref(), notes),
                Words::of(truce.outcome.end.map_or("not ended", |end| end.words())),
            ]
        };
        let head = vec![("Between", 30), ("Begins", 26), ("Due to end", 26), ("Outcome", 18)];
        Table { head, rows: self.ceasefires.answer.ceasefires.iter().map(row).collect() }
    }

    pub(super) fn promised(&self, notes: &mut Notes) -> Vec<Block> {
        let all = &self.commitments.answer.0;
        if all.is_empty() {
            return vec![sentence("Nothing was said in this period of a duty or promise.")];
        }
        let rows = all.iter().take(SHOWN).map(|c| self.commitment(c, notes)).collect();
        let head = vec![("Who", 17), ("To what", 38), ("How it stands, in what is said", 45)];
        let mut blocks = vec![Block::Table(Table { head, rows })];
        if all.len() > SHOWN {
            blocks.push(sentence("More commitments stand in “annalist commitments kept”."));
        }
        blocks
    }

    fn commitment(&self, c: &Commitment, notes: &mut Notes) -> Vec<Words> {
        let mut state = Words::default().strong(c.state.as_str());
        let lists: [(&str, &Vec<Saying>); 7] = [
            ("said by", &c.said),
            ("denied by", &c.denied),
            ("kept, according to", &c.kept),
            ("broken, according to", &c.broken),
            ("not broken, according to", &c.broken_denied),
            ("taken back, according to", &c.withdrawn),
            ("lapsed, according to", &c.lapsed),
        ];
        for (label, sayings) in lists {
            for (at, saying) in sayings.iter().take(VOICES).enumerate() {
                let label = if at == 0 { format!("; {label} ") } else { ", ".to_owned() };
                state =
                    state.and(format!("{label}{}", self.names.of(&saying.by.name))).noted([notes.cite(&saying.claim)]);
            }
        }
        let object = c.object.as_deref().or(c.instrument.as_deref()).unwrap_or("not told");
        vec![Words::of(self.called(&c.holder)), Words::of(clip(object, 200)).noted([notes.cite(&c.id)]), state]
    }

    /// Parties by name.
    fn called(&self, parties: &[PartyRecord]) -> String {
        let name = |p: &PartyRecord| {
            let known = p.id.as_ref().map(|id| self.names.of(id.as_str()));
            known.or_else(|| p.name.as_deref().or(p.mention.as_deref()).map(str::to_owned))
        };
        let mut names: Vec<String> = parties.iter().filter_map(name).collect();
        names.dedup();
        if names.is_empty() { "nobody named".to_owned() } else { names.join(", ") }
    }

    pub(super) fn tied(&self, notes: &mut Notes) -> Vec<Block> {
        let mut points = Vec::new();
        if let Some(part) = &self.shifts {
            points.extend(self.shifted(&part.answer, notes));
        }
        let ties = &self.ties.answer.ties.ties;
        points.extend(ties.iter().take(SHOWN).map(|tie| self.tie(tie, notes)));
        if points.is_empty() {
            return vec![sentence("Nothing was said in this period of a lasting tie, and no shift was found.")];
        }
        let mut blocks = vec![Block::List(points)];
        if ties.len() > SHOWN {
            blocks.push(sentence("More ties stand in “annalist ties spans”."));
        }
        blocks
    }

    fn shifted(&self, between: &crate::Between, notes: &mut Notes) -> Vec<Words> {
        let (a, b) = &between.names;
        let Some((from, to)) = self.period else { return Vec::new() };
        let mut points = Vec::new();
        for carried in between.warming.shifts.iter().filter(|s| s.shift.until >= from && s.shift.from <= to) {
            let towards = match carried.direction {
                analysis::ties::Direction::Warming => "warmer",
                analysis::ties::Direction::Cooling => "colder",
            };
            let cited = carried.carried_by.iter().flat_map(|c| c.claims.iter().take(1));
            let words = format!("{a} and {b} grew {towards} between {} and {}", carried.shift.after, carried.shift.at);
            points.push(Words::of(words).noted(notes.cite_all(cited)));
        }
        if points.is_empty() {
            let why = between
                .warming
                .not_estimated
                .as_deref()
                .map_or(String::new(), |_| " (too few weeks have a report for a level to be estimated)".to_owned());
            points.push(Words::of(format!("No shift is found between {a} and {b}{why}.")));
        }
        points
    }

    fn tie(&self, tie: &Tie, notes: &mut Notes) -> Words {
        let mut words = Words::of(format!("{}: ", self.names.of(&tie.words))).strong(tie.standing.as_str());
        let lists: [(&str, &Vec<TieVoice>); 5] = [
            ("said by", &tie.asserted_by),
            ("denied by", &tie.denied_by),
            ("over, according to", &tie.ended_by),
            ("doubted by", &tie.doubted_by),
            ("taken back by", &tie.taken_back_by),
        ];
        for (label, voices) in lists {
            for (at, voice) in voices.iter().take(VOICES).enumerate() {
                let label = if at == 0 { format!("; {label} ") } else { ", ".to_owned() };
                let name = self.names.of(&voice.who);
                words = words.and(format!("{label}{name}")).noted(notes.cite_all(voice.claims.iter().take(1)));
            }
        }
        let stretch = tie.last_said.map_or(String::new(), |last| format!("; last said {last}"));
        words.and(stretch)
    }
}
