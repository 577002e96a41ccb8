//! The pages that belong to no importer, and what all pages have in common.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response, Result};
use coexist::{form, handler};

use crate::imports::Import;
#[cfg(feature = "csv-form")]
use crate::imports::csv::csv_page;
use crate::imports::json::json_page;
use crate::store::Store;

/// What the foot of each page says: which release served it.
pub(crate) const RELEASE: &str = match option_env!("COEXIST_RELEASE") {
    Some(release) => release,
    None => env!("CARGO_PKG_VERSION"),
};

/// The importers that the home page links to: name, address.
const IMPORTERS: &[(&str, &str)] = &[
    #[cfg(feature = "csv-form")]
    ("CSV", csv_page::PATH),
    ("JSON", json_page::PATH),
];

#[cfg_attr(feature = "csv-form", form(name = "csv", posts_to = csv_page, since = "1.0.0"))]
#[form(posts_to = [json_page, show_import], since = "1.0.0")]
#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    /// With the addresses of their pages.
    imports: Vec<(String, Arc<Import>)>,
}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    import: Arc<Import>,
}

#[handler(GET "/", since = "1.0.0")]
pub(crate) async fn home(State(store): State<Store>) -> Response {
    let imports = store.newest_first().into_iter();
    let imports = imports
        .map(|(id, import)| (address_of(id), import))
        .collect();
    page(&HomePage { imports })
}

#[handler(GET "/results/{id}", since = "1.0.0")]
pub(crate) async fn show_import(
    State(store): State<Store>,
    Path(id): Path<String>,
) -> Result<Response> {
    let import = id.parse().ok().and_then(|id| store.get(id));
    let import = import.ok_or((StatusCode::NOT_FOUND, "There is no such import."))?;
    Ok(page(&ImportPage { import }))
}

fn address_of(id: usize) -> String {
    show_import::PATH.replace("{id}", &id.to_string())
}

/// Sends the browser on to an import. As after a click on a link, another node may
/// answer: so this is also a form.
#[form(posts_to = show_import, since = "1.0.0")]
pub(crate) fn redirect_to_import(id: usize) -> Redirect {
    Redirect::to(&address_of(id))
}

/// Answers with a page.
pub(crate) fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
