//! Measures figures with their own fonts: no two texts lie on one another, none is cut by the edge.

mod fixtures;

use chart::fonts;
use resvg::usvg::roxmltree::{Document, Node};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// What a text covers: left, top, right, bottom.
#[derive(Clone, Debug)]
struct Covered {
    words: String,
    area: [f64; 4],
}

fn width(words: &str, size: f64, semibold: bool) -> f64 {
    let font = FontRef::new(fonts()[usize::from(semibold)].bytes).expect("a font");
    let (glyphs, widths) = (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()));
    let ems = words.chars().map(|c| glyphs.map(c).and_then(|g| widths.advance_width(g)).map_or(0.6, f64::from));
    ems.sum::<f64>() * size
}

fn covered(text: Node) -> Covered {
    let number = |key| text.attribute(key).and_then(|v| v.parse::<f64>().ok()).expect("a number");
    let (x, y, size) = (number("x"), number("y"), number("font-size"));
    let words = text.text().unwrap_or_default().to_owned();
    let wide = width(&words, size, text.attribute("font-weight") == Some("600"));
    let left = match text.attribute("text-anchor") {
        Some("middle") => x - wide / 2.0,
        Some("end") => x - wide,
        _ => x,
    };
    // From the height of capitals down to a little of what hangs below the line.
    Covered { words, area: [left, y - 0.66 * size, left + wide, y + 0.12 * size] }
}

fn check(name: &str, svg: &str) {
    let document = Document::parse(svg).expect("well-formed");
    let root = document.root_element();
    let side = |key| root.attribute(key).and_then(|v| v.parse::<f64>().ok()).expect("a side");
    let (wide, high) = (side("width"), side("height"));
    let texts: Vec<Covered> = document.descendants().filter(|n| n.has_tag_name("text")).map(covered).collect();
    assert!(!texts.is_empty(), "{name} says something");
    for text in &texts {
        let [left, top, right, bottom] = text.area;
        assert!(
            left >= 0.0 && top >= 0.0 && right <= wide && bottom <= high,
            "{name}: {text:?} leaves {wide} by {high}"
        );
    }
    for (i, a) in texts.iter().enumerate() {
        for b in &texts[i + 1..] {
            let meet = a.area[0] < b.area[2] && b.area[0] < a.area[2] && a.area[1] < b.area[3] && b.area[1] < a.area[3];
            assert!(!meet, "{name}: {a:?} lies on {b:?}");
        }
    }
}

#[test]
fn no_text_lies_on_another_or_outside() {
    macro_rules! check_all {
        ($($name:ident),*) => { $(
            for width in [320, 390, 560, 700, 860, 1200] {
                let mut figure = fixtures::$name();
                figure.frame.width = width;
                check(&format!("{} at {width}", stringify!($name)), &figure.svg());
            }
        )* };
    }
    check_all!(hostility, long_war, weeks, truce, ties, survival, shelter, causes, table, changes, nothing);
}
