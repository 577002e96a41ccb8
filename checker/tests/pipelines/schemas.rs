//! Each file is what its reader publishes as valid. Where the schemas come from is said in
//! `schemas/README.md`.

use serde_json::{Value, json};

use crate::{helm, text, yaml};

const GITHUB: &str = include_str!("schemas/github-workflow.json");
const GITLAB: &str = include_str!("schemas/gitlab-ci.json");
const JOB: &str = include_str!("schemas/kubernetes-job-batch-v1.json");
const CONFIG_MAP: &str = include_str!("schemas/kubernetes-configmap-v1.json");

fn mistakes(schema: &str, value: &Value) -> Vec<String> {
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = validator.iter_errors(value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// It is valid, and the schema is one that would tell: at each of these places, what
/// nobody knows is a mistake.
#[track_caller]
fn assert_valid(schema: &str, value: &Value, closed: &[&str]) {
    assert_eq!(mistakes(schema, value), [""; 0], "{value:#}");
    for place in closed {
        let mut wrong = value.clone();
        let object = wrong.pointer_mut(place).and_then(Value::as_object_mut);
        let object = object.unwrap_or_else(|| panic!("there is no {place}"));
        object.insert("misspelt".to_owned(), json!([{ "misspelt": 1 }]));
        assert_ne!(mistakes(schema, &wrong), [""; 0], "{place}");
    }
}

#[test]
fn github_workflows() {
    for file in ["github/gate.yml", "github/release.yml"] {
        let closed = [
            "",
            "/jobs/build",
            "/jobs/gate/permissions",
            "/jobs/gate/steps/0",
        ];
        assert_valid(GITHUB, &yaml(&text(file)), &closed);
    }
}

#[test]
fn gitlab_pipeline() {
    let pipeline = yaml(&text("gitlab/.gitlab-ci.yml"));
    assert_valid(GITLAB, &pipeline, &["/gate", "/release/environment"]);
}

#[test]
fn kubernetes_objects() {
    let values = helm::values();
    let container = "/spec/template/spec/initContainers/0";
    for file in ["coexist-gate", "coexist-retire"] {
        let job = yaml(&helm::render(&helm::template(file), &values));
        let closed = [
            "",
            "/spec",
            "/spec/template/spec/securityContext",
            container,
        ];
        assert_valid(JOB, &job, &closed);
    }
    let policy = yaml(&helm::render(&helm::template("coexist-policy"), &values));
    assert_valid(CONFIG_MAP, &policy, &["", "/metadata"]);
}
