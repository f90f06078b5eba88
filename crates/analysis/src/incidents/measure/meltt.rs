//! MELTT's demonstration: three overlapping sets of simulated crash reports whose integration is known.

use std::collections::BTreeMap;

use super::super::taxonomy::{Integrated, Row, Window, integrate};

/// What integration comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rows of all sets.
    pub rows: usize,
    /// Entries that remain.
    pub unique: usize,
    /// Remaining events that several sets tell.
    pub event_matches: usize,
    /// Remaining episodes that several sets tell.
    pub episode_matches: usize,
    /// Rows that others stand for.
    pub removed: usize,
    /// Events flagged as within an episode.
    pub flagged: usize,
    /// How many entries each combination of two or more sets tells.
    pub overlap: BTreeMap<Vec<usize>, usize>,
}

/// What is wrong with a table.
#[derive(Debug, thiserror::Error)]
#[error("{table}: {problem}")]
pub struct TableError {
    table: String,
    problem: String,
}

impl TableError {
    pub(super) fn new(table: &str, problem: impl std::fmt::Display) -> Self {
        Self { table: table.to_owned(), problem: problem.to_string() }
    }
}

/// Integrates the demonstration's sets, given as (name, CSV), by its taxonomies, given likewise under the names of their
/// columns.
pub fn measure(sets: &[(&str, &str)], taxonomies: &[(&str, &str)], window: Window) -> Result<Figures, TableError> {
    let levels = taxonomies.iter().map(|(name, text)| taxonomy(name, text)).collect::<Result<Vec<_>, _>>()?;
    let mut rows = Vec::new();
    for (set, (name, text)) in sets.iter().enumerate() {
        rows.extend(entries(set, name, text, taxonomies, &levels)?);
    }
    Ok(figures(&rows, &integrate(&rows, window)))
}

fn figures(rows: &[Row], done: &Integrated) -> Figures {
    let mut figures =
        Figures { rows: rows.len(), unique: done.unique.len(), flagged: done.flagged.len(), ..Figures::default() };
    for entry in done.unique.iter().filter(|e| e.len() > 1) {
        if rows[entry[0]].from_day == rows[entry[0]].to_day {
            figures.event_matches += 1;
        } else {
            figures.episode_matches += 1;
        }
        figures.removed += entry.len() - 1;
        *figures.overlap.entry(entry.iter().map(|&row| rows[row].set + 1).collect()).or_default() += 1;
    }
    figures
}

/// Data set and base category, to the levels, finest first.
type Levels = BTreeMap<(String, String), Vec<String>>;

fn taxonomy(name: &str, text: &str) -> Result<Levels, TableError> {
    let mut levels = Levels::new();
    for record in csv::Reader::from_reader(text.as_bytes()).records() {
        let record = record.map_err(|e| TableError::new(name, e))?;
        let mut cells = record.iter().map(str::to_owned);
        let (Some(set), Some(base)) = (cells.next(), cells.next()) else { continue };
        levels.insert((set, base), cells.collect());
    }
    Ok(levels)
}

fn entries(
    set: usize,
    name: &str,
    text: &str,
    taxonomies: &[(&str, &str)],
    levels: &[Levels],
) -> Result<Vec<Row>, TableError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| TableError::new(name, e))?.clone();
    let column = |wanted: &str| {
        headers.iter().position(|h| h == wanted).ok_or_else(|| TableError::new(name, format!("no column `{wanted}`")))
    };
    let (date, end, lat, lon) = (column("date")?, column("enddate")?, column("latitude")?, column("longitude")?);
    let categories = taxonomies.iter().map(|(t, _)| column(t)).collect::<Result<Vec<_>, _>>()?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| TableError::new(name, e))?;
        let number = |at: usize| {
            record[at].parse::<f64>().map_err(|_| TableError::new(name, format!("`{}` is no number", &record[at])))
        };
        let day = |at: usize| number(at).map(whole_day);
        let row_levels = categories.iter().zip(levels).map(|(&at, levels)| {
            let found = levels.get(&(name.to_owned(), record[at].to_owned()));
            found.cloned().ok_or_else(|| TableError::new(name, format!("`{}` is in no taxonomy", &record[at])))
        });
        rows.push(Row {
            set,
            from_day: day(date)?,
            to_day: day(end)?,
            lat: number(lat)?,
            lon: number(lon)?,
            levels: row_levels.collect::<Result<_, _>>()?,
        });
    }
    Ok(rows)
}

#[expect(clippy::cast_possible_truncation, reason = "days since 1970")]
fn whole_day(number: f64) -> i32 {
    number.floor() as i32
}
