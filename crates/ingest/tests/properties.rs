//! Nothing that bytes can be makes reading panic, hang or lose an input.

use std::ops::ControlFlow;

use ingest::{Options, Outcome, read_bytes};
use proptest::prelude::*;

const PAGE: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>A &amp; B</title>\
    <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"datePublished\":\"2025-10-16\"}</script>\
    </head><body><div class=x><p>Troops fired on the <b>posts</b>, officials said.<p>More &#x2014; soon.</div></body></html>";
const FEED: &str = "<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><item><title>One</title>\
    <link>http://e.org/1</link><pubDate>Thu, 16 Oct 2025 04:05:06 GMT</pubDate><description><![CDATA[<p>Troops</p>]]></description>\
    </item><item><title>Two &nbsp; &x;</title></item></channel></rss>";
const ARCHIVE: &str = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 62\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: \
    chunked\r\n\r\n3\r\n<p>\r\n0\r\n\r\n\r\n\r\nWARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n";
const LINES: &str =
    "{\"id\":\"a\",\"text\":\"Troops fired.\",\"published\":\"16 Oct 2025\"}\n{\"id\":1,\"text\":\"b\"}\n";

/// Reads, and holds what comes out against what always holds.
fn check(bytes: &[u8], name: &str) {
    let mut outcomes = 0;
    let _ = read_bytes(bytes, name, &Options::default(), &mut |outcome| {
        outcomes += 1;
        if let Outcome::Read { document: doc, .. } = &outcome {
            assert!(!doc.text().trim().is_empty());
            assert!(!doc.text().contains('\0'));
        }
        ControlFlow::Continue(())
    });
    assert!(outcomes > 0, "nothing vanishes");
}

/// A seed with some bytes changed, a part cut out and a part repeated.
fn mutated(seed: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (changes, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_usize).prop_map(
        move |(changes, a, b, kind)| {
            let mut bytes = seed.as_bytes().to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            let (a, b) = (a.min(b), a.max(b));
            match kind {
                0 => bytes.truncate(b),
                1 => drop(bytes.drain(a..b)),
                _ => bytes.extend_from_within(a..b),
            }
            bytes
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "(a|b\\.html|c\\.xml|d\\.warc|e\\.jsonl|f\\.md|g\\.json)") {
        check(&bytes, &name);
    }

    #[test]
    fn any_text(text in ".{0,200}", name in "(a|b\\.html|f\\.md|2025-10-16\\.txt)") {
        check(text.as_bytes(), &name);
    }

    #[test]
    fn pages(bytes in mutated(PAGE)) {
        check(&bytes, "a.html");
    }

    #[test]
    fn feeds(bytes in mutated(FEED)) {
        check(&bytes, "a.xml");
    }

    #[test]
    fn archives(bytes in mutated(ARCHIVE)) {
        check(&bytes, "a.warc");
    }

    #[test]
    fn lines(bytes in mutated(LINES)) {
        check(&bytes, "a.jsonl");
    }

    #[test]
    fn the_text_of_plain_files_is_unchanged(text in "[A-Za-zé ,.\n]{1,300}") {
        let _ = read_bytes(text.as_bytes(), "a.txt", &Options::default(), &mut |outcome| {
            if let Outcome::Read { document: doc, .. } = outcome {
                assert_eq!(doc.text(), text);
            }
            ControlFlow::Continue(())
        });
    }
}
