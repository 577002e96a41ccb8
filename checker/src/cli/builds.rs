//! Opens the builds that a command names: files, or releases of a ledger.

use std::path::{Path, PathBuf};

use semver::Version;

use super::failure::Failure;
use super::flags::{Awake, FlagArgs, Opened};
use super::ledger::AccessArgs;
use crate::artifact::{self, BuildError, Stated};
use crate::ledger::{Ledger, Name};
use crate::model::Policy;
use crate::plan::{self, OnTheWay};
use crate::registry::Registry;
use coexist_source::version;

/// The ledger that a BUILD can be taken from, of the commands that need none.
#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    /// Ledger to read releases from: a directory, `s3://BUCKET/PREFIX`,
    /// `gs://BUCKET/PREFIX` or `az://CONTAINER/PREFIX`
    #[arg(long, value_name = "URL")]
    ledger: Option<String>,
    /// Environment to read [default: the only environment in the ledger]
    #[arg(long, value_name = "NAME", requires = "ledger")]
    environment: Option<String>,
    #[command(flatten)]
    access: AccessArgs,
}

/// What is stated of BUILD, of the commands with one build.
#[derive(Debug, clap::Args)]
pub(super) struct StatedArgs {
    /// Override the version in BUILD
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    release: Option<Version>,
    /// Leave out the program at this path in the image BUILD (repeatable)
    #[arg(long, value_name = "PATH")]
    without_program: Vec<PathBuf>,
}

/// The two builds OLD and NEW, apart from their paths.
#[derive(Debug, clap::Args)]
pub(super) struct PairArgs {
    /// Override the version in OLD
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    old_release: Option<Version>,
    /// Override the version in NEW
    #[arg(long, value_name = "VERSION", value_parser = version::parse)]
    new_release: Option<Version>,
    /// Leave out the program at this path in the image OLD (repeatable)
    #[arg(long, value_name = "PATH")]
    old_without_program: Vec<PathBuf>,
    /// Leave out the program at this path in the image NEW (repeatable)
    #[arg(long, value_name = "PATH")]
    new_without_program: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) flags: FlagArgs,
    #[command(flatten)]
    pub(super) builds: BuildArgs,
}

/// The build that NEW is a step to.
#[derive(Debug, clap::Args)]
pub(super) struct TowardsArgs {
    /// Build that NEW is a step towards: also show which forms NEW lacks on the way, where it
    /// has neither that of OLD nor the one that takes its place
    #[arg(long, value_name = "BUILD")]
    towards: Option<PathBuf>,
}

impl TowardsArgs {
    /// What NEW lacks on the way, if the build is given. It has the flags of NEW.
    pub(super) fn way(&self, builds: &Awake, pair: &PairArgs) -> Result<Option<OnTheWay>, Failure> {
        let Some(path) = &self.towards else {
            return Ok(None);
        };
        let ledger = pair.builds.ledger()?;
        let wanted = open(path, Stated::default(), ledger.as_ref())?;
        let wanted = builds.flags_of_new.awake(wanted);
        Ok(Some(OnTheWay {
            gaps: plan::gaps(&builds.old, &builds.new, &wanted),
            wanted: wanted.release,
        }))
    }
}

impl BuildArgs {
    /// Opens the ledger, if one is given.
    pub(super) fn ledger(&self) -> Result<Option<Ledger>, Failure> {
        let Some(url) = &self.ledger else {
            return Ok(None);
        };
        let store = self.access.store(url)?;
        let ledger = Ledger::open(store, self.environment.as_deref())?;
        Ok(Some(ledger))
    }
}

impl StatedArgs {
    /// What is stated of the build.
    pub(super) fn stated(&self) -> Stated<'_> {
        Stated {
            version: self.release.as_ref(),
            without: &self.without_program,
        }
    }
}

impl PairArgs {
    /// Opens both builds, and leaves out what sleeps behind flags that are off. The policy is
    /// that of a flip if only flags differ.
    pub(super) fn open(
        &self,
        old: &Path,
        new: &Path,
        policy: &mut Policy,
    ) -> Result<Awake, Failure> {
        let ledger = self.builds.ledger()?;
        let (old, new) = open_pair(
            (old, self.stated_old()),
            (new, self.stated_new()),
            ledger.as_ref(),
        )?;
        self.flags.awake(old, new, policy)
    }

    /// What is stated of OLD.
    pub(super) fn stated_old(&self) -> Stated<'_> {
        Stated {
            version: self.old_release.as_ref(),
            without: &self.old_without_program,
        }
    }

    /// What is stated of NEW.
    pub(super) fn stated_new(&self) -> Stated<'_> {
        Stated {
            version: self.new_release.as_ref(),
            without: &self.new_without_program,
        }
    }
}

/// The release that a BUILD names. What has a path separator is a file, so that no file of
/// the current directory takes the place of a release.
fn release(path: &Path) -> Option<Name> {
    let text = path.to_str()?;
    if text.contains(std::path::is_separator) {
        return None;
    }
    text.parse().ok()
}

/// Whether a BUILD names a release of a ledger.
pub(super) fn is_release(path: &Path) -> bool {
    release(path).is_some()
}

/// Opens a build, of which this is stated.
pub(super) fn open(
    path: &Path,
    stated: Stated<'_>,
    ledger: Option<&Ledger>,
) -> Result<Registry, Failure> {
    Ok(open_with_flags(path, stated, ledger)?.registry)
}

/// Opens a build, as [`open`] does: a scan of sources is none.
pub(super) fn open_built(
    path: &Path,
    stated: Stated<'_>,
    ledger: Option<&Ledger>,
) -> Result<Registry, Failure> {
    let registry = open(path, stated, ledger)?;
    if registry.scanned {
        let path = path.to_owned();
        return Err(Failure::Scanned { path });
    }
    Ok(registry)
}

/// The same, with its flags.
pub(super) fn open_with_flags(
    path: &Path,
    stated: Stated<'_>,
    ledger: Option<&Ledger>,
) -> Result<Opened, Failure> {
    match (release(path), ledger) {
        (Some(_), Some(_)) if !stated.without.is_empty() => {
            Err(unreadable(path, BuildError::NoImage))
        }
        (Some(name), Some(ledger)) => open_release(ledger, &name, stated.version),
        (Some(_), None) => Err(no_ledger(path)),
        (None, _) => match artifact::open_stated(path, stated) {
            Ok(registry) => Ok(registry.into()),
            Err(error) => Err(unreadable(path, error)),
        },
    }
}

/// Opens two builds, in parallel if both are files.
fn open_pair(
    old: (&Path, Stated<'_>),
    new: (&Path, Stated<'_>),
    ledger: Option<&Ledger>,
) -> Result<(Opened, Opened), Failure> {
    if is_release(old.0) || is_release(new.0) {
        let open = |(path, stated)| open_with_flags(path, stated, ledger);
        return Ok((open(old)?, open(new)?));
    }
    let [old_build, new_build] = artifact::open_pair(old, new);
    let old_build = old_build.map_err(|error| unreadable(old.0, error))?;
    let new_build = new_build.map_err(|error| unreadable(new.0, error))?;
    Ok((old_build.into(), new_build.into()))
}

fn open_release(
    ledger: &Ledger,
    name: &Name,
    version: Option<&Version>,
) -> Result<Opened, Failure> {
    let (_, deployment) = ledger.find(name)?;
    let mut registry = ledger.registry(&deployment)?;
    if let Some(version) = version {
        registry.release.version = version.clone();
    }
    Ok(Opened {
        registry,
        flags: Some(deployment.flags),
    })
}

fn no_ledger(path: &Path) -> Failure {
    Failure::Usage(format!(
        "{0}: this names a release: give its ledger with `--ledger URL`. If you mean a file, write \
         `./{0}`",
        path.display()
    ))
}

fn unreadable(path: &Path, error: BuildError) -> Failure {
    Failure::Build {
        path: path.to_owned(),
        error,
    }
}
