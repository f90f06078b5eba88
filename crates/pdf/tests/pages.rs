//! A PDF opened again: its objects stand where its table says, its pages have the words of the paper, its links lead somewhere.

use std::collections::BTreeMap;

use chart::{Bin, Cell, Class, Frame, Hue, Panel, Series};
use present::paper::{Block, Figure, Note, Paper, Source, Table, Words};

fn figure() -> Figure {
    let svg = |width| {
        Series {
            frame: Frame { width, ..Frame::new("Strikes by month") },
            bins: (8..=10).map(|month| Bin::month(2025, month)).collect(),
            panels: vec![Panel {
                name: "Assaults".into(),
                unit: "incidents".into(),
                classes: vec![Class::new(
                    "aerial",
                    Hue::Blue,
                    [Cell::of(2.0), Cell::unknown(), Cell::between(9.0, 7.0, 12.0)],
                )],
                ..Panel::default()
            }],
            ..Series::default()
        }
        .svg()
    };
    Figure { name: "strikes", caption: "Strikes".to_owned(), wide: svg(720), narrow: svg(350), rows: Table::default() }
}

fn paper(paragraphs: usize) -> Paper {
    let source = |quote: &str| Source {
        quote: quote.to_owned(),
        says: "The army asserts".to_owned(),
        publisher: Some("Frontier Wire".to_owned()),
        published: "2025-10-15".parse().ok(),
        title: None,
        url: Some("https://example.org/a".to_owned()),
    };
    let note = |id: &str, quote: &str| Note {
        claim: id.to_owned().try_into().expect("an id"),
        counted: Vec::new(),
        source: Some(source(quote)),
    };
    let mut blocks = vec![
        Block::Heading { level: 2, words: "What stands out".to_owned() },
        Block::List(vec![Words::of("Jets struck, killing ").strong("12").noted([1, 2]).and(".")]),
        Block::Figure(figure()),
        Block::Table(Table {
            head: vec![("What", 70), ("Now", 30)],
            rows: (0..60).map(|n| vec![Words::of(format!("Row {n}")), Words::of(n.to_string()).noted([1])]).collect(),
        }),
    ];
    blocks.extend((0..paragraphs).map(|n| Block::Paragraph(Words::of(format!("Paragraph {n}. ").repeat(20)))));
    let notes = vec![
        note("clm_000000000000000000000001", "Jets struck seven sites."),
        note("clm_000000000000000000000002", "د اوربند پرېکړه وشوه."),
    ];
    Paper {
        title: "A brief: Ägypten & Ελλάδα".to_owned(),
        as_of: "2025-10-19".parse().ok(),
        blocks,
        notes,
        ..Paper::default()
    }
}

/// The objects by their numbers, as the table at the end of the file places them.
fn objects(pdf: &[u8]) -> BTreeMap<usize, &[u8]> {
    let text = String::from_utf8_lossy(pdf);
    let at =
        |words: &str| pdf.windows(words.len()).rposition(|window| window == words.as_bytes()).expect("it is there");
    let start: usize = text
        .rsplit_once("startxref")
        .and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok())
        .expect("a place");
    assert_eq!(&pdf[start..start + 4], b"xref");
    let table = String::from_utf8_lossy(&pdf[start..at("trailer")]).into_owned();
    // The table opens with its name and with the range of numbers it holds; entries of objects in use end in `n`.
    let (_, entries) = table.split_once("xref\n").expect("its name");
    let (_, entries) = entries.split_once('\n').expect("its range");
    let entries = entries.lines().enumerate().filter(|(_, line)| line.trim_end().ends_with('n'));
    entries
        .map(|(number, line)| {
            let from: usize = line[..10].parse().expect("a place");
            assert!(pdf[from..].starts_with(format!("{number} 0 obj").as_bytes()), "object {number} is not at {from}");
            let length = pdf[from..].windows(6).position(|window| window == b"endobj").expect("an end");
            (number, &pdf[from..from + length])
        })
        .collect()
}

/// What is drawn: streams that unpack and hold text.
fn drawn(objects: &BTreeMap<usize, &[u8]>) -> usize {
    let stream = |object: &&&[u8]| {
        let from = object.windows(7).position(|window| window == b"stream\n")? + 7;
        let to = object.windows(10).rposition(|window| window == b"\nendstream")?;
        miniz_oxide::inflate::decompress_to_vec_zlib(&object[from..to]).ok()
    };
    objects
        .values()
        .filter_map(|object| stream(&object))
        .filter(|bytes| bytes.windows(4).any(|w| w == b" Tj\n" || w == b" TJ\n"))
        .count()
}

#[test]
fn a_paper_is_pages_with_links_both_ways() {
    let written = pdf::write(&paper(30)).expect("a PDF");
    assert_eq!(written, pdf::write(&paper(30)).expect("a PDF"), "the same paper is the same bytes");
    let objects = objects(&written);
    let with = |words: &str| objects.values().filter(|o| String::from_utf8_lossy(o).contains(words)).count();
    let pages = with("/Type /Page\n");
    assert!((3..=8).contains(&pages), "{pages} pages");
    // A page each, and the picture.
    assert_eq!(drawn(&objects), pages + 1);
    // The address of each note, piece by piece where it may break.
    assert!(with("/S /URI") >= 2, "{}", with("/S /URI"));
    // Two numbers in the list, one for each row of the table, two lines back from the notes and their numbers.
    assert!(with("/S /GoTo") >= 62 + 4, "{}", with("/S /GoTo"));
    assert_eq!(with("/FontFile2"), 2);
    assert_eq!(with("/Type /Outlines"), 1);
    assert!(with("/Lang (en)") == 1 && with("D:20251019") == 1);
}

#[test]
fn nothing_is_a_page_too() {
    let written = pdf::write(&Paper::default()).expect("a PDF");
    let objects = objects(&written);
    assert_eq!(objects.values().filter(|o| String::from_utf8_lossy(o).contains("/Type /Page\n")).count(), 1);
}
