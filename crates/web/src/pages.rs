//! The pages, which come along in the binary: files as they are, and for any other path the one page that finds out by its
//! address what to show.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "ui/dist"]
#[allow_missing = true]
struct Files;

/// The page where no pages were built.
const UNBUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>annalist</title>\
    <h1>The pages were not built</h1>\
    <p>This annalist was compiled without its pages. In <code>crates/web/ui</code>, run <code>npm ci &amp;&amp; npm run build</code>, \
    then compile it again.</p><p>The API is there: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>, \
    <a href=\"/api/v1/lake\">/api/v1/lake</a>.</p></html>";

/// A file of the pages, or the page.
pub async fn page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Problem::missing(format!("there is no {}; /api/v1/openapi.json lists what there is", uri.path()))
            .into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "pages are read, nothing else").into_response();
    }
    if let Some(file) = Files::get(path).filter(|_| path != "index.html" && !path.is_empty()) {
        // The builder puts a hash into these names: what is under one never changes.
        let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return told(path, &file, cache, &headers);
    }
    match Files::get("index.html") {
        Some(file) => told("index.html", &file, "no-cache", &headers),
        None => ([(CONTENT_TYPE, "text/html; charset=utf-8")], UNBUILT).into_response(),
    }
}

fn told(path: &str, file: &EmbeddedFile, cache: &'static str, headers: &HeaderMap) -> Response {
    let hash = blake3::Hash::from_bytes(file.metadata.sha256_hash()).to_hex();
    let tag = format!("W/\"{}\"", &hash[..24]);
    let head = [
        (CACHE_CONTROL, HeaderValue::from_static(cache)),
        (ETAG, HeaderValue::from_str(&tag).unwrap_or_else(|_| HeaderValue::from_static("W/\"0\""))),
        (CONTENT_TYPE, HeaderValue::from_static(media(path))),
    ];
    if headers.get(IF_NONE_MATCH).is_some_and(|has| has.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    (head, file.data.clone().into_owned()).into_response()
}

fn media(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" | "geojson" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
