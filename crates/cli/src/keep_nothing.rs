//! Stands where `keep.rs` does in a program built without the lake: prints, keeps nothing.

use clap::Args;
use model::record::ClaimRecord;
use model::{Document, RunId};

/// How to keep what is read: not at all.
#[derive(Args)]
pub struct Keeping {
    /// Do not keep the claims; print them only. (This build has no lake and never keeps any.)
    #[arg(long)]
    no_store: bool,
}

/// Keeps nothing.
pub struct Keeper;

impl Keeper {
    /// Opens nothing.
    #[expect(clippy::unnecessary_wraps, reason = "the other keeper can fail")]
    pub fn open(keeping: &Keeping, _run: &RunId) -> anyhow::Result<Self> {
        if !keeping.no_store {
            eprintln!("annalist: this build has no lake: claims are printed, not kept");
        }
        Ok(Self)
    }

    /// Knows no document.
    #[expect(clippy::unused_self, reason = "the other keeper asks its lake")]
    pub fn known(&self) -> Option<pipeline::Known> {
        None
    }

    /// Forgets a document.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the other keeper keeps, and can fail")]
    pub fn add(&mut self, _doc: &Document, _sentences: usize, _claims: &[ClaimRecord]) -> anyhow::Result<()> {
        Ok(())
    }

    /// Meets no known document.
    #[expect(clippy::unused_self, reason = "the other keeper prints these from the lake")]
    pub fn met(&mut self, _doc: &Document) {}

    /// Has nothing to finish.
    #[expect(clippy::unnecessary_wraps, reason = "the other keeper can fail")]
    pub fn finish(
        self,
        _print: &mut dyn FnMut(&Document, &[ClaimRecord]) -> anyhow::Result<()>,
    ) -> anyhow::Result<Option<String>> {
        Ok(None)
    }
}
