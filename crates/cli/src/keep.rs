//! What `annalist read` keeps: batches of documents with their claims, committed as reading goes on.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use ::lake::{AsOf, Filter, Kept, Lake, Pending, Runs, Writer};
use clap::Args;
use jiff::Timestamp;
use model::record::ClaimRecord;
use model::{Document, DocumentId, RunId};
use tokio::runtime::Runtime;

use crate::lake::{Where, runtime};
use crate::read::counted;

/// Claims of so many known documents are fetched at a time.
const DOCUMENTS: usize = 400;
/// A commit is due after so many claims …
const CLAIMS: usize = 20_000;
/// … or so long: what a crash can cost is some seconds of reading.
const INTERVAL: Duration = Duration::from_secs(10);

/// How to keep what is read.
#[derive(Args)]
pub struct Keeping {
    #[command(flatten)]
    place: Where,
    /// Do not keep the claims; print them only.
    #[arg(long, conflicts_with = "lake")]
    no_store: bool,
    /// Commit after so many documents at the latest; it is also done every ten seconds.
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..))]
    commit_every: u32,
}

/// Keeps what is read, where that is wanted.
pub struct Keeper(Option<Open>);

struct Open {
    runtime: Runtime,
    writer: Writer,
    run: RunId,
    pending: Vec<Pending>,
    pending_claims: usize,
    commit_every: usize,
    last: Instant,
    kept: Kept,
    met: Vec<Document>,
}

impl Keeper {
    /// Opens the lake that the arguments name, making it where there is none.
    pub fn open(keeping: &Keeping, run: &RunId) -> anyhow::Result<Self> {
        if keeping.no_store {
            return Ok(Self(None));
        }
        let runtime = runtime()?;
        let address = keeping.place.address()?;
        let writer = runtime.block_on(async {
            let lake = Lake::open_or_create(address).await?;
            crate::lake::say_mended(&lake);
            Writer::new(lake, run.clone(), Timestamp::now).await
        })?;
        Ok(Self(Some(Open {
            runtime,
            writer,
            run: run.clone(),
            pending: Vec::new(),
            pending_claims: 0,
            commit_every: usize::try_from(keeping.commit_every).unwrap_or(DOCUMENTS),
            last: Instant::now(),
            kept: Kept::default(),
            met: Vec::new(),
        })))
    }

    /// Says of a document that the lake holds what this run makes of it.
    pub fn known(&self) -> Option<pipeline::Known> {
        let known = self.0.as_ref()?.writer.known();
        Some(Box::new(move |id| known.holds(id)))
    }

    /// Adds a document; from time to time what was added is committed.
    pub fn add(&mut self, doc: &Document, sentences: usize, claims: &[ClaimRecord]) -> anyhow::Result<()> {
        let Some(open) = &mut self.0 else { return Ok(()) };
        open.pending.push(Pending { document: doc.clone(), sentences, claims: claims.to_vec() });
        open.pending_claims += claims.len();
        let due =
            open.pending.len() >= open.commit_every || open.pending_claims >= CLAIMS || open.last.elapsed() >= INTERVAL;
        if due { open.commit() } else { Ok(()) }
    }

    /// A document that the lake holds already: its claims are printed from there at the end.
    pub fn met(&mut self, doc: &Document) {
        if let Some(open) = &mut self.0 {
            open.met.push(doc.clone());
        }
    }

    /// Commits what is left, has the claims of known documents printed, and says what was kept.
    pub fn finish(
        self,
        print: &mut dyn FnMut(&Document, &[ClaimRecord]) -> anyhow::Result<()>,
    ) -> anyhow::Result<Option<String>> {
        let Some(mut open) = self.0 else { return Ok(None) };
        open.commit()?;
        let lake = open.writer.into_lake();
        let as_of = AsOf { runs: Runs::One(open.run.clone()), ..AsOf::default() };
        for documents in open.met.chunks(DOCUMENTS) {
            let ids = documents.iter().map(|d| d.id().to_string()).collect();
            let filter = Filter { documents: ids, ..Filter::default() };
            let mut by_document: HashMap<DocumentId, Vec<ClaimRecord>> = HashMap::new();
            for claim in open.runtime.block_on(lake.few_claims(&as_of, &filter))? {
                by_document.entry(claim.document.clone()).or_default().push(claim);
            }
            for document in documents {
                let mut claims = by_document.remove(document.id()).unwrap_or_default();
                claims.sort_by_key(|c| c.evidence.span);
                print(document, &claims)?;
            }
        }
        let before = match open.met.len() + open.kept.known {
            0 => String::new(),
            n => format!("; {} had been read before by the same coder", counted(n, "document")),
        };
        Ok(Some(format!(
            "kept {} with {} in {}{before}",
            counted(open.kept.documents, "new document"),
            counted(open.kept.claims, "new claim"),
            crate::lake::shown(lake.address())
        )))
    }
}

impl Open {
    fn commit(&mut self) -> anyhow::Result<()> {
        self.last = Instant::now();
        self.pending_claims = 0;
        let batch = std::mem::take(&mut self.pending);
        if batch.is_empty() {
            return Ok(());
        }
        let Kept { documents, claims, known } = self.runtime.block_on(self.writer.keep(batch))?;
        self.kept.documents += documents;
        self.kept.claims += claims;
        self.kept.known += known;
        Ok(())
    }
}
