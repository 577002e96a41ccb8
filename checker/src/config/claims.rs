//! Which app has claimed which path at which host, so that no app is compared with each other
//! one.

use std::collections::{BTreeMap, HashMap};

use crate::model::App;
use crate::support::steps;

/// How many paths at hosts are compared: far more than the apps behind one address have.
const MAX_CLAIMS: usize = 1_000_000;

/// The paths that the apps of a file claim.
#[derive(Default)]
pub(super) struct Claims {
    paths: HashMap<String, PathClaims>,
    /// How many claims there are.
    count: usize,
}

/// Who claims one path, by the positions of the apps.
struct PathClaims {
    /// The first app that claims it.
    first: usize,
    /// The first one that claims it at every host.
    everywhere: Option<usize>,
    /// The first one at each host.
    hosts: HashMap<String, usize>,
}

/// The file has more than [`MAX_CLAIMS`] paths at hosts.
#[derive(Debug, thiserror::Error)]
#[error(
    "with this app, the apps claim more than {MAX_CLAIMS} paths at hosts, which are too many to \
     compare: leave out `hosts`, or shorten the lists"
)]
pub(super) struct TooManyClaims;

impl Claims {
    /// Adds the app at this position, and returns the positions of earlier apps that claim the
    /// same as it, with the path. Of several that claim one path at one host, that is the first.
    pub(super) fn add(
        &mut self,
        position: usize,
        app: &App,
    ) -> Result<BTreeMap<usize, String>, TooManyClaims> {
        let claims = app.paths.len().saturating_mul(app.hosts.len().max(1));
        self.count = self.count.saturating_add(claims);
        if self.count > MAX_CLAIMS {
            return Err(TooManyClaims);
        }
        let mut others = BTreeMap::new();
        for path in &app.paths {
            let known = self.paths.entry(path.clone());
            let known = known.or_insert_with(|| PathClaims {
                first: position,
                everywhere: None,
                hosts: HashMap::new(),
            });
            for other in known.add(position, &app.hosts) {
                others.entry(other).or_insert_with(|| path.clone());
            }
        }
        Ok(others)
    }
}

impl PathClaims {
    /// Adds the claim of an app, and returns earlier ones that it contradicts.
    fn add(&mut self, position: usize, hosts: &[String]) -> Vec<usize> {
        steps::count(1 + hosts.len());
        let mut others = Vec::new();
        if hosts.is_empty() {
            others.push(self.first);
            self.everywhere.get_or_insert(position);
        }
        others.extend(self.everywhere);
        for host in hosts {
            others.push(*self.hosts.entry(host.clone()).or_insert(position));
        }
        others.retain(|other| *other != position);
        others
    }
}
