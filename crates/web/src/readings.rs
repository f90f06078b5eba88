//! Reports that are being read for somebody who looks on: what came of each is told as it comes, and held until it is kept,
//! discarded or forgotten.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use lake::Pending;
use model::record::{ClaimRecord, DocumentRecord};
use pipeline::{Engine, Options, Reading as End, Settings, Source};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};

use crate::problem::Problem;

/// Readings that are held at a time.
const HELD: usize = 16;
/// How long a reading is held after it ended.
const KEPT_FOR: Duration = Duration::from_mins(30);
/// Most documents of one reading; more are for the command line.
const DOCUMENTS: usize = 2_000;
/// Most claims of one reading.
const CLAIMS: usize = 100_000;

/// All readings.
pub struct Readings {
    held: Mutex<HashMap<String, Arc<Reading>>>,
    engine: OnceLock<Arc<Engine>>,
    loading: Mutex<()>,
    /// One reading at a time uses the cores; the others wait.
    working: Arc<Semaphore>,
    number: AtomicU64,
}

impl Default for Readings {
    fn default() -> Self {
        Self {
            held: Mutex::default(),
            engine: OnceLock::new(),
            loading: Mutex::default(),
            working: Arc::new(Semaphore::new(1)),
            number: AtomicU64::new(0),
        }
    }
}

/// One reading.
pub struct Reading {
    told: Mutex<Told>,
    /// How many events there are, for those who wait for more.
    events: watch::Sender<usize>,
    discarded: AtomicBool,
}

#[derive(Default)]
struct Told {
    events: Vec<(&'static str, Value)>,
    pending: Vec<Pending>,
    claims: usize,
    skipped: usize,
    ended: Option<Instant>,
    left_out: usize,
}

impl Readings {
    /// The reader, loaded when it is first needed; blocks.
    pub fn engine(&self) -> Result<Arc<Engine>, Problem> {
        let _alone = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = self.engine.get() {
            return Ok(Arc::clone(engine));
        }
        let engine = Arc::new(Engine::load().map_err(|e| Problem::ours(format!("loading the reader: {e}")))?);
        Ok(Arc::clone(self.engine.get_or_init(|| engine)))
    }

    /// One of them.
    pub fn find(&self, id: &str) -> Result<Arc<Reading>, Problem> {
        let held = self.held();
        held.get(id).cloned().ok_or_else(|| {
            Problem::missing(format!(
                "there is no reading {id}: it was kept, discarded, or forgotten after half an hour"
            ))
        })
    }

    /// Takes one out.
    pub fn take(&self, id: &str) -> Result<Arc<Reading>, Problem> {
        let reading = self.find(id)?;
        self.held().remove(id);
        Ok(reading)
    }

    /// Puts one back that could not be kept.
    pub fn put_back(&self, id: &str, reading: Arc<Reading>) {
        self.held().insert(id.to_owned(), reading);
    }

    /// Forgets what ended long ago.
    pub fn expire(&self) {
        self.held().retain(|_, reading| reading.told().ended.is_none_or(|at| at.elapsed() <= KEPT_FOR));
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Reading>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to read; what comes of it is told by the reading of this id.
    pub fn start(app: &crate::state::App, sources: Vec<Source>, options: Options) -> Result<String, Problem> {
        let readings = &app.readings;
        let reading = Arc::new(Reading {
            told: Mutex::default(),
            events: watch::Sender::new(0),
            discarded: AtomicBool::new(false),
        });
        let id = {
            let mut held = readings.held();
            if held.len() >= HELD {
                return Err(Problem::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    format!("{HELD} readings are held already: keep or discard one of them first"),
                ));
            }
            let number = readings.number.fetch_add(1, Ordering::Relaxed);
            // Not to be guessed by another page: it keeps and discards.
            let salt = jiff::Timestamp::now().as_nanosecond() ^ i128::from(std::process::id());
            let hash = blake3::hash(format!("{number} {salt} {:p}", Arc::as_ptr(&reading)).as_bytes()).to_hex();
            let id = format!("rd_{}", &hash[..20]);
            held.insert(id.clone(), Arc::clone(&reading));
            id
        };
        let (app, working) = (app.clone(), Arc::clone(&readings.working));
        tokio::spawn(async move {
            // It is never closed.
            let Ok(turn) = working.acquire_owned().await else { return };
            let of = Arc::clone(&reading);
            let read = crate::state::blocking(move || of.read(&app.readings, &sources, options)).await;
            if let Err(problem) | Ok(Err(problem)) = read {
                reading.tell("skipped", json!({"source": "all", "why": problem.words}));
            }
            reading.end();
            drop(turn);
        });
        Ok(id)
    }
}

impl Reading {
    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, readings: &Readings, sources: &[Source], options: Options) -> Result<(), Problem> {
        let of = sources.len();
        self.tell("progress", json!({"done": 0, "of": of, "document": null}));
        let engine = readings.engine()?;
        // The others go on being answered while this one reads.
        let threads = std::thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).max(1);
        let settings = Settings { ingest: options, threads, known: None };
        let mut done = 0_usize;
        pipeline::read(&engine, sources, &settings, &mut |end| {
            if self.discarded.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            done += 1;
            match end {
                End::Read { document, claims, sentences, .. } => {
                    let claims: Vec<ClaimRecord> = claims.iter().map(ClaimRecord::from).collect();
                    let title = document.title.clone();
                    if !self.take(&document, &claims, sentences) {
                        return ControlFlow::Break(());
                    }
                    self.tell("progress", json!({"done": done, "of": of.max(done), "document": title}));
                }
                // Nothing is known beforehand: what the lake holds already is found out when it is kept.
                End::Known(_) => {}
                End::Skipped(skipped) => self.skip(&skipped.source_name, &skipped.reason.to_string()),
                End::Failed { source_name, error } => self.skip(&source_name, &error.to_string()),
            }
            ControlFlow::Continue(())
        });
        Ok(())
    }

    /// Takes in a document; false where there is no room for it.
    fn take(&self, document: &model::Document, claims: &[ClaimRecord], sentences: usize) -> bool {
        let record = DocumentRecord::from(document);
        let head = json!({
            "id": record.id, "title": record.title, "publisher": record.publisher, "published": record.published,
            "url": record.url, "language": record.language, "copy_of": record.copy_of, "problems": record.problems,
            "claims": claims.len(), "text": record.text,
        });
        {
            let mut told = self.told();
            if told.pending.len() >= DOCUMENTS || told.claims + claims.len() > CLAIMS {
                told.left_out += 1;
                drop(told);
                self.skip(
                    "the rest",
                    &format!(
                        "more than {DOCUMENTS} documents or {CLAIMS} claims are for the command line: annalist read"
                    ),
                );
                return false;
            }
            told.claims += claims.len();
            told.pending.push(Pending { document: document.clone(), sentences, claims: claims.to_vec() });
        }
        self.tell("document", json!({"document": head, "claims": claims}));
        true
    }

    fn skip(&self, source: &str, why: &str) {
        self.told().skipped += 1;
        self.tell("skipped", json!({"source": source, "why": why}));
    }

    fn tell(&self, kind: &'static str, data: Value) {
        let mut told = self.told();
        told.events.push((kind, data));
        self.events.send_replace(told.events.len());
    }

    fn end(&self) {
        let mut told = self.told();
        let end = json!({"documents": told.pending.len(), "claims": told.claims, "skipped": told.skipped});
        told.events.push(("end", end));
        told.ended = Some(Instant::now());
        self.events.send_replace(told.events.len());
    }

    /// Stops reading.
    pub fn discard(&self) {
        self.discarded.store(true, Ordering::Relaxed);
    }

    /// Whether it has come to its end.
    pub fn has_ended(&self) -> bool {
        self.told().ended.is_some()
    }

    /// What is to be kept.
    pub fn pending(&self) -> Vec<Pending> {
        self.told().pending.clone()
    }

    /// The event at a position, and whether it is the last of all.
    pub fn event(&self, at: usize) -> Option<(&'static str, Value)> {
        self.told().events.get(at).cloned()
    }

    /// Tells of each further event.
    pub fn watch(&self) -> watch::Receiver<usize> {
        self.events.subscribe()
    }
}
