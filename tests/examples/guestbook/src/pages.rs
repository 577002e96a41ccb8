//! The home page, and what all pages have in common.

use std::sync::Arc;

use actix_web::route;
use actix_web::web::{Data, Html};
use askama::Template;
use coexist::{form, handler};

use crate::entries::sign;
use crate::errors::Problem;
use crate::store::{Entry, Store};

/// What the foot of each page says: which release served it.
pub(crate) const RELEASE: &str = match option_env!("COEXIST_RELEASE") {
    Some(release) => release,
    None => env!("CARGO_PKG_VERSION"),
};

/// The home page shows that many entries.
const LATEST: usize = 5;

#[cfg_attr(
    feature = "import-form",
    derive(Template),
    template(path = "home_with_import.html")
)]
#[cfg_attr(
    not(feature = "import-form"),
    derive(Template),
    template(path = "home.html")
)]
#[form(posts_to = sign, since = "1.0.0")]
struct HomePage {
    entries: Vec<Arc<Entry>>,
}

#[handler(since = "1.0.0")]
#[route("/", method = "GET", method = "HEAD")]
pub(crate) async fn home(store: Data<Store>) -> Result<Html, Problem> {
    let entries = store.all().into_iter().rev().take(LATEST).collect();
    page(&HomePage { entries })
}

/// Answers with a page.
pub(crate) fn page(template: &impl Template) -> Result<Html, Problem> {
    template.render().map(Html::new).map_err(Problem::internal)
}
