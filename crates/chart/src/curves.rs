//! Curves between 0 and 1: how many still hold (Kaplan-Meier), how many have ended so (cumulative incidence), with their
//! bands, how many were still observed, and a fitted curve over them.
//!
//! In: steps that were estimated elsewhere. Out: SVG. It estimates nothing, and draws no curve beyond its last observation.

use crate::axes;
use crate::font::{self, Weight};
use crate::frame::{Behind, Frame};
use crate::legend::{self, Key, Swatch};
use crate::number;
use crate::page::Page;
use crate::path::Path;
use crate::scale::{self, Kind, Linear, Tick};
use crate::style::{BAND, HAIR, Hue, LEADING, NARROW, SMALL};
use crate::svg::{Anchor, Type};

/// Step curves with bands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// What stands around it.
    pub frame: Frame,
    /// What goes across: "days since it took effect".
    pub across: String,
    /// What goes up: "share still holding".
    pub up: String,
    /// What low and high of a step are, for the legend: "95 % interval".
    pub band: Option<String>,
    /// What the number under the axis is: "still observed".
    pub observed: Option<String>,
    /// The curves.
    pub curves: Vec<Curve>,
}

/// A curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Its name.
    pub name: String,
    /// Its colour; the curves also differ by how their lines are broken.
    pub hue: Hue,
    /// Its steps; put in order where they are not.
    pub steps: Vec<Step>,
    /// Until when it was observed; the last step where `None`.
    pub until: Option<f64>,
    /// Where something was last seen without its end being seen.
    pub censored: Vec<f64>,
    /// For each time at which something ended or went out of sight, how many were observed until just before it. The
    /// number under a tick is that of the first such time from there on, and 0 after the last.
    pub at_risk: Vec<(f64, u64)>,
    /// A fitted curve, with its name: "Weibull". Points in order; joined by straight lines.
    pub fitted: Option<(String, Vec<(f64, f64)>)>,
    /// What stands behind it.
    pub behind: Behind,
}

/// From a time on, a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// From when.
    pub at: f64,
    /// The value, between 0 and 1.
    pub value: f64,
    /// The band about it.
    pub bounds: Option<(f64, f64)>,
    /// More words for the tooltip.
    pub note: Option<String>,
    /// What stands behind it: what ended there.
    pub behind: Behind,
}

impl Step {
    /// A step without a band.
    pub fn new(at: f64, value: f64) -> Self {
        Self { at, value, ..Self::default() }
    }

    /// A step with its band.
    pub fn between(at: f64, value: f64, low: f64, high: f64) -> Self {
        Self { bounds: Some((low, high)), ..Self::new(at, value) }
    }

    fn sound(&self) -> bool {
        self.at.is_finite() && self.value.is_finite()
    }
}

impl Curve {
    /// Its steps in order; what is not finite is left out.
    fn steps(&self) -> Vec<&Step> {
        let mut steps: Vec<&Step> = self.steps.iter().filter(|s| s.sound()).collect();
        steps.sort_by(|a, b| a.at.total_cmp(&b.at));
        steps
    }

    fn last(&self) -> f64 {
        let seen = self.steps.iter().map(|s| s.at).chain(self.until).chain(self.censored.iter().copied());
        seen.chain(self.at_risk.iter().map(|r| r.0)).filter(|t| t.is_finite()).fold(0.0, f64::max)
    }

    /// How many were observed at a time.
    fn observed(&self, at: f64) -> u64 {
        let next = self.at_risk.iter().filter(|(time, _)| *time >= at).min_by(|a, b| a.0.total_cmp(&b.0));
        next.map_or(0, |(_, count)| *count)
    }
}

/// How the lines of the first, second … curve are broken, so that they are told apart in grey.
const BROKEN: [Option<&str>; 5] = [None, Some("7 3"), Some("2 2.5"), Some("9 3 2 3"), Some("4 2")];

impl Curves {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        if self.curves.iter().all(|c| c.steps().is_empty()) {
            page.nothing();
            return page.close("No data.");
        }
        legend::draw(&mut page, &self.keys());
        let last = self.curves.iter().map(Curve::last).fold(0.0, f64::max);
        let height = if page.narrow() { 200.0 } else { 280.0 };
        let up_ticks = scale::axis(0.0, 1.0, 6, Kind::Share).ticks;
        let tick = Type::new(SMALL, page.look.muted);
        let gutter = tick.room("100 %") + 8.0;
        let across =
            Linear { domain: (0.0, last.max(f64::MIN_POSITIVE)), range: (page.left + gutter, page.right - 4.0) };
        let most = if page.narrow() { 6 } else { 10 };
        let last = last.max(f64::MIN_POSITIVE);
        // The axis ends where the last was seen.
        let mut ticks = scale::axis(0.0, last, most, Kind::Any).ticks;
        ticks.retain(|t| t.value <= last);
        page.y += SMALL;
        page.sheet.fitted(page.left, page.y, &self.up, &tick, page.room());
        page.y += 13.0;
        let up = Linear { domain: (0.0, 1.0), range: (page.y + height, page.y) };
        for t in &up_ticks {
            let y = up.at(t.value);
            page.sheet.line((across.range.0, y), (across.range.1, y), page.look.grid, HAIR);
            page.sheet.text(across.range.0 - 6.0, y + 4.0, &t.label, &tick.anchor(Anchor::End));
        }
        for curve in &self.curves {
            band(&mut page, curve, &across, &up);
        }
        for (i, curve) in self.curves.iter().enumerate() {
            line(&mut page, curve, BROKEN[i % BROKEN.len()], &across, &up);
        }
        self.direct_labels(&mut page, &across, &up);
        page.y += height;
        axes::numbers(&mut page, &ticks, &across, &self.across);
        self.at_risk(&mut page, &ticks, &across);
        page.close(&self.summary())
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for (i, curve) in self.curves.iter().enumerate() {
            keys.push(Key::new(Swatch::Line(curve.hue, BROKEN[i % BROKEN.len()]), &curve.name));
        }
        if self.curves.iter().any(|c| c.steps.iter().any(|s| s.bounds.is_some())) {
            let hue = self.curves.first().map_or(Hue::Blue, |c| c.hue);
            keys.push(Key::new(Swatch::Band(hue), self.band.as_deref().unwrap_or("interval")));
        }
        if self.curves.iter().any(|c| !c.censored.is_empty()) {
            keys.push(Key::new(
                Swatch::Stroke(self.curves.first().map_or(Hue::Blue, |c| c.hue)),
                "last seen, end not seen",
            ));
        }
        for (name, _) in self.curves.iter().filter_map(|c| c.fitted.as_ref()) {
            let key = Key::new(Swatch::InkLine, name);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// Names at the ends of the curves, on a wide figure and where they do not touch.
    fn direct_labels(&self, page: &mut Page, across: &Linear, up: &Linear) {
        if self.curves.len() < 2 || page.room() < NARROW {
            return;
        }
        let set = Type::new(SMALL, page.look.ink).semibold().anchor(Anchor::End).halo(page.look.paper);
        let mut taken: Vec<f64> = Vec::new();
        for curve in &self.curves {
            let Some(end) = curve.steps().last().map(|s| up.at(s.value) - 6.0) else { continue };
            if taken.iter().all(|y| (y - end).abs() >= SMALL * LEADING) {
                let x = across.at(curve.until.unwrap_or(curve.last())) - 2.0;
                page.sheet.fitted(x, end, &curve.name, &set, (x - across.range.0).min(page.room() * 0.3));
                taken.push(end);
            }
        }
    }

    /// The numbers that were still observed, under their ticks.
    fn at_risk(&self, page: &mut Page, ticks: &[Tick], across: &Linear) {
        let curves: Vec<&Curve> = self.curves.iter().filter(|c| !c.at_risk.is_empty()).collect();
        if curves.is_empty() {
            return;
        }
        let look = page.look;
        let (ink, muted) = (Type::new(SMALL, look.ink), Type::new(SMALL, look.muted));
        page.y += SMALL + 4.0;
        page.sheet.fitted(page.left, page.y, self.observed.as_deref().unwrap_or("still observed"), &muted, page.room());
        for curve in curves {
            page.y += SMALL * LEADING + 5.0;
            if !curve.name.is_empty() {
                page.sheet.rect(page.left, page.y - 9.0, 3.0, 11.0, look.hue(curve.hue));
                for name in font::wrap(&curve.name, SMALL, Weight::Regular, page.room() - 9.0, 1) {
                    page.sheet.text(page.left + 9.0, page.y, &name, &ink);
                }
                page.y += SMALL * LEADING;
            }
            for tick in ticks {
                let count = number::fixed(curve.observed(tick.value) as f64, 0);
                let half = ink.room(&count) / 2.0;
                let x = across.at(tick.value).min(page.labels().1 - half);
                page.sheet.text(x, page.y, &count, &ink.anchor(Anchor::Middle));
            }
        }
        page.y += 4.0;
    }

    fn summary(&self) -> String {
        let mut words = vec![format!("{} against {}.", self.up, self.across)];
        for curve in &self.curves {
            let steps = curve.steps();
            let Some(last) = steps.last() else { continue };
            let half = steps.iter().find(|s| s.value <= 0.5).map(|s| format!("one half at {}; ", number::plain(s.at)));
            words.push(format!(
                "{}: {}{} at the end ({}).",
                curve.name,
                half.unwrap_or_default(),
                number::percent(last.value),
                number::plain(curve.until.unwrap_or(curve.last())),
            ));
        }
        words.join(" ")
    }
}

/// From where to where each step of a curve goes.
fn stretches<'a>(curve: &'a Curve, steps: &[&'a Step]) -> Vec<(&'a Step, f64)> {
    let end = curve.until.filter(|t| t.is_finite()).unwrap_or(curve.last());
    let ends = steps.iter().skip(1).map(|s| s.at).chain([end]);
    steps.iter().zip(ends).map(|(step, to)| (*step, to.max(step.at))).collect()
}

fn band(page: &mut Page, curve: &Curve, across: &Linear, up: &Linear) {
    let mut path = Path::default();
    for (step, to) in stretches(curve, &curve.steps()) {
        let Some((low, high)) = step.bounds.filter(|(a, b)| a.is_finite() && b.is_finite()) else { continue };
        path.rect((across.at(step.at), up.at(low)), (across.at(to), up.at(high)));
    }
    if !path.is_empty() {
        let band = page.sheet.tag("path").path(&path).set("fill", page.look.hue(curve.hue));
        band.set("fill-opacity", BAND).end();
    }
}

fn line(page: &mut Page, curve: &Curve, broken: Option<&str>, across: &Linear, up: &Linear) {
    let hue = page.look.hue(curve.hue);
    let steps = curve.steps();
    let stretches = stretches(curve, &steps);
    if let Some((_, points)) = &curve.fitted {
        let mut path = Path::default();
        for (x, y) in points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
            let (x, y) = (across.at(*x), up.at(*y));
            let _ = if path.is_empty() { path.move_to(x, y) } else { path.line_to(x, y) };
        }
        let fitted = page.sheet.tag("path").path(&path).set("fill", "none");
        fitted.set("stroke", page.look.ink).px("stroke-width", 1.25).end();
    }
    let mut path = Path::default();
    for (step, to) in &stretches {
        let (x, y) = (across.at(step.at), up.at(step.value));
        let _ = if path.is_empty() { path.move_to(x, y) } else { path.down_to(y) };
        path.across_to(across.at(*to));
    }
    page.sheet.mark(&curve.name, &curve.behind, |sheet| {
        let line = sheet.tag("path").path(&path).set("fill", "none").set("stroke", hue);
        line.px("stroke-width", 2.0).broken(broken).end();
    });
    let mut strokes = Path::default();
    for at in curve.censored.iter().filter(|t| t.is_finite()) {
        let value = stretches.iter().rev().find(|(s, _)| s.at <= *at).map_or(1.0, |(s, _)| s.value);
        strokes.move_to(across.at(*at), up.at(value) - 4.0).down_to(up.at(value) + 4.0);
    }
    if !strokes.is_empty() {
        page.sheet.tag("path").path(&strokes).set("stroke", hue).px("stroke-width", 1.5).end();
    }
    for (step, to) in stretches {
        let (x, end, y) = (across.at(step.at), across.at(to), up.at(step.value));
        page.sheet.mark(&title(curve, step), &step.behind, |sheet| {
            let wide = sheet.tag("rect").px("x", x).px("y", y - 5.0).px("width", end - x).px("height", 10.0);
            wide.set("fill", "none").set("pointer-events", "all").end();
        });
    }
}

fn title(curve: &Curve, step: &Step) -> String {
    let bounds = step.bounds.map(|(a, b)| format!(" ({} to {})", number::percent(a), number::percent(b)));
    let note = step.note.as_ref().map(|note| format!(". {note}"));
    let (at, value) = (number::plain(step.at), number::percent(step.value));
    format!("{} from {at}: {value}{}{}", curve.name, bounds.unwrap_or_default(), note.unwrap_or_default())
}
