//! Compares the checker with a second judge that shares no code with it: the second judge
//! *sends* the requests. It sends each form, with each choice of fields and values, to a real
//! router and through real deserializers, in both directions. Both judges must agree.
//!
//! The builds are generated, from the same random numbers on each run. For more cases, and
//! other ones:
//! `PROPTEST_CASES=100000 PROPTEST_RNG_SEED=7 cargo test -p coexist-checker --release --test oracle`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

mod builds;
mod cause;
mod changes;
mod choices;
mod compare;
mod derived;
mod expected;
mod fields;
mod fill;
mod ignored;
mod invariants;
mod judge;
mod node;
mod reader;
mod request;

use coexist_checker::judge as checker;
use coexist_checker::model::Policy;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseResult, TestRunner};

use builds::Build;
use choices::Choices;

/// Runs a test on this many pairs of builds, unless the environment sets another number.
fn for_pairs(cases: u32, test: impl Fn(&Build, &Build) -> TestCaseResult) {
    let mut config = ProptestConfig {
        max_shrink_iters: 20_000,
        max_global_rejects: u32::MAX,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(0);
    }
    let numbers = vec(0_u16..60, 0..120);
    let outcome = TestRunner::new(config).run(&numbers, |numbers| {
        let mut choices = Choices::new(&numbers);
        let old = builds::build(&mut choices);
        let new = changes::next(&mut choices, &old);
        test(&old, &new)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn both_judges_agree() {
    let policy = Policy::default();
    for_pairs(2_000, |old, new| {
        let ((old, old_json), (new, new_json)) = (old.registry(), new.registry());
        let report = checker::check(&old, &new, &policy).unwrap();
        let Some(found) = compare::disagreements(&report) else {
            return Err(TestCaseError::reject("no router takes these paths"));
        };
        prop_assert!(
            found.is_empty(),
            "{}\nold: {old_json}\nnew: {new_json}",
            found.join("\n")
        );
        Ok(())
    });
}
