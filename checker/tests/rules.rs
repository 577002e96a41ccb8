//! Each rule on its own pair of registries, on its near miss, and all of them on
//! the pairs of all others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use coexist_checker::judge;
use coexist_checker::model::{
    Check, Direction, Finding, Level, POLICY_FILE, Policy, Report, Rule, Stage, Verdict,
};
use coexist_checker::registry::{Registry, snapshot};
use coexist_checker::render::{self, Sources};
use coexist_checker::{config, rules};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The two registries in `<rule>/<kind>/`.
fn pair(rule: &str, kind: &str) -> (Registry, Registry) {
    let read = |file: &str| {
        let path = folder().join(rule).join(kind).join(file);
        let json = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        snapshot::read(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    (read("old.json"), read("new.json"))
}

/// The policy of `<rule>/<kind>/coexist.toml`, on the day of the fixtures; without
/// one the default.
fn policy(rule: &str, kind: &str) -> Policy {
    let path = folder().join(rule).join(kind).join(POLICY_FILE);
    let policy = if path.exists() {
        config::read(&path, Path::new(POLICY_FILE)).unwrap_or_else(|error| panic!("{error}"))
    } else {
        Policy::default()
    };
    Policy {
        today: Some("2026-11-24".parse().unwrap()),
        ..policy
    }
}

/// As the gate judges.
fn check<'r>(old: &'r Registry, new: &'r Registry) -> Report<'r> {
    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);
    judge::check(old, new, &POLICY).unwrap()
}

/// As the guard judges.
fn check_in_development<'r>(old: &'r Registry, new: &'r Registry) -> Report<'r> {
    static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy {
        stage: Stage::Development,
        ..Policy::default()
    });
    judge::check(old, new, &POLICY).unwrap()
}

fn rules_of(findings: &[Finding<'_>]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.name).collect()
}

#[test]
fn every_rule_has_its_folder_and_every_folder_its_rule() {
    let known: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.name.to_owned()).collect();
    let folders = fs::read_dir(folder()).unwrap();
    let folders = folders
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(known, folders);
}

#[test]
fn every_rule_is_documented() {
    for rule in rules::ALL {
        assert!(rule.doc.len() > 200, "{}", rule.name);
        assert!(
            rule.doc.lines().all(|line| line.chars().count() <= 80),
            "{}",
            rule.name
        );
        let first = rule
            .doc
            .split_once(['.', ':'])
            .map(|(first, _)| first.replace('\n', " "));
        assert!(first.is_some_and(|first| first.len() > 40), "{}", rule.name);
        assert_eq!(
            rules::find(rule.name).map(|found| found.name),
            Some(rule.name)
        );
    }
}

#[test]
fn each_rule_finds_its_own_pair_and_nothing_else_does() {
    for rule in rules::ALL {
        let (old, new) = pair(rule.name, "triggers");
        let policy = policy(rule.name, "triggers");
        let report = judge::check(&old, &new, &policy).unwrap();
        let found = without_others(&report, rule);
        assert!(!found.is_empty(), "{}", rule.name);
        assert!(found.iter().all(|found| *found == rule.name), "{found:?}");
        let mut text = Vec::new();
        render::text::report(&report, &Sources::none(), &mut text).unwrap();
        let text = anstream::adapter::strip_bytes(&text).into_vec();
        let text = String::from_utf8(text).unwrap();
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        insta::with_settings!({
            snapshot_path => folder().join(rule.name),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("text", text);
        });
    }
}

/// The rules of the findings, except for what is said beside them: a form whose removal breaks
/// something often leaves a handler that may go, and a new field that is required is lost at
/// old nodes.
fn without_others(report: &Report<'_>, rule: &Rule) -> Vec<&'static str> {
    let is_beside = |finding: &Finding<'_>| {
        finding.level == Level::Note
            || (rule.name, finding.rule.name) == ("field-required", "field-ignored")
    };
    let findings = report.findings.iter();
    let findings = findings.filter(|finding| finding.rule.name == rule.name || !is_beside(finding));
    findings.map(|finding| finding.rule.name).collect()
}

#[test]
fn near_misses_stay_silent() {
    for rule in rules::ALL {
        let (old, new) = pair(rule.name, "near_miss");
        let policy = policy(rule.name, "near_miss");
        let report = judge::check(&old, &new, &policy).unwrap();
        // That a handler may go now is true of many a pair.
        let findings = report
            .findings
            .iter()
            .filter(|finding| finding.level != Level::Note || finding.rule.name == rule.name);
        let found: Vec<_> = findings.map(|finding| finding.rule.name).collect();
        assert_eq!(found, [""; 0], "{}", rule.name);
        assert_eq!(report.verdict(), Verdict::Accept);
    }
}

#[test]
fn a_build_against_itself_is_clean() {
    for rule in rules::ALL {
        for kind in ["triggers", "near_miss"] {
            let (old, new) = pair(rule.name, kind);
            let policy = Policy {
                stage: Stage::Development,
                ..policy(rule.name, kind)
            };
            for registry in [old, new] {
                let report = judge::check(&registry, &registry, &policy).unwrap();
                // That a handler may go now is true of many a pair.
                let findings = report.findings.iter().filter(|finding| {
                    finding.level != Level::Note || finding.rule.name == rule.name
                });
                let found: Vec<_> = findings.map(|finding| finding.rule.name).collect();
                assert_eq!(found, [""; 0], "{}", rule.name);
                assert!(report.is_same);
                let at_the_gate = check(&registry, &registry);
                let is_of_a_candidate =
                    |finding: &Finding<'_>| matches!(finding.rule.check, Check::Candidate(_));
                assert!(at_the_gate.findings.iter().all(is_of_a_candidate));
            }
        }
    }
}

#[test]
fn an_unstamped_build_is_refused_over_whatever_but_not_in_development() {
    let (old, new) = pair("since-not-stamped", "triggers");
    for old in [&old, &new] {
        assert_eq!(check(old, &new).verdict(), Verdict::Reject);
        let report = check_in_development(old, &new);
        assert_eq!(report.verdict(), Verdict::Accept);
    }
    // The old one is out already: a release that mends it must not be refused.
    assert_eq!(check(&new, &old).verdict(), Verdict::Accept);
}

#[test]
fn unstamped_items_do_not_bury_other_findings() {
    let (old, new) = pair("handler-removed", "triggers");
    let mut json = Vec::new();
    snapshot::write(&new, &mut json).unwrap();
    let mut value: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let item = |number: usize| {
        serde_json::json!({ "id": format!("importer::item_{number}"), "method": "GET",
            "path": format!("/item/{number}"), "since": "next" })
    };
    let handlers = value["handlers"].as_array_mut().unwrap();
    handlers.extend((0..40).map(item));
    let new = snapshot::read(value.to_string().as_bytes()).unwrap();
    let report = check(&old, &new);
    let rules = rules_of(&report.findings);
    assert_eq!(
        rules
            .iter()
            .filter(|rule| **rule == "since-not-stamped")
            .count(),
        40
    );
    assert_eq!(rules[0], "handler-removed");
    let mut text = Vec::new();
    render::text::report(&report, &Sources::none(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(text.matches("coexist stamp").count(), 1, "{text}");
    assert!(text.contains("\n  and 34 more\n"), "{text}");
}

/// A submission's finding: who sends it to whom, what it is about, and its rule.
type Found<'r> = (Direction, &'r str, (&'r str, &'r str), &'static str);

fn submissions<'r>(findings: &[Finding<'r>]) -> BTreeSet<Found<'r>> {
    let of_pairs = findings.iter().filter_map(|finding| {
        let form = finding.page.form?;
        Some((
            finding.direction?,
            form.id.as_str(),
            finding.endpoint,
            finding.rule.name,
        ))
    });
    of_pairs.collect()
}

/// The same finding, if the old build were the new one.
fn swapped((direction, form, endpoint, rule): Found<'_>) -> Found<'_> {
    let direction = match direction {
        Direction::OldToNew => Direction::NewToOld,
        Direction::NewToOld => Direction::OldToNew,
    };
    let rule = match rule {
        "handler-removed" => "handler-not-yet",
        "handler-not-yet" => "handler-removed",
        rule => rule,
    };
    (direction, form, endpoint, rule)
}

#[test]
fn swapping_the_builds_swaps_the_directions_and_nothing_else() {
    for rule in rules::ALL {
        for kind in ["triggers", "near_miss"] {
            let (old, new) = pair(rule.name, kind);
            let forth = check(&old, &new);
            let back = check(&new, &old);
            let back = submissions(&back.findings).into_iter().map(swapped);
            assert_eq!(
                submissions(&forth.findings),
                back.collect(),
                "{}",
                rule.name
            );
        }
    }
}

#[test]
fn each_rule_about_submissions_is_judged_in_each_direction() {
    let is_about_submissions = |rule: &&&Rule| matches!(rule.check, Check::Submission(_));
    for rule in rules::ALL.iter().filter(is_about_submissions) {
        let (old, new) = pair(rule.name, "triggers");
        let reports = [check(&old, &new), check(&new, &old)];
        let found = reports.iter().flat_map(|report| &report.findings);
        let found = found.filter(|finding| finding.rule.name == rule.name);
        let directions: BTreeSet<_> = found.filter_map(|finding| finding.direction).collect();
        let expected = match rule.name {
            // The one is the other, the other way round.
            "handler-removed" => vec![Direction::OldToNew],
            "handler-not-yet" => vec![Direction::NewToOld],
            _ => vec![Direction::OldToNew, Direction::NewToOld],
        };
        assert_eq!(directions.into_iter().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn the_order_of_records_changes_nothing() {
    for rule in rules::ALL {
        let (old, new) = pair(rule.name, "triggers");
        let policy = policy(rule.name, "triggers");
        let check = |old, new| {
            let report = judge::check(old, new, &policy).unwrap();
            format!("{:?}", rules_of(&report.findings))
        };
        let expected = check(&old, &new);
        let reversed = |registry: &Registry| {
            let mut json = Vec::new();
            snapshot::write(registry, &mut json).unwrap();
            let mut value: serde_json::Value = serde_json::from_slice(&json).unwrap();
            for items in ["handlers", "forms"] {
                value[items].as_array_mut().unwrap().reverse();
            }
            snapshot::read(value.to_string().as_bytes()).unwrap()
        };
        let (old_reversed, new_reversed) = (reversed(&old), reversed(&new));
        assert_eq!((&old_reversed, &new_reversed), (&old, &new));
        assert_eq!(check(&old_reversed, &new_reversed), expected);
    }
}
