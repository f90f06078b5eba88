//! How long ceasefires held: the share that still holds after a time, the ways in which they ended, and a fitted curve.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::ceasefires::outcome::End;
use analysis::ceasefires::survival::{
    Competing, Estimate, KaplanMeier, Row, SurvivalError, Weibull, competing, kaplan_meier, weibull,
};
use analysis::ceasefires::{Ceasefire, CeasefireId};
use chart::{Behind, Curve, Curves, Frame, Hue, Step};
use serde::Serialize;

use crate::Answer;
use crate::grounds::counted;
use crate::said::{self, paragraph};

/// Points of the fitted curve.
const POINTS: u32 = 60;

/// Durations of ceasefires, and what they come to.
#[derive(Clone, Debug, Serialize)]
pub struct Survival {
    /// Each ceasefire with its duration, days.
    pub durations: Vec<(CeasefireId, Row<End>)>,
    /// Those of which no beginning is told.
    pub left_out: Vec<CeasefireId>,
    /// The share that still holds.
    pub curve: Option<KaplanMeier>,
    /// The ways in which they ended.
    pub ends: Option<Competing<End>>,
    /// A fitted curve.
    pub weibull: Option<Weibull>,
    /// Why there is no estimate, or no fitted curve.
    pub why_not: Option<String>,
}

impl Survival {
    /// How the answer is reached.
    pub fn method() -> String {
        "Kaplan and Meier's estimate of the share that still holds, with Greenwood's variance and log-log intervals; Aalen and \
         Johansen's of the ways in which they ended; a Weibull curve by maximum likelihood. Time runs from the beginning as \
         told."
            .to_owned()
    }

    /// What the answer cannot say.
    pub fn caveats() -> Vec<String> {
        vec![
            "What had not ended by the last day was last seen there, and may have ended since.".to_owned(),
            "A truce that nobody was reported to break may have been broken.".to_owned(),
        ]
    }

    /// How long these ceasefires held.
    pub fn of(ceasefires: &[Ceasefire]) -> Self {
        let dated = ceasefires.iter().filter_map(|c| Some((c.id.clone(), c.duration()?)));
        let durations: Vec<(CeasefireId, Row<End>)> = dated.collect();
        let left_out = ceasefires.iter().filter(|c| c.duration().is_none()).map(|c| c.id.clone()).collect();
        let rows: Vec<Row<End>> = durations.iter().map(|(_, row)| *row).collect();
        let found = kaplan_meier(&rows).and_then(|curve| Ok((curve, competing(&rows)?)));
        let fitted = weibull(&rows);
        let first_error = found.as_ref().err().or(fitted.as_ref().err());
        let why_not = first_error.map(SurvivalError::to_string);
        let (curve, ends) = found.map_or((None, None), |(curve, ends)| (Some(curve), Some(ends)));
        Self { durations, left_out, curve, ends, weibull: fitted.ok(), why_not }
    }

    fn drawn(&self, curve: &KaplanMeier) -> Curve {
        let ended_at = |time: f64| {
            let then = self.durations.iter().filter(move |(_, r)| r.end.is_some() && (r.time - time).abs() < 1e-9);
            Behind::ids(then.map(|(id, _)| id.as_str()))
        };
        let mut steps = vec![Step::new(0.0, 1.0)];
        steps.extend(curve.steps.iter().filter(|s| s.ended > 0).map(|s| Step {
            bounds: s.interval,
            behind: ended_at(s.time),
            ..Step::new(s.time, s.survival)
        }));
        let last = curve.steps.last().map_or(0.0, |s| s.time);
        let fitted = self.weibull.as_ref().and_then(|w| {
            let (shape, scale) = (w.shape.value?, w.scale.value?);
            let at = |i: u32| last * f64::from(i) / f64::from(POINTS);
            let points = (0..=POINTS).map(|i| (at(i), (-(at(i) / scale).powf(shape)).exp()));
            // Four digits: no processor's last bit moves the line.
            let points = points.map(|(t, s)| (t, (s * 1e4).round() / 1e4)).collect();
            Some((format!("Weibull, shape {shape:.2}"), points))
        });
        Curve {
            name: "ceasefires".to_owned(),
            hue: Hue::Teal,
            steps,
            until: Some(last),
            censored: curve.steps.iter().filter(|s| s.censored > 0).map(|s| s.time).collect(),
            at_risk: curve.steps.iter().map(|s| (s.time, s.at_risk as u64)).collect(),
            fitted,
            ..Curve::default()
        }
    }
}

impl Answer for Survival {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let (Some(curve), Some(ends)) = (&self.curve, &self.ends) else {
            return writeln!(out, "No ceasefire of which a beginning is told.");
        };
        writeln!(out, "{}, {} ended; days from the beginning\n", counted(curve.rows, "ceasefire"), curve.ended)?;
        writeln!(out, "   {:>8} {:>8} {:>6} {:>9}  share that still holds", "days", "observed", "ended", "last seen")?;
        for s in &curve.steps {
            let interval = s.interval.map_or(String::new(), |(low, high)| format!(" ({low:.2} to {high:.2})"));
            let (seen, ended, last) = (s.at_risk, s.ended, s.censored);
            writeln!(out, "   {:>8.1} {seen:>8} {ended:>6} {last:>9}  {:.2}{interval}", s.time, s.survival)?;
        }
        writeln!(out)?;
        paragraph(out, "median", &median(&curve.median))?;
        for kind in &ends.kinds {
            let last = kind.steps.last().map_or(0.0, |s| s.share);
            let share = format!("{}: {}, a share of {last:.2} by the last end", kind.kind.words(), kind.ended);
            paragraph(out, "ended", &share)?;
        }
        if let Some(fitted) = &self.weibull {
            let text = format!(
                "shape {}, scale {} days; log-likelihood {:.2} (exponential {:.2}). A shape below 1 says that the risk falls",
                interval(&fitted.shape),
                interval(&fitted.scale),
                fitted.log_likelihood,
                fitted.exponential_log_likelihood
            );
            paragraph(out, "weibull", &text)?;
        }
        if let Some(why) = &self.why_not {
            paragraph(out, "not told", why)?;
        }
        writeln!(out)?;
        for (id, row) in &self.durations {
            writeln!(out, "   {id}  {:>8.1} days, {}", row.time, row.end.map_or("not ended", End::words))?;
        }
        self.left_out.iter().try_for_each(|id| writeln!(out, "   {id}  left out: no beginning told"))
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let row = |(id, row): &(CeasefireId, Row<End>)| {
            let entry = row.entry.map(|e| e.to_string()).unwrap_or_default();
            vec![id.to_string(), entry, row.time.to_string(), row.end.map_or(String::new(), |e| e.words().to_owned())]
        };
        (vec!["ceasefire", "entry_days", "days", "end"], self.durations.iter().map(row).collect())
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let mut foot = said::foot(grounds, counted(self.durations.len(), "ceasefire"));
        foot.interval = Some("95 % interval (Greenwood, log-log)".to_owned());
        Curves {
            frame: Frame {
                subtitle: Some("Share of ceasefires that still hold, by days from their beginning".to_owned()),
                empty: Some("No ceasefire of which a beginning is told.".to_owned()),
                foot,
                width,
                ..Frame::new("How long ceasefires held")
            },
            across: "days since it began".to_owned(),
            up: "share still holding".to_owned(),
            band: Some("95 % interval".to_owned()),
            observed: Some("still observed".to_owned()),
            curves: self.curve.iter().map(|c| self.drawn(c)).collect(),
        }
        .svg()
    }
}

fn interval(estimate: &Estimate) -> String {
    let end = |value: Option<f64>| value.map_or("…".to_owned(), |v| format!("{v:.2}"));
    format!("{} ({} to {})", end(estimate.value), end(estimate.low), end(estimate.high))
}

fn median(estimate: &Estimate) -> String {
    match estimate.value {
        None => "more than half still held when last seen".to_owned(),
        Some(_) => format!("half had ended after {} days", interval(estimate)),
    }
}
