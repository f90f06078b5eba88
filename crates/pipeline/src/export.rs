//! Claims out as others' tables: rows in the columns of a data set, with what could not be written counted by reason.

use std::collections::BTreeMap;
use std::io::{self, Write};

use coding::catalogue::Catalogue;
use coding::crosswalk::{NotWritten, write_row};
use csv::{QuoteStyle, Writer, WriterBuilder};
use model::Dataset;
use model::record::ClaimRecord;

/// What came of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportSummary {
    /// Rows written.
    pub rows: u64,
    /// Claims that were not, by reason; those whose terms forbid it are among them.
    pub left_out: BTreeMap<NotWritten, u64>,
}

/// Writes claims as rows of a data set: GED and ACLED comma-separated, the others tab-separated; all but GDELT with a
/// header. The data set's own reader, and [`crate::import`], take what comes out.
pub fn export<'a>(
    dataset: Dataset,
    claims: impl IntoIterator<Item = &'a ClaimRecord>,
    catalogue: &Catalogue,
    out: impl Write,
) -> io::Result<ExportSummary> {
    let mut exporter = Exporter::new(dataset, catalogue, out)?;
    for claim in claims {
        exporter.write(claim)?;
    }
    exporter.finish()
}

/// An export under way, for claims that come one by one.
pub struct Exporter<'c, W: Write> {
    dataset: Dataset,
    catalogue: &'c Catalogue,
    out: Writer<W>,
    summary: ExportSummary,
}

impl<'c, W: Write> Exporter<'c, W> {
    /// Begins a table, with its header where the data set has one.
    pub fn new(dataset: Dataset, catalogue: &'c Catalogue, out: W) -> io::Result<Self> {
        let mut writer = WriterBuilder::new();
        if !is_comma_separated(dataset) {
            writer.delimiter(b'\t').quote_style(QuoteStyle::Never);
        }
        let mut out = writer.from_writer(out);
        if dataset != Dataset::Gdelt {
            out.write_record(&dataset.columns()[..dataset.fixed_columns()])?;
        }
        Ok(Self { dataset, catalogue, out, summary: ExportSummary::default() })
    }

    /// Writes a claim, or counts why it is none of the data set's.
    pub fn write(&mut self, claim: &ClaimRecord) -> io::Result<()> {
        match write_row(self.dataset, claim, self.catalogue) {
            Ok(mut cells) => {
                if !is_comma_separated(self.dataset) {
                    // Nothing holds a cell together in these tables.
                    for cell in cells.iter_mut().filter(|c| c.contains(['\t', '\n', '\r'])) {
                        *cell = cell.replace(['\t', '\n', '\r'], " ");
                    }
                }
                self.out.write_record(&cells)?;
                self.summary.rows += 1;
            }
            Err(reason) => *self.summary.left_out.entry(reason).or_default() += 1,
        }
        Ok(())
    }

    /// Writes out what is left.
    pub fn finish(mut self) -> io::Result<ExportSummary> {
        self.out.flush()?;
        Ok(self.summary)
    }
}

fn is_comma_separated(dataset: Dataset) -> bool {
    matches!(dataset, Dataset::Ged | Dataset::Acled)
}
