//! Pages of the others at nodes of the candidate.

use super::{NOW, across, findings, neighbours, out, policy, release, said, time};
use crate::gate::Gate;
use crate::gate::tests::judge;
use crate::model::{Policy, Verdict};

#[test]
fn a_handler_that_another_app_posts_to_stays_until_its_pages_are_gone() {
    let shop = release("shop", "1.9.0", &["POST /cart", "> POST /billing/{id}"]);
    let without = release("shop", "2.0.0", &["POST /cart"]);
    let billing = release("billing", "1.4.0", &["POST /billing/{id}", "GET /billing"]);
    let candidate = release("billing", "1.5.0", &["GET /billing"]);
    let policy = Policy::default();
    let expected = ["handler-removed shop 1.9.0 > billing 1.5.0"];
    let live = out(&[(&billing, true), (&shop, true)]);
    let gate = judge(&candidate, &live, &policy, time(NOW)).unwrap();
    assert_eq!(across(&gate), expected);
    assert_eq!((gate.passes_at, gate.others), (None, 0));
    assert_eq!(neighbours(&gate), ["shop 1.9.0"]);
    // Its last node has stopped; its pages are open.
    let live = out(&[(&billing, true), (&shop, false), (&without, true)]);
    let gate = judge(&candidate, &live, &policy, time(NOW)).unwrap();
    assert_eq!(across(&gate), expected);
    assert_eq!(gate.passes_at, Some(time("2026-11-28T09:05:00Z")));
    assert_eq!(
        (neighbours(&gate), gate.others),
        (vec!["shop 1.9.0".to_owned()], 1)
    );
    let gate = judge(&candidate, &live, &policy, time("2026-11-28T09:05:00Z")).unwrap();
    assert_eq!(gate.report.verdict(), Verdict::Accept);
    assert_eq!((neighbours(&gate).len(), gate.others), (0, 1));
}

#[test]
fn what_the_own_app_does_not_serve_today_is_not_the_candidates_doing() {
    let shop = release(
        "shop",
        "1.9.0",
        &["> POST /billing/{id}", "> POST /billing/old"],
    );
    let billing = release("billing", "1.4.0", &["POST /billing/new", "GET /"]);
    let candidate = release("billing", "1.5.0", &["GET /"]);
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\n");
    // The form may mean `/billing/new`; an endpoint that nobody serves cannot be lost.
    let live = out(&[(&billing, true), (&shop, true)]);
    let expected = ["handler-removed shop 1.9.0 > billing 1.5.0"];
    assert_eq!(said(&candidate, &live, &stated), expected);
    // Nothing of it runs: nothing is broken by it.
    let live = out(&[(&billing, false), (&shop, true)]);
    assert_eq!(said(&candidate, &live, &stated), [""; 0]);
    assert_eq!(said(&candidate, &live[1..], &stated), [""; 0]);
}

#[test]
fn what_some_running_release_serves_is_found_once() {
    let shop = release("shop", "1.9.0", &["> POST /pay", "> POST /refund"]);
    let older = release("billing", "1.3.0", &["POST /pay", "POST /refund"]);
    let newer = release("billing", "1.4.0", &["POST /pay"]);
    let candidate = release("billing", "1.5.0", &["GET /"]);
    let live = out(&[(&older, true), (&newer, true), (&shop, true)]);
    let policy = Policy::default();
    let gate = judge(&candidate, &live, &policy, time(NOW)).unwrap();
    let found = gate.report.findings.iter();
    let paths: Vec<_> = found.map(|finding| finding.endpoint.1).collect();
    assert_eq!(paths, ["/pay", "/refund"]);
}

#[test]
fn fields_are_compared_with_what_the_own_app_takes_today() {
    let shop = release("shop", "1.9.0", &["> POST /pay?*sum"]);
    let billing = release("billing", "1.4.0", &["POST /pay?*sum&note"]);
    let candidate = release("billing", "1.5.0", &["POST /pay?*sum&*note"]);
    let live = out(&[(&billing, true), (&shop, true)]);
    let expected = ["field-required shop 1.9.0 > billing 1.5.0"];
    assert_eq!(said(&candidate, &live, &policy("")), expected);
    // It was required before.
    let live = out(&[(&candidate, true), (&shop, true)]);
    let again = release("billing", "1.6.0", &["POST /pay?*sum&*note", "GET /"]);
    assert_eq!(said(&again, &live, &policy("")), [""; 0]);
}

#[test]
fn a_handler_that_moved_and_stayed_breaks_nothing() {
    let shop = release("shop", "1.9.0", &["> POST /pay/{id}"]);
    let billing = release("billing", "1.4.0", &["POST /pay/{id}"]);
    let candidate = release(
        "billing",
        "1.5.0",
        &["POST /pay/{number}", "POST /payments/{id}"],
    );
    let live = out(&[(&billing, true), (&shop, true)]);
    assert_eq!(said(&candidate, &live, &policy("")), [""; 0]);
}

#[test]
fn a_handler_is_used_by_pages_of_other_apps() {
    let billing = release(
        "billing",
        "1.4.0",
        &[
            "POST /pay",
            "POST /refund",
            "POST /log",
            "> POST /pay",
            "> POST /refund",
            "> POST /log",
        ],
    );
    let candidate = release(
        "billing",
        "1.5.0",
        &["POST /pay", "POST /refund", "POST /log", "GET /"],
    );
    let shop = release("shop", "1.9.0", &["> POST /billing/pay"]);
    let web = release("web", "1.0.0", &["> POST /billing/refund"]);
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\nstrip = true\n");
    let live = out(&[(&billing, true), (&shop, true), (&web, false)]);
    let gate = judge(&candidate, &live, &stated, time(NOW)).unwrap();
    let unused = |gate: &Gate<'_>| {
        let found = gate.report.findings.iter();
        found
            .map(|finding| finding.endpoint.1.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(unused(&gate), ["/log"]);
    assert_eq!(findings(&gate), ["handler-unused 1.5.0 1.5.0"]);
}
