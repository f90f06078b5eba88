//! Days by name: "Christmas Eve", "Thanksgiving Day", "New Year's Day", "Easter Sunday".
//!
//! Only feasts whose day does not depend on the country or on the sighting of the moon.

use jiff::civil::{Date, Weekday};

use super::calendar::{year_after, year_for};
use super::phrase::{Context, Read, day};
use super::value::{Unit, Value, moved};
use crate::numbers::lex::Cursor;

/// A feast and how its day is found.
#[derive(Clone, Copy)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// The fourth Thursday of November.
    Thanksgiving,
    /// Days after Easter Sunday of the western churches.
    Easter(i64),
}

/// Longest first.
const NAMES: [(&str, Rule); 12] = [
    ("new year ' s day", Rule::Fixed(1, 1)),
    ("new year ' s eve", Rule::Fixed(12, 31)),
    ("christmas day", Rule::Fixed(12, 25)),
    ("christmas eve", Rule::Fixed(12, 24)),
    ("boxing day", Rule::Fixed(12, 26)),
    ("christmas", Rule::Fixed(12, 25)),
    ("valentine ' s day", Rule::Fixed(2, 14)),
    ("thanksgiving day", Rule::Thanksgiving),
    ("thanksgiving", Rule::Thanksgiving),
    ("easter sunday", Rule::Easter(0)),
    ("easter monday", Rule::Easter(1)),
    ("good friday", Rule::Easter(-2)),
];

/// A feast, with its year or the nearest.
pub(super) fn holiday(mut c: Cursor, context: Context) -> Read {
    let last = c.word("last");
    let next = !last && c.word("next");
    let capital = c.peek()?.capital;
    let (_, rule) = NAMES.iter().find(|(name, _)| c.phrase(name))?;
    // "the Christmas market", "Thanksgiving dinner" name no day.
    let bare = capital && !c.peek().is_some_and(|p| p.capital || p.low == "-" || is_dressing(&p.low));
    if !bare {
        return None;
    }
    let end = c.at;
    if let Some(y) = year_after(&mut c, context) {
        return Some((c.at, Value::Day(on(*rule, y)?)));
    }
    let anchor = context.anchor?;
    let date = on(*rule, anchor.year())?;
    let y = if last {
        anchor.year() - i16::from(date >= anchor)
    } else if next {
        anchor.year() + i16::from(date <= anchor)
    } else {
        year_for(date.month(), date.day(), context)?
    };
    Some((end, Value::Day(on(*rule, y)?)))
}

/// Words by which a feast becomes an adjective.
fn is_dressing(word: &str) -> bool {
    matches!(
        word,
        "market"
            | "markets"
            | "dinner"
            | "party"
            | "tree"
            | "shopping"
            | "season"
            | "truce"
            | "message"
            | "speech"
            | "holiday"
            | "holidays"
            | "break"
            | "gift"
            | "gifts"
            | "present"
            | "presents"
            | "carols"
            | "weekend"
            | "week"
    )
}

fn on(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(m, d) => day(year, m, d),
        Rule::Thanksgiving => day(year, 11, 1)?.nth_weekday_of_month(4, Weekday::Thursday).ok(),
        Rule::Easter(after) => moved(easter(year)?, after, Unit::Day),
    }
}

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
#[expect(clippy::many_single_char_names, reason = "the letters of the published algorithm")]
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let date = (h + l - 7 * m + 33 * month + 19) % 32;
    day(year, i8::try_from(month).ok()?, i8::try_from(date).ok()?)
}
