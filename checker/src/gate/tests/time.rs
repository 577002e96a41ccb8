//! When a candidate passes.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::{FormThenHandler, HOUR, against, findings, live, release, time};
use crate::config;
use crate::ledger::SKEW;
use crate::model::{Policy, Verdict};
use crate::registry::Registry;

#[test]
fn pages_of_a_retired_release_hold_a_candidate_back_until_they_expire() {
    let world = FormThenHandler::new();
    let policy = Policy::default();
    let before = world.at("2026-11-28T09:04:59.999999999Z", &policy);
    assert_eq!(against(&before), ["1.4.0 ><", "1.3.0 >"]);
    assert_eq!(findings(&before), ["handler-removed 1.3.0 1.5.0"]);
    assert_eq!(before.passes_at, Some(time("2026-11-28T09:05:00Z")));
    let from_then_on = world.at("2026-11-28T09:05:00Z", &policy);
    assert_eq!(against(&from_then_on), ["1.4.0 ><"]);
    assert_eq!(from_then_on.report.verdict(), Verdict::Accept);
    assert_eq!(from_then_on.passes_at, None);
    assert_eq!(SKEW, 5 * HOUR / 60);
}

#[test]
fn the_time_at_which_it_passes_is_the_first_of_those_at_which_pages_expire() {
    let mut world = FormThenHandler::new();
    let before = release("1.2.0", &["/csv", "/edit"], &["/csv", "/edit"]);
    let other = release("1.3.1", &["/csv", "/edit"], &["/edit"]);
    // The last of these pages is of a release that does not matter.
    world.live.push(live(
        3,
        &before,
        "2026-11-01T08:00:00Z",
        Some("2026-11-27T07:00:00Z"),
    ));
    world.live.push(live(
        4,
        &other,
        "2026-11-26T08:00:00Z",
        Some("2026-11-27T12:00:00Z"),
    ));
    let policy = Policy::default();
    let gate = world.at("2026-11-28T06:00:00Z", &policy);
    assert_eq!(
        against(&gate),
        ["1.4.0 ><", "1.3.1 >", "1.3.0 >", "1.2.0 >"]
    );
    assert_eq!(
        findings(&gate),
        ["handler-removed 1.3.0 1.5.0", "handler-removed 1.2.0 1.5.0"]
    );
    assert_eq!(gate.passes_at, Some(time("2026-11-28T09:05:00Z")));
}

#[test]
fn what_runs_does_not_expire() {
    let mut world = FormThenHandler::new();
    world.live[1].registry = Arc::clone(&world.live[0].registry);
    world.live[1].registry = Arc::new(Registry {
        release: world.live[1].deployment.release.clone(),
        ..Registry::clone(&world.live[1].registry)
    });
    let policy = Policy::default();
    let gate = world.at("2026-11-28T06:00:00Z", &policy);
    assert_eq!(
        findings(&gate),
        ["handler-removed 1.4.0 1.5.0", "handler-removed 1.3.0 1.5.0"]
    );
    assert_eq!(gate.passes_at, None);
    assert!(gate.back.is_empty());
}

#[test]
fn what_is_wrong_within_the_candidate_does_not_expire() {
    let mut world = FormThenHandler::new();
    world.candidate = release("1.5.0", &["/edit"], &["/edit", "/nowhere"]);
    let policy = Policy::default();
    let gate = world.at("2026-11-28T06:00:00Z", &policy);
    assert_eq!(
        findings(&gate),
        ["form-dangling 1.5.0 1.5.0", "handler-removed 1.3.0 1.5.0"]
    );
    assert_eq!(gate.passes_at, None);
}

#[test]
fn a_time_at_which_a_waiver_has_ended_is_not_promised() {
    // The waiver is for what a page of a release that runs would do.
    let waiver = |expires: &str| {
        let text = format!(
            "[[waivers]]\nrule = \"handler-not-yet\"\nendpoint = \"POST /new\"\nreason = \"why\"\n\
             expires = {expires}\n"
        );
        Policy {
            today: Some("2026-11-28".parse().unwrap()),
            page_lifetime: 48 * HOUR,
            ..config::parse(&text, "coexist.toml").unwrap()
        }
    };
    let mut world = FormThenHandler::new();
    world.candidate = release("1.5.0", &["/edit", "/new"], &["/edit", "/new"]);
    let at = |policy: &Policy| world.at("2026-11-28T06:00:00Z", policy).passes_at;
    assert_eq!(
        at(&waiver("2026-11-30")),
        Some(time("2026-11-29T09:05:00Z"))
    );
    assert_eq!(at(&waiver("2026-11-29")), None);
    assert_eq!(at(&waiver("2026-11-28")), None);
}

#[test]
fn a_lifetime_without_end_is_no_error() {
    let world = FormThenHandler::new();
    let policy = Policy {
        page_lifetime: Duration::MAX,
        ..Policy::default()
    };
    let gate = world.at("2026-11-28T09:05:00Z", &policy);
    assert_eq!(gate.passes_at, Some(Timestamp::MAX));
}
