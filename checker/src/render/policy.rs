//! Which policy file was used, and what it lets pass.

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;

use super::escape::guarded;
#[cfg(feature = "cli")]
use super::escape::markdown::{code, plain, shortened};
use super::lines::write_wrapped;
use crate::model::PolicyFile;
use crate::support::text::{enumerate, plural};

/// Writes the line of a file, if one was read.
///
/// # Errors
///
/// If `to` cannot be written.
pub fn text(file: Option<&PolicyFile>, to: &mut dyn Write) -> io::Result<()> {
    let Some(file) = file else {
        return Ok(());
    };
    guarded(to, |to| {
        write_wrapped(Style::new(), "", "  ", &line(file), to)
    })
}

/// The value of the key `policy` in JSON.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    file: &'a str,
    allowed: &'a [&'static str],
    lowered: &'a [&'static str],
    waivers: usize,
}

/// The file as JSON.
pub(super) fn written(file: &PolicyFile) -> Written<'_> {
    Written {
        file: &file.path,
        allowed: &file.allowed,
        lowered: &file.lowered,
        waivers: file.waivers,
    }
}

/// The line of a file as a paragraph of Markdown.
#[cfg(feature = "cli")]
pub(super) fn markdown(file: &PolicyFile) -> String {
    let path = code(&shortened(&file.path));
    format!("Policy: {path} ({})\n", plain(&contents(file)))
}

/// The file, and what it lets pass: one line, without a newline at its end.
pub(super) fn line(file: &PolicyFile) -> String {
    format!("policy: {} ({})", file.path, contents(file))
}

/// What the file lets pass: the rules that it allows or lowers, and how many waivers it has.
pub(super) fn contents(file: &PolicyFile) -> String {
    let mut parts = Vec::new();
    if !file.allowed.is_empty() {
        parts.push(format!("allows {}", enumerate(&file.allowed, "and")));
    }
    if !file.lowered.is_empty() {
        let rules = enumerate(&file.lowered, "and");
        parts.push(format!("lowers {rules} to a warning"));
    }
    if parts.is_empty() {
        parts.push("allows and lowers no rule".to_owned());
    }
    parts.push(match file.waivers {
        0 => "no waivers".to_owned(),
        count => plural(count, "waiver"),
    });
    parts.join("; ")
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::line;
    use crate::model::PolicyFile;

    #[test]
    fn a_file_says_what_it_lets_pass() {
        let file = |allowed: &[&'static str], lowered: &[&'static str], waivers| PolicyFile {
            path: "../coexist.toml".to_owned(),
            allowed: allowed.to_vec(),
            lowered: lowered.to_vec(),
            waivers,
        };
        assert_eq!(
            line(&file(&[], &[], 0)),
            "policy: ../coexist.toml (allows and lowers no rule; no waivers)"
        );
        assert_eq!(
            line(&file(&["a", "b", "c"], &["d"], 1)),
            "policy: ../coexist.toml (allows a, b and c; lowers d to a warning; 1 waiver)"
        );
    }
}
