//! What is simulated: the app, its traffic and its roll, apart from what the policy says.

use std::collections::BTreeMap;
use std::time::Duration;

/// The nodes of the largest app that is simulated: the closed form takes the square of
/// this many steps.
pub const MAX_NODES: u32 = 10_000;

/// The submissions that are drawn at the least: fewer say nothing.
pub const MIN_SAMPLES: u64 = 1_000;

/// What is to be simulated, apart from what the policy says. `default()` is what the
/// program takes where nothing is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// How many nodes the app has.
    pub nodes: u32,
    /// How long the rollout takes, after the canary nodes. Blue-green takes no time.
    pub roll: Duration,
    /// Submissions per second, of all forms together.
    pub rate: f64,
    /// Submissions per second of single forms, by id, out of [`rate`](Self::rate). What is
    /// left of it is spread evenly over the other forms of a build; if there are none, it
    /// belongs to no form, and does not fail.
    pub form_rates: BTreeMap<String, f64>,
    /// How long half of the pages are open at most before they are submitted.
    pub dwell_median: Duration,
    /// How long 95 of 100 pages are.
    pub dwell_p95: Duration,
    /// Whether a session stays at its node while that node serves the page's build.
    pub sticky: bool,
    /// The nodes that are replaced first; `None`: the rollout begins at once.
    pub canary: Option<Canary>,
    /// When the release is rolled back, counted from its beginning; `None`: it is not.
    pub rollback_at: Option<Duration>,
    /// How many submissions the sample has.
    pub samples: u64,
}

/// The nodes that are replaced first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canary {
    /// Which share of the nodes, between 0 and 1; rounded up to whole nodes.
    pub share: f64,
    /// How long they alone serve the new build.
    pub hold: Duration,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            nodes: 50,
            roll: Duration::from_secs(10 * 60),
            rate: 100.0,
            form_rates: BTreeMap::new(),
            dwell_median: Duration::from_secs(60),
            dwell_p95: Duration::from_secs(20 * 60),
            sticky: false,
            canary: None,
            rollback_at: None,
            samples: 1_000_000,
        }
    }
}
