//! What goes wrong with a request, as the page that says so.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;
use coexist::form;

#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: String,
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a>(&'a Problem);

impl Problem {
    /// The request is understood, but what it asks for cannot be done.
    pub(crate) fn unusable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn internal(error: impl fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }

    /// What one of actix-web's extractors could not read.
    pub(crate) fn from_extractor(error: &impl ResponseError) -> actix_web::Error {
        Self::new(error.status_code(), error.to_string()).into()
    }

    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, message }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status, self.message)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        match ErrorPage(self).render() {
            Ok(html) => response.content_type("text/html; charset=utf-8").body(html),
            Err(_) => response.body(self.to_string()),
        }
    }
}

/// Answers what no other handler takes.
pub(crate) async fn not_there() -> Result<HttpResponse, Problem> {
    Err(Problem::not_found("Nothing here takes this request."))
}
