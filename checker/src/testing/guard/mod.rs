//! The guard: a test that checks with `cargo test` what `coexist check` checks before the
//! release.
//!
//! It starts no program of the app, and compares nothing that `coexist check` does not compare.

mod annotated;
mod ledger;
mod policy;
mod workspace;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use crate::artifact;
use crate::config;
use crate::judge;
use crate::model::{Policy, Verdict};
use crate::plan::plan_rejected;
use crate::registry::Registry;
use crate::render::text::Beside;
use crate::render::{self, Sources, escape};
use crate::testing::TestFailure;
use crate::workspace::manifest::metadata;

/// A test that compares the current build with the release that is out.
///
/// ```no_run
/// // tests/coexist.rs
/// coexist_checker::guard!();
/// ```
///
/// It reads the snapshot `coexist.json` beside `Cargo.toml`, or another file:
/// `guard!("released.json")`. It fails with the text of `coexist check` if the current
/// build cannot be released over that one. If there is no snapshot yet, it passes, and
/// prints what to do. If it cannot check, it fails. A build in development may have
/// `since = "next"`, which the gate rejects.
///
/// If the path is a directory, it is a ledger: `guard!("ledger")`. Then the guard checks what
/// `coexist gate` checks, at the time of the test. If the ledger has several environments,
/// name one: `guard!("ledger", environment = "staging")`. If it has releases of other apps
/// only, say that this one is new: `guard!("ledger", new_app = "worker")`.
///
/// It compares the program with the package's name, as cargo built it for the tests, or
/// another one: `guard!(bin = "server")`. In `src/`, and in a package without programs, it
/// compares the test program itself, which has the code of that crate.
///
/// The policy is read from `coexist.toml`, in the package's directory or above it.
///
/// The guard also compares the build with the sources of the workspace, and fails if
/// annotations of a crate that the package depends on are not in the build: rustc does not
/// link a crate that no code names.
#[macro_export]
macro_rules! guard {
    () => {
        $crate::guard!("coexist.json");
    };
    (bin = $bin:literal) => {
        $crate::guard!("coexist.json", bin = $bin);
    };
    ($released:expr) => {
        $crate::guard!(@ $released, None, None, option_env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"))));
    };
    ($released:expr, bin = $bin:literal) => {
        $crate::guard!(@ $released, None, None, Some(env!(concat!("CARGO_BIN_EXE_", $bin))));
    };
    ($released:expr, environment = $environment:expr) => {
        $crate::guard!(@ $released, Some($environment), None, option_env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"))));
    };
    ($released:expr, environment = $environment:expr, bin = $bin:literal) => {
        $crate::guard!(@ $released, Some($environment), None, Some(env!(concat!("CARGO_BIN_EXE_", $bin))));
    };
    ($released:expr, new_app = $new_app:expr) => {
        $crate::guard!(@ $released, None, Some($new_app), option_env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"))));
    };
    ($released:expr, new_app = $new_app:expr, bin = $bin:literal) => {
        $crate::guard!(@ $released, None, Some($new_app), Some(env!(concat!("CARGO_BIN_EXE_", $bin))));
    };
    ($released:expr, environment = $environment:expr, new_app = $new_app:expr) => {
        $crate::guard!(@ $released, Some($environment), Some($new_app), option_env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"))));
    };
    ($released:expr, environment = $environment:expr, new_app = $new_app:expr, bin = $bin:literal) => {
        $crate::guard!(@ $released, Some($environment), Some($new_app), Some(env!(concat!("CARGO_BIN_EXE_", $bin))));
    };
    (@ $released:expr, $environment:expr, $new_app:expr, $program:expr) => {
        #[cfg(test)]
        #[test]
        fn coexist_guard() {
            $crate::testing::guard::Guard {
                manifest_dir: env!("CARGO_MANIFEST_DIR").into(),
                package: env!("CARGO_PKG_NAME"),
                test_file: file!(),
                program: $program,
                released: $released,
                environment: $environment,
                new_app: $new_app,
            }
            .run();
        }
    };
}

/// What [`guard!`] knows of its package.
#[derive(Debug)]
pub struct Guard {
    /// The directory with its `Cargo.toml`.
    pub manifest_dir: PathBuf,
    /// Its name.
    pub package: &'static str,
    /// The file with the macro.
    pub test_file: &'static str,
    /// The program to compare; `None`: the test program itself.
    pub program: Option<&'static str>,
    /// The snapshot of the release that is out, or the ledger, relative to the package's
    /// directory.
    pub released: &'static str,
    /// The environment of the ledger; `None`: the only one.
    pub environment: Option<&'static str>,
    /// The name of the app if the ledger has only releases of other apps.
    pub new_app: Option<&'static str>,
}

impl Guard {
    /// Compares the build with the release that is out.
    ///
    /// # Panics
    ///
    /// With the text of `coexist check`, if the release is rejected or cannot be
    /// checked.
    #[expect(clippy::panic, reason = "this is how a test fails")]
    #[track_caller]
    pub fn run(&self) {
        match self.check() {
            Ok(note) => print_note(&note),
            Err(failure) => panic!("\n{failure}"),
        }
    }

    /// Compares the build with the release that is out. Returns what a person should read
    /// although the build is accepted.
    ///
    /// # Errors
    ///
    /// If the release is rejected, or cannot be checked.
    pub fn check(&self) -> Result<String, TestFailure> {
        let program = self.program()?;
        let (build, linked) =
            artifact::open_linked(&program).map_err(|error| self.unreadable(&program, &error))?;
        let manifest = self.manifest_dir.join("Cargo.toml");
        let metadata = metadata(Some(&manifest)).map_err(TestFailure::could_not_check)?;
        let missing =
            workspace::missing(self, &metadata, &linked).map_err(TestFailure::could_not_check)?;
        if !missing.is_empty() {
            return Err(TestFailure::could_not_check(missing));
        }
        let today = config::today().map_err(TestFailure::could_not_check)?;
        let workspace = metadata.workspace_root.as_std_path();
        let policy = policy::read(&self.manifest_dir, workspace, today)
            .map_err(TestFailure::could_not_check)?;
        self.compare(&build, &policy)
    }

    /// The program to look at.
    fn program(&self) -> Result<PathBuf, TestFailure> {
        if let Some(program) = self.program {
            return Ok(program.into());
        }
        std::env::current_exe().map_err(|error| {
            TestFailure::could_not_check(format!("cannot find the test program: {error}"))
        })
    }

    fn compare(&self, build: &Registry, policy: &Policy) -> Result<String, TestFailure> {
        let path = self.manifest_dir.join(self.released);
        if self.environment.is_some() || path.is_dir() {
            return ledger::compare(self, &path, build, policy);
        }
        if !path.exists() {
            return Ok(self.first_release());
        }
        let old = artifact::open(&path, None).map_err(|error| {
            TestFailure::could_not_check(format!("{}: {error}", path.display()))
        })?;
        if old.scanned {
            return Err(TestFailure::could_not_check(format!(
                "{}: this is a scan of sources, a reading and not a proof: write the snapshot of a \
                 built program.\n\n{}",
                path.display(),
                self.how_to_write(),
            )));
        }
        let release = old.release.clone();
        let (old, build) = (policy.flags.awake(old), policy.flags.awake(build.clone()));
        let report = judge::check(&old, &build, policy).map_err(TestFailure::could_not_check)?;
        let plan = plan_rejected(&report, policy);
        let compared = format!(
            "\ncompared with {} ({}). If a later release is live, write its snapshot:\n\n{}\n",
            path.display(),
            release.version,
            self.how_to_write(),
        );
        let is_rejected = report.verdict() == Verdict::Reject;
        let beside = Beside {
            plan: Some(&plan),
            note: is_rejected.then_some(&*compared),
            ..Beside::default()
        };
        let text =
            self.text(|sources, text| render::text::report_with(&report, beside, sources, text))?;
        if is_rejected {
            return Err(TestFailure::Failed(text));
        }
        Ok(text)
    }

    /// A rendered text, without color.
    fn text(
        &self,
        render: impl FnOnce(&Sources, &mut Vec<u8>) -> io::Result<()>,
    ) -> Result<String, TestFailure> {
        let mut text = Vec::new();
        let sources = Sources::around(&self.manifest_dir);
        render(&sources, &mut text).map_err(TestFailure::could_not_check)?;
        let text = anstream::adapter::strip_bytes(&text).into_vec();
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn first_release(&self) -> String {
        format!(
            "coexist: there is no {} in the package `{}` yet, so there is no release to compare \
             with.\nWhen you release this build, write the file and commit it:\n\n    \
             cargo build --release\n{}\n",
            self.released,
            self.package,
            self.how_to_write(),
        )
    }

    /// The command that writes the snapshot, from any directory.
    fn how_to_write(&self) -> String {
        let program = self.program.map_or_else(
            || Path::new("target/release").join(self.package),
            |program| {
                let program = Path::new(program);
                let profile = program
                    .parent()
                    .and_then(Path::parent)
                    .unwrap_or(Path::new(""));
                profile
                    .join("release")
                    .join(program.file_name().unwrap_or_default())
            },
        );
        let snapshot = self.manifest_dir.join(self.released);
        format!(
            "    coexist inspect {} \\\n        --format json --output {}\n",
            program.display(),
            snapshot.display(),
        )
    }

    fn unreadable(&self, program: &Path, error: &artifact::BuildError) -> TestFailure {
        let mut text = format!("{}: {error}", program.display());
        let is_empty = matches!(
            error,
            artifact::BuildError::NoSection | artifact::BuildError::EmptySection
        );
        if is_empty && self.program.is_none() {
            let _infallible = write!(
                text,
                ".\nThe guard read the test program, which contains only the crates that this test \
                 names. To read the app, use `guard!(bin = \"name-of-the-program\")` in `tests/`, or \
                 move the guard to `src/main.rs` or `src/lib.rs`"
            );
        }
        TestFailure::could_not_check(text)
    }
}

/// Prints a note that a passing test shows as well: not through the test harness, which
/// captures what is printed with `eprintln!`.
fn print_note(note: &str) {
    use std::io::Write as _;
    let _closed = write!(std::io::stderr().lock(), "\n{}", escape::text(note));
}
