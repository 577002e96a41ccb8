//! What a form may name in `posts_to`.

use crate::metadata::HandlerMetadata;

/// An endpoint: what [`#[handler]`](macro@crate::handler) makes of a function.
///
/// Beside `fn import_csv` the attribute emits `enum import_csv {}`, which has
/// this trait and the constant `import_csv::PATH`. Functions and types have
/// names of their own kind, so one `use` brings both. Where a framework makes a type
/// of that name already, it is that one.
#[diagnostic::on_unimplemented(
    message = "expected a handler",
    label = "not annotated with `#[handler]`",
    note = "annotate the function: `#[handler(POST \"/path\", since = \"1.0.0\")]`",
    note = "to name a handler of another program, write its endpoint: `posts_to = \"POST /path\"`"
)]
pub trait Handler {
    /// The HTTP method, in capitals.
    const METHOD: &'static str;
    /// The path pattern, as the router expects it.
    const PATH: &'static str;
    /// The whole path pattern, with the [`Prefix`](crate::Prefix) below which the router
    /// is mounted: what a page links to.
    const URL: &'static str;
    /// All that the checks compare.
    #[doc(hidden)]
    const METADATA: &'static HandlerMetadata;
}

/// The endpoint of a method in an `impl` block with [`#[handlers]`](macro@crate::handlers): the
/// constant `Api::IMPORT_CSV` of the method `Api::import_csv`.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path pattern, as the router expects it.
    pub path: &'static str,
    /// The whole path pattern, with the [`Prefix`](crate::Prefix) below which the router
    /// is mounted: what a page links to.
    pub url: &'static str,
    /// All that the checks compare.
    #[doc(hidden)]
    pub __metadata: &'static HandlerMetadata,
}

/// A handler that serves a page: what a form may name in `page`.
#[diagnostic::on_unimplemented(
    message = "expected a handler",
    label = "not annotated with `#[handler]`",
    note = "annotate the function: `#[handler(GET \"/path\", since = \"1.0.0\")]`",
    note = "to name a page without its handler, write its path: `page = \"/path\"`"
)]
pub trait PageHandler {
    /// All that the checks compare.
    const METADATA: &'static HandlerMetadata;
}

#[diagnostic::do_not_recommend]
impl<T: Handler> PageHandler for T {
    const METADATA: &'static HandlerMetadata = T::METADATA;
}

/// A handler that another one redirects to: what `to` may name.
#[diagnostic::on_unimplemented(
    message = "expected a handler",
    label = "not annotated with `#[handler]`",
    note = "annotate the function: `#[handler(PUT \"/path\", since = \"1.0.0\")]`",
    note = "to redirect to a path without naming its handler, write the path: `to = \"/path\"`"
)]
pub trait RedirectHandler {
    /// All that the checks compare.
    const METADATA: &'static HandlerMetadata;
}

#[diagnostic::do_not_recommend]
impl<T: Handler> RedirectHandler for T {
    const METADATA: &'static HandlerMetadata = T::METADATA;
}

/// What `posts_to`, `page` and `to` find where the named function has no type beside it.
#[derive(Debug)]
pub enum NotAnnotated {}
