//! How figures are shown beside what is counted here, and why the two may differ.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::figures::{FigureBeside, Here, Measure, Relation};
use chart::{Bar, Bars, Behind, Cell, Frame, Hue};
use serde::Serialize;

use crate::Answer;
use crate::grounds::counted;
use crate::said::{self, Said, clip, ids, number};

/// Figures beside counts, by day of publication.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Figures(pub Vec<FigureBeside>);

impl Answer for Figures {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.0.is_empty() {
            return writeln!(out, "No figure.");
        }
        writeln!(out, "{}", counted(self.0.len(), "figure"))?;
        for (at, f) in self.0.iter().enumerate() {
            writeln!(out)?;
            writeln!(out, "{:>2}  {} {}", at + 1, range(f.low, f.high), clip(f.of.as_deref().unwrap_or("?"), 90))?;
            let told = Said {
                by: &f.by,
                how: f.attitude.to_string(),
                published: f.published,
                words: &f.words,
                claim: &f.claims[0],
                copy: f.copies.contains(&f.claims[0]),
            };
            said::write(out, "figure", &told)?;
            if f.claims.len() > 1 {
                said::paragraph(out, "also", &ids(&f.claims[1..]))?;
            }
            match &f.here {
                None => said::paragraph(out, "here", "not counted")?,
                Some(here) => said::paragraph(out, "here", &found(f, here))?,
            }
            for reason in &f.reasons {
                let opens = match reason.incidents.as_slice() {
                    [] => String::new(),
                    [one] => format!(" ({one})"),
                    [one, ..] => format!(" ({one}, …)"),
                };
                said::paragraph(out, "why", &format!("{}{opens}", reason.text))?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns = vec![
            "low",
            "high",
            "of",
            "by",
            "publisher",
            "attitude",
            "published",
            "words",
            "claims",
            "window_from",
            "window_to",
            "window_told",
            "counted",
            "here_low",
            "here_high",
            "relation",
            "surely",
            "perhaps",
            "reported",
            "corroborated",
            "disputed",
            "reports",
            "months",
            "months_without_report",
            "reasons",
        ];
        let row = |f: &FigureBeside| {
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            let of_here = |cell: &dyn Fn(&Here) -> String| f.here.as_ref().map(cell).unwrap_or_default();
            let count = |n: Option<usize>| n.map(|n| n.to_string()).unwrap_or_default();
            vec![
                number(f.low),
                number(f.high),
                f.of.clone().unwrap_or_default(),
                f.by.name.clone(),
                f.publisher.clone().unwrap_or_default(),
                f.attitude.to_string(),
                f.published.map(|w| w.to_string()).unwrap_or_default(),
                f.words.clone(),
                ids(&f.claims),
                day(f.window.from),
                day(f.window.to),
                f.window.told.to_string(),
                f.counted.as_ref().map(|c| c.name.clone()).unwrap_or_default(),
                of_here(&|h| number(h.low)),
                of_here(&|h| number(h.high)),
                f.relation.map(|r| relation(r).to_owned()).unwrap_or_default(),
                of_here(&|h| ids(&h.surely.incidents)),
                of_here(&|h| ids(&h.perhaps.incidents)),
                of_here(&|h| (h.surely.reported + h.perhaps.reported).to_string()),
                of_here(&|h| (h.surely.corroborated + h.perhaps.corroborated).to_string()),
                of_here(&|h| (h.surely.disputed + h.perhaps.disputed).to_string()),
                f.reports.to_string(),
                count(f.months),
                count(f.months_without_report),
                f.reasons.iter().map(|r| r.why.as_str()).collect::<Vec<_>>().join("; "),
            ]
        };
        (columns, self.0.iter().map(row).collect())
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let counted_here: Vec<(&FigureBeside, &Here)> =
            self.0.iter().filter_map(|f| Some((f, f.here.as_ref()?))).collect();
        let n = format!(
            "{} of {} that can be counted",
            counted(counted_here.len(), "figure"),
            counted(self.0.len(), "figure")
        );
        let bars = counted_here.iter().flat_map(|(f, here)| {
            let days = match (f.window.from, f.window.to) {
                (Some(from), Some(to)) => format!("{from} to {to}"),
                (None, Some(to)) => format!("until {to}"),
                _ => "days not told".to_owned(),
            };
            let group = Some(clip(&format!("{}, {days}", f.of.as_deref().unwrap_or_default()), 60));
            let told = Bar {
                name: clip(&f.by.name, 30),
                group: group.clone(),
                hue: Hue::Slate,
                cell: Cell { behind: Behind::ids(f.claims.iter().map(model::ClaimId::as_str)), ..cell(f.low, f.high) },
                ..Bar::default()
            };
            let incidents = here.surely.incidents.iter().chain(&here.perhaps.incidents);
            let found = Bar {
                name: "counted here".to_owned(),
                group,
                hue: Hue::Blue,
                cell: Cell {
                    behind: Behind::ids(incidents.map(model::IncidentId::as_str)),
                    ..cell(here.low, here.high)
                },
                note: note(f, here),
                ..Bar::default()
            };
            [told, found]
        });
        let mut foot = said::foot(grounds, n);
        foot.interval = Some(
            "bars are the least; lines go to the most: of a figure as it is told, of a count with all that may belong"
                .to_owned(),
        );
        let figure = Bars {
            frame: Frame {
                subtitle: Some("What reports give as figures, and the incidents at hand in the same window".to_owned()),
                empty: Some("No figure of what can be counted here.".to_owned()),
                foot,
                width,
                ..Frame::new("Figures beside counts")
            },
            unit: "number".to_owned(),
            now: "number".to_owned(),
            bars: bars.collect(),
            ..Bars::default()
        };
        figure.svg()
    }
}

/// How the figure lies to the count, and what the bar cannot show.
fn note(figure: &FigureBeside, here: &Here) -> Option<String> {
    let open = here.low.is_some() && here.high.is_none();
    let parts = [open.then_some("no upper end"), figure.relation.map(relation)];
    let told: Vec<&str> = parts.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// The least, with the most as its upper end; only the most where there is no least.
fn cell(low: Option<f64>, high: Option<f64>) -> Cell {
    match (low, high) {
        (Some(low), Some(high)) if low.to_bits() == high.to_bits() => Cell::of(low),
        (Some(low), Some(high)) => Cell::between(low, low, high),
        (Some(value), None) => Cell { note: Some("no upper end".to_owned()), ..Cell::of(value) },
        (None, Some(value)) => Cell { note: Some("at most".to_owned()), ..Cell::of(value) },
        (None, None) => Cell::unknown(),
    }
}

fn range(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low.to_bits() == high.to_bits() => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "no number of".to_owned(),
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::FewerHere => "fewer here",
        Relation::Overlap => "the ranges meet",
        Relation::MoreHere => "more here",
    }
}

/// The count in words.
fn found(figure: &FigureBeside, here: &Here) -> String {
    let thing = figure.counted.as_ref();
    let name = thing.map_or("", |t| t.name.as_str());
    let total = match (here.low, here.high) {
        (None, None) => format!("no number of {name}"),
        (low, high) => format!("{} {name}", range(low, high)),
    };
    let tally = |tally: &analysis::figures::Tally| {
        let parts = [
            (tally.corroborated, "corroborated"),
            (tally.reported, "reported by one voice"),
            (tally.disputed, "disputed"),
        ];
        let told: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
        if told.is_empty() { "none".to_owned() } else { told.join(", ") }
    };
    let of =
        if thing.is_some_and(|t| t.measure == Measure::Incidents) { "incidents" } else { "incidents with a number" };
    let relation = figure.relation.map(|r| format!(" · {}", relation(r))).unwrap_or_default();
    let reports = match (figure.months, figure.months_without_report) {
        (Some(all), Some(without)) => {
            format!("; {} in its window, {without} of {all} months without any", counted(figure.reports, "report"))
        }
        _ => format!("; {} until then", counted(figure.reports, "report")),
    };
    format!(
        "{total}{relation}; {of} that surely belong: {}; that may: {}{reports}",
        tally(&here.surely),
        tally(&here.perhaps)
    )
}
