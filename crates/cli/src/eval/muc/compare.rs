//! How well one fill of a response answers one fill of a key: correct, partial or incorrect, by the
//! official scoring guidelines (version 7) without a person's judgement.
//!
//! Where the guidelines leave it to the person who scores, this is strict: a string is correct if it equals
//! an alternative but for articles, numbers and nationalities, or adds modifiers before the same head;
//! partial if one is part of the other or both have the same head; else incorrect.

use super::template::{Fill, slot};

/// A comparison's outcome, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Not the key's.
    Incorrect,
    /// Half of it.
    Partial,
    /// The key's.
    Correct,
}

/// Grades a response's fill against a key's.
pub fn grade(number: usize, response: &Fill, key: &Fill) -> Grade {
    let Some(given) = response.values.first() else { return Grade::Incorrect };
    let value = key.values.iter().map(|wanted| value(number, given, wanted)).max().unwrap_or(Grade::Incorrect);
    // Guidelines 3.1.2, 3.2.14, 3.2.19, 3.2.21: a right value that refers to something else is half right.
    match number {
        slot::INSTRUMENT_TYPE
        | slot::CONFIDENCE
        | slot::TARGET_TYPE..=slot::TARGET_EFFECT
        | slot::DESCRIPTION..=slot::VICTIM_EFFECT
            if value == Grade::Correct && !refers(response, key) =>
        {
            Grade::Partial
        }
        _ => value,
    }
}

fn refers(response: &Fill, key: &Fill) -> bool {
    match response.tags.first() {
        None => key.tags.is_empty(),
        Some(given) => key.tags.iter().any(|wanted| string(given, wanted) == Grade::Correct),
    }
}

fn value(number: usize, given: &str, wanted: &str) -> Grade {
    match number {
        slot::DATE => date(given, wanted),
        slot::LOCATION => location(given, wanted),
        slot::TARGET_NUMBER | slot::TARGET_TOTAL | slot::VICTIM_NUMBER | slot::VICTIM_TOTAL => count(given, wanted),
        slot::INSTRUMENT | slot::INDIVIDUAL | slot::ORGANIZATION | slot::TARGET | slot::VICTIM | slot::DESCRIPTION => {
            string(given, wanted)
        }
        _ if given == wanted => Grade::Correct,
        slot::TYPE if given == "ATTACK" => Grade::Partial,
        slot::INSTRUMENT_TYPE if above(given, wanted) => Grade::Partial,
        _ if HALF.contains(&(number, given, wanted)) => Grade::Partial,
        _ => Grade::Incorrect,
    }
}

/// Set fills that are half right: slot, given, wanted (guidelines 3.2.11 to 3.2.23).
const HALF: &[(usize, &str, &str)] = &[
    (slot::CONFIDENCE, "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
    (slot::TARGET_TYPE, "POLITICAL FIGURE OFFICE OR RESIDENCE", "GOVERNMENT OFFICE OR RESIDENCE"),
    (slot::TARGET_EFFECT, "DESTROYED", "SOME DAMAGE"),
    (slot::VICTIM_TYPE, "GOVERNMENT OFFICIAL", "FORMER GOVERNMENT OFFICIAL"),
    (slot::VICTIM_TYPE, "ACTIVE MILITARY", "FORMER ACTIVE MILITARY"),
    (slot::VICTIM_TYPE, "POLITICAL FIGURE", "GOVERNMENT OFFICIAL"),
    (slot::VICTIM_EFFECT, "NO INJURY", "NO INJURY OR DEATH"),
    (slot::VICTIM_EFFECT, "NO DEATH", "NO INJURY OR DEATH"),
];

/// The hierarchy of instruments: each with what it is a kind of.
const KINDS: &[(&str, &str)] = &[
    ("MACHINE GUN", "GUN"),
    ("MORTAR", "GUN"),
    ("HANDGUN", "GUN"),
    ("RIFLE", "GUN"),
    ("BOMB", "EXPLOSIVE"),
    ("VEHICLE BOMB", "BOMB"),
    ("DYNAMITE", "BOMB"),
    ("MINE", "BOMB"),
    ("AERIAL BOMB", "BOMB"),
    ("GRENADE", "EXPLOSIVE"),
    ("MOLOTOV COCKTAIL", "EXPLOSIVE"),
    ("MISSILE", "PROJECTILE"),
    ("ROCKET", "PROJECTILE"),
    ("PROJECTILE", "EXPLOSIVE"),
];

fn above(given: &str, wanted: &str) -> bool {
    KINDS.iter().any(|(kind, of)| *kind == wanted && (*of == given || above(given, of)))
}

/// Words that are not essential to a string (guidelines 3.1.1.1).
const INESSENTIAL: &[&str] = &[
    "A",
    "AN",
    "THE",
    "SOME",
    "SEVERAL",
    "OTHER",
    "ANOTHER",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "ONE",
    "ABOUT",
    "THIS",
    "THAT",
    "THESE",
    "THOSE",
    "HIS",
    "HER",
    "THEIR",
    "MANY",
    "SALVADORAN",
    "COLOMBIAN",
    "PERUVIAN",
    "CHILEAN",
    "GUATEMALAN",
    "HONDURAN",
    "BOLIVIAN",
    "ARGENTINE",
    "ECUADORAN",
    "U",
    "S",
    "US",
    "SPANISH",
    "SOVIET",
    "NICARAGUAN",
    "AMERICAN",
    "SO-CALLED",
    "ITS",
    "OUR",
    "MY",
];

/// Words at which a noun phrase's head lies behind.
const AFTER_HEAD: &[&str] =
    &["OF", "FROM", "IN", "AT", "ON", "WHO", "WHICH", "WITH", "FOR", "BELONGING", "THAT", "TO", "BY", "WHERE", "NEAR"];

fn words(text: &str) -> Vec<String> {
    let all: Vec<String> = text
        .to_uppercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '&'))
        .filter(|w| !w.is_empty() && *w != "-")
        .map(str::to_owned)
        .collect();
    let kept: Vec<String> = all
        .iter()
        .filter(|w| !INESSENTIAL.contains(&w.as_str()) && !w.chars().all(|c| c.is_ascii_digit()))
        .cloned()
        .collect();
    if kept.is_empty() { all } else { kept }
}

fn head(words: &[String]) -> Option<&str> {
    let end = words.iter().position(|w| AFTER_HEAD.contains(&w.as_str())).filter(|i| *i > 0).unwrap_or(words.len());
    words[..end].last().map(String::as_str)
}

/// Grades strings.
pub fn string(given: &str, wanted: &str) -> Grade {
    let (given, wanted) = (words(given), words(wanted));
    if given.is_empty() || wanted.is_empty() {
        return Grade::Incorrect;
    }
    if given == wanted {
        return Grade::Correct;
    }
    let within = |part: &[String], whole: &[String]| whole.windows(part.len()).any(|w| w == part);
    if within(&wanted, &given) && head(&given) == head(&wanted) {
        return Grade::Correct;
    }
    let content = |words: &[String], other: &[String]| {
        words.iter().filter(|w| !AFTER_HEAD.contains(&w.as_str())).all(|w| other.contains(w))
    };
    if content(&given, &wanted) || content(&wanted, &given) || head(&given) == head(&wanted) {
        return Grade::Partial;
    }
    Grade::Incorrect
}

fn count(given: &str, wanted: &str) -> Grade {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (given, wanted) = (plain(given), plain(wanted));
    if given == wanted {
        return Grade::Correct;
    }
    let anchors = wanted.trim_start_matches('~').split('-').any(|a| a == given);
    if anchors { Grade::Partial } else { Grade::Incorrect }
}

/// `COUNTRY: AREA (KIND): PLACE (KIND)` (guidelines 3.2.3).
fn location(given: &str, wanted: &str) -> Grade {
    let parts = |text: &str| -> Vec<String> {
        text.to_uppercase().replace("(TOWN)", "(CITY)").split(':').map(|p| p.trim().to_owned()).collect()
    };
    let (given, wanted) = (parts(given), parts(wanted));
    if given == wanted {
        return Grade::Correct;
    }
    let same_country = given.first() == wanted.first();
    if same_country {
        // The most specific place of both is one, whatever stands between it and the country.
        let last = |parts: &[String]| (parts.len() > 1).then(|| parts[parts.len() - 1].clone());
        if last(&given).is_some() && last(&given) == last(&wanted) {
            return Grade::Correct;
        }
        return Grade::Partial;
    }
    if given.len() > 1 && given[1..] == wanted[1..] { Grade::Partial } else { Grade::Incorrect }
}

/// A date as the templates write it: from, to; from is `None` in "- 26 AUG 89".
fn days(text: &str) -> Option<(Option<i32>, i32)> {
    let text = text.trim();
    if let Some(upper) = text.strip_prefix('-') {
        return Some((None, day(upper)?));
    }
    match text.split_once(" - ") {
        Some((from, to)) => Some((Some(day(from)?), day(to)?)),
        None => day(text).map(|d| (Some(d), d)),
    }
}

/// Days since the start of 1900, as the calendar counts them.
fn day(text: &str) -> Option<i32> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [number, month, year] = fields[..] else { return None };
    let month = super::MONTHS.iter().position(|m| *m == month)? + 1;
    let date =
        jiff::civil::Date::new(1900 + year.parse::<i16>().ok()?, i8::try_from(month).ok()?, number.parse().ok()?);
    date.ok()?.since(jiff::civil::date(1900, 1, 1)).ok().map(|s| s.get_days())
}

/// A default date ("on or before") is held against what happened up to two months before.
const RECENT_DAYS: i32 = 62;

fn date(given: &str, wanted: &str) -> Grade {
    if given.trim() == wanted.trim() {
        return Grade::Correct;
    }
    let (Some((from, to)), Some((key_from, key_to))) = (days(given), days(wanted)) else { return Grade::Incorrect };
    match (from, key_from) {
        (None, None) => Grade::Incorrect,
        // A default answer: its upper end is the key's.
        (None, Some(_)) => {
            if to == key_to {
                Grade::Partial
            } else {
                Grade::Incorrect
            }
        }
        (Some(from), key_from) => {
            if from == to && key_from == Some(key_to) {
                return if from == key_to { Grade::Correct } else { Grade::Incorrect };
            }
            let first = key_from.unwrap_or(key_to - RECENT_DAYS);
            if from >= first && to <= key_to { Grade::Partial } else { Grade::Incorrect }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: usize, given: (&str, &str), wanted: (&[&str], &[&str]), grade: Grade) {
        let own = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let tags = if given.1.is_empty() { Vec::new() } else { own(&[given.1]) };
        let response = Fill { values: own(&[given.0]), tags, optional: false };
        let key = Fill { values: own(wanted.0), tags: own(wanted.1), optional: false };
        assert_eq!(super::grade(number, &response, &key), grade, "{given:?} for {wanted:?}");
    }

    /// The guidelines' own examples.
    #[test]
    fn the_guidelines_examples_are_graded_as_they_say() {
        use Grade::{Correct, Incorrect, Partial};
        check(slot::DESCRIPTION, ("THE 3 PEASANTS", ""), (&["PEASANTS"], &[]), Correct);
        check(
            slot::DESCRIPTION,
            ("OLD PEASANTS WHO WERE WITNESSES", ""),
            (&["PEASANTS", "OLD PEASANTS"], &[]),
            Correct,
        );
        check(slot::VICTIM, ("TORRES", ""), (&["ALBERTO ROBERTO TORRES"], &[]), Partial);
        check(slot::ORGANIZATION, ("BRIGADE", ""), (&["6TH INFANTRY BRIGADE"], &[]), Partial);
        check(slot::TARGET, ("OIL", ""), (&["OIL PIPELINE", "PIPELINE"], &[]), Partial);
        check(slot::DATE, ("26 AUG 89", ""), (&["25 AUG 89 - 26 AUG 89"], &[]), Partial);
        check(slot::DATE, ("25 AUG 89", ""), (&["- 26 AUG 89"], &[]), Partial);
        check(slot::DATE, ("- 26 AUG 89", ""), (&["25 AUG 89 - 26 AUG 89"], &[]), Partial);
        check(slot::DATE, ("- 26 AUG 89", ""), (&["26 AUG 89"], &[]), Partial);
        check(slot::DATE, ("- 26 AUG 89", ""), (&["16 AUG 89"], &[]), Incorrect);
        check(slot::DATE, ("- 26 AUG 89", ""), (&["24 AUG 89 - 25 AUG 89"], &[]), Incorrect);
        check(slot::LOCATION, ("COLOMBIA", ""), (&["COLOMBIA: MEDELLIN (CITY)"], &[]), Partial);
        check(slot::LOCATION, ("COLOMBIA: CALI (CITY)", ""), (&["COLOMBIA"], &[]), Partial);
        check(
            slot::LOCATION,
            ("BOLIVIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)", ""),
            (&["COLOMBIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)"], &[]),
            Partial,
        );
        check(slot::TYPE, ("ATTACK", ""), (&["BOMBING"], &[]), Partial);
        check(slot::TYPE, ("BOMBING", ""), (&["ATTACK"], &[]), Incorrect);
        check(slot::INSTRUMENT_TYPE, ("GUN", "AK-47"), (&["MACHINE GUN"], &["AK-47"]), Partial);
        check(slot::INSTRUMENT_TYPE, ("GUN", "BULLET"), (&["MACHINE GUN"], &[]), Partial);
        check(slot::TARGET_NUMBER, ("7", "PYLONS"), (&["5 - 7"], &["PYLONS"]), Partial);
        check(slot::TARGET_NUMBER, ("7", "THINGS"), (&["~7"], &["PYLONS"]), Partial);
        check(slot::DESCRIPTION, ("MAYOR", "SANCHEZ"), (&["MAYOR OF ACHI", "MAYOR"], &["TORRES"]), Partial);
        check(slot::VICTIM_TYPE, ("POLITICAL FIGURE", "X"), (&["GOVERNMENT OFFICIAL"], &["X"]), Partial);
        check(slot::VICTIM_EFFECT, ("DEATH", "X"), (&["DEATH"], &["Y"]), Partial);
        check(slot::VICTIM_EFFECT, ("NO DEATH", "X"), (&["NO INJURY OR DEATH"], &["Y"]), Partial);
        check(slot::TARGET_EFFECT, ("DESTROYED", "X"), (&["SOME DAMAGE"], &["X"]), Partial);
        check(slot::CATEGORY, ("TERRORIST ACT", ""), (&["STATE-SPONSORED VIOLENCE"], &[]), Incorrect);
    }
}
