//! What is printed: the formats that programs rely on, and no colour in a log.

use serde_json::{Value, json};

use super::{Folder, coexist, fixture, run, said};

#[test]
fn the_json_of_a_report_has_the_fixed_keys() {
    let (old, new) = (
        fixture("handler-removed/triggers/old.json"),
        fixture("handler-removed/triggers/new.json"),
    );
    let (status, printed, complaint) = run(&["check", &old, &new, "--format", "json"]);
    assert_eq!((status, complaint.as_str()), (Some(1), ""));
    let mut report: Value = serde_json::from_str(&printed).unwrap();
    let message = report["findings"][0]["message"].take();
    let fingerprint = report["findings"][0]["fingerprint"].take();
    // printf 'handler-removed\nold-to-new\nimporter::pages::upload_csv\nPOST\n/imports/csv' | sha256sum
    assert_eq!(fingerprint, "b846c4f57a530356e65f0f7ad204bf66");
    for part in [
        "404 Not Found",
        "src/pages.rs:30",
        "src/imports.rs:12",
        "1.1.0: remove the form",
    ] {
        assert!(message.as_str().unwrap().contains(part), "{message}");
    }
    let expected = json!({
        "format": 1,
        "verdict": "reject",
        "findings": [{
            "rule": "handler-removed",
            "level": "deny",
            "page": { "release": "1.0.0", "form": "importer::pages::upload_csv" },
            "node": { "release": "1.1.0", "handler": null },
            "endpoint": { "method": "POST", "path": "/imports/csv" },
            "field": null,
            "message": null,
            "fingerprint": null,
        }],
    });
    assert_eq!(report, expected);
}

#[test]
fn the_json_of_an_accepted_pair_has_no_findings() {
    let (old, new) = (
        fixture("handler-not-yet/near_miss/old.json"),
        fixture("handler-not-yet/near_miss/new.json"),
    );
    let (status, printed, _) = run(&["check", &old, &new, "--format", "json"]);
    assert_eq!(status, Some(0));
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        report,
        json!({ "format": 1, "verdict": "accept", "findings": [] })
    );
}

#[test]
fn two_builds_of_one_version_are_told_apart() {
    let (old, new) = (
        fixture("handler-removed/triggers/old.json"),
        fixture("handler-removed/triggers/new.json"),
    );
    let (_, printed, _) = run(&["check", "--verbose", &old, &new, "--new-release", "1.0.0"]);
    for part in [
        "from pages of\n  1.0.0 (old) to nodes",
        "page of 1.0.0 (old) to node of 1.0.0 (new)   fails with 404 (this finding)",
        "1. In 1.1.0: remove the form",
        "2. In 1.2.0, once no node",
    ] {
        assert!(printed.contains(part), "{printed}");
    }
}

#[test]
fn calendar_versions_do_not_name_the_next_release() {
    let (old, new) = (
        fixture("handler-removed/triggers/old.json"),
        fixture("handler-removed/triggers/new.json"),
    );
    let args = [
        "check",
        &old,
        &new,
        "--old-release",
        "2026.11.24",
        "--new-release",
        "2026.12.1",
    ];
    let (_, printed, _) = run(&args);
    assert!(
        printed.contains("1. In 2026.12.1: remove the form"),
        "{printed}"
    );
    assert!(
        printed.contains("2. In the release after 2026.12.1, once no node"),
        "{printed}"
    );
    assert!(!printed.contains("until ="), "{printed}");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let (old, new) = (
        fixture("handler-removed/triggers/old.json"),
        fixture("handler-removed/triggers/new.json"),
    );
    let has_colour = |args: &[&str]| {
        run(&[&["check", &old, &new], args].concat())
            .1
            .contains('\u{1b}')
    };
    assert!(!has_colour(&[]));
    assert!(!has_colour(&["--color", "never"]));
    assert!(has_colour(&["--color", "always"]));
}

#[test]
fn builds_of_two_apps_are_remarked_on() {
    let (old, new) = (
        fixture("handler-removed/near_miss/old.json"),
        fixture("handler-removed/near_miss/new.json"),
    );
    let folder = super::Folder::new();
    let other = std::fs::read_to_string(&new)
        .unwrap()
        .replace("\"importer\"", "\"exporter\"");
    let other = folder.file("other.json", other);
    let note = "note: the builds are of two apps, `importer` and `exporter`: is this intended?";
    assert!(run(&["check", &old, &other]).1.contains(note));
    assert!(!run(&["check", &old, &new]).1.contains("note:"));
}

#[test]
fn the_ending_of_the_output_file_decides_its_form() {
    let old = fixture("handler-removed/near_miss/old.json");
    let folder = super::Folder::new();
    let output = super::shown(&folder.path().join("coexist.json"));
    assert_eq!(run(&["inspect", &old, "-o", &output]).0, Some(0));
    assert!(run(&["check", &old, &output]).1.contains("are the same"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (old, new) = (
        fixture("method-changed/triggers/old.json"),
        fixture("method-changed/triggers/new.json"),
    );
    for format in ["text", "json", "github", "sarif", "junit", "markdown"] {
        let args = ["check", &old, &new, "--format", format];
        assert_eq!(run(&args), run(&args));
    }
}

#[test]
fn cargo_coexist_is_the_same_program() {
    let (old, new) = (
        fixture("handler-removed/triggers/old.json"),
        fixture("handler-removed/triggers/new.json"),
    );
    let mut cargo_coexist = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-coexist"));
    let output = cargo_coexist
        .args(["coexist", "check", &old, &new])
        .output()
        .unwrap();
    assert_eq!(
        said(output),
        said(coexist().args(["check", &old, &new]).output().unwrap())
    );
}

#[test]
fn every_rule_explains_itself() {
    let (status, list, _) = run(&["explain"]);
    assert_eq!(status, Some(0));
    assert!(
        list.lines().all(|line| line.chars().count() <= 80),
        "{list}"
    );
    let rules = list.lines().filter(|line| !line.starts_with(' '));
    for line in rules {
        let rule = line.split_whitespace().next().unwrap();
        let (status, printed, _) = run(&["explain", rule]);
        assert_eq!(status, Some(0));
        assert!(printed.starts_with(rule), "{printed}");
    }
    assert!(list.contains("handler-removed"), "{list}");
}

#[test]
fn a_page_that_its_own_build_refuses_is_not_called_served() {
    // The new handler requires what neither form sends.
    let new = |required: bool| {
        format!(
            r#"{{ "format": 1, "release": {{ "name": "app", "version": "1.{}.0" }},
            "handlers": [ {{ "id": "app::order", "method": "POST", "path": "/order", "since": "1.0.0",
              "fields": [ {{ "name": "email", "required": {required}, "type": "text" }} ] }} ],
            "forms": [ {{ "id": "app::page", "since": "1.0.0", "fields": [],
              "posts_to": [ {{ "method": "POST", "path": "/order" }} ] }} ] }}"#,
            u8::from(required)
        )
    };
    let folder = Folder::new();
    let (old, new) = (
        folder.file("old.json", new(false)),
        folder.file("new.json", new(true)),
    );
    let (status, text, _) = run(&["check", &old, &new]);
    assert_eq!(status, Some(1));
    for line in [
        "page of 1.0.0 to node of 1.1.0   fails with 400 or 422 (this finding)",
        "page of 1.1.0 to node of 1.1.0   also fails",
    ] {
        assert!(text.contains(line), "{text}");
    }
}
