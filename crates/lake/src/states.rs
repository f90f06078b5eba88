//! The view `states`: the numbers under which other data sets know a state, to join them by.
//!
//! From `data/parties/state_numbers.tsv`, which comes along: Gleditsch and Ward's, the Correlates of War's and UCDP's number
//! of each ISO 3166 code, with the days between which it holds where it changed.

use std::sync::Arc;

use datafusion::datasource::MemTable;
use datafusion::prelude::SessionContext;
use deltalake::arrow::array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
use deltalake::arrow::datatypes::{DataType, Field, Schema};
use jiff::civil::Date;

use crate::error::LakeError;
use crate::moment::days;

const NUMBERS: &str = include_str!("../../../data/parties/state_numbers.tsv");

/// Registers the view.
pub(crate) fn register(session: &SessionContext) -> Result<(), LakeError> {
    let ours = |e: &dyn std::fmt::Display| LakeError::ours("reading the numbers of states", &e);
    let mut lines = NUMBERS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|h| *h == name).ok_or_else(|| ours(&format!("no column {name}")));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    let texts = |name: &str| -> Result<Vec<Option<&str>>, LakeError> {
        let at = column(name)?;
        Ok(rows.iter().map(|row| row.get(at).copied().filter(|cell| !cell.is_empty())).collect())
    };
    let numbers = |name: &str| -> Result<ArrayRef, LakeError> {
        let numbers: Int64Array =
            texts(name)?.into_iter().map(|cell| cell.and_then(|c| c.parse::<i64>().ok())).collect();
        Ok(Arc::new(numbers))
    };
    let dates = |name: &str| -> Result<ArrayRef, LakeError> {
        let day = |cell: Option<&str>| cell.and_then(|c| c.parse::<Date>().ok()).map(days);
        Ok(Arc::new(texts(name)?.into_iter().map(day).collect::<Date32Array>()))
    };
    let schema = Arc::new(Schema::new(vec![
        Field::new("iso3", DataType::Utf8, false),
        Field::new("gw", DataType::Int64, true),
        Field::new("cow", DataType::Int64, true),
        Field::new("ucdp", DataType::Int64, true),
        Field::new("from_day", DataType::Date32, true),
        Field::new("to_day", DataType::Date32, true),
    ]));
    let iso3: ArrayRef = Arc::new(StringArray::from(texts("iso")?));
    let columns = vec![iso3, numbers("gw")?, numbers("cow")?, numbers("ucdp")?, dates("from")?, dates("to")?];
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns).map_err(|e| ours(&e))?;
    let table = MemTable::try_new(schema, vec![vec![batch]]).map_err(|e| ours(&e))?;
    session.register_table("states", Arc::new(table)).map(drop).map_err(|e| ours(&e))
}
