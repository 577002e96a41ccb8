//! The example apps, and the releases of each: a form goes out of service, and with it
//! or after it the handler that it posts to.

use std::path::PathBuf;
use std::process::Command;
use std::{fs, io};

use crate::{cargo, program, succeed, target, workspace};

/// An example app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct App {
    /// The package, and the program in it.
    pub package: &'static str,
    /// The feature with the form that goes, and the link to its page.
    pub form: &'static str,
    /// The feature with the handlers of the form and of its page.
    pub handler: &'static str,
    /// The path of both, as the form and the link write it.
    pub path: &'static str,
}

/// On axum, with askama.
pub const IMPORTER: App = App {
    package: "importer",
    form: "csv-form",
    handler: "csv-handler",
    path: "/imports/csv",
};
/// On actix-web, with askama.
pub const GUESTBOOK: App = App {
    package: "guestbook",
    form: "import-form",
    handler: "import-handler",
    path: "/import",
};
/// On Rocket, with maud.
pub const SIGNUP: App = App {
    package: "signup",
    form: "group-form",
    handler: "group-handler",
    path: "/events/groups/{id}",
};

/// A release of each app: how it is called, and what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// What tells it apart: its version, and how it came about.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    has_form: bool,
    has_handler: bool,
}

/// Form and handler.
pub const V1_0_0: Release = Release {
    name: "1.0.0",
    version: "1.0.0",
    has_form: true,
    has_handler: true,
};
/// Both are gone, all at once.
pub const V1_1_0_ALL_AT_ONCE: Release = Release {
    name: "1.1.0-all-at-once",
    version: "1.1.0",
    has_form: false,
    has_handler: false,
};
/// The form is gone, the handler is kept.
pub const V1_1_0: Release = Release {
    name: "1.1.0",
    version: "1.1.0",
    has_form: false,
    has_handler: true,
};
/// The handler is also gone.
pub const V1_2_0: Release = Release {
    name: "1.2.0",
    version: "1.2.0",
    has_form: false,
    has_handler: false,
};

/// All of them, in the order of the story.
pub const RELEASES: [Release; 4] = [V1_0_0, V1_1_0_ALL_AT_ONCE, V1_1_0, V1_2_0];

/// The apps.
pub const APPS: [App; 3] = [IMPORTER, GUESTBOOK, SIGNUP];

/// The features of all packages but the apps, as `.ci/run` has them, too.
const OTHER_FEATURES: &str = "coexist/html coexist-checker/default coexist-checker/tower \
     coexist-html/default coexist-tests/default";

/// Builds all releases of all apps, for tests: out of the dependencies that
/// `cargo test --workspace --all-features` has built, since cargo builds a dependency
/// anew for each selection of packages and features.
pub fn build_all() -> io::Result<()> {
    for release in RELEASES {
        let mut features = vec![OTHER_FEATURES.to_owned()];
        for app in APPS {
            let of_app = app.features(release).into_iter();
            features.extend(of_app.map(|feature| format!("{}/{feature}", app.package)));
        }
        let mut cargo = cargo_build(release);
        cargo.args(["--workspace", "--features", &features.join(" ")]);
        cargo.args(APPS.iter().flat_map(|app| ["--bin", app.package]));
        // With a test among them, dependencies also have the features that tests need.
        cargo.args(["--test", "pass"]);
        succeed(&mut cargo)?;
        for app in APPS {
            app.keep(release)?;
        }
    }
    Ok(())
}

/// The cargo that builds a release.
fn cargo_build(release: Release) -> Command {
    let mut cargo = cargo(&workspace());
    cargo
        .args(["build", "--quiet", "--locked", "--no-default-features"])
        .arg("--target-dir")
        .arg(target())
        .env("COEXIST_RELEASE", release.version);
    cargo
}

impl App {
    /// Builds a release of this app alone; returns where its program is.
    pub fn build(&self, release: Release) -> io::Result<PathBuf> {
        let features = self.features(release).join(",");
        let mut cargo = cargo_build(release);
        cargo.args(["--package", self.package, "--features", &features]);
        succeed(&mut cargo)?;
        self.keep(release)
    }

    /// The features that make a release.
    fn features(&self, release: Release) -> Vec<&'static str> {
        let features = [
            (release.has_form, self.form),
            (release.has_handler, self.handler),
        ];
        let features = features.into_iter();
        features
            .filter_map(|(is_in, feature)| is_in.then_some(feature))
            .collect()
    }

    /// Keeps the program that was just built as that of a release.
    fn keep(&self, release: Release) -> io::Result<PathBuf> {
        let built = target().join("debug").join(program(self.package));
        let kept = self.program(release);
        fs::create_dir_all(target().join("releases"))?;
        // A program that runs, and who starts one just now, keep what they have.
        let copy = format!("{}-copied-by-{}", self.package, std::process::id());
        let whole = kept.with_file_name(copy);
        fs::copy(built, &whole)?;
        fs::rename(whole, &kept)?;
        Ok(kept)
    }

    /// Where the program of a release is, once it is built.
    #[must_use]
    pub fn program(&self, release: Release) -> PathBuf {
        let name = format!("{}-{}", self.package, release.name);
        target().join("releases").join(program(&name))
    }
}
