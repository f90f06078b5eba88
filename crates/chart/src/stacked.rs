//! Figures one beneath the other as one, for an answer that needs two kinds of marks.
//!
//! In: figures as this crate's `svg` methods give them. Out: SVG. It changes nothing in them; each keeps its own title and
//! ids, which differ since they are made from its bytes.

use std::fmt::Write;

use crate::svg::Px;

/// One figure of several, the first at the top. Texts that are no figures of this crate are left out.
pub fn stacked(figures: &[String]) -> String {
    let sized: Vec<(&str, f64, f64)> = figures
        .iter()
        .filter_map(|figure| {
            Some((figure.strip_prefix("<svg ")?, number(figure, " width=\"")?, number(figure, " height=\"")?))
        })
        .collect();
    let width = sized.iter().map(|figure| figure.1).fold(0.0, f64::max);
    let height: f64 = sized.iter().map(|figure| figure.2).sum();
    let (w, h) = (Px(width), Px(height));
    let mut out =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n");
    let mut y = 0.0;
    for (rest, _, high) in sized {
        // Writing to a text cannot fail.
        let _ = write!(out, "<svg y=\"{}\" {rest}", Px(y));
        y += high;
    }
    out.push_str("</svg>\n");
    out
}

/// The number of the figure's first attribute of a name.
fn number(figure: &str, name: &str) -> Option<f64> {
    let (_, rest) = figure.split_once(name)?;
    rest.split_once('"')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::{Bar, Bars, Cell, Frame};

    #[test]
    fn two_figures_are_one_that_can_be_drawn() {
        let bars = |title: &str| Bars {
            frame: Frame::new(title),
            bars: vec![Bar { name: "a".into(), cell: Cell::of(3.0), ..Bar::default() }],
            ..Bars::default()
        };
        let (one, other) = (bars("One").svg(), bars("Other").svg());
        let both = super::stacked(&[one.clone(), "no figure".to_owned(), other]);
        assert!(both.contains("<svg y=\"0\" ") && both.contains("Other") && !both.contains("no figure"));
        let picture = crate::png(&both, 1.0).expect("it can be drawn");
        assert!(picture.len() > crate::png(&one, 1.0).expect("it can be drawn").len());
    }
}
