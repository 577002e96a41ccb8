//! Lines of text for a terminal.

use std::io::{self, Write};

use anstyle::Style;

use crate::support::text::wrap;

/// The text without what would move the cursor or begin another line: names come from the
/// builds.
pub(crate) fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{FFFD}")
}

/// Writes a text in one style, wrapped, with `first` before its first line, and `other`
/// before the others.
pub(crate) fn write_wrapped(
    style: Style,
    first: &str,
    other: &str,
    text: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    for line in wrap(&printable(text), first, other) {
        writeln!(to, "{style}{line}{style:#}")?;
    }
    Ok(())
}
