//! The texts that mark a ledger and its environments.

use serde::Deserialize;

use super::damage::{Damage, checked_text};
use super::format::MARK_FORMAT;

/// What the text says that marks a ledger, and a new environment.
pub(super) fn mark() -> String {
    format!("{{ \"format\": {MARK_FORMAT} }}\n")
}

/// Checks the text that marks a ledger.
pub(super) fn check_mark(bytes: &[u8]) -> Result<(), Damage> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Mark {
        format: u32,
    }
    let Mark { format } = read(bytes)?;
    check_format(format)
}

/// The text that marks an environment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvironmentMark {
    format: u32,
    /// There were so many deployments at least. A version that does not know it leaves it.
    last: Option<u64>,
}

/// What the text says that marks an environment after the deployment of that number.
pub(super) fn environment_mark(last: u64) -> String {
    format!("{{ \"format\": {MARK_FORMAT}, \"last\": {last} }}\n")
}

/// The number that the text of an environment notes: a deployment of it was recorded.
pub(super) fn noted_last(bytes: &[u8]) -> Result<Option<u64>, Damage> {
    let EnvironmentMark { format, last } = read(bytes)?;
    check_format(format)?;
    Ok(last)
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Damage> {
    let text = checked_text(bytes)?;
    serde_json::from_str(text).map_err(|error| Damage::Wrong(error.to_string()))
}

fn check_format(format: u32) -> Result<(), Damage> {
    if format == MARK_FORMAT {
        return Ok(());
    }
    Err(Damage::Wrong(format!("there is no format {format}")))
}
