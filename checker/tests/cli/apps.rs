//! Several programs: an environment with two apps, one of which posts to the other.

mod two_apps;

use serde_json::{Value, json};

use super::formats::assert_valid;
use two_apps::{CONFIG, TwoApps};

/// The app of the file of a release.
fn app(file: &str) -> &str {
    let (_, name) = file.rsplit_once(std::path::is_separator).unwrap();
    name.rsplit_once('-').unwrap().0
}

const PAY: (&str, &str, bool) = ("pay", "POST /pay", false);
const LIST: (&str, &str, bool) = ("list", "GET /list", false);

#[test]
fn a_second_app_is_recorded_if_it_is_said_to_be_new() {
    let apps = TwoApps::new();
    apps.deploy(&apps.billing("1.4.0", &[PAY]), "2025-11-20T08:00:00Z");
    let shop = apps.shop("1.9.0", &[]);
    let deploy = |more: &[&str]| {
        let deploy = ["record", "deploy", &shop, "--at", "2025-11-21T08:00:00Z"];
        apps.run(&[&deploy[..], more].concat())
    };
    for more in [&[][..], &["--even-if-rejected"], &["--new-app", "billing"]] {
        let (status, printed, complaint) = deploy(more);
        assert_eq!((status, &*printed), (Some(2), ""), "{complaint}");
        assert!(complaint.contains("which knows `billing`"), "{complaint}");
    }
    assert_eq!(deploy(&["--new-app", "shop"]).0, Some(0));
    assert_eq!(apps.run(&["gate", &apps.shop("2.0.0", &[])]).0, Some(0));
}

#[test]
fn a_handler_that_another_program_posts_to_is_not_taken_out() {
    let apps = TwoApps::new();
    apps.deploy(&apps.billing("1.4.0", &[PAY, LIST]), "2025-11-20T08:00:00Z");
    apps.deploy(
        &apps.shop("1.9.0", &[("Pay", "POST /billing/pay")]),
        "2025-11-21T08:00:00Z",
    );
    let candidate = apps.billing("1.5.0", &[LIST]);
    let (status, printed, complaint) = apps.gate(&candidate, &[]);
    assert_eq!(status, Some(1), "{complaint}");
    insta::assert_snapshot!(printed, @r#"
        rejected: billing 1.5.0 cannot be released yet: pages of shop 1.9.0 are in the
          way (1 finding)

        billing 1.5.0 against the live releases in production
          release     meets its     state  since                 pages until
          1.4.0       pages, nodes  runs   2025-11-20T08:00:00Z
          shop 1.9.0  pages         runs   2025-11-21T08:00:00Z

        error[handler-removed]: whoever submits the form `Pay` from pages of shop 1.9.0
          to nodes of billing 1.5.0 gets 404 Not Found

          POST /billing/pay
            form in shop 1.9.0       shop::pages::Pay
                                     at src/pages.rs:30
            handler in billing 1.4.0 billing::pay
                                     at src/pay.rs:12
            handler in billing 1.5.0 none

          pages and nodes
            page of shop 1.9.0    to node of billing 1.4.0   served
            page of shop 1.9.0    to node of billing 1.5.0   fails with 404 (this finding)

          what to do
            1. In billing 1.5.0: keep the handler `pay` for POST /pay, which the form
               `Pay` of shop 1.9.0 uses, and announce its removal.
               Add to the `#[handler]` of `pay` (src/pay.rs:12 in billing 1.4.0):
                 until = "1.6.0"
            2. In shop, unless its newest release has done so: remove the form `Pay`, or
               let it submit elsewhere.
            3. In billing 1.6.0, once no node runs shop 1.9.0 any longer and its pages
               have expired: remove the handler `pay`.

        policy: coexist.toml (allows and lowers no rule; no waivers)
        rejected: billing 1.5.0 cannot be released yet
        "#);
    let (_, printed, _) = apps.gate(&candidate, &["--format", "json"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_valid(include_str!("../../schema/report.schema.json"), &report);
    let finding = &report["findings"][0];
    assert_eq!(
        (&finding["page"]["app"], &finding["node"]["app"]),
        (&json!("shop"), &json!("billing"))
    );
    let named: Vec<_> = report["against"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["app"])
        .collect();
    assert_eq!(named, [&Value::Null, &json!("shop")]);
    // The path is another one's.
    let other = apps.shop("2.0.0", &[("Pay", "POST /billings/pay")]);
    assert_eq!(apps.gate(&other, &[]).0, Some(0));
}

#[test]
fn a_form_waits_for_the_handler_of_another_program() {
    let apps = TwoApps::new();
    apps.deploy(&apps.billing("1.4.0", &[LIST]), "2025-11-20T08:00:00Z");
    apps.deploy(&apps.shop("1.9.0", &[]), "2025-11-21T08:00:00Z");
    let candidate = apps.shop("2.0.0", &[("Pay", "POST /billing/pay")]);
    let (status, printed, _) = apps.gate(&candidate, &[]);
    assert_eq!(status, Some(1));
    insta::assert_snapshot!(printed, @r"
        rejected: shop 2.0.0 cannot be released yet: nodes of billing 1.4.0 are in the
          way (1 finding)

        shop 2.0.0 against the live releases in production
          release        meets its     state  since                 pages until
          1.9.0          pages, nodes  runs   2025-11-21T08:00:00Z
          billing 1.4.0  nodes         runs   2025-11-20T08:00:00Z

        error[handler-not-yet]: whoever submits the form `Pay` from pages of shop 2.0.0
          to nodes of billing 1.4.0 gets 404 Not Found

          POST /billing/pay
            form in shop 2.0.0       shop::pages::Pay
                                     at src/pages.rs:30
            handler in billing 1.4.0 none

          pages and nodes
            page of shop 2.0.0    to node of billing 1.4.0   fails with 404 (this finding)

          what to do
            1. In billing 1.5.0: add a handler for POST /pay.
            2. Once every node of billing runs that release: release shop 2.0.0, with
               the form `Pay`.

        policy: coexist.toml (allows and lowers no rule; no waivers)
        rejected: shop 2.0.0 cannot be released yet
        ");
    // A node has it, another one does not yet.
    apps.deploy(&apps.billing("1.5.0", &[PAY, LIST]), "2025-11-22T08:00:00Z");
    let (status, printed, _) = apps.gate(&candidate, &[]);
    assert_eq!(status, Some(1));
    insta::assert_snapshot!(printed, @r"
        rejected: shop 2.0.0 cannot be released yet: nodes of billing 1.4.0 are in the
          way (1 finding)

        shop 2.0.0 against the live releases in production
          release        meets its     state  since                 pages until
          1.9.0          pages, nodes  runs   2025-11-21T08:00:00Z
          billing 1.5.0  nodes         runs   2025-11-22T08:00:00Z
          billing 1.4.0  nodes         runs   2025-11-20T08:00:00Z

        error[handler-not-yet]: whoever submits the form `Pay` from pages of shop 2.0.0
          to nodes of billing 1.4.0 gets 404 Not Found

          POST /billing/pay
            form in shop 2.0.0       shop::pages::Pay
                                     at src/pages.rs:30
            handler in billing 1.5.0 billing::pay
                                     at src/pay.rs:12
            handler in billing 1.4.0 none

          pages and nodes
            page of shop 2.0.0    to node of billing 1.5.0   served
            page of shop 2.0.0    to node of billing 1.4.0   fails with 404 (this finding)

          what to do
            1. First: let every node run billing 1.5.0 in place of billing 1.4.0.
            2. Once no node runs billing 1.4.0 any longer: release shop 2.0.0, with the
               form `Pay`.

        policy: coexist.toml (allows and lowers no rule; no waivers)
        rejected: shop 2.0.0 cannot be released yet
        ");
    apps.run(&[
        "record",
        "retire",
        "billing@1.4.0",
        "--at",
        "2025-11-22T09:00:00Z",
    ]);
    let (status, printed, _) = apps.gate(&candidate, &[]);
    assert_eq!(status, Some(0));
    insta::assert_snapshot!(printed, @r"
        accepted: 2.0.0 can be released over 1.9.0 (1 submission judged)

        shop 2.0.0 against the live releases in production
          release        meets its     state  since                 pages until
          1.9.0          pages, nodes  runs   2025-11-21T08:00:00Z
          billing 1.5.0  nodes         runs   2025-11-22T08:00:00Z

        policy: coexist.toml (allows and lowers no rule; no waivers)
        rollback: after 2.0.0, you can still roll back to 1.9.0
        accepted: 2.0.0 can be released over 1.9.0 (1 submission judged)
        ");
}

#[test]
fn a_form_waits_until_no_node_of_another_program_requires_more() {
    let apps = TwoApps::new();
    apps.deploy(&apps.shop("1.9.0", &[]), "2025-11-21T08:00:00Z");
    apps.deploy(&apps.billing("1.5.0", &[PAY, LIST]), "2025-11-22T08:00:00Z");
    let candidate = apps.shop("2.0.0", &[("Pay", "POST /billing/pay")]);
    apps.deploy(
        &apps.billing("1.6.0", &[("pay", "POST /pay", true), LIST]),
        "2025-11-23T08:00:00Z",
    );
    let (status, printed, _) = apps.gate(&candidate, &[]);
    assert_eq!(status, Some(1));
    insta::assert_snapshot!(printed, @r"
        rejected: shop 2.0.0 cannot be released yet: nodes of billing 1.6.0 are in the
          way (1 finding)

        shop 2.0.0 against the live releases in production
          release        meets its     state  since                 pages until
          1.9.0          pages, nodes  runs   2025-11-21T08:00:00Z
          billing 1.6.0  nodes         runs   2025-11-23T08:00:00Z
          billing 1.5.0  nodes         runs   2025-11-22T08:00:00Z

        error[field-required]: whoever submits the form `Pay` from pages of shop 2.0.0
          to nodes of billing 1.6.0 gets 400 Bad Request or 422 Unprocessable Content:
          `pay` requires `iban`, which the form does not send

          POST /billing/pay
            form in shop 2.0.0       shop::pages::Pay
                                     at src/pages.rs:30
            handler in billing 1.6.0 billing::pay
                                     at src/pay.rs:12

          pages and nodes
            page of shop 2.0.0    to node of billing 1.6.0   fails with 400 or 422 (this finding)

          what to do
            1. In billing 1.7.0: let the handler `pay` accept what the form `Pay` sends.
            2. Once every node of billing runs that release: release shop 2.0.0, with
               the form `Pay`; there is no need to wait if the form `Pay` sends only
               what `pay` accepts today.

        policy: coexist.toml (allows and lowers no rule; no waivers)
        rejected: shop 2.0.0 cannot be released yet
        ");
}

#[test]
fn an_app_that_does_not_run_could_not_be_checked() {
    let apps = TwoApps::new();
    let candidate = apps.shop(
        "2.0.0",
        &[
            ("Pay", "POST /billing/pay"),
            ("Refund", "POST /billing/refund"),
        ],
    );
    for format in ["text", "json"] {
        let (status, printed, complaint) = apps.gate(&candidate, &["--format", format]);
        assert_eq!((status, &*printed), (Some(2), ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(complaint, @r"coexist: could not check: `shop::pages::Pay` posts to POST /billing/pay (and to 1 more): by coexist.toml:1, that is `billing`, of which no release runs in production. Deploy `billing` first and record it, by `coexist record deploy`; or leave [apps.billing] out until it is there");
        }
    }
    let deploy = [
        "record",
        "deploy",
        &candidate,
        "--at",
        "2025-11-20T08:00:00Z",
    ];
    assert_eq!(apps.run(&deploy).0, Some(2));
    let even = apps.run(&[&deploy[..], &["--even-if-rejected"]].concat());
    assert_eq!(even.0, Some(0));
    insta::assert_snapshot!(even.1, @r"shop@2.0.0 is deployment 1 to production, although it could not be checked");
}

#[test]
fn what_no_app_is_known_to_serve_is_said_to_be_not_judged() {
    let apps = TwoApps::new();
    apps.deploy(&apps.shop("1.8.0", &[]), "2025-11-20T08:00:00Z");
    apps.deploy(&apps.shop("1.9.0", &[]), "2025-11-21T08:00:00Z");
    let one = apps.shop("2.0.0", &[("Send", "POST /mail/send")]);
    let (status, printed, _) = apps.gate(&one, &[]);
    assert_eq!(status, Some(0));
    insta::assert_snapshot!(printed, @r"
        accepted: 2.0.0 can be released over 1.8.0 and 1.9.0 (0 submissions judged, 1
          endpoint of other programs not judged)

        shop 2.0.0 against the live releases in production
          release  meets its     state  since                 pages until
          1.9.0    pages, nodes  runs   2025-11-21T08:00:00Z
          1.8.0    pages, nodes  runs   2025-11-20T08:00:00Z

        note: `shop::pages::Send` posts to POST /mail/send: no other app that runs is
          known to serve it, so it is not judged. If one serves it, say so in
          coexist.toml: [apps.NAME]
        policy: coexist.toml (allows and lowers no rule; no waivers)
        rollback: after 2.0.0, you can still roll back to 1.8.0 or 1.9.0
        accepted: 2.0.0 can be released over 1.8.0 and 1.9.0
        ");
    let (_, printed, _) = apps.gate(&one, &["--format", "json"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_valid(include_str!("../../schema/report.schema.json"), &report);
    assert_eq!(
        report["not_judged"],
        json!([{ "form": "shop::pages::Send",
            "endpoint": { "method": "POST", "path": "/mail/send" } }])
    );
    let (_, printed, _) = apps.gate(&one, &["--format", "markdown"]);
    let note = "\nnote: <code>shop::pages::Send</code> posts to POST /mail/send: no other app";
    assert!(printed.contains(note), "{printed}");
    let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let many = names.map(|name| (name, format!("POST /mail/{name}")));
    let many = many.each_ref().map(|(name, endpoint)| (*name, &**endpoint));
    let (status, printed, _) = apps.gate(&apps.shop("2.0.0", &many), &[]);
    assert_eq!(status, Some(0));
    insta::assert_snapshot!(printed, @r"
        accepted: 2.0.0 can be released over 1.8.0 and 1.9.0 (0 submissions judged, 8
          endpoints of other programs not judged)

        shop 2.0.0 against the live releases in production
          release  meets its     state  since                 pages until
          1.9.0    pages, nodes  runs   2025-11-21T08:00:00Z
          1.8.0    pages, nodes  runs   2025-11-20T08:00:00Z

        note: `shop::pages::A` posts to POST /mail/A, `shop::pages::B` to POST /mail/B,
          `shop::pages::C` to POST /mail/C, `shop::pages::D` to POST /mail/D,
          `shop::pages::E` to POST /mail/E, `shop::pages::F` to POST /mail/F, and 2
          more: no other app that runs is known to serve them, so they are not judged.
          If one serves them, say so in coexist.toml: [apps.NAME]
        policy: coexist.toml (allows and lowers no rule; no waivers)
        rollback: after 2.0.0, you can still roll back to 1.8.0 or 1.9.0
        accepted: 2.0.0 can be released over 1.8.0 and 1.9.0
        ");
}

#[test]
fn an_app_that_is_stated_by_a_wrong_name_is_told_the_right_one() {
    let apps = TwoApps::new();
    apps.deploy(&apps.billing("1.4.0", &[PAY]), "2025-11-20T08:00:00Z");
    let misspelt = CONFIG.replace("billing]", "biling]");
    apps.folder.file("coexist.toml", misspelt);
    let candidate = apps.shop("2.0.0", &[("Pay", "POST /billing/pay")]);
    let (status, _, complaint) = apps.gate(&candidate, &[]);
    assert_eq!(status, Some(2));
    insta::assert_snapshot!(complaint, @r"coexist: could not check: `shop::pages::Pay` posts to POST /billing/pay: by coexist.toml:1, that is `biling`, of which no release runs in production: did you mean `billing`? If not, deploy `biling` first and record it, by `coexist record deploy`; or leave [apps.biling] out until it is there");
}
