//! Lengths of time for people.

use std::time::Duration;

use jiff::Timestamp;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The time from one time to a later one; zero if it is not later.
pub(crate) fn wait(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}

/// The length in whole seconds, rounded up.
pub(crate) fn whole_seconds(length: Duration) -> u64 {
    length.as_secs() + u64::from(length.subsec_nanos() > 0)
}

/// A length in its two largest units, rounded up: `3 h 12 min`.
pub(crate) fn length(length: Duration) -> String {
    let seconds = whole_seconds(length);
    let units = if seconds >= 2 * DAY {
        [(DAY, "days"), (HOUR, "h")]
    } else if seconds >= HOUR {
        [(HOUR, "h"), (MINUTE, "min")]
    } else {
        [(MINUTE, "min"), (1, "s")]
    };
    let [(large, large_name), (small, small_name)] = units;
    let count = seconds.div_ceil(small);
    let (whole, rest) = (count / (large / small), count % (large / small));
    match (whole, rest) {
        (0, rest) => format!("{rest} {small_name}"),
        (whole, 0) => format!("{whole} {large_name}"),
        (whole, rest) => format!("{whole} {large_name} {rest} {small_name}"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::length;

    #[test]
    fn a_length_is_said_in_two_units_and_never_too_short() {
        for (millis, said) in [
            (0, "0 s"),
            (1, "1 s"),
            (59_000, "59 s"),
            (60_000, "1 min"),
            (61_000, "1 min 1 s"),
            (3_599_001, "1 h"),
            (3_600_000, "1 h"),
            (11_491_000, "3 h 12 min"),
            (86_400_000, "24 h"),
            (172_800_000, "2 days"),
            (176_400_001, "2 days 2 h"),
        ] {
            assert_eq!(length(Duration::from_millis(millis)), said, "{millis}");
        }
    }
}
