//! What a candidate can meet: the releases that are out, each once, however often it
//! was deployed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ledger::Live;
use crate::model::{Direction, Policy};
use crate::registry::Registry;

/// A release that is out.
#[derive(Clone, Debug)]
pub struct Opponent<'r> {
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
    /// What tells which one is newer.
    number: u64,
}

impl Opponent<'_> {
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
    let mut releases: BTreeMap<_, Opponent<'r>> = BTreeMap::new();
    for live in live {
        let opponent = Opponent {
            registry: &live.registry,
            deployed: live.deployment.deployed,
            retired: live.deployment.retired,
            pages_until: live.pages_until(policy.page_lifetime),
            directions: directions(live.is_running(), policy),
            number: live.number,
        };
        // Pages that have no life are not open, however far apart the clocks are.
        let is_gone = !opponent.is_running() && opponent.directions.is_empty();
        if is_gone || !opponent.is_out(now) {
            continue;
        }
        let release = &live.deployment.release;
        let key = (&release.name, &release.version, &live.deployment.registry);
        let known = releases.entry(key).or_insert_with(|| opponent.clone());
        if rank(&opponent) < rank(known) {
            *known = opponent;
        }
    }
    let mut all: Vec<Opponent<'r>> = releases.into_values().collect();
    all.sort_by_key(rank);
    all
}

/// What runs comes first, and of that the newest one; then what was retired last.
fn rank(opponent: &Opponent<'_>) -> impl Ord + use<> {
    (
        !opponent.is_running(),
        Reverse(opponent.retired),
        Reverse((opponent.deployed, opponent.number)),
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
