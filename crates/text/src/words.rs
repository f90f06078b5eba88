//! Word boundaries by rules, after the tokens of UD English EWT.
//!
//! Text is first cut at blank characters; each piece is then read from left to right. `don't` is two
//! words, `US-led` three, `anti-war` one; amounts part from their sign and unit (`$5m` is three); addresses,
//! numbers (`1,200`, `3.5`, `10:30`) and abbreviations (`U.N.`, `Gen.`) stay whole. Every byte that is not
//! blank belongs to exactly one word. Time is linear in the text: no rule looks further than one piece,
//! and pieces without blanks are cut at [`LONGEST_PIECE`] bytes.

use std::ops::Range;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use crate::addresses::{address, emoticon};
use crate::lexicon::{Abbreviation, LEXICON};

/// A run without blanks that is longer than this is cut, so that no rule scans megabytes.
const LONGEST_PIECE: usize = 512;

/// Appends the byte ranges of the words of `text[range]`.
pub fn split(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let mut start = None;
    for (offset, c) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        match (is_blank(c), start) {
            (true, Some(from)) => {
                piece(text, from, at, out);
                start = None;
            }
            (false, None) => start = Some(at),
            (false, Some(from)) if at - from >= LONGEST_PIECE => {
                piece(text, from, at, out);
                start = Some(at);
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        piece(text, from, range.end, out);
    }
}

/// White space, control characters and characters without width that are no part of a word.
pub fn is_blank(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c.is_ascii_control();
    }
    c.is_whitespace()
        || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || c.is_control()
}

/// Whether the word stands for an abbreviation that keeps its full stop: `Gen.`, `U.S.`, `J.`, `p.m.`.
pub fn is_abbreviation(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    LEXICON.abbreviations.get(stem).is_some_and(|kind| *kind != Abbreviation::Number) || is_dotted(stem)
}

/// Single letters with full stops between them (`U.S`, `p.m`), or one capital.
pub fn is_dotted(stem: &str) -> bool {
    let mut parts = stem.split('.');
    let single = |p: &str| {
        let mut chars = p.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    if stem.contains('.') { parts.all(single) } else { single(stem) && stem.chars().all(char::is_uppercase) }
}

/// One run without blanks.
fn piece(text: &str, start: usize, end: usize, out: &mut Vec<Range<usize>>) {
    let mut at = start;
    while at < end {
        let rest = &text[at..end];
        let length = address(rest).or_else(|| emoticon(rest, at == start)).unwrap_or_else(|| {
            let c = rest.chars().next().unwrap_or(' ');
            if is_word_char(c) {
                let length = word(rest);
                let length = length + numbering(&text[at..], length, end - at);
                parts(&rest[..length], at, out);
                0
            } else {
                let length = apostrophe_word(rest, at == start);
                if length > 0 { length } else { mark(rest) }
            }
        });
        if length > 0 {
            out.push(at..at + length);
            at += length;
        } else {
            at = out.last().map_or(end, |r| r.end);
        }
    }
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number | GeneralCategoryGroup::Mark
    ) && !matches!(c, '\u{FE0F}' | '\u{20E3}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// `'s`, `'em`, `'90s`, `'ve` standing by themselves or where an earlier word was cut.
fn apostrophe_word(rest: &str, opens: bool) -> usize {
    let mut chars = rest.chars();
    let Some(mark) = chars.next().filter(|c| is_apostrophe(*c)) else { return 0 };
    let after = chars.as_str();
    let length = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    let word = after[..length].to_lowercase();
    let digits = word.len() >= 3 && word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s');
    let known = match word.as_str() {
        "s" | "re" | "ve" | "ll" | "d" | "m" => true,
        "em" | "til" | "cause" | "bout" | "tis" | "twas" | "n" => opens,
        _ => digits && opens,
    };
    if known { mark.len_utf8() + length } else { 0 }
}

/// Length of a punctuation mark or symbol, with its repetitions where they are one mark.
fn mark(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let run = |set: &[char]| rest.find(|c| !set.contains(&c)).unwrap_or(rest.len());
    match bytes[0] {
        b'.' => {
            let dots = run(&['.']);
            // ".?" and ".!" are one mark
            dots + rest[dots..].find(|c| c != '!' && c != '?').unwrap_or(rest.len() - dots)
        }
        b'!' | b'?' => run(&['!', '?']),
        b'-' | b'=' | b'_' | b'*' | b'~' | b'#' | b'+' | b'<' | b'>' | b'|' | b'^' | b'$' => {
            let same = run(&[char::from(bytes[0])]);
            // "->" and "---->"
            if bytes[0] == b'-' && bytes.get(same) == Some(&b'>') { same + 1 } else { same }
        }
        b'`' | b'\'' if bytes.get(1) == Some(&bytes[0]) => 2,
        b if b.is_ascii() => 1,
        _ => {
            let c = rest.chars().next().unwrap_or(' ');
            if matches!(c, '…' | '—' | '–' | '’') {
                return run(&[c]);
            }
            // emoji with their modifiers, flags, joined families
            rest.graphemes(true).next().map_or(c.len_utf8(), |g| {
                let blank = g.char_indices().find(|(_, c)| is_blank(*c)).map_or(g.len(), |(i, _)| i);
                blank.max(c.len_utf8())
            })
        }
    }
}

/// Length of the word at the start of `rest`, which starts with a letter, digit or combining mark.
fn word(rest: &str) -> usize {
    let mut length = 0;
    let mut before = '\0';
    for (at, c) in rest.char_indices() {
        if is_word_char(c) || matches!(c, '\u{200C}' | '\u{200D}' | '\u{AD}') {
            before = c;
            length = at + c.len_utf8();
            continue;
        }
        let after = &rest[at + c.len_utf8()..];
        let next = after.chars().next().unwrap_or(' ');
        if !is_word_char(next) && c != '.' {
            break;
        }
        let so_far = &rest[..at];
        let joins = match c {
            '.' => {
                if before.is_ascii_digit() && next.is_ascii_digit() {
                    true
                } else if (!next.is_alphanumeric() || is_dotted_on(so_far, after)) && is_abbreviation(&rest[..=at]) {
                    length = at + 1;
                    if !is_dotted_on(so_far, after) {
                        break;
                    }
                    true
                } else {
                    is_dotted_on(so_far, after)
                }
            }
            ',' => before.is_ascii_digit() && next.is_ascii_digit() && leading_digits(after) >= 3,
            ':' => before.is_ascii_digit() && next.is_ascii_digit() && so_far.len() <= 8,
            '/' => joins_slash(so_far, after),
            '-' | '\u{2010}' | '\u{2011}' => joins_hyphen(so_far, after),
            '&' => before.is_alphabetic() && next.is_alphabetic() && so_far.chars().count() <= 4,
            '\'' | '’' | 'ʼ' => {
                (before.is_alphabetic() && next.is_alphabetic()) || (before.is_ascii_digit() && next == 's')
            }
            '_' | '@' => true,
            '*' => before.is_alphabetic() && next.is_alphabetic(),
            _ => false,
        };
        if !joins {
            break;
        }
        before = c;
        length = at + c.len_utf8();
    }
    length
}

/// The full stop of `No.` and the like, which is theirs only where a number follows.
fn numbering(rest: &str, length: usize, end: usize) -> usize {
    let is_label = LEXICON.abbreviations.get(&rest[..length]) == Some(&Abbreviation::Number);
    let stop = length + 1 == end && rest[length..].starts_with('.');
    let number = || rest[end..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
    usize::from(is_label && stop && number())
}

/// `U.` + `S`, `p.` + `m`: another single letter follows the full stop.
fn is_dotted_on(so_far: &str, after: &str) -> bool {
    let mut chars = after.chars();
    let single = chars.next().is_some_and(char::is_alphabetic)
        && chars.next().is_none_or(|c| !is_word_char(c) && !is_apostrophe(c) || c == '.');
    let mut last = so_far.rsplit('.').next().unwrap_or_default().chars();
    single && last.next().is_some_and(char::is_alphabetic) && last.next().is_none()
        || so_far == "Ph" && after.starts_with('D')
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// 11/28/2000 and 9/11 are one word; 1/2, and/or are three.
fn joins_slash(so_far: &str, after: &str) -> bool {
    let digits = leading_digits(after);
    if so_far.contains('/') {
        return so_far.bytes().all(|b| b.is_ascii_digit() || b == b'/') && digits > 0;
    }
    if !so_far.bytes().all(|b| b.is_ascii_digit()) || so_far.len() > 2 || digits == 0 || digits > 2 {
        return false;
    }
    let date =
        after.as_bytes().get(digits) == Some(&b'/') && after[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
    let (a, b): (u32, u32) = (so_far.parse().unwrap_or(99), after[..digits].parse().unwrap_or(99));
    date || (a <= 12 && (9..=31).contains(&b) && b != 10 && b != 12 && b != 16)
}

/// 713-853-3989 and 11-20-2000 are one word, 5-10 three; anti-war is one, US-led three.
fn joins_hyphen(so_far: &str, after: &str) -> bool {
    if so_far.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        let digits = leading_digits(after);
        let ends = after[digits..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if digits == 0 || !ends {
            return false;
        }
        let more = after.as_bytes().get(digits) == Some(&b'-')
            && after[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
        return so_far.contains('-') || more || (so_far.len() == 3 && digits == 4);
    }
    after.starts_with(char::is_alphanumeric) && LEXICON.prefixes.contains(so_far.to_lowercase().as_str())
}

/// Appends a word, cut where it is a contraction or an amount with its unit.
fn parts(word: &str, start: usize, out: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for cut in cuts(word) {
        if cut > from && cut < word.len() {
            out.push(start + from..start + cut);
            from = cut;
        }
    }
    out.push(start + from..start + word.len());
}

/// Byte offsets at which a word parts.
fn cuts(word: &str) -> Vec<usize> {
    let lower = word.to_lowercase();
    if lower.len() != word.len() {
        // lower-casing moved the bytes (İ): no contraction of ours
        return Vec::new();
    }
    if let Some(offsets) = LEXICON.contractions.get(&lower) {
        return offsets.clone();
    }
    for suffix in ["n't", "n’t"] {
        if lower.ends_with(suffix) && lower.len() > suffix.len() {
            return vec![word.len() - suffix.len()];
        }
    }
    if let Some((at, mark)) = lower.char_indices().rev().find(|(_, c)| is_apostrophe(*c)) {
        let tail = &lower[at + mark.len_utf8()..];
        let after_digit = lower[..at].ends_with(|c: char| c.is_ascii_digit());
        if at > 0
            && matches!(tail, "s" | "re" | "ve" | "ll" | "d" | "m")
            && !(after_digit && tail == "s" && !lower[..at].contains(char::is_alphabetic))
        {
            let stem = cuts(&word[..at]);
            return stem.into_iter().chain([at]).collect();
        }
        return Vec::new();
    }
    // an amount and its unit: 5pm, 35mm, 10k
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))).unwrap_or(word.len());
        let unit = word[digits..].trim_end_matches('.');
        if !unit.is_empty() && LEXICON.units.contains(unit) {
            return vec![digits];
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, words: &str) {
        let mut out = Vec::new();
        split(text, 0..text.len(), &mut out);
        let found: Vec<&str> = out.iter().map(|r| &text[r.clone()]).collect();
        assert_eq!(found.join(" "), words, "{text:?}");
    }

    #[test]
    fn contractions_and_possessives() {
        check("I don't know; they'd've left.", "I do n't know ; they 'd 've left .");
        check("Pakistan’s and parents' cannot", "Pakistan ’s and parents ' can not");
        check("O'Brien at five o'clock, the '90s", "O'Brien at five o'clock , the '90s");
        check("DON'T gonna", "DO N'T gon na");
    }

    #[test]
    fn numbers_and_amounts() {
        check("1,200 men, 3.5% and $5m at 10:30.", "1,200 men , 3.5 % and $ 5 m at 10:30 .");
        check("5pm, the 20th; 1990s", "5 pm , the 20th ; 1990s");
        check("on 11/28/2000 and 9/11, 1/2", "on 11/28/2000 and 9/11 , 1 / 2");
        check("call 713-853-3989 for 5-10", "call 713-853-3989 for 5 - 10");
        check("10-year-old F-16s", "10 - year - old F - 16s");
    }

    #[test]
    fn abbreviations() {
        check("Gen. Asim of the U.N. met Mr. J. Smith at 5 p.m.", "Gen. Asim of the U.N. met Mr. J. Smith at 5 p.m.");
        check("Lt. Col. in the U.S., etc.", "Lt. Col. in the U.S. , etc.");
        check("It ended.Next one", "It ended . Next one");
    }

    #[test]
    fn hyphens_and_slashes() {
        check("US-led anti-war Khyber-Pakhtunkhwa and/or", "US - led anti-war Khyber - Pakhtunkhwa and / or");
        check("he left -- and — so–on", "he left -- and — so – on");
    }

    #[test]
    fn addresses() {
        check("See https://a.org/b?c=d(e), or www.x.com.", "See https://a.org/b?c=d(e) , or www.x.com .");
        check("<me@mail.co.uk> dawn.com's report.pdf", "< me@mail.co.uk > dawn.com 's report.pdf");
    }

    #[test]
    fn quotes_ellipses_emoji() {
        check("“Yes,” he said... \"No?!\"", "“ Yes , ” he said ... \" No ?! \"");
        check("fire🔥🇵🇰 👩‍👩‍👧 :) ok", "fire 🔥 🇵🇰 👩‍👩‍👧 :) ok");
        check("a\u{200b}\u{a0}b \u{feff}c", "a b c");
        check("وزیراعظم نے کہا۔", "وزیراعظم نے کہا ۔");
    }

    proptest! {
        #[test]
        fn words_cover_all_that_is_not_blank(text in "(\\PC|[ \n\t'’.,:/@&a-zA-Z0-9-]){0,80}") {
            let mut out = Vec::new();
            split(&text, 0..text.len(), &mut out);
            let mut at = 0;
            for range in out {
                prop_assert!(range.start >= at && range.end > range.start);
                prop_assert!(text[at..range.start].chars().all(is_blank));
                prop_assert!(text.is_char_boundary(range.end));
                at = range.end;
            }
            prop_assert!(text[at..].chars().all(is_blank));
        }
    }

    #[test]
    fn long_runs_stay_linear() {
        let text = "a-".repeat(200_000) + &".".repeat(200_000) + &"x@".repeat(100_000);
        let mut out = Vec::new();
        split(&text, 0..text.len(), &mut out);
        assert!(out.len() > 1000);
    }
}
