//! What the README and the guide show of the program's output is what it prints, of the
//! releases of the importer. `UPDATE_PAGES=1` writes it into the pages.

use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use coexist_tests::releases::{Release, V1_0_0, V1_1_0, V1_1_0_ALL_AT_ONCE, V1_2_0};
use coexist_tests::{target, workspace};

use crate::story::{coexist, importer};

/// What `coexist` prints.
fn printed(args: &[&str], builds: &[Release]) -> String {
    let output = Command::new(coexist())
        .args(args)
        .args(builds.iter().map(|release| importer(*release)))
        .current_dir(workspace())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

/// Compares the block of output on a page that stands below `<!-- output: NAME -->`.
fn assert_shown(page: &str, name: &str, output: &str) {
    let file = workspace().join(page);
    let text = fs::read_to_string(&file).unwrap();
    let mark = format!("<!-- output: {name} -->\n\n```text\n");
    let (head, rest) = text.split_once(&mark).unwrap();
    let (shown, tail) = rest.split_once("```\n").unwrap();
    let output = format!("{}\n", output.trim_end());
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&file, format!("{head}{mark}{output}```\n{tail}")).unwrap();
    } else {
        assert!(
            shown == output,
            "{page} shows\n\n{shown}\nand the program prints\n\n{output}\nRun `UPDATE_PAGES=1 cargo \
             test -p coexist-tests --all-features --test it pages`, and read the change"
        );
    }
}

/// The verdict, and the first of the findings.
fn first_finding(output: &str) -> &str {
    let second = output.match_indices("\nerror[").nth(1);
    second.map_or(output, |(at, _)| &output[..at])
}

#[test]
fn the_readme_shows_the_first_finding_of_the_story() {
    let output = printed(&["check"], &[V1_0_0, V1_1_0_ALL_AT_ONCE]);
    assert_shown("README.md", "story", first_finding(&output));
}

#[test]
fn the_guide_shows_the_plan_of_the_story() {
    let output = printed(&["plan"], &[V1_0_0, V1_1_0_ALL_AT_ONCE]);
    assert_shown("runtime/docs/plan.md", "plan", &output);
}

#[test]
fn the_guide_shows_how_the_simulation_of_the_story_begins() {
    let args = ["simulate", "--nodes=50", "--roll=10m", "--rate=100"];
    let output = printed(&args, &[V1_0_0, V1_1_0_ALL_AT_ONCE]);
    let (table, _) = output.split_once("after the rollout").unwrap();
    assert_shown("runtime/docs/simulate.md", "simulate", table);
}

#[test]
fn the_guide_shows_what_the_gate_says_of_a_release_that_comes_too_early() {
    let folder = target().join("pages");
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => panic!("{error}"),
        _ => {}
    }
    let ledger = format!("--ledger={}", folder.join("ledger").display());
    let asked = |args: &[&str], builds: &[Release]| printed(&[args, &[&ledger]].concat(), builds);
    asked(&["record", "init"], &[]);
    asked(
        &["record", "deploy", "--at=2026-11-26T09:00:00Z"],
        &[V1_0_0],
    );
    asked(
        &["record", "deploy", "--at=2026-11-26T12:00:00Z"],
        &[V1_1_0],
    );
    let retire = [
        "record",
        "retire",
        "importer@1.0.0",
        "--at=2026-11-26T13:00:00Z",
    ];
    asked(&retire, &[]);
    let output = asked(&["gate", "--now=2026-11-27T13:00:43Z"], &[V1_2_0]);
    // Its findings are those that the README shows: the first lines of one will do.
    let (head, finding) = output.split_once("\n\nerror[").unwrap();
    let (headline, _) = finding.split_once("\n\n").unwrap();
    let (_, end) = output.split_once("\nIt will pass").unwrap();
    let shown = format!("{head}\n\nerror[{headline}\n  …\nIt will pass{end}");
    assert_shown("runtime/docs/ledger.md", "gate", &shown);
}
