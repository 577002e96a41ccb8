//! What of a candidate, and of all that is out, is awake: an item behind a flag that is off
//! sends nothing and serves nothing, so the gate judges nothing else.

use std::sync::Arc;

use crate::ledger::Live;
use crate::model::{Flags, Policy};
use crate::registry::Registry;

/// A candidate and what is out, without what sleeps.
#[derive(Debug)]
pub struct Awake {
    pub(super) candidate: Registry,
    pub(super) live: Vec<Live>,
    pub(super) has_version_conflict: bool,
    /// The deployment that the candidate takes the place of at once, if only flags differ.
    pub(super) replaced: Option<u64>,
}

impl Awake {
    /// What is awake of a candidate, of which these flags are recorded, and of all that is out.
    /// What is not recorded is as the policy says.
    #[must_use]
    pub fn new((candidate, recorded): (&Registry, &Flags), live: &[Live], policy: &Policy) -> Self {
        let candidate_flags = policy.flags.overridden_by(recorded);
        Self {
            candidate: candidate_flags.awake(candidate.clone()),
            live: live.iter().map(|live| awake(live, policy)).collect(),
            has_version_conflict: has_version_conflict(candidate, live),
            replaced: None,
        }
    }

    /// A release that runs and goes on with other flags, at once on all its nodes; so do the
    /// `others`.
    #[must_use]
    pub fn turned(
        (live, flags): (&Live, &Flags),
        others: &[Live],
        all: &[Live],
        policy: &Policy,
    ) -> Self {
        let all = all.iter().chain(others);
        Self {
            candidate: policy
                .flags
                .overridden_by(flags)
                .awake(Registry::clone(&live.registry)),
            live: all.map(|live| awake(live, policy)).collect(),
            has_version_conflict: false,
            replaced: Some(live.number),
        }
    }

    /// The release that is judged.
    #[must_use]
    pub fn candidate(&self) -> &Registry {
        &self.candidate
    }
}

/// What of a build that is out is awake; without flags, the same one is shared.
fn awake(live: &Live, policy: &Policy) -> Live {
    let mut live = live.clone();
    if !live.registry.flags().is_empty() {
        let flags = policy.flags.overridden_by(&live.deployment.flags);
        live.registry = Arc::new(flags.awake(Registry::clone(&live.registry)));
    }
    live
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
