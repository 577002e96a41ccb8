//! Steps of the recipes in CONTRIBUTING.md that nothing else would miss: each command, each
//! framework, each template engine and each ledger store has its tests and its documentation.

use std::fs;
use std::path::Path;

use crate::workspace;

fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names of the files and directories in a directory, without extensions; sorted.
fn names(directory: &str) -> Vec<String> {
    let entries = fs::read_dir(workspace().join(directory)).unwrap();
    let names = entries.map(|entry| {
        let path = entry.unwrap().path();
        path.file_stem().unwrap().to_str().unwrap().to_owned()
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}

/// The text of all Rust files in a directory and below it.
fn sources(directory: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text.push_str(&sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
    text
}

/// The names with which no word in one of the files begins, each with the file.
fn missing(names: &[String], files: &[&str]) -> Vec<String> {
    let mut missing = Vec::new();
    for file in files {
        let text = read(file).to_lowercase();
        let is_named = |name: &str| {
            let mut found = text.match_indices(name);
            found.any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
        };
        let names = names
            .iter()
            .filter(|name| !is_named(name) && !is_named(&name.replace('_', "-")));
        missing.extend(names.map(|name| format!("`{name}` is not in {file}")));
    }
    missing
}

fn commands() -> Vec<String> {
    let mut commands = names("checker/src/cli/commands");
    commands.retain(|name| name != "mod");
    assert!(commands.len() > 10, "{commands:?}");
    commands
}

/// The commands with which no list of arguments in the code begins.
fn not_run(mut commands: Vec<String>, code: &str) -> Vec<String> {
    commands.retain(|name| !code.contains(&format!("[\"{name}\"")));
    commands
}

#[test]
fn each_command_is_run_by_a_test() {
    let tests = sources(&workspace().join("checker/tests/cli"));
    assert_eq!(not_run(commands(), &tests), [""; 0]);
}

#[test]
fn each_command_is_run_on_hostile_input() {
    let mut commands = commands();
    // They take no input, and other programs execute what they print.
    commands.retain(|name| !["completions", "man"].contains(&&**name));
    let tests = read("checker/tests/cli/hostile.rs");
    assert_eq!(not_run(commands, &tests), [""; 0]);
}

#[test]
fn each_framework_is_tested_and_documented() {
    let mut frameworks = names("macros/source/src/frameworks");
    let shared = ["arguments", "mod", "route", "tests"];
    frameworks.retain(|name| !shared.contains(&&**name));
    assert!(frameworks.len() >= 4, "{frameworks:?}");
    let files = [
        "macros/source/src/frameworks/tests.rs",
        "runtime/docs/frameworks.md",
    ];
    let missing = missing(&frameworks, &files);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let cases = names("tests/ui/frameworks/pass");
    frameworks.retain(|name| !cases.iter().any(|case| case.contains(name)));
    assert!(frameworks.is_empty(), "no case for {frameworks:?}");
}

#[test]
fn each_template_engine_is_read_tested_and_documented() {
    let manifest = read("macros/html/Cargo.toml");
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let (features, _) = features.split_once("\n[").unwrap();
    let engines: Vec<String> = features
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        // Those of `templates` are for scans alone: no macro reads them.
        .filter(|name| !["default", "read", "templates"].contains(name))
        .map(str::to_owned)
        .collect();
    assert!(engines.len() >= 2, "{engines:?}");
    let mut missing = missing(
        &engines,
        &[
            "macros/Cargo.toml",
            "runtime/Cargo.toml",
            "tests/Cargo.toml",
            "checker/Cargo.toml",
            "checker/fuzz/Cargo.toml",
            "checker/tests/cli/scan/pages.rs",
            "checker/tests/cli/audit.rs",
            "runtime/docs/pages.md",
        ],
    );
    let cases = names("tests/ui/html/pass");
    let untested = engines
        .iter()
        .filter(|engine| !cases.iter().any(|case| case.starts_with(*engine)));
    missing.extend(untested.map(|engine| format!("no case in tests/ui/html/pass for `{engine}`")));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn each_ledger_store_is_a_place_of_the_tests() {
    let stores = sources(&workspace().join("checker/src/ledger"));
    let stores = stores.matches("impl Store for ").count();
    let tests = read("checker/tests/ledger/main.rs");
    let (_, places) = tests.split_once("enum Place {").unwrap();
    let (places, _) = places.split_once('}').unwrap();
    let places = places.lines().filter(|line| line.ends_with("),")).count();
    assert!(stores >= 2, "{stores}");
    assert_eq!(places, stores);
}

#[test]
fn a_name_is_found_as_a_word_and_not_within_one() {
    let file = "CONTRIBUTING.md";
    assert_eq!(missing(&["recipe".to_owned()], &[file]), [""; 0]);
    assert_eq!(missing(&["ecipe".to_owned()], &[file]).len(), 1);
}
