//! What a ledger answers: the deployments that can be met at some time, and all that are
//! recorded.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::damage::Damage;
use super::deployment::Deployment;
use crate::registry::Registry;

/// What there is to meet in an environment at some time.
#[derive(Debug)]
pub struct State {
    /// The number of the last deployment; 0: there was none yet.
    pub(super) last: u64,
    /// What the last one is called in the next.
    pub(super) after: Option<String>,
    /// What was retired before this time can no longer be met.
    pub(super) since: Timestamp,
    /// The deployments that run, or whose pages may be open; the last one comes last.
    pub live: Vec<Live>,
}

/// A deployment that runs, or whose pages may be open.
#[derive(Clone, Debug)]
pub struct Live {
    /// Its number in the environment.
    pub number: u64,
    /// What the ledger says of it.
    pub deployment: Deployment,
    /// Its handlers and forms.
    pub registry: Arc<Registry>,
}

/// A file of the environment, which may be damaged.
#[derive(Debug)]
pub struct Recorded {
    /// Its number in the environment.
    pub number: u64,
    /// The store and the key.
    pub place: String,
    /// What it says.
    pub deployment: Result<Deployment, Damage>,
}

impl Live {
    /// Whether it runs on a node.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.deployment.retired.is_none()
    }

    /// Until when its pages may be open; `None`: it runs, and makes new ones.
    #[must_use]
    pub fn pages_until(&self, lifetime: Duration) -> Option<Timestamp> {
        self.deployment.pages_until(lifetime)
    }
}
