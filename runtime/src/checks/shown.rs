//! Checks what the compiler can see between a handler and the HTML that sends to it.

use core::marker::PhantomData;

use super::reach::serves_method;
use crate::handler::{Handler, NotAnnotated};
use crate::metadata::{Endpoint, HandlerMetadata, Lifespan, Value, Version};
use crate::pattern::may_reach;
use crate::text::{Text, eq};

/// Looks up whether a type that HTML names by its constant is a handler: `FOUND` says.
#[derive(Debug)]
pub struct Named<T: ?Sized>(PhantomData<T>);

/// What a name in HTML stands for.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    /// A handler.
    Handler {
        /// Its path, as the router takes it.
        path: &'static str,
        /// Its whole path.
        url: &'static str,
        /// All that the checks compare.
        metadata: &'static HandlerMetadata,
    },
    /// Nothing that can be seen, or a function without an annotation.
    Nothing,
    /// Another type.
    Other,
}

/// The answer of [`Named`] for a type that is not a handler.
pub trait NotAHandler {
    /// It is something else.
    const FOUND: Found = Found::Other;
}

impl<T: ?Sized> NotAHandler for Named<T> {}

impl<T: ?Sized + Handler> Named<T> {
    /// It is a handler.
    pub const FOUND: Found = Found::Handler {
        path: T::PATH,
        url: T::URL,
        metadata: T::METADATA,
    };
}

impl Named<NotAnnotated> {
    /// It stands for what was not found.
    pub const FOUND: Found = Found::Nothing;
}

/// The metadata of what was found; none if it is not a handler.
pub const fn metadata(found: &Found) -> &'static HandlerMetadata {
    const NEVER: Version = Version {
        numbers: [0; 3],
        pre: &[],
        text: "",
    };
    match found {
        Found::Handler { metadata, .. } => metadata,
        Found::Nothing | Found::Other => &HandlerMetadata {
            name: "",
            lifespan: Lifespan {
                since: NEVER,
                until: None,
            },
            endpoints: &[],
            pages: "null",
            encoding: None,
            reader: None,
            fields: Value::NotDeclared,
            query: Value::NotDeclared,
            query_reader: None,
        },
    }
}

/// What HTML names by its constant must be a handler. Where the compiler `points` at the
/// name itself, it has said what is not found.
#[track_caller]
pub const fn is_handler(found: &Found, points: bool, name: &str, place: &str) {
    match found {
        Found::Handler { .. } => return,
        Found::Nothing if points => return,
        Found::Nothing | Found::Other => {}
    }
    let text = Text::new("this HTML refers to something that is not a handler\n")
        .and(place)
        .and("\n`")
        .and(name)
        .and("` is not annotated with `#[handler]`, or is not visible here: annotate it. If `PATH` or `URL` is your own constant, rename it");
    panic!("{}", text.as_str())
}

/// A page must contain the whole path of a handler, with its prefix.
#[track_caller]
pub const fn links_whole(found: &Found, name: &str, place: &str) {
    if let Found::Handler { path, url, .. } = found
        && !eq(path, url)
    {
        let text = Text::new("the path lacks its prefix\n")
            .and(place)
            .and("\n`")
            .and(name)
            .and("::PATH` is \"")
            .and(path)
            .and("\", relative to the prefix: use `")
            .and(name)
            .and("::URL`, which is \"")
            .and(url)
            .and("\"");
        panic!("{}", text.as_str())
    }
}

/// The whole path of a handler: of several, the first.
pub const fn url(handler: &HandlerMetadata) -> &'static str {
    match handler.endpoints {
        [first, ..] => first.url,
        [] => "",
    }
}

/// One of the requests that HTML shows must be one for what `posts_to` names: for these
/// endpoints, of a handler if it has a name; with this method if `posts_to` has one. Each
/// request is a method and its paths, either of which is empty if an expression decides it.
#[track_caller]
pub const fn is_among(
    handler: &str,
    endpoints: &[Endpoint],
    stated: Option<&str>,
    requests: &[(&str, &[&str])],
    origin: &str,
) {
    if endpoints.is_empty() {
        return;
    }
    let mut next = 0;
    while next < requests.len() {
        if may_be_for(endpoints, stated, requests[next]) {
            return;
        }
        next += 1;
    }
    let text = Text::new("`posts_to` does not match ")
        .and(origin)
        .and("\nnothing in it submits to ");
    let text = if handler.is_empty() {
        text
    } else {
        text.and("`").and(handler).and("`, which serves ")
    };
    let mut text = text.and_endpoints(endpoints).and("\nit submits to ");
    next = 0;
    while next < requests.len() {
        let (method, paths) = requests[next];
        let paths = if paths.is_empty() {
            &["(an expression)"]
        } else {
            paths
        };
        let mut at = 0;
        while at < paths.len() {
            text = text
                .and(if next + at == 0 { "" } else { ", " })
                .and(method)
                .and(if method.is_empty() { "" } else { " " })
                .and(paths[at]);
            at += 1;
        }
        next += 1;
    }
    panic!("{}", text.and("\ncorrect `posts_to` or the HTML").as_str())
}

const fn may_be_for(
    endpoints: &[Endpoint],
    stated: Option<&str>,
    request: (&str, &[&str]),
) -> bool {
    let (method, paths) = request;
    let mut is_served = false;
    let mut next = 0;
    while next < endpoints.len() {
        let endpoint = &endpoints[next];
        let is_meant = match stated {
            Some(stated) => eq(endpoint.method, stated),
            None => true,
        };
        let is_method = method.is_empty() || eq(endpoint.method, method);
        let is_path = paths.is_empty() || may_reach_one(paths, endpoint.url);
        if is_meant && is_method && is_path {
            return true;
        }
        is_served |= is_meant;
        next += 1;
    }
    // If the handler does not serve the method of `posts_to`, another check reports that.
    !is_served
}

const fn may_reach_one(paths: &[&str], pattern: &str) -> bool {
    let mut next = 0;
    while next < paths.len() {
        if may_reach(paths[next], pattern) {
            return true;
        }
        next += 1;
    }
    false
}

/// Whether a handler with this method is among those of `posts_to`, each with the method
/// that is stated for it; or one that already has an error.
pub const fn is_taken(handlers: &[(&HandlerMetadata, Option<&str>)], method: &str) -> bool {
    let mut next = 0;
    while next < handlers.len() {
        let (handler, stated) = handlers[next];
        let is_meant = match stated {
            Some(stated) if !serves_method(handler, stated) => return true,
            Some(stated) => eq(stated, method),
            None => true,
        };
        if handler.endpoints.is_empty() || (is_meant && serves_method(handler, method)) {
            return true;
        }
        next += 1;
    }
    false
}

/// A handler that serves this method must be among those of `posts_to`.
#[track_caller]
pub const fn takes_method(
    handlers: &[(&HandlerMetadata, Option<&str>)],
    method: &str,
    place: &str,
) {
    if is_taken(handlers, method) {
        return;
    }
    let text = Text::new("no handler in `posts_to` serves ")
        .and(method)
        .and("\n")
        .and(place)
        .and("\nthis address is an expression: add the handler that serves it to `posts_to`");
    panic!("{}", text.as_str())
}
