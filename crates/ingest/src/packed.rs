//! Compressed inputs as streams: gzip and zstd, with caps on what comes out.
//!
//! A broken gzip member is reported once as an error; reading on resumes at the next member, so that an archive
//! with one bad record gives up the others. All faults travel as [`std::io::Error`] and are turned back into a
//! reason by [`reason`].

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Chain, Cursor, Read};
use std::rc::Rc;

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::options::Limits;
use crate::outcome::SkipReason;

/// A fault of a compressed stream.
#[derive(Debug)]
enum Fault {
    Truncated(String),
    Corrupt(String),
    Bomb(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Truncated(what) | Self::Corrupt(what) | Self::Bomb(what)) = self;
        f.write_str(what)
    }
}

impl std::error::Error for Fault {}

/// What an error while reading means for the input.
pub(crate) fn reason(error: &io::Error) -> SkipReason {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
        Some(Fault::Truncated(what)) => SkipReason::Truncated(what.clone()),
        Some(Fault::Corrupt(what)) => SkipReason::Broken(what.clone()),
        Some(Fault::Bomb(what)) => SkipReason::Bomb(what.clone()),
        None if error.kind() == io::ErrorKind::UnexpectedEof => SkipReason::Truncated(error.to_string()),
        None => SkipReason::Unreadable(error.to_string()),
    }
}

/// Whether reading on after this error can give more.
pub(crate) fn can_go_on(error: &io::Error) -> bool {
    matches!(error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()), Some(Fault::Corrupt(_)))
}

/// Unpacks gzip.
pub(crate) fn gzip<'a>(packed: impl BufRead + 'a, limits: &Limits) -> impl Read + 'a {
    let (packed, count) = Counted::new(packed);
    Capped::new(Gzip { state: Some(State::Between(packed)), members: 0 }, count, limits)
}

/// Unpacks by whatever `open` makes of the packed bytes, with the same caps.
pub(crate) fn capped<'a, B: BufRead + 'a, R: Read + 'a>(
    packed: B,
    limits: &Limits,
    open: impl FnOnce(Counted<B>) -> R,
) -> impl Read + 'a {
    let (packed, count) = Counted::new(packed);
    Capped::new(open(packed), count, limits)
}

/// Unpacks zstd.
pub(crate) fn zstd<'a>(packed: impl BufRead + 'a, limits: &Limits) -> impl Read + 'a {
    let (packed, count) = Counted::new(packed);
    Capped::new(Zstd { state: Some(ZstdState::Between(packed)), frames: 0 }, count, limits)
}

/// Counts the bytes that are taken out of a reader.
pub(crate) struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: BufRead> Counted<R> {
    fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let taken = Rc::new(Cell::new(0));
        (Self { inner, taken: Rc::clone(&taken) }, taken)
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + n as u64);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.taken.set(self.taken.get() + n as u64);
        self.inner.consume(n);
    }
}

/// Stops what grows too far or too fast.
struct Capped<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
    total: u64,
    ratio: u64,
    stopped: bool,
}

impl<R: Read> Capped<R> {
    fn new(inner: R, taken: Rc<Cell<u64>>, limits: &Limits) -> Self {
        Self { inner, taken, given: 0, total: limits.unpacked_bytes, ratio: limits.unpacked_ratio, stopped: false }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stopped {
            return Ok(0);
        }
        // What is within the limit comes out; one byte past it tells an end from a fault.
        let room = usize::try_from(self.total - self.given).unwrap_or(usize::MAX);
        let n = if room == 0 {
            self.inner.read(&mut [0; 1])?
        } else {
            let most = buffer.len().min(room);
            self.inner.read(&mut buffer[..most])?
        };
        let taken = self.taken.get().max(1);
        let fault = if room == 0 && n > 0 {
            format!("unpacks to more than {} bytes", self.total)
        } else if self.given > Limits::RATIO_FREE_BYTES && self.given / taken > self.ratio {
            format!("a zip bomb by all signs: {} bytes came out of {taken}", self.given)
        } else {
            self.given += n as u64;
            return Ok(n);
        };
        self.stopped = true;
        Err(io::Error::other(Fault::Bomb(fault)))
    }
}

enum State<R> {
    Between(R),
    Member(Box<flate2::bufread::GzDecoder<R>>),
    Lost(R),
}

/// Gzip members one after another.
struct Gzip<R> {
    state: Option<State<R>>,
    members: u64,
}

const MEMBER: [u8; 3] = [0x1f, 0x8b, 0x08];

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(State::Between(mut packed)) => {
                    let ahead = packed.fill_buf()?;
                    if ahead.is_empty() {
                        return Ok(0);
                    }
                    if ahead[0] == MEMBER[0] {
                        self.members += 1;
                        self.state = Some(State::Member(Box::new(flate2::bufread::GzDecoder::new(packed))));
                    } else if ahead[0] == 0 {
                        // Padding of tapes and disks.
                        let zeros = ahead.iter().take_while(|b| **b == 0).count();
                        packed.consume(zeros);
                        self.state = Some(State::Between(packed));
                    } else {
                        self.state = Some(State::Lost(packed));
                        let what = format!("bytes that are not gzip after member {}", self.members);
                        return Err(io::Error::other(Fault::Corrupt(what)));
                    }
                }
                Some(State::Member(mut member)) => match member.read(buffer) {
                    Ok(0) => self.state = Some(State::Between(member.into_inner())),
                    Ok(n) => {
                        self.state = Some(State::Member(member));
                        return Ok(n);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = Some(State::Member(member));
                    }
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                        let what = format!("the gzip data stops inside member {}", self.members);
                        return Err(io::Error::other(Fault::Truncated(what)));
                    }
                    Err(error) => {
                        let what = format!("gzip member {} is damaged ({error})", self.members);
                        self.state = Some(State::Lost(member.into_inner()));
                        return Err(io::Error::other(Fault::Corrupt(what)));
                    }
                },
                Some(State::Lost(mut packed)) => {
                    if seek(&mut packed)? {
                        self.state = Some(State::Between(packed));
                    }
                }
            }
        }
    }
}

/// Consumes up to the next gzip member; whether there is one. A start that straddles two buffers is missed,
/// which costs a damaged file one more record.
fn seek(packed: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let ahead = packed.fill_buf()?;
        if ahead.is_empty() {
            return Ok(false);
        }
        let found = ahead.windows(MEMBER.len()).position(|w| w == MEMBER);
        let over = found.unwrap_or(ahead.len());
        packed.consume(over);
        if found.is_some() {
            return Ok(true);
        }
    }
}

/// A frame whose first bytes were looked at.
type WithMagic<R> = Chain<Cursor<[u8; 4]>, R>;

enum ZstdState<R: Read> {
    Between(R),
    Frame(Box<StreamingDecoder<WithMagic<R>, FrameDecoder>>),
}

/// Zstd frames one after another.
struct Zstd<R: Read> {
    state: Option<ZstdState<R>>,
    frames: u64,
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(ZstdState::Between(mut packed)) => {
                    let mut magic = [0_u8; 4];
                    let got = fill(&mut packed, &mut magic)?;
                    if got == 0 {
                        return Ok(0);
                    }
                    self.frames += 1;
                    let frame = self.frames;
                    let short =
                        || io::Error::other(Fault::Truncated(format!("the zstd data stops inside frame {frame}")));
                    if got < 4 {
                        return Err(short());
                    }
                    // 0x184D2A50 to ..5F: a frame that says of itself that it is to be skipped.
                    if magic[0] & 0xf0 == 0x50 && magic[1..] == [0x2a, 0x4d, 0x18] {
                        let mut length = [0_u8; 4];
                        if fill(&mut packed, &mut length)? < 4 {
                            return Err(short());
                        }
                        let length = u64::from(u32::from_le_bytes(length));
                        if io::copy(&mut packed.by_ref().take(length), &mut io::sink())? < length {
                            return Err(short());
                        }
                        self.state = Some(ZstdState::Between(packed));
                        continue;
                    }
                    if magic != ZSTD {
                        let what = format!("bytes that are not zstd after frame {}", frame - 1);
                        return Err(io::Error::other(Fault::Corrupt(what)));
                    }
                    // The decoder reads the magic number itself.
                    match StreamingDecoder::new(Cursor::new(magic).chain(packed)) {
                        Ok(decoder) => self.state = Some(ZstdState::Frame(Box::new(decoder))),
                        Err(error) => {
                            let what = format!("zstd frame {frame} cannot be read ({error})");
                            return Err(io::Error::other(Fault::Corrupt(what)));
                        }
                    }
                }
                Some(ZstdState::Frame(mut frame)) => match frame.read(buffer) {
                    Ok(0) => self.state = Some(ZstdState::Between(frame.into_inner().into_inner().1)),
                    Ok(n) => {
                        self.state = Some(ZstdState::Frame(frame));
                        return Ok(n);
                    }
                    Err(error) => {
                        // The decoder does not tell a short read from damage; an exhausted source does.
                        let ended = frame.get_mut().get_mut().1.fill_buf()?.is_empty();
                        let what = format!("zstd frame {} is damaged or cut short ({error})", self.frames);
                        let fault = if ended { Fault::Truncated(what) } else { Fault::Corrupt(what) };
                        return Err(io::Error::other(fault));
                    }
                },
            }
        }
    }
}

const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buffer.len() {
        match reader.read(&mut buffer[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(got)
}
