//! Bytes to text: which encoding they are in, and what is done about bytes that are none.
//!
//! In this order: a byte order mark; UTF-8 where the bytes are valid and not plain ASCII; the encoding that
//! the transport or the mark-up declares; UTF-8 with few faults; a guess from the bytes. Characters that no
//! text holds (NUL and other controls) become blanks, one for one.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use model::{Problem, ProblemKind};

/// Decoded text and what was odd about it.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub text: String,
    pub problems: Vec<Problem>,
    /// How many characters were controls.
    pub controls: usize,
}

/// Decodes bytes; `declared` is the label of an encoding from the transport, `markup` says that the bytes may
/// declare one themselves (`meta charset`, XML declaration).
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>, markup: bool) -> Decoded {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => (guess(bytes, declared, markup), bytes),
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let mut problems = Vec::new();
    if malformed {
        let replaced = text.matches('\u{fffd}').count();
        problems.push(Problem::new(
            ProblemKind::Encoding,
            format!("{replaced} places were no text in {} and are shown as U+FFFD", encoding.name()),
        ));
    }
    let mut text = text.into_owned();
    let controls = blank_controls(&mut text);
    if controls > 0 {
        problems.push(Problem::new(
            ProblemKind::ControlCharacters,
            format!("{controls} control characters were replaced by blanks"),
        ));
    }
    Decoded { text, problems, controls }
}

/// Replaces control characters other than tab and line ends by blanks; says how many.
pub(crate) fn blank_controls(text: &mut String) -> usize {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    let count = text.chars().filter(|&c| is_control(c)).count();
    if count > 0 {
        *text = text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect();
    }
    count
}

fn guess(bytes: &[u8], declared: Option<&str>, markup: bool) -> &'static Encoding {
    if let Some(wide) = sixteen_bit(bytes) {
        return wide;
    }
    let ascii = bytes.is_ascii();
    if !ascii && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let declared = declared
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| if markup { declared_inside(bytes) } else { None });
    if let Some(encoding) = declared {
        // The bytes are not sixteen-bit (looked at above), and what is declared as UTF-8 may well be none.
        let wrong = encoding == UTF_16LE || encoding == UTF_16BE || (encoding == UTF_8 && !mostly_utf8(bytes));
        if !wrong {
            return encoding;
        }
    }
    if ascii || mostly_utf8(bytes) {
        return UTF_8;
    }
    // What is read here is English: a few bytes beyond ASCII are its dashes, quotes and borrowed names. The
    // detector, which has to allow for every language, is at sea with so few.
    if bytes.iter().filter(|b| !b.is_ascii()).count() * 25 < bytes.len() {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 16)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a mark: every other byte of Western text is NUL.
fn sixteen_bit(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2048) & !1];
    if sample.len() < 8 {
        return None;
    }
    let nuls = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), sample.len() / 2);
    if odd * 10 > half * 6 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 6 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether well-formed UTF-8 sequences outnumber the faults by far: a file with a stray byte, or cut short.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * 4 <= good
}

/// `charset=…` in a meta tag or `encoding="…"` in an XML declaration, within the first bytes.
fn declared_inside(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    for key in [b"charset=".as_slice(), b"encoding="] {
        let mut from = 0;
        while let Some(found) = head[from..].windows(key.len()).position(|w| w == key) {
            let value = &head[from + found + key.len()..];
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value
                .iter()
                .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
                .unwrap_or(value.len());
            if let Some(encoding) = Encoding::for_label(&value[..end]) {
                return Some(encoding);
            }
            from += found + key.len();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], declared: Option<&str>, markup: bool, text: &str, problems: &[ProblemKind]) {
        let decoded = decode(bytes, declared, markup);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), problems);
    }

    #[test]
    fn encodings_are_told_apart() {
        check(b"\xef\xbb\xbfcaf\xc3\xa9", None, false, "café", &[]);
        check(b"\xff\xfeh\0i\0", None, false, "hi", &[]);
        check(b"K\0a\0b\0u\0l\0.\0", None, false, "Kabul.", &[]);
        check(b"caf\xe9", Some("latin1"), false, "café", &[]);
        check(
            b"<meta charset='windows-1251'>\xcc\xee\xf1\xea\xe2\xe0",
            None,
            true,
            "<meta charset='windows-1251'>Москва",
            &[],
        );
        // What is said is wrong: the bytes are UTF-8.
        check("Türkiye".as_bytes(), Some("latin1"), false, "Türkiye", &[]);
        check(
            b"It\x92s said in Chitral that the na\xefve plan would not have worked.",
            None,
            false,
            "It’s said in Chitral that the naïve plan would not have worked.",
            &[],
        );
        check("é é é é é \u{0}".as_bytes(), None, false, "é é é é é  ", &[ProblemKind::ControlCharacters]);
        check(b"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3", None, false, "éééé\u{fffd}", &[ProblemKind::Encoding]);
    }
}
