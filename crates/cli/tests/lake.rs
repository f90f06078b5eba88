//! What keeping promises: nothing twice, nothing half, nothing lost, whatever happens to the process or its files.
#![cfg(feature = "lake")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use model::record::ClaimRecord;

mod binary;
use binary::{Folder, annalist, command, done, words};

/// `read` of some of the samples, a commit each: enough of them to be cut short, few enough to do it often.
fn reading<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let reports = [
        "data/samples/2024-12-22-frontier-wire-makeen.txt",
        "data/samples/2024-12-28-frontier-wire-retaliation.txt",
        "data/samples/2025-10-12-frontier-wire-border-battle.txt",
        "data/samples/2025-10-15-frontier-wire-ceasefire.txt",
        "data/samples/2025-10-18-kabul-lantern-paktika.txt",
        "data/samples/2025-11-03-lakeside-review-column.html",
        "data/samples/global-desk-notes.jsonl",
    ];
    [&["read"], &reports[..], &["--format", "jsonl", "--commit-every", "1"], more].concat()
}

fn start_reading(lake: &str) -> Child {
    command(&reading(&["--lake", lake])).stdout(Stdio::null()).spawn().expect("the binary starts")
}

fn claims(text: &str) -> Vec<ClaimRecord> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// What the samples claim, by id and without the time of recording: read once, without a lake.
fn expected() -> &'static BTreeMap<String, serde_json::Value> {
    static CLAIMS: std::sync::OnceLock<BTreeMap<String, serde_json::Value>> = std::sync::OnceLock::new();
    CLAIMS.get_or_init(|| by_id(&claims(&done(&reading(&["--no-store"])))))
}

fn by_id(claims: &[ClaimRecord]) -> BTreeMap<String, serde_json::Value> {
    let all: BTreeMap<String, serde_json::Value> = claims
        .iter()
        .map(|c| (c.id.to_string(), serde_json::to_value(ClaimRecord { recorded: None, ..c.clone() }).expect("JSON")))
        .collect();
    assert_eq!(all.len(), claims.len(), "every claim once");
    all
}

/// The lake is whole, and holds what the samples claim, each claim once and as it was read.
fn assert_holds_the_samples(lake: &str) {
    let check = annalist(&["lake", "check", "--lake", lake]);
    assert!(check.status.success(), "{} {}", String::from_utf8_lossy(&check.stdout), words(&check));
    let kept = claims(&done(&["claims", "--format", "jsonl", "--lake", lake]));
    assert!(kept.iter().all(|c| c.recorded.is_some()), "kept claims say since when");
    assert!(by_id(&kept) == *expected(), "the lake holds what was read: {} of {}", kept.len(), expected().len());
}

#[test]
fn reading_twice_keeps_once_and_prints_the_same() {
    let folder = Folder::new("twice");
    let lake = folder.lake();
    let first = annalist(&reading(&["--lake", &lake]));
    let again = annalist(&reading(&["--lake", &lake]));
    assert!(words(&again).contains("kept 0 new documents"), "{}", words(&again));
    let printed = |o: &Output| by_id(&claims(std::str::from_utf8(&o.stdout).expect("UTF-8")));
    assert!(printed(&first) == *expected() && printed(&again) == *expected());
    assert_holds_the_samples(&lake);
    for (from, what) in [("compact", "files"), ("vacuum", "deleted")] {
        assert!(done(&["lake", from, "--lake", &lake]).contains(what));
        assert_holds_the_samples(&lake);
    }
}

#[test]
fn two_processes_write_at_once_and_both_land() {
    let folder = Folder::new("two");
    let lake = folder.lake();
    let both = [start_reading(&lake), start_reading(&lake)];
    for child in both {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", words(&output));
    }
    assert_holds_the_samples(&lake);
}

/// Ten moments here; `ANNALIST_KILLS=200` for the long acceptance.
#[test]
fn killed_at_any_moment_the_lake_opens_and_holds_every_committed_claim_once() {
    let kills = std::env::var("ANNALIST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(10);
    let seed = std::env::var("ANNALIST_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(20_251_019_u64);
    let folder = Folder::new("killed");
    let start = Instant::now();
    assert!(start_reading(&folder.lake()).wait().expect("it ends").success());
    let whole = start.elapsed();
    let mut random = seed;
    let mut last: BTreeMap<String, serde_json::Value> = BTreeMap::new();
    let (mut round, mut mended) = (0, 0);
    for kill in 0..kills {
        let lake = folder.0.join(format!("lake-{round}")).to_str().expect("UTF-8").to_owned();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = whole.mul_f64((random >> 40) as f64 / f64::from(1 << 24));
        let mut child = start_reading(&lake);
        std::thread::sleep(moment);
        let ended = child.try_wait().expect("a state").is_some();
        child.kill().ok();
        child.wait().expect("it ends");
        if !Path::new(&lake).join("annalist-lake.json").exists() {
            continue;
        }
        let check = annalist(&["lake", "check", "--lake", &lake]);
        let said = String::from_utf8_lossy(&check.stdout).into_owned() + &words(&check);
        assert!(check.status.success(), "kill {kill} after {moment:?}: {said}");
        mended += usize::from(said.contains("mended"));
        let kept = by_id(&claims(&done(&["claims", "--format", "jsonl", "--lake", &lake])));
        assert!(last.keys().all(|id| kept.contains_key(id)), "kill {kill}: what was kept before is kept");
        assert!(
            kept.iter().all(|(id, claim)| expected().get(id) == Some(claim)),
            "kill {kill}: nothing but what was read"
        );
        last = kept;
        if ended || last.len() == expected().len() {
            assert_holds_the_samples(&lake);
            (round, last) = (round + 1, BTreeMap::new());
        }
    }
    let lake = folder.0.join(format!("lake-{round}")).to_str().expect("UTF-8").to_owned();
    assert!(start_reading(&lake).wait().expect("it ends").success());
    assert_holds_the_samples(&lake);
    eprintln!("{kills} kills, {round} lakes finished among them, {mended} mended on opening");
}

/// The files of a table, newest last, by their ending.
fn files(lake: &str, folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(Path::new(lake).join(folder))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_str().is_some_and(|p| p.ends_with(ending)))
        .collect();
    files.sort_by_key(|f| (f.metadata().and_then(|m| m.modified()).expect("a time"), f.clone()));
    files
}

fn tear(path: &Path) {
    let bytes = std::fs::read(path).expect("a file");
    std::fs::write(path, &bytes[..bytes.len() / 2]).expect("a torn file");
}

#[test]
fn torn_files_are_set_aside_and_what_they_held_is_read_again() {
    for (folder, ending) in [
        ("claims", ".parquet"),
        ("documents", ".parquet"),
        ("readings", ".parquet"),
        ("claims/_delta_log", ".json"),
        ("documents/_delta_log", ".json"),
        ("readings/_delta_log", ".json"),
    ] {
        let test = Folder::new(&format!("torn-{}{ending}", folder.replace('/', "-")));
        let lake = test.lake();
        assert!(start_reading(&lake).wait().expect("it ends").success());
        tear(files(&lake, folder, ending).last().expect("a file"));
        let check = annalist(&["lake", "check", "--lake", &lake]);
        assert!(words(&check).contains("mended"), "{folder}{ending}: {}", words(&check));
        let kept = by_id(&claims(&done(&["claims", "--format", "jsonl", "--lake", &lake])));
        assert!(kept.iter().all(|(id, claim)| expected().get(id) == Some(claim)), "{folder}{ending}");
        let again = annalist(&reading(&["--lake", &lake]));
        assert!(again.status.success(), "{folder}{ending}: {}", words(&again));
        assert_holds_the_samples(&lake);
    }
}

#[cfg(unix)]
#[test]
fn a_lake_that_may_not_be_written_can_be_asked() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = Folder::new("read-only");
    let lake = folder.lake();
    assert!(start_reading(&lake).wait().expect("it ends").success());
    let everything = |mode: u32| {
        let mut folders = vec![PathBuf::from(&lake)];
        while let Some(at) = folders.pop() {
            for entry in std::fs::read_dir(&at).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                }
            }
            std::fs::set_permissions(&at, std::fs::Permissions::from_mode(mode)).expect("permissions");
        }
    };
    everything(0o555);
    let cache = folder.0.join("cache");
    std::fs::create_dir(&cache).expect("a folder");
    std::fs::set_permissions(&cache, std::fs::Permissions::from_mode(0o777)).expect("permissions");
    // Root may write anywhere, so that root asks as nobody.
    let root = std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    let ask = |arguments: &[&str]| {
        let mut command = command(arguments);
        if root {
            command.uid(65534).gid(65534).env("HOME", "/nonexistent").env("XDG_CACHE_HOME", &cache);
        }
        command.output()
    };
    let Ok(asked) = ask(&["claims", "--format", "jsonl", "--lake", &lake]) else {
        eprintln!("skipped: the binary cannot be run as another user here");
        everything(0o755);
        return;
    };
    assert!(asked.status.success(), "{}", words(&asked));
    assert!(by_id(&claims(std::str::from_utf8(&asked.stdout).expect("UTF-8"))) == *expected());
    let report = folder.0.join("report.txt");
    std::fs::write(&report, "Gunmen killed three soldiers in Quetta on 3 March 2025, police said.").expect("a file");
    let read =
        ask(&["read", report.to_str().expect("UTF-8"), "--published", "2025-03-04", "--lake", &lake]).expect("it runs");
    everything(0o755);
    assert_eq!(read.status.code(), Some(2), "{}", words(&read));
    assert!(words(&read).contains("--no-store"), "says what to try: {}", words(&read));
    assert_holds_the_samples(&lake);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_the_reading_and_costs_nothing_that_was_kept() {
    let folder = Folder::new("full");
    let mount = folder.0.join("disk");
    std::fs::create_dir(&mount).expect("a folder");
    let disk = mount.to_str().expect("UTF-8");
    let made = Command::new("mount").args(["-t", "tmpfs", "-o", "size=160k", "annalist-test", disk]).output();
    if !made.is_ok_and(|m| m.status.success()) {
        eprintln!("skipped: a small disk cannot be mounted here (it takes root)");
        return;
    }
    let lake = mount.join("lake").to_str().expect("UTF-8").to_owned();
    let read = annalist(&reading(&["--lake", &lake]));
    let check = annalist(&["lake", "check", "--lake", &lake]);
    Command::new("mount").args(["-o", "remount,size=64m", disk]).output().expect("it runs");
    let outcome = std::panic::catch_unwind(|| {
        assert_eq!(read.status.code(), Some(2), "{}", words(&read));
        assert!(words(&read).contains("free some space"), "says what to try: {}", words(&read));
        assert!(check.status.success(), "{} {}", String::from_utf8_lossy(&check.stdout), words(&check));
        assert!(start_reading(&lake).wait().expect("it ends").success(), "with space again the rest is read");
        assert_holds_the_samples(&lake);
    });
    Command::new("umount").arg(disk).output().expect("it runs");
    if let Err(failed) = outcome {
        std::panic::resume_unwind(failed);
    }
}

#[test]
fn decisions_hold_in_every_view_and_can_be_undone() {
    let folder = Folder::new("decided");
    let lake = folder.lake();
    let report = folder.0.join("report.txt");
    std::fs::write(&report, "Gunmen killed three soldiers in Quetta on 3 March 2025, police said.").expect("a file");
    let read = done(&[
        "read",
        report.to_str().expect("UTF-8"),
        "--published",
        "2025-03-04",
        "--format",
        "jsonl",
        "--lake",
        &lake,
    ]);
    let assault = claims(&read).into_iter().find(|c| c.code.as_deref() == Some("ASSAULT")).expect("an assault");
    let id = assault.id.to_string();
    let at = ["--lake", lake.as_str()];
    let status = || {
        let now = claims(&done(&[&["claims", "--type", "ASSAULT", "--format", "jsonl"], &at[..]].concat()));
        now.first().map(|c| c.status.as_str().to_owned())
    };
    let count =
        |sql: &str| done(&[&["query", sql, "--format", "csv"], &at[..]].concat()).lines().nth(1).map(str::to_owned);
    let because = ["--reason", "read again", "--by", "Somebody"];
    done(&[&["amend", &id, "--field", "status", "--value", "planned"], &because[..], &at[..]].concat());
    assert_eq!(status().as_deref(), Some("planned"));
    assert_eq!(count("SELECT count(*) FROM events WHERE status = 'planned'").as_deref(), Some("1"));
    let reject = done(&[&["reject", &id], &because[..], &at[..]].concat());
    assert_eq!(status(), None);
    assert_eq!(count("SELECT count(*) FROM effects").as_deref(), Some("0"), "nor do its effects count");
    assert!(!done(&[&["search", "soldiers", "--in", "claims"], &at[..]].concat()).contains(&id), "nor is it found");
    let shown = done(&[&["show", &id], &at[..]].concat());
    assert!(shown.contains("does not stand") && shown.contains("Somebody: reject"), "{shown}");
    let rejection = reject.split_whitespace().next().expect("an id").to_owned();
    done(&[&["restore", &rejection], &because[..], &at[..]].concat());
    assert_eq!(status().as_deref(), Some("planned"), "only the rejection is taken back");
    let agreement = done(&[&["decisions", "--agreement", "--format", "csv"], &at[..]].concat());
    assert!(agreement.lines().any(|l| l.contains("status") && l.contains("false")), "{agreement}");
    done(&[&["restore", &id], &because[..], &at[..]].concat());
    assert_eq!(status().as_deref(), Some("occurred"));
    let before = ["claims", "--known-at", "2020-01-01", "--format", "jsonl"];
    assert_eq!(done(&[&before[..], &at[..]].concat()), "", "nothing was known then");
    let wrong = annalist(&[&["amend", &id, "--field", "status", "--value", "plnned"], &because[..], &at[..]].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(words(&wrong).contains("planned"), "names the valid codes: {}", words(&wrong));
}

#[test]
fn questions_are_bounded_to_one_select() {
    let folder = Folder::new("select");
    let lake = folder.lake();
    assert!(start_reading(&lake).wait().expect("it ends").success());
    for sql in [
        "DROP TABLE claims",
        "CREATE TABLE t AS SELECT 1",
        "INSERT INTO claims SELECT * FROM claims",
        "DELETE FROM claims",
        "COPY claims TO '/tmp/annalist-copy.csv'",
        "SET datafusion.execution.batch_size = 1",
        "SELECT 1; SELECT 2",
        "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '/etc/passwd'",
        "SELECT * FROM '/etc/passwd'",
        "SELECT nothing FROM claims",
    ] {
        let output = annalist(&["query", sql, "--lake", &lake]);
        assert_eq!(output.status.code(), Some(2), "{sql}");
        assert!(output.stdout.is_empty(), "{sql}");
    }
    assert_holds_the_samples(&lake);
}

#[test]
fn lakes_of_every_version_open() {
    for version in ["v1", "v2"] {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lakes").join(version);
        let folder = Folder::new(version);
        copy(&fixture.join("lake"), Path::new(&folder.lake()));
        let told = std::fs::read_to_string(fixture.join("claims.jsonl")).expect("what it holds");
        assert_eq!(done(&["claims", "--format", "jsonl", "--lake", &folder.lake()]), told, "{version}");
        let check = annalist(&["lake", "check", "--lake", &folder.lake()]);
        assert!(check.status.success(), "{version}: {}", String::from_utf8_lossy(&check.stdout));
        // The column of version 2 is filled in what is older.
        let about = "SELECT count(*) AS n FROM claims WHERE array_has(about, 'PAK') AND about_key IS NOT NULL";
        assert_ne!(done(&["query", about, "--format", "jsonl", "--lake", &folder.lake()]), "{\"n\":0}\n", "{version}");
    }
}

#[test]
fn ids_of_incidents_outlive_the_version_that_made_them() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lakes/v2");
    let folder = Folder::new("v2-incidents");
    copy(&fixture.join("lake"), Path::new(&folder.lake()));
    let told = std::fs::read_to_string(fixture.join("incidents.jsonl")).expect("what it held");
    for line in told.lines().step_by(10) {
        let incident: model::Incident = serde_json::from_str(line).expect("an incident");
        // It may have been joined to another since, but it is still known.
        done(&["show", incident.id.as_str(), "--lake", &folder.lake()]);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[test]
fn as_of_a_day_only_what_was_published_by_then() {
    let folder = Folder::new("as-of");
    let lake = folder.lake();
    assert!(start_reading(&lake).wait().expect("it ends").success());
    let at = |day: &str| claims(&done(&["claims", "--as-of", day, "--format", "jsonl", "--lake", &lake]));
    let by = |day: &str| {
        let day: jiff::civil::Date = day.parse().expect("a date");
        expected()
            .values()
            .filter(|c| {
                c["published"].as_str().is_some_and(|p| p[..10].parse::<jiff::civil::Date>().expect("a date") <= day)
            })
            .count()
    };
    let above = PathBuf::from(&lake).join("../and more é/../lake");
    std::fs::create_dir(folder.0.join("and more é")).expect("a folder");
    assert_eq!(
        done(&["claims", "--as-of", "2024-12-23", "--lake", above.to_str().expect("UTF-8")]).is_empty(),
        by("2024-12-23") == 0
    );
    for day in ["2024-12-23", "2025-01-04", "2025-10-17"] {
        assert_eq!(at(day).len(), by(day), "{day}");
    }
    assert!(at("2025-10-17").len() < expected().len());
}

#[test]
fn waits_are_bounded() {
    // A question of a lake that is not there ends at once and says so.
    let start = Instant::now();
    let output = annalist(&["claims", "--lake", "/nonexistent/lake"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("annalist read"), "{}", words(&output));
    assert!(start.elapsed() < Duration::from_secs(20));
}
