//! The parameters of the demo: how many nodes, how fast they are replaced, how many users.

use std::time::Duration;

/// The parameters of a demo, the same for both of its runs.
#[derive(Clone, Debug)]
pub(crate) struct Params {
    /// Nodes behind the balancer.
    pub nodes: u32,
    /// The time to replace all nodes, each of which takes an equal part of it.
    pub roll: Duration,
    /// New users per second, at random times (a Poisson process).
    pub visits_per_second: f64,
    /// The shortest and the longest time in which a user fills in the form: uniformly
    /// distributed between the two.
    pub dwell: (Duration, Duration),
    /// The balancer; `None`: `HAProxy` if it is installed, else the built-in one.
    pub balancer: Option<BalancerKind>,
}

/// The load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BalancerKind {
    /// The program `haproxy` in `PATH`.
    HaProxy,
    /// A round-robin proxy in this process.
    BuiltIn,
}

impl Params {
    /// How long users look at the home page before they follow its link.
    pub(crate) const CLICK: Duration = Duration::from_millis(300);

    /// The time between the replacement of one node and that of the next one.
    #[must_use]
    pub(crate) fn interval(&self) -> Duration {
        self.roll / self.nodes
    }

    /// How long pages of a release may stay open after the last node of it is gone: the
    /// longest dwell, with a margin for slow machines.
    #[must_use]
    pub(crate) fn page_lifetime(&self) -> Duration {
        self.dwell.1 + Self::CLICK + Duration::from_secs(1)
    }
}

/// A deployment of ten minutes, shortened to seconds.
impl Default for Params {
    fn default() -> Self {
        Self {
            nodes: 5,
            roll: Duration::from_secs(12),
            visits_per_second: 30.0,
            dwell: (Duration::from_millis(500), Duration::from_secs(2)),
            balancer: None,
        }
    }
}
