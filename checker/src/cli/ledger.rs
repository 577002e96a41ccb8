//! The flags that say which ledger, of every command that asks one.

use super::exit::Failure;
use crate::ledger::{Ledger, LedgerError, Store, open_url};

#[derive(Debug, clap::Args)]
pub(super) struct LedgerArgs {
    /// The ledger: a folder, as a path or as `file:///path`.
    #[arg(long = "ledger", value_name = "URL")]
    url: String,
    /// The environment of it. Left out, the only one there is.
    #[arg(long, value_name = "NAME")]
    pub(super) environment: Option<String>,
}

impl LedgerArgs {
    /// Where the ledger is, or is to be.
    pub(super) fn store(&self) -> Result<Box<dyn Store>, LedgerError> {
        open_url(&self.url)
    }

    /// Opens the environment.
    pub(super) fn open(&self) -> Result<Ledger, Failure> {
        Ok(Ledger::open(self.store()?, self.environment.as_deref())?)
    }
}
