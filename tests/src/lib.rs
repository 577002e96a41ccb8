//! Builds the programs that the tests look at, with cargo, as their users would.

pub mod another_crate;
pub mod generate;
pub mod releases;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The workspace's directory.
#[must_use]
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where what is built goes.
#[must_use]
pub fn target() -> PathBuf {
    let stated = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let absolute = stated.and_then(|stated| std::path::absolute(stated).ok());
    absolute.unwrap_or_else(|| workspace().join("target"))
}

/// A cargo that builds as from a shell: of the cargo that runs this, it inherits the
/// settings alone. What it builds on the way goes where the workspace's does: a
/// dependency that several of the packages have is built once.
#[must_use]
pub fn cargo(folder: &Path) -> Command {
    const SETTINGS: [&str; 4] = [
        "CARGO_HOME",
        "CARGO_INCREMENTAL",
        "CARGO_NET_OFFLINE",
        "CARGO_TERM_COLOR",
    ];
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let inherited = std::env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        let is_setting = SETTINGS.contains(&&*name) || name.starts_with("CARGO_PROFILE_");
        (name.starts_with("CARGO") && !is_setting) || name == "COEXIST_RELEASE"
    });
    for name in inherited {
        cargo.env_remove(name);
    }
    cargo.env("CARGO_BUILD_BUILD_DIR", target());
    cargo.current_dir(folder);
    cargo
}

/// The packages and features that cargo selects to build the program `coexist`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Those of its users: little is built.
    Users,
    /// Those of `cargo test --workspace --all-features`, which has built all there is.
    Tests,
}

/// Builds the program `coexist`; returns where it is.
pub fn build_coexist(selection: Selection) -> io::Result<PathBuf> {
    let mut cargo = cargo(&workspace());
    cargo.args(["build", "--quiet", "--locked", "--bin", "coexist"]);
    cargo.args(match selection {
        Selection::Users => &["--package", "coexist-checker"][..],
        // With a test among them, dependencies also have the features that tests need.
        Selection::Tests => &[
            "--workspace",
            "--all-features",
            "--features=coexist-html/default",
            "--test=pass",
        ],
    });
    cargo.arg("--target-dir").arg(target());
    succeed(&mut cargo)?;
    Ok(target().join("debug").join(program("coexist")))
}

/// Runs a command; what it says goes into the error if it fails.
pub fn succeed(command: &mut Command) -> io::Result<Output> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let what: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    let program = command.get_program().to_string_lossy();
    Err(io::Error::other(format!(
        "{program} {} ended with {}:\n{said}",
        what.join(" "),
        output.status
    )))
}

/// The file name of a program here.
#[must_use]
pub fn program(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}
