//! `coexist record`: what was deployed and retired, and when.

mod deploy;
mod flag;
mod init;
mod list;
mod prune;
mod retire;
mod show;

use clap::Subcommand;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;

const EXIT_STATUS: &str = "Exit status: 0 success, 1 rejected (nothing is recorded), 2 error.";

/// Record deployments and retirements in a ledger.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(in crate::cli) struct Record {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Deploy(Box<deploy::Deploy>),
    Flag(Box<flag::Flag>),
    Retire(retire::Retire),
    List(list::List),
    Show(show::Show),
    Prune(prune::Prune),
}

impl Record {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        match &self.command {
            Command::Init(init) => init.run(output),
            Command::Deploy(deploy) => deploy.run(output),
            Command::Flag(flag) => flag.run(output),
            Command::Retire(retire) => retire.run(output),
            Command::List(list) => list.run(output),
            Command::Show(show) => show.run(output),
            Command::Prune(prune) => prune.run(output),
        }
    }

    /// Whether the command does not change the ledger.
    pub(super) fn only_reads(&self) -> bool {
        matches!(self.command, Command::List(_) | Command::Show(_))
    }
}
