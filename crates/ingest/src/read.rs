//! From a source to outcomes: walks directories, unpacks, tells formats apart, hands each to its reader.
//!
//! Documents come out in a fixed order: directories by name, archives as they are written. Archives, feeds and
//! lines are streams; one document at a time is held, and none above the size limit.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use model::{Document, Problem, ProblemKind};
use serde_json::Value;
use url::Url;

use crate::decode::{Decoded, decode};
use crate::draft::Draft;
use crate::format::{self, Format, detect};
use crate::options::Options;
use crate::outcome::{Outcome, SkipReason, Skipped};
use crate::source::Source;
use crate::{date, feed, fetch, html, jsonl, markdown, packed, warc};

/// How many first bytes decide on the format.
const HEAD_BYTES: usize = 16 << 10;

/// Reads a source. `emit` is called once for each input that the source holds, in order, and stops the
/// reading by breaking.
pub fn read(source: &Source, options: &Options, emit: &mut dyn FnMut(Outcome) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut reader = Reader { options, emit, outcomes: 0 };
    match source {
        Source::Path(path) => reader.path(path),
        Source::Stdin => {
            let mut input = BufReader::with_capacity(HEAD_BYTES, io::stdin().lock());
            reader.stream(&mut input, &Origin { name: source.name(), ..Origin::default() }, 0)
        }
        Source::Address(url) => reader.address(url),
        Source::Given { name, bytes } => {
            reader.stream(&mut Cursor::new(bytes), &Origin::of_file(name.clone(), name), 0)
        }
    }
}

/// Reads bytes as if they were the content of a file of this name (or address).
pub fn read_bytes(
    bytes: &[u8],
    name: &str,
    options: &Options,
    emit: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut reader = Reader { options, emit, outcomes: 0 };
    let origin = Origin::of_file(name.to_owned(), name);
    reader.stream(&mut Cursor::new(bytes), &origin, 0)
}

/// Where bytes come from.
#[derive(Clone, Debug, Default)]
struct Origin {
    /// As messages name it.
    name: String,
    file_name: Option<String>,
    address: Option<Url>,
    content_type: Option<String>,
    /// A day by which it existed.
    seen: Option<Date>,
}

impl Origin {
    fn of_file(name: String, path: impl AsRef<Path>) -> Self {
        let file_name = path.as_ref().file_name().map(|n| n.to_string_lossy().into_owned());
        Self { name, file_name, ..Self::default() }
    }

    /// What tells the format besides the bytes.
    fn format_name(&self) -> &str {
        self.file_name.as_deref().or_else(|| self.address.as_ref().map(Url::path)).unwrap_or_default()
    }

    fn entry(&self, what: &str, number: u64) -> String {
        format!("{}, {what} {number}", self.name)
    }
}

struct Reader<'a> {
    options: &'a Options,
    emit: &'a mut dyn FnMut(Outcome) -> ControlFlow<()>,
    outcomes: u64,
}

impl Reader<'_> {
    fn skip(&mut self, name: impl Into<String>, reason: SkipReason) -> ControlFlow<()> {
        self.outcomes += 1;
        (self.emit)(Outcome::Skipped(Skipped::new(name, reason)))
    }

    fn finish(&mut self, name: String, draft: Result<Draft, SkipReason>) -> ControlFlow<()> {
        match draft.and_then(|draft| draft.finish(self.options)) {
            Ok(doc) => self.read(name, doc),
            Err(reason) => self.skip(name, reason),
        }
    }

    fn read(&mut self, source_name: String, doc: Document) -> ControlFlow<()> {
        self.outcomes += 1;
        (self.emit)(Outcome::Read { document: Box::new(doc), source_name })
    }

    fn address(&mut self, url: &Url) -> ControlFlow<()> {
        match fetch::fetch(url, self.options) {
            Ok(fetched) => {
                let origin = Origin {
                    name: url.to_string(),
                    address: Some(fetched.url),
                    content_type: fetched.content_type,
                    ..Origin::default()
                };
                self.stream(&mut BufReader::with_capacity(HEAD_BYTES, fetched.body), &origin, 0)
            }
            Err(reason) => self.skip(url.to_string(), reason),
        }
    }

    fn path(&mut self, path: &Path) -> ControlFlow<()> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.directory(path),
            Ok(metadata) if metadata.is_file() => self.file(path),
            Ok(_) => self.skip(path.display().to_string(), SkipReason::NotAFile),
            Err(error) => self.skip(path.display().to_string(), io_reason(&error)),
        }
    }

    fn file(&mut self, path: &Path) -> ControlFlow<()> {
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => {
                let mut input = BufReader::with_capacity(1 << 16, file);
                self.stream(&mut input, &Origin::of_file(name, path), 0)
            }
            Err(error) => self.skip(name, io_reason(&error)),
        }
    }

    /// All files under a directory, by name. What is hidden (`.git`, `.DS_Store`) is not looked at.
    fn directory(&mut self, root: &Path) -> ControlFlow<()> {
        let mut seen: HashSet<PathBuf> = HashSet::new();
        let mut open: Vec<(PathBuf, usize)> = vec![(root.to_owned(), 0)];
        while let Some((path, depth)) = open.pop() {
            let name = path.display().to_string();
            let is_dir = match fs::metadata(&path) {
                Ok(metadata) => metadata.is_dir(),
                Err(error) => {
                    self.skip(name, io_reason(&error))?;
                    continue;
                }
            };
            if !is_dir {
                self.path(&path)?;
                continue;
            }
            let real = match fs::canonicalize(&path) {
                Ok(real) => real,
                Err(error) => {
                    self.skip(name, io_reason(&error))?;
                    continue;
                }
            };
            if !seen.insert(real) || depth > self.options.limits.directory_depth {
                self.skip(name, SkipReason::DirectoryLoop)?;
                continue;
            }
            match list(&path) {
                Ok(entries) => open.extend(entries.into_iter().rev().map(|entry| (entry, depth + 1))),
                Err(error) => self.skip(name, io_reason(&error))?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Tells the format from the first bytes and reads what follows.
    fn stream(&mut self, input: &mut dyn BufRead, origin: &Origin, layers: u32) -> ControlFlow<()> {
        let mut head = Vec::new();
        let began = (&mut *input).take(HEAD_BYTES as u64).read_to_end(&mut head);
        if let Err(error) = &began
            && head.is_empty()
        {
            return self.skip(origin.name.clone(), packed::reason(error));
        }
        if head.is_empty() {
            return self.skip(origin.name.clone(), SkipReason::Empty);
        }
        let format = detect(&head, origin.format_name(), origin.content_type.as_deref());
        // What went wrong after some bytes came out is met again by whoever reads on.
        let mut input = Cursor::new(head).chain(Resumed { inner: input, failed: began.err() });
        let before = self.outcomes;
        match format {
            Format::Gzip | Format::Zstd if layers >= self.options.limits.packed_layers => {
                let what = format!("packed more than {layers} times over");
                self.skip(origin.name.clone(), SkipReason::Bomb(what))
            }
            Format::Gzip => {
                let unpacked = packed::gzip(input, &self.options.limits);
                self.stream(&mut BufReader::with_capacity(1 << 16, unpacked), &origin.unpacked(), layers + 1)
            }
            Format::Zstd => {
                let unpacked = packed::zstd(input, &self.options.limits);
                self.stream(&mut BufReader::with_capacity(1 << 16, unpacked), &origin.unpacked(), layers + 1)
            }
            Format::Warc => self.warc(&mut input, origin),
            Format::JsonLines => self.json_lines(&mut input, origin),
            Format::Other(reason) => self.skip(origin.name.clone(), reason),
            whole => self.whole(&mut input, &whole, origin),
        }?;
        // A feed without items, an archive of notes: nobody shall wonder where it went.
        if self.outcomes == before {
            return self.skip(origin.name.clone(), SkipReason::NotAReport("nothing in it is a report".to_owned()));
        }
        ControlFlow::Continue(())
    }

    fn json_lines(&mut self, input: &mut dyn BufRead, origin: &Origin) -> ControlFlow<()> {
        let mut flow = ControlFlow::Continue(());
        let limit = self.options.limits.document_bytes;
        let ended = jsonl::read(input, limit, &mut |number, draft| {
            flow = self.finish(origin.entry("line", number), draft);
            flow.is_continue()
        });
        flow?;
        match ended {
            Ok(()) => flow,
            Err((line, error)) => self.skip(origin.entry("line", line), packed::reason(&error)),
        }
    }

    fn warc(&mut self, input: &mut dyn BufRead, origin: &Origin) -> ControlFlow<()> {
        let mut flow = ControlFlow::Continue(());
        let limits = self.options.limits;
        warc::read(input, &limits, &mut |number, record| {
            let name = origin.entry("record", number);
            flow = match record {
                Ok(record) => {
                    let address = record.address.as_deref().and_then(|a| Url::parse(a).ok());
                    let name = match &record.address {
                        Some(address) => format!("{name} ({address})"),
                        None => name,
                    };
                    let seen = record.archived.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
                    let inner = Origin { name, file_name: None, address, content_type: record.content_type, seen };
                    self.bytes(&record.body, &inner)
                }
                Err(reason) => self.skip(name, reason),
            };
            flow.is_continue()
        });
        flow
    }

    /// Bytes out of an archive: anything but another archive.
    fn bytes(&mut self, bytes: &[u8], origin: &Origin) -> ControlFlow<()> {
        if bytes.is_empty() {
            return self.skip(origin.name.clone(), SkipReason::Empty);
        }
        match detect(&bytes[..bytes.len().min(HEAD_BYTES)], origin.format_name(), origin.content_type.as_deref()) {
            Format::Gzip | Format::Zstd | Format::Warc => {
                self.skip(origin.name.clone(), SkipReason::Bomb("an archive within an archive".to_owned()))
            }
            Format::JsonLines | Format::Json => {
                self.skip(origin.name.clone(), SkipReason::NotAReport("data for programs (JSON)".to_owned()))
            }
            // An archived image or style sheet is no fault of the archive.
            Format::Other(SkipReason::NotText { what, .. }) => {
                self.skip(origin.name.clone(), SkipReason::NotAReport(what))
            }
            Format::Other(reason) => self.skip(origin.name.clone(), reason),
            whole => self.whole(&mut Cursor::new(bytes), &whole, origin),
        }
    }

    /// An input that is read as one: a text, a page, a feed.
    fn whole(&mut self, input: &mut dyn BufRead, format: &Format, origin: &Origin) -> ControlFlow<()> {
        let limit = self.options.limits.document_bytes;
        let mut bytes = Vec::new();
        let ended = input.take(limit + 1).read_to_end(&mut bytes);
        let too_large = bytes.len() as u64 > limit;
        // The items of a feed are documents of their own: those within the limit are read.
        if too_large && *format != Format::Feed {
            return self.skip(origin.name.clone(), SkipReason::TooLarge { limit_bytes: limit });
        }
        let fault = ended.err().map(|error| packed::reason(&error));
        let is_markup = matches!(format, Format::Html | Format::Feed);
        let mut decoded = decode(&bytes, format::charset(origin.content_type.as_deref()).as_deref(), is_markup);
        drop(bytes);
        if let Some(fault) = &fault {
            decoded.problems.push(Problem::new(ProblemKind::Truncated, fault.to_string()));
        }
        match format {
            Format::Feed => {
                let mut flow = ControlFlow::Continue(());
                feed::read_xml(&decoded.text, origin.address.as_ref(), &mut |number, draft| {
                    flow = self.finish(origin.entry("item", number), draft.map(|draft| with(draft, &decoded.problems)));
                    flow.is_continue()
                });
                flow?;
                if too_large {
                    self.skip(origin.name.clone(), SkipReason::TooLarge { limit_bytes: limit })?;
                }
            }
            Format::JsonFeed => {
                let mut flow = ControlFlow::Continue(());
                let ended = feed::read_json(&decoded.text, &mut |number, draft| {
                    flow = self.finish(origin.entry("item", number), draft.map(|draft| with(draft, &decoded.problems)));
                    flow.is_continue()
                });
                flow?;
                if let Err(reason) = ended {
                    self.skip(origin.name.clone(), reason)?;
                }
            }
            Format::Json => self.json(&decoded, origin)?,
            _ => {
                let draft = match format {
                    Format::Html => page(&decoded.text, self.options),
                    Format::Markdown => Ok(markdown::read(&decoded.text)),
                    _ => Ok(plain(std::mem::take(&mut decoded.text))),
                };
                let draft = draft.map(|draft| with(draft, &decoded.problems)).map(|mut draft| {
                    draft.file_name = draft.file_name.or_else(|| origin.file_name.clone());
                    draft.seen = origin.seen;
                    if let Some(address) = &origin.address {
                        draft.url = Some(address.to_string());
                    }
                    draft
                });
                // An input that ends at once has nothing to be read; its fault says more than "empty".
                match (draft, &fault) {
                    (Err(SkipReason::Empty), Some(_)) => {}
                    (draft, _) => self.finish(origin.name.clone(), draft)?,
                }
            }
        }
        match fault {
            Some(fault) => self.skip(origin.name.clone(), fault),
            None => ControlFlow::Continue(()),
        }
    }

    /// One JSON value: a report or a list of reports.
    fn json(&mut self, decoded: &Decoded, origin: &Origin) -> ControlFlow<()> {
        match serde_json::from_str(&decoded.text) {
            Ok(Value::Object(object)) => self
                .finish(origin.name.clone(), jsonl::from_object(&object).map(|draft| with(draft, &decoded.problems))),
            Ok(Value::Array(items)) => {
                for (i, item) in items.iter().enumerate() {
                    let draft = match item {
                        Value::Object(object) => jsonl::from_object(object).map(|draft| with(draft, &decoded.problems)),
                        _ => Err(SkipReason::Broken("no object; write {\"id\":…,\"text\":…}".to_owned())),
                    };
                    self.finish(origin.entry("item", i as u64 + 1), draft)?;
                }
                ControlFlow::Continue(())
            }
            Ok(_) => self.skip(origin.name.clone(), SkipReason::Broken("JSON without an object in it".to_owned())),
            Err(error) => {
                let reason = SkipReason::Broken(format!("no JSON ({error}); for JSON Lines name the file .jsonl"));
                self.skip(origin.name.clone(), reason)
            }
        }
    }
}

/// A reader that gives an error it has met before going on.
struct Resumed<R> {
    inner: R,
    failed: Option<io::Error>,
}

impl<R: BufRead> Read for Resumed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.failed.take().map_or_else(|| self.inner.read(buffer), Err)
    }
}

impl<R: BufRead> BufRead for Resumed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
    }
}

impl Origin {
    /// The same without the extension of its compression, and without the content type that spoke of it.
    fn unpacked(&self) -> Self {
        let file_name = self.file_name.as_deref().map(|name| {
            [".gz", ".zst", ".zstd"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(name).to_owned()
        });
        let packed =
            self.content_type.as_deref().is_some_and(|t| t.contains("zip") || t.contains("zst") || t.contains("octet"));
        let content_type = if packed { None } else { self.content_type.clone() };
        Self { file_name, content_type, ..self.clone() }
    }
}

/// A plain text. Its headline is its first line, where that stands alone and is no sentence.
fn plain(text: String) -> Draft {
    let mut lines = text.trim_start().lines();
    let first = lines.next().unwrap_or_default().trim();
    let alone = lines.next().is_some_and(|line| line.trim().is_empty() || date::dateline(line).is_some());
    let more = lines.any(|line| !line.trim().is_empty());
    let title = (alone && more && first.len() <= 200 && !first.ends_with(['.', ':', ';', ',']))
        .then(|| html::clean(first))
        .flatten();
    Draft { text, title, has_dateline: true, ..Draft::default() }
}

/// A page: title, blank line, article.
fn page(markup: &str, options: &Options) -> Result<Draft, SkipReason> {
    let page = html::extract(markup, &options.limits);
    if page.body.split_whitespace().take(5).count() < 5 {
        return Err(SkipReason::NoArticle);
    }
    let text = match &page.title {
        Some(title) => format!("{title}\n\n{}", page.body),
        None => page.body,
    };
    Ok(Draft {
        text,
        url: page.canonical.filter(|url| url.starts_with("http")),
        title: page.title,
        publisher: page.publisher,
        dates: page.dates,
        problems: page.problems,
        has_dateline: true,
        ..Draft::default()
    })
}

fn with(mut draft: Draft, problems: &[Problem]) -> Draft {
    draft.problems.extend(problems.iter().cloned());
    draft
}

/// What is in a directory, by name, without what is hidden.
fn list(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(path)?
        .map(|entry| entry.map(|e| e.path()))
        .filter(|entry| !matches!(entry, Ok(path) if path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."))))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn io_reason(error: &io::Error) -> SkipReason {
    match error.kind() {
        io::ErrorKind::NotFound => SkipReason::Missing,
        // The kind has a name that cannot be used yet.
        kind if format!("{kind:?}") == "FilesystemLoop" => SkipReason::DirectoryLoop,
        _ => SkipReason::Unreadable(error.to_string()),
    }
}
