//! Several apps in one environment: the page of one, the handler of another.

use std::sync::Arc;

use super::{findings, live, time};
use crate::config;
use crate::gate::{Gate, judge};
use crate::judge::{Policy, Verdict};
use crate::ledger::Live;
use crate::registry::{Registry, snapshot};

const NOW: &str = "2026-11-28T06:00:00Z";
const OPEN: &str = "2026-11-27T09:00:00Z";

/// A release: `POST /a` is a handler, `> POST /a` a form, with a host or not; fields are
/// behind a question mark, those with a star are required.
fn release(name: &str, version: &str, items: &[&str]) -> Registry {
    let mut handlers = Vec::new();
    let mut forms = Vec::new();
    for item in items {
        let (is_form, item) = match item.strip_prefix("> ") {
            Some(rest) => (true, rest),
            None => (false, *item),
        };
        let (endpoint, fields) = match item.split_once('?') {
            Some((endpoint, fields)) => (endpoint, Some(fields)),
            None => (item, None),
        };
        let (method, url) = endpoint.split_once(' ').unwrap();
        let (host, path) = match url.strip_prefix("https://") {
            Some(rest) => {
                let slash = rest.find('/').unwrap();
                (Some(&rest[..slash]), &rest[slash..])
            }
            None => (None, url),
        };
        let key = if is_form { "always" } else { "required" };
        let field = |field: &str| {
            let name = field.trim_start_matches('*');
            serde_json::json!({ "name": name, key: field.starts_with('*'), "type": "text" })
        };
        let fields: Option<Vec<_>> = fields.map(|fields| fields.split('&').map(field).collect());
        let id = format!("{name}::{}", path.replace(['/', '{', '}'], "_"));
        if is_form {
            let mut target = serde_json::json!({
                "method": method, "path": path, "elsewhere": true
            });
            if let Some(host) = host {
                target["host"] = host.into();
            }
            let posts_to = [target];
            forms.push(serde_json::json!({ "id": id, "posts_to": posts_to, "fields": fields }));
        } else {
            handlers.push(serde_json::json!({
                "id": id, "method": method, "path": path, "fields": fields
            }));
        }
    }
    let json = serde_json::json!({
        "format": 1,
        "release": { "name": name, "version": version },
        "handlers": handlers,
        "forms": forms,
    });
    snapshot::read(json.to_string().as_bytes()).unwrap()
}

/// What is out: each runs, or was retired at [`OPEN`].
fn out(releases: &[(&Registry, bool)]) -> Vec<Live> {
    let numbered = (1..).zip(releases);
    let live = numbered.map(|(number, (registry, runs))| {
        let deployed = format!("2026-11-{:02}T08:00:00Z", 10 + number);
        live(number, registry, &deployed, (!runs).then_some(OPEN))
    });
    live.collect()
}

fn policy(text: &str) -> Policy {
    config::parse(text, "coexist.toml").unwrap()
}

/// The findings, each with the apps.
fn across(gate: &Gate<'_>) -> Vec<String> {
    let findings = gate.report.findings.iter();
    let each = findings.map(|finding| {
        let (page, node) = (finding.page_release(), finding.node_release());
        format!(
            "{} {} {} > {} {}",
            finding.rule.name, page.name, page.version, node.name, node.version
        )
    });
    each.collect()
}

fn said(candidate: &Registry, live: &[Live], policy: &Policy) -> Vec<String> {
    across(&judge(candidate, live, policy, time(NOW)))
}

fn neighbours(gate: &Gate<'_>) -> Vec<String> {
    let met = gate.neighbours.iter();
    met.map(|other| {
        let release = &other.registry.release;
        format!("{} {}", release.name, release.version)
    })
    .collect()
}

#[test]
fn a_handler_that_another_app_posts_to_stays_until_its_pages_are_gone() {
    let shop = release("shop", "1.9.0", &["POST /cart", "> POST /billing/{id}"]);
    let without = release("shop", "2.0.0", &["POST /cart"]);
    let billing = release("billing", "1.4.0", &["POST /billing/{id}", "GET /billing"]);
    let candidate = release("billing", "1.5.0", &["GET /billing"]);
    let policy = Policy::default();
    let expected = ["handler-removed shop 1.9.0 > billing 1.5.0"];
    let live = out(&[(&billing, true), (&shop, true)]);
    let gate = judge(&candidate, &live, &policy, time(NOW));
    assert_eq!(across(&gate), expected);
    assert_eq!((gate.passes_at, gate.others), (None, 0));
    assert_eq!(neighbours(&gate), ["shop 1.9.0"]);
    // Its last node has stopped; its pages are open.
    let live = out(&[(&billing, true), (&shop, false), (&without, true)]);
    let gate = judge(&candidate, &live, &policy, time(NOW));
    assert_eq!(across(&gate), expected);
    assert_eq!(gate.passes_at, Some(time("2026-11-28T09:05:00Z")));
    assert_eq!(
        (neighbours(&gate), gate.others),
        (vec!["shop 1.9.0".to_owned()], 1)
    );
    let gate = judge(&candidate, &live, &policy, time("2026-11-28T09:05:00Z"));
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
    // The form may mean `/billing/new`; what nobody serves is nobody's loss.
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
    let gate = judge(&candidate, &live, &policy, time(NOW));
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
    let gate = judge(&candidate, &live, &stated, time(NOW));
    assert_eq!(across(&gate), missing);
    assert_eq!(gate.passes_at, None);
    assert_eq!(neighbours(&gate), ["billing 1.5.0", "billing 1.4.0"]);
    // Nodes of it are gone; its pages do not serve.
    let live = out(&[(&billing, false), (&newer, true), (&shop, true)]);
    let gate = judge(&candidate, &live, &stated, time(NOW));
    assert_eq!(across(&gate), [""; 0]);
    assert_eq!((gate.report.judged, gate.report.elsewhere), (1, 0));
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
    let waived = "[apps.billing]\npaths = [\"/billing\"]\n[[waivers]]\nrule = \"handler-not-yet\"\n\
                  endpoint = \"POST /billing/pay\"\nreason = \"it is known\"\nexpires = \"3.0.0\"\n";
    let waived = policy(waived);
    let gate = judge(&candidate, &live, &waived, time(NOW));
    assert_eq!((across(&gate).len(), gate.report.waived.len()), (0, 1));
}

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
    let unused = ["handler-unused billing 1.5.0 > billing 1.5.0"];
    assert_eq!(said(&candidate, &live, &stays), unused);
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
    let gate = judge(&candidate, &live, &default, time(NOW)).report;
    assert_eq!(
        (gate.findings.len(), gate.judged, gate.elsewhere),
        (0, 0, 2)
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
    let gate = judge(&gone, &live, &policy, time(NOW));
    assert_eq!(
        across(&gate),
        ["handler-removed shop 1.9.0 > billing 1.5.0"]
    );
    assert_eq!(gate.report.verdict(), Verdict::Accept);
    let words = crate::rules::words(&gate.report.findings[0]);
    assert!(
        words
            .headline
            .starts_with("if billing serves POST /pay: whoever")
    );
    assert_eq!(words.steps[0].release, "coexist.toml");
    // Stated, it is sure; and an app of which that is not stated is not asked.
    let stated = self::policy("[apps.archive]\npaths = [\"/pay\"]\n");
    assert_eq!(said(&gone, &live, &stated), [""; 0]);
    let stated = self::policy("[apps.archive]\npaths = [\"/archive\"]\n");
    let gate = judge(&gone, &live, &stated, time(NOW));
    assert_eq!(gate.report.verdict(), Verdict::Reject);
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
        let gate = judge(&shop, &live, &stated, time(NOW));
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
        let gate = judge(&shop, &live, &default, time(NOW));
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
    let gate = judge(&dangling, &live, &stated, time(NOW));
    assert_eq!(gate.verdict(), Some(Verdict::Reject));
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
fn a_handler_is_used_by_pages_of_other_apps() {
    let billing = release(
        "billing",
        "1.4.0",
        &["POST /pay", "POST /refund", "POST /log"],
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
    let gate = judge(&candidate, &live, &stated, time(NOW));
    let unused = |gate: &Gate<'_>| {
        let found = gate.report.findings.iter();
        found
            .map(|finding| finding.endpoint.1.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(unused(&gate), ["/log"]);
    assert_eq!(findings(&gate), ["handler-unused 1.5.0 1.5.0"]);
    let headline = crate::rules::words(&gate.report.findings[0]).headline;
    assert!(headline.contains("any of the 4 releases"), "{headline}");
    let gate = judge(&candidate, &live, &stated, time("2026-11-28T09:05:00Z"));
    assert_eq!(unused(&gate), ["/log", "/refund"]);
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
        let gate = judge(&candidate, &live, &policy, time(NOW));
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
        let gate = judge(&candidate, live, &policy, time(NOW));
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
