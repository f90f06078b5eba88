//! From what a format gave to a finished document: language, date, publisher, problems.

use jiff::civil::Date;
use model::document::Metadata;
use model::{Document, Problem, ProblemKind, When};

use crate::date::{self, Reading};
use crate::language;
use crate::options::Options;
use crate::outcome::SkipReason;

/// A document in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub text: String,
    pub source_id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// Publication dates as written in metadata, best first.
    pub dates: Vec<String>,
    pub problems: Vec<Problem>,
    /// The name of the file, where one file is one document.
    pub file_name: Option<String>,
    /// A day by which it existed, for dates without a year.
    pub seen: Option<Date>,
    /// Whether the text's own first lines may hold the headline and the date.
    pub has_dateline: bool,
}

impl Draft {
    /// The document, or why it is none.
    pub fn finish(self, options: &Options) -> Result<Document, SkipReason> {
        if !self.text.chars().any(char::is_alphanumeric) {
            return Err(SkipReason::Empty);
        }
        let found = language::identify(&self.text);
        if !found.readable {
            return Err(SkipReason::Language(found.tag.unwrap_or_else(|| "und".to_owned())));
        }
        let mut problems = self.problems;
        if let Some(other) = found.other {
            problems.push(Problem::new(ProblemKind::OtherLanguage, other));
        }
        let address = self.url.as_deref().and_then(|url| url::Url::parse(url).ok());
        let named_day = self
            .file_name
            .as_deref()
            .and_then(date::in_name)
            .or_else(|| address.as_ref().and_then(|url| date::in_address(url.path())));
        let dateline = if self.has_dateline { date::dateline(&self.text) } else { None };
        let when = settle(&self.dates, dateline, named_day, self.seen, options.published, &mut problems);
        let host = || {
            let host = address.as_ref()?.host_str()?;
            Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
        };
        let publisher = self.publisher.or_else(|| options.publisher.clone()).or_else(host);
        let metadata =
            Metadata { source_id: self.source_id, url: self.url, title: self.title, publisher, published: when };
        let mut doc = Document::new(self.text, metadata);
        doc.language = found.tag;
        doc.problems = problems;
        Ok(doc)
    }
}

/// The publication date: metadata, then the dateline, then the name, then the caller's word. What was ambiguous
/// or incomplete on the way is recorded where nothing better is found in the document itself.
fn settle(
    written: &[String],
    dateline: Option<Reading>,
    named: Option<Date>,
    seen: Option<Date>,
    fallback: Option<When>,
    problems: &mut Vec<Problem>,
) -> Option<When> {
    let mut ambiguous = None;
    for text in written {
        match date::read(text) {
            Some(Reading::Exact(when)) => return Some(when),
            Some(Reading::Ambiguous) => ambiguous = ambiguous.or(Some(text.as_str())),
            _ => {}
        }
    }
    let mut yearless = None;
    match dateline {
        Some(Reading::Exact(when)) => return Some(when),
        Some(Reading::NoYear { month, day }) => {
            match named.or(seen).or(fallback.map(When::date)).and_then(|known| date::complete(month, day, known)) {
                Some(date) => return Some(When::Day(date)),
                None => yearless = Some((month, day)),
            }
        }
        Some(Reading::Ambiguous) => ambiguous = ambiguous.or(Some("the dateline")),
        None => {}
    }
    if let Some(day) = named {
        return Some(When::Day(day));
    }
    if let Some(text) = ambiguous {
        problems.push(Problem::new(
            ProblemKind::AmbiguousDate,
            format!(
                "day and month cannot be told apart in {}",
                if text == "the dateline" { text.to_owned() } else { format!("`{text}`") }
            ),
        ));
    } else if let (Some((month, day)), None) = (yearless, fallback) {
        let detail = format!("the dateline names day {day} of month {month} but no year; give the publication date");
        problems.push(Problem::new(ProblemKind::NoDate, detail));
    } else if fallback.is_none() {
        problems.push(Problem::new(ProblemKind::NoDate, "no publication date was found; give one"));
    }
    fallback
}
