//! Arithmetic with times: how far clocks may be apart, and how long pages stay open.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How far the clocks of two machines that use one ledger may be apart. A time that is
/// further ahead is an error, and pages are taken for open that much longer. A store that
/// has a clock lets nobody judge or record who is further from it than half of this: so no
/// two are further from each other.
pub const SKEW: Duration = Duration::from_secs(5 * 60);

/// How long pages are taken for open after the last node stopped. Who says that pages
/// have no life at all needs no clock.
pub(super) fn open_for(lifetime: Duration) -> Duration {
    if lifetime.is_zero() {
        lifetime
    } else {
        lifetime.saturating_add(SKEW)
    }
}

pub(super) fn later(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

pub(super) fn earlier(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.checked_sub(by).unwrap_or(Timestamp::MIN)
}
