//! How what somebody says is shown: who, when, in which words, and the id to open.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::causes::Voice;
use chart::Foot;
use model::{ClaimId, When};

use crate::grounds;

/// Most characters of a quotation.
const QUOTED: usize = 120;

/// One thing that somebody says.
pub(crate) struct Said<'a> {
    pub by: &'a Voice,
    /// What is to be known of it before the words: attitude, status, a note.
    pub how: String,
    pub published: Option<When>,
    pub words: &'a str,
    pub claim: &'a ClaimId,
    /// Whether it stands in a near-copy.
    pub copy: bool,
}

/// Two lines: who says so when, with the id; and the words.
pub(crate) fn write(out: &mut dyn Write, label: &str, said: &Said) -> io::Result<()> {
    let day = said.published.map_or_else(|| "undated".to_owned(), |w| w.date().to_string());
    let copy = if said.copy { ", near-copy" } else { "" };
    let how = if said.how.is_empty() { String::new() } else { format!(", {}", said.how) };
    writeln!(out, "   {label:<10} {}, {day}{how}{copy} · {}", said.by.name, said.claim)?;
    writeln!(out, "              “{}”", clip(said.words, QUOTED - 15))
}

/// Words on one line, cut at a word where they are too long.
pub(crate) fn clip(words: &str, most: usize) -> String {
    let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= most {
        return plain;
    }
    let cut: String = plain.chars().take(most - 1).collect();
    let end = cut.rfind(' ').filter(|&end| end > most / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ' ']))
}

/// Some lines of a paragraph, each at most so wide.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A label, and a paragraph beside it.
pub(crate) fn paragraph(out: &mut dyn Write, label: &str, text: &str) -> io::Result<()> {
    for (at, line) in wrap(text, 105).iter().enumerate() {
        writeln!(out, "   {:<10} {line}", if at == 0 { label } else { "" })?;
    }
    Ok(())
}

/// Names, parted by commas, at most three.
pub(crate) fn names(voices: &[Voice]) -> String {
    let named: Vec<&str> = voices.iter().take(3).map(|v| v.name.as_str()).collect();
    let more = voices.len().saturating_sub(3);
    if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") }
}

/// Ids in one cell.
pub(crate) fn ids<T: ToString>(ids: &[T]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A number without needless decimals; an empty cell where there is none.
pub(crate) fn number(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// The foot of a figure.
pub(crate) fn foot(of: &Grounds, n: String) -> Foot {
    let until = of.as_of.map(|day| format!("as of {day}"));
    let days = of.published.map(|(first, last)| format!("published {first} to {last}"));
    let period: Vec<String> = days.into_iter().chain(until).collect();
    Foot {
        source: Some(grounds::source(of)),
        period: (!period.is_empty()).then(|| period.join(", ")),
        n: Some(n),
        interval: None,
        caveats: of.caveats.clone(),
    }
}
