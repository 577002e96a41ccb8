//! What a candidate can meet: the releases that are out, each once, however often it
//! was deployed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ledger::Live;
use crate::model::{Build, BuildId, Direction, Flags, Policy};
use crate::registry::Registry;

/// A release that is out.
#[derive(Clone, Debug)]
pub struct Opponent<'r> {
    /// Its number in the judgement; the candidate's is 0.
    pub id: BuildId,
    /// The number of its deployment.
    pub number: u64,
    /// The flags that are recorded of it.
    pub flags: &'r Flags,
    /// Its handlers and forms.
    pub registry: &'r Registry,
    /// Since when it runs, or ran at last.
    pub deployed: Timestamp,
    /// When its last node stopped; `None`: it runs.
    pub retired: Option<Timestamp>,
    /// Until when its pages may be open; `None`: it runs, and makes new ones.
    pub pages_until: Option<Timestamp>,
    /// In which directions it meets the candidate; it is the old one.
    pub directions: Vec<Direction>,
}

impl<'r> Opponent<'r> {
    /// The release as a build of the judgement.
    pub(super) fn build(&self) -> Build<'r> {
        Build {
            id: self.id,
            registry: self.registry,
        }
    }

    /// Whether it runs on a node.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.retired.is_none()
    }

    /// Whether it still runs at that time, or its pages may be open.
    pub(super) fn is_out(&self, time: Timestamp) -> bool {
        self.pages_until.is_none_or(|end| time < end)
    }
}

/// All that is out at that time, of every app, in the order of [`super::Gate::against`].
pub(super) fn all<'r>(live: &'r [Live], policy: &Policy, now: Timestamp) -> Vec<Opponent<'r>> {
    let mut releases: BTreeMap<_, &'r Live> = BTreeMap::new();
    for live in live.iter().filter(|live| is_out(live, policy, now)) {
        let release = &live.deployment.release;
        let build = (&release.name, &release.version, &live.deployment.registry);
        let key = (build, &live.deployment.flags);
        let known = releases.entry(key).or_insert(live);
        if rank(live) < rank(known) {
            *known = live;
        }
    }
    let mut all: Vec<&'r Live> = releases.into_values().collect();
    all.sort_by_key(|live| rank(live));
    let numbered = all.into_iter().zip(1..);
    numbered
        .map(|(live, number)| Opponent {
            id: Build::new(number, &live.registry).id,
            number: live.number,
            flags: &live.deployment.flags,
            registry: &live.registry,
            deployed: live.deployment.deployed,
            retired: live.deployment.retired,
            pages_until: live.pages_until(policy.page_lifetime),
            directions: directions(live.is_running(), policy),
        })
        .collect()
}

/// Whether it runs, or its pages may be open. Pages that have no life are not open, however
/// far apart the clocks are.
fn is_out(live: &Live, policy: &Policy, now: Timestamp) -> bool {
    let is_running = live.is_running();
    let pages_until = live.pages_until(policy.page_lifetime);
    let is_gone = !is_running && directions(is_running, policy).is_empty();
    !is_gone && pages_until.is_none_or(|end| now < end)
}

/// What runs comes first, and of that the newest one; then what was retired last.
fn rank(live: &Live) -> impl Ord + use<> {
    (
        !live.is_running(),
        Reverse(live.deployment.retired),
        Reverse((live.deployment.deployed, live.number)),
    )
}

/// In which directions a release meets a candidate. Without a node that runs, it is by
/// its pages alone, however the candidate is rolled out.
fn directions(is_running: bool, policy: &Policy) -> Vec<Direction> {
    let meets = |direction: &Direction| {
        if is_running {
            policy.overlaps(*direction)
        } else {
            *direction == Direction::OldToNew && !policy.page_lifetime.is_zero()
        }
    };
    let both = [Direction::OldToNew, Direction::NewToOld];
    both.into_iter().filter(meets).collect()
}
