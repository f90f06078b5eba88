//! Speed of reading: pages, feed items, plain text, near-copies.
//!
//! All inputs are made here, so that figures can be compared between machines and commits.

use std::fmt::Write;
use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ingest::{CopyFinder, Options, Outcome, read_bytes};
use model::Document;
use model::document::Metadata;

/// A paragraph of some forty words that differs from number to number.
fn paragraph(n: usize) -> String {
    format!(
        "Officials in district {n} said that troops and fighters had exchanged fire near post {} for the second night, \
         that {} people were taken to hospital, and that the crossing would stay shut until talks in the capital were over.",
        n * 7 % 101,
        n % 13
    )
}

/// A page as outlets make them: an article of thirty paragraphs among scripts, links and teasers, 110 KB.
fn page() -> String {
    let mut html = String::from("<!doctype html><html lang=en><head><title>Fire at the crossing | Example</title>");
    for i in 0..40 {
        let _ = write!(html, "<script>var a{i} = [{}];</script><meta name=m{i} content=c>", "1,2,3,".repeat(120));
    }
    html.push_str("</head><body><nav><ul>");
    for i in 0..150 {
        let _ = write!(html, "<li class='menu-item'><a href='/section/{i}'><span>Section {i}</span></a></li>");
    }
    html.push_str("</ul></nav><div class='content'><article><h1>Fire at the crossing</h1>");
    for i in 0..30 {
        let _ = write!(html, "<p class='story-text'>{} <a href='/x'>More</a> <b>bold</b></p>", paragraph(i));
    }
    html.push_str("</article></div><aside>");
    for i in 0..200 {
        let _ = write!(
            html,
            "<div class='teaser card'><a href='/t/{i}'><img src='/i/{i}.jpg'><h3>Teaser number {i}</h3></a></div>"
        );
    }
    html.push_str("</aside><footer>All rights reserved</footer></body></html>");
    html
}

fn feed(items: usize) -> String {
    let mut xml = String::from("<rss version='2.0'><channel><title>Example</title>");
    for i in 0..items {
        let _ = write!(
            xml,
            "<item><title>Report {i}</title><link>http://example.org/{i}</link><guid>{i}</guid>\
             <pubDate>Thu, 16 Oct 2025 04:05:06 GMT</pubDate><description>&lt;p&gt;{}&lt;/p&gt;</description></item>",
            paragraph(i)
        );
    }
    xml + "</channel></rss>"
}

fn count(bytes: &[u8], name: &str) -> usize {
    let mut read = 0;
    let _ = read_bytes(bytes, name, &Options::default(), &mut |outcome| {
        read += usize::from(matches!(outcome, Outcome::Read { .. }));
        ControlFlow::Continue(())
    });
    read
}

fn benches(c: &mut Criterion) {
    let mut group = c.benchmark_group("ingest");
    group.sample_size(20);

    let page = page();
    group.throughput(Throughput::Elements(1));
    group.bench_function("pages", |b| b.iter(|| assert_eq!(count(black_box(page.as_bytes()), "a.html"), 1)));

    let xml = feed(500);
    group.throughput(Throughput::Elements(500));
    group.bench_function("feed_items", |b| b.iter(|| assert_eq!(count(black_box(xml.as_bytes()), "a.xml"), 500)));

    let text = (0..20_000).map(paragraph).collect::<Vec<_>>().join("\n\n");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("plain_text", |b| b.iter(|| assert_eq!(count(black_box(text.as_bytes()), "a.txt"), 1)));

    let mut lines = String::new();
    for i in 0..2000 {
        let text: String = (0..8).map(|j| paragraph(i * 8 + j)).collect();
        let _ = writeln!(lines, "{{\"id\":{i},\"text\":\"{text}\"}}");
    }
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("json_lines", |b| b.iter(|| assert_eq!(count(black_box(lines.as_bytes()), "a.jsonl"), 2000)));

    let docs: Vec<Document> = (0..200)
        .map(|i| Document::new((0..10).map(|j| paragraph(i * 31 + j)).collect(), Metadata::default()))
        .collect();
    group.throughput(Throughput::Elements(200));
    group.bench_function("near_copies", |b| {
        b.iter(|| {
            let mut finder = CopyFinder::new();
            docs.iter().filter_map(|doc| finder.see(doc)).count()
        });
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
