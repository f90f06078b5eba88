//! Several figures under one title and over one foot: what happened, and beneath it what a model makes of it.
//!
//! Each part keeps its own legend and axes; of its frame only title and subtitle are written, as a heading.

use crate::columns::Columns;
use crate::dots::Dots;
use crate::font::{self, Weight};
use crate::frame::Frame;
use crate::page::Page;
use crate::series::Series;
use crate::style::{LEADING, SMALL};
use crate::svg::Type;

/// Figures one under the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// What stands around all of them.
    pub frame: Frame,
    /// From the top down; those with nothing to draw are left out.
    pub parts: Vec<Part>,
}

/// One of the figures.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Over time.
    Series(Series),
    /// Dots with whiskers.
    Dots(Dots),
    /// Columns.
    Columns(Columns),
}

/// Size of a part's heading: between the title and the names of panels.
const HEADING: f64 = 15.0;

impl Parts {
    /// The figure as SVG.
    pub fn svg(&self) -> String {
        let mut page = Page::open(&self.frame);
        let mut words = Vec::new();
        for part in &self.parts {
            if part.is_empty() {
                continue;
            }
            if !words.is_empty() {
                page.y += 14.0;
            }
            heading(&mut page, part.frame());
            match part {
                Part::Series(series) => {
                    series.draw(&mut page);
                    words.push(series.summary());
                }
                Part::Dots(dots) => {
                    dots.draw(&mut page);
                    words.push(dots.summary());
                }
                Part::Columns(columns) => {
                    columns.draw(&mut page);
                    words.push(columns.summary());
                }
            }
        }
        if words.is_empty() {
            page.nothing();
            words.push("No data.".to_owned());
        }
        page.close(&words.join(" "))
    }
}

impl Part {
    fn frame(&self) -> &Frame {
        match self {
            Self::Series(series) => &series.frame,
            Self::Dots(dots) => &dots.frame,
            Self::Columns(columns) => &columns.frame,
        }
    }

    fn is_empty(&self) -> bool {
        let known = |cells: &[crate::Cell]| cells.iter().any(|cell| cell.known().is_some());
        !match self {
            Self::Series(series) => series.is_known(),
            Self::Dots(dots) => dots.dots.iter().any(|dot| dot.cell.known().is_some()),
            Self::Columns(columns) => !columns.labels.is_empty() && columns.classes.iter().any(|c| known(&c.cells)),
        }
    }
}

fn heading(page: &mut Page, frame: &Frame) {
    if frame.title.trim().is_empty() {
        return;
    }
    let set = Type::new(HEADING, page.look.ink).semibold();
    for line in font::wrap(&frame.title, HEADING, Weight::Semibold, page.room(), 3) {
        page.y += HEADING * 1.25;
        page.sheet.text(page.left, page.y - 3.0, &line, &set);
    }
    if let Some(subtitle) = &frame.subtitle {
        page.paragraph(subtitle, &Type::new(SMALL, page.look.muted), LEADING);
    }
    page.y += 6.0;
}
