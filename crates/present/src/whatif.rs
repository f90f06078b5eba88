//! How what-ifs are shown: package by package, side by side, and what is not borne by history; what people say beside it.

mod drawn;

use std::io::{self, Write};

use analysis::Grounds;
use analysis::whatif::{self, Basis, Check, Contrast, Fan, Outcome, Pulled, Spread};
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::Answer;
use crate::grounds::counted;
use crate::said::{clip, paragraph};
use crate::series::number;

/// Most characters of a stream's name in a table.
const MOST_NAME: usize = 60;

/// What might come under each package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// What it is about, in a phrase: "Assaults between PAK and TTP".
    pub title: String,
    /// What was found.
    #[serde(flatten)]
    pub answer: whatif::WhatIf,
}

impl WhatIf {
    /// An answer under its title.
    pub fn new(title: String, answer: whatif::WhatIf) -> Self {
        Self { title, answer }
    }

    /// How the answer is reached.
    pub fn method(&self) -> String {
        whatif::method(self.answer.futures)
    }

    /// What the answer cannot say: what no answer of this kind can, then what history does not bear, then the fit's warnings.
    pub fn caveats(&self) -> Vec<String> {
        let flags = self.answer.flags.iter().map(|flag| match &flag.package {
            Some(package) => format!("{package}: {}.", flag.words),
            None => format!("{}.", flag.words),
        });
        let warnings = self.answer.warnings.iter().map(|warning| format!("{warning}."));
        whatif::caveats().into_iter().chain(flags).chain(warnings).collect()
    }

    /// "90 days from 2026-01-01".
    fn period(&self) -> String {
        let from = self.answer.first_day.map_or(String::new(), |day| format!(" from {day}"));
        format!("{}{from}", counted(self.answer.days, "day"))
    }

    fn outcome(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
        writeln!(out, "━━ {}", outcome.package)?;
        for pulled in &outcome.levers {
            paragraph(out, "lever", &format!("{} · {} · {}", pulled.lever, pulled.words(), acts(&pulled.on)))?;
            if let Some(text) = history(pulled) {
                paragraph(out, "", &text)?;
            }
        }
        let names = outcome.totals.iter().map(|total| total.stream.as_deref().unwrap_or("all together"));
        let room = names.map(|name| name.chars().count()).max().unwrap_or(0).clamp(28, MOST_NAME);
        writeln!(
            out,
            "   {:<room$} {:>8}  {:>17}  {:>17}",
            "events in all days", "median", "half of futures", "nine of ten"
        )?;
        for total in &outcome.totals {
            let name = clip(total.stream.as_deref().unwrap_or("all together"), MOST_NAME);
            let Spread { median, low_50, high_50, low_90, high_90, .. } = total.events;
            let range = |low: f64, high: f64| format!("{} to {}", number(low), number(high));
            writeln!(
                out,
                "   {name:<room$} {:>8}  {:>17}  {:>17}",
                number(median),
                range(low_50, high_50),
                range(low_90, high_90)
            )?;
        }
        Ok(())
    }

    fn check(out: &mut dyn Write, check: &Check) -> io::Result<()> {
        if check.streams.is_empty() {
            let text = format!("{}: none; the spectral radius is {:.2}", check.package, check.spectral_radius);
            return paragraph(out, "", &text);
        }
        let each = check.streams.iter().map(|s| {
            let word = if s.agrees { "" } else { ", which do NOT agree" };
            format!("{} {:.3} reckoned, {:.3} simulated{word}", s.stream, s.reckoned, s.simulated)
        });
        paragraph(out, "", &format!("{}: {}", check.package, each.collect::<Vec<_>>().join("; ")))
    }
}

/// Where a lever acts: "on TTP → PAK", "in Sindh province, PAK; in Punjab province, PAK".
fn acts(on: &[String]) -> String {
    if on.iter().all(|stream| stream.starts_with("in ")) { on.join("; ") } else { format!("on {}", on.join(", ")) }
}

/// What episodes showed, if any are known.
fn history(pulled: &Pulled) -> Option<String> {
    let effect = pulled.effect.as_ref()?;
    let doubt = if effect.is_enough() { "" } else { ", too few to rest on" };
    let placebos = effect.placebo_share.map_or_else(
        || "there is no room for windows at random beside them".to_owned(),
        |share| format!("windows at random were as far off in {:.0} of 100 draws", share * 100.0),
    );
    Some(format!(
        "history: {:.2} times what was expected ({:.2} to {:.2}) in {} episodes{doubt}; single ones {:.2} to {:.2}; {placebos}",
        effect.ratio(),
        effect.low,
        effect.high,
        effect.windows.len(),
        effect.observed.0,
        effect.observed.1,
    ))
}

impl Answer for WhatIf {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let answer = &self.answer;
        writeln!(out, "{}: {}, {} of each package", self.title, self.period(), counted(answer.futures, "future"))?;
        for outcome in &answer.outcomes {
            writeln!(out)?;
            Self::outcome(out, outcome)?;
        }
        writeln!(out, "\n━━ side by side, future by future with the same chance")?;
        let several = answer.streams.len() > 1;
        for contrast in answer.contrasts.iter().filter(|c| c.stream.is_none() || !several) {
            paragraph(out, "", &contrast.words)?;
        }
        for contrast in
            answer.contrasts.iter().filter(|c| several && c.stream.is_some() && c.against == whatif::NO_LEVER)
        {
            paragraph(out, "", &contrast.words)?;
        }
        if !answer.flags.is_empty() {
            writeln!(out, "\n━━ what history does not bear")?;
            for flag in &answer.flags {
                let package = flag.package.as_ref().map_or(String::new(), |package| format!("{package}: "));
                paragraph(out, "", &format!("{package}{}", flag.words))?;
            }
        }
        if !answer.judgements.is_empty() {
            writeln!(out, "\n━━ what people say the levers would do; not in the numbers")?;
            for said in &answer.judgements {
                let agrees = match said.agrees {
                    Some(true) => "the numbers go the same way",
                    Some(false) => "the numbers go the other way",
                    None => "not to be compared with the numbers",
                };
                let text = format!("{}: {} · {agrees} · {}", said.who, said.says, said.evidence.join(" "));
                paragraph(out, &said.lever, &text)?;
            }
        }
        writeln!(out, "\n━━ a check: events a day in the long run, if all went on as it stands")?;
        answer.checks.iter().try_for_each(|check| Self::check(out, check))
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let head = vec![
            "what", "package", "against", "stream", "from", "to", "mean", "median", "low_50", "high_50", "low_90",
            "high_90", "fewer", "more", "levers", "basis",
        ];
        let answer = &self.answer;
        let mut rows = Vec::new();
        let day = |at: usize| match answer.first_day {
            Some(first) => after(first, at).to_string(),
            None => (at + 1).to_string(),
        };
        let row = |what: &str, names: [&str; 3], days: (usize, usize), spread: &Spread, rest: [String; 4]| {
            let Spread { mean, median, low_50, high_50, low_90, high_90 } = *spread;
            let numbers = [mean, median, low_50, high_50, low_90, high_90].map(|value| value.to_string());
            let head =
                [what.to_owned()].into_iter().chain(names.map(str::to_owned)).chain([day(days.0), day(days.1 - 1)]);
            head.chain(numbers).chain(rest).collect::<Vec<String>>()
        };
        let none = String::new;
        for outcome in &answer.outcomes {
            let text = outcome.text.clone().unwrap_or_default();
            let levers = || [none(), none(), text.clone(), basis(&outcome.levers)];
            for total in &outcome.totals {
                let names = [outcome.package.as_str(), "", total.stream.as_deref().unwrap_or("all")];
                rows.push(row("total", names, (0, answer.days), &total.events, levers()));
            }
            for fan in &outcome.daily {
                let names = [outcome.package.as_str(), "", fan.stream.as_deref().unwrap_or("all")];
                let steps = fan.steps.iter().enumerate();
                rows.extend(steps.map(|(at, step)| row("day", names, (at, at + 1), step, levers())));
            }
        }
        for contrast in &answer.contrasts {
            let Contrast { package, against, stream, difference, ratio, fewer, more, .. } = contrast;
            let names = [package.as_str(), against.as_str(), stream.as_deref().unwrap_or("all")];
            for (what, spread) in [("difference", difference), ("ratio", ratio)] {
                let shares = [fewer.to_string(), more.to_string(), none(), none()];
                rows.push(row(what, names, (0, answer.days), spread, shares));
            }
        }
        (head, rows)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        drawn::figure(self, grounds, width)
    }
}

/// What the levers' strengths rest on.
fn basis(levers: &[Pulled]) -> String {
    let each = levers.iter().map(|pulled| match pulled.basis {
        Basis::Assumed => "assumed".to_owned(),
        Basis::Estimated { episodes } => format!("estimated from {episodes} episodes"),
    });
    each.collect::<Vec<_>>().join("; ")
}

/// So many days later.
fn after(day: Date, days: usize) -> Date {
    day.saturating_add(Span::new().days(i64::try_from(days).unwrap_or(i64::MAX).min(100_000)))
}

/// The fan that is drawn: by weeks where there are four of them, else by days; of all together, or of the only stream.
fn shown(outcome: &Outcome) -> Option<&Fan> {
    let weekly = outcome.weekly.first().filter(|fan| fan.steps.len() >= 4);
    weekly.or(outcome.daily.first())
}
