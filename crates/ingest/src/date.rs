//! Dates as people and machines write them, and datelines.
//!
//! Months by name in English, numbers with the year first, and numbers whose day and month cannot be mixed
//! up. `03/04/2025` is [`Reading::Ambiguous`]: which of the two it is depends on the country, and is never
//! guessed. A date without a year is completed only from another date that is known.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use model::When;

/// What a piece of text says as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A date, perhaps with the hour.
    Exact(When),
    /// Day and month cannot be told apart.
    Ambiguous,
    /// A day of a year that is not named.
    NoYear {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

/// A token of a date: a number with its digits counted, a word, or a sign.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Number(u32, usize),
    Word(&'a str),
    Sign(char),
}

fn tokens(text: &str) -> Vec<(Token<'_>, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let run = |test: fn(char) -> bool| text[at..].find(|c| !test(c)).map_or(text.len(), |i| at + i);
        let end = if first.is_ascii_digit() {
            let end = run(|c| c.is_ascii_digit());
            let number = if end - at <= 9 { text[at..end].parse().unwrap_or(0) } else { 0 };
            found.push((Token::Number(number, end - at), at, end));
            end
        } else if first.is_alphabetic() {
            let end = run(char::is_alphabetic);
            found.push((Token::Word(&text[at..end]), at, end));
            end
        } else {
            let end = at + first.len_utf8();
            if !first.is_whitespace() {
                found.push((Token::Sign(first), at, end));
            }
            end
        };
        at = end;
    }
    found
}

/// The number of a month by its English name or short form.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
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
    ];
    let word = word.to_ascii_lowercase();
    let short = |full: &str| word.len() == 3 && full.starts_with(&word);
    let i = MONTHS.iter().position(|m| *m == word || short(m) || (*m == "september" && word == "sept"))?;
    i8::try_from(i + 1).ok()
}

fn is_year(number: u32, digits: usize) -> bool {
    digits == 4 && (1900..=2100).contains(&number)
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The first date in a text, and the bytes it takes. `None` where there is none.
#[expect(clippy::many_single_char_names, reason = "y, m, d and the signs between them, as they stand in a date")]
fn find(text: &str) -> Option<(Reading, usize, usize)> {
    use Token::{Number, Sign, Word};
    let all = tokens(text);
    let plain: Vec<Token> = all.iter().map(|t| t.0).collect();
    for i in 0..plain.len() {
        let rest = &plain[i..];
        let ends_at = |n: usize| all[i + n - 1].2;
        let starts = all[i].1;
        let is_parting = |sign: char| matches!(sign, '-' | '/' | '.');
        let (reading, taken) = match rest {
            [Number(y, yd), Sign(a), Number(m, md), Sign(b), Number(d, dd), ..]
                if is_year(*y, *yd) && a == b && is_parting(*a) && *md <= 2 && *dd <= 2 =>
            {
                (Reading::Exact(When::Day(date(*y, *m, *d)?)), 5)
            }
            [Number(ymd, 8), ..]
                if is_year(ymd / 10_000, 4) && date(ymd / 10_000, ymd / 100 % 100, ymd % 100).is_some() =>
            {
                (Reading::Exact(When::Day(date(ymd / 10_000, ymd / 100 % 100, ymd % 100)?)), 1)
            }
            [Number(one, l), Sign(a), Number(two, m), Sign(b), Number(y, yd), ..]
                if is_year(*y, *yd) && a == b && is_parting(*a) && *l <= 2 && *m <= 2 =>
            {
                let (day_first, month_first) = (date(*y, *two, *one), date(*y, *one, *two));
                let reading = match (day_first, month_first) {
                    (Some(a), Some(b)) if a != b => Reading::Ambiguous,
                    (Some(only), _) | (_, Some(only)) => Reading::Exact(When::Day(only)),
                    (None, None) => continue,
                };
                (reading, 5)
            }
            // 26 December 2024, 26th December, 2024, 26-Dec-2024, 16 Oct 25 (with a clock after it)
            [Number(day, 1 | 2), after @ ..] => {
                let skip = usize::from(matches!(after.first(), Some(Word("st" | "nd" | "rd" | "th"))));
                let skip = skip + usize::from(matches!(after.get(skip), Some(Word("of") | Sign('-'))));
                let Some(m) = after.get(skip).and_then(|t| if let Word(w) = t { month(w) } else { None }) else {
                    continue;
                };
                let (year, used) = year(&after[skip + 1..], true);
                match finish(year, m, *day) {
                    Some(reading) => (reading, 1 + skip + 1 + used),
                    None => continue,
                }
            }
            // October 16, 2025; Oct. 16
            [Word(word), after @ ..] => {
                let Some(m) = month(word) else { continue };
                let skip = usize::from(after.first() == Some(&Sign('.')));
                let Some(Number(day, 1 | 2)) = after.get(skip) else { continue };
                let ordinal = usize::from(matches!(after.get(skip + 1), Some(Word("st" | "nd" | "rd" | "th"))));
                let skip = skip + ordinal;
                let (year, used) = year(&after[skip + 1..], false);
                match finish(year, m, *day) {
                    Some(reading) => (reading, 2 + skip + used),
                    None => continue,
                }
            }
            _ => continue,
        };
        return Some((reading, starts, ends_at(taken)));
    }
    None
}

/// The year after a day and a month: the year if there is one, and how many tokens it took. A year of two
/// digits counts only in the form of mail headers, with a clock after it.
fn year(after: &[Token], mail: bool) -> (Option<u32>, usize) {
    use Token::{Number, Sign};
    let skip = after.iter().take(2).take_while(|t| matches!(t, Sign(',' | '.' | '-'))).count();
    match after.get(skip) {
        Some(Number(y, digits)) if is_year(*y, *digits) => (Some(*y), skip + 1),
        Some(Number(y, 2)) if mail && matches!(after[skip + 1..], [Number(_, 1 | 2), Sign(':'), ..]) => {
            (Some(2000 + y), skip + 1)
        }
        _ => (None, 0),
    }
}

fn finish(year: Option<u32>, month: i8, day: u32) -> Option<Reading> {
    let month_number = u32::try_from(month).ok()?;
    match year {
        Some(year) => date(year, month_number, day).map(|d| Reading::Exact(When::Day(d))),
        // 2024 was a leap year: every day of any year is in it.
        None => date(2024, month_number, day).map(|d| Reading::NoYear { month: d.month(), day: d.day() }),
    }
}

/// Hours and offset after a date: `T04:05:06+05:00`, `4:05 pm PKT`.
fn clock(text: &str) -> Option<(Time, Option<Offset>)> {
    use Token::{Number, Sign, Word};
    let all: Vec<Token> = tokens(text).into_iter().map(|t| t.0).take(24).collect();
    let colon = all.windows(3).position(|w| matches!(w, [Number(_, 1 | 2), Sign(':'), Number(_, 2)]))?;
    let (Number(mut hour, _), Number(minute, _)) = (all[colon], all[colon + 2]) else { return None };
    let mut next = colon + 3;
    let mut second = 0;
    if let (Some(Sign(':')), Some(Number(s, 2))) = (all.get(next), all.get(next + 1)) {
        second = *s;
        next += 2;
        if let (Some(Sign('.' | ',')), Some(Number(..))) = (all.get(next), all.get(next + 1)) {
            next += 2;
        }
    }
    if let Some(Word(half)) = all.get(next) {
        let half = half.to_ascii_lowercase();
        if (half == "am" || half == "pm") && (1..=12).contains(&hour) {
            hour = hour % 12 + if half == "pm" { 12 } else { 0 };
            next += 1;
        }
    }
    let hours_minutes = |hours: u32, minutes: u32| i32::try_from(hours * 60 + minutes).ok();
    let minutes = match &all[next.min(all.len())..] {
        // GMT+5 and the like are left without an offset rather than misread.
        [Word("Z" | "z" | "UTC" | "GMT" | "UT"), Sign('+' | '-'), ..] => None,
        [Word("Z" | "z" | "UTC" | "GMT" | "UT"), ..] => Some(0),
        [Word("PKT"), ..] => Some(300),
        [Word("AFT"), ..] => Some(270),
        [Word("EST"), ..] => Some(-300),
        [Word("EDT"), ..] => Some(-240),
        [Word("PST"), ..] => Some(-480),
        [Word("PDT"), ..] => Some(-420),
        [Word("CET"), ..] => Some(60),
        [Word("CEST"), ..] => Some(120),
        [Sign(sign @ ('+' | '-')), Number(hhmm, 4), ..] => {
            hours_minutes(hhmm / 100, hhmm % 100).map(|m| if *sign == '-' { -m } else { m })
        }
        [Sign(sign @ ('+' | '-')), Number(hh, 2), Sign(':'), Number(mm, 2), ..] => {
            hours_minutes(*hh, *mm).map(|m| if *sign == '-' { -m } else { m })
        }
        _ => None,
    };
    let part = |n: u32| i8::try_from(n).ok();
    let time = Time::new(part(hour)?, part(minute)?, part(second.min(59))?, 0).ok()?;
    Some((time, minutes.and_then(|m| Offset::from_seconds(m * 60).ok())))
}

/// Reads a text that is meant to be a date: a meta tag, a field. `None` where there is no date in it.
pub(crate) fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    let (reading, _, end) = find(text)?;
    Some(match reading {
        Reading::Exact(When::Day(day)) => match clock(&text[end..]) {
            Some((time, offset)) => Reading::Exact(When::At(DateTime::from_parts(day, time), offset)),
            None => reading,
        },
        other => other,
    })
}

/// The date in a dateline or in a line of its own near the top of a text.
///
/// `ISLAMABAD, Oct 16 (Agency) -` and `KABUL, 26 December 2024 —` count where nothing but names stands before
/// the dash; `Published: 16 October 2025` counts where hardly anything else stands in the line.
pub(crate) fn dateline(text: &str) -> Option<Reading> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(8).find_map(|line| {
        let mut end = line.len().min(140);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        let start = &line[..end];
        alone(line).or_else(|| before_dash(start))
    })
}

/// A line that holds a date and hardly anything else.
fn alone(line: &str) -> Option<Reading> {
    if line.len() > 80 {
        return None;
    }
    let (reading, from, to) = find(line)?;
    let words = |part: &str| part.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).count();
    let label = line[..from].trim_end_matches(|c: char| !c.is_alphabetic()).to_ascii_lowercase();
    let labelled = label.is_empty()
        || [
            "date",
            "dated",
            "published",
            "published on",
            "published at",
            "posted",
            "posted on",
            "updated",
            "publication date",
        ]
        .contains(&label.as_str())
        || ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains(&label.as_str());
    // After it, a clock and a zone at most. Without a year such a line is as likely a heading.
    let bare = labelled && words(&line[to..]) <= 3 && !matches!(reading, Reading::NoYear { .. });
    bare.then(|| read(&line[from..])).flatten().or(None)
}

/// `PLACE, DATE (AGENCY) -` at the start of a paragraph.
fn before_dash(start: &str) -> Option<Reading> {
    let dash = [" - ", " – ", " — ", "--", "—", "–", ": ", ") "]
        .iter()
        .flat_map(|dash| start.match_indices(dash).map(|(i, _)| if *dash == ") " { i + 1 } else { i }))
        .filter(|&i| find(&start[..i]).is_some())
        .min()?;
    let head = &start[..dash];
    let (reading, from, to) = find(head)?;
    let place = head[..from].trim();
    // A place, or an agency in brackets, comes first; a sentence does not begin this way.
    let mut rest = String::from(place);
    rest.push(' ');
    rest.push_str(&head[to..]);
    let named =
        rest.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).filter(|w| !w.is_empty()).all(|w| {
            w.chars().next().is_some_and(char::is_uppercase) || ["de", "al", "el", "the", "of", "and"].contains(&w)
        });
    let words = rest.split_whitespace().count();
    (named && place.chars().next().is_some_and(|c| c.is_uppercase() || c == '(') && words <= 10).then_some(reading)
}

#[expect(clippy::many_single_char_names, reason = "y, m, d and the signs between them, as they stand in a name")]
/// The date in a file name (`2025-10-16_clashes.txt`, `20251016.html`).
pub(crate) fn in_name(name: &str) -> Option<Date> {
    let parts = tokens(name);
    let numeric = |t: Option<&(Token, usize, usize)>| match t {
        Some((Token::Number(n, digits), ..)) => Some((*n, *digits)),
        _ => None,
    };
    (0..parts.len()).find_map(|i| {
        let (n, digits) = numeric(parts.get(i))?;
        if digits == 8 && is_year(n / 10_000, 4) {
            return date(n / 10_000, n / 100 % 100, n % 100);
        }
        let (Some((Token::Sign(a), ..)), Some((Token::Sign(b), ..))) = (parts.get(i + 1), parts.get(i + 3)) else {
            return None;
        };
        let ((m, 1..=2), (d, 1..=2)) = (numeric(parts.get(i + 2))?, numeric(parts.get(i + 4))?) else { return None };
        let parting = |c: &char| matches!(c, '-' | '_' | '.' | '/');
        (is_year(n, digits) && parting(a) && parting(b)).then(|| date(n, m, d)).flatten()
    })
}

/// The date in an address's path (`/2025/10/16/`, `/2025/oct/16/`, `-2025-10-16`).
pub(crate) fn in_address(path: &str) -> Option<Date> {
    in_name(path).or_else(|| {
        let parts: Vec<&str> = path.split('/').collect();
        parts.windows(3).find_map(|w| {
            let y: u32 = w[0].parse().ok().filter(|y| is_year(*y, w[0].len()))?;
            date(y, u32::try_from(month(w[1])?).ok()?, w[2].parse().ok()?)
        })
    })
}

/// The latest day of this month and number that is not after `known` by more than a day.
pub(crate) fn complete(month: i8, day: i8, known: Date) -> Option<Date> {
    let limit = known.tomorrow().unwrap_or(known);
    (0..=4).find_map(|back| Date::new(known.year() + 1 - back, month, day).ok().filter(|d| *d <= limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = match read(text) {
            Some(Reading::Exact(when)) => when.to_string(),
            Some(Reading::Ambiguous) => "ambiguous".to_owned(),
            Some(Reading::NoYear { month, day }) => format!("{month}/{day}"),
            None => String::new(),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_as_they_are_written() {
        check("2025-10-16", "2025-10-16");
        check("2025-10-16T04:05:06.123+0500", "2025-10-16T04:05:06+05:00");
        check("2025-10-16T04:05Z", "2025-10-16T04:05:00Z");
        check("20251016", "2025-10-16");
        check("20251016T040506Z", "2025-10-16");
        check("Thu, 16 Oct 2025 04:05:06 GMT", "2025-10-16T04:05:06Z");
        check("Thu, 16 Oct 25 04:05:06 -0330", "2025-10-16T04:05:06-03:30");
        check("October 16, 2025 4:05 pm PKT", "2025-10-16T16:05:00+05:00");
        check("Oct. 16th 2025", "2025-10-16");
        check("26-Dec-2024", "2024-12-26");
        check("Thursday, 26th of December, 2024", "2024-12-26");
        check("16/10/2025", "2025-10-16");
        check("10/16/2025", "2025-10-16");
        check("03/04/2025", "ambiguous");
        check("04.04.2025", "2025-04-04");
        check("Oct 16", "10/16");
        check("October 2025", "");
        check("31 February 2025", "");
        check("2025-13-45", "");
        check("in the May of his years", "");
    }

    #[test]
    fn datelines() {
        let exact = |y, m, d| Some(Reading::Exact(When::Day(Date::new(y, m, d).unwrap())));
        assert_eq!(
            dateline("Title\n\nISLAMABAD, Oct 16 (Agency) - Troops"),
            Some(Reading::NoYear { month: 10, day: 16 })
        );
        assert_eq!(dateline("KABUL, 26 December 2024 - Jets struck"), exact(2024, 12, 26));
        assert_eq!(dateline("KABUL (Agency) — Dec. 26, 2024 — Jets struck"), exact(2024, 12, 26));
        assert_eq!(dateline("A title\nPublished: 26 December 2024\nText"), exact(2024, 12, 26));
        assert_eq!(dateline("KABUL, 03/04/2025 - Jets"), Some(Reading::Ambiguous));
        // Sentences that mention dates are no datelines.
        assert_eq!(dateline("The raids of 26 December 2024 - the worst in years - killed 46."), None);
        assert_eq!(dateline("On Oct 16 a truce began: it held."), None);
    }

    #[test]
    fn dates_in_names_and_years_completed() {
        let day = |y, m, d| Date::new(y, m, d).ok();
        assert_eq!(in_name("2025-10-16_clashes.txt"), day(2025, 10, 16));
        assert_eq!(in_name("dawn-20251016.html"), day(2025, 10, 16));
        assert_eq!(in_name("report 12345678.txt"), None);
        assert_eq!(in_address("/news/2025/10/16/clashes"), day(2025, 10, 16));
        assert_eq!(in_address("/world/2025/oct/16/clashes"), day(2025, 10, 16));
        assert_eq!(complete(12, 30, day(2025, 1, 2).unwrap()), day(2024, 12, 30));
        assert_eq!(complete(10, 16, day(2025, 10, 16).unwrap()), day(2025, 10, 16));
        assert_eq!(complete(2, 29, day(2025, 10, 16).unwrap()), day(2024, 2, 29));
    }
}
