//! A git repository with apps, for the tests of old builds out of git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs::{form, handler, section};
use crate::{Folder, coexist, said};

pub(crate) const MAIN: &str = r#"
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__coexist"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".coexist"))]
#[used]
static RECORDS: [u8; include_bytes!("records").len()] = *include_bytes!("records");
pub(crate) fn main() { std::hint::black_box(&RECORDS); }
"#;

/// A git repository.
pub(crate) struct Repository(pub(crate) Folder);

impl Repository {
    /// One with the app 1.0.0, which has a form and its handler, tagged `v1`.
    pub(crate) fn with_app() -> Self {
        let repository = Self(Folder::new());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.0.file(".gitignore", "target\n");
        repository.app(".", "app", "1.0.0", &[handler, form]);
        repository.commit("v1");
        repository
    }

    /// Writes a package with these records.
    pub(crate) fn app(&self, folder: &str, name: &str, version: &str, records: &[Record]) {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2024\"\n\
             [features]\nbroken = []\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        self.0.file(&format!("{folder}/Cargo.toml"), manifest);
        // What cargo would write.
        let lock =
            format!("version = 4\n\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n");
        self.0.file(&format!("{folder}/Cargo.lock"), lock);
        self.program(&format!("{folder}/src"), name, version, records);
    }

    /// Writes the source of a program with these records.
    pub(crate) fn program(&self, folder: &str, name: &str, version: &str, records: &[Record]) {
        let records: Vec<_> = records.iter().map(|record| record(name, version)).collect();
        self.0.file(&format!("{folder}/records"), section(&records));
        self.0.file(&format!("{folder}/main.rs"), MAIN);
    }

    pub(crate) fn commit(&self, tag: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", tag]);
        self.git(&["tag", tag]);
    }

    #[track_caller]
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let (status, printed, complaint) = said(git(self.path()).args(args).output().unwrap());
        assert_eq!(status, Some(0), "git {args:?}: {complaint}");
        printed
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = coexist();
        command.current_dir(self.path()).arg("check").args(args);
        // Each app has a target directory of its own.
        for name in [
            "CARGO_TARGET_DIR",
            "CARGO_BUILD_TARGET_DIR",
            "CARGO_BUILD_BUILD_DIR",
        ] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn check(&self, args: &[&str]) -> (Option<i32>, String, String) {
        said(self.command(args).output().unwrap())
    }

    /// Where the old source is.
    pub(crate) fn source(&self) -> PathBuf {
        let cache = self.path().canonicalize().unwrap().join("target/coexist");
        let folders = fs::read_dir(&cache)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut mirrors = folders.map(|folder| folder.join("target/package"));
        let mirror = mirrors.find(|mirror| mirror.is_dir()).unwrap();
        let root = self.path().canonicalize().unwrap();
        mirror.join(root.strip_prefix("/").unwrap_or(&root))
    }
}

pub(crate) type Record = fn(&str, &str) -> String;

pub(crate) fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder);
    for setting in [
        "user.name=a",
        "user.email=a@example.org",
        "commit.gpgSign=false",
        "tag.gpgSign=false",
        "protocol.file.allow=always",
    ] {
        git.args(["-c", setting]);
    }
    git
}
