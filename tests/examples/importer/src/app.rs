//! The app as a router: which endpoint reaches which handler.

use axum::Router;
use axum::middleware::map_response;
use axum::routing::{get, post};

use crate::errors::errors_as_pages;
#[cfg(feature = "csv-handler")]
use crate::imports::csv::{csv_page, import_csv};
use crate::imports::json::{import_json, json_page};
use crate::pages::{home, show_import};
use crate::store::Store;

/// The app, with nothing imported yet.
pub(crate) fn app() -> Router {
    let app = Router::new()
        .route(home::PATH, get(home))
        .route(show_import::PATH, get(show_import))
        .route(json_page::PATH, get(json_page))
        .route(import_json::PATH, post(import_json));
    #[cfg(feature = "csv-handler")]
    let app = app
        .route(csv_page::PATH, get(csv_page))
        .route(import_csv::PATH, post(import_csv));
    app.layer(map_response(errors_as_pages))
        .with_state(Store::default())
}
