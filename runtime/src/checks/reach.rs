//! Which handlers a form may reach.

use crate::metadata::{FormMetadata, HandlerMetadata};
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
        if eq(endpoint.method, method) && crate::pattern::may_reach(path, endpoint.url) {
            return true;
        }
        next += 1;
    }
    false
}
