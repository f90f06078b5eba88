//! Addresses, against a server in this process.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant};

use ingest::{Limits, Options, Outcome, SkipReason, Source, read};

const REPORT: &str = "Troops and fighters exchanged fire near the crossing on Tuesday, officials on both sides said, \
    and traders were told to keep away until further notice.";

/// Serves until the process ends.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let _ = answer(stream);
            });
        }
    });
    address
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 1024];
    while !request.windows(4).any(|w| w == b"\r\n\r\n") {
        match stream.read(&mut buffer)? {
            0 => return Ok(()),
            n => request.extend_from_slice(&buffer[..n]),
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split_whitespace().nth(1).unwrap_or("/").to_owned();
    let send = |stream: &mut TcpStream, status: &str, headers: &str, body: &str| {
        let length = body.len();
        write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    };
    let page = format!("<html><title>Fire at the crossing</title><body><p>{REPORT}</p><p>{REPORT}</p></body></html>");
    let html = "Content-Type: text/html\r\n";
    match path.as_str() {
        "/robots.txt" => send(&mut stream, "200 OK", "", "User-agent: *\nDisallow: /closed\n"),
        "/page" | "/closed/page" => send(&mut stream, "200 OK", html, &page),
        "/moved" => send(&mut stream, "302 Found", "Location: /page\r\n", ""),
        "/moved-closed" => send(&mut stream, "302 Found", "Location: /closed/page\r\n", ""),
        "/circle" => send(&mut stream, "302 Found", "Location: /circle\r\n", ""),
        "/to-file" => send(&mut stream, "302 Found", "Location: file:///etc/passwd\r\n", ""),
        "/large" => send(&mut stream, "200 OK", "Content-Type: text/plain\r\n", &REPORT.repeat(10_000)),
        "/slow" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n")?;
            for _ in 0..100 {
                stream.write_all(b"slowly ")?;
                thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
        "/cut" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n{REPORT}")
        }
        _ => send(&mut stream, "404 Not Found", "", ""),
    }
}

fn fetch(address: SocketAddr, path: &str, options: &Options) -> Vec<Outcome> {
    let source = Source::parse(&format!("http://{address}{path}")).unwrap();
    let mut outcomes = Vec::new();
    let _ = read(&source, options, &mut |outcome| {
        outcomes.push(outcome);
        ControlFlow::Continue(())
    });
    outcomes
}

fn skipped(outcomes: &[Outcome]) -> &SkipReason {
    match outcomes.last() {
        Some(Outcome::Skipped(skipped)) => &skipped.reason,
        other => panic!("{other:?}"),
    }
}

fn loopback() -> Options {
    let limits = Limits { fetch_time: Duration::from_secs(2), ..Limits::default() };
    Options { allow_private_addresses: true, limits, ..Options::default() }
}

#[test]
fn pages_are_fetched_and_redirects_followed() {
    let server = serve();
    for path in ["/page", "/moved"] {
        let outcomes = fetch(server, path, &loopback());
        let [Outcome::Read { document: doc, .. }] = outcomes.as_slice() else { panic!("{outcomes:?}") };
        assert_eq!(doc.url.as_deref(), Some(format!("http://{server}/page").as_str()));
        assert_eq!(doc.title.as_deref(), Some("Fire at the crossing"));
        assert_eq!(doc.publisher.as_deref(), Some("127.0.0.1"));
    }
}

#[test]
fn what_may_not_be_fetched_is_not() {
    let server = serve();
    assert_eq!(skipped(&fetch(server, "/closed/page", &loopback())), &SkipReason::Robots);
    assert_eq!(skipped(&fetch(server, "/moved-closed", &loopback())), &SkipReason::Robots);
    let refused = fetch(server, "/page", &Options::default());
    assert!(matches!(skipped(&refused), SkipReason::PrivateAddress(_)), "{refused:?}");
    let named = Source::parse(&format!("http://localhost:{}/page", server.port())).unwrap();
    let _ = read(&named, &Options::default(), &mut |outcome| {
        assert!(
            matches!(&outcome, Outcome::Skipped(s) if matches!(s.reason, SkipReason::PrivateAddress(_))),
            "{outcome:?}"
        );
        ControlFlow::Continue(())
    });
    for host in ["[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "169.254.169.254", "[fd00:ec2::254]"] {
        let source = Source::parse(&format!("http://{host}:{}/page", server.port())).unwrap();
        let _ = read(&source, &Options::default(), &mut |outcome| {
            assert!(
                matches!(&outcome, Outcome::Skipped(s) if matches!(s.reason, SkipReason::PrivateAddress(_))),
                "{outcome:?}"
            );
            ControlFlow::Continue(())
        });
    }
}

#[test]
fn limits_hold() {
    let server = serve();
    let is_fetch = |outcomes: &[Outcome], words: &str| {
        let reason = skipped(outcomes);
        assert!(matches!(reason, SkipReason::Fetch(why) if why.contains(words)), "{reason}");
    };
    is_fetch(&fetch(server, "/circle", &loopback()), "redirects");
    is_fetch(&fetch(server, "/to-file", &loopback()), "file:");
    is_fetch(&fetch(server, "/none", &loopback()), "404");
    let small = Limits { document_bytes: 100_000, ..loopback().limits };
    let large = fetch(server, "/large", &Options { limits: small, ..loopback() });
    assert!(matches!(skipped(&large), SkipReason::TooLarge { .. }), "{large:?}");
    let began = Instant::now();
    let slow = fetch(server, "/slow", &loopback());
    assert!(began.elapsed() < Duration::from_secs(6));
    skipped(&slow);
    // A connection that breaks off: what came is read, and the break is named.
    let cut = fetch(server, "/cut", &loopback());
    assert!(matches!(&cut[0], Outcome::Read { document: doc, .. } if doc.text() == REPORT), "{cut:?}");
    skipped(&cut);
}
