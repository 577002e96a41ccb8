//! What a candidate meets, and what it does not.

use std::time::Duration;

use super::{FormThenHandler, HOUR, against, findings, judge, live, release, release_of, time};
use crate::model::{Policy, Rollout, Verdict};
use crate::registry::snapshot;

#[test]
fn each_strategy_has_its_directions() {
    let world = FormThenHandler::new();
    let at = |rollout, rollback, page_lifetime| {
        let policy = Policy {
            rollout,
            page_lifetime,
            rollback,
            ..Policy::default()
        };
        against(&world.at("2026-11-28T06:00:00Z", &policy))
    };
    let day = 24 * HOUR;
    for rollback in [false, true] {
        assert_eq!(at(Rollout::Rolling, rollback, day), ["1.4.0 ><", "1.3.0 >"]);
        assert_eq!(at(Rollout::Rolling, rollback, Duration::ZERO), ["1.4.0 ><"]);
    }
    for rollout in [Rollout::BlueGreen, Rollout::Pinned] {
        assert_eq!(at(rollout, true, day), ["1.4.0 ><", "1.3.0 >"]);
        assert_eq!(at(rollout, false, day), ["1.4.0 >", "1.3.0 >"]);
    }
    assert_eq!(at(Rollout::BlueGreen, false, Duration::ZERO), ["1.4.0 >"]);
    assert_eq!(at(Rollout::Pinned, false, Duration::ZERO), ["1.4.0 "]);
}

#[test]
fn pages_without_a_life_are_not_open_even_if_the_clocks_are_apart() {
    let mut world = FormThenHandler::new();
    world.live[0].deployment.retired = Some(time("2026-11-28T06:03:00Z"));
    let policy = Policy {
        page_lifetime: Duration::ZERO,
        ..Policy::default()
    };
    let gate = world.at("2026-11-28T06:00:00Z", &policy);
    assert_eq!(against(&gate), ["1.4.0 ><"]);
    assert_eq!(gate.report.verdict(), Verdict::Accept);
}

#[test]
fn the_order_of_what_the_ledger_says_changes_nothing() {
    let mut world = FormThenHandler::new();
    let before = release("1.2.0", &["/csv", "/edit"], &["/csv", "/edit"]);
    let (old, new) = ("2026-11-01T08:00:00Z", "2026-11-27T08:00:00Z");
    world.live.push(live(3, &before, old, Some(new)));
    world.live.push(live(4, &before, old, Some(old)));
    // Another build of the same version, at the same time.
    let other = release("1.2.0", &["/csv"], &["/csv"]);
    world.live.push(live(5, &other, old, Some(new)));
    let policy = Policy::default();
    let said = |world: &FormThenHandler| {
        let gate = world.at("2026-11-28T06:00:00Z", &policy);
        format!(
            "{:?}",
            (&gate.against, &gate.report.findings, gate.passes_at)
        )
    };
    let expected = said(&world);
    for _ in 0..world.live.len() {
        world.live.rotate_left(1);
        assert_eq!(said(&world), expected);
        world.live.reverse();
        assert_eq!(said(&world), expected);
        world.live.reverse();
    }
}

#[test]
fn a_release_that_was_deployed_twice_is_judged_once() {
    let mut world = FormThenHandler::new();
    let again = release("1.3.0", &["/csv", "/edit"], &["/csv", "/edit"]);
    world
        .live
        .push(live(3, &again, "2026-11-27T21:00:00Z", None));
    let policy = Policy::default();
    let gate = world.at("2026-11-28T06:00:00Z", &policy);
    assert_eq!(against(&gate), ["1.3.0 ><", "1.4.0 ><"]);
    assert_eq!(findings(&gate), ["handler-removed 1.3.0 1.5.0"]);
    assert_eq!(gate.against[0].deployed, time("2026-11-27T21:00:00Z"));
    assert_eq!(gate.passes_at, None);
}

#[test]
fn a_handler_is_noted_in_the_release_that_takes_away_its_last_form() {
    let mut world = FormThenHandler::new();
    let policy = Policy::default();
    let now = "2026-11-28T09:05:00Z";
    // The release that is out has no form for `/csv` either.
    world.candidate = release("1.5.0", &["/csv", "/edit"], &["/edit"]);
    assert_eq!(findings(&world.at(now, &policy)), [""; 0]);
    world.candidate = release("1.5.0", &["/csv", "/edit"], &[]);
    assert_eq!(
        findings(&world.at(now, &policy)),
        ["handler-unused 1.5.0 1.5.0"]
    );
}

#[test]
fn history_is_that_of_the_newest_that_runs_or_was_retired_last() {
    let claims = |version: &str, since: &str| {
        let json = format!(
            r#"{{"format":1,"release":{{"name":"importer","version":"{version}"}},"forms":[],
                "handlers":[{{"id":"importer::take","method":"POST","path":"/a","since":"{since}"}}]}}"#
        );
        snapshot::read(json.as_bytes()).unwrap()
    };
    let (older, newer) = (claims("1.3.0", "1.0.0"), claims("1.4.0", "1.1.0"));
    let (candidate, policy) = (claims("1.5.0", "1.1.0"), Policy::default());
    let now = "2026-11-28T06:00:00Z";
    let at = |older_retired: Option<&str>, newer_retired: Option<&str>| {
        let live = [
            live(2, &newer, "2026-11-20T00:00:00Z", newer_retired),
            live(1, &older, "2026-11-10T00:00:00Z", older_retired),
        ];
        findings(&judge(&candidate, &live, &policy, time(now)).unwrap())
    };
    assert_eq!(at(None, None), [""; 0]);
    // What runs comes before what was retired, however old it is.
    assert_eq!(at(None, Some(now)), ["since-rewritten 1.5.0 1.5.0"]);
    assert_eq!(
        at(Some("2026-11-28T05:00:00Z"), Some("2026-11-28T05:30:00Z")),
        [""; 0]
    );
    assert_eq!(
        at(Some("2026-11-28T05:30:00Z"), Some("2026-11-28T05:00:00Z")),
        ["since-rewritten 1.5.0 1.5.0"]
    );
}

#[test]
fn where_nothing_is_out_the_candidate_is_judged_by_itself() {
    let policy = Policy::default();
    let candidate = release("1.0.0", &["/edit"], &["/edit"]);
    let gate = judge(&candidate, &[], &policy, time("2026-11-28T06:00:00Z")).unwrap();
    assert_eq!(
        (gate.report.verdict(), gate.report.judged_count()),
        (Verdict::Accept, 0)
    );
    assert!(gate.against.is_empty() && gate.back.is_empty());
    let dangling = release("1.0.0", &["/edit"], &["/nowhere"]);
    let gate = judge(&dangling, &[], &policy, time("2026-11-28T06:00:00Z")).unwrap();
    assert_eq!(findings(&gate), ["form-dangling 1.0.0 1.0.0"]);
}

#[test]
fn releases_of_other_apps_are_counted() {
    let mut world = FormThenHandler::new();
    let other = release_of("exporter", "1.3.0", &["/csv"], &["/csv"]);
    world
        .live
        .push(live(3, &other, "2026-11-27T21:00:00Z", None));
    world
        .live
        .push(live(4, &other, "2026-11-27T22:00:00Z", None));
    let policy = Policy::default();
    let gate = world.at("2026-11-28T09:05:00Z", &policy);
    assert_eq!((gate.others, gate.report.verdict()), (1, Verdict::Accept));
    assert_eq!(against(&gate), ["1.4.0 ><"]);
}
