//! Real feeds, archives and pages, where they are at hand.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use ingest::{Options, Outcome, SkipReason, Source, read};

/// The folder of shared data beside the project, or a plain word that there is none.
fn data(part: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data/news").join(part))
        .find(|path| path.exists());
    if found.is_none() {
        println!("skipped: shared/data/news/{part} is not here");
    }
    found
}

fn count(path: PathBuf) -> (usize, Vec<String>) {
    let (mut read_, mut faults) = (0, Vec::new());
    let _ = read(&Source::Path(path), &Options::default(), &mut |outcome| {
        match outcome {
            Outcome::Read { .. } => read_ += 1,
            Outcome::Skipped(s) if s.reason.is_fault() && !matches!(s.reason, SkipReason::Language(_)) => {
                faults.push(s.to_string());
            }
            Outcome::Skipped(_) => {}
        }
        ControlFlow::Continue(())
    });
    (read_, faults)
}

#[test]
fn feeds_are_read_or_skipped() {
    let Some(path) = data("feeds/feed-rs/fixture") else { return };
    let (read, faults) = count(path);
    assert!(read >= 90, "{read}");
    for fault in &faults {
        println!("{fault}");
    }
}

#[test]
fn archives_are_read_or_skipped() {
    for folder in ["warc_warcio", "warc_resiliparse"] {
        let Some(path) = data(folder) else { return };
        let (read, faults) = count(path);
        assert!(read > 0);
        for fault in &faults {
            println!("{fault}");
        }
    }
}

/// Others reach .958 on these pages; the floor is what the project asks of itself.
#[test]
fn articles_are_extracted() {
    let Some(path) = data("article_extraction_benchmark") else { return };
    let score = ingest::score::score_extraction(&path).expect("the benchmark is complete");
    println!("precision {:.4} recall {:.4} F1 {:.4}", score.precision, score.recall, score.f1);
    assert!(score.f1 >= 0.95, "{}", score.f1);
}
