//! How forecasts are shown: for each unit and month how many may die and how sure that is, beside what was counted before;
//! and beside each whether this way of forecasting was shown to be better than what anybody could say.

mod record;

use std::io::{self, Write};

use analysis::Grounds;
use analysis::forecast::Month;
use analysis::forecast::held_out::HeldOut;
use analysis::forecast::told::{Ahead, BAD_MONTH_DEATHS, Count, Range, Told};
use chart::{Behind, Bin, Cell, Class, Fan, Foot, Frame, Hue, Measure, Panel, Series, Spread};
use serde::Serialize;

use crate::Answer;
use crate::grounds::{self, counted};
use crate::said::{clip, ids, paragraph};

pub use record::ForecastRecord;

/// Units that a figure has a panel for.
const DRAWN: usize = 8;
/// Months before the as-of month that a figure shows.
const PAST: usize = 36;

/// Forecasts of several units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecasts {
    /// What is forecast, in a phrase: "Deaths by month in three countries".
    pub title: String,
    /// The forecaster.
    pub model: String,
    /// The data that it was made from, by name and release.
    pub data: String,
    /// Each unit.
    pub units: Vec<Told>,
    /// How the forecaster did on months held out; `None` where that was not tried.
    pub held_out: Option<HeldOut>,
}

impl Forecasts {
    /// How the answer is reached.
    pub fn method(&self) -> String {
        format!(
            "{}, from {}: samples of a distribution for each unit and month, from counts up to the as-of month alone.",
            self.model, self.data
        )
    }

    /// What the answer cannot say.
    pub fn caveats(&self) -> Vec<String> {
        vec![
            self.shown(),
            "Months are forecast one by one: numbers of several months are not to be added up.".to_owned(),
            "Nothing but counts is seen: no election, no coup, no troops on a border.".to_owned(),
            "Counts of the past may have been revised since; a forecaster of that day knew less.".to_owned(),
        ]
    }

    fn shown(&self) -> String {
        HeldOut::said(self.held_out.as_ref())
    }
}

/// A number of deaths: whole from ten on.
fn deaths(value: f64) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { crate::series::number(value) }
}

fn range(range: Range) -> String {
    format!("{} to {}", deaths(range.low), deaths(range.high))
}

/// A probability, which is never told as certain.
fn chance(share: f64) -> String {
    match share {
        s if s < 0.005 => "<1 %".to_owned(),
        s if s > 0.995 => ">99 %".to_owned(),
        s => format!("{:.0} %", s * 100.0),
    }
}

impl Answer for Forecasts {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.title)?;
        if self.units.is_empty() {
            return writeln!(out, "\nNothing was forecast.");
        }
        for told in &self.units {
            writeln!(out, "\n━━ {} · as of {}", told.unit, told.as_of)?;
            let last: Vec<String> = told.past.iter().rev().take(6).rev().map(counted_month).collect();
            paragraph(out, "counted", &last.join(", "))?;
            if let Some(evidence) = told.past.iter().rev().find(|c| !c.evidence.is_empty()).map(|c| &c.evidence) {
                let (first, rest) = evidence.split_at(1);
                let more = if rest.is_empty() { String::new() } else { format!(" +{}", rest.len()) };
                paragraph(out, "open", &format!("{}{more}", ids(first)))?;
            }
            let came = told.ahead.iter().any(|a| a.outcome.is_some());
            writeln!(
                out,
                "   {:<8} {:>4}  {:>7}  {:>14}  {:>14}  {:>6}  {:>6}{}",
                "month",
                "lead",
                "median",
                "50 %",
                "90 %",
                "any",
                "≥25",
                if came { "  came" } else { "" }
            )?;
            for ahead in &told.ahead {
                writeln!(out, "   {}", line(ahead))?;
            }
            paragraph(out, "shown?", &told.shown)?;
        }
        writeln!(
            out,
            "\nDeaths in the month; any: chance of one or more, ≥25: of {BAD_MONTH_DEATHS} or more. Not to be added up over months."
        )
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let head = vec![
            "unit",
            "as_of",
            "month",
            "lead_months",
            "median_deaths",
            "mean_deaths",
            "low_50_deaths",
            "high_50_deaths",
            "low_90_deaths",
            "high_90_deaths",
            "chance_of_any",
            "chance_of_25",
            "deaths",
            "shown",
            "evidence",
        ];
        let mut rows = Vec::new();
        for told in &self.units {
            for past in &told.past {
                let mut row = vec![told.unit.clone(), told.as_of.to_string(), past.month.to_string()];
                row.resize(head.len(), String::new());
                row[12] = past.deaths.map(|d| d.to_string()).unwrap_or_default();
                row[14] = ids(&past.evidence);
                rows.push(row);
            }
            for a in &told.ahead {
                rows.push(vec![
                    told.unit.clone(),
                    told.as_of.to_string(),
                    a.month.to_string(),
                    a.lead_months.to_string(),
                    a.median_deaths.to_string(),
                    a.mean_deaths.to_string(),
                    a.within_50_deaths.low.to_string(),
                    a.within_50_deaths.high.to_string(),
                    a.within_90_deaths.low.to_string(),
                    a.within_90_deaths.high.to_string(),
                    a.chance_of_any.to_string(),
                    a.chance_of_25.to_string(),
                    a.outcome.as_ref().and_then(|o| o.deaths).map(|d| d.to_string()).unwrap_or_default(),
                    told.shown.clone(),
                    a.outcome.as_ref().map(|o| ids(&o.evidence)).unwrap_or_default(),
                ]);
            }
        }
        (head, rows)
    }

    fn figure(&self, of: &Grounds, width: u32) -> String {
        let shown = &self.units[..self.units.len().min(DRAWN)];
        let months = months(shown);
        let more = self.units.len() - shown.len();
        let ahead = shown.iter().map(|told| told.ahead.len()).max().unwrap_or(0);
        let subtitle = match self.units.first() {
            Some(told) if more > 0 => {
                format!("As of {}; the first {} of {} units", told.as_of, shown.len(), self.units.len())
            }
            Some(told) => format!("Deaths a month: counted up to {}, then forecast", told.as_of),
            None => String::new(),
        };
        Series {
            frame: Frame {
                title: self.title.clone(),
                subtitle: Some(subtitle),
                empty: Some("Nothing was forecast.".into()),
                foot: Foot {
                    source: Some(format!("{}; {}", self.data, grounds::source(of))),
                    period: months.first().zip(months.last()).map(|(a, b)| format!("{a} to {b}")),
                    n: Some(format!("{}, {} ahead", counted(self.units.len(), "unit"), counted(ahead, "month"))),
                    interval: Some("where the middle 50 % and 90 % of the samples lie, month by month".into()),
                    caveats: self.caveats(),
                },
                width,
                ..Frame::default()
            },
            bins: months.iter().map(|month| bin(*month)).collect(),
            panels: shown.iter().map(|told| panel(told, &months)).collect(),
            ..Series::default()
        }
        .svg()
    }
}

fn line(ahead: &Ahead) -> String {
    let came = ahead.outcome.as_ref().and_then(|o| o.deaths).map(|came| {
        let outside = if ahead.within_90_deaths.holds(came) { "" } else { ", outside 90 %" };
        format!("  {}{outside}", deaths(came))
    });
    format!(
        "{:<8} {:>4}  {:>7}  {:>14}  {:>14}  {:>6}  {:>6}{}",
        ahead.month.to_string(),
        ahead.lead_months,
        deaths(ahead.median_deaths),
        range(ahead.within_50_deaths),
        range(ahead.within_90_deaths),
        chance(ahead.chance_of_any),
        chance(ahead.chance_of_25),
        came.unwrap_or_default()
    )
}

fn counted_month(count: &Count) -> String {
    let number = count.deaths.map_or_else(|| "not known".to_owned(), deaths);
    format!("{} {number}", count.month)
}

/// From the first month of the past that is shown to the last that is forecast.
fn months(units: &[Told]) -> Vec<Month> {
    let past = units.iter().flat_map(|told| told.past.iter().rev().take(PAST).map(|count| count.month));
    let ahead = units.iter().flat_map(|told| told.ahead.iter().map(|ahead| ahead.month));
    let all: Vec<Month> = past.chain(ahead).collect();
    let (Some(&first), Some(&last)) = (all.iter().min(), all.iter().max()) else { return Vec::new() };
    (0..=last.since(first)).map(|after| first.plus(after)).collect()
}

fn bin(month: Month) -> Bin {
    let year = i16::try_from(month.year()).unwrap_or(i16::MAX);
    Bin::month(year, i8::try_from(month.month()).unwrap_or(1))
}

fn panel(told: &Told, months: &[Month]) -> Panel {
    let past = |month: &Month| {
        let count = told.past.iter().find(|count| count.month == *month);
        let behind = count.map(|c| Behind::ids(c.evidence.iter().cloned())).unwrap_or_default();
        count.and_then(|c| c.deaths).map_or_else(Cell::unknown, Cell::of).behind(behind)
    };
    let spread = |month: &Month| {
        let ahead = told.ahead.iter().find(|ahead| ahead.month == *month)?;
        let ends = |range: Range| (range.low, range.high);
        let evidence = ahead.outcome.iter().flat_map(|outcome| outcome.evidence.iter().cloned());
        Some(Spread {
            middle: ahead.median_deaths,
            bands: vec![ends(ahead.within_90_deaths), ends(ahead.within_50_deaths)],
            came: ahead.outcome.as_ref().and_then(|outcome| outcome.deaths),
            note: Some(format!("25 or more: {}, any: {}", chance(ahead.chance_of_25), chance(ahead.chance_of_any))),
            behind: Behind::ids(evidence),
        })
    };
    let last = told.ahead.last();
    let unit = last.map_or_else(
        || "deaths".to_owned(),
        |a| {
            format!(
                "deaths; {} {}, 90 %: {}, 25 or more: {}",
                a.month,
                deaths(a.median_deaths),
                range(a.within_90_deaths),
                chance(a.chance_of_25)
            )
        },
    );
    Panel {
        name: clip(&told.unit, 40),
        unit,
        measure: Measure::Count,
        classes: vec![Class::new("counted", Hue::Slate, months.iter().map(past))],
        fans: vec![Fan {
            middle: "median forecast".into(),
            bands: vec!["90 % interval".into(), "50 % interval".into()],
            outcome: "what came".into(),
            hue: Hue::Blue,
            spreads: months.iter().map(spread).collect(),
        }],
        ..Panel::default()
    }
}
