//! Checks what the compiler can see between a handler that only redirects and the one that it
//! leads to.

use super::reach::serves_method;
use crate::metadata::{HandlerMetadata, Lifespan, is_before};
use crate::pattern::parameter;
use crate::text::{Text, eq};

/// The handler that a redirect leads to must serve the method that arrives there.
#[track_caller]
pub const fn redirect_arrives(
    name: &str,
    status: &str,
    method: &str,
    after: &str,
    to: &HandlerMetadata,
) {
    if to.endpoints.is_empty() || serves_method(to, after) {
        return;
    }
    let text = Text::new("the redirect of `")
        .and(name)
        .and("` does not arrive\n")
        .and(method)
        .and(if eq(method, after) {
            " stays "
        } else {
            " becomes "
        })
        .and(after)
        .and(" after a ")
        .and(status)
        .and(", but `")
        .and(to.name)
        .and("` serves ")
        .and_endpoints(to.endpoints)
        .and("\nlead to a handler that serves ")
        .and(after)
        .and(", or answer with another status (307 and 308 keep the method)");
    panic!("{}", text.as_str())
}

/// A redirect must be gone at least one release before the handler that it leads to: who is
/// redirected by a node of the release before arrives at one of the next.
///
/// Its `since` is not compared: a handler may begin to redirect to a newer one, and keeps the
/// first release that its endpoint had.
#[track_caller]
pub const fn redirect_ends_in_time(name: &str, lifespan: &Lifespan, to: &HandlerMetadata) {
    let Some(end) = &to.lifespan.until else {
        return;
    };
    let text = Text::new("the redirect of `")
        .and(name)
        .and("` outlives the handler that it leads to\n`")
        .and(name);
    let text = match &lifespan.until {
        Some(until) if is_before(until, end) => return,
        Some(until) => text.and("` has `until = \"").and(until.text).and("\"`"),
        None => text.and("` has no `until`"),
    };
    let text = text
        .and(", and `")
        .and(to.name)
        .and("` has `until = \"")
        .and(end.text)
        .and("\"`\nnodes of the release before still redirect there: give `")
        .and(name)
        .and("` an `until` before \"")
        .and(end.text)
        .and("\", or `")
        .and(to.name)
        .and("` a later one");
    panic!("{}", text.as_str())
}

/// Each parameter in the path that a redirect leads to must be one of the handler's own path.
#[track_caller]
pub const fn redirect_fills(own: &str, to: &HandlerMetadata, method: &str) {
    let path = url_of(to, method);
    let mut at = 0;
    while let Some((name, end)) = parameter(path, at) {
        if !has_parameter(own, name) {
            let text = Text::new("the redirect cannot fill a parameter of `")
                .and(to.name)
                .and("`\n`")
                .and(name)
                .and("` in ")
                .and(path)
                .and(" is not among the parameters of ")
                .and(own)
                .and("\nwrite the path with the names of this handler: `to = \"…\"`");
            panic!("{}", text.as_str())
        }
        at = end;
    }
}

const fn has_parameter(path: &str, wanted: &str) -> bool {
    let mut at = 0;
    while let Some((name, end)) = parameter(path, at) {
        if eq(name, wanted) {
            return true;
        }
        at = end;
    }
    false
}

/// The whole path of a handler for this method: of several, the first.
pub const fn url_of(handler: &HandlerMetadata, method: &str) -> &'static str {
    let mut next = 0;
    while next < handler.endpoints.len() {
        if eq(handler.endpoints[next].method, method) {
            return handler.endpoints[next].url;
        }
        next += 1;
    }
    ""
}
