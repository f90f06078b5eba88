//! A paper on pages of A4, as PDF.
//!
//! `line` breaks words into lines by the widths of letters, `layout` makes rows of blocks and sets them on pages, `figure` turns
//! pictures into paths, `document` writes it all. The letters come along and are embedded; what they lack is said, and never a
//! box. Nothing is read from the machine, no clock is asked: the date of the file is that as of which the paper tells, and the
//! same paper is the same bytes.

mod document;
mod faces;
mod figure;
mod layout;
mod line;
mod notes;

use present::paper::Paper;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A picture cannot be drawn.
    #[error("the picture “{name}” cannot be drawn: {source}; this is a fault of annalist")]
    Figure {
        /// Its name.
        name: &'static str,
        /// Why.
        source: chart::PngError,
    },
    /// The font cannot be cut down to what is used of it.
    #[error("the font that comes along cannot be embedded: {0}; this is a fault of annalist")]
    Font(String),
}

/// A paper as PDF.
pub fn write(paper: &Paper) -> Result<Vec<u8>, PdfError> {
    let pages = layout::pages(paper)?;
    document::write(paper, &pages)
}
