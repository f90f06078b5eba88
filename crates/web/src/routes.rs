//! The routes of the API, each with its own documentation.

mod answers;
mod brief;
mod claims;
mod decisions;
mod documents;
mod incidents;
mod lake;
mod map;
mod parameters;
mod read;
mod reckoning;
mod search;
mod timeline;

use axum::Json;
use axum::routing::get;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use brief::ADDRESS as BRIEF;
pub use read::MOST_BYTES;

use crate::state::App;

/// The API with its documentation.
pub fn api() -> (axum::Router<App>, OpenApi) {
    let info = InfoBuilder::new()
        .title("annalist")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "What the lake answers, as the pages ask it. Records (Document, Claim, Incident, Decision) have the shape of the \
             contract; every answer names the command line that gives the same.",
        ))
        .build();
    let (router, document) = OpenApiRouter::with_openapi(OpenApiBuilder::new().info(info).build())
        .routes(routes!(lake::lake))
        .routes(routes!(claims::claims))
        .routes(routes!(claims::facets))
        .routes(routes!(claims::claim))
        .routes(routes!(decisions::decide))
        .routes(routes!(documents::documents))
        .routes(routes!(documents::document))
        .routes(routes!(incidents::incidents))
        .routes(routes!(incidents::incident))
        .routes(routes!(map::map))
        .routes(routes!(timeline::timeline))
        .routes(routes!(answers::series))
        .routes(routes!(answers::changes))
        .routes(routes!(answers::ceasefires))
        .routes(routes!(answers::survival))
        .routes(routes!(answers::spans))
        .routes(routes!(answers::shifts))
        .routes(routes!(answers::network))
        .routes(routes!(answers::leverage))
        .routes(routes!(answers::kept))
        .routes(routes!(answers::beside))
        .routes(routes!(answers::graph))
        .routes(routes!(answers::loops))
        .routes(routes!(answers::paths))
        .routes(routes!(reckoning::cycles))
        .routes(routes!(reckoning::forecast))
        .routes(routes!(reckoning::record))
        .routes(routes!(reckoning::whatif))
        .routes(routes!(brief::brief))
        .routes(routes!(search::search))
        .routes(routes!(read::read))
        .routes(routes!(read::events))
        .routes(routes!(read::keep))
        .routes(routes!(read::discard))
        .split_for_parts();
    let told = document.clone();
    (router.route("/api/v1/openapi.json", get(async move || Json(told))), document)
}
