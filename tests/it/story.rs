//! The story, on the releases of the example apps as they are really built.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use coexist_tests::releases::{
    App, GUESTBOOK, IMPORTER, RELEASES, Release, SIGNUP, V1_0_0, V1_1_0, V1_1_0_ALL_AT_ONCE,
    V1_2_0, build_all,
};
use coexist_tests::{Selection, build_coexist};

/// The story of an app.
struct Story {
    app: App,
}

impl Story {
    fn release(&self, release: Release) -> PathBuf {
        built(self.app, release)
    }

    /// What `coexist check` says, and its exit status.
    fn check(&self, old: Release, new: Release, format: &str) -> (Option<i32>, String) {
        let output = Command::new(coexist())
            .args(["check", "--format", format])
            .args([self.release(old), self.release(new)])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), said)
    }

    /// The findings: rule and endpoint.
    fn findings(&self, old: Release, new: Release) -> Vec<String> {
        let (_, said) = self.check(old, new, "json");
        let report: serde_json::Value = serde_json::from_str(&said).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let findings = findings.map(|finding| {
            let endpoint = &finding["endpoint"];
            let parts = [&finding["rule"], &endpoint["method"], &endpoint["path"]];
            parts.map(text).join(" ")
        });
        findings.collect()
    }

    fn all_at_once_is_rejected(&self) {
        let (status, said) = self.check(V1_0_0, V1_1_0_ALL_AT_ONCE, "text");
        assert_eq!(status, Some(1), "{said}");
        for expected in [
            "until = \"1.2.0\"",
            "rejected: 1.1.0 cannot be released as it is",
        ] {
            assert!(said.contains(expected), "{said}");
        }
        self.assert_form_and_link_are_lost(V1_1_0_ALL_AT_ONCE);
    }

    fn assert_form_and_link_are_lost(&self, new: Release) {
        let mut found = self.findings(V1_0_0, new);
        found.sort();
        let expected =
            ["GET", "POST"].map(|method| format!("handler-removed {method} {}", self.app.path));
        assert_eq!(found, expected);
    }

    fn the_form_first_is_accepted(&self) {
        let (status, said) = self.check(V1_0_0, V1_1_0, "text");
        assert_eq!(status, Some(0), "{said}");
        let expected = "accepted: 1.1.0 can be released over 1.0.0";
        assert!(said.contains(expected), "{said}");
    }

    fn the_handler_after_the_form_is_accepted(&self) {
        let (status, said) = self.check(V1_1_0, V1_2_0, "text");
        assert_eq!(status, Some(0), "{said}");
    }

    fn the_handler_is_still_needed_by_pages_of_the_first_release(&self) {
        let (status, said) = self.check(V1_0_0, V1_2_0, "text");
        assert_eq!(status, Some(1), "{said}");
        self.assert_form_and_link_are_lost(V1_2_0);
    }

    fn each_release_against_itself_is_clean(&self) {
        for release in RELEASES {
            let (status, said) = self.check(release, release, "text");
            assert_eq!(status, Some(0), "{said}");
            assert!(said.contains("are the same"), "{said}");
        }
    }
}

/// The program `coexist`, built once for all tests.
pub(crate) fn coexist() -> &'static Path {
    static COEXIST: OnceLock<PathBuf> = OnceLock::new();
    COEXIST.get_or_init(|| build_coexist(Selection::Tests).unwrap())
}

/// The program of a release of the importer.
pub(crate) fn importer(release: Release) -> PathBuf {
    built(IMPORTER, release)
}

/// The program of a release. The first test that asks builds all of them.
pub(crate) fn built(app: App, release: Release) -> PathBuf {
    static BUILT: OnceLock<()> = OnceLock::new();
    BUILT.get_or_init(|| build_all().unwrap());
    app.program(release)
}

/// The tests of an app, in a module of its name.
macro_rules! story {
    ($name:ident: $app:expr, $($test:ident),+) => {
        mod $name {
            use super::*;

            const STORY: Story = Story { app: $app };

            $(#[test]
            fn $test() {
                STORY.$test();
            })+
        }
    };
    ($($name:ident: $app:expr;)+) => {
        $(story! {
            $name: $app,
            all_at_once_is_rejected,
            the_form_first_is_accepted,
            the_handler_after_the_form_is_accepted,
            the_handler_is_still_needed_by_pages_of_the_first_release,
            each_release_against_itself_is_clean
        })+
    };
}

story! {
    importer: IMPORTER;
    guestbook: GUESTBOOK;
    signup: SIGNUP;
}
