//! What of a candidate, and of all that is out, is awake: an item behind a flag that is off
//! sends nothing and serves nothing, so the gate judges nothing else.

use std::sync::Arc;

use crate::ledger::Live;
use crate::model::Flags;
use crate::registry::Registry;

/// A candidate and what is out, without what sleeps.
#[derive(Debug)]
pub struct Awake {
    pub(super) candidate: Registry,
    pub(super) live: Vec<Live>,
    pub(super) has_version_conflict: bool,
}

impl Awake {
    /// What is awake of a candidate and of all that is out, under the flags of the policy.
    #[must_use]
    pub fn new(candidate: &Registry, live: &[Live], flags: &Flags) -> Self {
        let awake = live.iter().map(|live| Live {
            registry: awake(&live.registry, flags),
            ..live.clone()
        });
        Self {
            candidate: flags.awake(candidate.clone()),
            live: awake.collect(),
            has_version_conflict: has_version_conflict(candidate, live),
        }
    }
}

/// What of a build that is out is awake; without flags, the same one is shared.
fn awake(registry: &Arc<Registry>, flags: &Flags) -> Arc<Registry> {
    if registry.flags().is_empty() {
        return Arc::clone(registry);
    }
    Arc::new(flags.awake(Registry::clone(registry)))
}

/// Whether a deployment of this name holds something else; unless the candidate itself was
/// deployed after it, and runs. What sleeps is part of a build.
fn has_version_conflict(candidate: &Registry, live: &[Live]) -> bool {
    let of_name = live
        .iter()
        .filter(|live| live.deployment.release == candidate.release);
    let (same, others): (Vec<&Live>, Vec<&Live>) =
        of_name.partition(|live| live.registry.same_items(candidate));
    let running = same.iter().filter(|live| live.is_running());
    let number = running.map(|live| live.number).max();
    others.iter().any(|other| Some(other.number) > number)
}
