//! The commands: a file or directory for each, with its arguments and what it does.
//!
//! A command imports no other command: what several share is in [`cli`](crate::cli).

mod audit;
mod check;
mod completions;
mod explain;
mod gate;
mod history;
mod inspect;
mod man;
mod plan;
mod record;
mod report;
mod scan;
mod simulate;
mod stamp;

use clap::Subcommand;

use super::exit::Exit;
use super::failure::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(check::Check),
    Plan(plan::Plan),
    Report(report::Report),
    Inspect(inspect::Inspect),
    Scan(scan::Scan),
    Stamp(stamp::Stamp),
    Audit(audit::Audit),
    Simulate(simulate::Simulate),
    Gate(gate::Gate),
    Record(record::Record),
    History(history::History),
    Explain(explain::Explain),
    Completions(completions::Completions),
    /// Print the man pages in roff, for `coexist man | man -l -`.
    Man,
}

impl Command {
    /// Runs the command, and writes its output. `program` is the whole command line.
    pub(super) fn run(
        &self,
        program: &clap::Command,
        output: &mut Vec<u8>,
    ) -> Result<Exit, Failure> {
        match self {
            Self::Check(check) => check.run(output),
            Self::Plan(plan) => plan.run(output),
            Self::Report(report) => report.run(output),
            Self::Inspect(inspect) => inspect.run(output),
            Self::Scan(scan) => scan.run(output),
            Self::Stamp(stamp) => stamp.run(output),
            Self::Audit(audit) => audit.run(output),
            Self::Simulate(simulate) => simulate.run(output),
            Self::Gate(gate) => gate.run(output),
            Self::Record(record) => record.run(output),
            Self::History(history) => history.run(output),
            Self::Explain(explain) => explain.run(output),
            Self::Completions(completions) => Ok(completions.run(program, output)),
            Self::Man => man::write(program, output),
        }
    }

    /// What the program could not do if the command fails.
    pub(super) fn action(&self) -> &'static str {
        match self {
            Self::Scan(_) => "scan",
            Self::Stamp(_) => "stamp",
            Self::Simulate(_) => "simulate",
            Self::Record(record) if record.only_reads() => "read the ledger",
            Self::Record(_) => "record",
            Self::Explain(_) => "explain",
            Self::Check(_)
            | Self::Plan(_)
            | Self::Report(_)
            | Self::Inspect(_)
            | Self::Audit(_)
            | Self::Gate(_)
            | Self::History(_)
            | Self::Completions(_)
            | Self::Man => "check",
        }
    }
}
