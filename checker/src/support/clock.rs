//! The clock of this machine.

use std::time::SystemTime;

use jiff::Timestamp;

/// The clock of this machine is beyond the times that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clock of this machine is not between the years -9999 and 9999: set it, and try again")]
pub(crate) struct ClockError;

/// The time of the clock.
pub(crate) fn now() -> Result<Timestamp, ClockError> {
    timestamp(SystemTime::now())
}

fn timestamp(time: SystemTime) -> Result<Timestamp, ClockError> {
    Timestamp::try_from(time).map_err(|_| ClockError)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{ClockError, timestamp};

    #[test]
    fn a_clock_beyond_the_year_9999_is_an_error() {
        let after = |seconds| timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(after(0).unwrap().to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(after(253_402_300_800), Err(ClockError));
        assert_eq!(after(1 << 60), Err(ClockError));
    }
}
