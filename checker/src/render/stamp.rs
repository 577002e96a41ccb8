//! What was stamped, for people: each file, and one line for all.

use std::io::{self, Write};

use super::escape::guarded;
use super::style::{GOOD, WARN};
use crate::stamp::Stamped;
use crate::support::text::plural;
use crate::support::visible;

/// Writes what was stamped.
pub fn stamped(stamped: &Stamped, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        for path in &stamped.not_text {
            let path = visible::path(path);
            writeln!(
                to,
                "{WARN}{path}: not changed: not UTF-8, so not Rust{WARN:#}"
            )?;
        }
        for (path, count) in &stamped.files {
            writeln!(to, "{}: {count}", visible::path(path))?;
        }
        let count = stamped.files.iter().map(|(_, count)| count).sum();
        if count == 0 {
            return writeln!(to, "nothing to stamp: no annotation says since = \"next\"");
        }
        writeln!(
            to,
            "{GOOD}stamped {} in {}: since = \"{}\"{GOOD:#}",
            plural(count, "annotation"),
            plural(stamped.files.len(), "file"),
            stamped.version,
        )
    })
}
