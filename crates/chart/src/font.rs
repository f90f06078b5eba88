//! Letters: the fonts that come along, and how wide a text is in them.
//!
//! Widths are sums of advances without kerning, which makes texts a little narrower at most. Letters that the fonts lack
//! are taken as one em (East Asian scripts) or six tenths.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::svg::printable;

/// Which family a figure asks for. The first two are the same design; the others are near it in width.
pub(crate) const FAMILY: &str = "'Source Sans Pro','Source Sans 3','Noto Sans','Segoe UI',Helvetica,Arial,sans-serif";

/// A reader without our letters sees Arial or Segoe UI, up to a tenth wider: nothing may overlap for that reader either.
pub(crate) const SLACK: f64 = 1.1;

/// What a cut text ends in.
const ELLIPSIS: char = '…';

/// A font file that comes along, for a page that wants to serve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FontFile {
    /// The family's name, as figures ask for it.
    pub family: &'static str,
    /// CSS weight.
    pub weight: u16,
    /// The TrueType file.
    pub bytes: &'static [u8],
}

static REGULAR: &[u8] = include_bytes!("../fonts/SourceSansPro-Regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../fonts/SourceSansPro-Semibold.ttf");

/// The fonts that figures are drawn with (SIL Open Font License 1.1; see `fonts/README.md`).
pub fn fonts() -> [FontFile; 2] {
    [
        FontFile { family: "Source Sans Pro", weight: 400, bytes: REGULAR },
        FontFile { family: "Source Sans Pro", weight: 600, bytes: SEMIBOLD },
    ]
}

/// Which of the two fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Semibold,
}

/// A parsed font with the widths of ASCII at hand, since most labels are.
struct Letters {
    glyphs: Charmap<'static>,
    /// Of a size of one.
    widths: GlyphMetrics<'static>,
    ascii: [f64; 128],
}

impl Letters {
    fn of(bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).expect("the font that comes along is whole");
        let widths = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let mut letters = Self { glyphs: font.charmap(), widths, ascii: [0.0; 128] };
        for byte in 0..128_u8 {
            letters.ascii[usize::from(byte)] = letters.ems(char::from(byte));
        }
        letters
    }

    /// Width of a letter in sizes of the type.
    fn ems(&self, c: char) -> f64 {
        if !printable(c) {
            return 0.0;
        }
        match self.glyphs.map(c).and_then(|glyph| self.widths.advance_width(glyph)) {
            Some(advance) => f64::from(advance),
            // Hangul, kana, ideographs and what comes after them are square.
            None if c >= '\u{1100}' => 1.0,
            None => 0.6,
        }
    }

    fn width(&self, c: char) -> f64 {
        self.ascii.get(c as usize).copied().unwrap_or_else(|| self.ems(c))
    }
}

fn letters(weight: Weight) -> &'static Letters {
    static REGULAR_LETTERS: LazyLock<Letters> = LazyLock::new(|| Letters::of(REGULAR));
    static SEMIBOLD_LETTERS: LazyLock<Letters> = LazyLock::new(|| Letters::of(SEMIBOLD));
    match weight {
        Weight::Regular => &REGULAR_LETTERS,
        Weight::Semibold => &SEMIBOLD_LETTERS,
    }
}

/// Room in pixels that a text takes, with slack for readers without our letters.
pub(crate) fn room(text: &str, size: f64, weight: Weight) -> f64 {
    let letters = letters(weight);
    text.chars().map(|c| letters.width(c)).sum::<f64>() * size * SLACK
}

/// The text, or as much of it as has room, with an ellipsis. Empty where not even one letter fits.
pub(crate) fn fit(text: &str, size: f64, weight: Weight, room_px: f64) -> String {
    let text = text.trim();
    if room(text, size, weight) <= room_px {
        return text.to_owned();
    }
    let letters = letters(weight);
    let mut left = room_px / size / SLACK - letters.width(ELLIPSIS);
    let mut cut = String::new();
    for c in text.chars() {
        left -= letters.width(c);
        if left < 0.0 {
            break;
        }
        cut.push(c);
    }
    cut.truncate(cut.trim_end_matches(|c: char| c.is_whitespace() || ",;:-\u{200d}".contains(c)).len());
    if !cut.is_empty() {
        cut.push(ELLIPSIS);
    }
    cut
}

/// The text in lines that have room; a word that is wider than a line is broken. No more than `most` lines, the last cut.
pub(crate) fn wrap(text: &str, size: f64, weight: Weight, room_px: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        for (i, piece) in pieces(word, size, weight, room_px).into_iter().enumerate() {
            let whole = format!("{line} {piece}");
            if line.is_empty() {
                line = piece;
            } else if i == 0 && room(&whole, size, weight) <= room_px {
                line = whole;
            } else {
                lines.push(std::mem::replace(&mut line, piece));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(fit(&rest, size, weight, room_px));
    }
    lines
}

/// A word in pieces that each fit into a line: after hyphens and strokes where it has them, else anywhere.
fn pieces(word: &str, size: f64, weight: Weight, room_px: f64) -> Vec<String> {
    if room(word, size, weight) <= room_px {
        return vec![word.to_owned()];
    }
    let letters = letters(weight);
    let width = |c: char| letters.width(c) * size * SLACK;
    let mut pieces: Vec<String> = Vec::new();
    let mut wide = 0.0;
    for part in word.split_inclusive(['-', '/']) {
        let part_wide: f64 = part.chars().map(width).sum();
        if wide > 0.0 && wide + part_wide <= room_px {
            pieces.last_mut().expect("it has a width").push_str(part);
            wide += part_wide;
            continue;
        }
        (pieces, wide) = part.chars().fold((pieces, f64::INFINITY), |(mut pieces, wide), c| {
            if wide + width(c) > room_px {
                pieces.push(c.to_string());
                (pieces, width(c))
            } else {
                pieces.last_mut().expect("it has a width").push(c);
                (pieces, wide + width(c))
            }
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis_and_fits() {
        let long = "Tehrik-i-Taliban Pakistan and its splinter groups";
        let cut = fit(long, 12.0, Weight::Regular, 100.0);
        assert!(cut.ends_with('…') && room(&cut, 12.0, Weight::Regular) <= 100.0, "{cut}");
        assert_eq!(fit("TTP", 12.0, Weight::Regular, 100.0), "TTP");
        assert_eq!(fit(long, 12.0, Weight::Regular, 3.0), "");
    }

    #[test]
    fn wrapping_loses_no_word() {
        let text = "Reports in Pashto and Dari were not read, so that silence may be lack of reading.";
        let lines = wrap(text, 12.0, Weight::Regular, 150.0, 20);
        assert!(lines.len() > 2 && lines.iter().all(|line| room(line, 12.0, Weight::Regular) <= 150.0));
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrap(text, 12.0, Weight::Regular, 150.0, 2).len(), 2);
        assert_eq!(wrap("Tehrik-i-Taliban", 12.0, Weight::Regular, 60.0, 9), ["Tehrik-i-", "Taliban"]);
        assert_eq!(wrap("Donaudampfschifffahrt", 12.0, Weight::Regular, 40.0, 9).concat(), "Donaudampfschifffahrt");
    }

    #[test]
    fn letters_of_other_scripts_have_a_width() {
        for text in ["Донецьк", "افغانستان", "阿富汗", "Ελλάδα"] {
            assert!(room(text, 12.0, Weight::Semibold) > 20.0, "{text}");
        }
    }
}
