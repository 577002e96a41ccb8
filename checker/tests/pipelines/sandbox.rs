//! A machine of a pipeline: a folder with a ledger, the builds, and `coexist` on the path.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Two releases of which the second may not follow the first, and one that may.
pub(crate) const OLD: &str = "triggers/old.json";
pub(crate) const REJECTED: &str = "triggers/new.json";
pub(crate) const ACCEPTED: &str = "near_miss/new.json";

pub(crate) struct Sandbox {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: Option<i32>,
    pub(crate) printed: String,
    pub(crate) complaint: String,
}

impl Ended {
    /// It failed since it could not check, and not since a flag is misspelt.
    #[track_caller]
    pub(crate) fn could_not_check(&self, what: &str) {
        assert_eq!(self.status, Some(2), "{what}: {self:#?}");
        let reason = format!("{}{}", self.printed, self.complaint);
        let usage = reason.contains("Usage:");
        assert!(!reason.is_empty() && !usage, "{what}: {self:#?}");
    }
}

impl Sandbox {
    /// With an empty ledger.
    pub(crate) fn new() -> Self {
        let sandbox = Self::bare();
        sandbox.coexist(&["record", "init"]);
        sandbox
    }

    /// Without a ledger.
    pub(crate) fn bare() -> Self {
        let sandbox = Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        };
        fs::create_dir(sandbox.path("bin")).unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_coexist"));
        std::os::unix::fs::symlink(program, sandbox.path("bin/coexist")).unwrap();
        sandbox
    }

    /// With a ledger in which `OLD` runs.
    pub(crate) fn with_old() -> Self {
        let sandbox = Self::new();
        sandbox.coexist(&["record", "deploy", &fixture(OLD)]);
        sandbox
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn ledger(&self) -> String {
        self.path("ledger").to_str().unwrap().to_owned()
    }

    /// A file of the rules' fixtures, there.
    pub(crate) fn put(&self, release: &str, file: &str) {
        self.write(file, &fs::read_to_string(fixture(release)).unwrap());
    }

    pub(crate) fn write(&self, file: &str, contents: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_default()
    }

    /// A program of that name, which writes down how it was called, and with which
    /// release, instead of doing its work.
    pub(crate) fn stand_in(&self, name: &str) {
        let file = format!("bin/{name}");
        let script =
            format!("#!/bin/sh\necho \"{name} $* ${{COEXIST_RELEASE-}}\" >> \"$HOME/called\"\n");
        self.write(&file, &script);
        fs::set_permissions(self.path(&file), fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// Runs a command there, with no other variables than those of the sandbox.
    pub(crate) fn run(&self, command: &[impl AsRef<OsStr>]) -> Ended {
        let system = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{system}", self.path("bin").display());
        let (program, args) = command.split_first().unwrap();
        // The path below is the one by which the program is found.
        let mut env = Command::new("env");
        env.arg(program).args(args);
        env.env_clear()
            .env("PATH", path)
            .env("HOME", self.folder.path());
        env.envs(self.variables.iter().cloned());
        said(env.current_dir(self.folder.path()).output().unwrap())
    }

    /// Runs `coexist` on the ledger; returns what it printed.
    #[track_caller]
    pub(crate) fn coexist(&self, args: &[&str]) -> String {
        let ledger = self.ledger();
        let command = [&["coexist"], args, &["--ledger", &ledger]].concat();
        let ended = self.run(&command);
        assert_eq!(ended.status, Some(0), "{command:?} {ended:#?}");
        ended.printed
    }

    /// Which releases the ledger holds, and in which state.
    #[track_caller]
    pub(crate) fn releases(&self) -> Vec<String> {
        let listed = self.coexist(&["record", "list", "--format", "json"]);
        let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
        let deployments = listed["deployments"].as_array().unwrap().iter();
        let words = deployments.map(|deployment| {
            let text = |pointer| deployment.pointer(pointer).unwrap().as_str().unwrap();
            let (name, version) = (text("/release/name"), text("/release/version"));
            format!("{name}@{version} {}", text("/state"))
        });
        words.collect()
    }
}

/// Machines on which nothing can be judged, for one reason each. The build is at `build`.
pub(crate) fn uncheckable(build: &str) -> [(&'static str, Sandbox); 3] {
    let no_ledger = Sandbox::bare();
    no_ledger.put(ACCEPTED, build);

    let damaged = Sandbox::with_old();
    damaged.put(ACCEPTED, build);
    let [recorded] = &deployments(&damaged.path("ledger"))[..] else {
        panic!("one deployment has one file");
    };
    fs::write(recorded, "{").unwrap();

    let no_build = Sandbox::with_old();
    no_build.write(build, "neither a program nor a snapshot");
    [
        ("no ledger", no_ledger),
        ("a damaged ledger", damaged),
        ("no build", no_build),
    ]
}

/// The files of deployments.
fn deployments(ledger: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(ledger.join("production")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.as_encoded_bytes()[0] == b'0')
        })
        .collect()
}

fn fixture(release: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/handler-removed");
    format!("{folder}/{release}")
}

fn said(output: Output) -> Ended {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended {
        status: output.status.code(),
        printed: text(output.stdout),
        complaint: text(output.stderr),
    }
}
