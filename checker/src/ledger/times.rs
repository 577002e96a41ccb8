//! Arithmetic with times: how far clocks may be apart, and how long pages stay open.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How far the clocks of two machines that use one ledger may be apart. A time that is
/// further ahead is an error, and pages count as open that much longer. If the store has a
/// clock, a machine whose clock differs from it by more than half of this can neither judge
/// nor record: so no two differ by more.
pub const SKEW: Duration = Duration::from_secs(5 * 60);

/// How long pages count as open after the last node stopped. A lifetime of zero needs no
/// tolerance of clocks.
pub(super) fn open_for(lifetime: Duration) -> Duration {
    if lifetime.is_zero() {
        lifetime
    } else {
        lifetime.saturating_add(SKEW)
    }
}

/// Until when what lives so long may be open after the last node stopped. The end of time, if
/// that is beyond it.
pub(crate) fn open_until(retired: Timestamp, lifetime: Duration) -> Timestamp {
    later(retired, open_for(lifetime))
}

pub(super) fn later(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

pub(super) fn earlier(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.checked_sub(by).unwrap_or(Timestamp::MIN)
}
