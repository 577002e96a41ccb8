//! How the program ends.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::artifact::BuildError;
use crate::baseline::RevisionError;
use crate::config::ConfigError;
use crate::gate::Gate;
use crate::ledger::LedgerError;
use crate::model::Verdict;
use crate::render::gate::apps::unchecked;
use crate::simulate::ModelError;
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

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Accept => Self::Accepted,
            Verdict::Reject => Self::Rejected,
        }
    }
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

impl Failure {
    /// That other apps, which the build posts to, do not run.
    pub(super) fn undeployed(gate: &Gate<'_>, environment: &str) -> Self {
        Self::Undeployed(unchecked(gate, environment).join("\n"))
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
    /// What was asked for cannot be simulated.
    #[error(transparent)]
    Simulate(#[from] ModelError),
    /// A form has two rates.
    #[error("form `{id}` has two rates: say one of them")]
    TwoRates {
        /// The form.
        id: String,
    },
    /// The sources cannot be read.
    #[error("{0}")]
    Audit(String),
    /// What is asked for makes no sense.
    #[error("{0}")]
    Usage(String),
    /// There is no such rule.
    #[error("{0}")]
    NoRule(String),
    /// The ledger does not answer.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The policy cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// One rule is to weigh this and that.
    #[error("the rule `{rule}` is given to --{} and to --{}: give it to one", flags[0], flags[1])]
    TwoLevels {
        /// The rule.
        rule: &'static str,
        /// The two flags.
        flags: [&'static str; 2],
    },
    /// Another app, which the build posts to, does not run.
    #[error("{0}")]
    Undeployed(String),
    /// The folder in which the program runs is gone, or closed to it.
    #[error("cannot tell the current folder: {0}")]
    Here(io::Error),
}
