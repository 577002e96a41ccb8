//! The guard that asks a ledger: what `coexist gate` asks, in a test.

use std::path::Path;

use jiff::Timestamp;

use super::{Guard, could_not};
use crate::gate;
use crate::ledger::{Folder, Ledger, LedgerError};
use crate::model::{Policy, Verdict};
use crate::registry::Registry;
use crate::render::{
    self,
    gate::{Facts, apps::unchecked},
};

/// Check the build among all that is out; says in either case what a person should read.
pub(super) fn compare(
    guard: &Guard,
    path: &Path,
    build: &Registry,
    policy: &Policy,
) -> Result<String, String> {
    let failed = |error: LedgerError| could_not(&error.to_string());
    let now = Timestamp::now();
    let ledger = Ledger::open(Box::new(Folder::new(path)), guard.environment).map_err(failed)?;
    let state = ledger
        .state(now, now, policy.page_lifetime)
        .map_err(failed)?;
    let gate = gate::judge(build, &state.live, policy, now);
    let facts = Facts {
        gate: &gate,
        environment: ledger.environment(),
        apps: &ledger.apps().map_err(failed)?,
    };
    let plan = gate.plan(policy);
    let text = guard
        .text(|sources, text| render::gate::text::gate(&facts, plan.as_ref(), sources, text))?;
    match gate.verdict() {
        Some(Verdict::Accept) => Ok(text),
        None => Err(could_not(
            &unchecked(&gate, ledger.environment()).join("\n"),
        )),
        Some(Verdict::Reject) => Err(format!("{text}\nasked of the ledger {}\n", path.display())),
    }
}
