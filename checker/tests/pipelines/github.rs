//! The workflows of GitHub Actions.

use serde_json::Value;

use crate::sandbox::{ACCEPTED, Ended, OLD, REJECTED, Sandbox, uncheckable};
use crate::{text, yaml};

const FILES: [&str; 2] = ["github/gate.yml", "github/release.yml"];
/// Where the jobs that need the build find it.
const BUILD: &str = "build/my-app";
const SUMMARY: &str = "summary.md";

/// Runs a step as a runner does, with the variables that it and the workflow give it.
#[track_caller]
fn run(sandbox: &mut Sandbox, file: &str, job: &str, step: &str) -> Ended {
    let workflow = yaml(&text(file));
    let steps = workflow["jobs"][job]["steps"].as_array().unwrap();
    let found = steps.iter().find(|each| each["id"] == step).unwrap();
    let shell = workflow["defaults"]["run"]["shell"].as_str();
    assert_eq!((shell, &found["shell"]), (Some("bash"), &Value::Null));
    for (name, value) in workflow["env"].as_object().unwrap() {
        let value = value.as_str().unwrap();
        if !value.contains("${{") {
            sandbox.set(name, value);
        }
    }
    sandbox.set("COEXIST_LEDGER", &sandbox.ledger());
    sandbox.set("COEXIST_ENVIRONMENT", "production");
    let summary = sandbox.path(SUMMARY).to_str().unwrap().to_owned();
    sandbox.set("GITHUB_STEP_SUMMARY", &summary);
    let path = sandbox.path("added-to-path").to_str().unwrap().to_owned();
    sandbox.set("GITHUB_PATH", &path);
    sandbox.set("GITHUB_REF_NAME", "v1.5.0");
    sandbox.write("step.sh", found["run"].as_str().unwrap());
    sandbox.run(&[
        "bash",
        "--noprofile",
        "--norc",
        "-eo",
        "pipefail",
        "step.sh",
    ])
}

/// A machine on which `OLD` runs, with that build.
fn machine(build: &str) -> Sandbox {
    let sandbox = Sandbox::with_old();
    sandbox.put(build, BUILD);
    sandbox
}

#[test]
fn the_gate_fails_for_what_is_rejected() {
    for file in FILES {
        let mut sandbox = machine(REJECTED);
        let ended = run(&mut sandbox, file, "gate", "gate");
        assert_eq!(ended.status, Some(1), "{file} {ended:#?}");
        assert!(sandbox.read(SUMMARY).contains("handler-removed"), "{file}");
        let annotates = ended.printed.contains("::error ");
        assert_eq!(annotates, file == "github/gate.yml", "{ended:#?}");
    }
}

#[test]
fn the_gate_lets_pass_what_is_accepted() {
    for file in FILES {
        let mut sandbox = machine(ACCEPTED);
        let ended = run(&mut sandbox, file, "gate", "gate");
        assert_eq!(ended.status, Some(0), "{file} {ended:#?}");
        assert_ne!(sandbox.read(SUMMARY), "", "{file}");
    }
}

#[test]
fn the_gate_lets_the_first_release_pass() {
    for file in FILES {
        let mut sandbox = Sandbox::new();
        sandbox.put(OLD, BUILD);
        let ended = run(&mut sandbox, file, "gate", "gate");
        assert_eq!(ended.status, Some(0), "{file} {ended:#?}");
    }
}

#[test]
fn the_gate_fails_where_it_could_not_check() {
    for file in FILES {
        for (what, mut sandbox) in uncheckable(BUILD) {
            let ended = run(&mut sandbox, file, "gate", "gate");
            ended.could_not_check(&format!("{file} {what}"));
        }
    }
}

/// A branch says `since = "next"`, a release must not.
#[test]
fn only_a_release_must_be_stamped() {
    for (file, expected) in FILES.into_iter().zip([0, 1]) {
        let mut sandbox = machine(ACCEPTED);
        let stamped = sandbox.read(BUILD);
        let next = stamped.replacen(r#""since": "1.0.0""#, r#""since": "next""#, 1);
        sandbox.write(BUILD, &next);
        let ended = run(&mut sandbox, file, "gate", "gate");
        assert_eq!(ended.status, Some(expected), "{file} {ended:#?}");
    }
}

#[test]
fn a_release_is_recorded_and_what_it_replaces_is_retired() {
    let mut sandbox = machine(ACCEPTED);
    let file = "github/release.yml";
    let recorded = run(&mut sandbox, file, "release", "record");
    assert_eq!(recorded.status, Some(0), "{recorded:#?}");
    let both = ["importer@1.0.0 running", "importer@1.1.0 running"];
    assert_eq!(sandbox.releases(), both);
    let retired = run(&mut sandbox, file, "release", "retire");
    assert_eq!(retired.status, Some(0), "{retired:#?}");
    let one = ["importer@1.0.0 open", "importer@1.1.0 running"];
    assert_eq!(sandbox.releases(), one);
}

#[test]
fn what_is_rejected_is_not_recorded() {
    let mut sandbox = machine(REJECTED);
    let ended = run(&mut sandbox, "github/release.yml", "release", "record");
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert_eq!(sandbox.releases(), ["importer@1.0.0 running"]);
}

#[test]
fn record_and_retire_fail_where_they_cannot_tell() {
    for step in ["record", "retire"] {
        for (what, mut sandbox) in uncheckable(BUILD) {
            let ended = run(&mut sandbox, "github/release.yml", "release", step);
            ended.could_not_check(&format!("{step} {what}"));
        }
    }
}

#[test]
fn who_does_not_say_how_to_deploy_does_not_release() {
    let mut sandbox = Sandbox::bare();
    let ended = run(&mut sandbox, "github/release.yml", "release", "deploy");
    assert_eq!(ended.status, Some(1), "{ended:#?}");
}

#[test]
fn builds_and_installs() {
    let install = concat!(
        "cargo install coexist-checker --version ",
        env!("CARGO_PKG_VERSION")
    );
    let build = "cargo build --release --locked --bin my-app";
    for (file, job, release) in [(FILES[0], "gate", ""), (FILES[1], "coexist", "1.5.0")] {
        let mut sandbox = Sandbox::bare();
        sandbox.stand_in("cargo");
        for (job, step) in [(job, "install"), ("build", "build")] {
            let ended = run(&mut sandbox, file, job, step);
            assert_eq!(ended.status, Some(0), "{ended:#?}");
        }
        let called = sandbox.read("called");
        let lines: Vec<&str> = called.lines().map(str::trim_end).collect();
        assert!(lines[0].starts_with(install), "{called}");
        assert_eq!(lines[1], format!("{build} {release}").trim_end());
    }
}
