//! Lines of text for a terminal.

use std::io::{self, Write};

use anstyle::Style;

use crate::support::text::{WIDTH, wrap};
use crate::support::visible::escaped;

/// Writes the verdict, what `body` writes and, if that is anything, the verdict again: as
/// one line, without its counts if it is too long.
pub(super) fn framed(
    style: Style,
    verdict: &str,
    to: &mut dyn Write,
    body: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut within = Vec::new();
    body(&mut within)?;
    write_wrapped(style, "", "  ", verdict, to)?;
    if within.is_empty() {
        return Ok(());
    }
    writeln!(to)?;
    to.write_all(&within)?;
    write_wrapped(style, "", "  ", one_line(verdict), to)
}

/// The verdict as one line: without its counts and, if need be, without its reason.
fn one_line(verdict: &str) -> &str {
    let is_long = |line: &str| line.chars().count() > WIDTH;
    let mut line = verdict;
    if is_long(line) {
        line = line.rsplit_once(" (").map_or(line, |(short, _)| short);
    }
    match line.rsplit_once(": ") {
        Some((short, _)) if is_long(line) && short.contains(": ") => short,
        _ => line,
    }
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
    for line in wrap(&escaped(text), first, other) {
        writeln!(to, "{style}{line}{style:#}")?;
    }
    Ok(())
}
