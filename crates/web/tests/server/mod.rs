//! A server over a lake of its own, asked without a socket.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use lake::{Address, Lake, Pending, Writer};
use model::record::{ClaimRecord, RowRecord};
use pipeline::{Engine, Options, Reading, Settings as HowToRead, Source};
use serde_json::Value;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use web::{App, Settings, Tiles};

static NUMBER: AtomicUsize = AtomicUsize::new(0);

fn folder(name: &str) -> PathBuf {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("annalist-web-{}-{name}-{number}", std::process::id()))
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

async fn open(folder: &Path) -> Lake {
    let address = Address::parse(folder.to_str().expect("UTF-8")).expect("an address");
    Lake::open_or_create(address).await.expect("a lake")
}

/// A lake of the sample reports, made once and copied for whoever asks.
pub fn sample() -> PathBuf {
    static SAMPLE: OnceLock<PathBuf> = OnceLock::new();
    let made = SAMPLE.get_or_init(|| {
        let folder = folder("sample");
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples");
        kept(&folder, samples, || "2026-01-01T00:00:00Z".parse().expect("a moment"), |_| {});
        folder
    });
    let copy = folder("lake");
    copied(made, &copy);
    copy
}

/// A word of the row that `with_restricted` adds.
pub const MARK: &str = "zzrestricted";

/// A lake with one more claim: a row whose terms keep it from others.
pub fn with_restricted(folder: PathBuf) -> PathBuf {
    let text = format!("Pakistan bombed {MARK} in Paktika on 15 October 2025, killing 7 people.");
    with(folder, &text, |claims| {
        for (claim, line) in claims.iter_mut().zip(2..) {
            claim.row = Some(RowRecord {
                dataset: "acled".into(),
                release: None,
                file: "row.csv".into(),
                line,
                key: format!("{MARK}{line}").as_str().into(),
                terms: "not for others".into(),
                restricted: true,
                clarity: None,
            });
        }
    })
}

/// A lake with one more report.
pub fn with_report(folder: PathBuf, text: &str) -> PathBuf {
    with(folder, text, |_| {})
}

fn with(folder: PathBuf, text: &str, change: impl Fn(&mut [ClaimRecord])) -> PathBuf {
    let file = folder.join("one.txt");
    std::fs::write(&file, text).expect("a file");
    kept(&folder, file.clone(), || "2026-01-02T00:00:00Z".parse().expect("a moment"), change);
    std::fs::remove_file(file).expect("removed");
    folder
}

/// Reads reports into a lake, each with its claims as they are changed.
fn kept(folder: &Path, reports: PathBuf, clock: fn() -> Timestamp, change: impl Fn(&mut [ClaimRecord])) {
    let engine = Engine::load().expect("the reader loads");
    let settings = HowToRead { ingest: Options::default(), threads: 2, known: None };
    let mut read = Vec::new();
    pipeline::read(&engine, &[Source::Path(reports)], &settings, &mut |end| {
        if let Reading::Read { document, claims, sentences, .. } = end {
            let mut claims: Vec<ClaimRecord> = claims.iter().map(ClaimRecord::from).collect();
            change(&mut claims);
            read.push(Pending { document: *document, sentences, claims });
        }
        ControlFlow::Continue(())
    });
    runtime().block_on(async {
        let mut writer = Writer::new(open(folder).await, engine.run().clone(), clock).await.expect("a writer");
        writer.keep(read).await.expect("kept");
    });
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A server of a lake; both go when it goes.
pub struct Server {
    runtime: Runtime,
    router: Router,
    folder: PathBuf,
}

/// What came back.
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Told {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> Option<String> {
        Some(self.headers.get(name)?.to_str().ok()?.to_owned())
    }
}

impl Server {
    pub fn of(folder: PathBuf) -> Self {
        Self::started(folder, false, None)
    }

    pub fn public(folder: PathBuf) -> Self {
        Self::started(folder, true, None)
    }

    /// One that all tests share that change nothing.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(|| Self::of(sample()))
    }

    /// One with a map of its own.
    pub fn with_tiles(folder: PathBuf, tiles: Tiles) -> Self {
        Self::started(folder, false, Some(tiles))
    }

    fn started(folder: PathBuf, public: bool, tiles: Option<Tiles>) -> Self {
        let runtime = runtime();
        let router = runtime.block_on(async {
            let settings = Settings {
                public,
                index: None,
                by: "the tests".to_owned(),
                hosts: Vec::new(),
                tiles,
                allow_private_addresses: false,
            };
            let app = App::open(open(&folder).await, settings).await.expect("it opens");
            web::router(&app)
        });
        Self { runtime, router, folder }
    }

    fn ask(&self, method: Method, address: &str, body: Option<&Value>, headers: &[(&str, &str)]) -> Told {
        let mut request = Request::builder().method(method).uri(address);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "127.0.0.1:8457");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(json) => {
                request = request.header("content-type", "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        let request = request.body(body).expect("a request");
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("an answer");
            let (status, headers) = (response.status(), response.headers().clone());
            let body = response.into_body().collect().await.expect("a body").to_bytes().to_vec();
            Told { status, headers, body }
        })
    }

    pub fn get(&self, address: &str) -> Told {
        self.with(address, &[])
    }

    pub fn with(&self, address: &str, headers: &[(&str, &str)]) -> Told {
        self.ask(Method::GET, &format!("/api/v1/{address}"), None, headers)
    }

    pub fn page(&self, address: &str) -> Told {
        self.ask(Method::GET, address, None, &[])
    }

    pub fn page_with(&self, address: &str, headers: &[(&str, &str)]) -> Told {
        self.ask(Method::GET, address, None, headers)
    }

    pub fn json(&self, address: &str) -> Value {
        self.get(address).json()
    }

    pub fn post(&self, address: &str, body: &Value) -> Told {
        self.post_with(address, body, &[])
    }

    pub fn post_with(&self, address: &str, body: &Value, headers: &[(&str, &str)]) -> Told {
        self.ask(Method::POST, &format!("/api/v1/{address}"), Some(body), headers)
    }

    pub fn delete(&self, address: &str) -> Told {
        self.ask(Method::DELETE, &format!("/api/v1/{address}"), None, &[])
    }

    /// All items of a list, page by page.
    pub fn pages(&self, list: &str, limit: usize) -> Vec<Value> {
        let (mut items, mut after) = (Vec::new(), String::new());
        let joint = if list.contains('?') { '&' } else { '?' };
        loop {
            let page = self.json(&format!("{list}{joint}limit={limit}{after}"));
            items.extend(page["items"].as_array().unwrap_or_else(|| panic!("{page}")).iter().cloned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return items,
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}
