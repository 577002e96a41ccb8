//! Worlds that are small enough to be judged by hand.

mod across;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::{Gate, judge};
use crate::config;
use crate::judge::{Direction, Policy, Rollout, Verdict};
use crate::ledger::{Live, SKEW};
use crate::registry::{Registry, snapshot};

const HOUR: Duration = Duration::from_secs(60 * 60);

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A release of `importer`; a form posts to what is behind its name.
fn release(version: &str, handlers: &[&str], forms: &[&str]) -> Registry {
    release_of("importer", version, handlers, forms)
}

fn release_of(name: &str, version: &str, handlers: &[&str], forms: &[&str]) -> Registry {
    let handlers = handlers.iter().map(|path| {
        let id = path.replace('/', "take_");
        format!(r#"{{"id":"{name}::{id}","method":"POST","path":"{path}"}}"#)
    });
    let forms = forms.iter().map(|path| {
        let id = path.replace('/', "send_");
        format!(r#"{{"id":"{name}::{id}","posts_to":[{{"method":"POST","path":"{path}"}}]}}"#)
    });
    let [handlers, forms] =
        [handlers.collect::<Vec<_>>(), forms.collect()].map(|items| items.join(","));
    let json = format!(
        r#"{{"format":1,"release":{{"name":"{name}","version":"{version}"}},
            "handlers":[{handlers}],"forms":[{forms}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

/// A deployment; it runs if it was not retired.
fn live(number: u64, registry: &Registry, deployed: &str, retired: Option<&str>) -> Live {
    let deployment = serde_json::json!({
        "format": 1,
        "release": registry.release,
        "registry": snapshot::items(registry),
        "deployed": deployed,
        "retired": retired,
        "verdict": "accept",
        "open_since": deployed,
        "open": [],
    });
    Live {
        number,
        deployment: serde_json::from_value(deployment).unwrap(),
        registry: Arc::new(registry.clone()),
    }
}

/// The versions that a candidate is judged against, each with the directions: `>` its
/// pages to the candidate's nodes, `<` the candidate's pages to its nodes.
fn against(gate: &Gate<'_>) -> Vec<String> {
    let each = gate.against.iter().map(|opponent| {
        let arrow = |direction: &Direction| match direction {
            Direction::OldToNew => '>',
            Direction::NewToOld => '<',
        };
        let arrows: String = opponent.directions.iter().map(arrow).collect();
        format!("{} {arrows}", opponent.registry.release.version)
    });
    each.collect()
}

/// The rules of the findings, each with the releases of page and node.
fn findings(gate: &Gate<'_>) -> Vec<String> {
    let findings = gate.report.findings.iter();
    let each = findings.map(|finding| {
        let (page, node) = (finding.page_release(), finding.node_release());
        format!("{} {} {}", finding.rule.name, page.version, node.version)
    });
    each.collect()
}

/// The form went with 1.4.0; with 1.5.0 its handler goes. Pages of 1.3.0 are open until
/// 2026-11-28T09:05:00Z: a day, and what the clocks may be apart.
struct FormThenHandler {
    live: Vec<Live>,
    candidate: Registry,
}

impl FormThenHandler {
    fn new() -> Self {
        let with_form = release("1.3.0", &["/csv", "/edit"], &["/csv", "/edit"]);
        let without_form = release("1.4.0", &["/csv", "/edit"], &["/edit"]);
        Self {
            live: vec![
                live(
                    1,
                    &with_form,
                    "2026-11-20T08:00:00Z",
                    Some("2026-11-27T09:00:00Z"),
                ),
                live(2, &without_form, "2026-11-27T08:50:00Z", None),
            ],
            candidate: release("1.5.0", &["/edit"], &["/edit"]),
        }
    }

    fn at<'r>(&'r self, now: &str, policy: &'r Policy) -> Gate<'r> {
        judge(&self.candidate, &self.live, policy, time(now))
    }
}

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
        ["handler-removed 1.2.0 1.5.0", "handler-removed 1.3.0 1.5.0"]
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
        ["handler-removed 1.3.0 1.5.0", "handler-removed 1.4.0 1.5.0"]
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
fn each_strategy_has_its_directions() {
    let world = FormThenHandler::new();
    let at = |rollout, rollback, page_lifetime| {
        let policy = Policy {
            rollout,
            rollback,
            page_lifetime,
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
fn a_handler_is_used_as_long_as_some_open_page_has_its_form() {
    let mut world = FormThenHandler::new();
    world.candidate = release("1.5.0", &["/csv", "/edit", "/more"], &["/edit"]);
    let policy = Policy::default();
    let at = |now| findings(&world.at(now, &policy));
    assert_eq!(at("2026-11-28T09:04:59Z"), [""; 0]);
    assert_eq!(at("2026-11-28T09:05:00Z"), ["handler-unused 1.5.0 1.5.0"]);
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
        findings(&judge(&candidate, &live, &policy, time(now)))
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
    let gate = judge(&candidate, &[], &policy, time("2026-11-28T06:00:00Z"));
    assert_eq!(
        (gate.report.verdict(), gate.report.judged),
        (Verdict::Accept, 0)
    );
    assert!(gate.against.is_empty() && gate.back.is_empty());
    let dangling = release("1.0.0", &["/edit"], &["/nowhere"]);
    let gate = judge(&dangling, &[], &policy, time("2026-11-28T06:00:00Z"));
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

#[test]
fn one_can_go_back_to_what_still_understands_the_candidate() {
    // 1.3.0 does not serve what 1.4.0 has a form for since.
    let first = release("1.3.0", &["/edit"], &["/edit"]);
    let second = release("1.4.0", &["/edit", "/new"], &["/edit"]);
    let candidate = release("1.5.0", &["/edit", "/new"], &["/edit", "/new"]);
    let live = [
        live(
            1,
            &first,
            "2026-11-20T08:00:00Z",
            Some("2026-11-28T05:00:00Z"),
        ),
        live(2, &second, "2026-11-28T04:50:00Z", None),
    ];
    let policy = Policy::default();
    let now = time("2026-11-28T06:00:00Z");
    let gate = judge(&candidate, &live, &policy, now);
    assert_eq!(gate.report.verdict(), Verdict::Accept);
    let back: Vec<_> = gate
        .back
        .iter()
        .map(|back| {
            (
                back.registry.release.version.to_string(),
                back.is_possible(),
            )
        })
        .collect();
    assert_eq!(
        back,
        [("1.4.0".to_owned(), true), ("1.3.0".to_owned(), false)]
    );
    let no_longer = &gate.back[1];
    assert!(no_longer.now.is_none());
    let why = no_longer.after.as_ref().unwrap();
    assert_eq!(
        (why.rule.name, why.endpoint),
        ("handler-removed", ("POST", "/new"))
    );
    assert_eq!(why.page_release().version.to_string(), "1.5.0");
    // Pages of 1.2.0 are open that neither of the others serves: to 1.3.0 one could not go
    // back before either.
    let older = release("1.2.0", &["/edit", "/old"], &["/edit", "/old"]);
    let with_older = [
        live[0].clone(),
        live[1].clone(),
        self::live(
            3,
            &older,
            "2026-11-20T08:00:00Z",
            Some("2026-11-28T05:00:00Z"),
        ),
    ];
    let candidate = release("1.5.0", &["/edit", "/new", "/old"], &["/edit"]);
    let gate = judge(&candidate, &with_older, &policy, now);
    let already = gate.back.iter().filter(|back| back.now.is_some());
    let already: Vec<_> = already.map(|back| &back.registry.release.version).collect();
    assert_eq!(already, [&older.release.version, &first.release.version]);
}

#[test]
fn without_rollback_nothing_is_said_of_it() {
    let world = FormThenHandler::new();
    let policy = Policy {
        rollback: false,
        ..Policy::default()
    };
    let gate = world.at("2026-11-28T09:05:00Z", &policy);
    assert_eq!(gate.report.verdict(), Verdict::Accept);
    assert!(gate.back.is_empty());
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
