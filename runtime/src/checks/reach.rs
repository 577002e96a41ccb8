//! Which handlers a form may reach.

use crate::metadata::{Endpoint, FormMetadata, HandlerMetadata};
use crate::pattern::{may_reach, surely_reaches};
use crate::text::eq;

/// Whether the handler serves this method on any path.
pub const fn serves_method(handler: &HandlerMetadata, method: &str) -> bool {
    let mut next = 0;
    while next < handler.endpoints.len() {
        if eq(handler.endpoints[next].method, method) {
            return true;
        }
        next += 1;
    }
    false
}

/// The endpoint of a handler that a hole of the path may mean: one of this method that the path
/// may reach, but does not surely.
const fn meant<'a>(handler: &'a HandlerMetadata, method: &str, path: &str) -> Option<&'a Endpoint> {
    let mut next = 0;
    while next < handler.endpoints.len() {
        let endpoint = &handler.endpoints[next];
        if eq(endpoint.method, method)
            && may_reach(path, endpoint.url)
            && !surely_reaches(path, endpoint.url)
        {
            return Some(endpoint);
        }
        next += 1;
    }
    None
}

/// Whether a hole of the path may mean an endpoint of this handler.
pub const fn may_mean(handler: &HandlerMetadata, method: &str, path: &str) -> bool {
    meant(handler, method, path).is_some()
}

/// That endpoint, as an entry of `posts_to`.
pub const fn meant_endpoint(
    handler: &'static HandlerMetadata,
    method: &str,
    path: &str,
) -> &'static str {
    match meant(handler, method, path) {
        Some(endpoint) => endpoint.json,
        None => "null",
    }
}

/// Whether the path surely reaches an endpoint of this handler.
pub const fn surely_goes_to(handler: &HandlerMetadata, method: &str, path: &str) -> bool {
    let mut next = 0;
    while next < handler.endpoints.len() {
        let endpoint = &handler.endpoints[next];
        if eq(endpoint.method, method) && surely_reaches(path, endpoint.url) {
            return true;
        }
        next += 1;
    }
    false
}

/// Whether the form may be on its way to this handler: where the HTML shows an
/// address, it is that of the handler. Of a handler without an endpoint nothing is
/// known, and another error has said why.
pub(super) const fn goes_to(form: &FormMetadata, handler: &HandlerMetadata) -> bool {
    if handler.endpoints.is_empty() {
        return false;
    }
    match (form.method, form.path) {
        (Some(method), Some(path)) => serves(handler, method, path),
        _ => true,
    }
}

const fn serves(handler: &HandlerMetadata, method: &str, path: &str) -> bool {
    let mut next = 0;
    while next < handler.endpoints.len() {
        let endpoint = &handler.endpoints[next];
        if eq(endpoint.method, method) && may_reach(path, endpoint.url) {
            return true;
        }
        next += 1;
    }
    false
}
