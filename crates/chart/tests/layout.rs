//! Measures figures with their own fonts: no two texts lie on one another, none is cut by the edge.

mod fixtures;

use chart::{Layout, fonts};
use resvg::usvg::roxmltree::{Document, Node};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// A text, and what it covers: left, top, right, bottom.
type Covered = (String, [f64; 4]);

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
    let area = [left, y - 0.66 * size, left + wide, y + 0.12 * size];
    (words, area)
}

fn check(name: &str, svg: &str) {
    let document = Document::parse(svg).expect("well-formed");
    let root = document.root_element();
    let side = |key| root.attribute(key).and_then(|v| v.parse::<f64>().ok()).expect("a side");
    let (wide, high) = (side("width"), side("height"));
    let texts: Vec<Covered> = document.descendants().filter(|n| n.has_tag_name("text")).map(covered).collect();
    assert!(!texts.is_empty(), "{name} says something");
    for text in &texts {
        let [left, top, right, bottom] = text.1;
        assert!(
            left >= 0.0 && top >= 0.0 && right <= wide && bottom <= high,
            "{name}: {text:?} leaves {wide} by {high}"
        );
    }
    for (i, a) in texts.iter().enumerate() {
        for b in &texts[i + 1..] {
            let (p, q) = (a.1, b.1);
            let meet = p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3];
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
    check_all!(hostility, long_war, weeks, truce, ties, survival, shelter, crowd, causes, table, changes, nothing);
}

#[test]
fn long_names_are_cut_or_wrapped() {
    let long = "The spokesman of the ministry of foreign affairs of the Islamic Republic, who did not want to be named";
    let long = || format!("{long} Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle");
    for width in [320, 860] {
        let mut series = fixtures::hostility();
        (series.frame.title, series.frame.subtitle, series.frame.width) = (long(), Some(long()), width);
        series.panels[0].name = long();
        series.panels[0].unit = long();
        series.panels[0].classes[0].name = long();
        series.turns.iter_mut().for_each(|turn| turn.label = long());
        check("long series", &series.svg());
        let mut spans = fixtures::truce();
        spans.frame.width = width;
        for lane in &mut spans.lanes {
            (lane.name, lane.detail, lane.group) = (long(), Some(long()), Some(long()));
            lane.spans.iter_mut().for_each(|span| span.label = Some(long()));
        }
        check("long spans", &spans.svg());
        let mut curves = fixtures::survival();
        (curves.frame.width, curves.up, curves.across) = (width, long(), long());
        curves.curves.iter_mut().for_each(|curve| curve.name = long());
        check("long curves", &curves.svg());
        for layout in [Layout::Force, Layout::Layered, Layout::Matrix] {
            let mut network = fixtures::shelter();
            (network.frame.width, network.layout, network.plus) = (width, layout, long());
            network.nodes.iter_mut().for_each(|node| node.name = long());
            network.edges.iter_mut().for_each(|edge| edge.label = Some(long()));
            check("long network", &network.svg());
        }
        let mut bars = fixtures::changes();
        (bars.frame.width, bars.unit, bars.now) = (width, long(), long());
        for bar in &mut bars.bars {
            (bar.name, bar.note, bar.group) = (long(), Some(long()), Some(long()));
        }
        check("long bars", &bars.svg());
    }
}
