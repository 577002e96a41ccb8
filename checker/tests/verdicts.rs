//! Pairs of builds whose right verdict is known from outside: what routers, browsers and the
//! readers of forms really do, and what happened to a team when it released such a pair.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use coexist_checker::model::{Level, Verdict};
use coexist_checker::registry::{Registry, snapshot};
use coexist_checker::{config, judge};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A pair, and what is right.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Why that is right.
    why: String,
    /// The text of `coexist.toml`.
    #[serde(default)]
    policy: String,
    verdict: String,
    /// All rules that reject the release.
    deny: BTreeSet<String>,
    /// Some rules that warn; others may as well.
    warn: BTreeSet<String>,
    /// Rules that find nothing.
    #[serde(default)]
    silent: BTreeSet<String>,
    old: Box<RawValue>,
    new: Box<RawValue>,
}

#[test]
fn each_pair_gets_the_verdict_that_is_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verdicts");
    let mut judged = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display();
        let case: Case = serde_json::from_slice(&fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let policy = config::parse(&case.policy, "coexist.toml").unwrap();
        let awake = |json: &RawValue| -> Registry {
            let registry = snapshot::read(json.get().as_bytes());
            policy
                .flags
                .awake(registry.unwrap_or_else(|error| panic!("{name}: {error}")))
        };
        let (old, new) = (awake(&case.old), awake(&case.new));
        let report = judge::check(&old, &new, &policy).unwrap();
        let rules = |level| {
            let findings = report.findings.iter();
            let of_level = findings.filter(|finding| finding.level == level);
            of_level
                .map(|finding| finding.rule.name.to_owned())
                .collect::<BTreeSet<String>>()
        };
        let verdict = match report.verdict() {
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
        };
        let why = &case.why;
        assert_eq!(verdict, case.verdict, "{name}: {why}");
        assert_eq!(rules(Level::Deny), case.deny, "{name}: {why}");
        assert!(case.warn.is_subset(&rules(Level::Warn)), "{name}: {why}");
        for level in [Level::Deny, Level::Warn] {
            assert!(case.silent.is_disjoint(&rules(level)), "{name}: {why}");
        }
        judged += 1;
    }
    assert!(judged > 0);
}
