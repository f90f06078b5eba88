//! How counts over time are shown: period by period, what was counted beside what was read.
//!
//! Stretches of periods in which nothing was counted are one line: zero where they are covered, missing where they are not.

mod levels;

use std::io::{self, Write};

use analysis::Grounds;
use analysis::series::{Bin, Counts, Course, LeftOut, Levels, Measure, Series, Source, Toll};
use chart::{Behind, Cell, Class, Coverage, Foot, Frame, Hue, Panel};
use serde::Serialize;

use crate::{Answer, grounds};

/// Series that a table shows.
const TABLED: usize = 8;
/// Series that a figure has a panel for.
const DRAWN: usize = 4;
/// Ids in a line of a table.
const IDS: usize = 1;

/// Counts over time, with what was not counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverTime {
    /// What was counted, in a phrase: "Assaults between PAK and AFG".
    pub title: String,
    /// The counts.
    #[serde(flatten)]
    pub course: Course,
    /// What is not counted, by reason.
    pub left_out: LeftOut,
    /// The levels of each series, in their order, where change points were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Levels>,
}

impl OverTime {
    /// Counts without levels.
    pub fn new(title: String, course: Course, left_out: LeftOut) -> Self {
        Self { title, course, left_out, levels: Vec::new() }
    }

    /// How the answer is reached.
    pub fn method(&self) -> String {
        let levels = self.levels.first().map_or(String::new(), |levels| format!(" {}", levels::method(levels)));
        format!("{}{levels}", self.course.method())
    }

    /// What the answer cannot say.
    pub fn caveats(&self) -> Vec<String> {
        let counts = self.course.caveats().into_iter().chain(self.left_out.sentences());
        counts.chain(levels::caveats(&self.levels)).collect()
    }

    fn is_read(series: &Series) -> bool {
        matches!(series.source, Source::Reading | Source::Claims)
    }

    fn one(&self, out: &mut dyn Write, series: &Series) -> io::Result<()> {
        let source = match &series.source {
            Source::Reading => "as read".to_owned(),
            Source::Claims => "claims as read".to_owned(),
            Source::Dataset { .. } => series.source.to_string(),
        };
        writeln!(out, "━━ {} · {source} · {}", series.key, grounds::counted(series.rows, "happening"))?;
        writeln!(
            out,
            "   {:<23} {:>5} {:>7} {:>11} {:>13}  {:>7}  open",
            "period", "count", "hostile", "cooperative", "dead", "reports"
        )?;
        let periods = self.course.periods.len();
        let mut at = 0;
        let mut bins = series.bins.iter().peekable();
        while at < periods {
            if let Some(bin) = bins.next_if(|bin| bin.period == at) {
                self.bin(out, series, bin)?;
                at += 1;
                continue;
            }
            let covered = series.is_covered(at);
            let next = bins.peek().map_or(periods, |bin| bin.period);
            let end = (at..next).find(|&p| series.is_covered(p) != covered).unwrap_or(next);
            let label = |p: usize| self.course.periods[p].label.as_str();
            let stretch =
                if end - at == 1 { label(at).to_owned() } else { format!("{} … {}", label(at), label(end - 1)) };
            writeln!(out, "   {stretch:<23} {:>5}", if covered { "0" } else { "–" })?;
            at = end;
        }
        self.levels_of(series).map_or(Ok(()), |levels| levels::told(out, levels, &self.course.periods))
    }

    fn levels_of(&self, series: &Series) -> Option<&Levels> {
        self.levels.iter().find(|levels| levels.source == series.source && levels.key == series.key)
    }

    fn bin(&self, out: &mut dyn Write, series: &Series, bin: &Bin) -> io::Result<()> {
        let period = &self.course.periods[bin.period];
        let Counts { rows, hostile, cooperative, dead, ids, .. } = &bin.counts;
        let reports = &self.course.coverage.reading.periods[bin.period];
        let reports = if Self::is_read(series) { reports.reports.to_string() } else { String::new() };
        let (first, rest) = ids.split_at(ids.len().min(IDS));
        let first: Vec<String> = first.iter().map(ToString::to_string).collect();
        let more = if rest.is_empty() { String::new() } else { format!(" +{}", rest.len()) };
        let least = if series.is_covered(bin.period) { "" } else { "≥ " };
        writeln!(
            out,
            "   {:<23} {:>5} {:>7} {:>11} {:>13}  {reports:>7}  {}{more}",
            period.label,
            format!("{least}{rows}"),
            hostile.rows,
            cooperative.rows,
            range(dead),
            first.join(" ")
        )
    }

    fn cell(series: &Series, at: usize, of: &dyn Fn(&Counts) -> Cell) -> Cell {
        match series.bins.iter().find(|bin| bin.period == at) {
            Some(bin) => {
                let cell = of(&bin.counts).behind(Behind::ids(bin.counts.ids.iter().map(ToString::to_string)));
                let note = (!series.is_covered(at)).then(|| "at least: not covered".to_owned());
                Cell { note, ..cell }
            }
            None if series.is_covered(at) => Cell::of(0.0),
            None => Cell::unknown(),
        }
    }

    fn cells(&self, series: &Series, of: impl Fn(&Counts) -> Cell) -> Vec<Cell> {
        (0..self.course.periods.len()).map(|at| Self::cell(series, at, &of)).collect()
    }

    fn panels(&self) -> Vec<Panel> {
        let mut panels = Vec::new();
        for series in self.course.series.iter().take(DRAWN) {
            if let Some(levels) = self.levels_of(series) {
                let cells = self.cells(series, |c| levels.measure.of(c).map_or_else(Cell::unknown, Cell::of));
                panels.push(levels::panel(levels, cells, &self.course.periods));
                continue;
            }
            let hostile = self.cells(series, |c| Cell::of(c.hostile.rows as f64));
            let cooperative = self.cells(series, |c| Cell::of(c.cooperative.rows as f64));
            let source = if Self::is_read(series) { String::new() } else { format!(" ({})", series.source) };
            let alone = matches!(series.key, analysis::series::Key::All);
            panels.push(Panel {
                name: if alone { format!("Happenings{source}") } else { format!("{}{source}", series.key) },
                unit: "happenings".into(),
                above: Some("hostile".into()),
                below: Some("cooperative".into()),
                classes: vec![
                    Class::new("hostile", Hue::Orange, hostile),
                    Class::new("cooperative", Hue::Blue, cooperative).below(),
                ],
                ..Panel::default()
            });
        }
        let has_dead = self.levels.first().is_some_and(|levels| levels.measure == Measure::Dead);
        let one = self.course.series.first().filter(|_| self.course.series.len() == 1 && !has_dead);
        if let Some(series) = one.filter(|s| s.bins.iter().any(|bin| bin.counts.dead.rows > 0)) {
            let dead = self.cells(series, |c| match c.dead {
                Toll { rows: 0, .. } => Cell::unknown(),
                Toll { low, high, .. } => Cell::between(low.get(), low.get(), high.get()),
            });
            let classes = vec![Class::new("dead, least", Hue::Plum, dead)];
            panels.push(Panel { name: "Dead".into(), unit: "people".into(), classes, ..Panel::default() });
        }
        panels
    }
}

/// The dead, from the least to the most; `+` where an upper end is open. Empty where nobody gives a number.
pub(crate) fn range(dead: &Toll) -> String {
    let (low, high) = (dead.low.get(), dead.high.get());
    match dead {
        Toll { rows: 0, .. } => String::new(),
        Toll { open: 1.., .. } => format!("{}+", number(low)),
        _ if (low - high).abs() < f64::EPSILON => number(low),
        _ => format!("{}–{}", number(low), number(high)),
    }
}

/// Whole where it is whole, else to a tenth.
pub(crate) fn number(value: f64) -> String {
    if value.fract().abs() < 0.05 { format!("{value:.0}") } else { format!("{value:.1}") }
}

impl Answer for OverTime {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.title)?;
        if self.course.series.is_empty() {
            writeln!(out, "\nNothing was counted.")?;
        }
        for series in self.course.series.iter().take(TABLED) {
            writeln!(out)?;
            self.one(out, series)?;
        }
        let more = self.course.series.len().saturating_sub(TABLED);
        if more > 0 {
            writeln!(out, "\n{more} more series with fewer happenings; JSON and CSV have them all.")?;
        }
        if !self.course.series.is_empty() {
            writeln!(
                out,
                "\n0 is none told although it was read or covered; – is not read, or not covered; ≥ is the least."
            )?;
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let head = vec![
            "source",
            "about",
            "period",
            "from",
            "to",
            "covered",
            "happenings",
            "by_report",
            "hostile",
            "hostile_intensity",
            "cooperative",
            "cooperative_intensity",
            "disputed",
            "dead_told_by",
            "dead_low",
            "dead_high",
            "dead_high_open",
            "dead_by",
            "reports",
            "level",
            "level_low",
            "level_high",
            "changed_since",
            "ids",
        ];
        let (mut rows, periods) = (Vec::new(), &self.course.periods);
        for series in &self.course.series {
            let levels = self.levels_of(series);
            let mut bins = series.bins.iter().peekable();
            for (at, period) in self.course.periods.iter().enumerate() {
                let covered = series.is_covered(at);
                let bin = bins.next_if(|bin| bin.period == at);
                let none = Counts::default();
                let counts = bin.map(|bin| &bin.counts).or(covered.then_some(&none));
                let count = |of: fn(&Counts) -> String| counts.map_or(String::new(), of);
                let dead =
                    |of: fn(&Toll) -> String| counts.filter(|c| c.dead.rows > 0).map_or(String::new(), |c| of(&c.dead));
                let by = |c: &Counts| {
                    let by = c.dead_by.iter().map(|d| format!("{} {}", d.claimant, range(&d.toll)));
                    by.collect::<Vec<_>>().join("; ")
                };
                let reports = self.course.coverage.reading.periods[at].reports.to_string();
                let [level, low, high, changed] = levels::cells(levels, at, periods);
                rows.push(vec![
                    series.source.to_string(),
                    series.key.to_string(),
                    period.label.clone(),
                    period.from.to_string(),
                    period.to.to_string(),
                    covered.to_string(),
                    count(|c| c.rows.to_string()),
                    count(|c| c.by_report.to_string()),
                    count(|c| c.hostile.rows.to_string()),
                    count(|c| c.hostile.intensity.to_string()),
                    count(|c| c.cooperative.rows.to_string()),
                    count(|c| c.cooperative.intensity.to_string()),
                    count(|c| c.standing.disputed.to_string()),
                    count(|c| c.dead.rows.to_string()),
                    dead(|d| d.low.get().to_string()),
                    dead(|d| d.high.get().to_string()),
                    dead(|d| d.open.to_string()),
                    counts.map_or(String::new(), by),
                    if Self::is_read(series) { reports } else { String::new() },
                    level,
                    low,
                    high,
                    changed,
                    counts
                        .map_or(String::new(), |c| c.ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
                ]);
            }
        }
        (head, rows)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let periods = &self.course.periods;
        let shown = self.course.series.len().min(DRAWN);
        let more = self.course.series.len() - shown;
        let happenings: usize = self.course.series.iter().take(DRAWN).map(|s| s.rows).sum();
        let subtitle = if more > 0 {
            format!("The {shown} with most happenings, of {}", self.course.series.len())
        } else if let Some(levels) = self.levels.first() {
            format!("{}, with the levels between change points", levels::capital(levels.measure.words()))
        } else {
            "Happenings told, hostile up, cooperative down".to_owned()
        };
        let is_read = self.course.series.iter().any(Self::is_read);
        let reports = self.course.coverage.reading.periods.iter().map(|read| u64::try_from(read.reports).ok());
        let panels = self.panels();
        let has_dead = panels.iter().any(|panel| panel.name == "Dead");
        let interval = if self.levels.is_empty() {
            has_dead.then_some("the dead: lowest to highest that anybody gives, happening by happening")
        } else {
            Some("95 %, of each level, and of the place of each change")
        };
        let span = periods.first().zip(periods.last());
        chart::Series {
            frame: Frame {
                title: self.title.clone(),
                subtitle: Some(subtitle),
                empty: Some("Nothing was counted.".into()),
                foot: Foot {
                    source: Some(grounds::source(grounds)),
                    period: span.map(|(a, b)| format!("{} to {}", a.from, b.to)),
                    n: Some(grounds::counted(happenings, "happening")),
                    interval: interval.map(str::to_owned),
                    caveats: self.caveats(),
                },
                width,
                ..Frame::default()
            },
            bins: periods.iter().map(|p| chart::Bin::new(p.from, p.to)).collect(),
            panels,
            coverage: is_read.then(|| Coverage::new("reports read", reports)),
            turns: Vec::new(),
        }
        .svg()
    }
}
