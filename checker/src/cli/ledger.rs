//! The flags that say which ledger, of every command that asks one.

use super::exit::Failure;
use crate::ledger::{Ledger, LedgerError, Store, open_url};

/// Where it is.
#[derive(Debug, clap::Args)]
pub(super) struct UrlArgs {
    /// The ledger: a folder, or a bucket as s3://, gs:// or az://BUCKET/PREFIX.
    #[arg(long = "ledger", value_name = "URL")]
    url: String,
}

/// Where it is, and which part of it is meant.
#[derive(Debug, clap::Args)]
pub(super) struct LedgerArgs {
    #[command(flatten)]
    url: UrlArgs,
    /// The environment of it. Left out, the only one there is.
    #[arg(long, value_name = "NAME")]
    pub(super) environment: Option<String>,
}

impl UrlArgs {
    /// As if it had been given.
    pub(super) fn of(url: &str) -> Self {
        let url = url.to_owned();
        Self { url }
    }

    /// What it is kept in.
    pub(super) fn store(&self) -> Result<Box<dyn Store>, LedgerError> {
        open_url(&self.url)
    }
}

impl LedgerArgs {
    /// Opens the environment.
    pub(super) fn open(&self) -> Result<Ledger, Failure> {
        let store = self.url.store()?;
        Ok(Ledger::open(store, self.environment.as_deref())?)
    }
}
