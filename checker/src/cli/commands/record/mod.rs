//! `coexist record`: what was deployed and retired, and when.

mod deploy;
mod flag;
mod init;
mod list;
mod prune;
mod retire;
mod show;

use clap::Subcommand;
use jiff::Timestamp;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ledger::LedgerArgs;
use crate::cli::policy::PolicyArgs;
use crate::config::day_of;
use crate::model::Policy;

const NOW: &str = "\
Time to check at (RFC 3339, or a date in UTC); determines only which waivers have expired \
[default: the time of `--at`]";

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

/// Where a deployment is recorded, and what it is judged by first.
#[derive(Debug, clap::Args)]
#[command(mut_arg("now", |arg| arg.help(NOW)))]
struct JudgedArgs {
    /// Record it even if it is rejected, for example because it is already in use
    #[arg(long)]
    even_if_rejected: bool,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

impl JudgedArgs {
    /// The policy, for what happened at that time.
    fn policy_at(&self, time: Timestamp) -> Result<Policy, Failure> {
        Ok(Policy {
            today: Some(day_of(self.policy.now.given().unwrap_or(time))),
            ..self.policy.policy()?
        })
    }
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
