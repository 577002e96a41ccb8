//! The candidate's pages at nodes of the others.

use super::{NOW, across, neighbours, out, policy, release, said, time};
use crate::gate::tests::judge;
use crate::ledger::Live;
use crate::model::{Policy, Verdict};
use crate::registry::Registry;
use std::sync::Arc;

#[test]
fn a_form_waits_until_every_node_of_the_other_app_has_its_handler() {
    let billing = release("billing", "1.4.0", &["GET /billing", "POST /billing/pay"]);
    let newer = release(
        "billing",
        "1.5.0",
        &["POST /billing/{id}", "POST /billing/pay"],
    );
    let shop = release("shop", "1.9.0", &["GET /"]);
    let candidate = release("shop", "2.0.0", &["GET /", "> POST /billing/{id}"]);
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\n");
    let live = out(&[(&billing, true), (&shop, true)]);
    // As within one app: the hole holds `pay`, if that is all there is.
    assert_eq!(said(&candidate, &live, &stated), [""; 0]);
    let missing = ["handler-not-yet shop 2.0.0 > billing 1.4.0"];
    let live = out(&[(&billing, true), (&newer, true), (&shop, true)]);
    let gate = judge(&candidate, &live, &stated, time(NOW)).unwrap();
    assert_eq!(across(&gate), missing);
    assert_eq!(gate.passes_at, None);
    assert_eq!(neighbours(&gate), ["billing 1.5.0", "billing 1.4.0"]);
    // Nodes of it are gone; its pages do not serve.
    let live = out(&[(&billing, false), (&newer, true), (&shop, true)]);
    let gate = judge(&candidate, &live, &stated, time(NOW)).unwrap();
    assert_eq!(across(&gate), [""; 0]);
    assert_eq!(
        (gate.report.judged_count(), gate.report.elsewhere.len()),
        (1, 0)
    );
}

#[test]
fn a_first_release_is_judged_among_the_others() {
    let billing = release("billing", "1.4.0", &["GET /"]);
    let web = release("web", "1.0.0", &["> POST /billing/pay?*sum"]);
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\nstrip = true\n");
    let live = out(&[(&billing, true)]);
    let missing = ["handler-not-yet web 1.0.0 > billing 1.4.0"];
    assert_eq!(said(&web, &live, &stated), missing);
    let billing = release("billing", "1.4.0", &["POST /pay?*sum&*iban"]);
    let live = out(&[(&billing, true)]);
    let required = ["field-required web 1.0.0 > billing 1.4.0"];
    assert_eq!(said(&web, &live, &stated), required);
    let billing = release("billing", "1.4.0", &["POST /pay?*sum&iban"]);
    let live = out(&[(&billing, true)]);
    assert_eq!(said(&web, &live, &stated), [""; 0]);
}

#[test]
fn a_form_that_fails_today_is_still_said_unless_nothing_changes() {
    let billing = release("billing", "1.4.0", &["GET /billing"]);
    let shop = release("shop", "1.9.0", &["> POST /billing/pay"]);
    let candidate = release("shop", "2.0.0", &["GET /", "> POST /billing/pay"]);
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\n");
    let live = out(&[(&billing, true), (&shop, true)]);
    let missing = ["handler-not-yet shop 2.0.0 > billing 1.4.0"];
    assert_eq!(said(&candidate, &live, &stated), missing);
    let same = release("shop", "1.9.1", &["> POST /billing/pay"]);
    assert_eq!(said(&same, &live, &stated), [""; 0]);
    let waived = "[apps.billing]\npaths = [\"/billing\"]\n[[waivers]]\nrule = \"handler-not-yet\"\n\
                  endpoint = \"POST /billing/pay\"\nreason = \"it is known\"\nexpires = \"3.0.0\"\n";
    let waived = policy(waived);
    let gate = judge(&candidate, &live, &waived, time(NOW)).unwrap();
    assert_eq!((across(&gate).len(), gate.report.waived.len()), (0, 1));
}

#[test]
fn an_app_that_is_stated_and_does_not_run_could_not_be_checked() {
    let shop = release(
        "shop",
        "2.0.0",
        &["GET /", "> POST /billing/pay", "> POST /mail/send"],
    );
    let billing = release("billing", "1.4.0", &["POST /billing/pay"]);
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\n");
    for live in [out(&[]), out(&[(&billing, false)])] {
        let gate = judge(&shop, &live, &stated, time(NOW)).unwrap();
        assert_eq!(
            (gate.report.verdict(), gate.verdict()),
            (Verdict::Accept, None)
        );
        let [undeployed] = &gate.undeployed[..] else {
            panic!("{:?}", gate.undeployed);
        };
        assert_eq!(undeployed.app.at, "coexist.toml:1");
        assert_eq!(undeployed.target.path, "/billing/pay");
        // Which app serves it, nobody says: as before, it is another program's.
        let default = Policy::default();
        let gate = judge(&shop, &live, &default, time(NOW)).unwrap();
        assert_eq!(gate.verdict(), Some(Verdict::Accept));
    }
    // What fails for sure is said first.
    let old = release("shop", "1.9.0", &["GET /", "> POST /mail/send"]);
    let dangling = Registry {
        forms: shop
            .forms
            .iter()
            .map(|form| {
                let mut form = (**form).clone();
                form.posts_to[0].elsewhere = form.posts_to[0].path != "/mail/send";
                Arc::new(form)
            })
            .collect(),
        ..shop.clone()
    };
    let live = out(&[(&old, true)]);
    let gate = judge(&dangling, &live, &stated, time(NOW)).unwrap();
    assert_eq!(gate.verdict(), Some(Verdict::Reject));
}

#[test]
fn what_nobody_is_known_to_serve_is_named_once_unless_it_is_out() {
    let billing = release("billing", "1.4.0", &["POST /billing/pay"]);
    let [old, older] = ["1.9.0", "1.8.0"].map(|version| release("shop", version, &["GET /a"]));
    let shop = release(
        "shop",
        "2.0.0",
        &[
            "> POST /billing/pay",
            "> POST /mail/send",
            "> GET /help",
            "> POST https://shop.example/a",
            "POST /a",
            "> POST https://pay.example/a",
        ],
    );
    let stated = policy("[apps.shop]\nhosts = [\"shop.example\"]\n");
    let said = |live: &[Live]| {
        let gate = judge(&shop, live, &stated, time(NOW)).unwrap();
        let unjudged = gate.unjudged.iter();
        let said = unjudged.map(|one| (one.target.host.is_some(), one.target.path.clone()));
        said.collect::<Vec<_>>()
    };
    let at = |has_host, path: &str| (has_host, path.to_owned());
    let all = [(&billing, true), (&older, true), (&old, true)];
    let expected = [at(false, "/mail/send"), at(true, "/a")];
    assert_eq!(sorted(said(&out(&all))), expected);
    // Of which no release runs, and which is not stated.
    let live = out(&[(&billing, false), (&old, true)]);
    let expected = [
        at(false, "/billing/pay"),
        at(false, "/mail/send"),
        at(true, "/a"),
    ];
    assert_eq!(sorted(said(&live)), expected);
    let mut same = shop.clone();
    same.release.version = semver::Version::new(1, 9, 9);
    assert_eq!(said(&out(&[(&same, true)])), []);
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort();
    all
}

#[test]
fn one_cannot_go_back_to_what_other_apps_no_longer_understand() {
    let first = release("shop", "1.8.0", &["GET /", "> POST /pay?*sum"]);
    let second = release(
        "shop",
        "1.9.0",
        &["GET /", "> POST /pay?*sum&*iban", "POST /hook"],
    );
    let candidate = release(
        "shop",
        "2.0.0",
        &["GET /a", "GET /", "> POST /pay?*sum&*iban", "POST /hook"],
    );
    let billing = release("billing", "1.4.0", &["POST /pay?*sum&*iban"]);
    let policy = Policy::default();
    let back = |billing: &Registry| {
        let live = out(&[(&first, false), (&second, true), (billing, true)]);
        let gate = judge(&candidate, &live, &policy, time(NOW)).unwrap();
        assert_eq!(gate.report.verdict(), Verdict::Accept);
        let back = gate.back.iter().map(|back| {
            let version = &back.registry.release.version;
            let now = back.now.as_ref().map(|finding| finding.rule.name);
            (version.to_string(), now)
        });
        back.collect::<Vec<_>>()
    };
    let expected = |why| [("1.9.0".to_owned(), None), ("1.8.0".to_owned(), why)];
    assert_eq!(back(&billing), expected(Some("field-required")));
    let billing = release("billing", "1.4.0", &["POST /pay?*sum", "> POST /hook"]);
    assert_eq!(back(&billing), expected(Some("handler-removed")));
    let billing = release("billing", "1.4.0", &["POST /pay?*sum"]);
    assert_eq!(back(&billing), expected(None));
}

#[test]
fn what_the_newest_release_does_not_serve_is_compared_with_what_an_older_one_takes() {
    let old = release("billing", "1.4.0", &["POST /billing/pay?*card"]);
    let new = release("billing", "1.5.0", &["GET /billing"]);
    let candidate = release("shop", "2.0.0", &["> POST /billing/pay?*sum"]);
    let live = out(&[(&old, true), (&new, true)]);
    let stated = policy("[apps.billing]\npaths = [\"/billing\"]\n");
    assert_eq!(
        said(&candidate, &live, &stated),
        [
            "field-required shop 2.0.0 > billing 1.4.0",
            "handler-not-yet shop 2.0.0 > billing 1.5.0"
        ]
    );
}
