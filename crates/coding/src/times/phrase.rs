//! The grammar of time phrases: dates, parts of days, references, lengths, repeated times.
//!
//! Each reader takes the longest phrase of its kind that begins at the cursor, or nothing.

use jiff::civil::Date;
use jiff::tz::Offset;

use super::value::{Part, Side, Unit, Value, monday, moved, period};
use super::words::{self, month, ordinal, part, season, unit, weekday, year};
use crate::numbers::lex::{Cursor, Kind, Piece};
use crate::numbers::plain_number;

/// What is known where a phrase is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// The day of writing.
    pub anchor: Option<Date>,
    /// The last time that the text spoke of.
    pub reference: Option<&'a Value>,
    /// Whether the clause speaks of what is to come.
    pub future: bool,
}

/// A phrase that was read: one past its last piece, and its meaning.
type Read = Option<(usize, Value)>;

/// The longest phrase that begins at piece `at`.
pub(super) fn read(pieces: &[Piece], at: usize, context: Context) -> Read {
    let c = Cursor::new(pieces, at);
    let readers: [fn(Cursor, Context) -> Read; 14] = [
        iso,
        slashed,
        clock,
        day_of_month,
        weekday_phrase,
        named_day,
        relative_period,
        ago,
        length,
        year_phrase,
        quarter,
        season_phrase,
        repeated,
        reference,
    ];
    let mut best: Read = None;
    for reader in readers {
        if let Some((end, value)) = reader(c, context)
            && end > at
            && best.as_ref().is_none_or(|(e, _)| end > *e)
        {
            best = Some((end, value));
        }
    }
    best
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn small(c: &mut Cursor, low: u32, high: u32) -> Option<i8> {
    let start = c.at;
    let value = c.figure(|f| f.len() <= 2 && !f.contains(['.', ','])).filter(|n| (low..=high).contains(n));
    if value.is_none() {
        c.at = start;
    }
    value.and_then(|v| i8::try_from(v).ok())
}

/// 1999-10-24, with a clock after it or not.
fn iso(mut c: Cursor, _: Context) -> Read {
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
fn slashed(mut c: Cursor, _: Context) -> Read {
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

/// A clock without its day: hour, minute, whether minutes were given, offset.
type ClockTime = (i8, i8, bool, Option<Offset>);

fn with_day((hour, minute, exact, offset): ClockTime, day: Option<Date>) -> Value {
    Value::Clock { day, hour, minute, exact, offset }
}

/// "6 p.m.", "9:30 a.m. EST", "18:00 local time", "1300 GMT", "noon", "midnight".
fn clock_only(c: &mut Cursor) -> Option<ClockTime> {
    let start = c.at;
    let found = clock_body(c);
    if found.is_none() {
        c.at = start;
    }
    found
}

fn clock_body(c: &mut Cursor) -> Option<ClockTime> {
    if c.word("noon") || c.word("midday") {
        return Some((12, 0, false, None));
    }
    if c.word("midnight") {
        return Some((0, 0, false, None));
    }
    let mut exact = false;
    let mut minute = 0;
    let mut hour;
    if let Some(four) = c.peek().filter(|p| p.kind == Kind::Figure && p.low.len() == 4 && !p.low.contains('.')) {
        // "1300 GMT", "0830 hours"
        let (h, m) = (four.low[..2].parse::<i8>().ok()?, four.low[2..].parse::<i8>().ok()?);
        c.at += 1;
        let before = c.at;
        let offset = zone(c);
        if (c.at == before && !c.word("hours") && !c.word("hrs")) || h > 24 || m > 59 {
            return None;
        }
        return Some((h, m, true, offset));
    }
    // "6.30pm" is one figure
    if let Some(p) = c.peek().filter(|p| p.kind == Kind::Figure && p.low.contains('.')) {
        let (h, m) = p.low.split_once('.')?;
        if m.len() != 2 {
            return None;
        }
        hour = h.parse::<i8>().ok().filter(|h| (0..=12).contains(h))?;
        minute = m.parse::<i8>().ok().filter(|m| (0..60).contains(m))?;
        exact = true;
        c.at += 1;
    } else {
        hour = small(c, 0, 24)?;
        if c.low() == ":" && c.peek().is_some_and(|p| !p.space) {
            c.at += 1;
            minute = small(c, 0, 59)?;
            exact = true;
            if c.low() == ":" {
                c.at += 1;
                small(c, 0, 59)?;
            }
        }
    }
    let pointed = exact && c.low_at(-1).contains('.');
    let half = half_day(c);
    if pointed && half.is_none() {
        // "1.27 marks"
        return None;
    }
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        Some(_) if hour > 12 => {}
        None if !exact => {
            if c.phrase("o ' clock") || c.phrase("o'clock") {
                let evening = c.phrase("in the afternoon") || c.phrase("in the evening") || c.phrase("at night");
                let morning = !evening && c.phrase("in the morning");
                if !evening && !morning {
                    return None;
                }
                hour += if evening && hour < 12 { 12 } else { 0 };
            } else {
                return None;
            }
        }
        _ => {}
    }
    let offset = zone(c);
    Some((hour, minute, exact, offset))
}

/// "a.m." is false, "p.m." is true.
fn half_day(c: &mut Cursor) -> Option<bool> {
    let afternoon = match c.low() {
        "am" => Some(false),
        "pm" => Some(true),
        "a" if c.low_at(1) == "." && c.low_at(2) == "m" => Some(false),
        "p" if c.low_at(1) == "." && c.low_at(2) == "m" => Some(true),
        _ => None,
    }?;
    let dotted = c.low().len() == 1;
    c.at += if dotted { 3 } else { 1 };
    if dotted && c.peek().is_some_and(|p| !p.space) {
        c.word(".");
    }
    Some(afternoon)
}

fn zone(c: &mut Cursor) -> Option<Offset> {
    if c.phrase("local time") {
        return None;
    }
    let start = c.at;
    let bracket = c.word("(");
    let minutes = words::zone(c);
    if minutes.is_none() || (bracket && !c.word(")")) {
        c.at = start;
        return None;
    }
    Offset::from_seconds(minutes? * 60).ok()
}

/// A clock and the day that follows it: "6 p.m. on Wednesday", "noon Friday", "9 a.m. EST, Dec. 3".
fn clock(mut c: Cursor, context: Context) -> Read {
    let _ = c.any(&["around", "about", "shortly after", "just after", "just before", "shortly before"]);
    let time = clock_only(&mut c)?;
    let end = c.at;
    let mut after = c;
    let _ = after.word(",");
    let _ = after.word("on");
    for reader in [day_of_month, weekday_phrase, named_day, iso] {
        if let Some((at, Value::Day(day))) = reader(after, context) {
            return Some((at, with_day(time, Some(day))));
        }
    }
    // Without a day: the day that the text speaks of, else that of writing.
    let day = match context.reference {
        Some(Value::Day(day) | Value::DayPart(day, _) | Value::Clock { day: Some(day), .. }) => Some(*day),
        _ => context.anchor,
    };
    Some((end, with_day(time, day)))
}

/// The year for a month (and day) given without one: nearest not after the day of writing, or not before it.
fn year_for(month: i8, day: i8, context: Context) -> Option<i16> {
    // "In 2021 … in March": a year that the sentence has just named holds on.
    if let Some(Value::Year(y)) = context.reference {
        return Some(*y);
    }
    let anchor = context.anchor?;
    let (y, here, now) = (anchor.year(), (month, day), (anchor.month(), if day == 0 { 0 } else { anchor.day() }));
    // "Nov. 21" written on 7 November is a coming day: one of fifty weeks ago would have been given its year.
    let months_ahead = (month - anchor.month()).rem_euclid(12);
    let near = day > 0 && (months_ahead < 2 || (months_ahead == 2 && day <= anchor.day()));
    Some(match here.cmp(&now) {
        std::cmp::Ordering::Greater if !context.future && !near => y - 1,
        std::cmp::Ordering::Less if context.future || (near && months_ahead > 0) => y + 1,
        _ => y,
    })
}

/// ", 2024", " 2024", " of last year", " last year".
fn year_after(c: &mut Cursor, context: Context) -> Option<i16> {
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
fn sure_month(c: &mut Cursor) -> Option<i8> {
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
    ) || before.parse::<u32>().is_ok();
    let m = month(c)?;
    let dated = c.peek().is_some_and(|p| p.kind == Kind::Figure);
    (!wordlike || dated || preposed).then_some(m)
}

/// "December 28", "28 Dec 2024", "the 28th of December", "Friday, Oct. 23", "late March", "June 1994".
fn day_of_month(mut c: Cursor, context: Context) -> Read {
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
        if between.hyphen() || between.word("to") || between.word("and") {
            if let Some(d) = small(&mut between, 1, 31).filter(|d| *d > d1) {
                d2 = Some(d);
            }
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
        && !matches!(dated.low(), "%" | "percent" | ":")
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
    let y = y.or_else(|| year_for(m, 0, context));
    Some(match y {
        Some(y) => (end.at, Value::Month(y, m)),
        None => (c.at, Value::Unplaced(format!("XXXX-{m:02}"))),
    })
}

fn place_day(end: usize, y: Option<i16>, m: i8, d1: i8, d2: Option<i8>) -> Read {
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
fn weekday_phrase(mut c: Cursor, context: Context) -> Read {
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
    let Some(number) = weekday(&mut c) else { return None };
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
fn named_day(mut c: Cursor, context: Context) -> Read {
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
        None if c.word("overnight") && c.at == start + 1 => (-1, Some(Part::Night)),
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

/// The day that the text speaks of, else the day of writing.
fn spoken_of(context: Context) -> Option<Date> {
    match context.reference {
        Some(
            Value::Day(day)
            | Value::DayPart(day, _)
            | Value::Clock { day: Some(day), .. }
            | Value::Week(day)
            | Value::Weekend(day),
        ) => Some(*day),
        Some(Value::Days(_, to)) => Some(*to),
        Some(Value::Month(y, m)) => day(*y, *m, 1),
        Some(Value::Quarter(y, q)) => day(*y, q * 3 - 2, 1),
        Some(Value::Year(y)) => day(*y, 1, 1),
        _ => context.anchor,
    }
}

/// "last week", "earlier this month", "next year", "the same day", "the past five years", "the coming weeks".
fn relative_period(mut c: Cursor, context: Context) -> Read {
    let hedged =
        c.any(&["earlier in", "later in", "late in", "early in", "earlier", "later", "late", "early"]).is_some();
    if !hedged {
        let _ = c.any(&["the end of", "the beginning of", "the start of", "the middle of", "mid -", "mid"]);
    }
    let determiner = c.word("the") || c.word("that") || c.word("their") || c.word("its");
    let which = match c.low() {
        "last" | "past" | "previous" | "preceding" | "prior" | "recent" => -1,
        "next" | "coming" | "following" | "upcoming" | "subsequent" => 1,
        "this" | "current" | "same" | "present" => 0,
        "first" | "final" | "latest" => 9,
        "day" | "month" | "year" | "week" | "weekend" if determiner && hedged => 0,
        "weekend" if determiner => 0,
        "quarter" if determiner => {
            let day = spoken_of(context)?;
            return Some((c.at + 1, period(day, Unit::Quarter)));
        }
        _ => return None,
    };
    let word = c.low();
    if !matches!(word, "day" | "month" | "year" | "week" | "weekend") {
        c.at += 1;
    }
    let _ = word == "this" && (c.word("past") || c.word("coming") || c.word("same"));
    // "the past five years", "the last few months", "the next two to three weeks"
    let counted_at = c;
    let mut counted = c;
    let side = if which == 1 { Side::Future } else { Side::Past };
    if let Some(count) = count(&mut counted).filter(|n| *n != Some(1.0) || counted.low_at(-1) == "one") {
        while matches!(counted.low(), "consecutive" | "straight" | "full" | "more" | "trading" | "fiscal") {
            counted.at += 1;
        }
        if let Some((u, _)) = unit(&mut counted) {
            return Some((
                counted.at,
                if which == 9 { Value::Duration(count, u) } else { Value::Anchored(count, u, side) },
            ));
        }
    }
    c = counted_at;
    let fiscal = c.word("fiscal");
    // "last December", "this spring", "next Monday" (weekdays have their own reader)
    if matches!(word, "last" | "next" | "this" | "past") {
        let mut named = c;
        if let Some(m) = month(&mut named) {
            let Some(anchor) = context.anchor else { return Some((named.at, Value::Unplaced(format!("XXXX-{m:02}")))) };
            let y = match which {
                -1 if m >= anchor.month() => anchor.year() - 1,
                1 if m <= anchor.month() => anchor.year() + 1,
                _ => anchor.year(),
            };
            let mut dated = named;
            if let Some(d) = small(&mut dated, 1, 31).and_then(|d| day(y, m, d)) {
                return Some((dated.at, Value::Day(d)));
            }
            return Some((named.at, Value::Month(y, m)));
        }
        let mut named = c;
        if let Some(s) = season(&mut named) {
            let Some(anchor) = context.anchor else { return Some((named.at, Value::Unplaced("XXXX".to_owned()))) };
            let begun = anchor.month() >= s.first_month() + if which == -1 { 3 } else { 0 };
            let y = match which {
                -1 if !begun => anchor.year() - 1,
                1 if anchor.month() >= s.first_month() => anchor.year() + 1,
                _ => anchor.year(),
            };
            return Some((named.at, Value::Season(y, s)));
        }
    }
    if which == 9 && word != "latest" {
        return None;
    }
    let (u, plural) = unit(&mut c)?;
    if word == "latest" && u != Unit::Quarter && u != Unit::Week {
        return None;
    }
    if plural {
        // "recent weeks", "the coming days", "the past decades"
        return Some((c.at, Value::Anchored(None, u, side)));
    }
    if matches!(u, Unit::Second | Unit::Minute | Unit::Hour) {
        return matches!(word, "last" | "past" | "next").then_some((c.at, Value::Anchored(Some(1.0), u, side)));
    }
    if word == "past" && (determiner || u >= Unit::Decade) {
        return Some((c.at, Value::Anchored(Some(1.0), u, Side::Past)));
    }
    if word == "recent" {
        return None;
    }
    // "the following day", "the same year" lean on what the text spoke of; "last week" on the day of writing.
    let leans = matches!(word, "previous" | "preceding" | "prior" | "following" | "subsequent" | "same")
        || (determiner && matches!(word, "next") && u == Unit::Day);
    let base = if leans { spoken_of(context) } else { context.anchor };
    let Some(base) = base else { return Some((c.at, Value::Unplaced("XXXX".to_owned()))) };
    let step = match which {
        9 => -1,
        w => w,
    };
    let moved_to = moved(base, step, u)?;
    Some((c.at, if fiscal { Value::FiscalYear(moved_to.year()) } else { period(moved_to, u) }))
}

/// A count before a unit: a figure, a word, "a"; `Some(None)` where it is vague ("several").
fn count(c: &mut Cursor) -> Option<Option<f64>> {
    if c.any(&["a couple of", "a couple"]).is_some() {
        return Some(Some(2.0));
    }
    if c.any(&["a few", "a number of", "many", "several", "some", "few", "dozens of", "hundreds of", "countless"])
        .is_some()
    {
        return Some(None);
    }
    if c.any(&["half a", "half an"]).is_some() {
        return Some(Some(0.5));
    }
    if let Some((mut value, length)) = plain_number(c.pieces.get(c.at..)?) {
        let vague = c.low() == "tens" || c.low().ends_with('s') && c.peek().is_some_and(|p| p.kind == Kind::Word);
        c.at += length;
        if vague && !matches!(c.low_at(-1), "six") {
            c.word("of");
            return Some(None);
        }
        // "2 1/2", "two and a half", "two to three", "5-6"
        let mut more = *c;
        if more.figure(|f| f == "1").is_some() && more.word("/") && more.figure(|f| f == "2").is_some() {
            *c = more;
            value += 0.5;
        } else if c.phrase("and a half") {
            value += 0.5;
        } else {
            let mut other = *c;
            if (other.word("to") || other.word("or") || other.hyphen())
                && let Some((second, length)) = plain_number(other.pieces.get(other.at..)?)
                && second > value
            {
                other.at += length;
                *c = other;
            }
        }
        return Some(Some(value));
    }
    (c.word("a") || c.word("an") || c.phrase("another")).then_some(Some(1.0))
}

/// Words that hedge a length and belong to its phrase.
const HEDGES: [&str; 18] = [
    "at least",
    "more than",
    "less than",
    "fewer than",
    "no more than",
    "up to",
    "as long as",
    "nearly",
    "almost",
    "about",
    "around",
    "over",
    "some",
    "roughly",
    "approximately",
    "just over",
    "just under",
    "within",
];

/// "two days ago", "a year earlier", "three weeks later", "an hour before", "year-ago".
fn ago(mut c: Cursor, context: Context) -> Read {
    let _ = c.any(&HEDGES);
    let _ = c.word("just") || c.word("only");
    let _ = c.word("the");
    let bare = c.low() == "year" && c.low_at(1) == "-" && matches!(c.low_at(2), "ago" | "earlier");
    let n = if bare {
        Some(1.0)
    } else {
        count(&mut c).or_else(|| {
            matches!(c.low(), "years" | "decades" | "months" | "weeks" | "days" | "centuries").then_some(None)
        })?
    };
    let (u, _) = unit(&mut c)?;
    c.hyphen();
    let _ = c.phrase("or so");
    let (sign, leans) = match c.any(&["ago", "earlier", "later", "from now", "before", "after that"]) {
        Some(0) => (-1, false),
        Some(1) => (-1, true),
        Some(2 | 5) => (1, true),
        Some(3) => (1, false),
        Some(4) if !c.peek().is_some_and(|p| p.kind == Kind::Word && !matches!(p.low.as_str(), "and" | "but")) => {
            (-1, true)
        }
        _ => return None,
    };
    let end = {
        let mut after = c;
        // "the year-earlier quarter"
        if bare && (after.word("quarter") || after.word("period")) { after.at } else { c.at }
    };
    let Some(n) = n else { return Some((end, Value::Vague(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }))) };
    // A comparison with a quarter is with the same quarter.
    if let (Some(Value::Quarter(y, q)), Unit::Year) = (context.reference, u) {
        #[expect(clippy::cast_possible_truncation, reason = "bounded")]
        return Some((end, Value::Quarter(y + sign * n.min(100.0) as i16, *q)));
    }
    let base = if leans { spoken_of(context) } else { context.anchor };
    let Some(base) = base else { return Some((end, Value::Unplaced("XXXX".to_owned()))) };
    #[expect(clippy::cast_possible_truncation, reason = "bounded")]
    let steps = i64::from(sign) * n.clamp(0.0, 5000.0) as i64;
    let date = moved(base, steps, u)?;
    Some((
        end,
        match u {
            Unit::Second | Unit::Minute | Unit::Hour => Value::Day(date),
            Unit::Night => Value::Day(date),
            Unit::Week | Unit::Fortnight => Value::Week(monday(date)),
            _ => period(date, u),
        },
    ))
}

/// "48-hour", "two weeks", "nearly forty years", "several years", "a decade", "years".
fn length(mut c: Cursor, _: Context) -> Read {
    let _ = c.any(&HEDGES);
    let _ = c.any(&["the first", "the last", "the full", "the entire", "the", "another", "every", "its first"]);
    let start = c.at;
    let before = c.low_at(-1);
    let n = count(&mut c);
    let article = c.at == start + 1 && matches!(c.low_at(-1), "a" | "an");
    while matches!(
        c.low(),
        "consecutive"
            | "straight"
            | "full"
            | "more"
            | "additional"
            | "trading"
            | "business"
            | "long"
            | "whole"
            | "further"
            | "solid"
            | "working"
            | "calendar"
            | "other"
    ) {
        c.at += 1;
    }
    let hyphen = n.is_some() && c.hyphen();
    let (u, plural) = unit(&mut c)?;
    if matches!(u, Unit::Weekend) && n.is_none() {
        return None;
    }
    match n {
        Some(_) if hyphen && c.low() == "-" && c.low_at(1) == "old" => return None,
        Some(_) if matches!(c.low(), "old") => return None,
        // "a day" counts as a length only for what lasts: "three times a day" is a rate.
        Some(_) if article && matches!(u, Unit::Day | Unit::Second | Unit::Quarter | Unit::Night) => return None,
        Some(n) => {
            let _ = c.phrase("or so");
            Some((c.at, Value::Duration(n, u)))
        }
        None if plural && !matches!(u, Unit::Second | Unit::Minute | Unit::Quarter) && before != "the" => {
            Some((c.at, Value::Duration(None, u)))
        }
        None => None,
    }
}

/// "2021", "the year 2000", "1990s", "the mid-1990s", "fiscal 2025", "the 20th century", "2024-25".
fn year_phrase(mut c: Cursor, context: Context) -> Read {
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

fn pieces_before(pieces: &[Piece], at: usize) -> &str {
    at.checked_sub(1).and_then(|i| pieces.get(i)).map_or("", |p| p.low.as_str())
}

/// "the third quarter of 1989", "first-half", "third-quarter", "this year's third quarter", "the first nine months".
fn quarter(mut c: Cursor, context: Context) -> Read {
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
        context.anchor.map(|a| if n * 3 - 2 > a.month() && !context.future { a.year() - 1 } else { a.year() })
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
fn season_phrase(mut c: Cursor, context: Context) -> Read {
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
fn repeated(mut c: Cursor, _: Context) -> Read {
    if let Some(value) = words::take(&mut c, "set") {
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
fn reference(c: Cursor, _: Context) -> Read {
    thread_local! {
        static PHRASES: Vec<(&'static str, &'static str)> = words::phrases("reference");
    }
    PHRASES.with(|phrases| {
        phrases.iter().find_map(|(phrase, value)| {
            let mut here = c;
            let hit = here.phrase(phrase)
                // "the past five days" and "the present government" mean other things.
                && !(matches!(*phrase, "the past" | "the present" | "future" | "the moment") && adjective(&here));
            hit.then_some((here.at, Value::Vague(value)))
        })
    })
}

/// Whether a noun seems to follow, so that what stands before it describes it.
fn adjective(c: &Cursor) -> bool {
    c.peek().is_some_and(|p| {
        p.kind != Kind::Sign
            && !matches!(p.low.as_str(), "and" | "of" | "is" | "was" | "in" | "to" | "for" | "that" | "as" | "but")
    })
}
