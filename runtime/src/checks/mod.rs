//! Checks what the compiler can see between a form and its handler, in one build. Each check is a
//! constant function that panics with the message, at the token for which it is called; it costs
//! the program nothing.
//!
//! The checks do not compare builds: that is what the checker's rules do, where their meaning is
//! explained.

#![expect(
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a panic in a constant is how a message reaches the compiler"
)]

mod fields;
mod message;
mod reach;
mod redirect;
mod shown;

pub use fields::fields_fit;
pub use reach::serves_method;
pub(crate) use reach::{may_mean, surely_goes_to};
pub use redirect::{redirect_arrives, redirect_ends_in_time, redirect_fills, url_of};
pub use shown::{
    Found, Named, NotAHandler, is_among, is_handler, is_taken, links_whole, metadata, takes_method,
    url,
};

use crate::metadata::{FormMetadata, HandlerMetadata, Value, is_before};
use crate::text::{Text, eq};
use message::{named, named_in};
use reach::goes_to;

/// A form must not be older than its handler.
#[track_caller]
pub const fn begins_in_time(form: &FormMetadata, handler: &HandlerMetadata) {
    if !goes_to(form, handler) || !is_before(&form.lifespan.since, &handler.lifespan.since) {
        return;
    }
    let text = named("the form ", form, " is older than its handler ", handler)
        .and("\n`")
        .and(form.name)
        .and("` has `since = \"")
        .and(form.lifespan.since.text)
        .and("\"`, but `")
        .and(handler.name)
        .and("` has `since = \"")
        .and(handler.lifespan.since.text)
        .and("\"`\na form with a new handler counts as a new form: write `since = \"")
        .and(handler.lifespan.since.text)
        .and("\"`");
    panic!("{}", text.as_str())
}

/// A form must be removed at least one release before its handler.
#[track_caller]
pub const fn ends_in_time(form: &FormMetadata, handler: &HandlerMetadata) {
    let Some(end) = &handler.lifespan.until else {
        return;
    };
    if !goes_to(form, handler) {
        return;
    }
    let text = named("the form ", form, " outlives its handler ", handler).and("\n`");
    let text = match &form.lifespan.until {
        Some(until) if is_before(until, end) => return,
        Some(until) if is_before(end, until) => text
            .and(form.name)
            .and("` has `until = \"")
            .and(until.text)
            .and("\"`, but `")
            .and(handler.name)
            .and("` has"),
        Some(_) => text
            .and(form.name)
            .and("` and `")
            .and(handler.name)
            .and("` both have"),
        None => text
            .and(form.name)
            .and("` has no `until`, but `")
            .and(handler.name)
            .and("` has"),
    };
    let text = text
        .and(" `until = \"")
        .and(end.text)
        .and("\"`\npages that contain the form stay open after its removal: give the form an `until` before \"")
        .and(end.text)
        .and("\", or the handler a later `until`");
    panic!("{}", text.as_str())
}

/// The handler must serve the form's method on the form's path, and read the
/// encoding that the form sends.
#[track_caller]
pub const fn arrives(form: &FormMetadata, handler: &HandlerMetadata) {
    if !goes_to(form, handler) {
        return;
    }
    if let Some(method) = form.method
        && !serves_method(handler, method)
    {
        let text = named_in(
            "the form ",
            form,
            " and its handler ",
            handler,
            " have different methods",
        )
        .and("\n`")
        .and(form.name)
        .and("` sends ")
        .and(method)
        .and(", but `")
        .and(handler.name)
        .and("` serves ")
        .and_endpoints(handler.endpoints)
        .and(": change the form's method, or name another handler");
        panic!("{}", text.as_str())
    }
    if let (Some(sent), Some(read)) = (form.encoding, handler.encoding)
        && !eq(sent, read)
        && holds_fields(&form.fields)
    {
        let text = named_in(
            "the form ",
            form,
            " and its handler ",
            handler,
            " have different encodings",
        )
        .and("\n`")
        .and(form.name)
        .and("` sends ")
        .and(sent)
        .and(", but `")
        .and(handler.name)
        .and("` reads ")
        .and(read)
        .and("\nchange one of the two, or set `encoding` where it was inferred wrongly");
        panic!("{}", text.as_str())
    }
}

/// A handler of several methods must be named with one of them, and one that is named
/// must be among its own.
#[track_caller]
pub const fn has_endpoint(handler: &HandlerMetadata, method: Option<&str>) {
    match (method, handler.endpoints) {
        (_, []) => {}
        (Some(method), _) if serves_method(handler, method) => {}
        (Some(method), _) => {
            let text = Text::new("`")
                .and(handler.name)
                .and("` does not serve ")
                .and(method)
                .and("\nit serves ")
                .and_endpoints(handler.endpoints);
            panic!("{}", text.as_str())
        }
        (None, [first, .., last]) if !eq(first.method, last.method) => {
            let text = Text::new("`")
                .and(handler.name)
                .and("` serves several endpoints: `posts_to` must name one\nit serves ")
                .and_endpoints(handler.endpoints)
                .and("\nwrite the method before the handler, such as `posts_to = ")
                .and(first.method)
                .and(" ")
                .and(handler.name)
                .and("`");
            panic!("{}", text.as_str())
        }
        (None, _) => {}
    }
}

/// The first endpoint of a handler that has this method, as an entry of `posts_to`; if
/// there is none, a check has said so.
pub const fn endpoint(handler: &HandlerMetadata, method: Option<&str>) -> &'static str {
    let endpoints = handler.endpoints;
    let mut next = 0;
    while next < endpoints.len() {
        let is_it = match method {
            Some(method) => eq(method, endpoints[next].method),
            None => true,
        };
        if is_it {
            return endpoints[next].json;
        }
        next += 1;
    }
    "null"
}

/// Whether there is something to be written in any encoding.
const fn holds_fields(value: &Value) -> bool {
    match value {
        Value::Fields { list, .. } => !list.is_empty(),
        Value::NotDeclared
        | Value::Any
        | Value::Boolean
        | Value::Number
        | Value::Choice(_)
        | Value::ChoiceInAnyCase(_) => true,
    }
}
