//! Changes a ledger. Each change is one text, written as a whole; what it refers to is
//! written before.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::deployment::Deployment;
use super::environment::{Ledger, environment_name, environments};
use super::error::LedgerError;
use super::format::{
    MARK, REGISTRIES, deployment_key, digest, is_registry_key, place_of, registry_key,
};
use super::listing::{environment_key, numbers};
use super::mark::{check_mark, environment_mark, mark, noted_last};
use super::name::Name;
use super::state::{Live, Recorded, State};
use super::store::{ListedKind, Store};
use super::times::{SKEW, later};
use crate::model::{Flags, Verdict};
use crate::registry::{Registry, snapshot};

/// The age at which a registry that nothing refers to is deleted: a younger one may belong
/// to a deployment that is being recorded.
const GRACE: Duration = Duration::from_secs(24 * 60 * 60);

/// How often a change is tried while others write.
pub(crate) const TRIES: u32 = 20;

/// The longest pause before the second try; each further one may be twice as long.
const PAUSE: Duration = Duration::from_millis(50);

/// The longest pause before any try.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// How many deployments.
    pub deployments: usize,
    /// How many registries.
    pub registries: usize,
}

impl Ledger {
    /// Creates a ledger with an environment in a store; each stays as it is if it exists.
    /// Returns whether the environment is new.
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
        let is_new = store.create(&environment_key(environment), &mark())?;
        store.create(MARK, &mark())?;
        Ok(is_new)
    }

    /// Records that a release runs from that time on, and returns the number of its
    /// deployment. `None` if the environment has changed since `state` was read: then nothing is
    /// recorded. Its flags are those of the last deployment of its app.
    pub fn deploy(
        &self,
        state: &State,
        registry: &Registry,
        time: Timestamp,
        verdict: Verdict,
    ) -> Result<Option<u64>, LedgerError> {
        let flags = self.flags(state, &registry.release.name)?;
        self.deploy_with(state, (registry, flags), time, verdict)
    }

    /// The same, with these flags.
    pub fn deploy_with(
        &self,
        state: &State,
        (registry, flags): (&Registry, Flags),
        time: Timestamp,
        verdict: Verdict,
    ) -> Result<Option<u64>, LedgerError> {
        let items = snapshot::items(registry);
        let digest = digest(&items);
        // Written even if it exists: that makes it young, so that it is not pruned.
        self.store.write(&registry_key(&digest), &items)?;
        self.check_clock()?;
        let number = state
            .last
            .checked_add(1)
            .ok_or_else(|| LedgerError::NoNumberLeft {
                place: self.place(),
                last: state.last,
            })?;
        let release = registry.release.clone();
        let mut deployment = Deployment {
            format: 1,
            release,
            registry: digest,
            deployed: time,
            retired: None,
            verdict,
            flags,
            longest_lifetime: registry.longest_lifetime().cloned(),
            after: state.after.clone(),
            open_since: state.since,
            open: state.live.iter().map(|live| live.number).collect(),
        };
        deployment.format = deployment.lowest_format();
        let is_recorded = self.store.create(&self.key(number), &deployment.write())?;
        if is_recorded {
            self.note_last(number);
        }
        Ok(is_recorded.then_some(number))
    }

    /// Notes that there was a deployment of that number: so it is missed if its text is
    /// deleted.
    ///
    /// The deployment is recorded, whether this succeeds or not; if not, the next one makes
    /// up for it.
    fn note_last(&self, number: u64) {
        let key = environment_key(&self.environment);
        for tried in 0..TRIES {
            let Ok(Some(read)) = self.store.read(&key) else {
                return;
            };
            let is_behind =
                noted_last(&read.bytes).is_ok_and(|noted| noted.is_none_or(|noted| noted < number));
            let text = environment_mark(number);
            if !is_behind || !matches!(self.store.replace(&key, &text, &read), Ok(false)) {
                return;
            }
            pause(tried);
        }
    }

    /// The deployment of this very build that runs. One of the same version with other
    /// handlers or forms is an error.
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
        for tried in 0..TRIES {
            let (number, _) = self.find(name)?;
            if let Some(deployment) = self.try_end(number, time)? {
                return Ok((number, deployment));
            }
            pause(tried);
        }
        Err(self.busy())
    }

    /// Records that a deployment ended at that time, since another one of the same release goes
    /// on. One that has ended stays as it is.
    pub fn end(&self, number: u64, time: Timestamp) -> Result<(), LedgerError> {
        for tried in 0..TRIES {
            match self.try_end(number, time) {
                Ok(None) => pause(tried),
                Ok(Some(_)) | Err(LedgerError::Retired { .. }) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        Err(self.busy())
    }

    /// Writes the end of a deployment; `None`: somebody else changed it meanwhile.
    fn try_end(&self, number: u64, time: Timestamp) -> Result<Option<Deployment>, LedgerError> {
        self.check_clock()?;
        let key = self.key(number);
        let read = self.read_file(&key)?;
        let mut deployment =
            Deployment::read(&read.bytes).map_err(|damage| self.damaged(&key, damage))?;
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
        let is_written = self.store.replace(&key, &deployment.write(), &read)?;
        Ok(is_written.then_some(deployment))
    }

    /// The error of who is overtaken again and again.
    pub(crate) fn busy(&self) -> LedgerError {
        LedgerError::Busy {
            place: self.place(),
            tries: TRIES,
        }
    }

    /// Deletes what was retired before that time, and states no lifetime that reaches beyond it, and registries that nothing refers to any
    /// longer. The last deployment stays: the next one counts on from it.
    pub fn prune(&self, before: Timestamp) -> Result<Pruned, LedgerError> {
        let mut pruned = Pruned::default();
        let mut recorded = self.recorded()?;
        let Some(last) = recorded.pop() else {
            return Ok(pruned);
        };
        // Readers look for what it lists.
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
            // A link in a mail may outlive every page.
            let end = deployment.pages_until(Duration::ZERO);
            let is_old = end.is_some_and(|end| end < before);
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
            let numbers = numbers(&*self.store, &environment)?;
            let keys: Vec<String> = numbers
                .into_iter()
                .map(|number| deployment_key(&environment, number))
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
        let unused = registries.iter().filter(|listed| {
            is_registry_key(&listed.key)
                && listed.kind == ListedKind::File
                && listed.age > GRACE
                && !used.contains(&listed.key)
        });
        let mut count = 0;
        for listed in unused {
            self.store.remove(&listed.key)?;
            count += 1;
        }
        Ok(count)
    }
}

/// Waits for a random time before another try, so that writers that failed together do not
/// come back together.
pub(crate) fn pause(tried: u32) {
    let longest = PAUSE
        .saturating_mul(2_u32.saturating_pow(tried))
        .min(LONGEST_PAUSE);
    let part = u32::try_from(RandomState::new().hash_one(()) % 1000).unwrap_or(0);
    thread::sleep(longest * part / 1000);
}

/// Checks that a time is not in the future, by a clock that may be a little slow.
pub fn has_come(time: Timestamp, clock: Timestamp) -> Result<Timestamp, LedgerError> {
    if time > later(clock, SKEW) {
        return Err(LedgerError::Future { at: time, clock });
    }
    Ok(time)
}
