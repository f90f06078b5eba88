//! Sentence ends by rules, over the words of [`crate::words`].
//!
//! First the text is cut where the layout says so: blank lines, bullets, table rows, and line ends that are
//! no wrapping (the next line's first word would have fitted on this one). Within such a segment a sentence
//! ends after a full stop, question or exclamation mark, with the quotes and brackets that close there,
//! unless what stands before is an abbreviation, an initial or a list number, or what follows goes on in lower
//! case. Abbreviations and sentence starters are word lists under `data/`.

use std::ops::Range;

use crate::dateline;
use crate::lexicon::{Abbreviation, LEXICON};
use crate::words;

/// A text's words, and one past the last word of each sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmented {
    /// Byte ranges of the words.
    pub words: Vec<Range<usize>>,
    /// Where sentences end, as indices of `words`; the last is the number of words.
    pub ends: Vec<usize>,
}

impl Segmented {
    /// The sentences as ranges of `words`.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter().copied()).map(|(start, end)| start..end)
    }
}

/// Cuts a text into words and sentences.
pub fn split(text: &str) -> Segmented {
    let mut out = Segmented::default();
    for segment in segments(text).into_iter().flat_map(|s| without_dateline(text, s)) {
        let first = out.words.len();
        words::split(text, segment, &mut out.words);
        if out.words.len() == first {
            continue;
        }
        part_final_stop(text, &mut out.words);
        let reader = Reader { text, words: &out.words[first..] };
        let ends: Vec<usize> = reader.ends();
        out.ends.extend(ends.into_iter().map(|end| first + end));
    }
    out
}

/// The segment, in two where it opens with a dateline.
fn without_dateline(text: &str, segment: Range<usize>) -> Vec<Range<usize>> {
    let start = segment.end - text[segment.clone()].trim_start_matches(words::is_blank).len();
    match dateline::end(&text[start..segment.end]) {
        Some(end) if start + end < segment.end => vec![segment.start..start + end, start + end..segment.end],
        _ => vec![segment],
    }
}

/// In `…, etc.` at the end of a segment the full stop is the sentence's, as in EWT.
fn part_final_stop(text: &str, words: &mut Vec<Range<usize>>) {
    let Some(last) = words.last_mut() else { return };
    let word = &text[last.clone()];
    let small = word.starts_with(char::is_lowercase) || word.chars().count() > 3;
    if word.ends_with('.') && word.len() > 2 && small && words::is_abbreviation(word) {
        last.end -= 1;
        let stop = last.end..last.end + 1;
        words.push(stop);
    }
}

// ---------------------------------------------------------------- layout

/// A line longer than this is a paragraph of its own, not part of a wrapped one.
const WIDEST_WRAP: usize = 130;

/// In characters: where a line stops in the midst of a sentence, the next one's first word would have fitted
/// with so much room at least if the line is no wrapped one (news agencies' wraps leave up to two or three).
const LEAST_ROOM: usize = 6;

/// A dateline has at most so many words.
const MOST_DATELINE: usize = 14;

#[derive(Clone, Debug)]
struct Line {
    range: Range<usize>,
    width: usize,
    first_word: usize,
}

/// Ranges of text that no sentence crosses.
fn segments(text: &str) -> Vec<Range<usize>> {
    let mut segments: Vec<Range<usize>> = Vec::new();
    let mut block: Vec<Line> = Vec::new();
    for line in lines(text) {
        let content = text[line.clone()].trim_matches(words::is_blank);
        if content.is_empty() {
            close_block(text, &mut block, &mut segments);
        } else {
            // widths count the visible part, in characters
            let width = content.chars().take(WIDEST_WRAP + 1).count();
            let first_word = content.chars().take(WIDEST_WRAP + 1).take_while(|c| !words::is_blank(*c)).count();
            block.push(Line { range: line, width, first_word });
        }
    }
    close_block(text, &mut block, &mut segments);
    segments
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at > text.len() {
            return None;
        }
        let rest = &text[at..];
        let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}']);
        let line = at..end.map_or(text.len(), |i| at + i);
        at = match end {
            None => text.len() + 1,
            Some(i) if rest[i..].starts_with("\r\n") => at + i + 2,
            Some(i) => at + i + rest[i..].chars().next().map_or(1, char::len_utf8),
        };
        Some(line)
    })
}

fn close_block(text: &str, block: &mut Vec<Line>, segments: &mut Vec<Range<usize>>) {
    let widest = block.iter().map(|l| l.width).max().unwrap_or(0);
    let mut start = 0;
    for i in 0..block.len() {
        if i + 1 == block.len() || breaks(text, &block[i], &block[i + 1], widest) {
            segments.push(block[start].range.start..block[i].range.end);
            start = i + 1;
        }
    }
    block.clear();
}

/// Whether the end of `line` is more than wrapping.
fn breaks(text: &str, line: &Line, next: &Line, widest: usize) -> bool {
    let follows = text[next.range.clone()].trim_start_matches(words::is_blank);
    let content = &text[line.range.clone()];
    if is_bullet(follows) || is_table_row(content) || is_table_row(follows) {
        return true;
    }
    if !(30..=WIDEST_WRAP).contains(&widest) {
        return true;
    }
    let goes_on = follows.starts_with(char::is_lowercase);
    let Some(room) = widest.checked_sub(line.width + 1 + next.first_word) else { return false };
    if goes_on {
        return false;
    }
    // Some wrap a little early: a line that ends in the midst of a sentence needs more room left to be one by itself.
    let content = content.trim_matches(words::is_blank);
    content.ends_with(['.', '?', '!', ':', ';', '"', '”', ')', ']']) || room >= LEAST_ROOM && !is_unfinished(content)
}

/// Whether a line ends in a comma or a word that needs another after it.
fn is_unfinished(line: &str) -> bool {
    let last = line.rsplit(words::is_blank).next().unwrap_or_default().to_lowercase();
    line.ends_with(',') || UNFINISHED.contains(&last.as_str())
}

/// Articles, prepositions, conjunctions and auxiliaries.
const UNFINISHED: [&str; 32] = [
    "the", "a", "an", "of", "in", "on", "at", "by", "to", "for", "from", "with", "and", "or", "but", "was", "were",
    "is", "are", "has", "have", "had", "be", "been", "that", "which", "who", "whose", "its", "his", "her", "their",
];

/// `- `, `* `, `• `, `3. `, `b) ` at the start of a line.
fn is_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('-' | '*' | '•' | '·' | '–' | '—' | '▪' | '●' | '>' | '#' | '+') => {
            chars.next().is_none_or(|c| c == ' ' || c == '\t')
        }
        Some(c) if c.is_ascii_alphanumeric() => {
            let label = line.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(line.len());
            let short = label <= if c.is_ascii_digit() { 3 } else { 1 };
            let rest = &line.as_bytes()[label..];
            short && matches!(rest.first(), Some(b'.' | b')')) && matches!(rest.get(1), None | Some(b' ' | b'\t'))
        }
        _ => false,
    }
}

/// A row of cells: tabs, bars or wide gaps between words, more than once.
fn is_table_row(line: &str) -> bool {
    let head = &line[..line.floor_char_boundary(400)];
    let head = head.trim();
    head.matches('\t').count() + head.matches('|').count() + head.matches("   ").count() >= 2
}

// ---------------------------------------------------------------- marks

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// A full stop of its own.
    Stop,
    /// Question and exclamation marks.
    Strong,
    /// Three dots.
    Ellipsis,
    /// The full stop of an abbreviation.
    Abbreviated,
}

struct Reader<'a> {
    text: &'a str,
    words: &'a [Range<usize>],
}

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |r| &self.text[r.clone()])
    }

    fn is_attached(&self, i: usize) -> bool {
        i > 0 && i < self.words.len() && self.words[i - 1].end == self.words[i].start
    }

    fn mark(&self, i: usize) -> Option<Mark> {
        let word = self.word(i);
        match word {
            "." | "。" | "۔" | "।" | "．" => Some(Mark::Stop),
            "؟" | "？" | "！" | "‽" => Some(Mark::Strong),
            _ if word.starts_with(['!', '?']) || word.starts_with(".!") || word.starts_with(".?") => Some(Mark::Strong),
            _ if word.starts_with("..") || word.starts_with('…') => Some(Mark::Ellipsis),
            _ if words::is_abbreviation(word) => Some(Mark::Abbreviated),
            _ => None,
        }
    }

    /// One past the last word of each sentence.
    fn ends(&self) -> Vec<usize> {
        let mut ends = Vec::new();
        let dateline = self.dateline();
        ends.extend((dateline > 0).then_some(dateline));
        let (mut start, mut i, mut open_quotes) = (dateline, dateline, 0_usize);
        while i < self.words.len() {
            if self.word(i) == "\"" {
                open_quotes += 1;
            }
            let Some(mut mark) = self.mark(i) else {
                i += 1;
                continue;
            };
            let mut end = i + 1;
            while end < self.words.len() {
                let word = self.word(end);
                let closes = match word {
                    ")" | "]" | "}" | "”" | "»" | "''" | "’’" => true,
                    "\"" => {
                        let hugs = self.is_attached(end) && !self.is_attached(end + 1);
                        hugs || open_quotes % 2 == 1 || end + 1 == self.words.len()
                    }
                    "'" | "’" => self.is_attached(end),
                    _ => LEXICON.emoticons.contains(&word) && !word.starts_with(char::is_alphanumeric),
                };
                let more = match self.mark(end) {
                    Some(Mark::Abbreviated) | None => false,
                    Some(found) => {
                        mark = if mark == Mark::Abbreviated || found == Mark::Strong { found } else { mark };
                        true
                    }
                };
                if !closes && !more {
                    break;
                }
                if word == "\"" {
                    open_quotes += 1;
                }
                end += 1;
            }
            if end < self.words.len() && self.is_end(start, i, end, mark) {
                ends.push(end);
                start = end;
            }
            i = end;
        }
        ends.push(self.words.len());
        ends
    }

    /// Words of a dateline that opens the segment (`ISLAMABAD, Oct 16 (Wire) -`, `KABUL:`), else 0. It is no part
    /// of the sentence that it stands before, and a parser takes it for one.
    fn dateline(&self) -> usize {
        let is_capitals = |w: &str| w.chars().count() >= 3 && w.chars().all(char::is_uppercase);
        if !is_capitals(self.word(0)) && !is_capitals(self.word(1)) {
            return 0;
        }
        for i in 1..self.words.len().min(MOST_DATELINE) {
            let word = self.word(i);
            let next = self.word(i + 1);
            let news = next.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\''));
            // a headline in capitals has no dateline that could be told
            let shouted = |w: &str| w.chars().count() >= 2 && w.chars().all(char::is_uppercase);
            let spelled = !shouted(next) || !shouted(self.word(i + 2));
            match word {
                "-" | "--" | "—" | "–" if !self.is_attached(i + 1) => {
                    return if news && spelled { i + 1 } else { 0 };
                }
                ":" if i <= 3 => return if news && spelled && !self.is_attached(i + 1) { i + 1 } else { 0 },
                "," | "(" | ")" | "/" | "-" | "." => {}
                _ if word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) => {}
                _ => return 0,
            }
        }
        0
    }

    /// Whether a sentence that began at `start` ends before word `next`, after the mark at `at`.
    fn is_end(&self, start: usize, at: usize, next: usize, mark: Mark) -> bool {
        let first = self.opening(next);
        let capital = first.starts_with(char::is_uppercase);
        let small = first.starts_with(char::is_lowercase);
        let digit = first.starts_with(|c: char| c.is_ascii_digit());
        if self.is_attached(next) && mark != Mark::Strong {
            // "it ended.Next": a missing space, if a word in small letters stands before
            let before = if at > 0 { self.word(at - 1) } else { "" };
            let spelled = before.chars().count() > 1 && before.ends_with(char::is_lowercase);
            return mark == Mark::Stop && capital && spelled && first.chars().count() > 1;
        }
        // list numbers and letters: "1." "b."
        if at <= start + 1 && mark == Mark::Stop && at > 0 {
            let label = self.word(at - 1);
            let is_label = at - 1 == start && (label.bytes().all(|b| b.is_ascii_digit()) && label.len() <= 3);
            if is_label {
                return false;
            }
        }
        match mark {
            Mark::Stop | Mark::Strong => !(small && next > at + 1),
            Mark::Ellipsis => !small && !digit,
            Mark::Abbreviated => {
                let stem = self.word(at).trim_end_matches('.');
                match LEXICON.abbreviations.get(stem) {
                    Some(Abbreviation::Before | Abbreviation::Number) => false,
                    Some(Abbreviation::Month | Abbreviation::After) => capital && LEXICON.starters.contains(first),
                    None => {
                        let initial = stem.chars().count() == 1;
                        !initial && capital && LEXICON.starters.contains(first)
                    }
                }
            }
        }
    }

    /// The first word at or after `i` that is no opening quote, bracket or dash.
    fn opening(&self, i: usize) -> &str {
        let opens =
            |w: &str| matches!(w, "\"" | "“" | "‘" | "'" | "``" | "(" | "[" | "«" | "-" | "--" | "—" | "–" | "*");
        (i..self.words.len().min(i + 3)).map(|k| self.word(k)).find(|w| !opens(w)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences are parted by ` / ` in the fixture.
    fn check(text: &str, expected: &str) {
        let found = split(text);
        let sentences: Vec<String> = found
            .sentences()
            .map(|s| text[found.words[s.start].start..found.words[s.end - 1].end].replace('\n', " "))
            .collect();
        assert_eq!(sentences.join(" / "), expected, "{text:?}");
    }

    #[test]
    fn stops_and_abbreviations() {
        check("He left. She stayed.", "He left. / She stayed.");
        check("Gen. Munir met Lt. Col. Khan of the U.S. Army.", "Gen. Munir met Lt. Col. Khan of the U.S. Army.");
        check("It flew to the U.S. The trip took a day.", "It flew to the U.S. / The trip took a day.");
        check("J. Smith spoke at 5 p.m. He left.", "J. Smith spoke at 5 p.m. / He left.");
        check("See No. 5. No. That is all.", "See No. 5. / No. / That is all.");
        check("On Jan. 5 it rose 3.5 percent.", "On Jan. 5 it rose 3.5 percent.");
        check("1. Open the door. 2. Shut it.", "1. Open the door. / 2. Shut it.");
    }

    #[test]
    fn quotes_stay_with_their_sentence() {
        check("“We won.” He smiled. \"Why?\" she asked.", "“We won.” / He smiled. / \"Why?\" she asked.");
        check("\"No.\" \"Yes.\"", "\"No.\" / \"Yes.\"");
        check("(It failed.) Then it rained.", "(It failed.) / Then it rained.");
    }

    #[test]
    fn datelines_stand_apart() {
        check("ISLAMABAD, Oct 16 (Wire) - Jets struck.", "ISLAMABAD, Oct 16 (Wire) - / Jets struck.");
        check("KABUL/PESHAWAR — Two died.", "KABUL/PESHAWAR — / Two died.");
        check("SPIN BOLDAK: “We left,” he said.", "SPIN BOLDAK: / “We left,” he said.");
        check("TTP fighters - said to be many - fled.", "TTP fighters - said to be many - fled.");
        check("ARMY: NO COMMENT ON RAID", "ARMY: NO COMMENT ON RAID");
        check("NATO-Russia talks failed.", "NATO-Russia talks failed.");
        check("NATO said it: No talks.", "NATO said it: No talks.");
    }

    #[test]
    fn layout() {
        check("Blast in Kabul\n\nKABUL: A blast hit.", "Blast in Kabul / KABUL: / A blast hit.");
        check(
            "Blast kills six\nA blast in the city of Kabul killed six people\non Monday, police said.",
            "Blast kills six / A blast in the city of Kabul killed six people on Monday, police said.",
        );
        check("- one thing\n- another thing", "- one thing / - another thing");
        check(
            "THE MAYOR OF A TOWN IN THE NORTH OF THE COUNTRY, 42, WAS\nKILLED BY TWO BULLETS FIRED FROM A GUN THAT NOBODY HAS FOUND.",
            "THE MAYOR OF A TOWN IN THE NORTH OF THE COUNTRY, 42, WAS KILLED BY TWO BULLETS FIRED FROM A GUN THAT NOBODY HAS FOUND.",
        );
        check("a\tb\tc\nd\te\tf", "a\tb\tc / d\te\tf");
        check("One\r\n\r\nTwo\r\nThree", "One / Two / Three");
        check("", "");
        check(" \n\u{200b}\n ", "");
    }
}
