//! Prints what a ledger holds: as a table for people, and as JSON.
//!
//! It reads no ledger: that is the business of [`ledger`](crate::ledger).

pub mod json;
pub mod text;

use std::time::Duration;

use jiff::Timestamp;

use crate::ledger::{Deployment, Phase};

/// What the deployments of a ledger are shown for.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The name of the environment.
    pub environment: &'a str,
    /// The time.
    pub now: Timestamp,
    /// How long a page stays open.
    pub lifetime: Duration,
}

impl At<'_> {
    fn phase(&self, deployment: &Deployment) -> Phase {
        deployment.phase(self.now, self.lifetime)
    }
}
