//! What the pipelines fetch is of one version, and what they run is their own text.

use serde_json::Value;

use crate::{text, yaml};

const WORKFLOWS: [&str; 2] = ["github/gate.yml", "github/release.yml"];
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// They install the checker that is tested here.
#[test]
fn one_version_of_the_checker() {
    for file in [WORKFLOWS[0], WORKFLOWS[1], "gitlab/.gitlab-ci.yml"] {
        let pipeline = yaml(&text(file));
        let variables = ["env", "variables"].map(|key| &pipeline[key]["COEXIST_VERSION"]);
        assert!(variables.contains(&&Value::from(VERSION)), "{file}");
    }
    let image = yaml(&text("kubernetes/values.yaml"))["coexist"]["image"].clone();
    assert_eq!(image, format!("registry.example.com/coexist:{VERSION}"));
    let expected = format!("ARG COEXIST_VERSION={VERSION}\n");
    assert!(text("kubernetes/Dockerfile").contains(&expected));
}

/// A tag can be moved to another commit: a commit is named by its hash, and its version
/// stands beside it, for people and for bots.
#[test]
fn actions_are_pinned() {
    for file in WORKFLOWS {
        let text = text(file);
        let lines = text.lines().filter_map(|line| line.split_once("uses: "));
        let mut count = 0;
        for (_, action) in lines {
            let (_, pin) = action.split_once('@').unwrap();
            let (hash, version) = pin.split_once(" # v").unwrap();
            assert!(
                hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{action}"
            );
            assert_eq!(version.split('.').count(), 3, "{action}");
            count += 1;
        }
        assert!(count > 4, "{file}: {count}");
    }
}

/// The name of a branch is text that others write: an expression would put it into the
/// shell's own text.
#[test]
fn no_expression_in_a_script() {
    for file in WORKFLOWS {
        let workflow = yaml(&text(file));
        let jobs = workflow["jobs"].as_object().unwrap().values();
        let steps = jobs.flat_map(|job| job["steps"].as_array().unwrap());
        let scripts: Vec<&str> = steps.filter_map(|step| step["run"].as_str()).collect();
        assert!(scripts.len() > 2, "{file}");
        for script in scripts {
            assert!(!script.contains("${{"), "{file}: {script}");
        }
    }
}
