//! Lengths of time as people read and type them: `10m`, `1h30m`, `24h`.

use std::time::Duration;

use jiff::SignedDuration;
use jiff::fmt::friendly::{Spacing, SpanPrinter};

/// A length of time, as the command line takes it.
pub(crate) fn shown(time: Duration) -> String {
    let time = SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
    SpanPrinter::new()
        .spacing(Spacing::None)
        .duration_to_string(&time)
}

/// A number of seconds, to the millisecond.
pub(crate) fn seconds(seconds: f64) -> String {
    let time = Duration::try_from_secs_f64((seconds * 1000.0).round() / 1000.0);
    shown(time.unwrap_or(Duration::MAX))
}
