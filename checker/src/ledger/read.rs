//! Reads a ledger.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::damage::Damage;
use super::deployment::Deployment;
use super::environment::Ledger;
use super::error::LedgerError;
use super::format::{deployment_key, digest, place_of, registry_key};
use super::listing::{environment_key, numbers};
use super::name::Name;
use super::state::{Live, Recorded, State};
use super::store::Stored;
use super::times::{SKEW, earlier, later, open_for};
use crate::model::Flags;
use crate::registry::{Registry, snapshot};
use crate::support::suggest::nearest;

impl Ledger {
    /// What a release that is deployed at `now` can meet, if a page stays open for `lifetime`
    /// after the last node of its release has stopped.
    ///
    /// Only the files that matter are read; a damaged one among them is an error. `clock` is
    /// the time of this machine: a recorded time after it is also an error.
    pub fn state(
        &self,
        now: Timestamp,
        clock: Timestamp,
        lifetime: Duration,
    ) -> Result<State, LedgerError> {
        let mut state = State {
            last: 0,
            after: None,
            since: earlier(now, open_for(lifetime)),
            live: Vec::new(),
        };
        let mut numbers = self.numbers()?;
        self.check_clock()?;
        let Some(last) = numbers.pop() else {
            return Ok(state);
        };
        state.last = last;
        let mut registries = HashMap::new();
        for recorded in self.read_open(last, numbers, state.since)? {
            let place = recorded.place;
            let mut deployment = match recorded.deployment {
                Ok(deployment) => deployment,
                Err(damage) => return Err(LedgerError::Damaged { place, damage }),
            };
            check_time(&deployment, place, clock)?;
            if recorded.number == last {
                state.after = Some(deployment.as_before());
            }
            let pages_until = deployment.pages_until(lifetime);
            if pages_until.is_some_and(|end| end <= now) {
                continue;
            }
            let registry = self.shared(&deployment, &mut registries)?;
            // If it was retired later, it still ran at that time.
            deployment.retired = deployment.retired.filter(|retired| *retired <= now);
            state.live.push(Live {
                number: recorded.number,
                registry,
                deployment,
            });
        }
        Ok(state)
    }

    /// Reads the last deployment, and of those before it all that may have been open at
    /// `since`.
    fn read_open(
        &self,
        last: u64,
        before: Vec<u64>,
        since: Timestamp,
    ) -> Result<Vec<Recorded>, LedgerError> {
        let before_last = before.last().copied();
        let mut wanted = before;
        let mut read_last = self.read(&[last])?;
        for recorded in &read_last {
            match &recorded.deployment {
                Err(Damage::Missing) => {
                    return Err(LedgerError::LastMissing {
                        place: recorded.place.clone(),
                        noted: place_of(&*self.store, &environment_key(&self.environment)),
                        left: before_last.unwrap_or(0),
                    });
                }
                Ok(deployment) => {
                    // It lists what was open since then; for an earlier time, all are read.
                    if deployment.open_since <= since {
                        wanted.clear();
                    }
                    wanted.extend(&deployment.open);
                    wanted.sort_unstable();
                    wanted.dedup();
                }
                Err(_) => {}
            }
        }
        let mut read = self.read(&wanted)?;
        read.append(&mut read_last);
        let spare = before_last.filter(|number| !wanted.contains(number));
        check_order(&read, &self.read(spare.as_slice())?)?;
        Ok(read)
    }

    /// The registry of a deployment, which it may share with another one.
    fn shared(
        &self,
        deployment: &Deployment,
        known: &mut HashMap<String, Arc<Registry>>,
    ) -> Result<Arc<Registry>, LedgerError> {
        let registry = match known.entry(deployment.registry.clone()) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(entry) => Arc::clone(entry.insert(Arc::new(self.registry(deployment)?))),
        };
        if registry.release == deployment.release {
            return Ok(registry);
        }
        let release = deployment.release.clone();
        Ok(Arc::new(Registry {
            release,
            ..Registry::clone(&registry)
        }))
    }

    /// The flags of the last deployment of an app, which the next one takes over: of those that
    /// are live or, if there are none, of all.
    pub fn flags(&self, state: &State, app: &str) -> Result<Flags, LedgerError> {
        let mut live = state.live.iter().rev().map(|live| &live.deployment);
        if let Some(last) = live.find(|last| last.release.name == app) {
            return Ok(last.flags.clone());
        }
        let recorded = self.recorded()?.into_iter().rev();
        let mut deployments = recorded.filter_map(|recorded| recorded.deployment.ok());
        let last = deployments.find(|last| last.release.name == app);
        Ok(last.map(|last| last.flags).unwrap_or_default())
    }

    /// All that was ever recorded, and not pruned since; the first one first.
    pub fn recorded(&self) -> Result<Vec<Recorded>, LedgerError> {
        self.read(&self.numbers()?)
    }

    /// The names of the apps that were ever deployed, of those files that can be read.
    pub fn apps(&self) -> Result<Vec<String>, LedgerError> {
        let recorded = self.recorded()?.into_iter();
        let deployments = recorded.filter_map(|recorded| recorded.deployment.ok());
        let apps: BTreeSet<String> = deployments
            .map(|deployment| deployment.release.name)
            .collect();
        Ok(apps.into_iter().collect())
    }

    /// Checks that an app without a live release is not another one under a new name. `apps`
    /// are [those that were ever deployed](Self::apps); `new_app` is the one that is said to
    /// be new.
    pub fn check_app(
        &self,
        app: &str,
        apps: &[String],
        new_app: Option<&str>,
    ) -> Result<(), LedgerError> {
        if apps.is_empty() || apps.iter().any(|known| known == app) {
            return Ok(());
        }
        let mut same_letters = apps.iter();
        let same_letters = same_letters.find(|known| known.to_lowercase() == app.to_lowercase());
        if same_letters.is_none() && new_app == Some(app) {
            return Ok(());
        }
        Err(LedgerError::NewApp {
            place: self.place(),
            environment: self.environment.clone(),
            app: app.to_owned(),
            known: apps.to_vec(),
            same_letters: same_letters.cloned(),
        })
    }

    /// The last deployment of a release.
    pub fn find(&self, name: &Name) -> Result<(u64, Deployment), LedgerError> {
        let mut numbers = self.numbers()?;
        // Mostly it is one of those that the last one lists.
        if let Some(last) = numbers.pop() {
            let last = self.read(&[last])?;
            let open = last.iter().flat_map(|last| match &last.deployment {
                Ok(deployment) => &deployment.open[..],
                Err(_) => &[],
            });
            let mut open = self.read(&open.copied().collect::<Vec<u64>>())?;
            open.extend(last);
            if let Some(found) = find_in(&open, name) {
                return Ok(found);
            }
        }
        let recorded = self.recorded()?;
        find_in(&recorded, name).ok_or_else(|| self.none(&recorded, name))
    }

    /// The error for a release that is not recorded.
    fn none(&self, recorded: &[Recorded], name: &Name) -> LedgerError {
        let mut known: Vec<String> = Vec::new();
        for Recorded {
            place, deployment, ..
        } in recorded
        {
            match deployment {
                Ok(deployment) => known.push(Name(deployment.release.clone()).to_string()),
                // It may be that one.
                Err(damage) => {
                    let (place, damage) = (place.clone(), damage.clone());
                    return LedgerError::Damaged { place, damage };
                }
            }
        }
        let known: Vec<&str> = known.iter().map(|name| &**name).collect();
        let help = match nearest(&name.to_string(), &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`coexist record list` shows all of them".to_owned(),
        };
        LedgerError::NoDeployment {
            place: self.place(),
            environment: self.environment.clone(),
            release: Box::new(name.clone()),
            help,
        }
    }

    /// The registry of a deployment.
    pub fn registry(&self, deployment: &Deployment) -> Result<Registry, LedgerError> {
        let key = registry_key(&deployment.registry);
        let damaged = |damage| self.damaged(&key, damage);
        let stored = self.read_file(&key)?;
        let text = String::from_utf8(stored.bytes)
            .map_err(|error| damaged(Damage::Wrong(error.to_string())))?;
        // A checkout on Windows may have other ends of lines.
        let text = text.replace("\r\n", "\n");
        if digest(&text) != deployment.registry {
            let what = "its text does not have the hash in its name".to_owned();
            return Err(damaged(Damage::Wrong(what)));
        }
        snapshot::read_items(&text, deployment.release.clone()).map_err(|error| {
            damaged(match error {
                snapshot::SnapshotError::Newer { found } => Damage::Newer(found),
                error => Damage::Wrong(error.to_string()),
            })
        })
    }

    /// The numbers of all deployments.
    fn numbers(&self) -> Result<Vec<u64>, LedgerError> {
        numbers(&*self.store, &self.environment)
    }

    fn read(&self, numbers: &[u64]) -> Result<Vec<Recorded>, LedgerError> {
        let keys: Vec<String> = numbers.iter().map(|number| self.key(*number)).collect();
        let stored = self.store.read_all(&keys);
        let each = numbers.iter().zip(keys).zip(stored);
        each.map(|((number, key), stored)| {
            let deployment = match stored? {
                Some(stored) => Deployment::read(&stored.bytes),
                None => Err(Damage::Missing),
            };
            Ok(Recorded {
                number: *number,
                place: place_of(&*self.store, &key),
                deployment,
            })
        })
        .collect()
    }

    /// Reads a file that another one refers to.
    pub(super) fn read_file(&self, key: &str) -> Result<Stored, LedgerError> {
        let stored = self.store.read(key)?;
        stored.ok_or_else(|| self.damaged(key, Damage::Missing))
    }

    /// The error for a file that is damaged.
    pub(super) fn damaged(&self, key: &str, damage: Damage) -> LedgerError {
        LedgerError::Damaged {
            place: place_of(&*self.store, key),
            damage,
        }
    }

    pub(super) fn key(&self, number: u64) -> String {
        deployment_key(&self.environment, number)
    }
}

/// The last one of a release.
fn find_in(recorded: &[Recorded], name: &Name) -> Option<(u64, Deployment)> {
    let mut deployments = recorded.iter().rev().filter_map(|recorded| {
        let deployment = recorded.deployment.as_ref().ok()?;
        Some((recorded.number, deployment))
    });
    let found = deployments.find(|(_, deployment)| deployment.release == name.0);
    found.map(|(number, deployment)| (number, deployment.clone()))
}

/// Whether what is recorded has come, by this machine's clock.
fn check_time(deployment: &Deployment, place: String, clock: Timestamp) -> Result<(), LedgerError> {
    let at = deployment.retired.unwrap_or(deployment.deployed);
    if at > later(clock, SKEW) {
        return Err(LedgerError::RecordedInFuture { place, at, clock });
    }
    Ok(())
}

/// Checks that each follows the one that it was recorded after, as far as these are read.
fn check_order(read: &[Recorded], spare: &[Recorded]) -> Result<(), LedgerError> {
    let known = read.iter().chain(spare).filter_map(|recorded| {
        let deployment = recorded.deployment.as_ref().ok()?;
        Some((recorded.number, deployment.as_before()))
    });
    let known: HashMap<u64, String> = known.collect();
    for recorded in read {
        let Ok(Deployment {
            after: Some(after), ..
        }) = &recorded.deployment
        else {
            continue;
        };
        if let Some(found) = known.get(&(recorded.number.saturating_sub(1)))
            && found != after
        {
            return Err(LedgerError::OtherBefore {
                place: recorded.place.clone(),
                after: after.clone(),
                found: found.clone(),
            });
        }
    }
    Ok(())
}
