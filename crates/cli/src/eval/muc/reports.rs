//! The task's messages: a line with the id, a dateline, text in capitals.

use jiff::civil::Date;
use model::When;
use model::document::Metadata;

use super::MONTHS;

/// One message.
pub struct Message {
    /// Its id without the site, `DEV-MUC3-0001`.
    pub id: String,
    /// Its text from the dateline on.
    pub text: String,
    /// The dateline's town, where it names one.
    pub town: Option<String>,
    /// The dateline's date.
    pub date: Option<Date>,
}

impl Message {
    /// The message as a document.
    pub fn document(&self) -> model::Document {
        let metadata =
            Metadata { source_id: Some(self.id.clone()), published: self.date.map(When::Day), ..Metadata::default() };
        model::Document::new(self.text.clone(), metadata)
    }
}

/// Reads a file of messages.
pub fn read(content: &str) -> Vec<Message> {
    let mut messages: Vec<(String, String)> = Vec::new();
    for line in content.lines() {
        if let Some(id) = header(line) {
            messages.push((id.to_owned(), String::new()));
        } else if let Some((_, text)) = messages.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    messages
        .into_iter()
        .map(|(id, text)| {
            let text = text.trim().to_owned();
            let (town, date) = dateline(&text);
            Message { id, text, town, date }
        })
        .collect()
}

/// `DEV-MUC3-0001 (NOSC)`, `TST1-MUC3-0001`.
fn header(line: &str) -> Option<&str> {
    let id = line.split_whitespace().next()?;
    let mut parts = id.split('-');
    let (set, task, number) = (parts.next()?, parts.next()?, parts.next()?);
    let is_header = line.starts_with(id)
        && parts.next().is_none()
        && (set == "DEV" || set.starts_with("TST"))
        && task.starts_with("MUC")
        && number.len() == 4
        && number.chars().all(|c| c.is_ascii_digit());
    is_header.then_some(id)
}

/// `SAN SALVADOR, 3 JAN 90 (DPA) --`: town and date.
fn dateline(text: &str) -> (Option<String>, Option<Date>) {
    let head: String = text.split("--").next().unwrap_or_default().chars().take(200).collect();
    let town = head.split([',', '(']).next().map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "));
    let words: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let date = words.windows(3).find_map(|window| {
        let month = MONTHS.iter().position(|m| *m == window[1])? + 1;
        let year: i16 = window[2].parse().ok().filter(|y| (50..100).contains(y))?;
        Date::new(1900 + year, i8::try_from(month).ok()?, window[0].parse().ok()?).ok()
    });
    (town.filter(|t| !t.is_empty() && !t.starts_with("NO CITY") && t != "CLANDESTINE"), date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_apart_and_dated() {
        let messages = read(
            "\nDEV-MUC3-0001 (SITE)\n\n   SAN SALVADOR, 3 JAN 90 (WIRE) -- [TEXT] A BOMB.\n\nDEV-MUC3-0002 (X)\n\n  CLANDESTINE, NO DATE -- [TEXT] B.\n",
        );
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0].town.as_deref(), Some("SAN SALVADOR"));
        assert_eq!(messages[0].date, Some(jiff::civil::date(1990, 1, 3)));
        assert_eq!((messages[1].town.as_deref(), messages[1].date), (None, None));
    }
}
