//! The guard that reads a ledger: a test that checks what `coexist gate` checks.

use std::path::Path;

use super::Guard;
use crate::gate::{self, Awake};
use crate::ledger::{Folder, Ledger};
use crate::model::{Policy, Verdict};
use crate::registry::Registry;
use crate::render::{self, gate::apps::unchecked, text::Beside};
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
    let flags = ledger
        .flags(&state, &build.release.name)
        .map_err(TestFailure::could_not_check)?;
    let awake = Awake::new((build, &flags), &state.live, policy);
    let app = (build, &awake, guard.new_app);
    let judged = gate::judge_live(app, (&ledger, &state), policy, now)
        .map_err(TestFailure::could_not_check)?;
    let plan = judged.gate.plan(policy);
    let compared = format!("\ncompared with the ledger {}\n", path.display());
    let is_rejected = judged.gate.verdict() == Some(Verdict::Reject);
    let beside = Beside {
        plan: Some(&plan),
        note: is_rejected.then_some(&*compared),
        ..Beside::default()
    };
    let text =
        guard.text(|sources, text| render::gate::text::gate(&judged, beside, sources, text))?;
    match judged.gate.verdict() {
        Some(Verdict::Accept) => Ok(text),
        None => Err(TestFailure::could_not_check(
            unchecked(&judged.gate, judged.environment).join("\n"),
        )),
        Some(Verdict::Reject) => Err(TestFailure::Failed(text)),
    }
}
