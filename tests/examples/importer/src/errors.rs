//! What goes wrong with a request, as the page that says so.

use askama::Template;
use axum::body::to_bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coexist::form;

use crate::pages::page;

/// Longer messages are not shown.
const LONGEST: usize = 4096;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    status: StatusCode,
    message: String,
}

/// Why a file makes no import.
pub(crate) struct Unusable(pub(crate) String);

impl IntoResponse for Unusable {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, self.0).into_response()
    }
}

/// Turns an error, which handlers and axum's extractors answer with as text, into
/// a page.
pub(crate) async fn errors_as_pages(response: Response) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let text = to_bytes(response.into_body(), LONGEST)
        .await
        .unwrap_or_default();
    let message = String::from_utf8_lossy(&text).into_owned();
    (status, page(&ErrorPage { status, message })).into_response()
}
