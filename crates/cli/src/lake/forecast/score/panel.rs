//! Reads the panel of the VIEWS challenge: months by number, countries by number, deaths in state-based conflict.

use std::path::Path;

use analysis::forecast::{Month, Panel};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

/// Counts in this file are sums of whole numbers; what differs from one by less is an error of rounding.
const ROUNDING: f64 = 1e-6;

/// Reads `country_month_ged_sb.parquet` of a folder.
pub fn read(folder: &Path) -> Result<Panel, String> {
    let path = folder.join("country_month_ged_sb.parquet");
    let said = |what: String| format!("reading {}: {what}", path.display());
    let file = std::fs::File::open(&path).map_err(|e| said(e.to_string()))?;
    let reader = SerializedFileReader::new(file).map_err(|e| said(e.to_string()))?;
    let mut rows = Vec::new();
    for row in reader.get_row_iter(None).map_err(|e| said(e.to_string()))? {
        let row = row.map_err(|e| said(e.to_string()))?;
        let (mut month, mut country, mut deaths) = (None, None, None);
        for (name, field) in row.get_column_iter() {
            match (name.as_str(), field) {
                ("month_id", Field::Long(id)) => month = i32::try_from(*id).ok().map(Month::from_views),
                ("country_id", Field::Long(id)) => country = Some(format!("{id:03}")),
                ("ged_sb", Field::Double(count)) => deaths = Some(*count),
                _ => {}
            }
        }
        // A row without a count is an unknown month.
        if let (Some(month), Some(country), Some(count)) = (month, country, deaths) {
            let whole = if (count - count.round()).abs() < ROUNDING { count.round() } else { count };
            rows.push((country, month, whole));
        }
    }
    Panel::new(rows).map_err(|e| said(e.to_string()))
}

/// Names of the countries by their number, written as in the panel.
pub fn names(folder: &Path) -> Result<std::collections::BTreeMap<String, String>, String> {
    let path = folder.join("country_list.csv");
    let mut reader = csv::Reader::from_path(&path).map_err(|e| format!("reading {}: {e}", path.display()))?;
    let rows = reader.records().flatten();
    Ok(rows.filter_map(|r| Some((format!("{:0>3}", r.get(0)?), r.get(2)?.to_owned()))).collect())
}
