//! The CSV importer's page: the form, and after it a notice that it is gone.

use askama::Template;
use axum::response::Response;
use coexist::{form, handler};

use crate::pages::page;

#[cfg(feature = "csv-form")]
#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "csv.html")]
struct CsvPage;

#[cfg(feature = "csv-form")]
#[handler(GET "/imports/csv", since = "1.0.0")]
pub(crate) async fn csv_page() -> Response {
    page(&CsvPage)
}

/// For those who still have a home page with a link to the form.
#[cfg(not(feature = "csv-form"))]
#[form(since = "1.1.0")]
#[derive(Template)]
#[template(path = "csv_gone.html")]
struct CsvGonePage;

#[cfg(not(feature = "csv-form"))]
#[handler(GET "/imports/csv", since = "1.0.0", until = "1.2.0")]
pub(crate) async fn csv_page() -> Response {
    page(&CsvGonePage)
}
