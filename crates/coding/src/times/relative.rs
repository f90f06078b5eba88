//! Periods and lengths: "last week", "the past five years", "two days ago", "a 48-hour truce".

use jiff::civil::Date;

use super::phrase::{Context, Read, day, small};
use super::value::{Side, Unit, Value, monday, moved, period};
use super::words::{month, part, season, unit};
use crate::numbers::lex::{Cursor, Kind};
use crate::numbers::plain_number;

/// The day that the text speaks of, else the day of writing.
pub(super) fn spoken_of(context: Context) -> Option<Date> {
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
pub(super) fn relative_period(mut c: Cursor, context: Context) -> Read {
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
        // "in the full year"
        "full" if determiner && c.low_at(1) == "year" && !matches!(c.low_at(2), "of" | "-") => {
            return Some((c.at + 2, period(context.anchor?, Unit::Year)));
        }
        // "for the year ended March 31", "the highest of the year"
        "year" if determiner && c.low_at(-1) == "the" && matches!(c.low_at(1), "ended" | "ending" | "ends") => {
            return Some((c.at + 1, Value::Duration(Some(1.0), Unit::Year)));
        }
        "year"
            if determiner
                && c.low_at(-1) == "the"
                && matches!(c.low_at(-2), "for" | "of")
                && !matches!(c.low_at(1), "-" | "before" | "after" | "two" | "of")
                && !c.low_at(1).starts_with(|l: char| l.is_ascii_digit()) =>
        {
            return Some((c.at + 1, period(context.anchor?, Unit::Year)));
        }
        "day" | "month" | "year" | "week" | "weekend" if determiner && hedged => 0,
        "weekend" if determiner => 0,
        "quarter" if determiner && c.low_at(1) == "-" => return None,
        "quarter" if determiner => {
            if let Some(Value::Quarter(y, q)) = context.reference {
                return Some((c.at + 1, Value::Quarter(*y, *q)));
            }
            // Figures are reported for the quarter that has ended.
            let day = moved(context.anchor?, if context.future { 0 } else { -1 }, Unit::Quarter)?;
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
        if let Some(m) = month(&mut named)
            // "this march through the town"
            && (c.peek().is_some_and(|p| p.capital) || !matches!(c.low(), "march" | "may"))
        {
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
    // "the latest period" of reports is the quarter that has ended.
    if word == "latest" && c.word("period") {
        if let Some(Value::Quarter(y, q)) = context.reference {
            return Some((c.at, Value::Quarter(*y, *q)));
        }
        return Some((c.at, period(moved(context.anchor?, -1, Unit::Quarter)?, Unit::Quarter)));
    }
    // "the next morning", "the following night", "that same evening"
    if determiner
        && matches!(word, "next" | "following" | "same" | "previous")
        && let mut named = c
        && let Some(p) = part(&mut named)
    {
        return Some((named.at, Value::DayPart(moved(spoken_of(context)?, which, Unit::Day)?, p)));
    }
    let (u, plural) = unit(&mut c)?;
    // ABC's "This Week"
    if c.pieces.get(c.at - 1).is_some_and(|p| p.capital && p.low == "week") && word == "this" {
        return None;
    }
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
    // "over the weekend", written on a weekday of what has been, is the one that has passed.
    let passed = u == Unit::Weekend && which == 0 && !context.future && base.weekday().to_monday_zero_offset() < 5;
    let which = if passed && word != "this" { -1 } else { which };
    let step = match which {
        9 => -1,
        w => w,
    };
    let moved_to = moved(base, step, u)?;
    Some((c.at, if fiscal { Value::FiscalYear(moved_to.year()) } else { period(moved_to, u) }))
}

/// A count before a unit: a figure, a word, "a"; `Some(None)` where it is vague ("several").
#[expect(clippy::option_option, reason = "no count at all and a vague one are two things")]
pub(super) fn count(c: &mut Cursor) -> Option<Option<f64>> {
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
pub(super) const HEDGES: [&str; 18] = [
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
pub(super) fn ago(mut c: Cursor, context: Context) -> Read {
    let _ = c.any(&HEDGES);
    let _ = c.word("just") || c.word("only");
    let _ = c.word("the");
    let alone = c.low() == "year" && c.low_at(1) == "-" && matches!(c.low_at(2), "ago" | "earlier");
    let n = if alone {
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
        if alone && (after.word("quarter") || after.word("period")) { after.at } else { c.at }
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
    let count = i64::from(sign) * n.clamp(0.0, 5000.0) as i64;
    let date = moved(base, count, u)?;
    Some((
        end,
        match u {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Night => Value::Day(date),
            Unit::Week | Unit::Fortnight => Value::Week(monday(date)),
            _ => period(date, u),
        },
    ))
}

/// "48-hour", "two weeks", "nearly forty years", "several years", "a decade", "years".
pub(super) fn length(mut c: Cursor, _: Context) -> Read {
    let before_phrase = c.low_at(-1);
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
        Some(_) if hyphen && c.low() == "-" && c.low_at(1) == "old" => None,
        Some(_) if matches!(c.low(), "old") => None,
        // "a day" counts as a length only for what lasts: "three times a day" is a rate.
        Some(_) if article && matches!(u, Unit::Day | Unit::Second | Unit::Quarter | Unit::Night) => None,
        // "four flights a week", "$2 million a year", "20% a year"
        Some(_) if article && is_rate(before_phrase) => None,
        // "three-quarters of the houses", "a quarter-century", "quarter-to-quarter"
        Some(_) if u == Unit::Quarter && (hyphen && plural || matches!(c.low(), "of" | "-")) => None,
        // "the 1988 quarter" is no length.
        Some(Some(n)) if n >= 1000.0 && matches!(u, Unit::Quarter | Unit::Second) => None,
        Some(n) => {
            let _ = c.phrase("or so");
            Some((c.at, Value::Duration(n, u)))
        }
        None if matches!(c.low(), "old" | "-") || before.parse::<f64>().is_ok() || before == "early" => None,
        None if plural
            && !matches!(u, Unit::Second | Unit::Minute | Unit::Quarter | Unit::Night)
            && before != "the" =>
        {
            Some((c.at, Value::Duration(None, u)))
        }
        None => None,
    }
}

/// Whether what stands before "a week" or "a year" makes it a rate: an amount, a count, a plural.
fn is_rate(before: &str) -> bool {
    before.parse::<f64>().is_ok()
        || matches!(
            before,
            "%" | "percent" | "million" | "billion" | "trillion" | "hundred" | "thousand" | "once" | "twice"
        )
        || (before.len() > 3
            && before.ends_with('s')
            && !matches!(
                before,
                "this" | "lasts" | "less" | "plus" | "minus" | "perhaps" | "versus" | "across" | "takes"
            ))
}
