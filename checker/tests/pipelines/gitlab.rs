//! The pipeline of GitLab.

use crate::sandbox::{ACCEPTED, Ended, OLD, REJECTED, Sandbox, uncheckable};
use crate::{text, yaml};

const BUILD: &str = "target/release/my-app";

/// The lines of a job's script of which one contains that.
#[track_caller]
fn script(job: &str, part: &str) -> String {
    let pipeline = yaml(&text("gitlab/.gitlab-ci.yml"));
    let lines = pipeline[job]["script"].as_array().unwrap();
    let texts = lines.iter().map(|line| line.as_str().unwrap());
    let found: Vec<&str> = texts.filter(|line| line.contains(part)).collect();
    assert_ne!(found, [""; 0], "{job}: {part}");
    found.join("\n")
}

/// Runs it as a runner does, with the pipeline's variables.
#[track_caller]
fn run(sandbox: &mut Sandbox, tag: Option<&str>, script: &str) -> Ended {
    let pipeline = yaml(&text("gitlab/.gitlab-ci.yml"));
    for (name, value) in pipeline["variables"].as_object().unwrap() {
        sandbox.set(name, value.as_str().unwrap());
    }
    sandbox.set("COEXIST_LEDGER", &sandbox.ledger());
    if let Some(tag) = tag {
        sandbox.set("CI_COMMIT_TAG", tag);
    }
    sandbox.run(&["bash", "-eo", "pipefail", "-c", script])
}

fn machine(build: &str) -> Sandbox {
    let sandbox = Sandbox::with_old();
    sandbox.put(build, BUILD);
    sandbox
}

const TAGS: [Option<&str>; 2] = [None, Some("v1.1.0")];

#[test]
fn the_gate_fails_for_what_is_rejected() {
    for tag in TAGS {
        let mut sandbox = machine(REJECTED);
        let ended = run(&mut sandbox, tag, &script("gate", ""));
        assert_eq!(ended.status, Some(1), "{ended:#?}");
        assert!(ended.printed.contains("handler-removed"), "{ended:#?}");
        assert!(sandbox.read("coexist.xml").contains("<failure"));
    }
}

#[test]
fn the_gate_lets_pass_what_is_accepted() {
    for tag in TAGS {
        let mut sandbox = machine(ACCEPTED);
        let ended = run(&mut sandbox, tag, &script("gate", ""));
        assert_eq!(ended.status, Some(0), "{ended:#?}");
        let report = sandbox.read("coexist.xml");
        assert!(report.contains("<testsuites") && !report.contains("<failure"));
    }
}

#[test]
fn the_gate_lets_the_first_release_pass() {
    let mut sandbox = Sandbox::new();
    sandbox.put(OLD, BUILD);
    let ended = run(&mut sandbox, Some("v1.0.0"), &script("gate", ""));
    assert_eq!(ended.status, Some(0), "{ended:#?}");
}

#[test]
fn the_gate_fails_where_it_could_not_check() {
    for (what, mut sandbox) in uncheckable(BUILD) {
        let ended = run(&mut sandbox, None, &script("gate", ""));
        ended.could_not_check(what);
    }
}

/// A branch says `since = "next"`, a release must not.
#[test]
fn only_a_release_must_be_stamped() {
    for (tag, expected) in TAGS.into_iter().zip([0, 1]) {
        let mut sandbox = machine(ACCEPTED);
        let stamped = sandbox.read(BUILD);
        let next = stamped.replacen(r#""since": "1.0.0""#, r#""since": "next""#, 1);
        sandbox.write(BUILD, &next);
        let ended = run(&mut sandbox, tag, &script("gate", ""));
        assert_eq!(ended.status, Some(expected), "{ended:#?}");
    }
}

#[test]
fn a_release_is_recorded_and_what_it_replaces_is_retired() {
    let mut sandbox = machine(ACCEPTED);
    let recorded = run(&mut sandbox, TAGS[1], &script("release", "record deploy"));
    assert_eq!(recorded.status, Some(0), "{recorded:#?}");
    let both = ["importer@1.0.0 running", "importer@1.1.0 running"];
    assert_eq!(sandbox.releases(), both);
    let retired = run(&mut sandbox, TAGS[1], &script("release", "record retire"));
    assert_eq!(retired.status, Some(0), "{retired:#?}");
    let one = ["importer@1.0.0 open", "importer@1.1.0 running"];
    assert_eq!(sandbox.releases(), one);
}

/// Nothing is deployed without a command that deploys.
#[test]
fn what_is_rejected_is_not_recorded() {
    for (build, expected) in [(REJECTED, 1), (ACCEPTED, 2)] {
        let mut sandbox = machine(build);
        let ended = run(&mut sandbox, TAGS[1], &script("release", ""));
        assert_eq!(ended.status, Some(1), "{ended:#?}");
        let releases = sandbox.releases();
        assert_eq!(releases.len(), expected, "{releases:?}");
        assert_eq!(releases[0], "importer@1.0.0 running");
    }
}

#[test]
fn record_and_retire_fail_where_they_cannot_tell() {
    for part in ["record deploy", "record retire"] {
        for (what, mut sandbox) in uncheckable(BUILD) {
            let ended = run(&mut sandbox, TAGS[1], &script("release", part));
            ended.could_not_check(&format!("{part} {what}"));
        }
    }
}

#[test]
fn builds_and_installs() {
    let install = concat!(
        "cargo install coexist-checker --version ",
        env!("CARGO_PKG_VERSION")
    );
    let pipeline = yaml(&text("gitlab/.gitlab-ci.yml"));
    let before = pipeline[".coexist"]["before_script"].as_array().unwrap();
    let before: Vec<&str> = before.iter().map(|line| line.as_str().unwrap()).collect();
    for (tag, release) in TAGS.into_iter().zip(["", "1.1.0"]) {
        let mut sandbox = Sandbox::bare();
        sandbox.stand_in("cargo");
        for script in [before.join("\n"), script("build", "")] {
            let ended = run(&mut sandbox, tag, &script);
            assert_eq!(ended.status, Some(0), "{ended:#?}");
        }
        let called = sandbox.read("called");
        let lines: Vec<&str> = called.lines().map(str::trim_end).collect();
        assert!(lines[0].starts_with(install), "{called}");
        let build = format!("cargo build --release --locked --bin my-app {release}");
        assert_eq!(lines[1], build.trim_end());
    }
}
