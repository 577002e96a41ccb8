//! A ledger in a directory, for the tests of `record`.

use std::collections::BTreeMap;
use std::fs;

use crate::{Folder, coexist, fixture, said, shown};

/// A ledger in a directory, and releases of one app: the first one, one that may follow it,
/// and one that may not.
pub(crate) struct Ledger {
    pub(crate) folder: Folder,
}

pub(crate) const FIRST: &str = "handler-removed/triggers/old.json";
pub(crate) const FINE: &str = "handler-removed/near_miss/new.json";
pub(crate) const BROKEN: &str = "handler-removed/triggers/new.json";

pub(crate) type Said = (Option<i32>, String, String);

impl Ledger {
    pub(crate) fn new() -> Self {
        let ledger = Self::none();
        assert_eq!(ledger.record(&["init"]).0, Some(0));
        ledger
    }

    /// Where there could be one.
    pub(crate) fn none() -> Self {
        Self {
            folder: Folder::new(),
        }
    }

    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("ledger")
    }

    /// Runs `coexist record … --ledger`; the ledger's path is left out of what it says.
    pub(crate) fn record(&self, args: &[&str]) -> Said {
        self.run(&[&["record"], args].concat())
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        let mut command = coexist();
        command.args(args).args(["--ledger", &shown(&self.path())]);
        let (status, printed, complaint) =
            said(command.current_dir(self.folder.path()).output().unwrap());
        let shorter = |text: String| text.replace(&shown(&self.path()), "LEDGER");
        (status, shorter(printed), shorter(complaint))
    }

    #[track_caller]
    pub(crate) fn deploy(&self, build: &str, at: &str) {
        let build = fixture(build);
        let (status, printed, complaint) = self.record(&["deploy", &build, "--at", at]);
        assert_eq!(status, Some(0), "{printed}{complaint}");
    }

    #[track_caller]
    pub(crate) fn retire(&self, name: &str, at: &str) {
        let (status, printed, complaint) = self.record(&["retire", name, "--at", at]);
        assert_eq!(status, Some(0), "{printed}{complaint}");
    }

    /// Every file of it, but for the lock.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with(".lock") {
                    let text = fs::read_to_string(&path).unwrap();
                    files.insert(shown(&path), text);
                }
            }
        }
        files
    }
}
