//! The import's page: the form, and after it a notice that it is gone.

use actix_web::get;
use actix_web::web::Html;
use askama::Template;

use crate::errors::Problem;
use crate::pages::page;

#[cfg(feature = "import-form")]
#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage;

#[cfg(feature = "import-form")]
#[get("/import")]
pub(crate) async fn import_page() -> Result<Html, Problem> {
    page(&ImportPage)
}

/// For those who still have a home page with a link to the form.
#[cfg(not(feature = "import-form"))]
#[derive(Template)]
#[template(path = "import_gone.html")]
struct ImportGonePage;

#[cfg(not(feature = "import-form"))]
#[get("/import")]
pub(crate) async fn import_page() -> Result<Html, Problem> {
    page(&ImportGonePage)
}
