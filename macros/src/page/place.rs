//! Where HTML is written, and what is looked for in it.

/// Whether HTML looks as if a request could be sent from it.
pub(super) fn may_send(html: &str) -> bool {
    let tags = ["<form", "<a ", "<area ", "formaction", "hx-"];
    tags.iter().any(|tag| html.contains(tag))
}

/// The place of a token.
#[cfg(feature = "html")]
pub(super) fn place(span: proc_macro2::Span) -> coexist_html::Place {
    if !proc_macro::is_available() {
        return coexist_html::Place::default();
    }
    let span = span.unwrap();
    coexist_html::Place {
        file: span.file().replace('\\', "/"),
        line: u32::try_from(span.line()).unwrap_or(u32::MAX),
    }
}
