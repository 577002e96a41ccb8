//! Requests that scripts may send: calls of `fetch`, `axios` and their like with a path, in the
//! scripts and templates of a package and in the texts of its code.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::program::files::{Crate, SourceFile};
use super::tree::Tree;

/// How many files are looked through for scripts at most.
const MAX_FILES: usize = 20_000;

/// How deep folders are looked into.
const MAX_DEPTH: usize = 24;

/// The folders in which no script of the app is.
const OTHERS: [&str; 6] = [
    "target",
    "node_modules",
    "tests",
    "benches",
    "examples",
    "dist",
];

/// What scripts and templates are called.
const ENDINGS: [&str; 17] = [
    "js", "mjs", "cjs", "ts", "jsx", "tsx", "html", "htm", "hbs", "j2", "jinja", "jinja2", "tera",
    "askama", "stpl", "svelte", "vue",
];

/// A request that a script may send.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Request {
    /// The file, seen from the workspace.
    pub(crate) file: PathBuf,
    /// The line, from 1.
    pub(crate) line: usize,
    /// The call, up to the end of the path.
    pub(crate) call: String,
}

/// A call with a path of the app's own: `fetch("/…`, `axios.post("/…`, `location.href = "/…`,
/// `$.ajax("/…`, `xhr.open("POST", "/…`, `new EventSource("/…`.
static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let quoted = r#"\\?["'`](?<path>/[^"'`\\\s]*)"#;
    let calls = [
        r"\b(?:fetch|sendBeacon|EventSource|WebSocket|axios)\s*\(\s*",
        r"\baxios\s*\.\s*\w+\s*\(\s*",
        r"(?:\$|\bjQuery)\s*\.\s*(?:get|post|getJSON|ajax)\s*\(\s*",
        r"\.open\s*\(\s*\\?[\x22'`][A-Z]+\\?[\x22'`]\s*,\s*",
        r"\blocation\s*\.\s*(?:assign|replace)\s*\(\s*",
        r"\blocation(?:\s*\.\s*href)?\s*=\s*",
    ];
    Regex::new(&format!("(?:{}){quoted}", calls.join("|"))).ok()
});

/// The requests that scripts of these crates may send.
pub(crate) fn find(tree: &dyn Tree, files: &[SourceFile], crates: &[Crate]) -> Vec<Request> {
    let mut requests = Vec::new();
    for file in files {
        in_text(&file.path, &file.parsed.text, &mut requests);
    }
    let mut left = MAX_FILES;
    for krate in crates {
        in_folder(tree, &krate.folder, 0, &mut left, &mut requests);
    }
    requests.sort();
    requests.dedup();
    requests
}

fn in_folder(
    tree: &dyn Tree,
    folder: &Path,
    depth: usize,
    left: &mut usize,
    found: &mut Vec<Request>,
) {
    for name in tree.list(folder) {
        if *left == 0 {
            return;
        }
        if name.starts_with('.') || OTHERS.contains(&&*name) {
            continue;
        }
        let path = folder.join(&name);
        if !tree.is_file(&path) {
            // Another package has its own.
            if depth < MAX_DEPTH && !tree.is_file(&path.join("Cargo.toml")) {
                in_folder(tree, &path, depth + 1, left, found);
            }
            continue;
        }
        *left -= 1;
        let ending = path.extension().and_then(|ending| ending.to_str());
        if !ending.is_some_and(|ending| ENDINGS.contains(&ending)) {
            continue;
        }
        if let Ok(Some(read)) = tree.read(&path) {
            in_text(&path, &read.text, found);
        }
    }
}

/// Takes the calls in a text.
fn in_text(file: &Path, text: &str, found: &mut Vec<Request>) {
    const LENGTH: usize = 60;
    let Some(call) = CALL.as_ref() else { return };
    let mut line = 1;
    let mut counted = 0;
    for captured in call.captures_iter(text) {
        let (Some(whole), Some(path)) = (captured.get(0), captured.name("path")) else {
            continue;
        };
        // `//host` is elsewhere, and `//` begins a comment.
        if path.as_str().starts_with("//") {
            continue;
        }
        line += text[counted..whole.start()].matches('\n').count();
        counted = whole.start();
        let call: Vec<&str> = whole.as_str().split_whitespace().collect();
        let call = call.join(" ");
        let call = match call.char_indices().nth(LENGTH) {
            Some((end, _)) => format!("{}…", &call[..end]),
            None => call,
        };
        found.push(Request {
            file: file.to_owned(),
            line,
            call,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::in_text;

    #[test]
    fn calls_with_a_path_of_the_app_are_found_and_no_others() {
        for (script, expected) in [
            (
                "await fetch('/api/notes', { method: 'POST' })",
                Some("fetch('/api/notes"),
            ),
            ("\n\nfetch(`/notes/${id}`)", Some("fetch(`/notes/${id}")),
            ("axios.post(\"/a\", data)", Some("axios.post(\"/a")),
            ("$.getJSON('/a')", Some("$.getJSON('/a")),
            ("window.location = \"/login\"", Some("location = \"/login")),
            ("location.href='/x'", Some("location.href='/x")),
            ("xhr.open('PUT', '/x')", Some(".open('PUT', '/x")),
            ("navigator.sendBeacon('/log')", Some("sendBeacon('/log")),
            (r#"let s = "fetch(\"/x\")";"#, Some(r#"fetch(\"/x"#)),
            ("fetch('https://example.org/a')", None),
            ("fetch('//example.org/a')", None),
            ("prefetch('/a')", None),
            ("fetch(url)", None),
            ("location == '/a'", None),
        ] {
            let mut found = Vec::new();
            in_text(Path::new("a.js"), script, &mut found);
            let calls: Vec<&str> = found.iter().map(|request| &*request.call).collect();
            assert_eq!(calls, Vec::from_iter(expected), "{script}");
        }
    }
}
