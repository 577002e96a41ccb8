//! `gate`: a candidate against everything that is still out.

mod gate_ledger;
mod going_back;

use serde_json::{Value, json};

use super::formats::assert_valid;
use super::{coexist, said};
pub(super) use gate_ledger::GateLedger;
use gate_ledger::NOW;

#[track_caller]
fn assert_is(snapshot: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "gate",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(snapshot, text);
    });
}

#[track_caller]
fn assert_fits(text: &str) {
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn what_only_open_pages_hold_back_is_told_when_it_passes() {
    let ledger = GateLedger::with_open_pages();
    let candidate = ledger.release("1.5.0", &["edit"], &["edit"]);
    for format in ["text", "json", "github", "junit", "markdown"] {
        let (status, printed, complaint) = ledger.gate(&candidate, &["--format", format]);
        assert_eq!((status, &*complaint), (Some(1), ""), "{format}");
        assert_is(&format!("open-pages.{format}"), &printed);
        if format == "text" {
            assert_fits(&printed);
        }
    }
    // No format says what would make it pass at once, since one has only to wait.
    let advice = "From 2025-11-28T09:05:00Z on: release 1.5.0 as it is";
    for format in ["text", "json", "github", "sarif", "junit", "markdown"] {
        let (_, printed, _) = ledger.gate(&candidate, &["--format", format]);
        assert!(printed.contains(advice), "{format}: {printed}");
        assert!(!printed.contains("keep the handler"), "{format}: {printed}");
    }
    let at = |now: &str| ledger.gate(&candidate, &["--now", now]).0;
    assert_eq!(at("2025-11-28T09:04:59.999Z"), Some(1));
    assert_eq!(at("2025-11-28T09:05:00Z"), Some(0));
    assert_eq!(at("2025-11-28"), Some(1));
    assert_eq!(at("2025-11-29"), Some(0));
}

#[test]
fn an_accepted_candidate_is_told_to_what_one_can_go_back() {
    let ledger = GateLedger::with_open_pages();
    let all = &["csv", "edit", "new"];
    ledger.deploy("1.6.0", all, &["edit"], "2025-11-28T04:00:00Z");
    ledger.retire("1.4.0", "2025-11-28T04:10:00Z");
    let candidate = ledger.release("1.7.0", all, &["edit", "new"]);
    for format in ["text", "json", "markdown"] {
        let (status, printed, complaint) = ledger.gate(&candidate, &["--format", format]);
        assert_eq!((status, &*complaint), (Some(0), ""), "{format}");
        assert_is(&format!("rollback.{format}"), &printed);
        if format == "text" {
            assert_fits(&printed);
        }
    }
    let (_, printed, _) = ledger.gate(&candidate, &["--rollback", "false"]);
    assert!(!printed.contains("rollback"), "{printed}");
}

#[test]
fn a_change_that_no_time_makes_possible_has_a_plan() {
    let ledger = GateLedger::with_open_pages();
    let all = &["csv", "edit", "new"];
    let candidate = ledger.release("1.6.0", all, &["edit", "new"]);
    let (status, printed, _) = ledger.gate(&candidate, &[]);
    assert_eq!(status, Some(1));
    assert_is("plan.text", &printed);
    assert_fits(&printed);
    let (_, printed, _) = ledger.gate(&candidate, &["--format", "json"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(report["passes_at"], Value::Null);
    assert_eq!(report["wait_seconds"], Value::Null);
}

#[test]
fn a_first_release_has_nothing_to_compare_with() {
    let ledger = GateLedger::new();
    let candidate = ledger.release("1.0.0", &["edit"], &["edit"]);
    let (status, printed, complaint) = ledger.gate(&candidate, &[]);
    assert_eq!((status, &*complaint), (Some(0), ""));
    assert_eq!(
        printed,
        "accepted: 1.0.0 can be released (0 submissions judged)\n\n\
         no release of `importer` is live in production: there is nothing to compare with\n\n\
         accepted: 1.0.0 can be released (0 submissions judged)\n"
    );
    let dangling = ledger.release("1.0.0", &["edit"], &["elsewhere"]);
    let (status, printed, _) = ledger.gate(&dangling, &[]);
    assert_eq!(status, Some(1));
    let rejected = "\nrejected: 1.0.0 cannot be released as it is (1 finding)\n";
    assert!(printed.ends_with(rejected), "{printed}");
}

#[test]
fn an_app_that_was_never_deployed_may_be_a_misspelt_one() {
    let ledger = GateLedger::with_open_pages();
    let candidate = ledger.release_of("importr", "1.5.0", &["edit"], &["edit"]);
    for more in [&[][..], &["--new-app", "importer"], &["--format", "json"]] {
        let (status, printed, complaint) = ledger.gate(&candidate, more);
        assert_eq!((status, &*printed), (Some(2), ""));
        let known = "no release of the app `importr` was ever deployed to `production`, which \
                     knows `importer`. If an app was renamed, give it its old name. If it is new, \
                     say so: `--new-app importr`";
        assert!(complaint.contains(known), "{complaint}");
    }
    let new = ["--new-app", "importr"];
    let (status, printed, _) = ledger.gate(&candidate, &new);
    assert_eq!(status, Some(0));
    assert_is("unknown.text", &printed);
    assert_fits(&printed);
    let (_, printed, _) = ledger.gate(&candidate, &[&new[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        report["unknown_app"],
        json!({ "name": "importr", "known": ["importer"] })
    );
    assert_eq!(report["others_not_judged"], 3);
    let (_, printed, _) = ledger.gate(&candidate, &[&new[..], &["--format", "github"]].concat());
    assert!(
        printed.starts_with("::warning title=coexist::warning: `importr` is new"),
        "{printed}"
    );
    // Another case is another name, which nobody means.
    let candidate = ledger.release_of("Importer", "1.5.0", &["edit"], &["edit"]);
    for more in [&[][..], &["--new-app", "Importer"]] {
        let (status, _, complaint) = ledger.gate(&candidate, more);
        assert_eq!(status, Some(2));
        assert!(
            complaint.contains("differs from `importer` in case only"),
            "{complaint}"
        );
    }
    // One that is not out any longer is known.
    let (status, printed, _) = ledger.gate(
        &ledger.release("1.5.0", &["edit"], &["edit"]),
        &["--now", "2030-01-01"],
    );
    assert_eq!(status, Some(0));
    assert!(!printed.contains("warning"), "{printed}");
}

#[test]
fn a_file_named_like_a_release_does_not_take_its_place() {
    let ledger = GateLedger::with_open_pages();
    let broken = std::fs::read(ledger.release("1.5.0", &[], &["edit"])).unwrap();
    ledger.folder.file("importer@1.4.0", broken);
    let gate = |build: &str, more: &[&str]| {
        let mut command = coexist();
        command.args(["gate", build, "--now", NOW, "--ledger", "ledger"]);
        said(
            command
                .args(more)
                .current_dir(ledger.folder.path())
                .output()
                .unwrap(),
        )
    };
    assert_eq!(gate("importer@1.4.0", &[]).0, Some(0));
    assert_eq!(gate("./importer@1.4.0", &[]).0, Some(1));
    let (status, _, complaint) = gate("importer@1.4.9", &[]);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("no deployment of `importer@1.4.9`"),
        "{complaint}"
    );
    let mut check = coexist();
    check.args(["check", "importer@1.4.0", "importer@1.4.0"]);
    let (status, _, complaint) = said(check.current_dir(ledger.folder.path()).output().unwrap());
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("write `./importer@1.4.0`"),
        "{complaint}"
    );
}

#[test]
fn the_report_of_a_gate_follows_the_schemas() {
    let report = include_str!("../../schema/report.schema.json");
    let ledger = GateLedger::with_open_pages();
    let of_another = ledger.release_of("importr", "1.5.0", &["edit"], &["edit"]);
    let candidates = [
        ledger.release("1.5.0", &["edit"], &["edit"]),
        ledger.release("1.6.0", &["csv", "edit", "new"], &["edit"]),
        ledger.release("1.7.0", &["csv", "edit", "new"], &["new"]),
        of_another,
    ];
    for candidate in &candidates {
        let json = |format: &str| {
            let more = ["--format", format, "--new-app", "importr"];
            let (_, printed, _) = ledger.gate(candidate, &more);
            serde_json::from_str::<Value>(&printed).unwrap()
        };
        assert_valid(report, &json("json"));
        assert_valid(&super::sarif_schema(), &json("sarif"));
    }
    // Of the gate's keys there are all or none.
    let (_, printed, _) = ledger.gate(&candidates[0], &["--format", "json"]);
    let schema = serde_json::from_str(report).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for key in [
        "environment",
        "now",
        "passes_at",
        "against",
        "not_judged",
        "rollback",
    ] {
        let mut report: Value = serde_json::from_str(&printed).unwrap();
        report.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&report), "{key}");
    }
}

#[test]
fn what_cannot_be_asked_is_no_answer() {
    let ledger = GateLedger::with_open_pages();
    let candidate = ledger.release("1.5.0", &["edit"], &["edit"]);
    let fails = |args: &[&str], expected: &str| {
        let (status, printed, complaint) = ledger.gate(&candidate, args);
        assert_eq!((status, &*printed), (Some(2), ""), "{complaint}");
        assert!(complaint.contains(expected), "{complaint}");
    };
    fails(
        &["--environment", "productoin"],
        "did you mean `production`?",
    );
    fails(
        &["--wait", "--now", NOW],
        "cannot be used with '--now <TIME>'",
    );
    fails(&["--now", "soon"], "`soon` is not a valid time");
    let (status, _, complaint) = said(
        coexist()
            .args(["gate", &candidate, "--ledger", "no-such-folder"])
            .output()
            .unwrap(),
    );
    assert_eq!(status, Some(2));
    assert!(
        complaint.starts_with("coexist: could not check: "),
        "{complaint}"
    );
}

#[test]
fn what_is_said_of_several_forms_of_several_releases_is_said_once() {
    let ledger = GateLedger::new();
    let (takes, sends) = (&["csv", "edit"], &["csv", "csv_again"]);
    ledger.deploy("1.2.0", takes, sends, "2025-11-27T08:00:00Z");
    ledger.deploy("1.3.0", takes, sends, "2025-11-27T09:00:00Z");
    ledger.deploy("1.4.0", takes, &["edit"], "2025-11-27T10:00:00Z");
    ledger.retire("1.2.0", "2025-11-27T11:00:00Z");
    ledger.retire("1.3.0", "2025-11-27T11:00:00Z");
    let candidate = ledger.release("1.5.0", &["edit"], &["edit"]);
    let (_, printed, _) = ledger.gate(&candidate, &[]);
    for expected in [
        "whoever submits one of 2 forms from pages of 1.2.0 or\n  1.3.0 to",
        "    2 forms in 1.3.0         importer::pages::send_csv\n",
        "the pages of 1.2.0 and\n    1.3.0 have expired by then.",
        "(4 findings)",
    ] {
        assert!(printed.contains(expected), "{printed}");
    }
    assert_eq!(printed.matches("error[").count(), 1, "{printed}");
}

#[test]
fn releases_that_nobody_retired_are_asked_after() {
    let ledger = GateLedger::new();
    let all = &["csv", "edit"][..];
    for minor in 0..3 {
        let at = format!("2025-11-2{minor}T08:00:00Z");
        ledger.deploy(&format!("1.{minor}.0"), all, all, &at);
    }
    ledger.deploy("1.3.0", all, &["edit"], "2025-11-24T08:00:00Z");
    let candidate = ledger.release("1.4.0", &["edit"], &["edit"]);
    let (status, printed, _) = ledger.gate(&candidate, &[]);
    assert_eq!(status, Some(1));
    assert_fits(&printed);
    let (_, after) = printed.split_once("\naccording").unwrap();
    insta::assert_snapshot!(format!("according{after}"), @r"
        according to the ledger, 1.0.0, 1.1.0 and 1.2.0 still run. If they do not:
          `coexist record retire importer@1.0.0`, `coexist record retire
          importer@1.1.0`, `coexist record retire importer@1.2.0`
        rejected: 1.4.0 cannot be released as it is (3 findings)
        ");
    for version in ["1.0.0", "1.1.0"] {
        ledger.retire(version, "2025-11-25T08:00:00Z");
    }
    let (_, printed, _) = ledger.gate(&candidate, &["--format", "markdown"]);
    let line = "\n\naccording to the ledger, 1.2.0 still runs. If it does not: \
                <code>coexist record retire importer<span>@</span>1.2.0</code>\n";
    assert!(printed.contains(line), "{printed}");
    // The newest one certainly runs.
    ledger.retire("1.2.0", "2025-11-25T08:00:00Z");
    let candidate = ledger.release("1.4.0", &["edit"], &["edit", "csv"]);
    let (status, printed, _) = ledger.gate(&candidate, &[]);
    assert_eq!(status, Some(1));
    assert!(!printed.contains("still run"), "{printed}");
}

#[test]
fn a_build_of_a_name_that_is_recorded_is_told_that_it_cannot_be_deployed() {
    let ledger = GateLedger::new();
    let all = &["csv", "edit"][..];
    ledger.deploy("1.3.0", all, &["edit"], "2025-11-24T08:00:00Z");
    let candidate = ledger.release("1.3.0", all, all);
    for format in ["text", "markdown"] {
        let (status, printed, complaint) = ledger.gate(&candidate, &["--format", format]);
        assert_eq!((status, &*complaint), (Some(0), ""));
        let words: Vec<&str> = printed.split_whitespace().collect();
        let printed = words
            .join(" ")
            .replace("<code>", "`")
            .replace("</code>", "`");
        let note = "note: 1.3.0 is recorded with other handlers and forms: `coexist record \
                    deploy` will reject a second build of that name";
        assert!(printed.contains(note), "{printed}");
    }
    let same = ledger.release("1.3.0", all, &["edit"]);
    let (status, printed, _) = ledger.gate(&same, &[]);
    assert_eq!(status, Some(0));
    assert!(!printed.contains("note: "), "{printed}");
}

#[test]
fn of_many_releases_some_are_named_and_the_others_counted() {
    let ledger = GateLedger::new();
    let all = &["csv", "edit"][..];
    for minor in 10..30 {
        let (version, next) = (format!("1.{minor}.0"), minor + 1);
        ledger.deploy(&version, all, all, &format!("2025-11-28T01:{minor}:00Z"));
        ledger.retire(&version, &format!("2025-11-28T01:{next}:30Z"));
    }
    ledger.deploy("1.30.0", all, &["edit"], "2025-11-28T01:31:00Z");
    let candidate = ledger.release("1.31.0", &["edit"], &["edit"]);
    let (status, printed, _) = ledger.gate(&candidate, &[]);
    assert_eq!(status, Some(1));
    assert_is("many.text", &printed);
    assert_fits(&printed);
}
