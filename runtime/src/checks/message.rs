//! The headlines and lists that the messages of several checks share.

use crate::metadata::{Endpoint, FormMetadata, HandlerMetadata};
use crate::text::Text;

impl Text {
    /// Appends the endpoints, as a list.
    pub(super) const fn and_endpoints(mut self, endpoints: &[Endpoint]) -> Self {
        let mut next = 0;
        while next < endpoints.len() {
            let endpoint = &endpoints[next];
            self = self
                .and(if next == 0 { "" } else { ", " })
                .and(endpoint.method)
                .and(" ")
                .and(endpoint.url);
            next += 1;
        }
        self
    }
}

/// The headline of a message about a form and a handler, and where the form is written.
pub(super) const fn named(
    before: &str,
    form: &FormMetadata,
    between: &str,
    handler: &HandlerMetadata,
) -> Text {
    named_in(before, form, between, handler, "")
}

/// The same, with an end of the headline.
pub(super) const fn named_in(
    before: &str,
    form: &FormMetadata,
    between: &str,
    handler: &HandlerMetadata,
    after: &str,
) -> Text {
    let text = Text::new(before)
        .and("`")
        .and(form.name)
        .and("`")
        .and(between)
        .and("`")
        .and(handler.name)
        .and("`")
        .and(after);
    match form.place {
        Some(place) => text.and("\n").and(place),
        None => text,
    }
}
