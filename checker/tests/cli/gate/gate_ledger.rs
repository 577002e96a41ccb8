//! A ledger of one app, for the tests of `gate`.

use std::time::Duration;

use coexist_checker::artifact;
use coexist_checker::ledger::{self, Ledger};
use coexist_checker::model::Verdict;
use jiff::Timestamp;
use serde_json::json;

use crate::{Folder, coexist, said, shown};

/// A day after 1.3.0 was retired, but for what the clocks may be apart and three hours.
pub(crate) const NOW: &str = "2025-11-28T05:53:00Z";

/// A ledger of `importer`, and releases: `send_x` posts to `take_x`.
pub(crate) struct GateLedger {
    pub(crate) folder: Folder,
}

impl GateLedger {
    pub(crate) fn new() -> Self {
        let ledger = Self {
            folder: Folder::new(),
        };
        Ledger::init(&ledger.store(), "production").unwrap();
        ledger
    }

    /// The form to `/csv` goes with 1.4.0; pages of 1.3.0 and of 1.2.0 are still
    /// open.
    pub(crate) fn with_open_pages() -> Self {
        let ledger = Self::new();
        let all = &["csv", "edit"][..];
        ledger.deploy("1.2.0", all, all, "2025-11-20T08:00:00Z");
        ledger.deploy("1.3.0", all, all, "2025-11-27T06:55:00Z");
        ledger.retire("1.2.0", "2025-11-27T07:00:00Z");
        ledger.deploy("1.4.0", all, &["edit"], "2025-11-27T08:50:00Z");
        ledger.retire("1.3.0", "2025-11-27T09:00:00Z");
        ledger
    }

    pub(crate) fn store(&self) -> ledger::Folder {
        ledger::Folder::new(self.folder.path().join("ledger"))
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(Box::new(self.store()), None).unwrap()
    }

    /// The file of a release that takes and sends this.
    pub(crate) fn release(&self, version: &str, takes: &[&str], sends: &[&str]) -> String {
        self.release_of("importer", version, takes, sends)
    }

    pub(crate) fn release_of(
        &self,
        name: &str,
        version: &str,
        takes: &[&str],
        sends: &[&str],
    ) -> String {
        let since = |what: &str, new: &str| if what == "new" { new } else { "1.0.0" }.to_owned();
        // `csv_again` is another form that posts to `csv`.
        let handler = |form: &str| form.trim_end_matches("_again").to_owned();
        let handlers = takes.iter().map(|what| {
            json!({ "id": format!("{name}::imports::take_{what}"), "method": "POST",
                "path": format!("/{what}"), "since": since(what, "1.6.0"),
                "source": { "file": "src/imports.rs", "line": 12 } })
        });
        let forms = sends.iter().map(|what| {
            json!({ "id": format!("{name}::pages::send_{what}"), "since": since(what, version),
                "posts_to": [{ "method": "POST", "path": format!("/{}", handler(what)) }],
                "source": { "file": "src/pages.rs", "line": 30 } })
        });
        let release = json!({ "format": 1, "release": { "name": name, "version": version },
            "handlers": handlers.collect::<Vec<_>>(), "forms": forms.collect::<Vec<_>>() });
        self.folder
            .file(&format!("{name}-{version}.json"), release.to_string())
    }

    pub(crate) fn deploy(&self, version: &str, takes: &[&str], sends: &[&str], at: &str) {
        let file = self.release(version, takes, sends);
        self.deploy_file(&file, at.parse().unwrap());
    }

    pub(crate) fn deploy_file(&self, file: &str, at: Timestamp) {
        let (ledger, registry) = (self.ledger(), artifact::open(file.as_ref(), None).unwrap());
        let state = ledger.state(at, Timestamp::now(), Duration::MAX).unwrap();
        let number = ledger
            .deploy(&state, &registry, at, Verdict::Accept)
            .unwrap();
        assert!(number.is_some());
    }

    pub(crate) fn retire(&self, version: &str, at: &str) {
        let name = format!("importer@{version}").parse().unwrap();
        self.ledger().retire(&name, at.parse().unwrap()).unwrap();
    }

    pub(crate) fn command(&self, build: &str, args: &[&str]) -> std::process::Command {
        let mut command = coexist();
        let ledger = shown(&self.folder.path().join("ledger"));
        command
            .args(["gate", build, "--ledger", &ledger])
            .args(args)
            .current_dir(self.folder.path());
        command
    }

    /// Runs the gate; the time is `NOW` unless an argument sets it.
    pub(crate) fn gate(&self, build: &str, args: &[&str]) -> (Option<i32>, String, String) {
        let is_timed = args.iter().any(|arg| ["--now", "--wait"].contains(arg));
        let now = if is_timed { &[][..] } else { &["--now", NOW] };
        said(self.command(build, &[now, args].concat()).output().unwrap())
    }
}
