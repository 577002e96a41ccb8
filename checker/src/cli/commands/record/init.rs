//! `coexist record init`: a new ledger, or a new environment.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ledger::UrlArgs;
use crate::cli::output::write_line;
use crate::ledger::{self, Ledger};

/// Create a ledger, or add an environment to one.
#[derive(Debug, clap::Args)]
pub(super) struct Init {
    #[command(flatten)]
    url: UrlArgs,
    /// Environment to create; nodes and pages of different environments never meet
    #[arg(long, value_name = "NAME", default_value = ledger::DEFAULT_ENVIRONMENT)]
    environment: String,
}

impl Init {
    pub(super) fn run(&self, output: &mut Vec<u8>) -> Result<Exit, Failure> {
        let (store, environment) = (self.url.store()?, &self.environment);
        let is_new = Ledger::init(&*store, environment)?;
        let place = store.place();
        let line = if is_new {
            format!("{place}: the ledger has the new environment `{environment}`")
        } else {
            format!("{place}: the ledger already has the environment `{environment}`")
        };
        write_line(output, &line)?;
        Ok(Exit::Accepted)
    }
}
