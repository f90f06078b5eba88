//! Lines and curves as SVG writes them.

use std::fmt::Write;

use crate::svg::Px;

/// The `d` of a path.
#[derive(Debug, Default)]
pub(crate) struct Path(String);

impl Path {
    fn put(&mut self, letter: char, numbers: &[f64]) -> &mut Self {
        self.0.push(letter);
        for (i, number) in numbers.iter().enumerate() {
            let space = if i > 0 { " " } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(self.0, "{space}{}", Px(*number));
        }
        self
    }

    pub fn move_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.put('M', &[x, y])
    }

    pub fn line_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.put('L', &[x, y])
    }

    pub fn across_to(&mut self, x: f64) -> &mut Self {
        self.put('H', &[x])
    }

    pub fn down_to(&mut self, y: f64) -> &mut Self {
        self.put('V', &[y])
    }

    pub fn bend_to(&mut self, bend: (f64, f64), to: (f64, f64)) -> &mut Self {
        self.put('Q', &[bend.0, bend.1, to.0, to.1])
    }

    pub fn curve_to(&mut self, a: (f64, f64), b: (f64, f64), to: (f64, f64)) -> &mut Self {
        self.put('C', &[a.0, a.1, b.0, b.1, to.0, to.1])
    }

    pub fn close(&mut self) -> &mut Self {
        self.put('Z', &[])
    }

    /// A closed rectangle between two corners.
    pub fn rect(&mut self, (x, y): (f64, f64), (right, bottom): (f64, f64)) -> &mut Self {
        self.move_to(x, y).across_to(right).down_to(bottom).across_to(x).close()
    }

    /// What stands in the attribute.
    pub fn drawn(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
