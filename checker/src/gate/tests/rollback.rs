//! To what one can go back.

use super::{FormThenHandler, judge, live, release, time};
use crate::model::{Policy, Verdict};

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
    let gate = judge(&candidate, &live, &policy, now).unwrap();
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
    let gate = judge(&candidate, &with_older, &policy, now).unwrap();
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
