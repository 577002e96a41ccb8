//! The program `coexist`, as a person or a pipeline runs it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic fails the test, also in helper functions"
)]

mod apps;
mod artifact_formats;
mod audit;
mod bad_input;
mod brief;
mod flags;
mod formats;
mod gate;
mod history;
#[cfg(unix)]
mod hostile;
mod html_report;
mod image;
mod ledger_flags;
mod levels;
mod manual;
mod output;
mod plan;
mod policy;
mod policy_file;
mod programs;
mod record;
mod revision;
mod scan;
mod simulate;
mod stamp;
mod wait;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The program.
fn coexist() -> Command {
    Command::new(env!("CARGO_BIN_EXE_coexist"))
}

/// Runs it; returns its exit status, what it printed, and what it complained of.
fn run(args: &[&str]) -> (Option<i32>, String, String) {
    said(coexist().args(args).output().unwrap())
}

fn said(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A folder for the files of one test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, contents).unwrap();
        shown(&path)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn shown(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A file of the rules' fixtures.
fn fixture(file: &str) -> String {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "rules"]
        .iter()
        .collect();
    shown(&folder.join(file))
}

/// The schema of SARIF 2.1.0: OASIS's own, as the package `serde-sarif` holds it.
fn sarif_schema() -> String {
    // A bracket too many makes this no regular expression; OASIS has corrected it since.
    include_str!("sarif-2.1.0.schema.json").replace(
        "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$",
        "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$",
    )
}

/// Runs it with `input` in a pipe as one of its builds: `/dev/stdin`.
#[cfg(unix)]
fn run_with_pipe(args: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut child = coexist()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may stop reading before the end.
    let _closed = child.stdin.take().unwrap().write_all(input);
    said(child.wait_with_output().unwrap())
}
