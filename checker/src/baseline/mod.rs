//! The old build from git: `coexist check --baseline-rev REV` builds the program of that
//! revision, to compare it with the one of the working tree.
//!
//! `git` finds the commit and `checkout` its files, `neighbours` the packages that they
//! expect beside their repository; `program` chooses the program, `cargo` builds it, and
//! `cache` keeps its registry.
//!
//! It does not compare the two builds: [`judge`](crate::judge) does.

mod cache;
mod cargo;
mod checkout;
mod error;
mod git;
mod neighbours;
mod options;
mod program;
mod real_path;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cargo_metadata::Metadata;
use semver::Version;

use crate::artifact;
use crate::registry::Registry;
use crate::workspace::manifest;
use cache::{BuildInputs, Cache, Key};
use git::{Commit, Repository};
use neighbours::Mirror;
use program::Program;
use real_path::real_path;

pub(crate) use error::RevisionError;
pub(crate) use options::Options;

/// A revision, and the program that is compared.
#[derive(Debug)]
pub(crate) struct Baseline<'o> {
    options: &'o Options,
    /// The workspace as it is now.
    metadata: Metadata,
    /// The manifest, from the repository's directory.
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
        let repository = Repository::find(folder)?;
        let commit = repository.commit(rev)?;
        let program = Program::choose(&metadata, options)?;
        let within = manifest.strip_prefix(&repository.root);
        let within = within.map_err(|_| RevisionError::NoRepository {
            folder: folder.to_owned(),
            message: format!(
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

    /// Builds the working tree as it is; returns the path of the program.
    pub(crate) fn working_tree(&self, progress: &mut dyn Write) -> Result<PathBuf, RevisionError> {
        let _closed = writeln!(progress, "building the working tree …");
        cargo::Build {
            what: "the working tree",
            folder: None,
            manifest: &self.repository.root.join(&self.manifest),
            program: &self.program,
            flags: &self.options.flags,
            target_dir: None,
        }
        .run(progress)
    }

    /// The registry of the revision: from the cache, or from a new build.
    pub(crate) fn old(
        &self,
        stated: Option<&Version>,
        progress: &mut dyn Write,
    ) -> Result<Registry, RevisionError> {
        let cache = Cache::open(self.metadata.target_directory.as_std_path())?;
        if self.repository.tracks(cache.folder())? {
            let folder = cache.folder().to_owned();
            return Err(RevisionError::TrackedCache { folder });
        }
        let inputs = BuildInputs {
            commit: &self.commit,
            manifest: &self.manifest,
            program: &self.program,
            flags: &self.options.flags,
            workspace: self.metadata.workspace_root.as_std_path(),
            release: stated,
        };
        let key = Key::new(&inputs, &cache)?;
        let unreadable = |error| RevisionError::Unreadable {
            label: self.commit.label(),
            error,
        };
        // After the wait for another run, what that one has built is in the cache.
        let _lock = cache.lock(progress)?;
        if let Some(registry) = cache.read(&key) {
            return Ok(registry);
        }
        let label = self.commit.label();
        let _closed = writeln!(progress, "building {label} …");
        let mirror = Mirror::new(cache.folder(), &self.repository.root);
        let source = mirror.source();
        checkout::revision(&self.repository, &self.commit, &mirror)?;
        let manifest = source.join(&self.manifest);
        if !manifest.is_file() {
            return Err(RevisionError::NoManifest {
                label,
                manifest: self.manifest.clone(),
            });
        }
        let metadata = manifest::metadata(Some(&manifest)).map_err(|message| {
            let label = label.clone();
            RevisionError::OldWorkspace { label, message }
        })?;
        self.program.require_in(&metadata, &label)?;
        let has_neighbours = mirror.link(&metadata)?;
        let has_lock = self.lend_lock_file(&metadata)?;
        let program = cargo::Build {
            what: &label,
            folder: manifest.parent(),
            manifest: &manifest,
            program: &self.program,
            flags: &self.options.flags,
            target_dir: Some(&cache.build()),
        }
        .run(progress)?;
        let registry = artifact::open(&program, stated).map_err(unreadable)?;
        // Other inputs of the build may change although the commit does not: then cargo
        // builds each time.
        if has_lock && !has_neighbours {
            cache.write(&key, &registry)?;
        }
        Ok(registry)
    }

    /// Whether the revision has a lock file. If not, it gets the one of the working tree, so
    /// that as few dependencies differ as possible.
    fn lend_lock_file(&self, old: &Metadata) -> Result<bool, RevisionError> {
        let own = old.workspace_root.as_std_path().join("Cargo.lock");
        if own.exists() {
            return Ok(true);
        }
        // Cargo would write to what it leads to, and so would the copy.
        if own.is_symlink() {
            let link = io::Error::other("this is a symbolic link to a file that does not exist");
            return Err(RevisionError::io(&own)(link));
        }
        let lent = self.metadata.workspace_root.as_std_path();
        let lent = lent.join("Cargo.lock");
        if lent.exists() {
            fs::copy(&lent, &own).map_err(RevisionError::io(&own))?;
        }
        Ok(false)
    }
}

/// The manifest that cargo reads.
fn manifest(options: &Options, metadata: &Metadata) -> Result<PathBuf, RevisionError> {
    let here = std::env::current_dir().map_err(RevisionError::io(Path::new(".")))?;
    let manifest = if let Some(named) = &options.manifest {
        named.clone()
    } else {
        let mut manifests = here.ancestors().map(|folder| folder.join("Cargo.toml"));
        let found = manifests.find(|manifest| manifest.is_file());
        found.unwrap_or_else(|| metadata.workspace_root.as_std_path().join("Cargo.toml"))
    };
    real_path(&manifest)
}
