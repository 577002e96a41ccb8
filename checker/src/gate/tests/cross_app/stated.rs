//! Which app serves what, stated or not.

use super::{NOW, across, out, policy, release, said, time};
use crate::gate::tests::judge;
use crate::ledger::Live;
use crate::model::{Policy, Verdict};

#[test]
fn a_path_is_looked_up_without_what_the_proxy_takes_off() {
    let shop = release("shop", "1.9.0", &["> POST /billing/pay", "> POST /billing"]);
    let billing = release("billing", "1.4.0", &["POST /pay", "POST /"]);
    let candidate = release("billing", "1.5.0", &["POST /billing/pay", "POST /"]);
    let live = out(&[(&billing, true), (&shop, true)]);
    let strip = policy("[apps.billing]\npaths = [\"/billing\"]\nstrip = true\n");
    let removed = ["handler-removed shop 1.9.0 > billing 1.5.0"];
    assert_eq!(said(&candidate, &live, &strip), removed);
    let stays = policy("[apps.billing]\npaths = [\"/billing\"]\n");
    assert_eq!(said(&candidate, &live, &stays), [""; 0]);
}

#[test]
fn a_host_says_which_app_is_meant() {
    let shop = release(
        "shop",
        "1.9.0",
        &[
            "> POST https://billing.example/pay",
            "> POST https://other.example/refund",
        ],
    );
    let billing = release("billing", "1.4.0", &["POST /pay", "POST /refund"]);
    let archive = release("archive", "1.0.0", &["POST /pay", "GET /"]);
    let live = out(&[(&billing, true), (&archive, true), (&shop, true)]);
    let gone = release("billing", "1.5.0", &["GET /"]);
    let stated = policy("[apps.billing]\nhosts = [\"billing.example\"]\n");
    let removed = ["handler-removed shop 1.9.0 > billing 1.5.0"];
    assert_eq!(said(&gone, &live, &stated), removed);
    // Where no host is stated, nothing can be told of one.
    assert_eq!(said(&gone, &live, &policy("")), [""; 0]);
    let gone = release("archive", "1.1.0", &["GET /"]);
    assert_eq!(said(&gone, &live, &stated), [""; 0]);
}

#[test]
fn the_own_host_is_no_other_app() {
    let shop = release(
        "shop",
        "1.9.0",
        &["POST /pay", "> POST https://shop.example/pay"],
    );
    let candidate = release(
        "shop",
        "2.0.0",
        &["GET /", "> POST https://shop.example/pay"],
    );
    let live = out(&[(&shop, true)]);
    let stated = policy("[apps.shop]\nhosts = [\"shop.example\"]\n");
    let removed = ["handler-removed shop 1.9.0 > shop 2.0.0"];
    assert_eq!(said(&candidate, &live, &stated), removed);
    let default = Policy::default();
    let gate = judge(&candidate, &live, &default, time(NOW))
        .unwrap()
        .report;
    assert_eq!(
        (
            gate.findings.len(),
            gate.judged_count(),
            gate.elsewhere.len()
        ),
        (0, 0, 1)
    );
}

#[test]
fn what_several_apps_serve_is_undecided() {
    let shop = release("shop", "1.9.0", &["> POST /pay"]);
    let billing = release("billing", "1.4.0", &["POST /pay"]);
    let archive = release("archive", "1.0.0", &["POST /pay"]);
    let live = out(&[(&billing, true), (&archive, true), (&shop, true)]);
    let gone = release("billing", "1.5.0", &["GET /"]);
    let policy = Policy::default();
    let gate = judge(&gone, &live, &policy, time(NOW)).unwrap();
    assert_eq!(
        across(&gate),
        ["handler-removed shop 1.9.0 > billing 1.5.0"]
    );
    assert_eq!(gate.report.verdict(), Verdict::Accept);
    let explanation = crate::rules::explain_one(&gate.report.findings[0]);
    assert!(
        explanation
            .headline
            .starts_with("if billing serves POST /pay: whoever submits")
    );
    assert_eq!(explanation.steps[0].when, "In coexist.toml");
    // Stated, it is sure; and an app of which that is not stated is not asked.
    let stated = self::policy("[apps.archive]\npaths = [\"/pay\"]\n");
    assert_eq!(said(&gone, &live, &stated), [""; 0]);
    let stated = self::policy("[apps.archive]\npaths = [\"/archive\"]\n");
    let gate = judge(&gone, &live, &stated, time(NOW)).unwrap();
    assert_eq!(gate.report.verdict(), Verdict::Reject);
}

#[test]
fn a_prefix_that_is_not_the_apps_does_not_matter() {
    let shop = release(
        "shop",
        "1.9.0",
        &["> POST /billings/pay", "> POST /mail/pay"],
    );
    let billing = release(
        "billing",
        "1.4.0",
        &["POST /billings/pay", "POST /mail/pay"],
    );
    let gone = release("billing", "1.5.0", &["GET /"]);
    let live = out(&[(&billing, true), (&shop, true)]);
    let stated =
        policy("[apps.billing]\npaths = [\"/billing\"]\n[apps.mail]\npaths = [\"/mail\"]\n");
    assert_eq!(said(&gone, &live, &stated), [""; 0]);
}

#[test]
fn the_order_of_what_the_ledger_says_changes_nothing_across_apps() {
    let shop = release("shop", "1.9.0", &["> POST /pay", "> POST /a", "GET /"]);
    let older = release("shop", "1.8.0", &["> POST /pay", "GET /"]);
    let web = release("web", "1.0.0", &["> POST /pay", "POST /a"]);
    let mail = release("mail", "1.0.0", &["POST /send", "POST /a", "POST /pay"]);
    let billing = release("billing", "1.4.0", &["POST /pay", "> POST /send"]);
    let candidate = release("billing", "1.5.0", &["GET /", "> POST /send", "> POST /a"]);
    let mut live = out(&[
        (&shop, true),
        (&older, false),
        (&web, true),
        (&mail, true),
        (&billing, true),
    ]);
    let policy = Policy::default();
    let said = |live: &[Live]| {
        let gate = judge(&candidate, live, &policy, time(NOW)).unwrap();
        format!(
            "{:?}",
            (&gate.neighbours, &gate.report.findings, gate.passes_at)
        )
    };
    let expected = said(&live);
    for _ in 0..live.len() {
        live.rotate_left(1);
        assert_eq!(said(&live), expected);
        live.reverse();
        assert_eq!(said(&live), expected);
        live.reverse();
    }
}
#[test]
fn a_link_to_what_nobody_annotated_is_no_fault() {
    let shop = release("shop", "1.9.0", &["> GET /help", "> GET /billing/list"]);
    let candidate = release(
        "shop",
        "2.0.0",
        &["GET /", "> GET /help", "> GET /billing/list"],
    );
    let billing = release("billing", "1.4.0", &["GET /help", "POST /pay"]);
    let gone = release("billing", "1.5.0", &["POST /pay", "> POST /x"]);
    let (default, stated) = (
        Policy::default(),
        policy("[apps.billing]\npaths = [\"/billing\", \"/help\"]\n"),
    );
    let live = out(&[(&billing, true), (&shop, true)]);
    for policy in [&default, &stated] {
        assert_eq!(said(&candidate, &live, policy), [""; 0]);
        let gate = judge(&candidate, &live[1..], policy, time(NOW)).unwrap();
        assert_eq!(gate.verdict(), Some(Verdict::Accept));
    }
    // The page may be the shop's own, unless it is stated whose it is.
    assert_eq!(said(&gone, &live, &default), [""; 0]);
    let removed = "handler-removed shop 1.9.0 > billing 1.5.0";
    assert_eq!(said(&gone, &live, &stated)[0], removed);
}

#[test]
fn what_another_app_serves_is_not_looked_for_at_home() {
    let billing = release("billing", "1.4.0", &["POST /billing/pay"]);
    let items = ["POST /billing/pay", "> POST /billing/pay"];
    let shop = release("shop", "1.9.0", &items);
    let candidate = release("shop", "2.0.0", &items[1..]);
    let live = out(&[(&billing, true), (&shop, true)]);
    assert_eq!(
        said(&candidate, &live, &Policy::default()),
        ["handler-removed shop 1.9.0 > shop 2.0.0"]
    );
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\n");
    assert_eq!(said(&candidate, &live, &stated), [""; 0]);
}
