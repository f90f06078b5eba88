//! Cycles as a figure: what happened, with what happens by itself; below, what one event brings, with what the data allow.

use analysis::Grounds;
use analysis::cycles::{Choice, Entry, InPeriod, Language, Moves, OverTime, Report};
use chart::{Behind, Bin, Cell, Class, Dot, Dots, Foot, Frame, Hue, Line, Measure, Panel, Part, Parts, Series};

use super::{Cycles, name_of, tabled};
use crate::grounds;

/// Streams that have a panel.
const PANELS: usize = 8;
/// Entries that have a line.
const LINES: usize = 36;

pub(super) fn figure(cycles: &Cycles, of: &Grounds, width: u32) -> String {
    let report = &cycles.report;
    let reading = match report.language {
        Language::AttackAndReply => "Attacks over time, and how many further attacks each one brings",
        Language::Excitation => "Events over time, and how far one stream excites another",
    };
    let n: Vec<String> =
        report.streams.iter().map(|s| format!("{} {} events", s.name, crate::series::number(s.events))).collect();
    let frame = Frame {
        title: cycles.title.clone(),
        subtitle: Some(reading.to_owned()),
        empty: Some("Nothing was fitted.".into()),
        foot: Foot {
            source: Some(grounds::source(of)),
            period: Some(cycles.period()),
            n: Some(n.join(", ")),
            interval: Some("95 %, profile likelihood over all baselines by their weights".into()),
            caveats: cycles.caveats(),
        },
        width,
        ..Frame::default()
    };
    Parts { frame, parts: vec![Part::Series(happened(&cycles.over_time, report)), Part::Dots(brings(report))] }.svg()
}

fn happened(over_time: &[OverTime], report: &Report) -> Series {
    let bins = over_time
        .first()
        .map_or_else(Vec::new, |one| one.periods.iter().map(|period| Bin::new(period.from, period.to)).collect());
    let shown = over_time.len().min(PANELS);
    let subtitle = (shown < over_time.len()).then(|| format!("The first {shown} of {} streams", over_time.len()));
    let panels = over_time.iter().zip(&report.streams).take(shown).map(|(one, stream)| Panel {
        name: one.stream.clone(),
        unit: format!("{:.0} % happen by themselves", stream.share_by_itself * 100.0),
        classes: vec![Class::new("events", Hue::Slate, one.periods.iter().map(cell))],
        lines: vec![Line { name: "baseline: what happens by itself".into(), values: level(&one.periods) }],
        ..Panel::default()
    });
    let what = match bins.first() {
        Some(bin) if bin.from == bin.to => "What happened, by day",
        Some(_) if over_time.iter().any(|o| o.periods.iter().any(|p| p.label.contains("-W"))) => {
            "What happened, by week"
        }
        Some(_) if over_time.iter().any(|o| o.periods.iter().any(|p| p.label.len() == 4)) => "What happened, by year",
        _ => "What happened, by month",
    };
    Series { frame: Frame { subtitle, ..Frame::new(what) }, bins, panels: panels.collect(), ..Series::default() }
}

/// What happens by itself, at the length of a whole period: one that is cut or observed in part would bend the line.
fn level(periods: &[InPeriod]) -> Vec<Option<f64>> {
    let whole = periods.iter().map(|period| period.observed_days).fold(0.0, f64::max);
    periods.iter().map(|period| period.by_itself.map(|by| by / period.observed_days * whole)).collect()
}

fn cell(period: &InPeriod) -> Cell {
    let cell = period.events.map_or_else(Cell::unknown, Cell::of).behind(Behind::ids(period.evidence.iter().cloned()));
    let by_itself = period.by_itself.map(|by| format!("{by:.1} by themselves"));
    Cell { note: by_itself, ..cell }
}

fn brings(report: &Report) -> Dots {
    let n = report.streams.len();
    let chosen = report.choices.chosen();
    let many = report.entries.len() > LINES;
    let is_shown = |entry: &&(usize, &Entry)| !many || entry.1.is_told || entry.1.of == entry.1.by;
    let all: Vec<(usize, &Entry)> = report.entries.iter().enumerate().collect();
    let shown: Vec<&(usize, &Entry)> = all.iter().filter(is_shown).take(2 * LINES).collect();
    let left = all.len() - shown.len();
    // The constant baseline, and the freest that moves; the one that foretells best is the disc.
    let freest = report.choices.varying().last().filter(|c| c.knots != chosen.knots);
    let constant = Some(report.choices.constant()).filter(|c| c.knots != chosen.knots);
    let beside: Vec<&Choice> = constant.into_iter().chain(freest).collect();
    let dot = |(i, entry): &&(usize, &Entry)| {
        let (of, by) = (i / n, i % n);
        Dot {
            name: if of == by { "by its own events".to_owned() } else { format!("by {}", entry.by) },
            group: Some(entry.of.clone()),
            cell: Cell {
                value: Some(entry.branching.best),
                low: Some(entry.branching.low),
                high: entry.branching.high,
                note: Some(entry.words.clone()),
                behind: Behind::default(),
            },
            is_open: entry.branching.high.is_none(),
            is_doubtful: !entry.is_told,
            beside: beside.iter().map(|choice| Some(choice.branching[of][by])).collect(),
            said: Some(tabled::within(entry.branching, 2)),
        }
    };
    let label = |choice: &&Choice| match choice.baseline {
        Moves::Constant => "with a constant baseline".to_owned(),
        Moves::Varying => format!("with {}", name_of(choice)),
    };
    let (heading, unit) = match report.language {
        Language::AttackAndReply => ("What one attack is followed by", "further attacks that one attack brings"),
        Language::Excitation => ("What one event excites", "further events that one event excites"),
    };
    let left = (left > 0).then(|| format!("{left} entries that are no more than chance are left out"));
    let chosen_is = match chosen.baseline {
        Moves::Constant => "a constant baseline foretells best".to_owned(),
        Moves::Varying => format!("a baseline of {} foretells best", name_of(chosen)),
    };
    Dots {
        frame: Frame {
            subtitle: Some([Some(chosen_is), left].into_iter().flatten().collect::<Vec<_>>().join("; ")),
            ..Frame::new(heading)
        },
        unit: unit.to_owned(),
        measure: Measure::Number,
        sure: "told".to_owned(),
        doubtful: "no more than chance gives".to_owned(),
        interval: "95 % interval".to_owned(),
        beside: beside.iter().map(label).collect(),
        dots: shown.iter().map(dot).collect(),
    }
}
