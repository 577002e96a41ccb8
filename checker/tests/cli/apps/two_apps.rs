//! A ledger with two apps, for the tests of several programs.

use serde_json::{Value, json};

use super::app;
use crate::{Folder, coexist, said, shown};

pub(crate) const CONFIG: &str = "[apps.billing]\npaths = [\"/billing\"]\nstrip = true\n";

/// A ledger, and a folder with a policy.
pub(crate) struct TwoApps {
    pub(crate) folder: Folder,
}

pub(crate) type Said = (Option<i32>, String, String);

impl TwoApps {
    pub(crate) fn new() -> Self {
        let apps = Self {
            folder: Folder::new(),
        };
        apps.folder.file("coexist.toml", CONFIG);
        assert_eq!(apps.run(&["record", "init"]).0, Some(0));
        apps
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        let ledger = self.folder.path().join("ledger");
        let mut command = coexist();
        command.args(args).args(["--ledger", &shown(&ledger)]);
        command.env("NO_COLOR", "1").current_dir(self.folder.path());
        said(command.output().unwrap())
    }

    /// The file of a release of `billing` that serves this.
    pub(crate) fn billing(&self, version: &str, handlers: &[(&str, &str, bool)]) -> String {
        let handlers = handlers.iter().map(|(name, endpoint, iban)| {
            let (method, path) = endpoint.split_once(' ').unwrap();
            json!({
                "id": format!("billing::{name}"), "method": method, "path": path,
                "since": "1.0.0", "encoding": "urlencoded",
                "fields": [
                    { "name": "sum", "required": true, "type": "text" },
                    { "name": "iban", "required": iban, "type": "text" },
                ],
                "source": { "file": "src/pay.rs", "line": 12 },
            })
        });
        self.write("billing", version, &handlers.collect(), &json!([]))
    }

    /// The file of a release of `shop` that posts to this.
    pub(crate) fn shop(&self, version: &str, forms: &[(&str, &str)]) -> String {
        let forms = forms.iter().map(|(name, endpoint)| {
            let (method, path) = endpoint.split_once(' ').unwrap();
            json!({
                "id": format!("shop::pages::{name}"), "since": version, "encoding": "urlencoded",
                "posts_to": [{ "method": method, "path": path, "elsewhere": true }],
                "fields": [{ "name": "sum", "always": true, "type": "text" }],
                "source": { "file": "src/pages.rs", "line": 30 },
            })
        });
        let cart = json!([{ "id": "shop::cart", "method": "GET", "path": "/cart" }]);
        self.write("shop", version, &cart, &forms.collect())
    }

    pub(crate) fn write(
        &self,
        name: &str,
        version: &str,
        handlers: &Value,
        forms: &Value,
    ) -> String {
        let release = json!({ "name": name, "version": version });
        let registry = json!({
            "format": 1, "release": release, "handlers": handlers, "forms": forms
        });
        let file = format!("{name}-{version}.json");
        self.folder.file(&file, registry.to_string())
    }

    #[track_caller]
    pub(crate) fn deploy(&self, file: &str, at: &str) {
        let deploy = ["record", "deploy", file, "--at", at, "--new-app", app(file)];
        let (status, printed, complaint) = self.run(&deploy);
        assert_eq!(status, Some(0), "{printed}{complaint}");
    }

    pub(crate) fn gate(&self, file: &str, more: &[&str]) -> Said {
        let gate = ["gate", file, "--now", "2025-11-28T06:00:00Z"];
        self.run(&[&gate[..], &["--new-app", app(file)], more].concat())
    }
}
