//! How well phrases are resolved, against a table of phrases with expected country and sector
//! (`lookup phrase arguments field expected`, the form in which NGEC's actor tests are kept).
//!
//! Two conventions differ and are brought together here, once: a state named by its own name has no sector there and
//! GOV here; bodies of no country have a code in the country field there (`UNO`, `EUR`, `IGO`, `NGO`) and none here.

use jiff::civil::Date;
use model::CountryCode;

use super::{Catalogue, Context, Resolved};

/// Right and asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many were right.
    pub right: usize,
    /// How many were asked.
    pub asked: usize,
}

impl Share {
    /// Right by asked; 0 where none was asked.
    pub fn rate(&self) -> f64 {
        if self.asked == 0 { 0.0 } else { self.right as f64 / self.asked as f64 }
    }

    fn count(&mut self, is_right: bool) {
        self.asked += 1;
        self.right += usize::from(is_right);
    }
}

/// A question that was answered wrongly.
#[derive(Clone, Debug)]
pub struct Miss {
    /// The phrase.
    pub phrase: String,
    /// `country`, `code_1` or `code_2`.
    pub field: String,
    /// What was expected, empty for nothing.
    pub expected: String,
    /// What was said.
    pub got: String,
}

/// The scores of a table.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// The country field.
    pub country: Share,
    /// The chief sector.
    pub sector: Share,
    /// The second sector.
    pub second_sector: Share,
    /// Every wrong answer.
    pub misses: Vec<Miss>,
}

/// Scores a table of phrases. Undated questions are asked as of `today`.
pub fn score(catalogue: &Catalogue, table: &str, today: Date) -> Score {
    let mut out = Score::default();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[_, phrase, arguments, field, expected] = &cells[..] else { continue };
        let (country, date) = conditions(catalogue, arguments);
        let countries: Vec<CountryCode> = country.into_iter().collect();
        let context = Context { date: Some(date.unwrap_or(today)), countries: &countries };
        let got = catalogue.resolve(phrase, &context);
        let mut answer = answer(got.as_ref(), field);
        // The question names the country in so many words: it holds where the phrase itself names none.
        if field == "country" && answer.is_empty() {
            answer = countries.first().map(ToString::to_string).unwrap_or_default();
        }
        let expected = if matches!(expected, "UNK" | "JNK") { "" } else { expected };
        let is_right = answer == expected
            || (field == "code_1" && expected.is_empty() && got.as_ref().is_some_and(|g| g.is_bare_polity))
            || (field == "country" && answer.is_empty() && is_no_country(got.as_ref(), expected));
        match field {
            "country" => out.country.count(is_right),
            "code_1" => out.sector.count(is_right),
            "code_2" => out.second_sector.count(is_right),
            _ => continue,
        }
        if !is_right {
            let expected = expected.to_owned();
            out.misses.push(Miss { phrase: phrase.to_owned(), field: field.to_owned(), expected, got: answer });
        }
    }
    out
}

fn answer(got: Option<&Resolved>, field: &str) -> String {
    let Some(got) = got else { return String::new() };
    let sectors: Vec<&String> = got.sectors.iter().filter(|s| *s != "IGO").collect();
    match field {
        "country" => got.country.map(|c| c.to_string()).unwrap_or_default(),
        "code_1" => sectors.first().map(ToString::to_string).unwrap_or_default(),
        _ => sectors.get(1).map(ToString::to_string).unwrap_or_default(),
    }
}

/// Whether a code in the expected country field means this party of no country.
fn is_no_country(got: Option<&Resolved>, expected: &str) -> bool {
    let Some(id) = got.and_then(|g| g.id.as_ref()) else { return false };
    let sectors = got.map(|g| g.sectors.as_slice()).unwrap_or_default();
    match expected {
        "UNO" => id.root() == "UNO",
        "EUR" => id.root() == "EEC",
        "IGO" => sectors.iter().any(|s| s == "IGO"),
        "NGO" => sectors.iter().any(|s| s == "NGO"),
        "IMG" => sectors.iter().any(|s| s == "REB"),
        _ => false,
    }
}

/// Country and date of an arguments cell such as `"Somalia", "2022-02-01"` or `query_date="12 April 2022"`.
fn conditions(catalogue: &Catalogue, arguments: &str) -> (Option<CountryCode>, Option<Date>) {
    let mut country = None;
    let mut date = None;
    for value in arguments.split('"').skip(1).step_by(2) {
        if value.contains(|c: char| c.is_ascii_digit()) {
            date = date.or_else(|| read_date(value));
        } else if country.is_none() && !value.is_empty() && value != "today" {
            country = catalogue.resolve(value, &Context::default()).and_then(|r| r.country);
        }
    }
    (country, date)
}

/// `2022-02-01`, `12 April 2022`, `October 1, 2021`.
fn read_date(text: &str) -> Option<Date> {
    let tidy: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|w| !w.is_empty())
        .map(|w| {
            let mut letters = w.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
        })
        .collect();
    let tidy = tidy.join(" ");
    ["%Y-%m-%d", "%d %B %Y", "%B %d %Y"].iter().find_map(|format| Date::strptime(format, &tidy).ok())
}
