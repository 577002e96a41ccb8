//! The time: that of the clock, or that of `--now` and `--at`.

use jiff::Timestamp;

use super::failure::Failure;
use crate::config;
use crate::ledger;
use crate::support::clock;

#[derive(Debug, clap::Args)]
pub(super) struct NowArgs {
    /// Time to check at (RFC 3339, or a date in UTC); determines which waivers have expired
    /// [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = config::time)]
    now: Option<Timestamp>,
}

impl NowArgs {
    /// The time of `--now`, if it is given.
    pub(super) fn given(&self) -> Option<Timestamp> {
        self.now
    }

    /// The time to check for.
    pub(super) fn time(&self) -> Result<Timestamp, Failure> {
        self.now.map_or_else(now, Ok)
    }
}

/// The time of this machine's clock, in whole seconds.
pub(super) fn now() -> Result<Timestamp, Failure> {
    let now = clock::now()?;
    Ok(Timestamp::from_second(now.as_second()).unwrap_or(now))
}

/// The time of `--at`, or else `clock`. A time in the future is an error: the ledger
/// records what has happened.
pub(super) fn past_time(at: Option<Timestamp>, clock: Timestamp) -> Result<Timestamp, Failure> {
    Ok(ledger::has_come(at.unwrap_or(clock), clock)?)
}
