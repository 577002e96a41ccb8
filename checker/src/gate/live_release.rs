//! What a candidate can meet: the releases that are out, each once, however often it
//! was deployed.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::ledger::{Live, SKEW, open_until};
use crate::model::{Build, BuildId, Direction, Flags, Policy};
use crate::registry::{Form, Registry};

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
    /// If it does not run: how old its youngest page is at least. What lives no longer has
    /// expired.
    pub(super) age: Option<Duration>,
    /// How long a page stays open.
    pub(super) page_lifetime: Duration,
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

    /// Whether a form of its pages may still be open.
    pub(super) fn holds(&self, form: &Form) -> bool {
        let lifetime = form.lifetime_on(self.page_lifetime);
        self.age.is_none_or(|age| lifetime > age)
    }

    /// Until when a form of its pages may be open; `None`: it runs, and makes new ones.
    #[must_use]
    pub fn form_until(&self, form: &Form) -> Option<Timestamp> {
        let lifetime = form.lifetime_on(self.page_lifetime);
        self.retired.map(|retired| open_until(retired, lifetime))
    }

    /// The same at a later time.
    pub(super) fn at(&self, time: Timestamp) -> Self {
        Self {
            age: age(self.retired, time),
            ..self.clone()
        }
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
            age: age(live.deployment.retired, now),
            page_lifetime: policy.page_lifetime,
            directions: directions(live, policy),
        })
        .collect()
}

/// Whether it runs, or its pages may be open. Pages that have no life are not open, however
/// far apart the clocks are.
fn is_out(live: &Live, policy: &Policy, now: Timestamp) -> bool {
    let pages_until = live.pages_until(policy.page_lifetime);
    let is_gone = !live.is_running() && directions(live, policy).is_empty();
    !is_gone && pages_until.is_none_or(|end| now < end)
}

/// How long ago a release stopped, less what clocks may be apart.
fn age(retired: Option<Timestamp>, now: Timestamp) -> Option<Duration> {
    let age = Duration::try_from(now.duration_since(retired?));
    Some(age.unwrap_or_default().saturating_sub(SKEW))
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
fn directions(live: &Live, policy: &Policy) -> Vec<Direction> {
    let is_open = !policy.page_lifetime.is_zero() || live.deployment.longest_lifetime.is_some();
    let meets = |direction: &Direction| {
        if live.is_running() {
            policy.overlaps_pages(*direction, &live.registry)
        } else {
            *direction == Direction::OldToNew && is_open
        }
    };
    let both = [Direction::OldToNew, Direction::NewToOld];
    both.into_iter().filter(meets).collect()
}
