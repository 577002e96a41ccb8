//! The program `coexist`: what is asked for, where the answer goes, and how it ends.

mod args;
mod baseline;
mod builds;
mod commands;
mod exit;
mod gate;
mod ledger;
mod manual;
mod model;
mod plan;
mod policy;
mod progress;
mod record;
mod releases;
mod report;
mod simulate;
mod wait;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use exit::{Exit, Failure};

/// Runs the program with these arguments, the first of which is its own name.
pub fn main(args: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // Its text goes to the right stream; a closed one is nobody's loss here.
            let _closed = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(&args) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let what = match args.command {
                Command::Stamp(_) => "stamp",
                Command::Simulate(_) => "simulate",
                Command::Record(record) if record.is_reading() => "read the ledger",
                Command::Record(_) => "record",
                Command::Explain(_) => "explain",
                _ => "check",
            };
            let _closed = writeln!(io::stderr().lock(), "coexist: could not {what}: {failure}");
            Exit::CouldNotCheck.into()
        }
    }
}

fn run(args: &Args) -> Result<Exit, Failure> {
    // The whole answer is made before any of it is printed: an error on the way
    // leaves no half of one behind.
    let mut answer = Vec::new();
    let exit = match &args.command {
        Command::Check(check) => commands::check(check, &mut answer)?,
        Command::Plan(plan) => plan::plan(plan, &mut answer)?,
        Command::Inspect(inspect) => commands::inspect(inspect, &mut answer)?,
        Command::Stamp(stamp) => commands::stamp(stamp, &mut answer)?,
        Command::Audit(audit) => commands::audit(audit, &mut answer)?,
        Command::Report(report) => report::report(report, &mut answer)?,
        Command::Simulate(simulate) => simulate::simulate(simulate, &mut answer)?,
        Command::Gate(gate) => gate::gate(gate, &mut answer)?,
        Command::Record(record) => record::record(record, &mut answer)?,
        Command::Explain(explain) => commands::explain(explain, &mut answer)?,
        Command::Completions(completions) => manual::completions(completions, &mut answer),
        Command::Man => manual::man(&mut answer)?,
    };
    let choice = args.color.choice(io::stdout().is_terminal());
    let mut stdout = anstream::AutoStream::new(io::stdout().lock(), choice);
    stdout
        .write_all(&answer)
        .and_then(|()| stdout.flush())
        .map_err(Failure::Output)?;
    Ok(exit)
}
