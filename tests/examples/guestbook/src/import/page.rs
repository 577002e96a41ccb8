//! The import's page: the form, and after it a notice that it is gone.

use actix_web::get;
use actix_web::web::Html;
use askama::Template;
use coexist::{form, handler};

#[cfg(feature = "import-form")]
use super::import;
use crate::errors::Problem;
use crate::pages::page;

#[cfg(feature = "import-form")]
#[form(posts_to = import, since = "1.0.0")]
#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage;

#[cfg(feature = "import-form")]
#[handler(since = "1.0.0")]
#[get("/import")]
pub(crate) async fn import_page() -> Result<Html, Problem> {
    page(&ImportPage)
}

/// For those who still have a home page with a link to the form.
#[cfg(not(feature = "import-form"))]
#[form(since = "1.1.0")]
#[derive(Template)]
#[template(path = "import_gone.html")]
struct ImportGonePage;

#[cfg(not(feature = "import-form"))]
#[handler(since = "1.0.0", until = "1.2.0")]
#[get("/import")]
pub(crate) async fn import_page() -> Result<Html, Problem> {
    page(&ImportGonePage)
}
