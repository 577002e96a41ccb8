//! When each release of a plan serves, if each goes out as early as it may.

use super::types::{Step, Wait};

/// When a release serves, in seconds since the first release of the plan began to roll out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// When its first node begins to serve; the release that is out already: negative
    /// infinity.
    pub from: f64,
    /// When its last node is gone, and when its last page has expired; `None`: it stays.
    pub until: Option<(f64, f64)>,
}

/// The service of the release that is out, and of each step, if one roll takes `roll`
/// seconds, and a page is open for `page_lifetime` seconds.
#[must_use]
pub fn schedule(steps: &[Step], roll: f64, page_lifetime: f64) -> Vec<Service> {
    let mut begins = Vec::with_capacity(steps.len());
    let mut begin = 0.0;
    for step in steps {
        begin += match step.wait {
            Wait::Roll => 0.0,
            // The pages of the release before the previous one.
            Wait::PageLifetime => page_lifetime,
            Wait::Lifetime(lifetime) => lifetime.as_secs_f64(),
        };
        begins.push(begin);
        begin += roll;
    }
    let service = |position: usize| Service {
        from: match position {
            0 => f64::NEG_INFINITY,
            number => begins[number - 1],
        },
        until: begins
            .get(position)
            .map(|begin| (begin + roll, begin + roll + page_lifetime)),
    };
    (0..=steps.len()).map(service).collect()
}
