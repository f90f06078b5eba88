//! Rows as CSV that is safe to open in a spreadsheet.

use std::io::{self, Write};

/// Writes rows under their head. Cells that a spreadsheet would take for formulas are texts.
pub fn write<S: AsRef<str>>(out: &mut dyn Write, head: &[S], rows: &[Vec<String>]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(head.iter().map(AsRef::as_ref))?;
    for row in rows {
        csv.write_record(row.iter().map(|cell| unspelled(cell)))?;
    }
    csv.flush()
}

/// A cell that a spreadsheet would take for a formula is made a text.
pub fn unspelled(cell: &str) -> String {
    let formula =
        cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts_and_numbers_are_numbers() {
        for (cell, shown) in
            [("=1+1", "'=1+1"), ("-12.5", "-12.5"), ("-cmd", "'-cmd"), ("@x", "'@x"), ("plain", "plain")]
        {
            assert_eq!(unspelled(cell), shown);
        }
    }
}
