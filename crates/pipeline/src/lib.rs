//! Reports in, claims out: loads the models once, reads sources in order, annotates and codes documents
//! on several threads, and hands the results over in reading order.
//!
//! [`import()`] and [`export()`] do the same for rows of others' event data sets.
//!
//! It writes nothing and knows no storage: results go to the sink that the caller gives. The claims of a
//! document depend on that document alone, so the number of threads changes nothing but the time.

mod export;
mod import;
mod ordered;

use std::borrow::Cow;
use std::ops::ControlFlow;

use coding::catalogue::Catalogue;
use coding::coder::Coder;
pub use export::{ExportSummary, Exporter, export};
pub use import::{ImportOptions, ImportSummary, Imported, import, import_from};
pub use ingest::Options;
use ingest::{CopyFinder, Outcome};
pub use ingest::{Skipped, Source, SourceError};
use model::{Annotated, Claim, Document, DocumentId, RunId};
use text::TextModel;
pub use text::{TextError, Worker};

/// Why the engine could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The text model that comes along does not load.
    #[error("loading the text model: {0}")]
    Text(#[from] text::TextError),
    /// A lexicon that comes along does not parse.
    #[error("loading the lexicons: {0}")]
    Lexicon(#[from] coding::frames::FrameError),
}

/// Everything that reading needs besides the reports.
pub struct Engine {
    text: TextModel,
    coder: Coder,
    run: RunId,
}

impl Engine {
    /// Loads the model and the catalogues that come along.
    pub fn load() -> Result<Self, PipelineError> {
        Self::load_with(None)
    }

    /// Loads the model, with the parties that a user has added to the catalogue.
    pub fn load_with(catalogue: Option<Catalogue>) -> Result<Self, PipelineError> {
        let (text, coder) = std::thread::scope(|scope| {
            let coder =
                scope.spawn(|| Coder::with(catalogue.map_or_else(|| Cow::Borrowed(Catalogue::embedded()), Cow::Owned)));
            let text = TextModel::embedded();
            (text, coder.join())
        });
        let text = text?;
        let coder = coder.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let run =
            RunId::of([coding::coder::CODER.as_bytes(), coder.fingerprint().as_bytes(), text.fingerprint().as_bytes()]);
        Ok(Self { text, coder, run })
    }

    /// Sentences, trees and names of a document.
    pub fn annotate(&self, doc: &Document, worker: &Worker) -> Result<Annotated, TextError> {
        self.text.annotate(doc.text(), worker)
    }

    /// The claims of an annotated document.
    pub fn code(&self, doc: &Document, annotated: &Annotated) -> Vec<Claim> {
        self.coder.code(doc, annotated, &self.run)
    }

    /// The text model, for evaluation.
    pub fn text_model(&self) -> &TextModel {
        &self.text
    }

    /// The coder, for evaluation.
    pub fn coder(&self) -> &Coder {
        &self.coder
    }

    /// The id of this combination of coder, model and catalogue.
    pub fn run(&self) -> &RunId {
        &self.run
    }
}

/// Says of a document whether it is known.
pub type Known = Box<dyn Fn(&DocumentId) -> bool + Send + Sync>;

/// How to read.
pub struct Settings {
    /// What to assume of documents, and the limits of reading.
    pub ingest: ingest::Options,
    /// Worker threads for annotation and coding; at least one.
    pub threads: usize,
    /// Says of a document that it has been read before and need not be read again.
    pub known: Option<Known>,
}

/// One input's end.
pub enum Reading {
    /// A document with what it claims.
    Read {
        /// The document.
        document: Box<Document>,
        /// The file, entry, item or address that it came from, for messages.
        source_name: String,
        /// Its claims, in order of their evidence.
        claims: Vec<Claim>,
        /// How many sentences it has.
        sentences: usize,
    },
    /// A document that the settings know, as it was found; it was not annotated.
    Known(Box<Document>),
    /// An input that could not be read, with the reason.
    Skipped(Skipped),
    /// A document that was read but not annotated.
    Failed {
        /// The file, entry, item or address that it came from.
        source_name: String,
        /// Why.
        error: TextError,
    },
}

/// Reads sources one after another and gives every input's end to `sink`, in reading order, until there
/// is no more or `sink` breaks off.
pub fn read(
    engine: &Engine,
    sources: &[Source],
    settings: &Settings,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) {
    let work = |worker: &Worker, outcome: Outcome| match outcome {
        Outcome::Skipped(skipped) => Reading::Skipped(skipped),
        Outcome::Read { document, .. } if settings.known.as_ref().is_some_and(|known| known(document.id())) => {
            Reading::Known(document)
        }
        Outcome::Read { mut document, source_name } => match engine.annotate(&document, worker) {
            Ok(annotated) => {
                document.problems.extend(annotated.problems.iter().cloned());
                let claims = engine.code(&document, &annotated);
                Reading::Read { document, source_name, claims, sentences: annotated.sentences.len() }
            }
            Err(error) => Reading::Failed { source_name, error },
        },
    };
    let produce = |emit: &mut dyn FnMut(Outcome) -> ControlFlow<()>| {
        let mut copies = CopyFinder::new();
        for source in sources {
            let flow = ingest::read(source, &settings.ingest, &mut |mut outcome| {
                if let Outcome::Read { document, .. } = &mut outcome {
                    copies.mark(document);
                }
                emit(outcome)
            });
            if flow.is_break() {
                break;
            }
        }
    };
    ordered::map(settings.threads, produce, Worker::new, work, sink);
}
