//! Web archives (WARC 0.17 to 1.1) as a stream of records.
//!
//! Responses and resources come out with their body, transfer and content encodings undone. What archives hold
//! besides (requests, notes about the crawl) is passed over. After a record that breaks the rules reading
//! resumes at the next line that starts a record; a damaged gzip member costs that member alone.

use std::io::{self, BufRead, Read};

use crate::options::Limits;
use crate::outcome::SkipReason;
use crate::packed;

/// The body of an archived page and what is known of it.
#[derive(Debug)]
pub(crate) struct Record {
    pub address: Option<String>,
    pub content_type: Option<String>,
    /// When it was archived, as written.
    pub archived: Option<String>,
    pub body: Vec<u8>,
}

/// Longest block of headers.
const HEADERS_BYTES: usize = 1 << 16;

/// Reads records; `emit` gets the record's number and what became of it, and says whether to go on.
pub(crate) fn read(
    input: &mut dyn BufRead,
    limits: &Limits,
    emit: &mut dyn FnMut(u64, Result<Record, SkipReason>) -> bool,
) {
    let mut number = 0;
    let mut lost = false;
    loop {
        let step = next(input, limits, &mut number, &mut lost);
        let made = match step {
            Ok(Step::End) => return,
            Ok(Step::PassedOver) => continue,
            Ok(Step::Made(made)) => made,
            Err(error) => {
                lost = true;
                let go_on = emit(number, Err(packed::reason(&error))) && packed::can_go_on(&error);
                if !go_on {
                    return;
                }
                continue;
            }
        };
        if !emit(number, made) {
            return;
        }
    }
}

enum Step {
    End,
    PassedOver,
    Made(Result<Record, SkipReason>),
}

fn broken(what: &str) -> Step {
    Step::Made(Err(SkipReason::Broken(what.to_owned())))
}

/// One step: to the end of a record, or over a line that belongs to none.
fn next(input: &mut dyn BufRead, limits: &Limits, number: &mut u64, lost: &mut bool) -> io::Result<Step> {
    let mut line = Vec::new();
    // To the start of a record.
    loop {
        if !read_line(input, &mut line)? {
            return Ok(Step::End);
        }
        if line.starts_with(b"WARC/") {
            break;
        }
        if !*lost && !line.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
            *lost = true;
            *number += 1;
            return Ok(broken("there are bytes here that start no record (the length before them may be wrong)"));
        }
    }
    *lost = false;
    *number += 1;
    let Some(headers) = headers(input)? else {
        *lost = true;
        return Ok(broken("the record's headers have no end"));
    };
    let Some(length) = headers.get("content-length").and_then(|l| l.trim().parse::<u64>().ok()) else {
        *lost = true;
        return Ok(broken("the record has no valid Content-Length"));
    };
    let kind = headers.get("warc-type").unwrap_or_default().to_ascii_lowercase();
    let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion");
    if !wanted || length > limits.document_bytes {
        let passed = io::copy(&mut input.take(length), &mut io::sink())?;
        if passed < length {
            return Ok(truncated());
        }
        return Ok(match kind.as_str() {
            "response" | "resource" | "conversion" => {
                Step::Made(Err(SkipReason::TooLarge { limit_bytes: limits.document_bytes }))
            }
            "revisit" => Step::Made(Err(SkipReason::NotAReport(
                "the page had not changed since it was archived before".to_owned(),
            ))),
            "continuation" => {
                Step::Made(Err(SkipReason::NotAReport("a later part of a record that was split".to_owned())))
            }
            _ => Step::PassedOver,
        });
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(truncated());
    }
    let mut address = headers.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
    let archived = headers.get("warc-date").map(str::to_owned);
    let content_type = headers.get("content-type").map(str::to_owned);
    if address.as_deref().is_some_and(|a| ["dns:", "whois:", "metadata:", "urn:"].iter().any(|s| a.starts_with(s))) {
        return Ok(Step::PassedOver);
    }
    address = address.filter(|a| a.starts_with("http"));
    if kind != "response" || !body.starts_with(b"HTTP/") {
        return Ok(Step::Made(Ok(Record { address, content_type, archived, body })));
    }
    Ok(Step::Made(response(&body, limits).map(|(content_type, body)| Record { address, content_type, archived, body })))
}

fn truncated() -> Step {
    Step::Made(Err(SkipReason::Truncated("the archive stops inside this record".to_owned())))
}

/// Header fields, names in lower case.
#[derive(Default)]
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    fn push(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            // A folded line goes on with the field before.
            if let Some((_, value)) = self.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

/// Headers up to a blank line; `None` where there is none within reason.
fn headers(input: &mut dyn BufRead) -> io::Result<Option<Headers>> {
    let mut headers = Headers::default();
    let mut line = Vec::new();
    let mut size = 0;
    loop {
        if !read_line(input, &mut line)? {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive stops inside a record's headers"));
        }
        size += line.len();
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(Some(headers));
        }
        if size > HEADERS_BYTES {
            return Ok(None);
        }
        headers.push(&line);
    }
}

/// A line with its end; a longer one than headers may have is given in pieces. `false` at the end.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    input.take(HEADERS_BYTES as u64 + 1).read_until(b'\n', line)?;
    Ok(!line.is_empty())
}

/// Type and body of an HTTP response that was good.
fn response(bytes: &[u8], limits: &Limits) -> Result<(Option<String>, Vec<u8>), SkipReason> {
    let mut rest = bytes;
    let mut line = Vec::new();
    let unreadable = |e: io::Error| SkipReason::Broken(e.to_string());
    read_line(&mut rest, &mut line).map_err(unreadable)?;
    let status_line = String::from_utf8_lossy(&line).into_owned();
    let status: u16 = status_line.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let headers = match headers(&mut rest) {
        Ok(Some(headers)) => headers,
        // Headers without a body.
        Ok(None) => return Err(SkipReason::Broken("the response's headers have no end".to_owned())),
        Err(_) => return Err(SkipReason::Empty),
    };
    if !(200..300).contains(&status) {
        return Err(SkipReason::NotAReport(format!("the server answered {status}")));
    }
    let mut body = rest.to_vec();
    if headers.get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"))
        && let Some(joined) = unchunk(&body)
    {
        body = joined;
    }
    let coding = headers.get("content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let mut unpacked = Vec::new();
    let cap = limits.document_bytes + 1;
    // Archives often say that a body is packed when it was stored unpacked: the bytes decide.
    let result = match coding.as_str() {
        _ if body.starts_with(&[0x1f, 0x8b]) => {
            packed::gzip(body.as_slice(), limits).take(cap).read_to_end(&mut unpacked)
        }
        "deflate" => {
            let zlib = body.first().is_some_and(|b| b & 0x0f == 8)
                && body.len() > 1
                && (u16::from(body[0]) * 256 + u16::from(body[1])).is_multiple_of(31);
            if zlib {
                flate2::read::ZlibDecoder::new(body.as_slice()).take(cap).read_to_end(&mut unpacked)
            } else {
                flate2::read::DeflateDecoder::new(body.as_slice()).take(cap).read_to_end(&mut unpacked)
            }
        }
        "br" if std::str::from_utf8(&body[..body.len().min(64)]).is_err() => {
            let hint = "archive it without Brotli, or save the page";
            return Err(SkipReason::NotText { what: "packed with Brotli".to_owned(), hint });
        }
        _ => return Ok((headers.get("content-type").map(str::to_owned), body)),
    };
    // Half a page is read for what it has; a page of which nothing came out was never packed.
    let never_packed = result.is_err() && unpacked.is_empty();
    Ok((headers.get("content-type").map(str::to_owned), if never_packed { body } else { unpacked }))
}

/// Joins chunks; `None` where they do not follow the rules (archives often store the body joined already).
fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(bytes.len());
    loop {
        let end = bytes.iter().take(64).position(|&b| b == b'\n')?;
        let size = std::str::from_utf8(&bytes[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        bytes = &bytes[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        if size > bytes.len() {
            // The last chunk was cut: what there is of it is of the page.
            joined.extend_from_slice(bytes);
            return Some(joined);
        }
        joined.extend_from_slice(&bytes[..size]);
        bytes =
            bytes[size..].strip_prefix(b"\r\n").or_else(|| bytes[size..].strip_prefix(b"\n")).unwrap_or(&bytes[size..]);
        if bytes.is_empty() {
            return Some(joined);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, body: &str) -> String {
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n", body.len())
    }

    fn check(archive: &str, expected: &[&str]) {
        let mut found = Vec::new();
        read(&mut archive.as_bytes(), &Limits::default(), &mut |number, made| {
            found.push(match made {
                Ok(record) => format!("{number} {}", String::from_utf8_lossy(&record.body)),
                Err(reason) => format!("{number} {}", reason.kind()),
            });
            true
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn records_are_read_and_breaks_are_named() {
        let page = record("response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A");
        let chunked =
            record("response", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        let info = record("warcinfo", "software: x");
        let gone = record("response", "HTTP/1.1 404 Not Found\r\n\r\n");
        check(&format!("{info}{page}{gone}{chunked}"), &["2 <p>A", "3 not_a_report", "4 abcde"]);
        let lengthless = "WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\nlost\r\n\r\n";
        check(&format!("{lengthless}{page}"), &["1 broken", "2 <p>A"]);
        let cut = &page[..page.len() - 6];
        check(&format!("{page}{cut}"), &["1 <p>A", "2 truncated"]);
        check(&format!("{page}stray bytes\r\n{page}"), &["1 <p>A", "2 broken", "3 <p>A"]);
    }
}
