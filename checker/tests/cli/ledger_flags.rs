//! Feature flags in a ledger: what sleeps is not judged, and a flag that is turned is.

use serde_json::json;

use super::record::recorded_ledger::Ledger;

/// A release with a form to `/new`, and its handler, behind a flag; `/old` is not.
fn release(ledger: &Ledger, version: &str, flagged: &[&str]) -> String {
    let flag = |what: &str| flagged.contains(&what).then_some("new-checkout");
    let item = |kind: &str, path: &str| {
        let mut item = json!({ "id": format!("shop::{kind}_{path}"), "since": "1.0.0" });
        if let Some(flag) = flag(path) {
            item["flag"] = flag.into();
        }
        item
    };
    let handler = |path: &str| {
        let mut handler = item("take", path);
        (handler["method"], handler["path"]) = ("POST".into(), format!("/{path}").into());
        handler
    };
    let form = |path: &str| {
        let mut form = item("send", path);
        form["posts_to"] = json!([{ "method": "POST", "path": format!("/{path}") }]);
        form
    };
    let release = json!({ "format": 2, "release": { "name": "shop", "version": version },
        "handlers": [handler("new"), handler("old")], "forms": [form("new"), form("old")] });
    ledger
        .folder
        .file(&format!("{version}.json"), release.to_string())
}

#[track_caller]
fn run(ledger: &Ledger, expected: i32, args: &[&str]) -> String {
    let (status, printed, complaint) = ledger.run(args);
    assert_eq!(status, Some(expected), "{printed}{complaint}");
    printed + &complaint
}

#[test]
fn a_release_takes_over_the_flags_of_the_last_one() {
    let ledger = Ledger::new();
    let first = release(&ledger, "1.0.0", &["new"]);
    let deploy = ["record", "deploy", &first, "--at", "2026-01-01T10:00:00Z"];
    let unknown = run(
        &ledger,
        2,
        &[&deploy[..], &["--flag", "new-chekout=off"]].concat(),
    );
    assert!(
        unknown.contains("did you mean `new-checkout`?"),
        "{unknown}"
    );
    run(
        &ledger,
        0,
        &[&deploy[..], &["--flag", "new-checkout=off"]].concat(),
    );
    let files = ledger.files();
    let deployed = files
        .iter()
        .find(|(name, _)| name.ends_with("000001.json"))
        .unwrap()
        .1;
    assert!(deployed.contains("\"format\": 2"), "{deployed}");
    assert!(deployed.contains("\"new-checkout\": \"off\""), "{deployed}");
    // What was awake sleeps in it, and open pages still send it.
    let second = release(&ledger, "1.1.0", &["new", "old"]);
    let gate = ["gate", &second, "--now", "2026-01-02T10:00:00Z"];
    let awake = run(&ledger, 1, &gate);
    assert!(awake.contains("handler-removed"), "{awake}");
    // Turned on with the release, it is sent to nodes where it is off.
    let on = run(
        &ledger,
        1,
        &[&gate[..], &["--flag", "new-checkout=on"]].concat(),
    );
    assert!(on.contains("handler-not-yet"), "{on}");
    let same = release(&ledger, "1.2.0", &["new"]);
    run(
        &ledger,
        0,
        &["gate", &same, "--now", "2026-01-02T10:00:00Z"],
    );
    let list = run(&ledger, 0, &["record", "list"]);
    assert!(list.contains("runs, new-checkout=off\n"), "{list}");
    let shown = run(&ledger, 0, &["record", "show", "shop@1.0.0"]);
    assert!(
        shown.contains("\n  flags     new-checkout=off\n"),
        "{shown}"
    );
    let json = run(&ledger, 0, &["record", "list", "--format", "json"]);
    assert!(json.contains("\"new-checkout\": \"off\""), "{json}");
    let again = run(
        &ledger,
        2,
        &[&deploy[..], &["--flag", "new-checkout=on"]].concat(),
    );
    assert!(
        again.contains("coexist record flag new-checkout=on"),
        "{again}"
    );
}

#[test]
fn a_flag_that_is_turned_is_judged_and_recorded() {
    let ledger = Ledger::new();
    let first = release(&ledger, "1.0.0", &["new"]);
    let off = ["--flag", "new-checkout=off", "--at", "2026-01-01T10:00:00Z"];
    run(
        &ledger,
        0,
        &[&["record", "deploy", &first][..], &off].concat(),
    );
    let turn = |state, at| ["record", "flag", state, "--at", at];
    let unknown = run(&ledger, 2, &turn("other=on", "2026-01-02T10:00:00Z"));
    assert!(
        unknown.contains("no item behind a flag `other`: expected one of new-checkout"),
        "{unknown}"
    );
    let same = run(
        &ledger,
        0,
        &turn("new-checkout=off", "2026-01-02T10:00:00Z"),
    );
    assert_eq!(same, "new-checkout=off already holds in production\n");
    let early = run(&ledger, 2, &turn("new-checkout=on", "2025-01-02T10:00:00Z"));
    assert!(
        early.contains("was deployed at 2026-01-01T10:00:00Z"),
        "{early}"
    );
    let on = run(&ledger, 0, &turn("new-checkout=on", "2026-01-02T10:00:00Z"));
    assert_eq!(
        on,
        "to turn `new-checkout` off again would break pages that are open then:\n  \
           handler-removed: whoever submits the form `send_new` from pages of 1.0.0 with\n    \
           new-checkout=on to nodes of 1.0.0 with new-checkout=off gets 404 Not Found\n\
         shop@1.0.0 with new-checkout=on is deployment 2 to production, accepted\n"
    );
    let list = run(&ledger, 0, &["record", "list"]);
    assert!(list.contains("2 deployments, 1 running"), "{list}");
    // What nobody may do is not recorded.
    let before = ledger.files();
    let rejected = run(
        &ledger,
        1,
        &turn("new-checkout=off", "2026-01-02T11:00:00Z"),
    );
    assert!(rejected.contains("error[handler-removed]"), "{rejected}");
    assert!(rejected.contains("nothing was recorded"), "{rejected}");
    assert_eq!(ledger.files(), before);
    let forced = [
        &turn("new-checkout=off", "2026-01-02T11:00:00Z")[..],
        &["--even-if-rejected"],
    ];
    run(&ledger, 0, &forced.concat());
    // Pages of the time when it was on are still open.
    let at = ["--now", "2026-01-02T12:00:00Z"];
    let next = release(&ledger, "1.1.0", &["new"]);
    let text = run(&ledger, 1, &[&["gate", &next][..], &at].concat());
    assert!(text.contains("1.0.0 with new-checkout=on"), "{text}");
    run(
        &ledger,
        0,
        &["gate", &next, "--now", "2026-01-04T12:00:00Z"],
    );
}

#[test]
fn a_release_out_of_the_ledger_has_the_flags_of_its_deployment() {
    let ledger = Ledger::new();
    let first = release(&ledger, "1.0.0", &["new"]);
    let off = ["--flag", "new-checkout=off", "--at", "2026-01-01T10:00:00Z"];
    run(
        &ledger,
        0,
        &[&["record", "deploy", &first][..], &off].concat(),
    );
    // What sleeps in it is sent nowhere, so it may go; and sleeps in what follows it, too.
    let gone = json!({ "format": 2, "release": { "name": "shop", "version": "1.1.0" },
        "handlers": [{ "id": "shop::take_old", "method": "POST", "path": "/old" }], "forms": [] });
    let gone = ledger.folder.file("gone.json", gone.to_string());
    run(&ledger, 0, &["check", "shop@1.0.0", &gone]);
    let plan = run(&ledger, 0, &["plan", "shop@1.0.0", &gone]);
    assert!(plan.contains("in 1 release"), "{plan}");
    let on = ["--old-flag", "new-checkout=on"];
    let awake = run(
        &ledger,
        1,
        &[&["check", "shop@1.0.0", &gone][..], &on].concat(),
    );
    assert!(awake.contains("handler-removed"), "{awake}");
    let next = release(&ledger, "1.2.0", &["new"]);
    let same = run(&ledger, 0, &["check", "shop@1.0.0", &next]);
    assert!(same.contains("(1 handler, 1 form)"), "{same}");
    let on = ["--new-flag", "new-checkout=on"];
    let turned = run(
        &ledger,
        1,
        &[&["check", "shop@1.0.0", &next][..], &on].concat(),
    );
    assert!(turned.contains("handler-not-yet"), "{turned}");
    // Turned later, the newest deployment of the release counts.
    let at = ["--at", "2026-01-02T10:00:00Z"];
    run(
        &ledger,
        0,
        &[&["record", "flag", "new-checkout=on"][..], &at].concat(),
    );
    run(&ledger, 1, &["check", "shop@1.0.0", &gone]);
}
