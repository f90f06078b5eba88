//! The grammar of quantities over pieces of text.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::Span;

use super::Quantity;
use super::lex::{Cursor, Kind, Piece};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Unit(f64),
    Ten(f64),
    Scale(f64),
    Group(f64),
    Vague(f64, f64),
}

static WORDS: LazyLock<HashMap<&'static str, Word>> = LazyLock::new(|| {
    rows(include_str!("words.tsv"))
        .filter_map(|columns| {
            let value: f64 = columns.get(2)?.parse().ok()?;
            let word = match *columns.get(1)? {
                "unit" => Word::Unit(value),
                "ten" => Word::Ten(value),
                "scale" => Word::Scale(value),
                "group" => Word::Group(value),
                "vague" => Word::Vague(value, columns.get(3)?.parse().ok()?),
                _ => return None,
            };
            Some((columns[0], word))
        })
        .collect()
});

#[derive(Clone, Copy, Debug, PartialEq)]
enum Widening {
    Least,
    More,
    Most,
    Fewer,
    Nearly,
    About,
}

struct Modifier {
    words: &'static str,
    widening: Widening,
    before: bool,
}

/// Longest first, so that "just under" is not read as "under".
static MODIFIERS: LazyLock<Vec<Modifier>> = LazyLock::new(|| {
    let mut list: Vec<Modifier> = rows(include_str!("modifiers.tsv"))
        .filter_map(|columns| {
            let widening = match *columns.get(1)? {
                "least" => Widening::Least,
                "more" => Widening::More,
                "most" => Widening::Most,
                "fewer" => Widening::Fewer,
                "nearly" => Widening::Nearly,
                "about" => Widening::About,
                _ => return None,
            };
            Some(Modifier { words: columns[0], widening, before: *columns.get(2)? == "before" })
        })
        .collect();
    list.sort_by_key(|m| std::cmp::Reverse(m.words.len()));
    list
});

/// The rows of a table, without comments.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

/// A number read at some piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub value: f64,
    /// Set where the words give a stretch ("dozens").
    high: Option<f64>,
    pub end: usize,
    /// Whether it is only figures, without a scale word.
    bare: bool,
}

fn word_at(pieces: &[Piece], at: usize) -> Option<Word> {
    pieces.get(at).and_then(|p| WORDS.get(p.low.as_str()).copied())
}

fn value_of(figure: &str) -> Option<f64> {
    figure.replace(',', "").parse().ok()
}

/// A number that begins at `at`, without modifiers.
pub(crate) fn number(pieces: &[Piece], at: usize) -> Option<Number> {
    let mut c = Cursor::new(pieces, at);
    if c.phrase("half a dozen") {
        return Some(Number { value: 6.0, high: None, end: c.at, bare: false });
    }
    let first = c.peek()?;
    // "a hundred", "a dozen", "a couple", "a few", "a handful"
    if first.low == "a" {
        return match word_at(pieces, at + 1)? {
            Word::Scale(_) => spelled(pieces, at + 1, 1.0).map(tail),
            Word::Group(_) if pieces[at + 1].low == "score" => None,
            Word::Group(size) => Some(Number { value: size, high: None, end: at + 2, bare: false }),
            Word::Vague(low, high) if matches!(pieces[at + 1].low.as_str(), "couple" | "few" | "handful" | "pair") => {
                Some(scaled_vague(pieces, low, high, at + 2))
            }
            _ => None,
        };
    }
    if first.kind == Kind::Figure {
        let value = value_of(&first.low)?;
        // "1990s", "21st", "4x4"
        if pieces.get(at + 1).is_some_and(|p| p.kind == Kind::Word && !p.space && !is_scale(p)) {
            return None;
        }
        let mut end = at + 1;
        let mut total = value;
        let mut bare = true;
        let mut next = end;
        if pieces.get(next).is_some_and(|p| p.low == "-") && word_at(pieces, next + 1).is_some_and(is_magnitude) {
            next += 1;
        }
        while let Some(Word::Scale(size) | Word::Group(size)) = word_at(pieces, next) {
            total *= size;
            next += 1;
            end = next;
            bare = false;
        }
        return Some(Number { value: total, high: None, end, bare });
    }
    match word_at(pieces, at)? {
        Word::Unit(_) | Word::Ten(_) => spelled(pieces, at, 0.0).map(tail),
        Word::Scale(_) => None,
        // "score" alone is a verb or a result.
        Word::Group(_) if first.low == "score" => None,
        Word::Group(size) => Some(Number { value: size, high: None, end: at + 1, bare: false }),
        Word::Vague(..)
            if matches!(first.low.as_str(), "couple" | "few" | "handful" | "pair") && {
                let before = c.low_at(-1);
                !matches!(before, "the" | "last" | "past" | "these" | "those" | "very" | "next" | "first")
            } =>
        {
            None
        }
        Word::Vague(low, high) => Some(scaled_vague(pieces, low, high, at + 1)),
    }
}

/// Marks nothing; spelled numbers are never bare figures.
fn tail((value, end): (f64, usize)) -> Number {
    Number { value, high: None, end, bare: false }
}

fn is_scale(piece: &Piece) -> bool {
    WORDS.get(piece.low.as_str()).copied().is_some_and(is_magnitude)
}

fn is_magnitude(word: Word) -> bool {
    matches!(word, Word::Scale(_) | Word::Group(_))
}

/// "several hundred", "tens of thousands", "a few dozen".
fn scaled_vague(pieces: &[Piece], mut low: f64, mut high: f64, mut end: usize) -> Number {
    if let Some(Word::Scale(size) | Word::Group(size)) = word_at(pieces, end) {
        low *= size;
        high = high * size + if size >= 100.0 { size - 1.0 } else { 0.0 };
        end += 1;
    }
    while pieces.get(end).is_some_and(|p| p.low == "of") {
        match word_at(pieces, end + 1) {
            // "tens of thousands", "hundreds of thousands"
            Some(Word::Vague(unit, _)) if unit >= 200.0 => {
                let size = unit / 2.0;
                low *= size;
                high = high * size + size - 1.0;
                end += 2;
            }
            _ => break,
        }
    }
    Number { value: low, high: Some(high), end, bare: false }
}

/// "twenty-three", "two hundred and five", "one million two hundred thousand"; `start` is 1 after "a".
fn spelled(pieces: &[Piece], mut at: usize, start: f64) -> Option<(f64, usize)> {
    let mut total = 0.0;
    let mut group = start;
    let mut seen = start > 0.0;
    // What may still be added must be less: 100 after "hundred", 10 after "twenty", nothing after a unit.
    let mut room = f64::INFINITY;
    let mut last_scale = f64::INFINITY;
    loop {
        let mut next = at;
        let hyphen = seen && pieces.get(next).is_some_and(|p| p.low == "-" && !p.space);
        let and = seen && room > 10.0 && total + group >= 100.0 && pieces.get(next).is_some_and(|p| p.low == "and");
        if hyphen || and {
            next += 1;
        }
        match word_at(pieces, next) {
            Some(Word::Unit(value)) if value < room && (value >= 1.0 || !seen) => {
                group += value;
                room = 0.5;
            }
            Some(Word::Ten(value)) if value < room => {
                group += value;
                room = 10.0;
            }
            Some(Word::Scale(size)) if seen && !and && size < 1000.0 && group < 100.0 && group > 0.0 => {
                group *= size;
                room = size;
            }
            Some(Word::Scale(size)) if seen && !and && size >= 1000.0 && (group > 0.0 || total > 0.0) => {
                if size < last_scale {
                    total += group * size;
                } else {
                    total = (total + group) * size;
                }
                group = 0.0;
                room = 1000.0;
                last_scale = size;
            }
            Some(Word::Group(size)) if seen && next == at => {
                group *= size;
                at = next + 1;
                break;
            }
            _ => break,
        }
        seen = true;
        at = next + 1;
    }
    seen.then_some((total + group, at))
}

/// Every quantity, left to right.
pub(crate) fn all(text: &str, pieces: &[Piece]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match quantity(text, pieces, at) {
            Some((q, end)) => {
                found.extend(q);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// A quantity that begins at `at` (its modifier first); `None` in the pair where the number counts nothing.
fn quantity(text: &str, pieces: &[Piece], at: usize) -> Option<(Option<Quantity>, usize)> {
    let mut c = Cursor::new(pieces, at);
    let span = |from: usize, to: usize| Span::new(text, pieces[from].at.start, pieces[to - 1].at.end).ok();
    let make = |low, high, best, from, to| span(from, to).map(|span| Quantity { low, high, best, span });
    // "no casualties", "none"
    let zero = c.low() == "none" || (c.low() == "no" && zero_noun(pieces, at));
    if zero {
        return Some((make(Some(0.0), Some(0.0), None, at, at + 1), at + 1));
    }
    let mut widening = None;
    for modifier in MODIFIERS.iter().filter(|m| m.before) {
        if c.phrase(modifier.words) {
            widening = Some(modifier.widening);
            break;
        }
    }
    // "at least another 20", "nearly the same 20" stay apart; "more than about 20" keeps the first word.
    if widening.is_some() {
        while matches!(c.low(), "another" | "about" | "around" | "some" | "an" | "estimated" | "additional") {
            c.at += 1;
        }
    }
    let between = widening.is_none() && (c.word("between") || c.word("from"));
    let mut first = number(pieces, c.at)?;
    let begin = c.at;
    c.at = first.end;
    let second = second_of_range(&mut c, first, between).map(|(second, scale)| {
        first.value *= scale;
        second
    });
    if between && second.is_none() {
        return None;
    }
    let end = c.at;
    if counts_nothing(pieces, begin, end, &first, second.as_ref(), widening.is_some()) {
        return Some((None, end));
    }
    let (mut low, mut high, mut best) = match second {
        Some(second) => (Some(first.value), Some(second.high.unwrap_or(second.value)), None),
        None => (Some(first.value), Some(first.high.unwrap_or(first.value)), None),
    };
    let mut last = end;
    if widening.is_none() {
        for modifier in MODIFIERS.iter().filter(|m| !m.before) {
            if c.phrase(modifier.words) {
                widening = Some(modifier.widening);
                last = c.at;
                break;
            }
        }
        // "300+", "300-plus"
        let plus = c.word("+") || (c.hyphen() && c.word("plus"));
        if widening.is_none() && plus {
            widening = Some(Widening::Least);
            last = c.at;
        }
    }
    let (l, h) = (low.unwrap_or(0.0), high.unwrap_or(0.0));
    match widening {
        Some(Widening::Least) => high = None,
        Some(Widening::More) => (low, high) = (Some(l.floor() + 1.0), None),
        Some(Widening::Most) => (low, high) = (None, Some(h)),
        Some(Widening::Fewer) => (low, high) = (None, Some((h.ceil() - 1.0).max(0.0))),
        Some(Widening::Nearly) => low = Some(rounded(l * 0.9)),
        Some(Widening::About) if second.is_none() && first.high.is_none() => {
            (low, high, best) = (Some(rounded(l * 0.9)), Some(rounded(h * 1.1)), Some(l));
        }
        Some(Widening::About) | None => {}
    }
    Some((make(low, high, best, at, last), last))
}

/// To a thousandth, so that 0.9 × 30 is 27 and not 27.000000000000004.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// "20 to 25", "20-25", "four or five", "between 20 and 25".
///
/// The second number, and what the first must be multiplied by.
fn second_of_range(c: &mut Cursor, first: Number, between: bool) -> Option<(Number, f64)> {
    let start = c.at;
    let joined = if between {
        c.word("and") || c.word("to") || c.hyphen()
    } else {
        // "two-to-three"
        let hyphened = c.hyphen();
        let to = c.word("to") || (!hyphened && c.word("or"));
        if hyphened && to {
            c.hyphen();
        }
        hyphened || to
    };
    let second = joined.then(|| number(c.pieces, c.at)).flatten();
    // A range rises; "20 or 5" and "3-2" are none.
    let Some(second) = second.filter(|s| s.high.is_none() && s.value > first.value) else {
        c.at = start;
        return None;
    };
    // The scale word may belong to both: "20 to 25 million".
    let own = c.peek().filter(|p| p.kind == Kind::Figure).and_then(|p| value_of(&p.low)).unwrap_or(second.value);
    let scale = if first.bare && !second.bare && own > first.value { second.value / own } else { 1.0 };
    c.at = second.end;
    Some((second, scale))
}

/// Whether "no" at `at` counts: a noun follows within a few words rather than "no longer", "no doubt".
fn zero_noun(pieces: &[Piece], at: usize) -> bool {
    pieces.get(at + 1).is_some_and(|p| {
        p.kind == Kind::Word
            && !matches!(
                p.low.as_str(),
                "longer" | "doubt" | "matter" | "one" | "more" | "less" | "fewer" | "way" | "other" | "such" | "need"
            )
            && !matches!(p.low.as_str(), "sooner" | "better" | "further" | "evidence" | "reason" | "comment" | "choice")
    })
}

const MONTHS: [&str; 23] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
];

/// Years, dates, clock times, percentages, money, ages.
fn counts_nothing(
    pieces: &[Piece],
    begin: usize,
    end: usize,
    first: &Number,
    second: Option<&Number>,
    widened: bool,
) -> bool {
    let before = begin.checked_sub(1).map_or("", |i| pieces[i].low.as_str());
    let before_tight = begin > 0 && !pieces[begin].space;
    let after = pieces.get(end).map_or("", |p| p.low.as_str());
    let after_tight = pieces.get(end).is_some_and(|p| !p.space);
    let is_month = |w: &str| MONTHS.contains(&w) || w == "dec";
    let bare = first.bare && second.is_none_or(|s| s.bare);
    if matches!(before, "$" | "€" | "£" | "₹" | "#" | "/" | "rs" | "usd")
        || (before_tight && matches!(before, ":" | "." | "-"))
    {
        return true;
    }
    if matches!(after, "%" | "percent" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "o" | "°" | "gmt")
        || (after == "per" && pieces.get(end + 1).is_some_and(|p| p.low == "cent"))
        || (after_tight && matches!(after, ":" | "/"))
        || (matches!(after, "a" | "p") && pieces.get(end + 1).is_some_and(|p| p.low == "." && !p.space))
    {
        return true;
    }
    // "46-year-old", "aged 12", "12 years old"
    if before == "aged"
        || before == "age"
        || (after == "-" && pieces.get(end + 1).is_some_and(|p| p.low.starts_with("year")))
    {
        return true;
    }
    if bare && (is_month(before) || (before == "." && begin >= 2 && is_month(&pieces[begin - 2].low))) && !before_tight
    {
        return first.value <= 31.0 || year_like(first.value);
    }
    if bare && is_month(after) && first.value <= 31.0 && after != "may" && after != "march" {
        return true;
    }
    if bare && (matches!(after, "may" | "march")) && first.value <= 31.0 {
        return pieces.get(end).is_some_and(|_| matches!(before, "on" | "of" | "the" | "since" | "until" | ","));
    }
    // "December 28, 2024", "in 2021", "2024-25"
    let year = bare && year_like(first.value) && pieces[begin].low.len() == 4;
    if year && !widened {
        if second.is_some_and(|s| year_like(s.value) || s.value < 100.0) {
            return true;
        }
        let word_after = pieces.get(end).is_some_and(|p| p.kind == Kind::Word);
        let preposition = matches!(
            before,
            "in" | "since"
                | "by"
                | "of"
                | "until"
                | "till"
                | "before"
                | "after"
                | "from"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "to"
                | "and"
                | "for"
                | "the"
                | ","
                | "("
                | "summer"
                | "spring"
                | "autumn"
                | "fall"
                | "winter"
        );
        return preposition || !word_after;
    }
    false
}

fn year_like(value: f64) -> bool {
    (1700.0..2100.0).contains(&value) && value.fract() == 0.0
}
