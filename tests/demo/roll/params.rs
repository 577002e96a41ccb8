//! How the demo is set: how many nodes, how fast they are rolled, who visits.

use std::time::Duration;

/// The setting of a demo, the same for both of its runs.
#[derive(Clone, Debug)]
pub(crate) struct Params {
    /// Nodes behind the balancer.
    pub nodes: u32,
    /// From the first node's turn until the last one has had its share of the time.
    pub roll: Duration,
    /// People who come in a second; when each comes is chance (a Poisson process).
    pub visits_per_second: f64,
    /// The shortest and the longest time in which somebody fills in a form; each time
    /// between is as likely.
    pub dwell: (Duration, Duration),
    /// The balancer; `None`: `HAProxy` if it is installed, else the built-in one.
    pub balancer: Option<BalancerKind>,
}

/// Which balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BalancerKind {
    /// The program `haproxy` in `PATH`.
    HaProxy,
    /// A round-robin proxy in this process.
    BuiltIn,
}

impl Params {
    /// How long people look at the home page before they follow its link.
    pub(crate) const CLICK: Duration = Duration::from_millis(300);

    /// From one node's turn to the next one's.
    #[must_use]
    pub(crate) fn interval(&self) -> Duration {
        self.roll / self.nodes
    }

    /// After this nobody has a page of a release that no node serves any more: the
    /// longest dwell, and what a slow machine adds.
    #[must_use]
    pub(crate) fn page_lifetime(&self) -> Duration {
        self.dwell.1 + Self::CLICK + Duration::from_secs(1)
    }
}

/// A deploy of ten minutes, shrunk to seconds.
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
