//! The two faces of the font that comes along: how wide letters are, which there are, and a cut of each to embed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{GlyphMetrics, Metrics};
use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::PdfError;

/// Which face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Of running text.
    Regular,
    /// Of headings and what weighs.
    Bold,
}

struct Letters {
    glyphs: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    metrics: Metrics,
    bytes: &'static [u8],
}

static LETTERS: LazyLock<[Letters; 2]> = LazyLock::new(|| {
    chart::fonts().map(|file| {
        let font = FontRef::new(file.bytes).expect("the font that comes along is whole");
        Letters {
            glyphs: font.charmap(),
            widths: font.glyph_metrics(Size::new(1.0), LocationRef::default()),
            metrics: font.metrics(Size::new(1000.0), LocationRef::default()),
            bytes: file.bytes,
        }
    })
});

impl Face {
    /// Both, in the order of their names in a page's resources.
    pub const ALL: [Self; 2] = [Self::Regular, Self::Bold];

    /// Its name in a page's resources.
    pub fn name(self) -> Name<'static> {
        match self {
            Self::Regular => Name(b"F0"),
            Self::Bold => Name(b"F1"),
        }
    }

    fn letters(self) -> &'static Letters {
        match self {
            Self::Regular => &LETTERS[0],
            Self::Bold => &LETTERS[1],
        }
    }

    /// The number of a letter's glyph.
    pub fn glyph(self, c: char) -> Option<u16> {
        let glyph = self.letters().glyphs.map(c)?.to_u32();
        u16::try_from(glyph).ok().filter(|glyph| *glyph != 0)
    }

    /// Whether it has a letter.
    pub fn has(self, c: char) -> bool {
        self.glyph(c).is_some()
    }

    /// Width of a letter in sizes of the type.
    pub fn width_of(self, c: char) -> f32 {
        let letters = self.letters();
        letters.glyphs.map(c).and_then(|glyph| letters.widths.advance_width(glyph)).unwrap_or(0.0)
    }

    /// How far a glyph takes the pen on, in sizes of the type.
    pub fn advance(self, glyph: u16) -> f32 {
        self.letters().widths.advance_width(skrifa::GlyphId::from(glyph)).unwrap_or(0.0)
    }

    /// Width of a text of that size.
    pub fn width(self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.width_of(c)).sum::<f32>() * size
    }
}

/// Words in which what the font lacks is said: a run of letters that it has not becomes "[not in this font]".
pub fn shown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    // Within a run that the font lacks; spaces of it, which are shown only behind it.
    let (mut lacking, mut gap) = (false, false);
    for c in words.chars() {
        let c = match c {
            '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            '\u{2010}' | '\u{2011}' => '-',
            c if c.is_control() => ' ',
            // Marks of direction and joining have no shape of their own.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => {
                continue;
            }
            c => c,
        };
        if !(Face::Regular.has(c) && Face::Bold.has(c)) {
            if !lacking {
                out.push_str("[not in this font]");
            }
            (lacking, gap) = (true, false);
        } else if lacking && c == ' ' {
            gap = true;
        } else {
            if gap {
                out.push(' ');
            }
            (lacking, gap) = (false, false);
            out.push(c);
        }
    }
    if gap {
        out.push(' ');
    }
    out
}

/// Letters that a document uses, by face.
#[derive(Default)]
pub struct Used(BTreeMap<Face, (GlyphRemapper, BTreeMap<u16, char>)>);

impl Used {
    /// A text as a face's glyphs, which are from now on among those to embed.
    pub fn glyphs(&mut self, face: Face, text: &str) -> Vec<u8> {
        let (remapper, meant) = self.0.entry(face).or_default();
        let mut bytes = Vec::with_capacity(text.len() * 2);
        for c in text.chars() {
            let Some(glyph) = face.glyph(c) else { continue };
            let new = remapper.remap(glyph);
            meant.entry(new).or_insert(c);
            bytes.extend(new.to_be_bytes());
        }
        bytes
    }

    /// One glyph of a face by its number, with the letter that it stands for; `None` where the face lacks the letter.
    pub fn glyph(&mut self, face: Face, glyph: u16, c: char) -> Option<u16> {
        let (remapper, meant) = self.0.entry(face).or_default();
        let new = (glyph != 0).then(|| remapper.remap(glyph))?;
        meant.entry(new).or_insert(c);
        Some(new)
    }

    /// Writes the faces, each under the id that is given for it.
    pub fn write(mut self, pdf: &mut Pdf, next: &mut Ref, ids: [Ref; 2]) -> Result<(), PdfError> {
        for (face, id) in Face::ALL.into_iter().zip(ids) {
            let (remapper, meant) = self.0.remove(&face).unwrap_or_default();
            embed(pdf, next, (face, id), &remapper, &meant)?;
        }
        Ok(())
    }
}

fn embed(
    pdf: &mut Pdf,
    next: &mut Ref,
    (face, id): (Face, Ref),
    remapper: &GlyphRemapper,
    meant: &BTreeMap<u16, char>,
) -> Result<(), PdfError> {
    let letters = face.letters();
    let cut = subsetter::subset(letters.bytes, 0, remapper).map_err(|e| PdfError::Font(e.to_string()))?;
    // Six letters before the name say that it is a cut of the font.
    let name: &[u8] = match face {
        Face::Regular => b"ANNALA+SourceSansPro-Regular",
        Face::Bold => b"ANNALB+SourceSansPro-Semibold",
    };
    let (cid, descriptor, cmap, file) = (next.bump(), next.bump(), next.bump(), next.bump());
    let system = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
    pdf.type0_font(id)
        .base_font(Name(name))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(cmap);
    let mut font = pdf.cid_font(cid);
    font.subtype(CidFontType::Type2)
        .base_font(Name(name))
        .system_info(system)
        .font_descriptor(descriptor)
        .default_width(0.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let widths = remapper
        .remapped_gids()
        .map(|glyph| letters.widths.advance_width(skrifa::GlyphId::from(glyph)).unwrap_or(0.0) * 1000.0);
    font.widths().consecutive(0, widths);
    font.finish();
    let metrics = &letters.metrics;
    let bounds = metrics
        .bounds
        .map_or(Rect::new(0.0, -300.0, 1000.0, 1000.0), |b| Rect::new(b.x_min, b.y_min, b.x_max, b.y_max));
    pdf.font_descriptor(descriptor)
        .name(Name(name))
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(bounds)
        .italic_angle(0.0)
        .ascent(metrics.ascent)
        .descent(metrics.descent)
        .cap_height(metrics.cap_height.unwrap_or(metrics.ascent))
        .stem_v(if face == Face::Bold { 120.0 } else { 80.0 })
        .font_file2(file);
    let mut to_unicode = UnicodeCmap::new(Name(b"Annalist"), system);
    for (glyph, c) in meant {
        to_unicode.pair(*glyph, *c);
    }
    let to_unicode = packed(&to_unicode.finish());
    pdf.cmap(cmap, &to_unicode).filter(Filter::FlateDecode);
    let whole = i32::try_from(cut.len()).unwrap_or(i32::MAX);
    let cut = packed(&cut);
    pdf.stream(file, &cut).filter(Filter::FlateDecode).pair(Name(b"Length1"), whole);
    Ok(())
}

/// Bytes packed as PDF has it.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_font_lacks_is_said_once_a_run() {
        assert_eq!(shown("Kabul – “é”"), "Kabul – “é”");
        assert_eq!(shown("said کابل او کندهار yesterday"), "said [not in this font] yesterday");
        assert_eq!(shown("a\u{200f}b\u{a0}c"), "ab c");
    }
}
