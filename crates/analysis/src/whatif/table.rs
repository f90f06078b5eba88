//! Episodes of levers as a table: what was done, from when to when, and who says so.
//!
//! Columns parted by tabs, with a head: `lever`, `from`, `to`, `source`, in any order; further columns are left alone. A lever is
//! written as on the command line, without a range; for how long a ceasefire was to hold need not be said. `to` may be empty.
//! Lines that begin with `#` are left out.

use jiff::civil::Date;
use thiserror::Error;

use super::history::Episode;
use super::lever::{Lever, NoLever};

/// Why a table cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NoTable {
    /// A column is missing.
    #[error("the table of episodes has no column {column:?}; it needs lever, from, to and source, parted by tabs")]
    Column {
        /// Which.
        column: &'static str,
    },
    /// A day that is none.
    #[error("line {line} of the episodes: {text:?} is no day; write it as 2024-06-30")]
    Day {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// The last day comes before the first.
    #[error("line {line} of the episodes: it ends on {to}, before it begins on {from}")]
    Order {
        /// The line.
        line: usize,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// Not a lever.
    #[error("line {line} of the episodes: {why}")]
    Lever {
        /// The line.
        line: usize,
        /// Why.
        why: NoLever,
    },
}

/// The episodes of a table, in its order.
pub fn episodes(table: &str) -> Result<Vec<Episode>, NoTable> {
    let mut lines = table
        .trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let head: Vec<&str> = lines.next().map_or(Vec::new(), |(_, line)| line.split('\t').map(str::trim).collect());
    let column =
        |name: &'static str| head.iter().position(|column| *column == name).ok_or(NoTable::Column { column: name });
    let (lever, from, to, source) = (column("lever")?, column("from")?, column("to")?, column("source")?);
    lines
        .map(|(at, text)| {
            let line = at + 1;
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
            let day = |text: &str| text.parse::<Date>().map_err(|_| NoTable::Day { line, text: text.to_owned() });
            let from = day(cell(from))?;
            let to = if cell(to).is_empty() { None } else { Some(day(cell(to))?) };
            if let Some(to) = to.filter(|to| *to < from) {
                return Err(NoTable::Order { line, from, to });
            }
            // A ceasefire needs days as a lever; as an episode it has its own.
            let written = cell(lever);
            let is_number = |days: &str| days.parse::<u16>().is_ok();
            let has_days = written.rsplit(':').next().and_then(|last| last.strip_suffix('d')).is_some_and(is_number);
            let is_short = written.starts_with("ceasefire") && !has_days;
            let written = if is_short { format!("{written}:1d") } else { written.to_owned() };
            let lever: Lever = written.parse().map_err(|why| NoTable::Lever { line, why })?;
            Ok(Episode { what: lever.what, from, to, source: cell(source).to_owned(), evidence: Vec::new() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_or_says_where_it_is_wrong() {
        let head = "from\tto\tlever\tsource\tnote\n";
        let read = episodes(&format!(
            "# ours\n{head}2016-09-01\t\tceasefire\tOSCE\tschool\n2017-06-24\t2017-08-31\tborder:UKR-RUS:closed\tOSCE\n"
        ));
        let read = read.expect("a table");
        assert_eq!((read.len(), read[0].to, read[1].what.to_string()), (2, None, "border:UKR-RUS:closed".to_owned()));
        let check = |rows: &str, expected: &str| {
            let words = episodes(rows).expect_err(rows).to_string();
            assert!(words.contains(expected), "{words:?} does not say {expected:?}");
        };
        check("from\tto\tsource\n", "no column \"lever\"");
        check("", "no column \"lever\"");
        check(&format!("{head}1 May\t\tceasefire\tx\n"), "line 2 of the episodes: \"1 May\" is no day");
        check(&format!("{head}2016-09-01\t2016-08-01\tceasefire\tx\n"), "before it begins");
        check(&format!("{head}2016-09-01\t\ttruce\tx\n"), "valid are replies:PARTY");
    }
}
