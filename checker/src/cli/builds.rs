//! The builds that a command names: files, or releases of a ledger.

use std::path::Path;

use semver::Version;

use super::exit::Failure;
use super::ledger::AccessArgs;
use crate::artifact::{self, BuildError};
use crate::ledger::{Ledger, Name};
use crate::registry::Registry;

/// The ledger that releases are taken from, of every command that can do without.
#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    /// The ledger of which a BUILD may be a release, named as `importer@1.4.0`.
    #[arg(long, value_name = "URL")]
    ledger: Option<String>,
    /// The environment of it. Left out, the only one there is.
    #[arg(long, value_name = "NAME", requires = "ledger")]
    environment: Option<String>,
    #[command(flatten)]
    access: AccessArgs,
}

impl BuildArgs {
    /// The ledger, if one is named.
    pub(super) fn ledger(&self) -> Result<Option<Ledger>, Failure> {
        let Some(url) = &self.ledger else {
            return Ok(None);
        };
        let store = self.access.store(url)?;
        let ledger = Ledger::open(store, self.environment.as_deref())?;
        Ok(Some(ledger))
    }
}

/// The release that the name of a build means: one that is no file.
fn release(path: &Path) -> Option<Name> {
    let name = path.to_str()?.parse().ok()?;
    (!path.exists()).then_some(name)
}

/// Whether the name of a build means a release.
pub(super) fn is_release(path: &Path) -> bool {
    release(path).is_some()
}

/// Opens a build; `version` is its version, whatever it says itself.
pub(super) fn open(
    path: &Path,
    version: Option<&Version>,
    ledger: Option<&Ledger>,
) -> Result<Registry, Failure> {
    match (release(path), ledger) {
        (Some(name), Some(ledger)) => of_ledger(ledger, &name, version),
        (Some(_), None) => Err(no_ledger(path)),
        (None, _) => artifact::open(path, version).map_err(|error| unreadable(path, error)),
    }
}

/// Opens two builds, side by side if both are files.
pub(super) fn open_pair(
    old: (&Path, Option<&Version>),
    new: (&Path, Option<&Version>),
    ledger: Option<&Ledger>,
) -> Result<(Registry, Registry), Failure> {
    if is_release(old.0) || is_release(new.0) {
        return Ok((open(old.0, old.1, ledger)?, open(new.0, new.1, ledger)?));
    }
    let [old_build, new_build] = artifact::open_pair(old, new);
    let old_build = old_build.map_err(|error| unreadable(old.0, error))?;
    let new_build = new_build.map_err(|error| unreadable(new.0, error))?;
    Ok((old_build, new_build))
}

fn of_ledger(ledger: &Ledger, name: &Name, version: Option<&Version>) -> Result<Registry, Failure> {
    let (_, deployment) = ledger.find(name)?;
    let mut registry = ledger.registry(&deployment)?;
    if let Some(version) = version {
        registry.release.version = version.clone();
    }
    Ok(registry)
}

fn no_ledger(path: &Path) -> Failure {
    Failure::Usage(format!(
        "{}: there is no such file. If it is a release, say of which ledger: `--ledger URL`",
        path.display()
    ))
}

pub(super) fn unreadable(path: &Path, error: BuildError) -> Failure {
    Failure::Build {
        path: path.to_owned(),
        error,
    }
}
