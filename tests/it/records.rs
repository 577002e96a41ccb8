//! The records in a program, as the checker reads them out of the file, are the
//! records that `inventory` gives the running program, however it was built.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use coexist_checker::build;
use coexist_tests::{cargo, program, succeed, target, workspace};

/// Every item that must be in each build: package, version, item.
const EXPECTED: [&str; 7] = [
    "app 1.4.0 app::page",
    "app 1.4.0 app::private::save",
    "app 1.4.0 release",
    "linked 0.3.0 linked::deep::deep",
    "linked 0.3.0 linked::deep::link",
    "versions 1.0.0 versions::same",
    "versions 2.0.0 versions::same",
];

/// Builds the app into a folder of its own; returns its program.
fn build(folder: &str, profile: &str, features: &str, release: Option<&str>) -> PathBuf {
    let target = target().join(folder);
    let mut cargo = cargo(&workspace().join("tests/programs"));
    cargo
        .args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "app",
            "--profile",
            profile,
        ])
        .args(["--features", features, "--target-dir"])
        .arg(&target)
        .envs(release.map(|release| ("COEXIST_RELEASE", release)));
    succeed(&mut cargo).unwrap();
    let folder = if profile == "dev" { "debug" } else { profile };
    target.join(folder).join(program("app"))
}

/// The records of the running program.
fn running(program: &Path) -> Vec<String> {
    let output = succeed(&mut Command::new(program)).unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The records in the program's file.
fn in_file(program: &Path) -> Vec<String> {
    let mut file = File::open(program).unwrap();
    let sections = build::find_sections(&file)
        .unwrap()
        .expect("it is a program");
    let mut records = Vec::new();
    for section in sections {
        let mut frames = section.frames(&mut file).unwrap();
        while let Some(json) = frames.next_record().unwrap() {
            records.push(String::from_utf8(json.to_vec()).unwrap());
        }
    }
    records
}

fn named(records: &[String]) -> BTreeSet<String> {
    let name = |record: &String| {
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        let items = ["handler", "form"]
            .iter()
            .find_map(|item| record[item]["id"].as_str());
        let text = |key: &str| record[key].as_str().unwrap().to_owned();
        format!(
            "{} {} {}",
            text("package"),
            text("version"),
            items.unwrap_or("release")
        )
    };
    records.iter().map(name).collect()
}

/// Builds, and compares all three: the file, the running program, what there is.
fn prove(profile: &str) {
    let program = build("programs", profile, "", None);
    let (mut file, mut run) = (in_file(&program), running(&program));
    file.sort();
    run.sort();
    assert_eq!(file, run, "{profile}");
    assert_eq!(named(&run), EXPECTED.map(str::to_owned).into(), "{profile}");
    assert_eq!(run.len(), EXPECTED.len(), "{profile}");
}

#[test]
fn in_a_debug_build() {
    prove("dev");
}

#[test]
fn in_a_release_build() {
    prove("release");
}

#[test]
fn with_fat_lto_and_one_codegen_unit() {
    prove("lto");
}

#[test]
fn in_a_stripped_build() {
    prove("stripped");
}

#[test]
fn with_panic_abort() {
    prove("abort");
}

#[test]
fn with_all_of_them_together() {
    prove("all");
}

#[test]
fn a_crate_that_code_names_is_there() {
    let program = build("programs-mention", "dev", "mention", None);
    let found = named(&in_file(&program));
    assert_eq!(found, named(&running(&program)));
    assert!(
        found.contains("unmentioned 1.0.0 unmentioned::pay"),
        "{found:?}"
    );
}

#[test]
fn a_changed_variable_rebuilds_what_states_the_release() {
    for release in ["1.5.0", "2026.11.24"] {
        let program = build("programs-release", "dev", "", Some(release));
        let registry = build::open(&program, None).unwrap();
        assert_eq!(registry.release.version.to_string(), release);
    }
}
