//! Lines of text for a terminal.

use std::io::{self, Write};

use anstyle::Style;

use crate::support::text::wrap;
use crate::support::visible::escaped;

/// Writes a text in one style, wrapped, with `first` before its first line, and `other`
/// before the others.
pub(crate) fn write_wrapped(
    style: Style,
    first: &str,
    other: &str,
    text: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    for line in wrap(&escaped(text), first, other) {
        writeln!(to, "{style}{line}{style:#}")?;
    }
    Ok(())
}
