//! Days and months of the calendar: "28 Dec 2024", "late March", "last Wednesday", "yesterday morning".

use jiff::civil::Date;

use super::clock::{clock_only, with_day};
use super::phrase::{Context, Read, day, small};
use super::value::{Part, Unit, Value, moved};
use super::words::{month, ordinal, part, weekday, year};
use crate::numbers::lex::{Cursor, Kind};

/// 1999-10-24, with a clock after it or not.
pub(super) fn iso(mut c: Cursor, _: Context) -> Read {
    if let Some(p) = c.peek().filter(|p| p.kind == Kind::Figure && p.low.len() == 8) {
        let (y, m, d) = (p.low[..4].parse().ok()?, p.low[4..6].parse().ok()?, p.low[6..].parse().ok()?);
        return (1900..2100).contains(&y).then(|| day(y, m, d)).flatten().map(|d| (c.at + 1, Value::Day(d)));
    }
    let y = year(&mut c)?;
    let m = c.hyphen().then(|| small(&mut c, 1, 12)).flatten()?;
    let d = c.hyphen().then(|| small(&mut c, 1, 31)).flatten()?;
    let date = day(y, m, d)?;
    let end = c.at;
    let mut after = c;
    after.word("t");
    Some(clock_only(&mut after).map_or((end, Value::Day(date)), |clock| (after.at, with_day(clock, Some(date)))))
}

/// 28/12/2024. Where both orders would do, the day is named but not placed.
pub(super) fn slashed(mut c: Cursor, _: Context) -> Read {
    let a = small(&mut c, 1, 31)?;
    let mark = c.low();
    if !matches!(mark, "/" | "-") || c.peek().is_some_and(|p| p.space) {
        return None;
    }
    c.at += 1;
    let b = small(&mut c, 1, 31)?;
    if !c.word(mark) {
        return None;
    }
    let y = match c.figure(|f| f.len() == 4 || f.len() == 2)? {
        y @ 0..50 => 2000 + y,
        y @ 50..100 => 1900 + y,
        y => y,
    };
    let y = i16::try_from(y).ok()?;
    let date = match (a, b) {
        (13.., 13..) => return None,
        (13.., _) => day(y, b, a)?,
        (_, 13..) => day(y, a, b)?,
        _ if a == b => day(y, a, b)?,
        _ => return Some((c.at, Value::Unplaced(format!("{y:04}-XX-XX")))),
    };
    let end = c.at;
    let mut after = c;
    Some(clock_only(&mut after).map_or((end, Value::Day(date)), |clock| (after.at, with_day(clock, Some(date)))))
}

/// The year for a month (and day) given without one: nearest not after the day of writing, or not before it.
pub(super) fn year_for(month: i8, day: i8, context: Context) -> Option<i16> {
    // "In 2021 … in March": a year that the sentence has just named holds on.
    if let Some(Value::Year(y)) = context.reference {
        return Some(*y);
    }
    let anchor = context.anchor?;
    let (y, here, now) = (anchor.year(), (month, day), (anchor.month(), if day == 0 { 0 } else { anchor.day() }));
    // "Nov. 21" written on 7 November is a coming day: one of fifty weeks ago would have been given its year.
    let months_ahead = (month - anchor.month()).rem_euclid(12);
    let near = day > 0 && (months_ahead < 2 || (months_ahead == 2 && day <= anchor.day()));
    // "the Aug. 7 blasts", written on 18 August, is no day of next year, whatever is to come of them.
    let just_been = day > 0 && month == anchor.month() && day < anchor.day();
    Some(match here.cmp(&now) {
        std::cmp::Ordering::Less if just_been => y,
        std::cmp::Ordering::Greater if !context.future && !near => y - 1,
        std::cmp::Ordering::Less if context.future || (near && months_ahead > 0) => y + 1,
        _ => y,
    })
}

/// The year of the day or month that the sentence has named before.
fn year_spoken_of(context: Context) -> Option<i16> {
    match context.reference? {
        Value::Day(day) | Value::DayPart(day, _) | Value::Clock { day: Some(day), .. } => Some(day.year()),
        Value::Month(y, _) | Value::Year(y) => Some(*y),
        _ => None,
    }
}

/// ", 2024", " 2024", " of last year", " last year".
pub(super) fn year_after(c: &mut Cursor, context: Context) -> Option<i16> {
    let start = c.at;
    c.word(",");
    c.word("of");
    if let Some(y) = year(c) {
        return Some(y);
    }
    let shift = match c.any(&["last year", "this year", "next year", "the previous year", "the following year"]) {
        Some(0 | 3) => -1,
        Some(1) => 0,
        Some(2 | 4) => 1,
        _ => {
            c.at = start;
            return None;
        }
    };
    context.anchor.map(|a| a.year() + shift).or_else(|| {
        c.at = start;
        None
    })
}

/// A month's name that is no verb or first name: "may" and "march" must be capitalised within a sentence.
pub(super) fn sure_month(c: &mut Cursor) -> Option<i8> {
    let piece = c.peek()?;
    let wordlike =
        matches!(piece.low.as_str(), "may" | "march" | "mar" | "jan" | "jun" | "dec" | "august" | "april" | "june");
    let before = c.low_at(-1);
    let preposed = matches!(
        before,
        "in" | "on"
            | "of"
            | "since"
            | "until"
            | "by"
            | "last"
            | "next"
            | "this"
            | "early"
            | "late"
            | "mid"
            | "-"
            | "from"
            | "to"
            | "through"
            | "between"
            | "and"
            | "during"
            | "before"
            | "after"
            | "for"
            | "the"
            | "that"
    ) || before.parse::<u32>().is_ok();
    let m = month(c)?;
    let dated = c.peek().is_some_and(|p| p.kind == Kind::Figure);
    // "Jan" is a first name as well, where no point, day or year follows it.
    let named = matches!(piece.low.as_str(), "jan" | "mar" | "jun" | "dec");
    (!wordlike || dated || (preposed && piece.capital && !named)).then_some(m)
}

/// "December 28", "28 Dec 2024", "the 28th of December", "Friday, Oct. 23", "late March", "June 1994".
pub(super) fn day_of_month(mut c: Cursor, context: Context) -> Read {
    let start = c.at;
    let mut vague = false;
    if c.any(&["early in", "late in", "early", "late", "mid", "earlier in", "later in", "sometime in"]).is_some() {
        vague = true;
        c.hyphen();
    } else if c
        .any(&["the middle of", "the beginning of", "the end of", "the start of", "the latter half of"])
        .is_some()
    {
        vague = true;
        c.word("the");
        c.word("month");
    }
    if !vague && weekday(&mut c).is_some() {
        let _ = c.word(",");
        let _ = part(&mut c);
        let _ = c.word(",");
        if c.at == start {
            return None;
        }
    }
    // 28 December; the 28th of December; 3-5 July
    let mut first = c;
    first.word("the");
    let d1 = small(&mut first, 1, 31).filter(|_| !matches!(first.low(), "st" | "nd" | "rd" | "th")).or_else(|| {
        let mut again = c;
        again.word("the");
        let d = ordinal(&mut again).filter(|d| (1..=31).contains(d));
        if d.is_some() {
            first = again;
        }
        d
    });
    if let Some(d1) = d1.filter(|_| !vague) {
        let mut d2 = None;
        let mut between = first;
        if (between.hyphen() || between.word("to") || between.word("and"))
            && let Some(d) = small(&mut between, 1, 31).filter(|d| *d > d1)
        {
            d2 = Some(d);
        }
        for (mut here, second) in [(between, d2), (first, None)] {
            here.word("of");
            if let Some(m) = month(&mut here) {
                let y = year_after(&mut here, context).or_else(|| year_for(m, d1, context));
                return place_day(here.at, y, m, d1, second);
            }
        }
        return None;
    }
    // December 28[-30][, 2024]
    let m = sure_month(&mut c)?;
    let mut dated = c;
    let bare = dated.word("the");
    let d1 = ordinal(&mut dated).or_else(|| {
        // "May 20 people" would be rare; "June 30 percent" too.
        if bare { None } else { small(&mut dated, 1, 31) }
    });
    if let Some(d1) = d1.filter(|d| *d <= 31 && !vague)
        && !matches!(dated.low(), "%" | "percent")
        && !(dated.low() == ":" && dated.pieces.get(dated.at + 1).is_some_and(|p| !p.space && p.kind == Kind::Figure))
    {
        let mut end = dated;
        let mut second = None;
        let mut more = dated;
        if (more.hyphen() || more.word("to") || more.word("through"))
            && let Some(d) = small(&mut more, 1, 31).filter(|d| *d > d1)
            && !matches!(more.low(), ":" | "a" | "p" | "am" | "pm")
        {
            second = Some(d);
            end = more;
        }
        let y = year_after(&mut end, context).or_else(|| year_for(m, d1, context));
        return place_day(end.at, y, m, d1, second);
    }
    let mut end = c;
    let y = year_after(&mut end, context);
    // "March" alone as a verb or name was refused above.
    // "declared in June 2022, was called off that November"
    let pointed = start.checked_sub(1).is_some_and(|i| c.pieces[i].low == "that");
    let y = y.or_else(|| year_spoken_of(context).filter(|_| pointed)).or_else(|| year_for(m, 0, context));
    Some(match y {
        Some(y) => (end.at, Value::Month(y, m)),
        None => (c.at, Value::Unplaced(format!("XXXX-{m:02}"))),
    })
}

pub(super) fn place_day(end: usize, y: Option<i16>, m: i8, d1: i8, d2: Option<i8>) -> Read {
    let Some(y) = y else { return Some((end, Value::Unplaced(format!("XXXX-{m:02}-{d1:02}")))) };
    let first = day(y, m, d1)?;
    Some((
        end,
        match d2 {
            Some(d2) => Value::Days(first, day(y, m, d2)?),
            None => Value::Day(first),
        },
    ))
}

/// "Friday", "last Wednesday", "next Monday", "this coming Sunday", "Tuesday night", "late Friday".
pub(super) fn weekday_phrase(mut c: Cursor, context: Context) -> Read {
    let _ = c.any(&["early on", "late on", "early", "late", "later on", "mid"]);
    let which = c.any(&[
        "last",
        "past",
        "next",
        "this coming",
        "this past",
        "this",
        "the following",
        "the previous",
        "the same",
    ]);
    let number = weekday(&mut c)?;
    let target = super::value::weekday(number)?;
    let mut end = c.at;
    let mut after = c;
    let _ = after.word("early") || after.word("late");
    let day_part = part(&mut after);
    if day_part.is_some() {
        end = after.at;
    }
    let Some(anchor) = context.anchor else {
        let suffix = day_part.map_or(String::new(), |p| format!("T{}", p.code()));
        return Some((end, Value::Unplaced(format!("XXXX-WXX-{number}{suffix}"))));
    };
    let yesterday = moved(anchor, -1, Unit::Day)?;
    let tomorrow = moved(anchor, 1, Unit::Day)?;
    let on_or_before = |day: Date| moved(day, -i64::from(day.weekday().since(target)), Unit::Day);
    let on_or_after = |day: Date| moved(day, i64::from(day.weekday().until(target)), Unit::Day);
    let date = match which {
        Some(0 | 1 | 4 | 7) => on_or_before(yesterday)?,
        Some(2 | 3 | 6) => on_or_after(tomorrow)?,
        _ if context.future => on_or_after(anchor)?,
        _ => on_or_before(anchor)?,
    };
    // "a week ago Friday", "Friday of last week" stay with the nearest Friday.
    Some((
        end,
        match day_part {
            Some(p) => Value::DayPart(date, p),
            None => Value::Day(date),
        },
    ))
}

/// today, tonight, yesterday morning, the day before yesterday, this morning, last night, overnight.
pub(super) fn named_day(mut c: Cursor, context: Context) -> Read {
    let start = c.at;
    let _ = c.any(&["earlier on", "earlier", "later", "late", "early"]);
    let named =
        c.any(&["the day before yesterday", "the day after tomorrow", "yesterday", "tomorrow", "today", "tonight"]);
    let (shift, fixed) = match named {
        Some(0) => (-2, None),
        Some(1) => (2, None),
        Some(2) => (-1, None),
        Some(3) => (1, None),
        Some(4) => (0, None),
        Some(_) => (0, Some(Part::Night)),
        None if c.word("overnight") && c.at == start + 1 => (-1, Some(Part::Overnight)),
        None => {
            let shift = if c.word("this") {
                0
            } else if c.phrase("last night") || c.phrase("last evening") {
                c.at -= 1;
                -1
            } else {
                return None;
            };
            (shift, Some(part(&mut c)?))
        }
    };
    let mut end = c.at;
    let mut day_part = fixed;
    if fixed.is_none() {
        let mut after = c;
        let _ = after.word("early") || after.word("late");
        if let Some(p) = part(&mut after) {
            day_part = Some(p);
            end = after.at;
        }
    }
    let Some(date) = context.anchor.and_then(|a| moved(a, shift, Unit::Day)) else {
        return Some((end, Value::Unplaced("XXXX-XX-XX".to_owned())));
    };
    Some((end, day_part.map_or(Value::Day(date), |p| Value::DayPart(date, p))))
}
