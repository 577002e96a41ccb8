//! Why a command failed.

use std::io;
use std::path::PathBuf;

use crate::artifact::BuildError;
use crate::baseline::RevisionError;
use crate::config::{ConfigError, Mistake};
use crate::gate::{Gate, GateError};
use crate::history::HistoryError;
use crate::ledger::LedgerError;
use crate::model::TooManySteps;
use crate::render::gate::apps::unchecked;
use crate::rules::UnknownRule;
use crate::scan::ScanError;
use crate::simulate::ModelError;
use crate::stamp::StampError;
use crate::support::clock::ClockError;
use crate::support::visible::escaped;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A build cannot be read.
    #[error("{}: {error}", path.display())]
    Build {
        /// The build, as it was given.
        path: PathBuf,
        error: BuildError,
    },
    /// The output file cannot be written.
    #[error("{}: cannot write the file: {error}", path.display())]
    File {
        /// The file, as it was given.
        path: PathBuf,
        error: io::Error,
    },
    /// Standard output was closed early: a part of the output could be misread as all of it.
    #[error("the output could not be printed completely: {0}")]
    Output(io::Error),
    /// Both builds and a revision are given.
    #[error(
        "OLD is given twice: {} and `--baseline-rev {rev}`. With `--baseline-rev`, give only NEW, \
         or no build", path.display()
    )]
    OldTwice { path: PathBuf, rev: String },
    /// The revision or the working tree cannot be built or read.
    #[error(transparent)]
    Revision(#[from] RevisionError),
    /// The sources cannot be stamped.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// The parameters of the simulation are not valid.
    #[error(transparent)]
    Simulate(#[from] ModelError),
    /// `--form` is given twice for one form.
    #[error("`--form` is given twice for the form `{id}`")]
    TwoRates { id: String },
    /// No program can be read out of the sources.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// What was scanned has no route and no form.
    #[error("no route and no form was found in {0}: `coexist scan` shows what was seen")]
    EmptyScan(String),
    /// A scan is given where a build is needed.
    #[error(
        "{}: this is a scan of sources, a reading and not a proof: give the built program, or the \
         snapshot of one (`coexist inspect PROGRAM --format json`)", path.display()
    )]
    Scanned { path: PathBuf },
    /// The releases of a repository cannot be read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The arguments contradict each other, or what they name is not there.
    #[error("{0}")]
    Usage(String),
    /// There is no such rule.
    #[error(transparent)]
    NoRule(#[from] UnknownRule),
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The policy file cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// One rule has two levels.
    #[error("the rule `{rule}` is given to both `--{}` and `--{}`: choose one", flags[0], flags[1])]
    TwoLevels {
        rule: &'static str,
        flags: [&'static str; 2],
    },
    /// Other apps, which the build posts to, have no running release.
    #[error("{}", .0.join("\n"))]
    Undeployed(Vec<String>),
    /// The clock of this machine is not set.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The judgement takes too many steps.
    #[error(transparent)]
    Steps(#[from] TooManySteps),
    /// The current directory was deleted, or cannot be read.
    #[error("cannot find the current directory: {0}")]
    CurrentDirectory(io::Error),
}

impl From<GateError> for Failure {
    fn from(error: GateError) -> Self {
        match error {
            GateError::Ledger(error) => error.into(),
            GateError::Steps(error) => error.into(),
        }
    }
}

impl Failure {
    /// The failure for people: in one line, unless it is several.
    pub(super) fn shown(&self) -> String {
        let lines: Vec<String> = match self {
            Self::Config(error) => error.mistakes.iter().map(Mistake::to_string).collect(),
            Self::Undeployed(lines) => lines.clone(),
            Self::Scan(error) => error.to_string().lines().map(str::to_owned).collect(),
            _ => vec![self.to_string()],
        };
        let lines: Vec<_> = lines.iter().map(|line| escaped(line)).collect();
        lines.join("\n")
    }

    /// The failure of a gate that cannot check what the build posts to other apps.
    pub(super) fn undeployed(gate: &Gate<'_>, environment: &str) -> Self {
        Self::Undeployed(unchecked(gate, environment))
    }
}
