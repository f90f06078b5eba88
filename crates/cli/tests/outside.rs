//! What others see of a lake: the questions of `docs/lake.md`; readers that are not ours (`duckdb` and `polars`); lakes
//! on a store that speaks S3 (`moto`, on loopback).
//!
//! Python's packages are had once, into the target folder. Where they cannot be had, the tests that need them say so
//! and pass.
#![cfg(feature = "lake")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The packages; the server's S3 honours `If-None-Match: *`.
const PACKAGES: [&str; 7] = [
    "duckdb==2.0.0",
    "polars==2.1.0",
    "deltalake==1.6.6",
    "pyarrow==26.0.1",
    "moto[s3]==5.2.5",
    "flask==3.1.3",
    "flask-cors==6.0.5",
];
/// A version whose S3 does not.
const WITHOUT_CONDITIONAL_PUT: &str = "moto==5.0.12";
/// How long one command of ours may take; debug builds on a busy machine are slow.
const PATIENCE: Duration = Duration::from_mins(4);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Runs a command to its end, or ends it when it takes too long.
fn within(limit: Duration, command: &mut Command, input: &str) -> Result<Output, String> {
    let named = format!("`{}`", command.get_program().display());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{named} does not start: {e}"))?;
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).ok();
    let (out, err) = (drained(child.stdout.take()), drained(child.stderr.take()));
    let started = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if started.elapsed() < limit => thread::sleep(Duration::from_millis(20)),
            _ => {
                child.kill().ok();
                child.wait().ok();
                return Err(format!("{named} had not ended after {} seconds", limit.as_secs()));
            }
        }
    };
    let read = |reader: thread::JoinHandle<Vec<u8>>| reader.join().unwrap_or_default();
    Ok(Output { status, stdout: read(out), stderr: read(err) })
}

fn drained(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        bytes
    })
}

/// Where a lake is, and how it is reached.
#[derive(Clone)]
struct Place {
    lake: String,
    environment: Vec<(&'static str, String)>,
}

impl Place {
    fn reach(&self, command: &mut Command) {
        for other in ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "ANNALIST_LAKE"] {
            command.env_remove(other);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
    }

    fn try_annalist(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_annalist"));
        command.current_dir(root()).args(arguments);
        self.reach(&mut command);
        within(PATIENCE, &mut command, "").unwrap_or_else(|e| panic!("{e}: {arguments:?}"))
    }

    /// Runs a command that must succeed: what it prints, and what it says.
    fn annalist(&self, arguments: &[&str]) -> (String, String) {
        let output = self.try_annalist(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        (String::from_utf8(output.stdout).expect("UTF-8"), said)
    }

    fn read(&self, arguments: &[&str]) -> String {
        self.annalist(&[&["read", "--format", "jsonl", "--lake", &self.lake], arguments].concat()).1
    }

    /// The rows that `annalist query` gives, by the columns `a`, `b`, `c`.
    fn query(&self, sql: &str, columns: usize) -> Value {
        let (lines, _) = self.annalist(&["query", sql, "--lake", &self.lake, "--format", "jsonl"]);
        let row = |line: &str| -> Value {
            let row: Value = serde_json::from_str(line).expect("JSON");
            ["a", "b", "c"][..columns].iter().map(|name| row[name].clone()).collect()
        };
        rounded(&lines.lines().map(row).collect())
    }

    /// Runs a command on this lake.
    fn lake(&self, what: &str) -> String {
        self.annalist(&["lake", what, "--lake", &self.lake]).0
    }

    /// Decides about a claim or a decision; the decision's id.
    fn decide(&self, arguments: &[&str]) -> String {
        let all = [arguments, &["--reason", "a test", "--by", "a tester", "--lake", &self.lake]].concat();
        let (line, _) = self.annalist(&all);
        line.split_whitespace().next().expect("an id").to_owned()
    }

    /// What annalist answers to the questions that `outside.py` asks, too.
    fn answers(&self) -> Value {
        json!({
            "kinds": self.query("SELECT kind AS a, count(*) AS b FROM claims GROUP BY kind ORDER BY kind", 2),
            "claims": self.query("SELECT id AS a FROM claims ORDER BY id", 1),
            "killed": self.query(
                "SELECT p.id AS a, sum(killed_low) AS b, sum(killed_high) AS c FROM claims c \
                 JOIN parties p ON p.claim = c.id AND p.role = 'actor' \
                 WHERE killed_low IS NOT NULL OR killed_high IS NOT NULL GROUP BY p.id ORDER BY p.id NULLS LAST",
                3,
            ),
            "statuses": self.query("SELECT status AS a, count(*) AS b FROM claims GROUP BY status ORDER BY status", 2),
        })
    }

    /// Asks the same from outside, and of annalist.
    fn read_from_outside(&self, tools: &Tools) {
        let mut command = tools.script();
        command.args(["read", &self.lake]);
        self.reach(&mut command);
        let sql = blocks().into_iter().find(|b| b.contains("VIEW standing_claims")).expect("the views for others");
        let output = within(PATIENCE, &mut command, &sql).unwrap_or_else(|e| panic!("{e}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let outside = rounded(&serde_json::from_slice(&output.stdout).expect("JSON"));
        let ours = self.answers();
        for reader in ["duckdb", "polars"] {
            for (question, answer) in ours.as_object().expect("answers") {
                assert!(answer.as_array().is_some_and(|rows| rows.len() > 1), "{question}: {answer}");
                assert_eq!(outside[reader][question], *answer, "{question} by {reader} of {}", self.lake);
            }
        }
    }
}

/// Numbers to the thousandth: sums of fractions depend on their order.
fn rounded(value: &Value) -> Value {
    match value {
        Value::Number(n) => n.as_f64().map_or(Value::Null, |n| json!((n * 1000.0).round())),
        Value::Array(values) => values.iter().map(rounded).collect(),
        Value::Object(fields) => Value::Object(fields.iter().map(|(k, v)| (k.clone(), rounded(v))).collect()),
        other => other.clone(),
    }
}

fn documentation() -> String {
    std::fs::read_to_string(root().join("docs/lake.md")).expect("docs/lake.md")
}

/// The blocks of SQL in `docs/lake.md`.
fn blocks() -> Vec<String> {
    let text = documentation();
    // What stands before the first block is no question.
    text.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
}

/// A lake of the sample reports, made once for the tests of this file.
fn samples() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let folder = scratch("outside-lake");
        std::fs::remove_dir_all(&folder).ok();
        let place = Place { lake: folder.to_str().expect("UTF-8").to_owned(), environment: Vec::new() };
        // And a text that claims nothing, since some questions are about such.
        let quiet = scratch("outside-quiet.txt");
        std::fs::write(&quiet, "The library opens at nine. It has two floors.").expect("a file");
        place.read(&["data/samples", quiet.to_str().expect("UTF-8")]);
        place
    })
}

/// Python with the packages.
struct Tools {
    python: PathBuf,
    /// A folder with a server that overwrites where it was asked to create only.
    older: PathBuf,
}

impl Tools {
    /// The packages, fetched where they are not there yet; `None`, and a word why, where they cannot be had.
    fn get() -> Option<&'static Self> {
        static TOOLS: OnceLock<Result<Tools, String>> = OnceLock::new();
        match TOOLS.get_or_init(Self::fetch) {
            Ok(tools) => Some(tools),
            Err(why) => {
                eprintln!("skipped: no Python with {}: {why}", PACKAGES.join(", "));
                None
            }
        }
    }

    fn fetch() -> Result<Self, String> {
        let folder = scratch("outside-python");
        let tools = Self { python: folder.join("bin/python"), older: folder.join("older") };
        let wanted = format!("{}\n{WITHOUT_CONDITIONAL_PUT}\n", PACKAGES.join("\n"));
        let mark = folder.join("fetched");
        if std::fs::read_to_string(&mark).is_ok_and(|there| there == wanted) {
            return Ok(tools);
        }
        std::fs::remove_dir_all(&folder).ok();
        let run = |command: &mut Command| match within(Duration::from_mins(10), command, "") {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
            Err(why) => Err(why),
        };
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--retries", "1", "--only-binary", ":all:"];
        run(Command::new(&tools.python).args(pip).args(PACKAGES))?;
        run(Command::new(&tools.python)
            .args(pip)
            .args(["--no-deps", "--target"])
            .arg(&tools.older)
            .arg(WITHOUT_CONDITIONAL_PUT))?;
        std::fs::write(&mark, wanted).map_err(|e| format!("{}: {e}", mark.display()))?;
        Ok(tools)
    }

    fn script(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside.py"));
        command
    }
}

/// A store on loopback that speaks S3, gone with this value.
struct Store {
    child: Child,
    address: String,
}

impl Store {
    fn start(mut command: Command) -> Self {
        command.args(["serve", "lakes"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let place = Place { lake: String::new(), environment: environment("") };
        place.reach(&mut command);
        let mut child = command.spawn().expect("Python starts");
        let out = child.stdout.take().expect("a pipe");
        let mut store = Self { child, address: String::new() };
        let (send, receive) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            BufReader::new(out).read_line(&mut line).ok();
            send.send(line.trim().to_owned()).ok();
        });
        store.address = receive.recv_timeout(PATIENCE).expect("the store answers");
        assert!(store.address.starts_with("http://127.0.0.1:"), "the store did not start");
        store
    }

    fn place(&self, prefix: &str) -> Place {
        Place { lake: format!("s3://lakes/{prefix}"), environment: environment(&self.address) }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn environment(address: &str) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("AWS_ACCESS_KEY_ID", "tester".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "secret".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("NO_PROXY", "127.0.0.1".to_owned()),
    ];
    if !address.is_empty() {
        all.push(("AWS_ENDPOINT", address.to_owned()));
    }
    all
}

#[test]
fn documented_questions_are_answered() {
    let place = samples();
    let questions: Vec<String> =
        blocks().into_iter().filter(|b| b.starts_with("SELECT") || b.starts_with("WITH")).collect();
    assert!(questions.len() >= 10, "{} questions", questions.len());
    for sql in &questions {
        let (rows, _) = place.annalist(&["query", sql, "--lake", &place.lake, "--format", "jsonl"]);
        // People have decided nothing in the samples.
        assert!(!rows.is_empty() || sql.contains("decisions"), "no answer to {sql}");
    }
}

#[test]
fn columns_are_documented() {
    let place = samples();
    let text = documentation();
    for view in [
        "documents",
        "claims",
        "readings",
        "decisions",
        "memberships",
        "parties",
        "places",
        "effects",
        "links",
        "sources",
        "states",
    ] {
        let heading = format!("### `{view}`");
        let part = text.split(&heading).nth(1).unwrap_or_else(|| panic!("docs/lake.md has no `{view}`"));
        let part = part.split("\n### ").next().unwrap_or_default();
        let sql = format!("SELECT * FROM {view} LIMIT 0");
        let (header, _) = place.annalist(&["query", &sql, "--lake", &place.lake, "--format", "csv"]);
        for column in header.trim().split(',') {
            assert!(part.contains(&format!("`{column}`")), "docs/lake.md does not tell of {view}.{column}");
        }
    }
}

#[test]
fn duckdb_and_polars_see_what_annalist_sees() {
    let Some(tools) = Tools::get() else { return };
    let folder = scratch("outside-lake-decided");
    std::fs::remove_dir_all(&folder).ok();
    let place = Place { lake: folder.to_str().expect("UTF-8").to_owned(), environment: Vec::new() };
    place.read(&["data/samples"]);
    // Another catalogue is another run, which reads two of the reports again.
    let actors = scratch("outside-actors.tsv");
    std::fs::write(&actors, "id\tname\tsectors\nOUTSIDE_FRONT\tOutside Front\tREB\n").expect("a file");
    let again =
        ["data/samples/2024-12-22-frontier-wire-makeen.txt", "data/samples/2024-12-25-kabul-lantern-barmal.txt"];
    let said = place.read(&[&["--actors", actors.to_str().expect("UTF-8")][..], &again].concat());
    assert!(said.contains("kept 0 new documents with"), "{said}");
    let runs = place.query("SELECT run AS a FROM readings GROUP BY run", 1);
    assert_eq!(runs.as_array().map(Vec::len), Some(2), "{runs}");

    let ids = place.query(
        "SELECT id AS a FROM events WHERE killed_low IS NOT NULL AND status = 'occurred' ORDER BY id LIMIT 6",
        1,
    );
    let id = |n: usize| ids[n][0].as_str().expect("an id").to_owned();
    place.decide(&["reject", &id(0)]);
    place.decide(&["reject", &id(1)]);
    place.decide(&["restore", &id(1)]);
    let rejection = place.decide(&["reject", &id(2)]);
    place.decide(&["restore", &rejection]);
    let rejection = place.decide(&["reject", &id(3)]);
    let taken_back = place.decide(&["restore", &rejection]);
    place.decide(&["restore", &taken_back]);
    place.decide(&["amend", &id(4), "--field", "status", "--value", "planned"]);
    place.decide(&["amend", &id(5), "--field", "status", "--value", "planned"]);
    place.decide(&["restore", &id(5)]);
    let kept = place.query("SELECT id AS a FROM claims WHERE killed_low IS NOT NULL", 1);
    let stands = |n: usize| kept.as_array().expect("rows").contains(&json!([id(n)]));
    assert_eq!([0, 1, 2, 3].map(stands), [false, true, true, false]);
    place.read_from_outside(tools);
}

#[test]
fn lakes_live_on_s3() {
    let Some(tools) = Tools::get() else { return };
    let store = Store::start(tools.script());
    let place = store.place("some/where");
    let report = "data/samples/2024-12-22-frontier-wire-makeen.txt";
    let said = place.read(&[report]);
    assert!(said.contains("kept 1 new document "), "{said}");
    let said = place.read(&[report]);
    assert!(said.contains("kept 0 new documents with 0 new claims"), "{said}");
    assert!(said.contains("1 document had been read before"), "{said}");
    let claim = place.query("SELECT id AS a FROM claims LIMIT 1", 1)[0][0].as_str().expect("a claim").to_owned();
    place.decide(&["reject", &claim]);

    // Four processes at once, on a lake that none of them finds there; what all of them read is kept once.
    let place = store.place("crowd");
    let folder = std::fs::read_dir(root().join("data/samples")).expect("samples");
    let names = folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let all: Vec<String> =
        names.filter(|name| name.starts_with("202")).map(|name| format!("data/samples/{name}")).collect();
    let said = thread::scope(|scope| {
        let threads = [0, 1, 2, 3].map(|nth| {
            let mut reports: Vec<&str> = all.iter().skip(nth).step_by(4).map(String::as_str).collect();
            reports.extend(all.first().map(String::as_str));
            let place = place.clone();
            scope.spawn(move || place.read(&reports))
        });
        threads.map(|thread| thread.join().expect("all land"))
    });
    let documents = place.query("SELECT count(*) AS a, count(DISTINCT id) AS b FROM documents", 2);
    assert_eq!(documents, rounded(&json!([[all.len(), all.len()]])), "{said:?}");
    assert!(place.lake("check").starts_with("whole"), "{said:?}");
    place.read_from_outside(tools);
    let before = place.answers();
    place.lake("compact");
    place.lake("vacuum");
    assert!(place.lake("check").starts_with("whole"));
    assert_eq!(place.answers(), before);
}

#[test]
fn credentials_are_given_or_asked_for() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annalist"));
    command.args(["query", "SELECT 1", "--lake", "s3://lakes/nowhere"]);
    command.env_remove("AWS_ACCESS_KEY_ID").env("AWS_METADATA_ENDPOINT", "http://127.0.0.1:9");
    let output = within(PATIENCE, &mut command, "").unwrap_or_else(|e| panic!("{e}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("AWS_ACCESS_KEY_ID is not set"), "{said}");
}

#[test]
fn stores_without_conditional_put_are_refused() {
    let Some(tools) = Tools::get() else { return };
    let mut older = tools.script();
    older.env("PYTHONPATH", &tools.older);
    let store = Store::start(older);
    let place = store.place("some/where");
    let report = "data/samples/2024-12-22-frontier-wire-makeen.txt";
    let output = place.try_annalist(&["read", "--format", "jsonl", "--lake", &place.lake, report]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("no conditional put"), "{said}");
    assert!(output.stdout.is_empty(), "nothing was read in vain");
    let output = place.try_annalist(&["query", "SELECT 1", "--lake", &place.lake]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("there is no lake at"), "nothing was left there: {said}");
}
