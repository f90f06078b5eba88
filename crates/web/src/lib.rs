//! The account in a browser: pages and their API over the same lake and the same answers as the command line.
//!
//! [`App::open`] takes a lake, [`router`] makes of it what answers requests, [`serve`] listens. What a question comes to is
//! reckoned by `answers`; here it is asked for over HTTP, shown as JSON or a twin of it, and kept until the lake moves on.
//! Reports are read and decisions made on the loopback alone; beyond it answers are coarser (`care`) and nothing is added.
//!
//! Nothing here prints; what goes wrong is told to whoever asked.

mod asked;
mod care;
mod command;
mod cursor;
mod guard;
mod kept;
mod pages;
mod problem;
mod readings;
mod routes;
mod shown;
mod state;
mod stored;
mod tiles;

use std::future::Future;
use std::io;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tower::ServiceExt;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

pub use problem::Problem;
pub use state::{App, Settings};
pub use tiles::{NoTiles, Tiles};

/// What answers requests.
pub fn router(app: &App) -> Router {
    let (api, _) = routes::api();
    api.fallback(pages::page)
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "that is not done here; /api/v1/openapi.json lists what is")
        })
        .layer(DefaultBodyLimit::max(routes::MOST_BYTES))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        // Tiles are packed already, and a range is one of the bytes in the file.
        .route(tiles::ADDRESS, get(tiles::tiles))
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::watch))
        .with_state(app.clone())
}

/// What the first page asks for, without a question: `screens/overview.tsx`.
const FIRST_PAGE: [&str; 8] = [
    "/api/v1/lake",
    "/api/v1/incidents?sort=recent&limit=5",
    "/api/v1/incidents?sort=gravity&limit=5",
    "/api/v1/incidents?sort=dispute&limit=5",
    "/api/v1/changes",
    "/api/v1/ceasefires",
    "/api/v1/map",
    "/api/v1/series?format=svg&width=1160",
];

/// Makes what the first page asks for, before anybody does.
pub(crate) async fn first_page(app: &App) {
    let router = routes::api().0.with_state(app.clone());
    for address in FIRST_PAGE {
        let request = axum::http::Request::get(address).body(axum::body::Body::empty());
        // What goes wrong here goes wrong for the first reader too, who is told.
        if let Ok(request) = request {
            drop(router.clone().oneshot(request).await);
        }
    }
}

/// The document that describes the API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes::api().1
}

/// Answers whoever asks, until `stop` comes to pass; requests that are being answered then are answered.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    let keeping_up = tokio::spawn(app.clone().keep_up());
    let router = router(&app);
    let (told, stopped) = tokio::sync::watch::channel(false);
    let ending = tokio::spawn(async move {
        stop.await;
        // Nobody waits for it where the server has failed.
        told.send_replace(true);
    });
    let mut wait = stopped.clone();
    let graceful = async move {
        // An error says that the other end is gone: the same.
        drop(wait.wait_for(|stop| *stop).await);
    };
    let mut hurry = stopped;
    let served = axum::serve(listener, router).with_graceful_shutdown(graceful).into_future();
    // Whoever looks on at a reading would hold the server up for ever.
    let patience = async move {
        drop(hurry.wait_for(|stop| *stop).await);
        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    };
    let done = tokio::select! {
        done = served => done,
        () = patience => Ok(()),
    };
    keeping_up.abort();
    app.store(0).await;
    ending.abort();
    done
}
