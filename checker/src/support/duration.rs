//! Lengths of time, as people write them: `90s`, `24h`, `1h 30m`, `7d`.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

/// Why a text is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// It is not written as one.
    #[error(
        "`{0}` is not a valid duration: write numbers with their units, such as `24h`, `1h 30m`, \
         `7d` or `0s`"
    )]
    Malformed(String),
    /// It is less than zero.
    #[error("`{0}` is negative: a duration is at least `0s`")]
    Negative(String),
}

/// Reads a length of time; a day has 24 hours.
pub(crate) fn parse(text: &str) -> Result<Duration, DurationError> {
    let length = text.parse::<Span>().and_then(|span| {
        // Months have no length of their own.
        span.to_duration(SpanRelativeTo::days_are_24_hours())
    });
    let length = length.map_err(|_| DurationError::Malformed(text.to_owned()))?;
    Duration::try_from(length).map_err(|_| DurationError::Negative(text.to_owned()))
}
