//! Who depends on whom, and what of it is closed and opened.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::ties::Leverage;
use analysis::ties::leverage::{Basis, Lever, Spell, Turn, Way};
use chart::{Behind, Held, Hue, Lane, Point, Span, Spans, Symbol};
use jiff::civil::Date;
use serde::Serialize;

use super::{DRAWN, as_of, clip, day, frame, ids, start};
use crate::Answer;
use crate::grounds::counted;

/// Costs of a lever that are written out.
const COSTS: usize = 6;

/// Dependences and levers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Levers(pub Leverage);

impl Levers {
    /// How it is found, in a sentence or two.
    pub fn method() -> String {
        "Claims that something was closed or opened, put together by the name of what it was; closed from a closing to the \
         next opening that is told. Costs are quoted, and never added up."
            .to_owned()
    }

    /// What it cannot say.
    pub fn caveats() -> Vec<String> {
        vec![
            "That no opening is told does not mean that there was none.".to_owned(),
            "That something was opened in part, or for some, stands in the words alone.".to_owned(),
        ]
    }

    fn lever(lever: &Lever, out: &mut dyn Write) -> io::Result<()> {
        let kinds = if lever.kinds.is_empty() { String::new() } else { format!(" ({})", lever.kinds.join(", ")) };
        let touches: Vec<&str> = lever.touches.iter().map(analysis::ties::Key::as_str).collect();
        let touches = if touches.is_empty() { String::new() } else { format!(" · {}", touches.join(", ")) };
        writeln!(out, "━━ {}{kinds}{touches}", lever.name)?;
        for spell in &lever.spells {
            writeln!(out, "   closed {}", say(spell))?;
        }
        for turn in &lever.turns {
            let way = if turn.way == Way::Closed { "closed" } else { "opened" };
            writeln!(out, "   {way} {}{}, says {}", on(turn), by(turn), turn.said.who)?;
            writeln!(out, "     “{}” {}", clip(&turn.said.words), turn.said.claim)?;
        }
        for (what, said) in [("denied", &lever.denied), ("not yet", &lever.ahead)] {
            for sentence in said {
                writeln!(out, "   {what}, says {}: “{}” {}", sentence.who, clip(&sentence.words), sentence.claim)?;
            }
        }
        for cost in lever.costs.iter().take(COSTS) {
            let basis = match cost.basis {
                Basis::Stated => "cost, as stated",
                Basis::Named => "cost, names it",
                Basis::SameReport => "cost, in a report of it",
            };
            writeln!(out, "   {basis}, says {}", cost.said.who)?;
            writeln!(out, "     “{}” {}", clip(&cost.said.words), cost.said.claim)?;
        }
        if lever.costs.len() > COSTS {
            writeln!(out, "   and {} more", counted(lever.costs.len() - COSTS, "sentence"))?;
        }
        Ok(())
    }
}

/// "on 2025-10-12", "on some day between … and …", "by 2025-11-12" where only the report is dated.
fn on(turn: &Turn) -> String {
    match turn.days {
        (_, last) if !turn.dated => format!("by {last}"),
        days => format!("on {}", some_day(days)),
    }
}

/// A day, or one of several.
fn some_day((first, last): (Date, Date)) -> String {
    if first == last { first.to_string() } else { format!("some day between {first} and {last}") }
}

fn by(turn: &Turn) -> String {
    let by: Vec<&str> = turn.by.iter().map(analysis::ties::Key::as_str).collect();
    let to: Vec<&str> = turn.to.iter().map(analysis::ties::Key::as_str).collect();
    let by = if by.is_empty() { String::new() } else { format!(" by {}", by.join(", ")) };
    let to = if to.is_empty() { String::new() } else { format!(" to {}", to.join(", ")) };
    by + &to
}

fn say(spell: &Spell) -> String {
    let from =
        if spell.closed_dated { format!("from {}", some_day(spell.closed)) } else { format!("by {}", spell.closed.1) };
    let to = match (spell.opened, spell.closed_again) {
        (Some((_, last)), _) if !spell.opened_dated => format!("; open by {last}"),
        (Some(days), _) => format!(" to {}", some_day(days)),
        (None, Some(again)) => format!("; open at some time before {again}"),
        (None, None) => format!("; no opening is told, last told closed {}", spell.last_told),
    };
    let days = match (spell.days_low, spell.days_high) {
        (Some(low), Some(high)) if low == high => format!(", {low} days"),
        (Some(low), Some(high)) => format!(", {low} to {high} days"),
        (Some(low), None) => format!(", {low} days or more"),
        (None, Some(high)) => format!(", {high} days at most"),
        (None, None) => String::new(),
    };
    from + &to + &days
}

impl Answer for Levers {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.0.dependences.is_empty() && self.0.levers.is_empty() {
            return writeln!(out, "No dependence is told, and nothing that was closed or opened.");
        }
        for dependence in &self.0.dependences {
            writeln!(out, "{} · {}", dependence.words, dependence.standing.as_str())?;
            for said in &dependence.said {
                let on = day(said.published);
                writeln!(out, "   {}, {on}: “{}” {}", said.who, clip(&said.words), said.claim)?;
            }
            let levers: Vec<&str> = dependence.levers.iter().map(|&at| self.0.levers[at].name.as_str()).collect();
            let levers = if levers.is_empty() { "nothing that is told".to_owned() } else { levers.join(", ") };
            writeln!(out, "   closed and opened between them: {levers}")?;
        }
        for lever in &self.0.levers {
            writeln!(out)?;
            Self::lever(lever, out)?;
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns =
            vec!["what", "kinds", "touches", "way", "from", "to", "dated", "by", "on", "who", "published", "claim"];
        let keys = |keys: &[analysis::ties::Key]| keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let rows = self.0.levers.iter().flat_map(|lever| {
            lever.turns.iter().map(move |turn| {
                vec![
                    lever.name.clone(),
                    lever.kinds.join("; "),
                    keys(&lever.touches),
                    if turn.way == Way::Closed { "closed" } else { "opened" }.to_owned(),
                    turn.days.0.to_string(),
                    turn.days.1.to_string(),
                    if turn.dated { "yes" } else { "no" }.to_owned(),
                    keys(&turn.by),
                    keys(&turn.to),
                    turn.said.who.clone(),
                    day(turn.said.published),
                    turn.said.claim.to_string(),
                ]
            })
        });
        (columns, rows.collect())
    }

    fn figure(&self, answer: &Grounds, width: u32) -> String {
        let turns: usize = self.0.levers.iter().map(|l| l.turns.len()).sum();
        let n = format!("{turns} told closings and openings");
        let mut frame = frame("What is told as closed, and opened again", answer, n, width);
        frame.empty = Some("Nothing is told as closed or opened.".to_owned());
        frame.subtitle = Some("Pale from the last report on, until an opening is told".to_owned());
        let told: Vec<&Lever> = self.0.levers.iter().filter(|l| !l.turns.is_empty()).collect();
        if told.len() > DRAWN {
            let more = counted(told.len() - DRAWN, "thing");
            frame.foot.caveats.push(format!("{more} more in the table alone."));
        }
        let lanes = told.into_iter().take(DRAWN).map(|lever| {
            let points = lever.turns.iter().map(|turn| {
                let (name, symbol) = match turn.way {
                    Way::Closed => ("told closed", Symbol::Dot),
                    Way::Opened => ("told opened", Symbol::Ring),
                };
                Point {
                    note: Some(format!("{}: “{}”", turn.said.who, clip(&turn.said.words))),
                    behind: Behind::ids([turn.said.claim.as_str()]),
                    ..Point::new(name, symbol, Hue::Plum, start(turn.said.published.unwrap_or(turn.days.0)))
                }
            });
            Lane {
                name: lever.name.clone(),
                detail: Some(lever.touches.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
                spans: spans(lever),
                points: points.collect(),
                ..Lane::default()
            }
        });
        Spans { frame, lanes: lanes.collect(), as_of: as_of(answer), ..Spans::default() }.svg()
    }
}

/// The stretches in which it was closed: pale where no report tells whether it still was.
fn spans(lever: &Lever) -> Vec<Span> {
    let span = |spell: &Spell| {
        let opened = spell.opened.map(|(day, _)| day);
        let told = opened.unwrap_or(spell.last_told).max(spell.closed.0);
        let told = spell.closed_again.map_or(told, |again| told.min(again));
        let end = if opened.is_some() { None } else { Some(spell.closed_again.map(start)) };
        let drawn = |name: &str, held: Held, from: Date, to| Span {
            note: Some(say(spell)),
            behind: Behind::ids(ids(&spell.claims)),
            ..Span::new(name, Hue::Orange, held, Some(start(from)), to)
        };
        let closed =
            (told > spell.closed.0).then(|| drawn("closed", Held::Asserted, spell.closed.0, Some(start(told))));
        let since = end.map(|end| drawn("no opening told", Held::Planned, told, end));
        closed.into_iter().chain(since)
    };
    lever.spells.iter().flat_map(span).collect()
}
