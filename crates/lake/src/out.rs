//! Answers as Parquet, JSON or a drawn table: what needs to know how columns are laid out.

use std::io::Write;

use deltalake::arrow::array::RecordBatch;
use deltalake::arrow::datatypes::SchemaRef;
use deltalake::arrow::json::WriterBuilder;
use deltalake::arrow::json::writer::LineDelimited;
use deltalake::arrow::util::pretty::pretty_format_batches_with_schema;
use deltalake::parquet::arrow::ArrowWriter;
use serde_json::{Map, Value};

use crate::error::LakeError;

/// A Parquet file in the making.
pub struct ParquetFile<W: Write + Send> {
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Starts a file with these columns.
    pub fn start(out: W, schema: &SchemaRef) -> Result<Self, LakeError> {
        let writer = ArrowWriter::try_new(out, std::sync::Arc::clone(schema), Some(crate::write::writer_properties()));
        Ok(Self { writer: writer.map_err(|e| LakeError::storage("writing Parquet", &e))? })
    }

    /// Adds rows.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<(), LakeError> {
        self.writer.write(batch).map_err(|e| LakeError::storage("writing Parquet", &e))
    }

    /// Writes the footer, without which there is no file.
    pub fn finish(self) -> Result<(), LakeError> {
        self.writer.close().map(drop).map_err(|e| LakeError::storage("writing Parquet", &e))
    }
}

/// Rows as JSON objects; nulls are said.
pub fn json_rows(batch: &RecordBatch) -> Result<Vec<Map<String, Value>>, LakeError> {
    let mut writer = WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(Vec::new());
    let ours = |e: &dyn std::fmt::Display| LakeError::ours("writing rows as JSON", &e);
    writer.write(batch).and_then(|()| writer.finish()).map_err(|e| ours(&e))?;
    serde_json::Deserializer::from_slice(&writer.into_inner())
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|e| ours(&e))
}

/// Rows as a table drawn with lines.
pub fn pretty(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<String, LakeError> {
    pretty_format_batches_with_schema(std::sync::Arc::clone(schema), batches)
        .map(|table| table.to_string())
        .map_err(|e| LakeError::ours("drawing a table", &e))
}
