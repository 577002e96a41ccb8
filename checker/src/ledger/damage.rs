//! What can be wrong with one text of a ledger.

use super::format::FORMAT;
use crate::registry::wire::newer_format;

/// What is wrong with a file of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It does not exist.
    #[error("it does not exist, but another file refers to it. Restore it from a copy")]
    Missing,
    /// It resembles a deployment.
    #[error(
        "its name resembles that of a deployment, which is six digits or more and `.json`, as in \
         `000012.json`. Rename it, or move it to another directory"
    )]
    Name,
    /// It is a directory or the like where a deployment should be.
    #[error("it is named like a deployment, but it is not a file. Move it to another directory")]
    Kind,
    /// It is not what the ledger wrote.
    #[error("it is damaged: {0}. Restore it from a copy")]
    Wrong(String),
    /// Two branches have written it.
    #[error(
        "it holds a conflict of git. Keep the deployment that was merged first, remove those of \
         the other branch with the same or later numbers, and record them again"
    )]
    Conflict,
    /// It has a key that there is not.
    #[error("it is damaged, or a newer version wrote it: {0}. Update coexist-checker")]
    Unknown(String),
    /// A newer version wrote it.
    #[error("it is of format {0}, this version reads up to {FORMAT}: update coexist-checker")]
    Newer(u64),
}

/// The text of a file, if this version knows its format and git has not marked a conflict in
/// it.
pub(super) fn checked_text(bytes: &[u8]) -> Result<&str, Damage> {
    let text = str::from_utf8(bytes).map_err(|error| Damage::Wrong(error.to_string()))?;
    if let Some(found) = newer_format(text, FORMAT) {
        return Err(Damage::Newer(found));
    }
    if text.lines().any(|line| line.starts_with("<<<<<<< ")) {
        return Err(Damage::Conflict);
    }
    Ok(text)
}
