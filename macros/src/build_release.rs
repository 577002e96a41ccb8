//! The release that is being built, as cargo and the environment tell the compiler.

use std::path::Path;

use coexist_source::lifespan::BuildRelease;
use coexist_source::version;
use semver::Version;

/// The variable of the build's environment that states its release.
pub(crate) const VARIABLE: &str = "COEXIST_RELEASE";

/// The release, as far as the crate that is being compiled can know it: from the environment, or
/// else from its package if that has a program. A library has versions of its own.
pub(crate) fn known() -> Option<BuildRelease> {
    let stated = std::env::var(VARIABLE).ok();
    if let Some(version) = stated.and_then(|text| version::parse(&text).ok()) {
        let source = format!("the value of `{VARIABLE}`");
        return Some(BuildRelease { version, source });
    }
    let package = std::env::var("CARGO_PKG_NAME").ok()?;
    let folder = std::env::var_os("CARGO_MANIFEST_DIR")?;
    let folder = Path::new(&folder);
    let is_program = std::env::var_os("CARGO_BIN_NAME").is_some()
        || folder.join("src/main.rs").is_file()
        || folder.join("src/bin").is_dir();
    let version = Version::parse(&std::env::var("CARGO_PKG_VERSION").ok()?).ok()?;
    is_program.then(|| BuildRelease {
        version,
        source: format!("the version of package `{package}`"),
    })
}
