//! A directory of oddities: whatever is wrong with one input is named, and the others are read.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use ingest::{Limits, Options, Outcome, SkipReason, Source, read};
use model::{Document, ProblemKind};

const REPORT: &str = "Troops and fighters exchanged fire near the crossing on Tuesday, officials on both sides said, \
    and traders were told to keep away until further notice.";

/// A fresh directory of this name under the build's temporary folder.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn outcomes(path: &Path, options: &Options) -> (Vec<Document>, Vec<(String, SkipReason)>) {
    let (mut docs, mut skipped) = (Vec::new(), Vec::new());
    let flow = read(&Source::Path(path.to_owned()), options, &mut |outcome| {
        match outcome {
            Outcome::Read { document: doc, .. } => docs.push(*doc),
            Outcome::Skipped(s) => {
                assert!(s.to_string().len() > s.source_name.len() + 10, "a reason is given: {s}");
                let name = s.source_name.strip_prefix(&path.display().to_string()).unwrap_or(&s.source_name);
                skipped.push((name.trim_start_matches('/').to_owned(), s.reason));
            }
        }
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    (docs, skipped)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn record(body: &str) -> String {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
}

fn html(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article></body></html>"
    )
}

fn kinds(skipped: &[(String, SkipReason)]) -> Vec<(&str, &str)> {
    skipped.iter().map(|(name, reason)| (name.as_str(), reason.kind())).collect()
}

#[test]
fn a_mixed_folder_is_read_and_its_faults_are_named() {
    let dir = folder("mixed");
    let write = |name: &str, bytes: &[u8]| fs::write(dir.join(name), bytes).unwrap();
    write("01_plain.txt", REPORT.as_bytes());
    write("02_empty.txt", b"");
    write("03_blank.txt", b" \n\t\n");
    write("04_nul.txt", format!("{REPORT}\0\0 More was to come, they said.\x07").as_bytes());
    write(
        "05_binary.txt",
        &(0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 & 0x1f).collect::<Vec<u8>>(),
    );
    write(
        "06_urdu.txt",
        "وزیر خارجہ نے کہا کہ سرحد بند رہے گی اور مذاکرات جاری ہیں۔ وزیر نے کہا کہ تجارت بند ہے۔".as_bytes(),
    );
    write("07_quotes_urdu.txt", format!("{REPORT} The crowd chanted \"سرحد کھولو\".").as_bytes());
    write("08_cut.txt.gz", &gz(REPORT.repeat(400).as_bytes())[..200]);
    write("09_packed.txt.gz", &gz(REPORT.as_bytes()));
    write("10_thrice.gz", &gz(&gz(&gz(REPORT.as_bytes()))));
    write("11_picture.png", b"\x89PNG\r\n\x1a\n....");
    write(
        "12_lines.jsonl",
        format!("{{\"id\":\"a\",\"text\":\"{REPORT}\",\"published\":\"2025-10-16\"}}\nnot json\n{{\"id\":2}}\n\n{{\"id\":3,\"text\":\"{REPORT}\",\"published\":\"03/04/2025\"}}\n")
            .as_bytes(),
    );
    write("13_page.html", html("Fire at the crossing", REPORT).as_bytes());
    write("14_feed.xml", format!("<rss><channel><title>Example</title><item><title>One</title><description>{REPORT} &undefined;</description></item><item><title>Two</ti").as_bytes());
    let archive = [
        gz(record(&html("A", REPORT)).as_bytes()),
        gz(record(&html("B", REPORT)).as_bytes()),
        gz(record(&html("C", REPORT)).as_bytes()),
    ];
    let mut damaged = archive.concat();
    let second = archive[0].len() + archive[1].len() / 2;
    damaged[second..second + 8].copy_from_slice(&[0xff; 8]);
    write("15_damaged.warc.gz", &damaged);
    let whole = archive.concat();
    write("16_cut.warc.gz", &whole[..whole.len() - archive[2].len() / 2]);
    write("17_notes.md", format!("---\ndate: 2025-10-16\n---\n# Fire at the *crossing*\n\n{REPORT}\n").as_bytes());
    write("18_wide.txt", &REPORT.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    fs::create_dir(dir.join("19_sub")).unwrap();
    write("19_sub/2025-10-16_fire.txt", REPORT.as_bytes());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", dir.join("19_sub/loop")).unwrap();
        std::os::unix::fs::symlink("nowhere", dir.join("20_dangling")).unwrap();
    }
    let (docs, mut skipped) = outcomes(&dir, &Options::default());
    // What comes out of a damaged member before its checksum fails is chance; that it fails is named.
    let damaged: Vec<_> = skipped.extract_if(.., |(name, _)| name.starts_with("15_damaged")).collect();
    assert!(damaged.iter().any(|(_, reason)| reason.kind() == "broken"), "{damaged:?}");
    assert_eq!(
        kinds(&skipped),
        [
            ("02_empty.txt", "empty"),
            ("03_blank.txt", "empty"),
            ("05_binary.txt", "not_text"),
            ("06_urdu.txt", "language"),
            ("08_cut.txt.gz", "truncated"),
            ("10_thrice.gz", "bomb"),
            ("11_picture.png", "not_text"),
            ("12_lines.jsonl, line 2", "broken"),
            ("12_lines.jsonl, line 3", "broken"),
            ("14_feed.xml, item 2", "truncated"),
            ("16_cut.warc.gz, record 3", "truncated"),
            ("19_sub/loop", "directory_loop"),
            ("20_dangling", "missing"),
        ]
    );
    assert_eq!(skipped[3].1, SkipReason::Language("ur".to_owned()));
    assert_eq!(skipped[3].1.to_string(), "language: ur; only English is read");
    let problems = |doc: &Document| doc.problems.iter().map(|p| p.kind).collect::<Vec<_>>();
    assert_eq!(docs[0].text(), REPORT);
    assert!(problems(&docs[1]).contains(&ProblemKind::ControlCharacters));
    assert_eq!(
        docs[1].text().len(),
        REPORT.len() + "\0\0 More was to come, they said.\x07".len(),
        "one blank for each"
    );
    assert!(docs[2].text().contains("سرحد کھولو") && docs[2].language.as_deref() == Some("en"));
    assert!(problems(&docs[3]).contains(&ProblemKind::Truncated) && docs[3].text().starts_with(&REPORT[..100]));
    assert_eq!(docs[4].text(), REPORT);
    assert_eq!(
        (docs[5].source_id.as_deref(), docs[5].published.unwrap().to_string().as_str()),
        (Some("a"), "2025-10-16")
    );
    assert_eq!((docs[6].source_id.as_deref(), docs[6].published), (Some("3"), None));
    assert!(problems(&docs[6]).contains(&ProblemKind::AmbiguousDate));
    assert_eq!(docs[7].text(), format!("Fire at the crossing\n\n{REPORT}\n\n{REPORT}"));
    assert_eq!(docs[8].text(), format!("One\n\n{REPORT} &undefined;"));
    assert!(problems(&docs[8]).contains(&ProblemKind::Markup) && docs[8].publisher.as_deref() == Some("Example"));
    let titles: Vec<_> = docs[9..13].iter().map(|d| d.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["A", "C", "A", "B"]);
    assert_eq!(docs[9].publisher.as_deref(), Some("example.org"));
    assert_eq!(docs[13].text(), format!("Fire at the crossing\n\n{REPORT}"));
    assert_eq!(docs[14].text(), REPORT);
    assert_eq!(docs[15].published.unwrap().to_string(), "2025-10-16");
    assert_eq!(docs.len(), 16);
}

#[test]
fn what_is_missing_is_named() {
    let (docs, skipped) = outcomes(Path::new("no/such/file.txt"), &Options::default());
    assert!(docs.is_empty());
    assert_eq!(skipped[0].1, SkipReason::Missing);
}

#[test]
fn a_huge_line_is_skipped_without_being_held() {
    let dir = folder("huge");
    // A file with a hole: 200 MB that cost no disk.
    let file = fs::File::create(dir.join("a.txt")).unwrap();
    (&file).write_all(REPORT.as_bytes()).unwrap();
    (&file).write_all(&b" and so on".repeat(2_000)).unwrap();
    file.set_len(200 << 20).unwrap();
    let mut lines = format!("{{\"id\":1,\"text\":\"{REPORT}\"}}\n{{\"id\":2,\"text\":\"");
    lines.push_str(&"word ".repeat(50_000));
    lines.extend(["\"}\n{\"id\":3,\"text\":\"", REPORT, "\"}"]);
    fs::write(dir.join("b.jsonl"), lines).unwrap();
    let options = Options { limits: Limits { document_bytes: 100_000, ..Limits::default() }, ..Options::default() };
    let (docs, skipped) = outcomes(&dir, &options);
    assert_eq!(kinds(&skipped), [("a.txt", "too_large"), ("b.jsonl, line 2", "too_large")]);
    assert_eq!(docs.len(), 2);
}

#[test]
fn bombs_are_defused() {
    let dir = folder("bombs");
    let line = format!("{{\"id\":1,\"text\":\"{REPORT}\"}}\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(line.as_bytes()).unwrap();
    for _ in 0..120 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    fs::write(dir.join("a.jsonl.gz"), packed.finish().unwrap()).unwrap();
    fs::write(dir.join("b.jsonl.gz"), gz(line.repeat(1000).as_bytes())).unwrap();
    let (docs, skipped) = outcomes(&dir.join("a.jsonl.gz"), &Options::default());
    assert_eq!(docs.len(), 1);
    assert!(matches!(skipped[..], [(_, SkipReason::Bomb(_))]), "{skipped:?}");
    let options = Options { limits: Limits { unpacked_bytes: 10_000, ..Limits::default() }, ..Options::default() };
    let (docs, skipped) = outcomes(&dir.join("b.jsonl.gz"), &options);
    assert!(!docs.is_empty() && docs.len() < 1000);
    assert!(matches!(skipped[..], [(_, SkipReason::Bomb(_))]), "{skipped:?}");
}

#[test]
fn zstd_is_read_frame_by_frame() {
    let dir = folder("zstd");
    let frame =
        |text: &str| ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    let line = |id: u8| format!("{{\"id\":{id},\"text\":\"{REPORT}\"}}\n");
    let mut bytes = frame(&line(1));
    bytes.extend([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
    bytes.extend(frame(&line(2)));
    fs::write(dir.join("a.jsonl.zst"), &bytes).unwrap();
    fs::write(dir.join("b.jsonl.zst"), &bytes[..bytes.len() - 20]).unwrap();
    let (docs, skipped) = outcomes(&dir, &Options::default());
    assert_eq!(docs.len(), 3);
    assert_eq!(skipped.len(), 1);
    assert_eq!(skipped[0].1.kind(), "truncated");
}

#[test]
fn deep_markup_neither_overflows_nor_is_lost() {
    let dir = folder("deep");
    let deep = format!("{}<p>{REPORT}</p><p>{REPORT}</p>", "<div>".repeat(200_000));
    fs::write(dir.join("a.html"), deep).unwrap();
    let fonts = format!("{}{}<p>{REPORT}</p>", "<font size=1>".repeat(20_000), "<p>x".repeat(20_000));
    fs::write(dir.join("b.html"), fonts).unwrap();
    let cells = format!("{}{REPORT}", "<div><table><tr><td></div>".repeat(50_000));
    fs::write(dir.join("c.html"), cells).unwrap();
    // Signs and attributes without end: time must not grow with their square.
    fs::write(dir.join("d.html"), format!("<p>{}<p>{REPORT}</p>", "&amp".repeat(200_000))).unwrap();
    let attributes = (0..50_000).map(|i| format!("a{i}=b ")).collect::<Vec<_>>().concat();
    fs::write(dir.join("e.html"), format!("<html {attributes}><p>{REPORT}</p><p>{REPORT} R&amp;D &lt; all</p>"))
        .unwrap();
    let (docs, skipped) = outcomes(&dir, &Options::default());
    assert_eq!(docs.len() + skipped.len(), 5);
    assert!(docs.iter().any(|doc| doc.text().contains("R&D < all")));
    assert!(docs[0].text().contains(REPORT));
    assert!(docs[0].problems.iter().any(|p| p.kind == ProblemKind::Markup));
}

#[test]
fn fallbacks_fill_what_documents_lack() {
    let dir = folder("fallbacks");
    fs::write(dir.join("a.txt"), format!("Fire at the crossing\n\nISLAMABAD, Oct 16 (Agency) - {REPORT}")).unwrap();
    fs::write(
        dir.join("b.jsonl"),
        format!("{{\"text\":\"{REPORT}\",\"publisher\":\"Own\",\"published\":\"2024-01-02\"}}"),
    )
    .unwrap();
    let options = Options {
        published: Some("2025-10-19".parse().unwrap()),
        publisher: Some("Given".to_owned()),
        ..Options::default()
    };
    let (docs, _) = outcomes(&dir, &options);
    let said = |doc: &Document| (doc.publisher.clone().unwrap(), doc.published.unwrap().to_string());
    assert_eq!(said(&docs[0]), ("Given".to_owned(), "2025-10-16".to_owned()));
    assert_eq!(docs[0].title.as_deref(), Some("Fire at the crossing"));
    assert_eq!(said(&docs[1]), ("Own".to_owned(), "2024-01-02".to_owned()));
    // Without the caller's word the dateline has no year, and none is made up.
    let (docs, _) = outcomes(&dir, &Options::default());
    assert_eq!(docs[0].published, None);
    assert_eq!(docs[0].problems[0].kind, ProblemKind::NoDate);
}

#[test]
fn reading_stops_when_told() {
    let dir = folder("stops");
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(dir.join(name), REPORT).unwrap();
    }
    let mut seen = 0;
    let flow = read(&Source::Path(dir), &Options::default(), &mut |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(flow.is_break() && seen == 2);
}
