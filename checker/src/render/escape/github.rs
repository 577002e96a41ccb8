//! Workflow commands of GitHub Actions. Only [`command`] begins a line with one.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use super::text;
use crate::registry::Source;
use crate::support::visible::escaped;

/// Writes a command that shows a message at a place.
pub(crate) fn command(
    name: &'static str,
    place: Option<&Source>,
    title: &str,
    message: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    write!(to, "::{name} ")?;
    if let Some(source) = place {
        write!(to, "file={},line={},", property(&source.file), source.line)?;
    }
    writeln!(to, "title={}::{}", property(title), data(message))
}

/// What follows the second pair of colons. Its line breaks stay.
fn data(message: &str) -> String {
    let message = text(message).replace('%', "%25");
    message.replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in one line.
fn property(value: &str) -> String {
    let value = data(&escaped(value));
    value.replace(':', "%3A").replace(',', "%2C")
}
