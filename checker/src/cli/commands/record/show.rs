//! `coexist record show`: one release of the ledger.

use std::io::Write as _;

use crate::cli::clock;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::format::{Format, FormatArgs};
use crate::cli::ledger::LedgerArgs;
use crate::cli::policy::PagesArgs;
use crate::ledger::Name;
use crate::registry::snapshot;
use crate::render::{self, ledger::At};

/// Show a release, or write its snapshot with `--format json`.
#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// Release to show, as NAME@VERSION
    #[arg(value_name = "RELEASE")]
    name: Name,
    #[command(flatten)]
    format: FormatArgs<Format>,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    pages: PagesArgs,
}

impl Show {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let lifetime = self.pages.lifetime()?;
        let ledger = self.ledger.open()?;
        let (number, deployment) = ledger.find(&self.name)?;
        let registry = ledger.registry(&deployment)?;
        let at = At {
            environment: ledger.environment(),
            now: clock::now()?,
            lifetime,
        };
        match self.format.format {
            Format::Text => render::ledger::text::deployment(number, &deployment, at, output)
                .and_then(|()| writeln!(output))
                .and_then(|()| render::registry::registry(&registry, output)),
            Format::Json => snapshot::write(&registry, output),
        }
        .map_err(Failure::Output)?;
        Ok(Exit::Accepted)
    }
}
