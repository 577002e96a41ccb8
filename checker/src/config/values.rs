//! The values that a file and the command line share.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::model::{Level, Rollout, UnlinkedPages};
use crate::support::clock::{self, ClockError};
use crate::support::duration::{self, DurationError};
use crate::support::suggest::unknown;

/// Every strategy, by name.
const STRATEGIES: [(&str, Rollout); 3] = [
    ("rolling", Rollout::Rolling),
    ("blue-green", Rollout::BlueGreen),
    ("pinned", Rollout::Pinned),
];

/// The levels that a rule can be set to.
const LEVELS: [(&str, Option<Level>); 3] = [
    ("deny", Some(Level::Deny)),
    ("warn", Some(Level::Warn)),
    ("allow", None),
];

/// Why a text is not a value of a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// The text is not one of the known names.
    #[error("{}", unknown(&format!("{kind} `{name}`"), name, known))]
    UnknownName {
        /// What the names are names of.
        kind: &'static str,
        /// The text.
        name: String,
        /// The known names.
        known: Vec<&'static str>,
    },
    /// The text is not a duration.
    #[error(transparent)]
    Length(#[from] DurationError),
    /// The text is not a time.
    #[error(
        "`{0}` is not a valid time: write a date, such as `2026-12-24`, or a time of RFC 3339, \
         such as `2026-12-24T08:00:00Z`"
    )]
    Time(String),
}

/// Reads how a new build takes the place of the old one.
///
/// # Errors
///
/// If the text is not the name of a strategy.
pub fn strategy(text: &str) -> Result<Rollout, ValueError> {
    named("strategy", text, &STRATEGIES)
}

/// Reads whether a feature flag is on.
pub(super) fn flag_state(text: &str) -> Result<bool, ValueError> {
    named("state", text, &[("on", true), ("off", false)])
}

/// Reads what is said of a page that nothing links to.
pub(super) fn unlinked_pages(text: &str) -> Result<UnlinkedPages, ValueError> {
    let all = [
        ("judge", UnlinkedPages::Judge),
        ("ignore", UnlinkedPages::Ignore),
    ];
    named("value", text, &all)
}

/// Reads how much a rule weighs; `None`: its findings are left out.
pub(super) fn level(text: &str) -> Result<Option<Level>, ValueError> {
    named("level", text, &LEVELS)
}

fn named<T: Copy>(
    kind: &'static str,
    text: &str,
    all: &[(&'static str, T)],
) -> Result<T, ValueError> {
    let found = all.iter().find(|(name, _)| *name == text);
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| ValueError::UnknownName {
            kind,
            name: text.to_owned(),
            known: all.iter().map(|(name, _)| *name).collect(),
        })
}

/// Reads a length of time: `90s`, `24h`, `1h 30m`, `7d`; a day has 24 hours.
///
/// # Errors
///
/// If the text is not a length of time, or a negative one.
pub fn length(text: &str) -> Result<Duration, ValueError> {
    Ok(duration::parse(text)?)
}

/// Reads a time: of RFC 3339, or a date, which is its beginning in UTC.
///
/// # Errors
///
/// If the text is neither.
pub fn time(text: &str) -> Result<Timestamp, ValueError> {
    let midnight = date(text).map(|date| date.to_datetime(Time::midnight()));
    if let Some(Ok(time)) = midnight.map(|midnight| TimeZone::UTC.to_timestamp(midnight)) {
        return Ok(time);
    }
    text.parse::<Timestamp>()
        .map_err(|_| ValueError::Time(text.to_owned()))
}

/// The day, in UTC, of the clock.
pub(crate) fn today() -> Result<Date, ClockError> {
    Ok(day_of(clock::now()?))
}

/// The day, in UTC, of a time.
pub(crate) fn day_of(time: Timestamp) -> Date {
    time.to_zoned_datetime(TimeZone::UTC).date()
}

/// Reads a date, in the one form `2026-12-24`.
pub(super) fn date(text: &str) -> Option<Date> {
    let is_long = text.len() == "2026-12-24".len();
    text.parse().ok().filter(|_| is_long)
}
