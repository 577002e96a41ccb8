//! The gate on a ledger: the judgement, and what else the ledger says of it.

use jiff::Timestamp;

use super::{Awake, Gate, judge};
use crate::ledger::{Earlier, Ledger, LedgerError, State};
use crate::model::{Policy, TooManySteps};
use crate::registry::Registry;

/// Why the gate does not answer.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// The ledger cannot be read, or does not know the app.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The judgement takes too many steps.
    #[error(transparent)]
    Steps(#[from] TooManySteps),
}

/// What the gate says of a candidate that was judged against a ledger.
#[derive(Debug)]
pub struct Answer<'r> {
    /// The judgement.
    pub gate: Gate<'r>,
    /// The environment of the ledger.
    pub environment: &'r str,
    /// The names of all apps that were ever deployed to the environment, if no release of
    /// the candidate's app is live. Otherwise they do not matter, and the list is empty.
    pub apps: Vec<String>,
    /// If the candidate ran before what runs now: when.
    pub earlier: Option<Earlier>,
}

/// Judges a candidate against what was read from a ledger: the whole build, and what of it is
/// awake. `new_app` is the name of an app that may be unknown to the environment.
///
/// # Errors
///
/// If the judgement takes too many steps, the names of the apps cannot be read, or the environment knows other apps, and
/// neither the candidate's app nor that it is new.
pub fn judge_live<'r>(
    (candidate, awake, new_app): (&Registry, &'r Awake, Option<&str>),
    (ledger, state): (&'r Ledger, &State),
    policy: &'r Policy,
    now: Timestamp,
) -> Result<Answer<'r>, GateError> {
    let gate = judge(awake, policy, now)?;
    let apps = if gate.against.is_empty() {
        let apps = ledger.apps()?;
        ledger.check_app(&awake.candidate.release.name, &apps, new_app)?;
        apps
    } else {
        Vec::new()
    };
    Ok(Answer {
        gate,
        environment: ledger.environment(),
        apps,
        earlier: ledger.earlier(state, candidate)?,
    })
}
