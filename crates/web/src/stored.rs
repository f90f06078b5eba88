//! Answers that outlive the server: those asked for last are written beside the lake's index of words, so that a lake that
//! stands as it stood is answered at once when it is served again, before its claims are looked at.
//!
//! A file of another program, lake or state is not taken; nor is one that cannot be read. Nothing depends on it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use crate::kept::Kept;
use crate::shown::Shown;

/// Bytes of answers that are written, at most.
const MOST: usize = 32 << 20;

/// The forms that are written.
const MEDIA: [&str; 4] = ["application/json", "image/svg+xml", "text/csv; charset=utf-8", "application/x-ndjson"];

/// Of what the answers are: all of it has to be the same for them to be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    /// The program.
    pub program: String,
    /// The lake, by its tables' ids and its address, which its answers name.
    pub lake: String,
    /// The state that it is in.
    pub state: String,
    /// Whether others than this machine ask.
    pub public: bool,
    /// Whether there is a map of one's own.
    pub tiles: bool,
}

#[derive(Serialize, Deserialize)]
struct Head {
    of: Of,
    answers: Vec<Listed>,
}

#[derive(Serialize, Deserialize)]
struct Listed {
    address: String,
    media: String,
    bytes: usize,
    /// How long it took to make.
    took: Duration,
}

/// The program that runs: its version, length and day, so that another build of it makes its own answers.
pub fn program() -> String {
    let file = std::env::current_exe().and_then(fs::metadata);
    let made = file.as_ref().ok().and_then(|f| f.modified().ok()).and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let nanos = made.map_or(0, |since| since.as_nanos());
    format!("{} {} {nanos}", env!("CARGO_PKG_VERSION"), file.map_or(0, |f| f.len()))
}

fn file(folder: &Path, public: bool) -> PathBuf {
    folder.join(if public { "answers-public" } else { "answers" })
}

/// Writes answers, the first of them first, as far as there is room; whole or not at all.
pub fn write(folder: &Path, of: &Of, answers: &[(String, Kept)]) -> std::io::Result<()> {
    let mut room = MOST;
    let fits = |answer: &&(String, Kept)| {
        let size = answer.1.shown.body.len();
        let takes = MEDIA.contains(&answer.1.shown.media) && size <= room;
        room -= if takes { size } else { 0 };
        takes
    };
    let chosen: Vec<&(String, Kept)> = answers.iter().filter(fits).collect();
    let listed = |(address, kept): &&(String, Kept)| Listed {
        address: address.clone(),
        media: kept.shown.media.to_owned(),
        bytes: kept.shown.body.len(),
        took: kept.took,
    };
    let head = Head { of: of.clone(), answers: chosen.iter().map(listed).collect() };
    let path = file(folder, of.public);
    let aside = path.with_extension(format!("{}.new", std::process::id()));
    let written = (|| {
        let mut out = std::io::BufWriter::new(fs::File::create(&aside)?);
        serde_json::to_writer(&mut out, &head)?;
        out.write_all(b"\n")?;
        chosen.iter().try_for_each(|(_, kept)| out.write_all(&kept.shown.body))?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&aside, &path)
    })();
    if written.is_err() {
        // What is left of the attempt is of no use to anybody.
        drop(fs::remove_file(&aside));
    }
    written
}

/// The answers that were written of just this; none where there are none.
pub fn read(folder: &Path, of: &Of) -> Vec<(String, Kept)> {
    let Ok(bytes) = fs::read(file(folder, of.public)).map(Bytes::from) else { return Vec::new() };
    let Some(end) = bytes.iter().position(|b| *b == b'\n') else { return Vec::new() };
    let Ok(head) = serde_json::from_slice::<Head>(&bytes[..end]) else { return Vec::new() };
    if head.of != *of || head.answers.iter().map(|a| a.bytes).sum::<usize>() != bytes.len() - end - 1 {
        return Vec::new();
    }
    let mut at = end + 1;
    let mut answers = Vec::with_capacity(head.answers.len());
    for listed in head.answers {
        let body = bytes.slice(at..at + listed.bytes);
        at += listed.bytes;
        if let Some(media) = MEDIA.into_iter().find(|media| *media == listed.media) {
            answers.push((listed.address, Kept { took: listed.took, ..Kept::new(Shown { media, body }) }));
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_only_of_the_same_program_lake_and_state() {
        let folder = std::env::temp_dir().join(format!("annalist-stored-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let of = Of { program: program(), lake: "a".into(), state: "1.2".into(), public: false, tiles: false };
        let answer = |body: &'static str, media| Kept::new(Shown { media, body: Bytes::from(body) });
        let given = [
            ("/a".to_owned(), answer("{\"n\":\n1}", MEDIA[0])),
            ("/b".to_owned(), answer("<svg/>", MEDIA[1])),
            ("/brief".to_owned(), answer("%PDF", "application/pdf")),
        ];
        write(&folder, &of, &given).expect("written");
        let found = read(&folder, &of);
        assert_eq!(found.len(), 2, "what is of no known form stays out");
        assert!(found.iter().zip(&given).all(|(a, b)| a.0 == b.0 && a.1.tag == b.1.tag));
        for other in [
            Of { state: "1.3".into(), ..of.clone() },
            Of { program: "another".into(), ..of.clone() },
            Of { lake: "b".into(), ..of.clone() },
            Of { public: true, ..of.clone() },
        ] {
            assert!(read(&folder, &other).is_empty(), "{other:?}");
        }
        let path = file(&folder, false);
        let whole = fs::read(&path).expect("the file");
        fs::write(&path, &whole[..whole.len() - 1]).expect("cut short");
        assert!(read(&folder, &of).is_empty(), "a torn file is none");
        fs::remove_dir_all(&folder).expect("removed");
    }
}
