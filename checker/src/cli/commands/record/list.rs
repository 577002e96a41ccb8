//! `coexist record list`: the deployments of an environment.

use crate::cli::clock;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::format::{Format, FormatArgs};
use crate::cli::ledger::LedgerArgs;
use crate::cli::output::complain;
use crate::cli::policy::PagesArgs;
use crate::render::{self, ledger::At};

/// List the deployments.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    format: FormatArgs<Format>,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

impl List {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let lifetime = self.pages.lifetime()?;
        let ledger = self.ledger.open()?;
        let recorded = ledger.recorded()?;
        let at = At {
            environment: ledger.environment(),
            now: clock::now()?,
            lifetime,
        };
        match self.format.format {
            Format::Text => render::ledger::text::deployments(&recorded, at, output),
            Format::Json => render::ledger::json::deployments(&recorded, at, output),
        }
        .map_err(Failure::Output)?;
        let damaged = recorded.iter().filter(|each| each.deployment.is_err());
        let files = match damaged.count() {
            0 => return Ok(Exit::Accepted),
            1 => "1 file of the ledger, which is named in the list".to_owned(),
            count => format!("{count} files of the ledger, which are named in the list"),
        };
        complain(&format!("coexist: could not read {files}"));
        Ok(Exit::CouldNotCheck)
    }
}
