//! What a crosswalk loses, for whoever has to decide whether it will do.

use model::Dataset;

use crate::catalogue::rows;

const TABLE: &str = include_str!("../../../../data/crosswalks/losses.tsv");

/// Something that does not come through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The data set.
    pub dataset: Dataset,
    /// `import`: rows have it and claims do not; `export`: claims have it and rows do not, or rows stay empty.
    pub direction: &'static str,
    /// Columns or fields.
    pub what: &'static str,
    /// What becomes of it.
    pub becomes: &'static str,
}

/// All that is lost, of one data set or of all, in the order of `data/crosswalks/losses.tsv`.
pub fn losses(dataset: Option<Dataset>) -> Vec<Loss> {
    let columns = ["dataset", "direction", "what", "becomes"];
    let table = rows("losses.tsv", TABLE, &columns, &[]).expect("the embedded table is well-formed; a test reads it");
    let loss = |r: crate::catalogue::Row<'static>| {
        let dataset = r.cells[0].parse().ok()?;
        Some(Loss { dataset, direction: r.cells[1], what: r.cells[2], becomes: r.cells[3] })
    };
    table.into_iter().filter_map(loss).filter(|l| dataset.is_none_or(|d| d == l.dataset)).collect()
}
