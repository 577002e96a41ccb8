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

/// Whether a hole of the path may mean this endpoint: the path may reach it, but does not surely.
pub(crate) const fn may_mean(endpoint: &Endpoint, method: &str, path: &str) -> bool {
    eq(endpoint.method, method)
        && may_reach(path, endpoint.url)
        && !surely_reaches(path, endpoint.url)
}

/// Whether the path surely reaches an endpoint of this handler.
pub(crate) const fn surely_goes_to(handler: &HandlerMetadata, method: &str, path: &str) -> bool {
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

/// Whether the form may be on its way to this handler: where the HTML shows
/// addresses, one is that of the handler. Of a handler without an endpoint nothing is
/// known, and another error has said why.
pub(super) const fn goes_to(form: &FormMetadata, handler: &HandlerMetadata) -> bool {
    if handler.endpoints.is_empty() {
        return false;
    }
    let (Some(method), [_, ..]) = (form.method, form.paths) else {
        return true;
    };
    let mut next = 0;
    while next < form.paths.len() {
        if serves(handler, method, form.paths[next]) {
            return true;
        }
        next += 1;
    }
    false
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
