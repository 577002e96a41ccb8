//! `coexist record prune`: removes what is no longer needed from the ledger.

use std::time::Duration;

use crate::cli::clock;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ledger::LedgerArgs;
use crate::cli::output::write_line;
use crate::cli::policy::PagesArgs;
use crate::config;
use crate::ledger::Pruned;
use crate::support::text::plural;

/// Remove releases that were retired long ago.
#[derive(Debug, clap::Args)]
pub(super) struct Prune {
    /// Only releases retired at least this long ago
    #[arg(long, value_name = "DURATION", value_parser = config::length, default_value = "90d")]
    older_than: Duration,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

impl Prune {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let lifetime = self.pages.lifetime()?;
        if self.older_than < lifetime {
            return Err(Failure::Usage(
                "`--older-than` is shorter than the page lifetime: the pages of a release must have \
                 expired before it is removed"
                    .to_owned(),
            ));
        }
        let ledger = self.ledger.open()?;
        let before = clock::now()?
            .saturating_sub(self.older_than)
            .map_err(|error| Failure::Usage(error.to_string()))?;
        let Pruned {
            deployments,
            registries,
        } = ledger.prune(before)?;
        let deployments = plural(deployments, "deployment");
        let registries = match registries {
            1 => "1 registry".to_owned(),
            count => format!("{count} registries"),
        };
        let environment = ledger.environment();
        let line = format!("{environment}: removed {deployments} and {registries}");
        write_line(output, &line)?;
        Ok(Exit::Accepted)
    }
}
