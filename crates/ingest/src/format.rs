//! What format an input is in: by its first bytes, then by its name, then by what the transport says.
//!
//! Names lie more often than bytes do, so that a page saved as `.txt` is still a page. Binary formats are named,
//! with a hint, rather than called unreadable.

use crate::decode::decode;
use crate::outcome::SkipReason;

/// A format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
    /// RSS or Atom.
    Feed,
    /// JSON Feed.
    JsonFeed,
    JsonLines,
    /// One JSON value over several lines: a report, or a list of them.
    Json,
    Warc,
    Gzip,
    Zstd,
    /// None that is read.
    Other(SkipReason),
}

/// Bytes by which known formats without text start, what they are, and what to try.
const BINARIES: [(&[u8], &str, &str); 22] = [
    (b"%PDF", "a PDF", PDF),
    (b"PK\x03\x04", "a zip archive or an Office document", UNPACK),
    (b"\xd0\xcf\x11\xe0", "an old Office document", SAVE),
    (b"{\\rtf", "a rich-text document", SAVE),
    (b"\x89PNG", "a PNG image", NO_TEXT),
    (b"\xff\xd8\xff", "a JPEG image", NO_TEXT),
    (b"GIF8", "a GIF image", NO_TEXT),
    (b"RIFF", "an image, sound or video", NO_TEXT),
    (b"ID3", "a sound", NO_TEXT),
    (b"OggS", "a sound or video", NO_TEXT),
    (b"\x00\x00\x01\x00", "an icon", NO_TEXT),
    (b"wOF", "a font", NO_TEXT),
    (b"\x7fELF", "a program", NO_TEXT),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ", "an xz archive", UNPACK),
    (b"7z\xbc\xaf", "a 7-zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"\x04\x22\x4d\x18", "an LZ4 archive", "unpack it with `lz4 -d`, or pack it with gzip or zstd"),
    (b"SQLite format 3", "a database", "export its texts as JSON Lines"),
    (b"PAR1", "a Parquet table", "export its texts as JSON Lines"),
    (b"filedesc://", "an ARC archive, which is older than WARC", "convert it with `warcio recompress`"),
    (b"\x00asm", "a program", NO_TEXT),
];
const UNPACK: &str = "unpack it and give the files, or pack them with gzip or zstd";
const PDF: &str = "convert it with `pdftotext` and give the text";
const SAVE: &str = "save it as plain text";
const NO_TEXT: &str = "leave it out";

/// The format of an input that starts with `head` (its first kilobytes).
pub(crate) fn detect(head: &[u8], name: &str, content_type: Option<&str>) -> Format {
    if head.starts_with(&[0x1f, 0x8b]) {
        return Format::Gzip;
    }
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
        || (head.len() > 4 && head[0] & 0xf0 == 0x50 && head[1..4] == [0x2a, 0x4d, 0x18])
    {
        return Format::Zstd;
    }
    if let Some((_, what, hint)) = BINARIES.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Format::Other(SkipReason::NotText { what: (*what).to_owned(), hint });
    }
    if head.get(257..262) == Some(b"ustar") {
        return Format::Other(SkipReason::NotText { what: "a tar archive".to_owned(), hint: UNPACK });
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Format::Other(SkipReason::NotText { what: "a video".to_owned(), hint: NO_TEXT });
    }
    // What follows may be damaged: the first line decides.
    if head.trim_ascii_start().starts_with(b"WARC/") {
        return Format::Warc;
    }
    let extension = extension(name);
    let mime = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let decoded = decode(head, charset(content_type).as_deref(), true);
    // A few NUL bytes are a fault in a text; many are no text.
    if decoded.controls * 10 > head.len() {
        let what = "bytes that no encoding of text explains".to_owned();
        return Format::Other(SkipReason::NotText { what, hint: "check what the file is" });
    }
    let start = decoded.text.trim_start();
    if start.starts_with('<') {
        if let Some(format) = markup(start) {
            return format;
        }
    } else if extension == "warc" && !start.is_empty() {
        // What is wrong with it is for its reader to say.
        return Format::Warc;
    }
    if matches!(extension.as_str(), "csv" | "tsv") {
        let hint = "give its texts as JSON Lines: {\"id\",\"text\",\"published\",…} a line";
        return Format::Other(SkipReason::NotText { what: "a table".to_owned(), hint });
    }
    if start.starts_with(['{', '[']) && !matches!(extension.as_str(), "txt" | "text" | "md" | "markdown") {
        let top = &start[..floor(start, 4096)];
        if top.contains("jsonfeed.org/version") || mime == "application/feed+json" {
            return Format::JsonFeed;
        }
        let first = start.lines().next().unwrap_or_default();
        let complete = serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok();
        let more = start[first.len()..].trim_start().starts_with('{');
        if (start.starts_with('{') && complete)
            || matches!(extension.as_str(), "jsonl" | "ndjson")
            || (first.len() > 1 && more)
        {
            return Format::JsonLines;
        }
        if extension == "json" || mime.ends_with("json") || first.trim().len() <= 1 || complete {
            return Format::Json;
        }
        // A first line longer than the sample is one record of JSON Lines.
        if start.starts_with("{\"") && first.len() == start.len() {
            return Format::JsonLines;
        }
    }
    match (extension.as_str(), mime.as_str()) {
        ("jsonl" | "ndjson", _) | (_, "application/jsonl" | "application/x-ndjson") => Format::JsonLines,
        ("md" | "markdown" | "mkd", _) | (_, "text/markdown") => Format::Markdown,
        ("html" | "htm" | "xhtml" | "shtml", _) | (_, "text/html" | "application/xhtml+xml") => Format::Html,
        ("rss" | "atom", _) | (_, "application/rss+xml" | "application/atom+xml") => Format::Feed,
        (_, mime) if ["image/", "video/", "audio/", "font/"].iter().any(|kind| mime.starts_with(kind)) => {
            Format::Other(SkipReason::NotText { what: mime.to_owned(), hint: NO_TEXT })
        }
        (_, "text/css" | "text/javascript" | "application/javascript" | "application/x-javascript") => {
            Format::Other(SkipReason::NotText { what: mime, hint: NO_TEXT })
        }
        _ => Format::Text,
    }
}

/// What mark-up says by its first element that it is.
fn markup(start: &str) -> Option<Format> {
    let top = start[..floor(start, 8192)].to_ascii_lowercase();
    let mut rest = top.as_str();
    loop {
        rest = rest.trim_start();
        if rest.starts_with("<?") {
            rest = rest.split_once("?>")?.1;
        } else if rest.starts_with("<!--") {
            rest = rest.split_once("-->")?.1;
        } else if rest.starts_with("<!doctype html") {
            return Some(Format::Html);
        } else if rest.starts_with("<!") {
            // A declaration may have an inner part in brackets.
            let end = rest.find('>')?;
            let end = match rest.find('[') {
                Some(open) if open < end => rest.find("]>").map(|i| i + 1)?,
                _ => end,
            };
            rest = &rest[end + 1..];
        } else {
            break;
        }
    }
    let name: String = rest
        .strip_prefix('<')?
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-'))
        .collect();
    match name.rsplit(':').next().unwrap_or_default() {
        "rss" | "feed" | "rdf" | "channel" | "entry" | "item" => Some(Format::Feed),
        "html" | "head" | "body" | "div" | "p" | "article" | "title" | "meta" | "main" | "section" | "table" | "h1"
        | "script" | "link" | "header" | "span" | "a" | "center" | "font" => Some(Format::Html),
        "urlset" | "sitemapindex" => Some(Format::Other(SkipReason::NotText {
            what: "a site map, which lists addresses".to_owned(),
            hint: "give the pages themselves",
        })),
        "svg" => Some(Format::Other(SkipReason::NotText { what: "a drawing (SVG)".to_owned(), hint: NO_TEXT })),
        "" => None,
        _ if start.starts_with("<?xml") => Some(Format::Other(SkipReason::NotText {
            what: format!("XML (`{name}`), but no feed or page"),
            hint: "give its text as plain text or JSON Lines",
        })),
        _ => None,
    }
}

/// The last part of a name after a dot, without the extension of a compression.
pub(crate) fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let name = [".gz", ".zst", ".zstd"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_owned())
}

/// The `charset` of a content type.
pub(crate) fn charset(content_type: Option<&str>) -> Option<String> {
    content_type?.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_bytes_first() {
        let check =
            |head: &[u8], name: &str, expected: Format| assert_eq!(detect(head, name, None), expected, "{name}");
        check(b"\x1f\x8b\x08", "x.txt", Format::Gzip);
        check(b"WARC/1.0\r\n", "x", Format::Warc);
        check(b"<!DOCTYPE html><p>", "x.txt", Format::Html);
        check(b"<?xml version='1.0'?><!-- c --><rss version='2.0'>", "x.html", Format::Feed);
        check(b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a \"b\">]><rss>", "x", Format::Feed);
        check(b"<rdf:RDF xmlns", "x", Format::Feed);
        check(b"{\"version\": \"https://jsonfeed.org/version/1.1\"", "x", Format::JsonFeed);
        check(b"{\"id\":1,\"text\":\"a\"}\n{\"id\":2}", "-", Format::JsonLines);
        check(b"[\n {\"id\":1}]", "x.json", Format::Json);
        check(b"[Kabul] Troops", "x", Format::Text);
        check(b"# Title", "x.md", Format::Markdown);
        check(b"plain", "x.txt", Format::Text);
        assert!(matches!(detect(b"%PDF-1.4", "x.txt", None), Format::Other(_)));
        assert!(matches!(detect(&[0, 1, 2, 3, 4, 5, 6, 7, 8], "x.txt", None), Format::Other(_)));
        assert_eq!(extension("a/b.warc.GZ"), "warc");
        assert_eq!(charset(Some("text/html; Charset=\"koi8-r\"")).as_deref(), Some("koi8-r"));
    }
}
