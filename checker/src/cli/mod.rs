//! The program `coexist`: reads the command line, runs a command, prints its output, and
//! ends with an exit status.
//!
//! `args` is the command line, and `commands` has a file per command, none of which uses
//! another. What they share is here: options (`builds`, `clock`, `flags`, `format`, `ledger`,
//! `manifest`, `model`, `policy`), `output`, `progress`, and the end (`exit`, `failure`).
//! What a command finds out, and how that reads, is not decided here: the commands call the
//! library, and `render` writes the output.

mod args;
mod builds;
mod clock;
mod commands;
mod exit;
mod failure;
mod flags;
mod format;
mod ledger;
mod manifest;
mod model;
mod output;
mod policy;
mod progress;
mod scan;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::Args;
use exit::Exit;
use failure::Failure;
use output::Color;

use crate::render::escape;
use crate::support::visible;

/// Runs the program with these arguments, the first of which is its own name.
pub fn main(args: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    // Options are also set by variables.
    let variables = std::env::vars_os();
    let variables = variables.filter(|(name, _)| name.to_string_lossy().starts_with("COEXIST_"));
    let given = args
        .iter()
        .cloned()
        .chain(variables.map(|(_, value)| value));
    let is_escaped = given.into_iter().any(|given| {
        let given = given.to_string_lossy();
        given.contains(visible::is_escaped) || escape::text(&given) != given
    });
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // The help goes to standard output, an error to standard error. If that is
            // closed, nobody reads it. The parser repeats arguments, among them the name of
            // the program, as they are.
            if !is_escaped {
                let _closed = error.print();
            } else if error.use_stderr() {
                output::complain(error.render().to_string().trim_end());
            } else {
                let help = escape::text(&error.render().to_string());
                let _closed = output::print(help.as_bytes(), Color::Never);
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(&args) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::complain(&complaint(&args, &failure));
            Exit::CouldNotCheck.into()
        }
    }
}

/// What the program prints, and how it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The exit status.
    pub status: u8,
    /// What it prints on standard output if that shows colors.
    pub output: Vec<u8>,
    /// What it prints on standard error if it fails; otherwise empty.
    pub complaint: String,
}

/// Runs the program with these arguments, the first of which is its own name, and returns
/// what it would print. Files are written, and progress is shown on standard error.
pub fn respond(args: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Response {
    let fails = |complaint: &str| Response {
        status: Exit::CouldNotCheck.status(),
        output: Vec::new(),
        complaint: escape::text(complaint),
    };
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => return fails(&error.render().to_string()),
    };
    match answer(&args) {
        Ok((exit, output)) => Response {
            status: exit.status(),
            output,
            complaint: String::new(),
        },
        Err(failure) => fails(&complaint(&args, &failure)),
    }
}

fn complaint(args: &Args, failure: &Failure) -> String {
    let (action, failure) = (args.command.action(), failure.shown());
    format!("coexist: could not {action}: {failure}")
}

fn run(args: &Args) -> Result<Exit, Failure> {
    let (exit, output) = answer(args)?;
    output::print(&output, args.color)?;
    Ok(exit)
}

/// The whole output is made before any of it is printed: an error does not leave a part of
/// it behind.
fn answer(args: &Args) -> Result<(Exit, Vec<u8>), Failure> {
    let mut output = Vec::new();
    let exit = args.command.run(&Args::command(), &mut output)?;
    Ok((exit, output))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::{CommandFactory as _, Parser as _};

    use super::{Args, run};
    use crate::support::steps;

    /// The first line of the failure of a command whose judgement may take few steps.
    fn failure(command: &[&str]) -> String {
        let args = Args::try_parse_from([&["coexist"], command].concat()).unwrap();
        Args::command().debug_assert();
        let failure = steps::with_limit(20, || run(&args)).unwrap_err();
        let failure = failure.to_string();
        failure.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_judgement_that_takes_too_many_steps_is_a_failure_of_each_command() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (old, new, ledger) = (path("old.json"), path("new.json"), path("ledger"));
        for (path, version) in [(&old, "1.0.0"), (&new, "1.1.0")] {
            let items = (0..20).map(|number| {
                format!(r#"{{"id":"app::h{number}","method":"POST","path":"/{version}{number}"}}"#)
            });
            let handlers = items.collect::<Vec<_>>().join(",");
            let json = format!(
                r#"{{"format":1,"release":{{"name":"app","version":"{version}"}},"handlers":[
                    {handlers}],"forms":[{{"id":"app::f","posts_to":[
                    {{"method":"POST","path":"/{{x}}"}}]}}]}}"#
            );
            fs::write(path, json).unwrap();
        }
        let record = [
            "record",
            "init",
            "--ledger",
            &ledger,
            "--environment",
            "production",
        ];
        let args = Args::try_parse_from(["coexist"].iter().chain(&record)).unwrap();
        run(&args).unwrap();
        let deploy = ["record", "deploy", &old, "--ledger", &ledger];
        let args = Args::try_parse_from(["coexist"].iter().chain(&deploy)).unwrap();
        run(&args).unwrap();
        let html = path("report.html");
        let commands: [&[&str]; 7] = [
            &["check", &old, &new],
            &["plan", &old, &new],
            &["plan", "--check", &old, &new],
            &["report", &old, &new, "--html", &html],
            &["simulate", &old, &new],
            &["gate", &new, "--ledger", &ledger],
            &["record", "deploy", &new, "--ledger", &ledger],
        ];
        let expected = "the judgement takes more than 500000000 steps";
        for command in commands {
            let failure = failure(command);
            assert!(failure.starts_with(expected), "{command:?}: {failure}");
        }
    }
}
