//! The macros of `coexist`. Users name them through that crate, whose documentation has examples.
//!
//! A thin shell: `pipeline` passes the arguments and the item to the crate `coexist-source`, which
//! returns a model or all errors, and `expand` writes the model as tokens. What is only
//! known during a compilation is found here: `build_release` and `surroundings` ask about the build
//! and the file, and `page` about the HTML of an item, with which `form` completes its model. On an error,
//! `adaptor` emits the item as it was written.

mod adaptor;
mod build_release;
mod expand;
mod files;
mod form;
mod page;
mod pipeline;
mod surroundings;

use proc_macro::TokenStream;

/// Marks the function that serves an endpoint.
///
/// ```ignore
/// #[handler(POST "/imports/{id}", since = "1.0.0", until = "2.0.0")]
/// async fn import(Path(id): Path<u64>, Form(import): Form<Import>) -> Redirect { /* … */ }
/// ```
///
/// | key | value | meaning |
/// | --- | --- | --- |
/// | (first) | `METHOD "path"` | the endpoint, in the router's syntax; `import::PATH` then holds the route |
/// | `since` | `"1.0.0"` | the release in which the handler appears |
/// | `until` | `"2.0.0"` | the release in which it is gone; left out: not announced |
/// | `accepts` | a type | the fields it reads, where the arguments do not show them; `_`: not declared |
/// | `encoding` | `"urlencoded"`, `"multipart"`, `"json"`, `"text"`, `"query"` | how the fields arrive, where the arguments do not show it |
/// | `reader` | `"serde_urlencoded"`, `"serde_html_form"`, `"serde_qs"`, `"rocket"`, `"rocket_strict"`, `"axum_typed_multipart"`, `"actix_multipart"`, `"serde_json"` | the library that reads them, where the extractor is not one that is known |
/// | `under` | a prefix | the [`prefix`](macro@prefix) of the path |
/// | `parameters(…)` | `id = u32`, `locale = ["en", "fr"]`, `slug = "[a-z-]+"` | what the parameters of the path take: what parses as a type, one of several texts, what a regular expression matches as a whole |
/// | `redirect`, `to` | `308`, a handler or a path | the handler does nothing but redirect, with this status, to there; a path has the names of this handler's parameters |
/// | `query` | `true` | the redirect keeps the query of the request |
/// | `flag` | `"new-checkout"` | the feature flag that must be on for it to serve |
/// | `routing` | as for [`release!`] | what its router does, where that differs from the rest of the app |
///
/// The fields come from the argument's type (`Form<T>`, `Json<T>`, `Query<T>`,
/// `TypedMultipart<T>`) if it derives `Fields`, and if the extractor is that of a crate that is
/// known, by the `use` declarations of its file; of several arguments, the one that reads the body
/// counts. Versions are three numbers, semver or calendar (`2026.11.24`).
///
/// Beside the function stands a type of the same name and visibility. It holds
/// the route, `import::PATH`, and forms name it in `posts_to`; one `use` brings
/// both. For methods, see [`handlers`].
#[proc_macro_attribute]
pub fn handler(args: TokenStream, item: TokenStream) -> TokenStream {
    adaptor::attribute(args, item, pipeline::handler)
}

/// Lets `#[handler]` stand on the methods of an `impl` block.
///
/// ```ignore
/// #[coexist::handlers]
/// impl Api {
///     #[handler(POST "/imports/csv", since = "1.0.0")]
///     async fn import_csv(State(api): State<Api>, Form(import): Form<CsvImport>) { /* … */ }
/// }
///
/// Router::new().route(Api::IMPORT_CSV.path, post(Api::import_csv));
///
/// #[form(posts_to = Api::import_csv, since = "1.0.0")]
/// fn upload_page() -> Markup { /* … */ }
/// ```
///
/// No type can stand beside a method, so a constant does: `Api::IMPORT_CSV`, an `Endpoint`, has the
/// route of `Api::import_csv`. Forms name the method. In the annotations, `Self` is the
/// type of the block. The block has no arguments, and is not that of a trait.
#[proc_macro_attribute]
pub fn handlers(args: TokenStream, block: TokenStream) -> TokenStream {
    adaptor::block(args, block, pipeline::handlers)
}

/// Marks a page, or a part of one, that sends requests back: a form, a link, an
/// htmx attribute, a script's call.
///
/// ```ignore
/// #[form(posts_to = import_csv, sends = CsvImport, since = "1.0.0")]
/// fn upload_page() -> Markup { /* … */ }
///
/// #[form(name = "save", posts_to = save, since = "1.0.0")]
/// #[form(name = "delete", posts_to = [delete, "POST /audit/{id}"], since = "1.2.0")]
/// struct EditPage { /* … */ }
/// ```
///
/// | key | value | meaning |
/// | --- | --- | --- |
/// | `posts_to` | a handler, or a list | where it sends to; a string `"METHOD /path"` for a handler in another program |
/// | `since` | `"1.0.0"` | the release in which the form appears in its present state |
/// | `until` | `"2.0.0"` | the release in which it is gone; left out: not announced |
/// | `sends` | a type that derives `Fields` | the fields it sends; left out: not declared |
/// | `encoding` | as for `handler` | how it sends them; left out: as its handler reads them |
/// | `name` | `"save"` | tells several forms on one item apart |
/// | `page` | a handler or a path, or a list | the pages that hold it: where it is sent to if it has no action |
/// | `redirect` | (none) | it is a redirect that a handler answers with |
/// | `flag` | `"new-checkout"` | the feature flag that must be on for it to be there |
/// | `lifetime` | `"30d"` | how long it stays open, in a mail for example; left out: as long as a page |
///
/// It goes on functions (methods too), structs, enums, consts and statics.
#[proc_macro_attribute]
pub fn form(args: TokenStream, item: TokenStream) -> TokenStream {
    adaptor::attribute(args, item, pipeline::form)
}

/// States a prefix of paths, once: what axum nests, actix-web scopes, Rocket mounts at, or
/// a reverse proxy takes off.
///
/// ```ignore
/// coexist::prefix!(pub(crate) Api = "/api");
/// coexist::prefix!(pub(crate) Admin = "/admin", under = Api);
///
/// #[handler(POST "/users", under = Admin, since = "1.0.0")]
/// async fn add_user(/* … */) { /* … */ }
///
/// let admin = Router::new().route(add_user::PATH, post(add_user)); // "/users"
/// Router::new().nest(Admin::PATH, admin); // "/admin"
/// add_user::URL; // "/api/admin/users", for pages
/// ```
#[proc_macro]
pub fn prefix(input: TokenStream) -> TokenStream {
    adaptor::function(input, pipeline::prefix)
}

/// Declares what serves the files below a path (tower-http's `ServeDir`, actix-web's `Files`,
/// Rocket's `FileServer`) as a handler of all that is below it.
///
/// ```ignore
/// coexist::files!(pub(crate) Assets = "/static", since = "1.0.0");
///
/// Router::new().nest_service(Assets::PATH, ServeDir::new("static"))
/// ```
///
/// | key | value | meaning |
/// | --- | --- | --- |
/// | `since`, `until` | as for `handler` | the releases in which the files are served |
/// | `under` | a prefix | the [`prefix`](macro@prefix) of the path |
/// | `flag` | `"new-site"` | the feature flag that must be on |
#[proc_macro]
pub fn files(input: TokenStream) -> TokenStream {
    adaptor::function(input, pipeline::files)
}

/// States which release this build is: once, in `main.rs`.
///
/// ```ignore
/// coexist::release!();
/// coexist::release!(routing = "method-first", trailing_slash = "trim");
/// ```
///
/// | key | value | meaning |
/// | --- | --- | --- |
/// | `routing` | `"path-first"`, `"method-first"` | what the router does where a path fits and its handlers do not take the method: it answers 405, or it tries the next route; left out: as the attributes of actix-web and Rocket say, else `path-first` |
/// | `trailing_slash` | `"trim"`, `"append"` | what the app does with the slash at the end of a path before it routes the request; left out: nothing |
///
/// The name is the package's. The version is that of the environment variable
/// `COEXIST_RELEASE` at build time, otherwise the package's; when the variable
/// changes, cargo rebuilds the crate.
#[proc_macro]
pub fn release(input: TokenStream) -> TokenStream {
    adaptor::function(input, pipeline::release)
}

/// Reads from a type, and its serde attributes or Rocket's, which fields a request
/// holds.
///
/// ```ignore
/// #[derive(Deserialize, Fields)]
/// struct CsvImport { file_name: String, notes: Option<String> }
///
/// #[derive(FromForm, Fields)]
/// struct SignUp { name: String, brings: Brings, hide_name: bool }
/// ```
///
/// On a struct it lists the fields; on an enum of unit variants, the choices of
/// the field that holds it. A newtype (a struct of one unnamed field, or
/// `#[serde(transparent)]`) is read as the type that it contains.
///
/// It reads serde's attributes `rename`, `rename_all`, `alias`, `default`, `skip`, `flatten`,
/// `deny_unknown_fields`, `other`, `transparent` and, as far as they decide what
/// is required, `with` and `deserialize_with`. Attributes that replace the fields
/// by those of another type (`from`, `tag`, `untagged`, …) are an error.
///
/// # Rocket
///
/// Beside `FromForm` or `FromFormField`, it reads these keys of `#[field(…)]`: `name`,
/// `value`, `default`, `default_with`. It assumes that forms are read leniently, as
/// `Form<T>` does; `Strict<T>` rejects more than is stated here.
///
/// | type | if it is left out | accepts |
/// | --- | --- | --- |
/// | `bool` | `false` | `true`, `on`, `yes`, nothing, `false`, `off`, `no`, in any case |
/// | an enum with `FromFormField` | rejected | its choices, in any case |
/// | `Option`, `Result` | `None`, `Err` | anything: a value that does not parse is left out |
/// | `Vec`, `HashMap` | empty | what its values accept |
/// | a struct with `FromForm` | not declared | not declared: its fields have names of their own, `person.name` |
/// | another type that derives nothing here | not declared | not declared: it may have a default |
///
/// A derive does not see the other derives of its type. So it reads the source file, and
/// finds the type there by its name. In code that a macro generates, it finds none: there,
/// one `#[field(…)]` shows that the type is Rocket's, such as
/// `#[field(name = "file_name")]` on the field `file_name`. A type with `Deserialize`
/// beside `FromForm` accepts what either accepts.
#[proc_macro_derive(Fields, attributes(serde))]
pub fn fields(input: TokenStream) -> TokenStream {
    adaptor::function(input, pipeline::fields)
}

/// Emits the item, followed by the arguments: items that go where it goes.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn __with(args: TokenStream, mut item: TokenStream) -> TokenStream {
    item.extend(args);
    item
}

/// The implementations of `Fields` for the standard library's types, for the
/// crate `coexist` alone.
#[doc(hidden)]
#[proc_macro]
pub fn __values(input: TokenStream) -> TokenStream {
    adaptor::function(input, |_| expand::values::values())
}
