//! Map tiles of one's own: a `PMTiles` archive, version 3, given out piece by piece as the map asks for it.
//!
//! The archive is a file beside the lake and is looked at once, when the server starts: what is no archive is refused then, not
//! when somebody looks at an empty map. It is opened anew for each request, and the tag of an answer is made of the file's length
//! and time, so that pieces of two files never pass for one. Nothing is read of what stands in the tiles; a browser does that.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use thiserror::Error;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::problem::Problem;
use crate::state::{App, blocking};

/// Where the pages ask for it.
pub const ADDRESS: &str = "/tiles/map.pmtiles";

/// The header of an archive (`PMTiles` specification, version 3, section 3).
const HEADER_BYTES: usize = 127;
const MAGIC: &[u8] = b"PMTiles";
const VERSION: u8 = 3;
/// Bytes that are read at a time, and such pieces that wait for a slow reader.
const PIECE_BYTES: usize = 64 << 10;
const PIECES_AHEAD: usize = 4;

/// An archive that was looked at.
#[derive(Clone, Debug)]
pub struct Tiles {
    path: PathBuf,
}

/// Why a file cannot be shown as a map.
#[derive(Debug, Error)]
pub enum NoTiles {
    /// It cannot be opened or read.
    #[error(
        "reading the tiles {path}: {why}; give --tiles a PMTiles file, or leave it out: the map then shows the world that comes along"
    )]
    Unread {
        /// The file.
        path: String,
        /// Why not.
        why: io::Error,
    },
    /// It is something else.
    #[error(
        "{path} is no PMTiles archive: it does not begin with `PMTiles`; `pmtiles convert FILE.mbtiles FILE.pmtiles` makes one \
         of MBTiles, `pmtiles extract` cuts a piece out of a greater one"
    )]
    Other {
        /// The file.
        path: String,
    },
    /// Of a version that is not read.
    #[error(
        "{path} is a PMTiles archive of version {version}; version {VERSION} is read: `pmtiles convert` makes it anew"
    )]
    Version {
        /// The file.
        path: String,
        /// Its version.
        version: u8,
    },
    /// Shorter than its own header says.
    #[error("{path} ends before its directory does ({length} bytes): copy or download it again")]
    Cut {
        /// The file.
        path: String,
        /// Its length.
        length: u64,
    },
}

impl Tiles {
    /// The archive at this path, if it is one.
    pub fn open(path: &Path) -> Result<Self, NoTiles> {
        let name = || path.display().to_string();
        let unread = |why| NoTiles::Unread { path: name(), why };
        let mut file = File::open(path).map_err(unread)?;
        let length = file.metadata().map_err(unread)?.len();
        let mut header = Vec::with_capacity(HEADER_BYTES);
        file.by_ref().take(HEADER_BYTES as u64).read_to_end(&mut header).map_err(unread)?;
        if !header.starts_with(MAGIC) {
            return Err(NoTiles::Other { path: name() });
        }
        match header.get(MAGIC.len()) {
            Some(&VERSION) => {}
            Some(&version) => return Err(NoTiles::Version { path: name(), version }),
            None => return Err(NoTiles::Cut { path: name(), length }),
        }
        // The root directory: its place and its length follow the version.
        let number = |at: usize| {
            let bytes = header.get(at..at + 8)?.try_into().ok()?;
            Some(u64::from_le_bytes(bytes))
        };
        let is_whole = header.len() == HEADER_BYTES
            && number(8).zip(number(16)).and_then(|(at, bytes)| at.checked_add(bytes)).is_some_and(|end| end <= length);
        if !is_whole {
            return Err(NoTiles::Cut { path: name(), length });
        }
        Ok(Self { path: path.to_owned() })
    }

    /// The file as it is now: itself, its length, its tag.
    fn now(&self) -> io::Result<(File, u64, String)> {
        let file = File::open(&self.path)?;
        let told = file.metadata()?;
        let written = told.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Ok((file, told.len(), format!("\"{:x}-{written:x}\"", told.len())))
    }
}

/// The archive, or the part of it that is asked for.
pub async fn tiles(State(app): State<App>, method: Method, headers: HeaderMap) -> Response {
    let Some(tiles) = app.settings.tiles.clone() else {
        return Problem::missing("no tiles were given: `annalist serve --tiles FILE.pmtiles` shows a map of your own")
            .into_response();
    };
    match blocking(move || tiles.now()).await {
        Ok(Ok((file, length, tag))) => answer(file, length, &tag, &method, &headers),
        Ok(Err(why)) => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, format!("reading the tiles: {why}")).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

fn answer(file: File, length: u64, tag: &str, method: &Method, headers: &HeaderMap) -> Response {
    let asked = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""));
    let always = [
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (ETAG, value(tag)),
    ];
    if asked(IF_NONE_MATCH).is_some_and(|has| has.split(',').any(|one| matches!(one.trim(), "*") || one.trim() == tag))
    {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    // A part of another file than the one that the client has begun is of no use to it: it gets the whole.
    let is_same = asked(IF_RANGE).is_none_or(|has| has == tag);
    let part = asked(RANGE).filter(|_| is_same).map_or(Part::Whole, |words| part(words, length));
    let (status, first, bytes) = match part {
        Part::Whole => (StatusCode::OK, 0, length),
        Part::Of { first, last } => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Part::Beyond => {
            let range = (CONTENT_RANGE, value(&format!("bytes */{length}")));
            return (StatusCode::RANGE_NOT_SATISFIABLE, always, [range]).into_response();
        }
    };
    let body = if *method == Method::HEAD { Body::empty() } else { pieces(file, first, bytes) };
    let mut response = (status, always, body).into_response();
    let told = response.headers_mut();
    told.insert(CONTENT_TYPE, HeaderValue::from_static("application/vnd.pmtiles"));
    told.insert(CONTENT_LENGTH, bytes.into());
    if status == StatusCode::PARTIAL_CONTENT {
        told.insert(CONTENT_RANGE, value(&format!("bytes {first}-{}/{length}", first + bytes - 1)));
    }
    response
}

/// Which part of a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// Both ends included.
    Of {
        first: u64,
        last: u64,
    },
    Beyond,
}

/// One range of bytes (RFC 9110, section 14.1.2). Several at once, other units and what cannot be read count as not asked.
fn part(words: &str, length: u64) -> Part {
    let number = |text: &str| text.parse::<u64>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let Some((from, to)) = words.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
        return Part::Whole;
    };
    let (first, last) = match (from, number(from), to, number(to)) {
        ("", _, _, Some(bytes)) => (length.saturating_sub(bytes.min(length)), if bytes == 0 { 0 } else { u64::MAX }),
        (_, Some(first), "", _) => (first, u64::MAX),
        (_, Some(first), _, Some(last)) if first <= last => (first, last),
        _ => return Part::Whole,
    };
    if first >= length || last < first { Part::Beyond } else { Part::Of { first, last: last.min(length - 1) } }
}

/// Bytes of a file as they are read, on a thread for blocking work.
fn pieces(mut file: File, first: u64, bytes: u64) -> Body {
    let (send, receive) = mpsc::channel::<io::Result<Bytes>>(PIECES_AHEAD);
    tokio::task::spawn_blocking(move || {
        let mut left = bytes;
        let mut at = file.seek(SeekFrom::Start(first)).map(drop);
        while left > 0 {
            let read = at.and_then(|()| {
                let mut piece = vec![0; usize::try_from(left).unwrap_or(PIECE_BYTES).min(PIECE_BYTES)];
                file.read_exact(&mut piece)?;
                Ok(Bytes::from(piece))
            });
            let (read_bytes, failed) = read.as_ref().map_or((0, true), |piece| (piece.len() as u64, false));
            // Whoever asked may have gone away.
            if send.blocking_send(read).is_err() || failed {
                return;
            }
            left -= read_bytes;
            at = Ok(());
        }
    });
    Body::from_stream(ReceiverStream::new(receive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_of_bytes_is_understood() {
        let of = |first, last| Part::Of { first, last };
        let cases = [
            ("bytes=0-9", of(0, 9)),
            ("bytes=0-16383", of(0, 99)),
            ("bytes=90-", of(90, 99)),
            ("bytes=-10", of(90, 99)),
            ("bytes=-1000", of(0, 99)),
            ("bytes=99-99", of(99, 99)),
            ("bytes=100-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=9-0", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=0-9", Part::Whole),
        ];
        for (words, expected) in cases {
            assert_eq!(part(words, 100), expected, "{words}");
        }
        assert_eq!(part("bytes=0-9", 0), Part::Beyond);
        assert_eq!(part("bytes=-9", 0), Part::Beyond);
    }

    #[test]
    fn what_is_no_archive_is_refused_with_what_to_try() {
        let folder = std::env::temp_dir().join(format!("annalist-tiles-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let path = folder.join("map.pmtiles");
        let mut whole = [MAGIC, &[VERSION]].concat();
        whole.extend(127_u64.to_le_bytes());
        whole.extend(3_u64.to_le_bytes());
        whole.resize(HEADER_BYTES + 3, 0);
        let mut old = whole.clone();
        old[7] = 2;
        let cases: [(&[u8], Option<&str>); 5] = [
            (&whole, None),
            (b"SQLite format 3", Some("pmtiles convert")),
            (&old, Some("version 2")),
            (&whole[..=HEADER_BYTES], Some("ends before its directory")),
            (&whole[..7], Some("ends before its directory")),
        ];
        for (bytes, expected) in cases {
            std::fs::write(&path, bytes).expect("writing the test's file");
            match (Tiles::open(&path), expected) {
                (Ok(_), None) => {}
                (Err(why), Some(words)) => assert!(why.to_string().contains(words), "{why}"),
                (found, _) => panic!("{bytes:?}: {found:?}"),
            }
        }
        let missing = Tiles::open(&folder.join("none.pmtiles")).expect_err("there is none").to_string();
        assert!(missing.contains("none.pmtiles") && missing.contains("--tiles"), "{missing}");
        std::fs::remove_dir_all(&folder).expect("the test's own folder");
    }
}
