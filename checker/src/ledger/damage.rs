//! What can be wrong with one text of a ledger.

use super::format::FORMAT;

/// What is wrong with a file of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It is not there.
    #[error("it is not there, but another file speaks of it. Bring it back from a copy")]
    Missing,
    /// It is not what the ledger wrote.
    #[error("it is damaged: {0}. Bring it back from a copy")]
    Wrong(String),
    /// Two branches have written it.
    #[error(
        "it holds a conflict of git. Keep the deployment that was merged first, take those with \
         later numbers out that are of the other branch, and record these again"
    )]
    Conflict,
    /// It has a key that there is not.
    #[error("it is damaged, or a newer version wrote it: {0}. Update coexist-checker")]
    Unknown(String),
    /// A newer version wrote it.
    #[error("it is of format {0}, this version reads up to {FORMAT}: update coexist-checker")]
    Newer(u64),
}
