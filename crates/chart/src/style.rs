//! How figures look: colours, sizes of type, distances. Every number that is a matter of taste is here, with its reason.
//!
//! One calm language: paper, two greys of text, thin rules, five hues. The hues were chosen by hand around blue and orange
//! (the pair that every kind of colour-blindness keeps apart) so that a test of this module holds: 3:1 against the paper
//! (WCAG 2.2, 1.4.11), at least 4 steps of lightness (CIE L*) from one another in grey, and apart under simulated
//! protanopia, deuteranopia and tritanopia (matrices of Machado, Oliveira and Fernandes 2009).

/// Light or dark paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For paper and most pages.
    #[default]
    Light,
    /// For dark pages.
    Dark,
}

/// A colour by its part in the figure; `Blue` and `Orange` are for opposites, `Slate` for what stays in the background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hue {
    /// The first choice; cooperation, a plus.
    #[default]
    Blue,
    /// What stands against it; hostility, a minus.
    Orange,
    /// A third class; what holds.
    Teal,
    /// A fourth class; the darkest in grey.
    Plum,
    /// Background, the usual, what is announced.
    Slate,
}

impl Hue {
    /// All of them, in the order in which to use them for classes that have no meaning of their own.
    pub const ALL: [Self; 5] = [Self::Blue, Self::Orange, Self::Teal, Self::Plum, Self::Slate];
}

/// The colours of a theme.
#[derive(Debug)]
pub(crate) struct Palette {
    /// Behind everything.
    pub paper: &'static str,
    /// Titles, values, lines that carry data without a hue.
    pub ink: &'static str,
    /// Text that is read second: axes, foot, units. 4.5:1 and more.
    pub muted: &'static str,
    /// Axis lines, baselines, borders.
    pub rule: &'static str,
    /// Grid lines, behind marks: seen when looked for.
    pub grid: &'static str,
    /// Grey of the hatch that says "not known". Lighter than any hue, so that no one reads it as a value.
    pub hatch: &'static str,
    /// The five hues, in the order of `Hue::ALL`.
    hues: [&'static str; 5],
    /// What text on each of them is written in, 4.5:1 and more.
    on: [&'static str; 5],
}

impl Palette {
    /// The colour of a hue.
    pub fn hue(&self, hue: Hue) -> &'static str {
        self.hues[hue as usize]
    }

    /// The colour of text on a hue.
    pub fn on(&self, hue: Hue) -> &'static str {
        self.on[hue as usize]
    }
}

/// White, so that a figure sits in a report without a box around it.
static LIGHT: Palette = Palette {
    paper: "#ffffff",
    ink: "#1f2328",
    muted: "#57606a",
    rule: "#8c959f",
    grid: "#e7eaee",
    hatch: "#b3bac2",
    hues: ["#1d5aa5", "#d8601a", "#25a38c", "#5b2163", "#68707c"],
    on: ["#ffffff", "#000000", "#000000", "#ffffff", "#ffffff"],
};

/// Not black: thin light lines on black shimmer. Hues are lighter, not merely the same.
static DARK: Palette = Palette {
    paper: "#15191e",
    ink: "#e8eaed",
    muted: "#a3adb8",
    rule: "#727c87",
    grid: "#2a3037",
    hatch: "#505963",
    hues: ["#6aa9ee", "#f5a05a", "#86e3cd", "#b25fb6", "#87909c"],
    on: ["#000000", "#000000", "#000000", "#000000", "#000000"],
};

impl Theme {
    pub(crate) fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

/// Below this width in pixels a figure is laid out for a telephone: names above their lanes, smaller title.
pub(crate) const NARROW: f64 = 560.0;
/// Empty border around a figure.
pub(crate) const MARGIN: f64 = 20.0;
/// The same on a telephone.
pub(crate) const MARGIN_NARROW: f64 = 14.0;
/// The title; semibold, the one thing that is large.
pub(crate) const TITLE: f64 = 20.0;
/// The title on a telephone.
pub(crate) const TITLE_NARROW: f64 = 17.0;
/// The subtitle.
pub(crate) const SUBTITLE: f64 = 14.0;
/// Names of panels, lanes and nodes.
pub(crate) const NAME: f64 = 13.0;
/// Ticks, legend, labels of marks, foot. Smaller is not read on paper.
pub(crate) const SMALL: f64 = 12.0;
/// From one line of text to the next, in sizes of the type.
pub(crate) const LEADING: f64 = 1.32;
/// Thickness of axes and rules.
pub(crate) const HAIR: f64 = 1.0;
/// How strongly a band of low to high covers what is behind it: two bands over one another are still told apart.
pub(crate) const BAND: &str = "0.18";

#[cfg(test)]
mod tests {
    use super::*;

    /// Linear red, green, blue of `#rrggbb`.
    fn linear(hex: &str) -> [f64; 3] {
        [1, 3, 5].map(|i| {
            let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).expect("hex")) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn luminance(c: [f64; 3]) -> f64 {
        0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(linear(a)), luminance(linear(b)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// CIE L*, a*, b* under daylight (D65).
    fn lab(rgb: [f64; 3]) -> [f64; 3] {
        let root = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let x = root((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
        let y = root(luminance(rgb));
        let z = root((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn seen(c: [f64; 3], by: [[f64; 3]; 3]) -> [f64; 3] {
        by.map(|row| (row[0] * c[0] + row[1] * c[1] + row[2] * c[2]).clamp(0.0, 1.0))
    }

    /// Severity 1.0 of each kind.
    const EYES: [(&str, [[f64; 3]; 3]); 4] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    #[test]
    fn text_can_be_read() {
        for look in [&LIGHT, &DARK] {
            for text in [look.ink, look.muted] {
                assert!(contrast(text, look.paper) >= 4.5, "{text} on {}", look.paper);
            }
            for hue in Hue::ALL {
                assert!(contrast(look.on(hue), look.hue(hue)) >= 4.5, "text on {}", look.hue(hue));
            }
        }
    }

    #[test]
    fn hues_are_told_apart_by_every_eye_and_in_grey() {
        for look in [&LIGHT, &DARK] {
            for (i, &a) in look.hues.iter().enumerate() {
                assert!(contrast(a, look.paper) >= 3.0, "{a} on {}", look.paper);
                for &b in &look.hues[i + 1..] {
                    assert!((lab(linear(a))[0] - lab(linear(b))[0]).abs() >= 4.0, "{a} and {b} in grey");
                    for (eyes, by) in EYES {
                        let (x, y) = (lab(seen(linear(a), by)), lab(seen(linear(b), by)));
                        let apart = (0..3).map(|k| (x[k] - y[k]) * (x[k] - y[k])).sum::<f64>().sqrt();
                        assert!(apart >= 12.0, "{a} and {b} for {eyes}: {apart}");
                    }
                }
            }
        }
    }
}
