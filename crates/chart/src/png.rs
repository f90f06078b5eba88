//! Pixels of a figure, drawn with the fonts that come along: no font, picture or file of the machine is looked at.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
use thiserror::Error;

use crate::font::fonts;

/// No more pixels than this on a side: past it, a figure is a mistake or an attack.
const MOST_PIXELS: f32 = 16_384.0;

/// Why there are no pixels.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PngError {
    /// The text is no SVG.
    #[error("the figure is no SVG that can be drawn: {0}; pass what a figure's `svg` gave")]
    NotSvg(String),
    /// The scale is not above 0, or the picture would be larger than 16,384 pixels on a side.
    #[error("at scale {scale} the picture would be {width} by {height} pixels; it may have 1 to 16,384 on a side")]
    Size {
        /// The scale that was asked for.
        scale: f32,
        /// Pixels across.
        width: f32,
        /// Pixels down.
        height: f32,
    },
    /// The picture could not be packed.
    #[error("the picture could not be packed as PNG: {0}")]
    Encoding(String),
}

/// A figure as PNG, `scale` pixels for each of its own: 1 for a screen, 2 for a sharp screen, 3 for paper.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let tree = tree(svg)?;
    let (width, height) = ((tree.size().width() * scale).ceil(), (tree.size().height() * scale).ceil());
    if !(1.0..=MOST_PIXELS).contains(&width) || !(1.0..=MOST_PIXELS).contains(&height) {
        return Err(PngError::Size { scale, width, height });
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are whole and between 1 and 16,384"
    )]
    let (columns, rows) = (width as u32, height as u32);
    let mut pixels = Pixmap::new(columns, rows).ok_or(PngError::Size { scale, width, height })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PngError::Encoding(error.to_string()))
}

/// A figure as shapes, its letters among them, for other ways to draw it.
pub fn tree(svg: &str) -> Result<Tree, PngError> {
    static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
        let mut database = fontdb::Database::new();
        for font in fonts() {
            database.load_font_data(font.bytes.to_vec());
        }
        database.set_sans_serif_family(fonts()[0].family);
        Arc::new(database)
    });
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: fonts()[0].family.to_owned(),
        // A figure has no pictures in it; nothing that claims to be one is opened.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| PngError::NotSvg(error.to_string()))
}
