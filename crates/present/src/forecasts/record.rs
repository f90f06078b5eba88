//! How the record of a forecaster is shown: what was forecast and what came, misses first; its scores beside those of what
//! anybody could have said; and whether it was as sure as it may be.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::forecast::calibration::Calibration;
use analysis::forecast::rolling::Means;
use analysis::forecast::scored::{Baseline, Scored, ScoredForecast};
use chart::{Cell, Class, Columns, Dot, Dots, Foot, Frame, Hue, Measure, Part, Parts};
use serde::Serialize;

use super::{deaths, range};
use crate::Answer;
use crate::grounds::counted;
use crate::said::{clip, ids, paragraph};

/// Resolved forecasts that a table shows one by one.
const TABLED: usize = 30;
/// Baselines beside which calibration is drawn.
const BESIDE: usize = 1;

/// What forecasts that were given out have come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastRecord {
    /// Whose record, in a phrase: "Forecasts of deaths by month since October 2025".
    pub title: String,
    /// The record.
    #[serde(flatten)]
    pub scored: Scored,
}

impl ForecastRecord {
    /// How the answer is reached.
    pub fn method() -> String {
        "Each forecast as it was given out, against the counts of today. CRPS (deaths, and of ln(1 + deaths)), ignorance in \
         bits and the interval score of the central 90 % are losses: lower is better. Baselines forecast the same months \
         from the counts of today; intervals are 95 %, from units, each with all its months: drawn anew where there are ten or \
         more, else by Student's distribution; with fewer than four, from years."
            .to_owned()
    }

    /// What the answer cannot say.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = vec![
            "Counts are revised: a forecast may be resolved otherwise a year on, and baselines know the revision."
                .to_owned(),
        ];
        let afterwards = self.scored.resolved.iter().filter(|one| one.is_afterwards).count();
        if afterwards > 0 {
            caveats.push(format!(
                "{} given out when the month was over: made from what was known before it, but foretelling nothing.",
                are(afterwards, "forecast")
            ));
        }
        if !self.scored.open.is_empty() {
            caveats.push(format!("{} not resolved yet, and not scored.", are(self.scored.open.len(), "forecast")));
        }
        if self.scored.models.len() > 1 {
            caveats.push("More than one forecaster is scored together.".to_owned());
        }
        for baseline in self.scored.baselines.iter().filter(|b| b.lacking > 0) {
            caveats.push(format!("{} has nothing beside {}.", baseline.name, counted(baseline.lacking, "forecast")));
        }
        caveats
    }

    fn inside_90(&self) -> Option<f64> {
        let n = self.scored.resolved.len();
        (n > 0).then(|| (n - self.scored.misses) as f64 / n as f64)
    }
}

fn are(count: usize, noun: &str) -> String {
    format!("{} {}", counted(count, noun), if count == 1 { "is" } else { "are" })
}

impl Answer for ForecastRecord {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let scored = &self.scored;
        writeln!(out, "{}", self.title)?;
        let (resolved, open) = (scored.resolved.len(), scored.open.len());
        writeln!(out, "{}, {open} open", counted(resolved, "resolved forecast"))?;
        if resolved > 0 {
            scores(out, scored)?;
            let inside = self.inside_90().map_or_else(String::new, |share| format!("{:.0} %", share * 100.0));
            writeln!(out, "\n━━ Inside the central 90 %: {inside} of all; {}", misses(scored.misses))?;
            let (shown, rest) = scored.resolved.split_at(resolved.min(TABLED));
            shown.iter().try_for_each(|one| forecast(out, one))?;
            if !rest.is_empty() {
                let missed = rest.iter().filter(|one| one.is_miss).count();
                writeln!(out, "   and {} more, {missed} of them missed; JSON and CSV have them all", rest.len())?;
            }
        }
        if let Some(found) = &scored.calibration {
            calibration(out, found)?;
        }
        if open > 0 {
            writeln!(out, "\n━━ Open")?;
        }
        for one in scored.open.iter().take(TABLED) {
            let (median, within) = (deaths(one.median_deaths), range(one.within_90_deaths));
            writeln!(out, "   {:<28} {}  median {median}, 90 % {within}", clip(&one.unit, 28), one.month)?;
        }
        if open > TABLED { writeln!(out, "   and {} more", open - TABLED) } else { Ok(()) }
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let head = vec![
            "issued",
            "model",
            "unit",
            "as_of",
            "month",
            "resolved",
            "deaths",
            "median_deaths",
            "low_50_deaths",
            "high_50_deaths",
            "low_90_deaths",
            "high_90_deaths",
            "miss",
            "crps",
            "crps_log",
            "ignorance_bits",
            "interval_score",
            "caveat",
            "evidence",
        ];
        let resolved = self.scored.resolved.iter().map(|one| {
            vec![
                one.issued.clone(),
                one.model.clone(),
                one.unit.clone(),
                one.as_of.to_string(),
                one.outcome.month.to_string(),
                "true".to_owned(),
                one.outcome.deaths.map(|d| d.to_string()).unwrap_or_default(),
                one.median_deaths.to_string(),
                one.within_50_deaths.low.to_string(),
                one.within_50_deaths.high.to_string(),
                one.within_90_deaths.low.to_string(),
                one.within_90_deaths.high.to_string(),
                one.is_miss.to_string(),
                one.crps.to_string(),
                one.crps_log.to_string(),
                one.ignorance_bits.to_string(),
                one.interval_score.to_string(),
                one.caveat.clone().unwrap_or_default(),
                ids(&one.outcome.evidence),
            ]
        });
        let open = self.scored.open.iter().map(|one| {
            let mut row = vec![
                one.issued.clone(),
                one.model.clone(),
                one.unit.clone(),
                one.as_of.to_string(),
                one.month.to_string(),
            ];
            row.extend([
                "false".to_owned(),
                String::new(),
                one.median_deaths.to_string(),
                String::new(),
                String::new(),
            ]);
            row.extend([one.within_90_deaths.low.to_string(), one.within_90_deaths.high.to_string()]);
            row.resize(head.len(), String::new());
            row
        });
        (head.clone(), resolved.chain(open).collect())
    }

    fn figure(&self, of: &Grounds, width: u32) -> String {
        let scored = &self.scored;
        let months = scored.resolved.iter().map(|one| one.outcome.month);
        let period = months.clone().min().zip(months.max()).map(|(a, b)| format!("{a} to {b}"));
        let sources: Vec<String> = scored.data.keys().cloned().chain([crate::grounds::source(of)]).collect();
        let beside: Vec<&Baseline> = scored.baselines.iter().filter(|b| b.calibration.is_some()).take(BESIDE).collect();
        let frame = Frame {
            title: self.title.clone(),
            subtitle: Some(format!(
                "{}; {} outside the central 90 %",
                counted(scored.resolved.len(), "resolved forecast"),
                scored.misses
            )),
            empty: Some("No forecast is resolved yet in which anybody was expected to die, or did.".into()),
            foot: Foot {
                source: Some(sources.join("; ")),
                period,
                n: Some(format!("{} scored, {} open", scored.resolved.len(), scored.open.len())),
                interval: Some("95 % of each difference".into()),
                caveats: self.caveats(),
            },
            width,
            ..Frame::default()
        };
        let mut parts = Vec::new();
        if let Some(found) = &scored.calibration {
            parts.push(Part::Columns(fell(found, &beside)));
            parts.push(Part::Dots(covered(found, &beside)));
        }
        Parts { frame, parts }.svg()
    }
}

fn misses(count: usize) -> String {
    if count == 1 { "1 miss".to_owned() } else { format!("{count} misses, first the worst") }
}

/// Mean scores, ours first.
fn scores(out: &mut dyn Write, scored: &Scored) -> io::Result<()> {
    writeln!(out, "\n━━ Mean scores, lower is better")?;
    writeln!(
        out,
        "   {:<22} {:>6} {:>9} {:>9} {:>9} {:>9}  CRPS, ours less theirs",
        "", "n", "CRPS", "log CRPS", "IGN", "MIS"
    )?;
    let line = |name: &str, means: &Means, said: &str| {
        let Means { cells, crps, crps_log, ignorance, interval_score } = means;
        let name = clip(name, 22);
        format!("   {name:<22} {cells:>6} {crps:>9.2} {crps_log:>9.4} {ignorance:>9.3} {interval_score:>9.1}  {said}")
    };
    if let Some(means) = &scored.means {
        let names: Vec<&str> = scored.models.keys().map(String::as_str).collect();
        writeln!(out, "{}", line(&names.join(", "), means, "").trim_end())?;
    }
    for baseline in &scored.baselines {
        let Some((means, against)) = baseline.means.as_ref().zip(baseline.against.as_ref()) else { continue };
        let by = &against.crps;
        let said = format!("{:+.2} ({})", by.difference, by.interval());
        writeln!(out, "{}", line(&baseline.name, means, &said))?;
    }
    for baseline in &scored.baselines {
        if let Some(against) = &baseline.against {
            paragraph(out, "", &format!("{}.", against.words()))?;
        }
    }
    Ok(())
}

fn forecast(out: &mut dyn Write, one: &ScoredForecast) -> io::Result<()> {
    let came = one.outcome.deaths.map_or_else(String::new, deaths);
    let (median, within) = (deaths(one.median_deaths), range(one.within_90_deaths));
    let mark = if one.is_miss { "miss" } else { "" };
    let line = format!(
        "{mark:<4} {:<24} {}  came {came:>6}; as of {}: median {median}, 90 % {within}; CRPS {:.1}",
        clip(&one.unit, 24),
        one.outcome.month,
        one.as_of,
        one.crps
    );
    writeln!(out, "   {line}")?;
    match one.outcome.evidence.split_first().filter(|_| one.is_miss) {
        Some((first, [])) => writeln!(out, "        {first}"),
        Some((first, rest)) => writeln!(out, "        {first} +{}", rest.len()),
        None => Ok(()),
    }
}

fn calibration(out: &mut dyn Write, found: &Calibration) -> io::Result<()> {
    let left = if found.left_out > 0 {
        format!("; {} in which nobody was expected to die and nobody did are left out", found.left_out)
    } else {
        String::new()
    };
    writeln!(out, "\n━━ As sure as it may be? {}{left}", counted(found.cells, "forecast"))?;
    let shares: Vec<String> = found.histogram.iter().map(|share| format!("{:.0}", share * 100.0)).collect();
    paragraph(out, "tenths", &format!("{} % of outcomes; 10 in each would be even", shares.join(" ")))?;
    for c in &found.coverage {
        let line = format!(
            "{:.0} % interval held {:.0} %, {} deaths wide on average",
            c.claimed * 100.0,
            c.found * 100.0,
            deaths(c.width_deaths)
        );
        paragraph(out, "", &line)?;
    }
    Ok(())
}

/// Where outcomes fell, tenth by tenth.
fn fell(found: &Calibration, beside: &[&Baseline]) -> Columns {
    let cells = |c: &Calibration| c.histogram.iter().map(|share| Cell::of(*share)).collect::<Vec<_>>();
    let mut classes = vec![Class::new("as given out", Hue::Blue, cells(found))];
    for baseline in beside {
        let theirs = baseline.calibration.as_ref().map(cells).unwrap_or_default();
        classes.push(Class::new(&baseline.name, Hue::Slate, theirs).held(chart::Held::Planned));
    }
    let bars = found.histogram.len();
    Columns {
        frame: Frame {
            subtitle: Some(format!("Even is as sure as it may be; heaped at the ends is too sure. n: {}", found.cells)),
            ..Frame::new("Where outcomes fell in what was told")
        },
        across: "tenth of the forecast, from the lowest".to_owned(),
        up: "share of outcomes".to_owned(),
        measure: Measure::Share,
        labels: (1..=bars).map(|bar| bar.to_string()).collect(),
        classes,
        level: Some((1.0 / bars as f64, "even".to_owned())),
    }
}

/// How often outcomes fell inside intervals.
fn covered(found: &Calibration, beside: &[&Baseline]) -> Dots {
    let mut names = vec!["claimed".to_owned()];
    names.extend(beside.iter().map(|baseline| format!("{} held", baseline.name)));
    let dots = found.coverage.iter().enumerate().map(|(i, coverage)| {
        let theirs = |b: &&Baseline| b.calibration.as_ref().and_then(|c| c.coverage.get(i)).map(|c| c.found);
        let mut others = vec![Some(coverage.claimed)];
        others.extend(beside.iter().map(theirs));
        Dot {
            name: format!("the {:.0} % interval", coverage.claimed * 100.0),
            cell: Cell::of(coverage.found),
            beside: others,
            said: Some(format!("held {:.0} %, {} deaths wide", coverage.found * 100.0, deaths(coverage.width_deaths))),
            ..Dot::default()
        }
    });
    Dots {
        frame: Frame {
            subtitle: Some("Counts cannot be split, so that narrow intervals hold more than they claim".to_owned()),
            ..Frame::new("How often outcomes fell inside")
        },
        unit: "share of outcomes inside".to_owned(),
        measure: Measure::Share,
        sure: "held".to_owned(),
        beside: names,
        dots: dots.collect(),
        ..Dots::default()
    }
}
