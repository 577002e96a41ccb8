//! The old build out of git: `coexist check --baseline-rev REV` builds the program
//! of that revision, and compares it with the one of the working tree.
//!
//! `git` finds the commit and `checkout` its files, `neighbours` the packages that
//! they expect beside their repository; `program` says which program is meant, `cargo`
//! builds it, and `cache` keeps its registry.

mod cache;
mod cargo;
mod checkout;
mod error;
mod git;
mod neighbours;
mod program;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use cargo_metadata::Metadata;
use semver::Version;

use crate::artifact;
use crate::registry::Registry;
use crate::workspace::manifest;
use cache::{Key, Place};
use git::{Commit, Repository};
use neighbours::Mirror;
use program::Program;

pub(crate) use error::RevisionError;

/// What is to be built, on both sides.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// The `Cargo.toml` that is named.
    pub(crate) manifest: Option<PathBuf>,
    /// The package that is named.
    pub(crate) package: Option<String>,
    /// The program that is named.
    pub(crate) bin: Option<String>,
    /// The flags that cargo gets as they are.
    pub(crate) flags: Vec<String>,
}

/// A revision, and the program that is compared.
#[derive(Debug)]
pub(crate) struct Baseline<'o> {
    options: &'o Options,
    /// The workspace as it is now.
    metadata: Metadata,
    /// The manifest, from the repository's folder.
    manifest: PathBuf,
    repository: Repository,
    commit: Commit,
    program: Program,
}

impl<'o> Baseline<'o> {
    /// Finds the revision, and the program in the working tree.
    pub(crate) fn find(rev: &str, options: &'o Options) -> Result<Self, RevisionError> {
        let metadata =
            manifest::metadata(options.manifest.as_deref()).map_err(RevisionError::Workspace)?;
        let manifest = manifest(options, &metadata)?;
        let folder = manifest.parent().unwrap_or(&manifest);
        let repository = Repository::of(folder)?;
        let commit = repository.commit(rev)?;
        let program = Program::choose(&metadata, options)?;
        let within = manifest.strip_prefix(&repository.root);
        let within = within.map_err(|_| RevisionError::NoRepository {
            folder: folder.to_owned(),
            said: format!(
                "it is outside of the working tree {}",
                repository.root.display()
            ),
        })?;
        Ok(Self {
            manifest: within.to_owned(),
            options,
            metadata,
            repository,
            commit,
            program,
        })
    }

    /// Builds the working tree as it is; returns where the program is.
    pub(crate) fn working_tree(&self, progress: &mut dyn Write) -> Result<PathBuf, RevisionError> {
        let _closed = writeln!(progress, "building the working tree …");
        cargo::Build {
            what: "the working tree",
            folder: None,
            manifest: &self.repository.root.join(&self.manifest),
            program: &self.program,
            flags: &self.options.flags,
            apart: None,
        }
        .run()
    }

    /// The registry of the revision: the one that is kept, or that of a new build.
    pub(crate) fn old(
        &self,
        stated: Option<&Version>,
        progress: &mut dyn Write,
    ) -> Result<Registry, RevisionError> {
        let place = Place::new(self.metadata.target_directory.as_std_path())?;
        let key = Key::of(self, stated, &place)?;
        let unreadable = |error| RevisionError::Unreadable {
            label: self.commit.label(),
            error,
        };
        // Whoever waits for another run finds what that one has built.
        let _lock = place.lock(progress)?;
        if let Some(registry) = place.kept(&key) {
            return Ok(registry);
        }
        let label = self.commit.label();
        let _closed = writeln!(progress, "building {label} …");
        let mirror = Mirror::new(place.folder(), &self.repository.root);
        let source = mirror.source();
        checkout::revision(&self.repository, &self.commit, &mirror)?;
        let manifest = source.join(&self.manifest);
        if !manifest.is_file() {
            return Err(RevisionError::NoManifest {
                label,
                manifest: self.manifest.clone(),
            });
        }
        let metadata = manifest::metadata(Some(&manifest)).map_err(|said| {
            let label = label.clone();
            RevisionError::OldWorkspace { label, said }
        })?;
        self.program.is_in(&metadata, &label)?;
        let has_neighbours = mirror.link(&metadata)?;
        let has_lock = self.lend_lock_file(&metadata)?;
        let program = cargo::Build {
            what: &label,
            folder: manifest.parent(),
            manifest: &manifest,
            program: &self.program,
            flags: &self.options.flags,
            apart: Some(&place.build()),
        }
        .run()?;
        let registry = artifact::open(&program, stated).map_err(unreadable)?;
        // What else it was built from may change under the same commit: then cargo is
        // asked each time.
        if has_lock && !has_neighbours {
            place.keep(&key, &registry)?;
        }
        Ok(registry)
    }

    /// Says whether the revision has a lock file. If not, it gets the one of the
    /// working tree: no more of its dependencies should differ than did.
    fn lend_lock_file(&self, old: &Metadata) -> Result<bool, RevisionError> {
        let own = old.workspace_root.as_std_path().join("Cargo.lock");
        if own.exists() {
            return Ok(true);
        }
        let lent = self.metadata.workspace_root.as_std_path();
        let lent = lent.join("Cargo.lock");
        if lent.exists() {
            fs::copy(&lent, &own).map_err(RevisionError::io(&own))?;
        }
        Ok(false)
    }
}

/// The manifest that cargo takes.
fn manifest(options: &Options, metadata: &Metadata) -> Result<PathBuf, RevisionError> {
    let here = std::env::current_dir().map_err(RevisionError::io(Path::new(".")))?;
    let manifest = if let Some(named) = &options.manifest {
        named.clone()
    } else {
        let mut manifests = here.ancestors().map(|folder| folder.join("Cargo.toml"));
        let found = manifests.find(|manifest| manifest.is_file());
        found.unwrap_or_else(|| metadata.workspace_root.as_std_path().join("Cargo.toml"))
    };
    real(&manifest)
}

/// The path without links on the way, as git and cargo write it: they do not take
/// Windows' long form, `\\?\C:\`.
fn real(path: &Path) -> Result<PathBuf, RevisionError> {
    let real = path.canonicalize().map_err(RevisionError::io(path))?;
    let short = real.to_str().and_then(|real| real.strip_prefix(r"\\?\"));
    let short = short.filter(|short| !short.starts_with("UNC"));
    Ok(short.map(PathBuf::from).unwrap_or(real))
}
