//! Whether a report says of itself that it relays a wire: in its dateline, under its title, or at its end.
//!
//! Credits stand in fixed places and forms, and only these are read: "Reuters reported that …" is a source, not a credit.
//! A short acronym that may be a party's as well (`PTI`, `APP`, `PA`) is a wire only where the dateline could be nothing
//! else, that is with a place in capitals or a date. Cases, right and wrong, are in `data/publishers/credits.tsv`.

use super::{Publisher, Publishers};

/// Lines in which a title, a byline and the dateline stand.
const HEAD_LINES: usize = 8;
/// Lines in which a report gives its credits at the end.
const TAIL_LINES: usize = 5;
/// A dateline's credit begins within so many bytes; the longest datelines in use have two places and a date.
const DATELINE_BYTES: usize = 90;
/// Longer lines are running text.
const CREDIT_BYTES: usize = 200;

const DASHES: [char; 5] = ['-', '–', '—', '―', '‒'];

impl Publishers {
    /// The wire that a report says it relays, the first where it names several.
    pub fn relayed_wire(&self, text: &str) -> Option<&Publisher> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let head = lines.iter().take(HEAD_LINES);
        let tail = lines.iter().rev().take(TAIL_LINES);
        head.clone()
            .find_map(|line| self.dateline(line))
            .or_else(|| head.clone().find_map(|line| self.byline(line)))
            .or_else(|| tail.clone().find_map(|line| self.acknowledged(line).or_else(|| self.byline(line))))
            .or_else(|| lines.last().and_then(|line| self.signed(line)))
    }

    /// "ISLAMABAD, Oct 16 (Reuters) -", "MOSCOW, October 16. /TASS/."
    fn dateline(&self, line: &str) -> Option<&Publisher> {
        self.dateline_in(line, '(', ')').or_else(|| self.dateline_in(line, '/', '/'))
    }

    fn dateline_in(&self, line: &str, opening: char, closing: char) -> Option<&Publisher> {
        let open = line.find(opening).filter(|open| *open <= DATELINE_BYTES)?;
        let length = line[open + 1..].find(closing)?;
        let (credit, after) = (&line[open + 1..open + 1 + length], line[open + 2 + length..].trim_start());
        let place = Dateline::of(&line[..open])?;
        let ends = after.is_empty() || after.starts_with(DASHES) || after.starts_with([':', '.', '|']);
        let wire = self.credited_only(credit)?;
        let holds = match place {
            Dateline::Dated => true,
            Dateline::Capitals => ends,
            Dateline::Words { initials, words } => {
                ends && !after.is_empty()
                    && is_telling(credit)
                    && words <= 3
                    && initials != credit
                    && self.by_name(&line[..open]).is_none()
            }
        };
        holds.then_some(wire)
    }

    /// A line that is a credit and nothing else: "AFP", "By Reuters", "Source: Xinhua", "By Ann Other, Associated Press".
    fn byline(&self, line: &str) -> Option<&Publisher> {
        if line.len() > CREDIT_BYTES / 2 {
            return None;
        }
        let line =
            line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '*' | '_') || c.is_whitespace());
        let bare = line.trim_start_matches(|c: char| DASHES.contains(&c) || c.is_whitespace());
        for opening in ["By: ", "By ", "BY ", "Source: ", "Source - ", "Sources: ", "Courtesy: ", "Via "] {
            let Some(rest) = bare.strip_prefix(opening) else { continue };
            let named = |sep: &str| rest.rsplit_once(sep).and_then(|(_, last)| self.credited_only(last));
            return self.credited_only(rest).or_else(|| [", ", " | ", " / ", " of "].into_iter().find_map(named));
        }
        if let Some(rest) = bare.strip_prefix('©').or_else(|| bare.strip_prefix("Copyright")) {
            let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic()).split(['.', ',']).next().unwrap_or(rest);
            return self.credited_only(rest.trim());
        }
        // Section names ("Trend") are lines of their own as well.
        let is_name =
            bare != line || (is_telling(bare) && (bare.len() >= 6 || bare.chars().all(|c| !c.is_lowercase())));
        is_name.then(|| self.credited_only(bare)).flatten()
    }

    /// "With input from AFP", "The Associated Press contributed to this report."
    fn acknowledged(&self, line: &str) -> Option<&Publisher> {
        if line.len() > CREDIT_BYTES {
            return None;
        }
        let low = line.to_ascii_lowercase();
        let openings = ["input from ", "inputs from ", "additional reporting by ", "reporting by the "];
        if let Some(at) = openings.iter().find_map(|words| low.find(words).map(|at| at + words.len())) {
            return self.credited(&line[at..]);
        }
        let at = low.find(" contributed to this ")?;
        self.credited(&line[..at])
    }

    /// The last line's end: "…, he added. — AFP", "… he said. (Reuters)".
    fn signed(&self, line: &str) -> Option<&Publisher> {
        let line = line.trim_end();
        let (said, credit) = match line.strip_suffix(')') {
            Some(rest) => rest.rsplit_once('(')?,
            None => line.rsplit_once(DASHES)?,
        };
        let ended = said.trim_end_matches(|c: char| DASHES.contains(&c) || c.is_whitespace());
        let is_sentence = ended.ends_with(['.', '!', '?', '"', '”', '’', '\'']);
        is_sentence.then(|| self.credited_only(credit)).flatten()
    }

    /// The first wire of a list such as "AFP/Reuters", "agencies, AP and Reuters".
    fn credited(&self, list: &str) -> Option<&Publisher> {
        pieces(list).find_map(|name| self.wire(name))
    }

    /// The first of a list that holds wires and nothing else.
    fn credited_only(&self, list: &str) -> Option<&Publisher> {
        let mut all = pieces(list).map(|name| self.wire(name));
        let first = all.next()??;
        all.all(|wire| wire.is_some()).then_some(first)
    }

    /// The wire that is credited by this name, letter by letter.
    fn wire(&self, name: &str) -> Option<&Publisher> {
        let name = name.trim_matches(|c: char| c.is_whitespace() || ".()[]*\"“”".contains(c));
        let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
        let name = [" news agency", " News Agency"].iter().find_map(|s| name.strip_suffix(s)).unwrap_or(name);
        match self.wires.get(name).map(Vec::as_slice) {
            Some([one]) => Some(&self.all[*one]),
            _ => None,
        }
    }
}

fn pieces(list: &str) -> impl Iterator<Item = &str> {
    list.split(['/', ',', '&', ';', '|']).flat_map(|piece| piece.split(" and ")).filter(|p| !p.trim().is_empty())
}

/// Whether a credit can hardly be anything but a wire's name, at least one of a list.
fn is_telling(credit: &str) -> bool {
    pieces(credit).any(|name| matches!(name, "AP" | "AFP" | "UPI") || name.chars().any(char::is_lowercase))
}

/// What stands before the credit, if that may be a dateline.
enum Dateline {
    /// A place with a date, or a date alone, or nothing.
    Dated,
    /// A place in capitals.
    Capitals,
    /// A place in ordinary letters, which may as well be a name with its acronym after it.
    Words { initials: String, words: usize },
}

impl Dateline {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches(|c: char| DASHES.contains(&c) || ".,:|".contains(c)).trim_end();
        if text.contains([':', ';', '"', '“', '?', '!']) {
            return None;
        }
        let (mut capitals, mut words, mut dated) = (0, 0, text.is_empty());
        let (mut initials, mut comma_before) = (String::new(), false);
        for word in text.split_whitespace() {
            let bare = word.trim_matches([',', '.', '|', '[', ']']);
            if is_of_a_date(bare) {
                dated = true;
            } else if bare.chars().all(|c| !c.is_lowercase()) && bare.chars().any(char::is_alphabetic) {
                // Capitals after other words are an acronym in a sentence.
                if words > 0 {
                    return None;
                }
                capitals += 1;
            } else if bare.chars().next().is_some_and(char::is_uppercase) {
                if capitals > 0 && words == 0 && !comma_before {
                    return None;
                }
                words += 1;
            } else if !(bare.is_empty() || matches!(bare, "el" | "al" | "de" | "la" | "and" | "near")) {
                return None;
            }
            if bare != "The" {
                initials.extend(bare.chars().next());
            }
            comma_before = word.ends_with(',');
        }
        match (capitals, words, dated) {
            (0..=4, 0..=4, true) => Some(Self::Dated),
            (1..=4, 0..=3, false) => Some(Self::Capitals),
            (0, 1..=4, false) => Some(Self::Words { initials, words }),
            _ => None,
        }
    }
}

/// A day, a month or a year.
fn is_of_a_date(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const LONG: [&str; 12] = [
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
    let low = word.to_lowercase();
    let digits = low.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_number = (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(&low[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    is_number || MONTHS.contains(&low.as_str()) || LONG.contains(&low.as_str()) || low == "sept"
}
