//! The records in a program, as the checker reads them out of the file, are the
//! records that `inventory` gives the running program, however it was built.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use coexist_checker::artifact;
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

/// Builds the app into a directory of its own; returns its program.
fn build(folder: &str, args: &[&str], release: Option<&str>) -> PathBuf {
    let target = target().join("programs").join(folder);
    let mut cargo = cargo(&workspace().join("tests/programs"));
    cargo
        .args(["build", "--quiet", "--locked", "--package", "app"])
        .args(args)
        .arg("--target-dir")
        .arg(&target)
        .envs(release.map(|release| ("COEXIST_RELEASE", release)));
    succeed(&mut cargo).unwrap();
    let is_release = args.contains(&"--release");
    let folder = if is_release { "release" } else { "debug" };
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
    let sections = artifact::find_sections(&file)
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
fn prove(folder: &str, args: &[&str]) {
    let program = build(folder, args, None);
    let (mut file, mut run) = (in_file(&program), running(&program));
    file.sort();
    run.sort();
    assert_eq!(file, run, "{folder}");
    assert_eq!(named(&run), EXPECTED.map(str::to_owned).into(), "{folder}");
    assert_eq!(run.len(), EXPECTED.len(), "{folder}");
    // `tests/ui/fast_reader.rs` lists what else the fast reader leaves to the general one.
    let is_general = |json: &&String| {
        let general = ["\"release\":", "\"type\":\"choice\""];
        general.iter().any(|part| json.contains(part))
    };
    let (general, fast): (Vec<_>, Vec<_>) = run.iter().partition(is_general);
    assert_eq!((general.len(), fast.len()), (3, 4), "{folder}");
    for json in fast {
        assert!(artifact::is_plain(json.as_bytes()), "{folder}: {json}");
    }
}

/// Proves it for a release build with these lines in its profile.
fn prove_release(folder: &str, profile: &[&str]) {
    let lines: Vec<String> = profile
        .iter()
        .map(|line| format!("--config=profile.release.{line}"))
        .collect();
    let mut args = vec!["--release"];
    args.extend(lines.iter().map(String::as_str));
    prove(folder, &args);
}

#[test]
fn in_a_debug_build() {
    prove("debug", &[]);
}

#[test]
fn in_a_release_build() {
    prove_release("release", &[]);
}

#[test]
fn with_fat_lto_and_one_codegen_unit() {
    prove_release("lto", &["lto='fat'", "codegen-units=1"]);
}

#[test]
fn in_a_stripped_build() {
    prove_release("stripped", &["strip=true"]);
}

#[test]
fn with_panic_abort() {
    prove_release("abort", &["panic='abort'"]);
}

#[test]
fn with_all_of_them_together() {
    prove_release(
        "all",
        &[
            "lto='fat'",
            "codegen-units=1",
            "strip=true",
            "panic='abort'",
        ],
    );
}

#[test]
fn a_crate_that_code_names_is_there() {
    let program = build("mention", &["--features", "mention"], None);
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
        let program = build("release-variable", &[], Some(release));
        let registry = artifact::open(&program, None).unwrap();
        assert_eq!(registry.release.version.to_string(), release);
    }
}
