//! The options that say which ledger.

use std::time::Duration;

use super::failure::Failure;
use crate::config;
use crate::ledger::{Access, Ledger, LedgerError, Store};

#[derive(Debug, clap::Args)]
pub(super) struct UrlArgs {
    /// Ledger: a directory, `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX` or
    /// `az://CONTAINER/PREFIX`
    #[arg(long = "ledger", value_name = "URL", env = "COEXIST_LEDGER")]
    url: String,
    #[command(flatten)]
    access: AccessArgs,
}

#[derive(Clone, Debug, clap::Args)]
pub(super) struct AccessArgs {
    /// How long to wait for a ledger in a bucket to respond [default: 30s]
    #[arg(long, value_name = "DURATION", value_parser = config::length)]
    timeout: Option<Duration>,
}

#[derive(Debug, clap::Args)]
pub(super) struct LedgerArgs {
    #[command(flatten)]
    url: UrlArgs,
    /// Name of the environment [default: the only environment in the ledger]
    #[arg(long, value_name = "NAME", env = "COEXIST_ENVIRONMENT")]
    environment: Option<String>,
}

impl UrlArgs {
    /// The store of the ledger.
    pub(super) fn store(&self) -> Result<Box<dyn Store>, LedgerError> {
        self.access.store(&self.url)
    }
}

impl AccessArgs {
    /// The store of the ledger at that URL.
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

/// Which app is new, of the commands that judge a candidate among the releases of a ledger.
#[derive(Debug, clap::Args)]
pub(super) struct NewAppArgs {
    /// Name of an app that has no release in the environment yet. Without it, a name that
    /// the environment does not know is an error, since the app may have been renamed
    #[arg(long, value_name = "NAME", env = "COEXIST_NEW_APP")]
    new_app: Option<String>,
}

impl NewAppArgs {
    /// The name.
    pub(super) fn name(&self) -> Option<&str> {
        self.new_app.as_deref()
    }
}
