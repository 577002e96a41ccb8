//! Where the output goes: standard output, with or without color, or a file.

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use clap::ValueEnum;

use super::failure::Failure;
use crate::render::escape;
use crate::render::lines::write_wrapped;
use crate::support::atomic_file;

// Comments, not documentation, which the help would show for each value.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    // If standard output is a terminal.
    Auto,
    Always,
    Never,
}

impl Color {
    fn choice(self, is_terminal: bool) -> ColorChoice {
        let is_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match self {
            Self::Always => ColorChoice::Always,
            Self::Auto if is_terminal && is_wanted => ColorChoice::Auto,
            Self::Auto | Self::Never => ColorChoice::Never,
        }
    }
}

/// Writes to standard output.
pub(super) fn print(output: &[u8], color: Color) -> Result<(), Failure> {
    let choice = color.choice(io::stdout().is_terminal());
    let mut stdout = AutoStream::new(io::stdout().lock(), choice);
    stdout
        .write_all(output)
        .and_then(|()| stdout.flush())
        .map_err(Failure::Output)
}

/// Writes lines to standard error, without what a terminal or the runner of a pipeline would
/// obey. If that is closed, nobody reads them.
pub(super) fn complain(lines: &str) {
    let _closed = writeln!(io::stderr().lock(), "{}", escape::text(lines));
}

/// Standard error for the progress of a command: line by line, as [`complain`] writes it.
#[derive(Default)]
pub(super) struct ProgressLines(Vec<u8>);

impl Write for ProgressLines {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(part);
        if let Some(end) = self.0.iter().rposition(|byte| *byte == b'\n') {
            let rest = self.0.split_off(end + 1);
            let lines = std::mem::replace(&mut self.0, rest);
            let lines = String::from_utf8_lossy(&lines);
            complain(lines.trim_end_matches('\n'));
        }
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Replaces a file atomically.
pub(super) fn write_file(path: &Path, contents: &[u8]) -> Result<(), Failure> {
    atomic_file::replace(path, contents).map_err(|error| Failure::File {
        path: path.to_owned(),
        error,
    })
}

/// Adds a sentence to the output, wrapped to the width of a terminal.
pub(super) fn write_line(output: &mut Vec<u8>, line: &str) -> Result<(), Failure> {
    escape::guarded(output, |to| write_wrapped(Style::new(), "", "  ", line, to))
        .map_err(Failure::Output)
}
