//! How the program ends.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::build::BuildError;
use crate::revision::RevisionError;
use crate::stamp::StampError;

/// The exit status.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exit {
    /// 0: what was asked is so, or was done.
    Accepted,
    /// 1: the release is rejected.
    Rejected,
    /// 2: there is no answer.
    CouldNotCheck,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Accepted => 0,
            Exit::Rejected => 1,
            Exit::CouldNotCheck => 2,
        })
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A build cannot be read.
    #[error("{}: {error}", path.display())]
    Build {
        /// What was named.
        path: PathBuf,
        /// Why.
        error: BuildError,
    },
    /// The file that was asked for cannot be written.
    #[error("{}: cannot write it: {error}", path.display())]
    File {
        /// What was named.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Nobody reads the answer to its end. An answer that did not arrive is none.
    #[error("the answer could not be printed to its end: {0}")]
    Output(io::Error),
    /// Two builds are named, and a revision, too.
    #[error(
        "there are two old builds: {} and `--baseline-rev {rev}`. Beside a revision, name no build, \
         or the new one only", path.display()
    )]
    OldTwice {
        /// The build.
        path: PathBuf,
        /// The revision.
        rev: String,
    },
    /// There is no build of the revision, or none of the working tree.
    #[error(transparent)]
    Revision(#[from] RevisionError),
    /// The sources cannot be stamped.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// The sources cannot be read.
    #[error("{0}")]
    Audit(String),
    /// What is asked for makes no sense.
    #[error("{0}")]
    Usage(String),
    /// There is no such rule.
    #[error("there is no rule `{name}`: expected one of {known}")]
    NoRule {
        /// What was named.
        name: String,
        /// What there is.
        known: String,
    },
}
