//! The Jobs of the chart.

use serde_json::Value;

use crate::sandbox::{ACCEPTED, Ended, OLD, REJECTED, Sandbox, uncheckable};
use crate::{helm, yaml};

/// Where the Jobs mount things, and where that is in the sandbox.
const MOUNTS: [(&str, &str); 2] = [("/build/", "build/"), ("/etc/coexist/", "config/")];
/// The app's program in its image.
const IMAGE: &str = "image/my-app";
const GATE: &str = "coexist-gate";
const RETIRE: &str = "coexist-retire";

/// A template, rendered for that machine.
#[track_caller]
fn rendered(sandbox: &Sandbox, template: &str) -> Value {
    let mut values = helm::values();
    let coexist = &mut values["Values"]["coexist"];
    coexist["ledger"] = sandbox.ledger().into();
    coexist["program"] = sandbox.path(IMAGE).to_str().into();
    coexist["drain"] = 0.into();
    yaml(&helm::render(&helm::template(template), &values))
}

/// Runs a Job as a cluster does: one container after the other, until one fails. Returns
/// the last one's name.
#[track_caller]
fn run(sandbox: &Sandbox, template: &str) -> (String, Ended) {
    let policy = rendered(sandbox, "coexist-policy");
    let policy = policy["data"]["coexist.toml"].as_str().unwrap();
    sandbox.write("config/coexist.toml", policy);
    sandbox.write("build/empty", "");
    let job = rendered(sandbox, template);
    assert_eq!(job["spec"]["template"]["spec"]["restartPolicy"], "Never");
    let pod = &job["spec"]["template"]["spec"];
    let containers = ["initContainers", "containers"].map(|kind| pod[kind].as_array().unwrap());
    let mut last = None;
    for container in containers.into_iter().flatten() {
        let ended = run_container(sandbox, container);
        let failed = ended.status != Some(0);
        last = Some((container["name"].as_str().unwrap().to_owned(), ended));
        if failed {
            break;
        }
    }
    last.unwrap()
}

fn run_container(sandbox: &Sandbox, container: &Value) -> Ended {
    let words = ["command", "args"].map(|key| container[key].as_array());
    let words = words.into_iter().flatten().flatten();
    let command: Vec<String> = words
        .map(|word| {
            let mut word = word.as_str().unwrap().to_owned();
            for (there, here) in MOUNTS {
                if word.starts_with(there) {
                    word = word.replacen(there, sandbox.path(here).to_str().unwrap(), 1);
                }
            }
            word
        })
        .collect();
    sandbox.run(&command)
}

fn machine(build: &str) -> Sandbox {
    let sandbox = Sandbox::with_old();
    sandbox.put(build, IMAGE);
    sandbox
}

#[test]
fn a_release_is_judged_then_recorded_then_what_it_replaces_is_retired() {
    let sandbox = machine(ACCEPTED);
    let (container, ended) = run(&sandbox, GATE);
    assert_eq!(
        (&*container, ended.status),
        ("record", Some(0)),
        "{ended:#?}"
    );
    let both = ["importer@1.0.0 running", "importer@1.1.0 running"];
    assert_eq!(sandbox.releases(), both);
    let (container, ended) = run(&sandbox, RETIRE);
    assert_eq!(
        (&*container, ended.status),
        ("retire", Some(0)),
        "{ended:#?}"
    );
    let one = ["importer@1.0.0 open", "importer@1.1.0 running"];
    assert_eq!(sandbox.releases(), one);
}

#[test]
fn the_first_release_is_recorded() {
    let sandbox = Sandbox::new();
    sandbox.put(OLD, IMAGE);
    for (template, last) in [(GATE, "record"), (RETIRE, "retire")] {
        let (container, ended) = run(&sandbox, template);
        assert_eq!((&*container, ended.status), (last, Some(0)), "{ended:#?}");
        assert_eq!(sandbox.releases(), ["importer@1.0.0 running"]);
    }
}

/// An upgrade that failed is rolled back: the old release runs still, and the new one is
/// what is retired.
#[test]
fn a_rollback_retires_the_new_release() {
    let sandbox = machine(ACCEPTED);
    run(&sandbox, GATE);
    sandbox.put(OLD, IMAGE);
    for (template, last) in [(GATE, "record"), (RETIRE, "retire")] {
        let (container, ended) = run(&sandbox, template);
        assert_eq!((&*container, ended.status), (last, Some(0)), "{ended:#?}");
    }
    let one = ["importer@1.0.0 running", "importer@1.1.0 open"];
    assert_eq!(sandbox.releases(), one);
}

#[test]
fn what_is_rejected_fails_at_the_gate() {
    let sandbox = machine(REJECTED);
    let (container, ended) = run(&sandbox, GATE);
    assert_eq!((&*container, ended.status), ("gate", Some(1)), "{ended:#?}");
    assert!(ended.printed.contains("handler-removed"), "{ended:#?}");
    assert_eq!(sandbox.releases(), ["importer@1.0.0 running"]);
}

#[test]
fn what_could_not_be_checked_fails() {
    for (template, failing) in [(GATE, "gate"), (RETIRE, "retire")] {
        for (what, sandbox) in uncheckable(IMAGE) {
            let (container, ended) = run(&sandbox, template);
            assert_eq!(container, failing, "{what}: {ended:#?}");
            ended.could_not_check(what);
        }
    }
}

/// A restricted namespace takes them, as the Pod Security Standards say.
#[test]
fn nothing_runs_with_rights() {
    for template in [GATE, RETIRE] {
        let job = yaml(&helm::render(&helm::template(template), &helm::values()));
        let pod = &job["spec"]["template"]["spec"];
        let security = &pod["securityContext"];
        assert_eq!(security["runAsNonRoot"], true);
        assert_eq!(security["seccompProfile"]["type"], "RuntimeDefault");
        for kind in ["initContainers", "containers"] {
            for container in pod[kind].as_array().unwrap() {
                let security = &container["securityContext"];
                assert_eq!(security["allowPrivilegeEscalation"], false);
                assert_eq!(security["readOnlyRootFilesystem"], true);
                assert_eq!(security["capabilities"]["drop"][0], "ALL");
                assert!(container["resources"]["limits"].is_object());
            }
        }
    }
}
