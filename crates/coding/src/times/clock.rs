//! Clock times: "6 p.m. on Wednesday", "18:00 local time", "1300 GMT".

use jiff::civil::Date;
use jiff::tz::Offset;

use super::calendar::{day_of_month, iso, named_day, weekday_phrase};
use super::phrase::{Context, Read, small};
use super::value::Value;
use super::words;
use crate::numbers::lex::{Cursor, Kind};

/// A clock without its day: hour, minute, whether minutes were given, offset.
pub(super) type ClockTime = (i8, i8, bool, Option<Offset>);

pub(super) fn with_day((hour, minute, exact, offset): ClockTime, day: Option<Date>) -> Value {
    Value::Clock { day, hour, minute, exact, offset }
}

/// "6 p.m.", "9:30 a.m. EST", "18:00 local time", "1300 GMT", "noon", "midnight".
pub(super) fn clock_only(c: &mut Cursor) -> Option<ClockTime> {
    let start = c.at;
    let found = clock_body(c);
    if found.is_none() {
        c.at = start;
    }
    found
}

pub(super) fn clock_body(c: &mut Cursor) -> Option<ClockTime> {
    if c.low_at(-1) != "high" && (c.word("noon") || c.word("midday")) {
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
        let offset = zone(c).or_else(|| zone_by_second_clock(c, h, m));
        // "at 1700", where nothing is counted and no year stands ("at 1945 levels")
        let at_clock = matches!(c.pieces.get(c.at.wrapping_sub(2)).map(|p| p.low.as_str()), Some("at"))
            && !four.low.ends_with("99")
            && m % 5 == 0
            && c.peek().is_none_or(|p| {
                p.kind == Kind::Sign || matches!(p.low.as_str(), "on" | "local" | "in" | "and" | "today" | "yesterday")
            });
        if (c.at == before && !c.word("hours") && !c.word("hrs") && !at_clock) || h > 24 || m > 59 {
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
            } else if c.phrase("in the morning") {
            } else if c.phrase("in the afternoon") || c.phrase("in the evening") {
                hour += if hour < 12 { 12 } else { 0 };
            } else {
                return None;
            }
        }
        _ => {}
    }
    let offset = zone(c).or_else(|| zone_by_second_clock(c, hour, minute));
    Some((hour, minute, exact, offset))
}

/// "6 p.m. Pakistan time (1300 GMT)": the zone in which the first clock is read is what lies between the two.
fn zone_by_second_clock(c: &mut Cursor, hour: i8, minute: i8) -> Option<Offset> {
    let start = c.at;
    // "Pakistan time", "New York time"
    if c.low() != "(" {
        let named = [1_usize, 2].into_iter().find(|&n| {
            let piece = |i: usize| c.pieces.get(c.at + i);
            let capital = |i: usize| piece(i).is_some_and(|p| p.kind == Kind::Word && p.capital);
            piece(n).is_some_and(|p| p.low == "time") && (0..n).all(capital)
        });
        c.at += named.map_or(0, |n| n + 1);
    }
    let found = c.word("(").then(|| clock_body(c)).flatten().filter(|_| c.word(")"));
    let Some((there_hour, there_minute, _, Some(there))) = found else {
        c.at = start;
        return None;
    };
    let minutes = |h: i8, m: i8| i32::from(h) * 60 + i32::from(m);
    let ahead = minutes(hour, minute) - (minutes(there_hour, there_minute) - there.seconds() / 60);
    // The two clocks may show two days: the nearer way round.
    let ahead = (ahead + 12 * 60).rem_euclid(24 * 60) - 12 * 60;
    // No zone leaves the quarter of an hour: two times, and no zone.
    let offset = (ahead % 15 == 0).then(|| Offset::from_seconds(ahead * 60).ok()).flatten();
    if offset.is_none() {
        c.at = start;
    }
    offset
}

/// "a.m." is false, "p.m." is true.
pub(super) fn half_day(c: &mut Cursor) -> Option<bool> {
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

pub(super) fn zone(c: &mut Cursor) -> Option<Offset> {
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
pub(super) fn clock(mut c: Cursor, context: Context) -> Read {
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
    // Without a day: the day that the text speaks of, here or before, else that of writing.
    let day = match context.reference {
        Some(Value::Day(day) | Value::DayPart(day, _) | Value::Clock { day: Some(day), .. }) => Some(*day),
        _ => context.day.or(context.anchor),
    };
    Some((end, with_day(time, day)))
}
