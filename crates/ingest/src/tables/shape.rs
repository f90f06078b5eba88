//! Which data set a table is, and which of its columns is which, told from its first lines.
//!
//! A header decides where there is one: the data set most of whose columns it names, and all of those without which
//! a row says nothing. Without a header the number of cells, the separator and a date in its place decide.

use std::sync::Arc;

use csv_core::{ReadRecordResult, ReaderBuilder};
use model::Dataset;

use super::TableError;

/// How a table is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The data set.
    pub dataset: Dataset,
    /// Columns of the file that the data set does not know.
    pub unknown: Vec<String>,
    /// Columns of the data set that the file does not have.
    pub missing: Vec<&'static str>,
    /// Between cells.
    pub(super) delimiter: u8,
    /// Whether quotes hold cells together.
    pub(super) quoted: bool,
    /// Whether the first row names the columns.
    pub(super) header: bool,
    /// For each column of the file, its place in the data set.
    pub(super) columns: Vec<Option<u16>>,
}

/// The separators that are tried.
const DELIMITERS: [u8; 3] = [b'\t', b',', b';'];

/// Tells the layout from the head of a table.
pub(super) fn tell(head: &[u8], file: &str, told: Option<Dataset>) -> Result<Arc<Layout>, TableError> {
    let candidates: Vec<Dataset> = told.map_or_else(|| Dataset::ALL.to_vec(), |d| vec![d]);
    let firsts: Vec<(u8, Vec<String>)> = DELIMITERS
        .into_iter()
        .filter_map(|delimiter| Some((delimiter, first_row(head, delimiter, true)?)))
        .filter(|(_, cells)| cells.len() > 1)
        .collect();
    let named = firsts
        .iter()
        .flat_map(|(delimiter, cells)| candidates.iter().map(move |&dataset| (*delimiter, cells, dataset)))
        .map(|(delimiter, cells, dataset)| (delimiter, cells, by_name(dataset, cells)))
        .max_by_key(|(.., layout)| layout.columns.iter().flatten().count());
    if let Some((delimiter, cells, mut layout)) = named {
        let lacking: Vec<&str> =
            layout.dataset.needed().iter().copied().filter(|n| layout.missing.contains(n)).collect();
        let matched = layout.columns.iter().flatten().count();
        if lacking.is_empty() {
            layout.delimiter = delimiter;
            layout.quoted = is_quoted(head, delimiter, layout.columns.len());
            return Ok(Arc::new(layout));
        }
        // A header of another table, or of this one cut down.
        if let Some(dataset) = told.filter(|_| matched * 2 >= cells.len()) {
            let missing = lacking.join(" ");
            return Err(TableError::Columns { file: file.to_owned(), dataset, missing, seen: seen(head, &firsts) });
        }
    }
    for (delimiter, _) in &firsts {
        let Some(cells) = first_row(head, *delimiter, *delimiter != b'\t') else { continue };
        if let Some(dataset) = candidates.iter().copied().find(|&d| by_shape(d, *delimiter, &cells)) {
            let columns: Vec<Option<u16>> = (0..cells.len()).map(|i| u16::try_from(i).ok()).collect();
            return Ok(Arc::new(Layout {
                dataset,
                unknown: Vec::new(),
                missing: dataset.columns()[cells.len()..].to_vec(),
                delimiter: *delimiter,
                quoted: is_quoted(head, *delimiter, columns.len()),
                header: false,
                columns,
            }));
        }
    }
    match told {
        Some(dataset) => Err(TableError::Columns {
            file: file.to_owned(),
            dataset,
            missing: dataset.needed().join(" "),
            seen: seen(head, &firsts),
        }),
        None => Err(TableError::Unknown { file: file.to_owned(), seen: seen(head, &firsts) }),
    }
}

/// The layout of a header read as that of this data set.
fn by_name(dataset: Dataset, cells: &[String]) -> Layout {
    let names = dataset.columns();
    let mut columns: Vec<Option<u16>> = Vec::with_capacity(cells.len());
    let mut unknown = Vec::new();
    for cell in cells {
        let cell = cell.trim().trim_start_matches('\u{feff}');
        let name = dataset.other_name(cell).unwrap_or(cell);
        let place = names.iter().position(|n| n.eq_ignore_ascii_case(name)).and_then(|i| u16::try_from(i).ok());
        // A name that stands twice counts once.
        let place = place.filter(|p| !columns.contains(&Some(*p)));
        if place.is_none() && !cell.is_empty() {
            unknown.push(cell.to_owned());
        }
        columns.push(place);
    }
    let missing =
        (0..dataset.fixed_columns()).filter(|i| !columns.contains(&u16::try_from(*i).ok())).map(|i| names[i]).collect();
    Layout { dataset, unknown, missing, delimiter: b',', quoted: true, header: true, columns }
}

/// Whether the cells of a row without a header can be those of this data set.
fn by_shape(dataset: Dataset, delimiter: u8, cells: &[String]) -> bool {
    let cell = |name: &str| {
        let place = dataset.columns().iter().position(|c| *c == name);
        place.and_then(|i| cells.get(i)).map_or("", |c| c.trim())
    };
    let is_number = |name: &str| !cell(name).is_empty() && cell(name).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_compact = |name: &str, digits: usize| is_number(name) && cell(name).len() == digits;
    let is_date = |name: &str| {
        let date = cell(name).as_bytes();
        date.len() >= 10 && date[4] == b'-' && date[7] == b'-' && date[..4].iter().all(u8::is_ascii_digit)
    };
    let is_tabs = delimiter == b'\t';
    let width = cells.len();
    match dataset {
        Dataset::Ged => width == 49 && !is_tabs && is_number("id") && is_date("date_start"),
        Dataset::Acled => (width == 31 || width == 35) && !is_tabs && is_number("year") && is_date("event_date"),
        Dataset::Gdelt => width == 61 && is_tabs && is_number("GLOBALEVENTID") && is_compact("SQLDATE", 8),
        Dataset::GdeltMentions => {
            width == 16 && is_tabs && is_number("GLOBALEVENTID") && is_compact("MentionTimeDate", 14)
        }
        Dataset::Polecat => width == 40 && is_tabs && is_date("Event Date"),
        Dataset::Icews => width == 20 && is_tabs && is_number("Event ID") && is_date("Event Date"),
    }
}

/// The cells of the first row.
fn first_row(head: &[u8], delimiter: u8, quoted: bool) -> Option<Vec<String>> {
    records(head, delimiter, quoted, 1).pop()
}

/// The cells of the first rows, of which the last may be cut short by the end of the head.
fn records(head: &[u8], delimiter: u8, quoted: bool, most: usize) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).quoting(quoted).build();
    let (mut out, mut ends) = (vec![0; head.len() + 1], vec![0; 4096]);
    let mut at = 0;
    let mut found = Vec::new();
    while found.len() < most {
        let (mut written, mut cells) = (0, 0);
        loop {
            let (result, taken, bytes, count) =
                reader.read_record(&head[at..], &mut out[written..], &mut ends[cells..]);
            at += taken;
            written += bytes;
            cells += count;
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::InputEmpty => {}
                _ => return found,
            }
        }
        let starts = std::iter::once(&0).chain(&ends);
        let cell = |(&start, &end): (&usize, &usize)| String::from_utf8_lossy(&out[start..end]).into_owned();
        found.push(starts.zip(&ends[..cells]).map(cell).collect());
    }
    found
}

/// Whether quotes hold cells together. In comma-separated tables they do; in tab-separated ones they mean nothing,
/// unless every name of the header stands in quotes or more of the first rows come out whole with quotes than without.
fn is_quoted(head: &[u8], delimiter: u8, width: usize) -> bool {
    const ROWS: usize = 50;
    if delimiter != b'\t' {
        return true;
    }
    let first = first_row(head, delimiter, false).unwrap_or_default();
    if first.iter().all(|cell| cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"')) {
        return true;
    }
    let whole = |quoted| records(head, delimiter, quoted, ROWS).iter().filter(|cells| cells.len() == width).count();
    whole(true) > whole(false)
}

/// What was seen, in words.
fn seen(head: &[u8], firsts: &[(u8, Vec<String>)]) -> String {
    if matches!(head.trim_ascii_start(), [b'{' | b'[', ..]) {
        return "it begins like JSON".to_owned();
    }
    match firsts.iter().max_by_key(|(_, cells)| cells.len()) {
        None => "its first line is no row of cells".to_owned(),
        Some((_, cells)) => {
            let shown: Vec<String> = cells.iter().take(5).map(|c| c.chars().take(30).collect()).collect();
            format!("its first row has {} cells: {} …", cells.len(), shown.join(" | "))
        }
    }
}
