//! What is read out of HTML passes the lints that a careful app turns on.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    unused
)]
#![deny(
    dead_code,
    missing_docs,
    unreachable_pub,
    unnameable_types,
    unsafe_op_in_unsafe_fn
)]
#![deny(missing_debug_implementations, missing_copy_implementations)]
#![deny(
    absolute_paths_not_starting_with_crate,
    explicit_outlives_requirements,
    redundant_lifetimes
)]
#![deny(
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unused_lifetimes,
    unused_results
)]
#![deny(
    non_ascii_idents,
    meta_variable_misuse,
    let_underscore_drop,
    ambiguous_negative_literals
)]
#![deny(unused_import_braces, unused_macro_rules, variant_size_differences)]

use askama::Template;
use coexist::{Fields, form, handler};
use maud::{Markup, html};

coexist::prefix!(Api = "/api");

/// What is sent.
#[derive(Debug, Fields)]
pub struct Note {
    /// Its text.
    pub text: String,
}

/// Handlers.
pub mod notes {
    use coexist::handler;

    /// Adds.
    #[handler(POST "/notes", under = crate::Api, since = "1.0.0")]
    pub fn add() {}

    #[handler(GET "/notes", under = crate::Api, since = "1.0.0")]
    pub(crate) fn list() {}
}

/// Reads `sends`, although only a link needs it.
#[form(sends = Note, posts_to = [notes::list, "GET /other"], page = notes::list, since = "1.0.0")]
#[derive(Debug, Template)]
#[template(ext = "html", source = r#"<a href="{{ url }}">Notes</a>"#)]
pub struct Links<'a> {
    url: &'a str,
}

/// Names handlers.
#[form(name = "add", since = "1.0.0")]
#[form(posts_to = _, since = "1.0.0")]
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r#"
<form id="add" method="post" action="{{ notes::add::URL }}"><input name="text"></form>
<a href="{{ crate::notes::list::URL }}">Notes</a> <a href="{{ url }}">Other</a>"#
)]
pub struct Names<'a> {
    url: &'a str,
}

/// A page.
#[form(since = "1.0.0")]
#[handler(GET "/page", since = "1.0.0")]
pub fn page(Path(id): Path<'_>) -> Markup {
    html! {
        form method="post" action=(notes::add::URL) { input name="text"; }
        form method="post" action="save" {}
        a href={ "/notes/" (id) } { "Note" }
    }
}

/// An id.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a>(pub &'a str);

/// A text.
#[form(posts_to = notes::add, since = "1.0.0")]
pub const TEXT: &str = "<form method='post' action='/api/notes'></form>";

fn main() {
    notes::add();
    notes::list();
    let links = Links { url: "/" }.render();
    let names = Names { url: "/" }.render();
    assert!(links.is_ok() && names.is_ok());
    assert!(!page(Path("7")).0.is_empty());
}
