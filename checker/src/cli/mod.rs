//! The program `coexist`: reads the command line, runs a command, prints its output, and
//! ends with an exit status.
//!
//! `args` is the command line, and `commands` has a file per command, none of which uses
//! another. What they share is here: options (`builds`, `clock`, `format`, `ledger`,
//! `manifest`, `model`, `policy`), `output`, `progress`, and the end (`exit`, `failure`).
//! What a command finds out, and how that reads, is not decided here: the commands call the
//! library, and `render` writes the output.

mod args;
mod builds;
mod clock;
mod commands;
mod exit;
mod failure;
mod format;
mod ledger;
mod manifest;
mod model;
mod output;
mod policy;
mod progress;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::Args;
use exit::Exit;
use failure::Failure;

use crate::render::escape;
use crate::support::visible;

/// Runs the program with these arguments, the first of which is its own name.
pub fn main(args: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let is_escaped = args.iter().any(|arg| {
        let arg = arg.to_string_lossy();
        arg.contains(visible::is_escaped) || escape::text(&arg) != arg
    });
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        // The parser repeats arguments as they are.
        Err(error) if is_escaped && error.use_stderr() => {
            output::complain(error.render().to_string().trim_end());
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
        Err(error) => {
            // The help goes to standard output, an error to standard error. If that is
            // closed, nobody reads it.
            let _closed = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(&args) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let action = args.command.action();
            let failure = failure.shown();
            output::complain(&format!("coexist: could not {action}: {failure}"));
            Exit::CouldNotCheck.into()
        }
    }
}

/// The whole output is made before any of it is printed: an error does not leave a part of
/// it behind.
fn run(args: &Args) -> Result<Exit, Failure> {
    let mut output = Vec::new();
    let exit = args.command.run(&Args::command(), &mut output)?;
    if !args.command.is_obeyed() {
        output = output::escaped(&output);
    }
    output::print(&output, args.color)?;
    Ok(exit)
}
