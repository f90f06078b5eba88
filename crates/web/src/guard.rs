//! Who may ask: whoever calls the server by a name that is its own. A page of somebody else, or a name of somebody else that
//! leads to this machine, is turned away; and every answer tells the browser what a page may do.

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::state::App;

/// Scripts and styles come from files of ours alone; pictures may be made by the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// A brief brings its look along and needs nothing else.
const OF_A_BRIEF: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Lets a request through, or turns it away.
pub async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let policy = if request.uri().path() == crate::routes::BRIEF { OF_A_BRIEF } else { POLICY };
    let mut response = match refuse(&app, &request) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
        (OPENER, "same-origin"),
        (RESOURCE, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refuse(app: &App, request: &Request) -> Option<Problem> {
    let header = |name: HeaderName| request.headers().get(name).map(|v| v.to_str().unwrap_or("?"));
    // Requests of HTTP/1.1 name their host; a program that sends none is no browser that was led here.
    let host = header(HOST).or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    let settings = &app.settings;
    let known = |host: &str| {
        let name = without_port(host).to_ascii_lowercase();
        is_loopback(&name) || settings.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(&name))
    };
    // A public server that was given no names answers to any: it changes nothing and holds no secret of its caller's.
    let any = settings.public && settings.hosts.is_empty();
    if !any && host.is_none_or(|host| !known(host)) {
        return Some(Problem::new(
            StatusCode::FORBIDDEN,
            "this server is asked by another name than its own (Host); ask it as http://127.0.0.1:PORT",
        ));
    }
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return None;
    }
    if settings.public {
        return Some(Problem::new(StatusCode::FORBIDDEN, "a public server adds and decides nothing"));
    }
    let from_here = |origin: &str| origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host);
    let elsewhere = header(ORIGIN).is_some_and(|origin| !from_here(origin))
        || header(FETCH_SITE).is_some_and(|site| !matches!(site, "same-origin" | "none"));
    elsewhere.then(|| {
        Problem::new(StatusCode::FORBIDDEN, "this request comes from a page of another site (Origin); nothing was done")
    })
}

fn without_port(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or(rest, |(name, _)| name),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    }
}

fn is_loopback(name: &str) -> bool {
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
