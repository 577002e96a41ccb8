//! The guard that reads a ledger: a test that checks what `coexist gate` checks.

use std::path::Path;

use super::Guard;
use crate::gate;
use crate::ledger::{Folder, Ledger};
use crate::model::{Policy, Verdict};
use crate::registry::Registry;
use crate::render::{
    self,
    gate::{Facts, apps::unchecked},
};
use crate::support::clock;
use crate::testing::TestFailure;

/// Checks the build against all live releases. Returns what a person should read although
/// the build is accepted.
pub(super) fn compare(
    guard: &Guard,
    path: &Path,
    build: &Registry,
    policy: &Policy,
) -> Result<String, TestFailure> {
    let now = clock::now().map_err(TestFailure::could_not_check)?;
    let ledger = Ledger::open(Box::new(Folder::new(path)), guard.environment)
        .map_err(TestFailure::could_not_check)?;
    let state = ledger
        .state(now, now, policy.page_lifetime)
        .map_err(TestFailure::could_not_check)?;
    let gate = gate::judge(build, &state.live, policy, now);
    let apps = ledger.apps().map_err(TestFailure::could_not_check)?;
    if gate.against.is_empty() {
        ledger
            .check_app(&build.release.name, &apps, guard.new_app)
            .map_err(TestFailure::could_not_check)?;
    }
    let facts = Facts {
        gate: &gate,
        environment: ledger.environment(),
        apps: &apps,
    };
    let plan = gate.plan(policy);
    let text = guard
        .text(|sources, text| render::gate::text::gate(&facts, plan.as_ref(), sources, text))?;
    match gate.verdict() {
        Some(Verdict::Accept) => Ok(text),
        None => Err(TestFailure::could_not_check(
            unchecked(&gate, ledger.environment()).join("\n"),
        )),
        Some(Verdict::Reject) => Err(TestFailure::Failed(format!(
            "{text}\nasked of the ledger {}\n",
            path.display()
        ))),
    }
}
