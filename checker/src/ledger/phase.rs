//! How far a deployment is at some time.

use std::time::Duration;

use jiff::Timestamp;

use super::deployment::Deployment;

/// How far a deployment is at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It runs on nodes.
    Running,
    /// It is retired, but its pages may be open until this time.
    Open(Timestamp),
    /// Its last page has expired.
    Expired,
}

impl Phase {
    /// The name that programs get.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Open(_) => "open",
            Self::Expired => "expired",
        }
    }
}

impl Deployment {
    /// How far it is at a time, if a page stays open for `lifetime`.
    #[must_use]
    pub fn phase(&self, now: Timestamp, lifetime: Duration) -> Phase {
        match self.pages_until(lifetime) {
            None => Phase::Running,
            Some(end) if end > now => Phase::Open(end),
            Some(_) => Phase::Expired,
        }
    }
}
