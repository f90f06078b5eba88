//! Named periods: years, decades, fiscal years, quarters, seasons, repeated times, vague references.

use super::calendar::year_after;
use super::phrase::{Context, Read, day};
use super::relative::count;
use super::value::Value;
use super::words::{self, month, ordinal, part, season, unit, weekday, year};
use crate::numbers::lex::{Cursor, Kind, Piece};

/// Decades by name, from the twenties.
const DECADES: [&str; 8] =
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

/// "2021", "the year 2000", "1990s", "the mid-1990s", "fiscal 2025", "the 20th century", "2024-25".
pub(super) fn year_phrase(mut c: Cursor, context: Context) -> Read {
    let start = c.at;
    let _ = c.any(&["the end of", "the beginning of", "the start of", "the middle of", "early in", "late in"]);
    let the = c.word("the");
    let hedged = c.any(&["early", "mid", "late", "year"]).is_some();
    c.hyphen();
    let fiscal = c.any(&["fiscal year", "fiscal", "financial year"]).is_some();
    let mut short = c;
    short.word("'");
    if let Some(n) = short.figure(|f| f.len() == 2 && f.ends_with('0'))
        && short.low() == "s"
        && short.peek().is_some_and(|p| !p.space)
        && (the || hedged || short.at > c.at + 1)
    {
        return Some((short.at + 1, Value::Decade(1900 + i16::try_from(n).ok()?)));
    }
    if fiscal && !matches!(c.peek(), Some(p) if p.kind == Kind::Figure) {
        let a = context.anchor?;
        return (c.low_at(-1) == "year" && the).then_some((c.at, Value::FiscalYear(a.year())));
    }
    let mut century = c;
    if let Some(n) = ordinal(&mut century).filter(|n| (1..=21).contains(n)) {
        century.hyphen();
        return century.word("century").then(|| (century.at, Value::Century((i16::from(n) - 1) * 100)));
    }
    let piece = c.peek()?;
    if the && let Some(tens) = DECADES.iter().position(|d| *d == piece.low) {
        return Some((c.at + 1, Value::Decade(1920 + 10 * i16::try_from(tens).ok()?)));
    }
    // "the year two thousand"
    if c.low_at(-1) == "year"
        && piece.kind == Kind::Word
        && let Some((n, length)) = crate::numbers::plain_number(c.pieces.get(c.at..)?)
        && (1900.0..2100.0).contains(&n)
    {
        #[expect(clippy::cast_possible_truncation, reason = "bounded")]
        return Some((c.at + length, Value::Year(n as i16)));
    }
    let y = year(&mut c)?;
    if c.low() == "s" && c.peek().is_some_and(|p| !p.space) {
        return (y % 10 == 0).then_some((c.at + 1, Value::Decade(y)));
    }
    // A figure of four is a year unless it counts or names something.
    let figure = piece.kind == Kind::Figure;
    let before = pieces_before(c.pieces, start);
    if figure
        && (matches!(before, "$" | "£" | "€" | "#" | "no" | "flight" | "room" | ":" | "/" | ".")
            || matches!(c.low(), "%" | ":" | "/" | "percent"))
    {
        return None;
    }
    let prepared = matches!(
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
            | "to"
            | "and"
            | "for"
            | "the"
            | ","
            | "("
            | "-"
            | "through"
            | "between"
            | "or"
            | "a"
            | "than"
            | "its"
            | "with"
            | "on"
    );
    let noun_after = c.peek().is_some_and(|p| {
        p.kind == Kind::Word
            && p.low.ends_with('s')
            && !matches!(
                p.low.as_str(),
                "is" | "was"
                    | "has"
                    | "as"
                    | "does"
                    | "its"
                    | "this"
                    | "s"
                    | "results"
                    | "earnings"
                    | "sales"
                    | "elections"
            )
    });
    if figure && noun_after && !matches!(before, "in" | "since" | "during" | "until" | "by") && !fiscal && !hedged {
        return None;
    }
    if figure && !prepared && !fiscal && !hedged && c.peek().is_some_and(|p| p.kind == Kind::Word && p.low == "people")
    {
        return None;
    }
    // 2024-25, 2024/25
    let mut span = c;
    if figure && (span.low() == "-" || span.low() == "/") && span.peek().is_some_and(|p| !p.space) {
        span.at += 1;
        if let Some(end) = span.figure(|f| f.len() == 2 || f.len() == 4).and_then(|e| i16::try_from(e).ok()) {
            let end = if end < 100 { y / 100 * 100 + end } else { end };
            if end > y && end < y + 100 {
                return Some((span.at, Value::Days(day(y, 1, 1)?, day(end, 12, 31)?)));
            }
        }
    }
    Some((c.at, if fiscal { Value::FiscalYear(y) } else { Value::Year(y) }))
}

pub(super) fn pieces_before(pieces: &[Piece], at: usize) -> &str {
    at.checked_sub(1).and_then(|i| pieces.get(i)).map_or("", |p| p.low.as_str())
}

/// "the third quarter of 1989", "first-half", "third-quarter", "this year's third quarter", "the first nine months".
pub(super) fn quarter(mut c: Cursor, context: Context) -> Read {
    let mut y = None;
    if let Some(shift) = c.any(&["last year", "this year", "next year"]) {
        y = context.anchor.map(|a| a.year() + [-1, 0, 1][shift]);
        if !c.phrase("' s") {
            return None;
        }
    }
    let _ = c.word("the");
    let _ = c.word("fiscal");
    let _ = c.word("'");
    // "the 1988 third quarter", "the year-earlier first half"
    let start = c.at;
    let mut shift = 0;
    if c.low() == "year" && c.low_at(1) == "-" && matches!(c.low_at(2), "ago" | "earlier") {
        c.at += 3;
        shift = 1;
    } else if let Some(named) = year(&mut c) {
        y = Some(named);
        c.word("'");
    } else {
        c.at = start;
    }
    let n = ordinal(&mut c).filter(|n| (1..=4).contains(n))?;
    c.hyphen();
    let _ = c.word("fiscal");
    let half = c.low() == "half" && n <= 2;
    if !half && !c.word("quarter") {
        return None;
    }
    c.at += usize::from(half);
    let mut end = c;
    let given = year_after(&mut end, context);
    if half && given.is_none() && y.is_none() {
        // "the first half" of a match is no time.
        return None;
    }
    let end = if given.is_some() { end.at } else { c.at };
    let y = given.or(y).or_else(|| {
        // The nearest quarter that has begun.
        let begun = |a: jiff::civil::Date| n * 3 - 2 <= a.month() || context.future;
        context.anchor.map(|a| if begun(a) { a.year() } else { a.year() - 1 } - shift)
    });
    Some((
        end,
        match y {
            Some(y) if half => Value::Half(y, n),
            Some(y) => Value::Quarter(y, n),
            None => Value::Unplaced(format!("XXXX-Q{n}")),
        },
    ))
}

/// "the summer of 2021", "spring 2023", "the winter".
pub(super) fn season_phrase(mut c: Cursor, context: Context) -> Read {
    let _ = c.any(&["early in", "late in", "early", "late", "mid -", "mid"]);
    let the = c.word("the");
    let _ = the && (c.word("early") || c.word("late"));
    let fall = c.low() == "fall";
    let spring = c.low() == "spring";
    let s = season(&mut c)?;
    let mut end = c;
    if let Some(y) = year_after(&mut end, context) {
        return Some((end.at, Value::Season(y, s)));
    }
    // "fall" and "spring" alone are mostly verbs or other nouns.
    if fall || spring || !(the || matches!(c.low_at(-2), "in" | "by" | "since" | "until" | "during")) {
        return None;
    }
    let a = context.anchor?;
    let y = if s.first_month() > a.month() && !context.future { a.year() - 1 } else { a.year() };
    Some((c.at, Value::Season(y, s)))
}

/// "daily", "every Monday", "each year", "every two weeks", "Mondays".
pub(super) fn repeated(mut c: Cursor, _: Context) -> Read {
    if let Some(value) = words::take(&mut c, "set") {
        // "the Communist Party daily Granma" is a newspaper.
        if c.low_at(-1) == "daily" && c.peek().is_some_and(|p| p.capital) {
            return None;
        }
        return Some((c.at, Value::Set(value.to_owned())));
    }
    if !(c.word("every") || c.word("each")) {
        return None;
    }
    let mut named = c;
    if let Some(d) = weekday(&mut named) {
        let mut after = named;
        let suffix = part(&mut after).map_or(String::new(), |p| {
            named = after;
            format!("T{}", p.code())
        });
        return Some((named.at, Value::Set(format!("XXXX-WXX-{d}{suffix}"))));
    }
    let mut named = c;
    if let Some(m) = month(&mut named) {
        return Some((named.at, Value::Set(format!("XXXX-{m:02}"))));
    }
    let mut named = c;
    if let Some(p) = part(&mut named) {
        return Some((named.at, Value::Set(format!("XXXX-XX-XXT{}", p.code()))));
    }
    let n = count(&mut c).unwrap_or(Some(1.0));
    let (u, _) = unit(&mut c)?;
    Some((c.at, Value::Set(Value::Duration(n, u).timex())))
}

/// "now", "recently", "the future".
pub(super) fn reference(c: Cursor, _: Context) -> Read {
    thread_local! {
        static PHRASES: Vec<(&'static str, &'static str)> = words::phrases("reference");
    }
    PHRASES.with(|phrases| {
        phrases.iter().find_map(|(phrase, value)| {
            let mut here = c;
            let hit = here.phrase(phrase)
                // "the past five days" and "the present government" mean other things.
                && !(matches!(*phrase, "the past" | "the present" | "future" | "the moment") && adjective(&here));
            // "as soon as", "soon after" bind clauses.
            let binds = *phrase == "soon" && (matches!(here.low(), "as" | "after" | "to") || c.low_at(-1) == "as");
            let hit = hit && !binds;
            hit.then_some((here.at, Value::Vague(value)))
        })
    })
}

/// Whether a noun seems to follow, so that what stands before it describes it.
pub(super) fn adjective(c: &Cursor) -> bool {
    c.peek().is_some_and(|p| {
        p.kind != Kind::Sign
            && !matches!(p.low.as_str(), "and" | "of" | "is" | "was" | "in" | "to" | "for" | "that" | "as" | "but")
    })
}
