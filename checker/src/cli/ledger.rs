//! The flags that say which ledger, of every command that asks one.

use std::time::Duration;

use super::exit::Failure;
use crate::config;
use crate::ledger::{Access, Ledger, LedgerError, Store};

/// Where it is.
#[derive(Debug, clap::Args)]
pub(super) struct UrlArgs {
    /// The ledger: a folder, `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX` or
    /// `az://CONTAINER/PREFIX`.
    #[arg(long = "ledger", value_name = "URL", env = "COEXIST_LEDGER")]
    url: String,
    #[command(flatten)]
    access: AccessArgs,
}

/// How one that is far away is reached.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct AccessArgs {
    /// How long a bucket may take to answer; left out, 30s.
    #[arg(long, value_name = "TIME", value_parser = config::length)]
    timeout: Option<Duration>,
}

/// Where it is, and which part of it is meant.
#[derive(Debug, clap::Args)]
pub(super) struct LedgerArgs {
    #[command(flatten)]
    url: UrlArgs,
    /// The environment of it. Left out, the only one there is.
    #[arg(long, value_name = "NAME", env = "COEXIST_ENVIRONMENT")]
    pub(super) environment: Option<String>,
}

impl UrlArgs {
    /// What it is kept in.
    pub(super) fn store(&self) -> Result<Box<dyn Store>, LedgerError> {
        self.access.store(&self.url)
    }
}

impl AccessArgs {
    /// What the ledger of that URL is kept in.
    pub(super) fn store(&self, url: &str) -> Result<Box<dyn Store>, LedgerError> {
        let mut access = Access::default();
        access.timeout = self.timeout.unwrap_or(access.timeout);
        access.open(url)
    }
}

impl LedgerArgs {
    /// Opens the environment.
    pub(super) fn open(&self) -> Result<Ledger, Failure> {
        let store = self.url.store()?;
        Ok(Ledger::open(store, self.environment.as_deref())?)
    }
}
