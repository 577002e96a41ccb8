//! Whether a build ran before what runs now.

use super::deployment::Deployment;
use super::environment::Ledger;
use super::error::LedgerError;
use super::format::{digest, registry_key};
use super::state::{Live, State};
use crate::registry::{Registry, snapshot};

/// An earlier deployment of a build that is not what runs.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// That deployment: the last one.
    pub deployment: Deployment,
    /// What runs: the newest release of the app.
    pub running: Deployment,
}

impl Ledger {
    /// The last deployment of a build with the same handlers and forms, before the newest
    /// release of its app that runs; `None`: there is none, or the build is what runs.
    ///
    /// For a build that was never recorded, one text is asked for.
    pub fn earlier(&self, state: &State, build: &Registry) -> Result<Option<Earlier>, LedgerError> {
        let of_app = |live: &&Live| live.deployment.release.name == build.release.name;
        let newest = state.live.iter().filter(of_app);
        let newest = newest.filter(|live| live.is_running());
        let Some(newest) = newest.max_by_key(|live| (live.deployment.deployed, live.number)) else {
            return Ok(None);
        };
        if newest.registry.same_items(build) {
            return Ok(None);
        }
        let running = newest.deployment.clone();
        let is_earlier = |deployment: &Deployment| {
            deployment.release.name == build.release.name && deployment.deployed < running.deployed
        };
        let mut live = state.live.iter().rev();
        let live =
            live.find(|live| is_earlier(&live.deployment) && live.registry.same_items(build));
        let deployment = if let Some(live) = live {
            Some(live.deployment.clone())
        } else {
            let digest = digest(&snapshot::items(build));
            let mut deployments = self.of_registry(&digest)?.into_iter().rev();
            deployments.find(is_earlier)
        };
        Ok(deployment.map(|deployment| Earlier {
            deployment,
            running,
        }))
    }

    /// The deployments with that registry which can be read.
    fn of_registry(&self, digest: &str) -> Result<Vec<Deployment>, LedgerError> {
        if self.store.read(&registry_key(digest))?.is_none() {
            return Ok(Vec::new());
        }
        let recorded = self.recorded()?.into_iter();
        let deployments = recorded.filter_map(|recorded| recorded.deployment.ok());
        let same = deployments.filter(|deployment| deployment.registry == digest);
        Ok(same.collect())
    }
}
