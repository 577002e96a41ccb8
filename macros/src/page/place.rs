//! Where HTML is written, and what is looked for in it.

/// Whether HTML looks as if a request could be sent from it.
pub(super) fn may_send(html: &str) -> bool {
    let tags = ["<form", "<a ", "<area ", "formaction", "hx-"];
    tags.iter().any(|tag| html.contains(tag))
}

/// The path of a file as the compiler names files: relative to the folder in which cargo runs it,
/// the workspace's for a member.
#[cfg(feature = "html")]
pub(super) fn workspace_path(file: &std::path::Path) -> String {
    use std::path::{Component, PathBuf};

    let folder = std::env::current_dir().unwrap_or_default();
    let mut path = PathBuf::new();
    for component in file.strip_prefix(&folder).unwrap_or(file).components() {
        match component {
            Component::ParentDir if path.file_name().is_some() => {
                path.pop();
            }
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    path.to_string_lossy().replace('\\', "/")
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
