//! Whatever the labels and numbers are, a figure is well-formed XML without strange numbers, the same each time.

use chart::{
    Bar, Bars, Behind, Bin, Cell, Class, Columns, Coverage, Curve, Curves, Dot, Dots, Edge, Fan, Foot, Form, Frame,
    Held, Hue, Lane, Layout, Level, Line, Measure, Network, Node, Panel, Part, Parts, Point, Reference, Series, Sign,
    Span, Spans, Spread, Step, Symbol, Turn, png,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use resvg::usvg::roxmltree::Document;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[<>&\"']{0,6}", "\\PC{0,60}", Just(String::new()), "[\u{0}-\u{1f}\u{7f}-\u{9f}]{0,4}"]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), -5.0_f64..2000.0, Just(f64::NAN), Just(f64::INFINITY), Just(0.0)]
}

fn day() -> impl Strategy<Value = Date> {
    (-2000_i16..3000, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn frame(words: &[String]) -> Frame {
    Frame {
        subtitle: Some(words[1].clone()),
        description: Some(words[2].clone()),
        empty: Some(words[3].clone()),
        foot: Foot { source: Some(words[0].clone()), caveats: words.to_vec(), ..Foot::default() },
        width: 390,
        ..Frame::new(words[0].clone())
    }
}

fn behind(words: &[String]) -> Behind {
    Behind::at([words[0].clone()], words[1].clone())
}

fn series(words: &[String], numbers: &[f64], days: &[Date]) -> Series {
    let cell = |i: usize| Cell {
        value: (!i.is_multiple_of(3)).then_some(numbers[i % numbers.len()]),
        low: Some(numbers[(i + 1) % numbers.len()]),
        high: Some(numbers[(i + 2) % numbers.len()]),
        note: Some(words[i % words.len()].clone()),
        behind: behind(words),
    };
    let panel = |form, measure| Panel {
        name: words[0].clone(),
        unit: words[1].clone(),
        form,
        measure,
        classes: vec![
            Class::new(words[2].clone(), Hue::Blue, (0..4).map(cell)),
            Class::new(words[3].clone(), Hue::Orange, (2..6).map(cell)).below(),
        ],
        levels: vec![Level {
            from: days[0],
            to: days[1],
            value: numbers[0],
            bounds: Some((numbers[1], numbers[2])),
            label: None,
        }],
        above: Some(words[3].clone()),
        lines: vec![Line { name: words[0].clone(), values: numbers.iter().map(|n| Some(*n)).collect() }],
        fans: vec![Fan {
            middle: words[1].clone(),
            bands: words.to_vec(),
            outcome: words[2].clone(),
            hue: Hue::Teal,
            spreads: numbers
                .windows(3)
                .map(|n| {
                    let bands = vec![(n[0], n[1]), (n[1], n[2])];
                    let spread = Spread { middle: n[0], bands, came: Some(n[2]), note: None, behind: behind(words) };
                    (n[0] > 0.0).then_some(spread)
                })
                .collect(),
        }],
        ..Panel::default()
    };
    Series {
        frame: frame(words),
        bins: days.windows(2).map(|d| Bin::new(d[0], d[1])).collect(),
        panels: vec![
            panel(Form::Stacked, Measure::Count),
            panel(Form::Beside, Measure::Number),
            panel(Form::Steps, Measure::Share),
        ],
        coverage: Some(Coverage::new(words[0].clone(), [Some(0), Some(u64::MAX), None])),
        turns: days.iter().map(|d| Turn::new(*d, words[1].clone()).between(days[0], days[1])).collect(),
    }
}

fn spans(words: &[String], days: &[Date]) -> Spans {
    let at = |i: usize| days[i].at(7, 30, 0, 0);
    Spans {
        frame: frame(words),
        lanes: vec![Lane {
            name: words[0].clone(),
            detail: Some(words[1].clone()),
            group: Some(words[2].clone()),
            spans: vec![
                Span {
                    label: Some(words[3].clone()),
                    ..Span::new(words[0].clone(), Hue::Plum, Held::Disputed, Some(at(0)), None)
                },
                Span::new(words[1].clone(), Hue::Teal, Held::Planned, None, Some(at(1))),
            ],
            points: days
                .iter()
                .map(|d| Point::new(words[2].clone(), Symbol::Triangle, Hue::Slate, d.at(0, 0, 0, 0)))
                .collect(),
            behind: behind(words),
        }],
        as_of: Some(at(2)),
        ..Spans::default()
    }
}

fn curves(words: &[String], numbers: &[f64]) -> Curves {
    Curves {
        frame: frame(words),
        across: words[0].clone(),
        up: words[1].clone(),
        curves: vec![Curve {
            name: words[2].clone(),
            steps: numbers.windows(2).map(|n| Step::between(n[0], n[1], n[0], n[1])).collect(),
            censored: numbers.to_vec(),
            at_risk: numbers.iter().map(|n| (*n, 3)).collect(),
            fitted: Some((words[3].clone(), numbers.windows(2).map(|n| (n[0], n[1])).collect())),
            ..Curve::default()
        }],
        ..Curves::default()
    }
}

fn network(words: &[String], layout: Layout) -> Network {
    let edge = |from: usize, to: usize, sign, held| Edge {
        held,
        label: Some(words[(from + to) % words.len()].clone()),
        behind: behind(words),
        ..Edge::new(words[from].clone(), words[to].clone(), sign)
    };
    Network {
        frame: frame(words),
        nodes: words.iter().take(3).map(|w| Node::new(w.clone(), w.clone())).collect(),
        edges: vec![
            edge(0, 1, Sign::Plus, Held::Disputed),
            edge(1, 0, Sign::Minus, Held::Denied),
            edge(1, 2, Sign::Neither, Held::Planned),
            edge(2, 3, Sign::Plus, Held::Asserted),
            edge(0, 0, Sign::Minus, Held::Asserted),
        ],
        layout,
        most_edges: 4,
        ..Network::default()
    }
}

fn bars(words: &[String], numbers: &[f64]) -> Bars {
    Bars {
        frame: frame(words),
        unit: words[0].clone(),
        now: words[1].clone(),
        near: Some(words[2].clone()),
        far: Some(words[3].clone()),
        bars: numbers
            .iter()
            .map(|n| Bar {
                name: words[0].clone(),
                group: Some(words[1].clone()),
                cell: Cell::between(*n, numbers[0], numbers[1]),
                near: Some(Reference { low: numbers[1], mid: Some(numbers[2]), high: *n }),
                note: Some(words[3].clone()),
                ..Bar::default()
            })
            .collect(),
        ..Bars::default()
    }
}

/// Several under one title: over time, dots, columns.
fn parts(words: &[String], numbers: &[f64], days: &[Date]) -> Parts {
    let dot = |n: &[f64]| Dot {
        name: words[0].clone(),
        group: Some(words[1].clone()),
        cell: Cell::between(n[0], n[1], n[2]).behind(behind(words)),
        is_open: n[0] > 1.0,
        is_doubtful: n[1] > 1.0,
        beside: n.iter().map(|n| Some(*n)).collect(),
        said: (n[0] > 2.0).then(|| words[2].clone()),
    };
    let dots = Dots {
        frame: frame(words),
        unit: words[3].clone(),
        measure: Measure::Number,
        sure: words[0].clone(),
        beside: words.to_vec(),
        dots: numbers.windows(3).map(dot).collect(),
        ..Dots::default()
    };
    let columns = Columns {
        frame: frame(words),
        across: words[0].clone(),
        up: words[1].clone(),
        measure: Measure::Share,
        labels: words.to_vec(),
        classes: vec![Class::new(words[2].clone(), Hue::Plum, numbers.iter().map(|n| Cell::of(*n)))],
        level: Some((numbers[0], words[3].clone())),
    };
    let parts = vec![Part::Series(series(words, numbers, days)), Part::Dots(dots), Part::Columns(columns)];
    Parts { frame: frame(words), parts }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_input_gives_sound_xml(
        words in proptest::collection::vec(words(), 4),
        numbers in proptest::collection::vec(number(), 3..8),
        days in proptest::collection::vec(day(), 3..7),
    ) {
        let draw = || [
            series(&words, &numbers, &days).svg(),
            spans(&words, &days).svg(),
            curves(&words, &numbers).svg(),
            network(&words, Layout::Force).svg(),
            network(&words, Layout::Layered).svg(),
            network(&words, Layout::Matrix).svg(),
            bars(&words, &numbers).svg(),
            parts(&words, &numbers, &days).svg(),
        ];
        let figures = draw();
        prop_assert_eq!(&figures, &draw());
        for svg in &figures {
            let document = Document::parse(svg);
            prop_assert!(document.is_ok(), "{:?}\n{}", document.err(), svg);
            let document = document.expect("checked");
            for node in document.descendants().filter(|n| !n.has_tag_name("desc")) {
                for attribute in node.attributes().filter(|a| !["data-id", "href"].contains(&a.name())) {
                    prop_assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"), "{attribute:?}");
                }
                prop_assert!(node.attribute("href").is_none_or(|href| !href.trim_start().to_lowercase().starts_with("javascript")));
            }
        }
    }
}

#[test]
fn a_picture_is_as_large_as_asked_and_not_blank() {
    let svg = network(&["a", "b", "c", "d"].map(str::to_owned), Layout::Force).svg();
    let picture = png(&svg, 2.0).expect("a picture");
    assert_eq!(picture, png(&svg, 2.0).expect("a picture"), "the same each time");
    let pixels = resvg::tiny_skia::Pixmap::decode_png(&picture).expect("a PNG");
    let height: u32 =
        svg.split("height=\"").nth(1).and_then(|s| s.split('"').next()).and_then(|s| s.parse().ok()).expect("a height");
    assert_eq!((pixels.width(), pixels.height()), (780, 2 * height));
    let mut colours: Vec<_> = pixels.pixels().iter().map(|p| (p.red(), p.green(), p.blue())).collect();
    colours.sort_unstable();
    colours.dedup();
    assert!(colours.len() > 20, "letters and edges");
}

#[test]
fn what_is_no_figure_or_too_large_is_refused() {
    assert!(png("no svg", 1.0).is_err());
    let svg = bars(&["a", "b", "c", "d"].map(str::to_owned), &[1.0, 2.0, 3.0]).svg();
    for scale in [0.0, -1.0, 1000.0, f32::NAN, f32::INFINITY] {
        let error = png(&svg, scale).expect_err("refused").to_string();
        assert!(error.contains("16,384"), "{error}");
    }
}

#[test]
fn spans_may_come_in_any_order() {
    let words = ["a", "b", "c", "d"].map(str::to_owned);
    let days = [date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 1)];
    let figure = spans(&words, &days);
    let mut turned = figure.clone();
    turned.lanes[0].points.reverse();
    turned.lanes[0].spans.reverse();
    // The legend is in the order given; the lane is not.
    let lane = |svg: String| svg.split("</title>").skip(1).last().map(str::to_owned);
    assert_eq!(lane(figure.svg()), lane(turned.svg()));
}

#[test]
fn a_place_on_another_page_leads_nowhere_dangerous() {
    let mut figure = network(&["a", "b", "c", "d"].map(str::to_owned), Layout::Force);
    figure.edges[0].behind.href = Some("javascript:alert(1)".to_owned());
    assert!(!figure.svg().contains("javascript"));
}
