//! Our own labels and what they stand on: tables of ids, offsets and codes under `eval/gold`, joined to texts that are
//! not part of the project.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, bail};

use super::suites::{Unmeasured, need};

/// An article of Wikinews.
pub struct Article {
    /// When it was published, as the source writes it.
    pub date: String,
    /// Its text, into which the labels' offsets point.
    pub text: String,
}

/// The articles of Wikinews by the last part of their addresses.
pub fn wikinews(data: &Path) -> Result<HashMap<String, Article>, Unmeasured> {
    let mut articles = HashMap::new();
    for year in ["2019", "2020"] {
        let path = need(data, &format!("news/wikinews_2019_2020/data/wikinews_{year}.csv"))?;
        let mut reader = csv::Reader::from_path(&path).with_context(|| format!("reading {}", path.display()))?;
        for row in reader.records() {
            let row = row.with_context(|| format!("reading {}", path.display()))?;
            let (Some(url), Some(day), Some(text)) = (row.get(0), row.get(1), row.get(3)) else { continue };
            let name = url.rsplit('/').next().unwrap_or(url).to_owned();
            articles.entry(name).or_insert_with(|| Article { date: day.to_owned(), text: text.to_owned() });
        }
    }
    Ok(articles)
}

/// A table of labels: `columns` on its first line, then a row a line.
pub struct Table<const COLUMNS: usize> {
    content: String,
    name: String,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// Reads `eval/gold/NAME` and holds its first line against `columns`.
    pub fn read(name: &str, columns: [&str; COLUMNS]) -> Result<Self, Unmeasured> {
        let path = Path::new("eval/gold").join(name);
        if !path.exists() {
            return Err(Unmeasured::Absent(path));
        }
        let content = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        if content.lines().next() != Some(columns.join("\t").as_str()) {
            return Err(Unmeasured::Failed(anyhow::anyhow!(
                "reading {}: its first line must name the columns {}",
                path.display(),
                columns.join(" ")
            )));
        }
        Ok(Self { content, name: name.to_owned() })
    }

    /// The rows; an empty line, which parts sentences in one table, is `None`.
    pub fn rows(&self) -> impl Iterator<Item = anyhow::Result<Option<[&str; COLUMNS]>>> {
        let rows = self.content.split_once('\n').map_or("", |(_, rows)| rows);
        rows.lines().map(|line| {
            if line.trim().is_empty() {
                return Ok(None);
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let count = fields.len();
            match <[&str; COLUMNS]>::try_from(fields) {
                Ok(fields) => Ok(Some(fields)),
                Err(_) => bail!("{}: a row of {count} columns where {COLUMNS} are due: {line}", self.name),
            }
        })
    }
}
