//! What changes a ledger. Each change is one text, written as a whole; what it needs
//! is written before.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;

use super::damage::Damage;
use super::deployment::Deployment;
use super::environment::{Ledger, environment_name, environments};
use super::error::LedgerError;
use super::format::{
    ENVIRONMENT, FORMAT, MARK, REGISTRIES, digest, number, place_of, registry_key,
};
use super::mark::{check_mark, mark};
use super::name::Name;
use super::state::{Live, Recorded, State};
use super::store::Store;
use super::times::{SKEW, later};
use crate::model::Verdict;
use crate::registry::{Registry, snapshot};

/// How old a registry that nobody speaks of must be to be taken away: it may belong to
/// a deployment that is being recorded.
const GRACE: Duration = Duration::from_secs(24 * 60 * 60);

/// How often a change is tried while others write.
pub(crate) const TRIES: u32 = 10;

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// How many deployments.
    pub deployments: usize,
    /// How many registries.
    pub registries: usize,
}

impl Ledger {
    /// Makes a ledger with an environment in a store; each is left as it is if it is
    /// there. Says whether the environment is new.
    pub fn init(store: &dyn Store, environment: &str) -> Result<bool, LedgerError> {
        let environment = environment_name(environment)?;
        if let Some(stored) = store.read(MARK)? {
            check_mark(&stored.bytes).map_err(|damage| LedgerError::Damaged {
                place: place_of(store, MARK),
                damage,
            })?;
        }
        store.make()?;
        // The mark comes last: without it there is no ledger.
        let is_new = store.create(&format!("{environment}/{ENVIRONMENT}"), &mark())?;
        store.create(MARK, &mark())?;
        Ok(is_new)
    }

    /// Records that a release runs from that time on, if the environment is still as it
    /// was when it was judged; `None`: it is not, and nothing is recorded.
    pub fn deploy(
        &self,
        state: &State,
        registry: &Registry,
        time: Timestamp,
        verdict: Verdict,
    ) -> Result<Option<u64>, LedgerError> {
        let items = snapshot::items(registry);
        let digest = digest(&items);
        // Written even if it is there: that makes it young, so that nobody prunes it.
        self.store.write(&registry_key(&digest), &items)?;
        self.check_clock()?;
        let number = state.last + 1;
        let release = registry.release.clone();
        let deployment = Deployment {
            format: FORMAT,
            release,
            registry: digest,
            deployed: time,
            retired: None,
            verdict,
            after: state.after.clone(),
            open_since: state.since,
            open: state.live.iter().map(|live| live.number).collect(),
        };
        let is_recorded = self.store.create(&self.key(number), &deployment.write())?;
        Ok(is_recorded.then_some(number))
    }

    /// The deployment of this very build that runs. One of the same version that holds
    /// something else is an error.
    pub fn running<'s>(
        &self,
        state: &'s State,
        registry: &Registry,
    ) -> Result<Option<&'s Live>, LedgerError> {
        let of_version = |live: &&Live| live.deployment.release == registry.release;
        for live in state.live.iter().rev().filter(of_version) {
            if live.registry.same_items(registry) {
                if live.is_running() {
                    return Ok(Some(live));
                }
            } else {
                return Err(LedgerError::SameVersion {
                    release: Name(registry.release.clone()),
                    place: place_of(&*self.store, &self.key(live.number)),
                });
            }
        }
        Ok(None)
    }

    /// Records that the last node of a release stopped at that time.
    pub fn retire(&self, name: &Name, time: Timestamp) -> Result<(u64, Deployment), LedgerError> {
        for _ in 0..TRIES {
            let (number, _) = self.find(name)?;
            self.check_clock()?;
            let key = self.key(number);
            let damaged = |damage| LedgerError::Damaged {
                place: place_of(&*self.store, &key),
                damage,
            };
            let read = self
                .store
                .read(&key)?
                .ok_or_else(|| damaged(Damage::Missing))?;
            let mut deployment = Deployment::read(&read.bytes).map_err(damaged)?;
            let release = || Name(deployment.release.clone());
            if let Some(retired) = deployment.retired {
                return Err(LedgerError::Retired {
                    release: release(),
                    at: retired,
                });
            }
            if time < deployment.deployed {
                return Err(LedgerError::RetiredTooEarly {
                    release: release(),
                    deployed: deployment.deployed,
                    at: time,
                });
            }
            deployment.retired = Some(time);
            if self.store.replace(&key, &deployment.write(), &read)? {
                return Ok((number, deployment));
            }
        }
        Err(LedgerError::Busy {
            place: self.place(),
            tries: TRIES,
        })
    }

    /// Takes away what was retired before that time, and registries that nobody speaks
    /// of any longer. The last deployment stays: the next one counts on from it.
    pub fn prune(&self, before: Timestamp) -> Result<Pruned, LedgerError> {
        let mut pruned = Pruned::default();
        let mut recorded = self.recorded()?;
        let Some(last) = recorded.pop() else {
            return Ok(pruned);
        };
        // Readers look for what it speaks of.
        let (place, last) = (last.place, last.deployment);
        let open = last
            .map_err(|damage| LedgerError::Damaged { place, damage })?
            .open;
        for Recorded {
            number,
            place,
            deployment,
        } in recorded
        {
            let deployment = deployment.map_err(|damage| LedgerError::Damaged { place, damage })?;
            let is_old = deployment.retired.is_some_and(|retired| retired < before);
            if is_old && !open.contains(&number) {
                self.store.remove(&self.key(number))?;
                pruned.deployments += 1;
            }
        }
        pruned.registries = self.prune_registries()?;
        self.store.sweep(GRACE)?;
        Ok(pruned)
    }

    fn prune_registries(&self) -> Result<usize, LedgerError> {
        let registries = self.store.list(REGISTRIES)?;
        let mut used = HashSet::new();
        for environment in environments(&*self.store)? {
            let numbers = self.store.list(&environment)?;
            let keys: Vec<String> = numbers
                .into_iter()
                .map(|listed| listed.key)
                .filter(|key| number(key).is_some())
                .collect();
            for (key, stored) in keys.iter().zip(self.store.read_all(&keys)) {
                let Some(stored) = stored? else { continue };
                let deployment = Deployment::read(&stored.bytes).map_err(|damage| {
                    let place = place_of(&*self.store, key);
                    LedgerError::Damaged { place, damage }
                })?;
                used.insert(registry_key(&deployment.registry));
            }
        }
        let unused = registries
            .iter()
            .filter(|listed| !used.contains(&listed.key) && listed.age > GRACE);
        let mut count = 0;
        for listed in unused {
            self.store.remove(&listed.key)?;
            count += 1;
        }
        Ok(count)
    }
}

/// A time that has come, by a clock that may be a little slow.
pub fn has_come(time: Timestamp, clock: Timestamp) -> Result<Timestamp, LedgerError> {
    if time > later(clock, SKEW) {
        return Err(LedgerError::Future { at: time, clock });
    }
    Ok(time)
}
