//! The catalogue's tables: tab-separated, a header line, `#` for remarks, `; ` between values of a cell. This file
//! reads cells and dated values; what they mean is said in `catalogue.rs` and in `data/parties/README.md`.

use jiff::civil::Date;
use model::{CountryCode, PartyId};

use super::CatalogueError;

/// A row with its line number, cells in the order of the wanted columns.
pub(crate) struct Row<'t> {
    pub table: &'t str,
    pub line: usize,
    pub cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The values of a cell that holds several.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cells[column].split(';').map(str::trim).filter(|v| !v.is_empty())
    }

    /// An error about this row.
    pub fn wrong(&self, why: impl Into<String>) -> CatalogueError {
        CatalogueError::Row { table: self.table.to_owned(), line: self.line, why: why.into() }
    }

    /// A cell that holds a country code or nothing.
    pub fn country(&self, column: usize) -> Result<Option<CountryCode>, CatalogueError> {
        match self.cells[column] {
            "" => Ok(None),
            code => CountryCode::new(code).map(Some).map_err(|e| self.wrong(e.to_string())),
        }
    }

    /// A cell that holds a party id or nothing.
    pub fn party(&self, column: usize) -> Result<Option<PartyId>, CatalogueError> {
        match self.cells[column] {
            "" => Ok(None),
            id => PartyId::new(id).map(Some).map_err(|e| self.wrong(e.to_string())),
        }
    }

    /// A cell that holds a date or nothing.
    pub fn date(&self, column: usize) -> Result<Option<Date>, CatalogueError> {
        self.parse_date(self.cells[column])
    }

    /// A date as `2021-08-15`, or nothing.
    pub fn parse_date(&self, text: &str) -> Result<Option<Date>, CatalogueError> {
        match text.trim() {
            "" => Ok(None),
            text => {
                text.parse().map(Some).map_err(|e| self.wrong(format!("`{text}` is no date such as 2021-08-15: {e}")))
            }
        }
    }
}

/// The rows of a table, cells in the order of `columns`; columns that the table lacks are empty where `optional`.
pub(crate) fn rows<'t>(
    table: &'t str,
    text: &'t str,
    columns: &[&str],
    optional: &[&str],
) -> Result<Vec<Row<'t>>, CatalogueError> {
    let mut lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l))
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let Some((_, header)) = lines.next() else {
        return Err(CatalogueError::Row { table: table.to_owned(), line: 1, why: "the table is empty".to_owned() });
    };
    let header: Vec<&str> = header.split('\t').map(str::trim).collect();
    let places = columns
        .iter()
        .map(|column| match header.iter().position(|h| h == column) {
            None if !optional.contains(column) => Err(CatalogueError::Row {
                table: table.to_owned(),
                line: 1,
                why: format!("column `{column}` is missing; the columns are: {}", columns.join(" ")),
            }),
            place => Ok(place),
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(lines
        .map(|(line, text)| {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            let cells = places.iter().map(|p| p.and_then(|p| cells.get(p).copied()).unwrap_or_default()).collect();
            Row { table, line, cells }
        })
        .collect())
}
