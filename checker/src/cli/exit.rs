//! The exit status, and what the help says about it.

use std::process::ExitCode;

use crate::model::Verdict;

/// The exit status of the commands that check.
pub(super) const VERDICT: &str = "Exit status: 0 accepted, 1 rejected, 2 could not check.";

/// What the commands take as a build.
const BUILD: &str = "\
A build (BUILD, OLD or NEW) is a program (ELF, Mach-O, PE or Wasm; it is read, never run), a \
container image with one or more programs (the output of `docker save`, or an OCI layout as a \
directory or a tar archive), a snapshot (the output of `coexist inspect BUILD --format json`) or, \
with `--ledger`, a recorded release NAME@VERSION.";

/// The end of the help of a command that reads builds: its exit status, and what a build is.
pub(super) fn help(exit_status: &str) -> String {
    format!("{exit_status}\n\n{BUILD}")
}

/// The exit status.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exit {
    /// 0: the release is accepted, or the command has succeeded.
    Accepted,
    /// 1: the release is rejected.
    Rejected,
    /// 2: the command has failed.
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

impl Exit {
    /// The status as a number.
    pub(super) fn status(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Rejected => 1,
            Self::CouldNotCheck => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
    }
}
