//! What a ledger is kept in: texts under keys, each of which is written as a whole or
//! not at all. A directory is one, a bucket another.

use std::fmt;
use std::time::Duration;

use jiff::SignedDuration;

/// A place that keeps texts under keys, such as `production/000012.json`.
///
/// What was written stays, even if the program or the machine crashes.
pub trait Store: fmt::Debug + Send + Sync {
    /// Where it is, as messages show it.
    fn place(&self) -> String;

    /// Creates the place, if it is a directory. A bucket must exist, and support conditional
    /// writes.
    fn make(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Reads a text; `None`: there is none under that key.
    fn read(&self, key: &str) -> Result<Option<Stored>, StoreError>;

    /// Reads several texts, in the order of the keys.
    fn read_all(&self, keys: &[String]) -> Vec<Result<Option<Stored>, StoreError>> {
        keys.iter().map(|key| self.read(key)).collect()
    }

    /// Writes a text under a key that has none; `false`: it has one already, and
    /// nothing is written.
    fn create(&self, key: &str, text: &str) -> Result<bool, StoreError>;

    /// Writes a text in the place of the one that was read; `false`: that one is not
    /// there any longer, and nothing is written.
    fn replace(&self, key: &str, text: &str, read: &Stored) -> Result<bool, StoreError>;

    /// Writes a text, whatever is under the key.
    fn write(&self, key: &str, text: &str) -> Result<(), StoreError>;

    /// The keys that begin with the name of a directory, `production`, and a slash; sorted.
    /// What is in directories of that directory is left out; a directory itself may be listed.
    fn list(&self, folder: &str) -> Result<Vec<Listed>, StoreError>;

    /// The names of the directories at the top; sorted.
    fn folders(&self) -> Result<Vec<String>, StoreError>;

    /// Deletes a text; without an error if there is none.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// Deletes what killed writers left, if it is older than `age`. No reader sees it.
    fn sweep(&self, _age: Duration) -> Result<(), StoreError> {
        Ok(())
    }

    /// How far the store's clock was ahead of this machine's at its last answer; `None` if it
    /// has no clock, or did not state its time.
    fn skew(&self) -> Option<SignedDuration> {
        None
    }
}

/// A text as it was read.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The text, as bytes.
    pub bytes: Vec<u8>,
    /// What tells it from other texts under the same key, where that is not the text
    /// itself.
    pub tag: Option<Tag>,
}

/// What identifies one text under a key of a remote store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The entity tag of HTTP.
    pub etag: Option<String>,
    /// The version, where the store counts them.
    pub version: Option<String>,
}

/// A key, and how old what it has is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The key, as in `production/000012.json`.
    pub key: String,
    /// How long ago it was written, by the store's clock or this machine's.
    pub age: Duration,
    /// What is under the key.
    pub kind: ListedKind,
}

/// What is under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedKind {
    /// A file, or an object.
    File,
    /// A symbolic link that leads to a file, or to nothing.
    Link,
    /// A directory, a device or the like: no text.
    Other,
}

/// Why a store does not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such directory or bucket.
    #[error("{place}: it does not exist. {help}")]
    NotThere {
        /// The store.
        place: String,
        /// What to do.
        help: String,
    },
    /// It may not be read or written.
    #[error("{place}: {what}. {help}")]
    Denied {
        /// The store.
        place: String,
        /// What it says.
        what: String,
        /// What to do.
        help: String,
    },
    /// It did not answer in time.
    #[error(
        "{place}: no answer within {} s. Try again; if this persists, check that this machine reaches \
         it", after.as_secs()
    )]
    Timeout {
        /// The store.
        place: String,
        /// The time that was waited.
        after: Duration,
    },
    /// It did not say in time whether something is written.
    #[error(
        "{place}: no answer within {} s, so it may be written or not. Check what is recorded, \
         `coexist record list`, before you try again", after.as_secs()
    )]
    Unanswered {
        /// The store.
        place: String,
        /// The time that was waited.
        after: Duration,
    },
    /// It does not prevent that one writer overwrites what another one wrote.
    #[error(
        "{place}: its server ignores conditions (If-None-Match, If-Match), so two writers could \
         overwrite each other. Nothing is recorded. Use a store with conditional writes, as S3, GCS and Azure do, or a directory"
    )]
    Unconditional {
        /// The store.
        place: String,
    },
    /// Another process holds the lock.
    #[error(
        "{place}: another process has held it for {} s, so nothing is written. Try again when that \
         process has ended", after.as_secs()
    )]
    Locked {
        /// The file that is locked.
        place: String,
        /// The time that was waited.
        after: Duration,
    },
    /// Reading or writing fails.
    #[error("{place}: {what}")]
    Failed {
        /// Where: the store and the key.
        place: String,
        /// What went wrong.
        what: String,
    },
}
