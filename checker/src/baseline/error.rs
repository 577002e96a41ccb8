//! Why a revision cannot be compared with: one variant per cause, each with what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::artifact::BuildError;

/// Why there is no build of a revision, or none of the working tree.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RevisionError {
    /// There is no git.
    #[error(
        "git cannot be run: {0}. `--baseline-rev` takes the old build out of git: install it, or \
         name two builds, `coexist check OLD NEW`"
    )]
    NoGit(io::Error),
    /// No repository, none with a working tree, or one that git does not trust.
    #[error(
        "{}: this is not in the working tree of a git repository: {said}. Without one, name two \
         builds: `coexist check OLD NEW`", folder.display()
    )]
    NoRepository {
        /// Where it was looked for.
        folder: PathBuf,
        /// Git's own words.
        said: String,
    },
    /// Git does not know the revision.
    #[error("there is no revision `{rev}` in {}. {hint}", root.display())]
    NoRevision {
        /// What was named.
        rev: String,
        /// The repository.
        root: PathBuf,
        /// What to do.
        hint: String,
    },
    /// Git cannot do something that it should.
    #[error("git cannot {what}: {said}")]
    Git {
        /// What.
        what: String,
        /// Its own words.
        said: String,
    },
    /// The files of a submodule are not here.
    #[error(
        "the submodule `{path}` cannot be checked out at {commit}: {said}. Get its commits with \
         `git -C {path} fetch --all`"
    )]
    Submodule {
        /// Where it is in the working tree.
        path: String,
        /// The commit that the revision names.
        commit: String,
        /// Git's own words.
        said: String,
    },
    /// The workspace cannot be read.
    #[error("{0}")]
    Workspace(String),
    /// The workspace of the revision cannot be read.
    #[error("the workspace of {label} cannot be read: {said}")]
    OldWorkspace {
        /// The revision.
        label: String,
        /// Cargo's own words.
        said: String,
    },
    /// The manifest is not in the revision.
    #[error(
        "there is no `{}` in {label}. Choose a later revision; if the package was elsewhere then, \
         build it by hand and name two builds: `coexist check OLD NEW`", manifest.display()
    )]
    NoManifest {
        /// The revision.
        label: String,
        /// The manifest, from the repository's folder.
        manifest: PathBuf,
    },
    /// No package of that name.
    #[error("there is no package `{package}` in the workspace: expected one of {known}")]
    NoPackage {
        /// What was named.
        package: String,
        /// What there is.
        known: String,
    },
    /// No program, or none of that name.
    #[error("there is no program {wanted} here. {hint}")]
    NoProgram {
        /// Which was looked for.
        wanted: String,
        /// What there is, and what to do.
        hint: String,
    },
    /// Several programs.
    #[error("there are several programs here: {known}. Say which with `--bin NAME`{package}")]
    SeveralPrograms {
        /// What there is.
        known: String,
        /// What else is to be said.
        package: &'static str,
    },
    /// The program is not in the revision.
    #[error(
        "{label} has no program `{bin}` in a package `{package}`. It has {known}. Choose a later \
         revision; if the program was called otherwise then, build it by hand and name two builds: \
         `coexist check OLD NEW`"
    )]
    NotThen {
        /// The revision.
        label: String,
        /// The program in the working tree.
        bin: String,
        /// Its package.
        package: String,
        /// The programs of the revision.
        known: String,
    },
    /// Cargo cannot be started.
    #[error("cargo cannot be run: {0}. Is it in the `PATH`?")]
    NoCargo(io::Error),
    /// Cargo ended with an error.
    #[error("cargo could not build {what}: its words are above")]
    Cargo {
        /// What was built.
        what: String,
    },
    /// Cargo built something else.
    #[error("cargo built {what}, and no program `{bin}` came of it")]
    NoExecutable {
        /// What was built.
        what: String,
        /// The program.
        bin: String,
    },
    /// The program of the revision cannot be read.
    #[error("{label}: {error}{}", hint(error))]
    Unreadable {
        /// The revision.
        label: String,
        /// Why.
        error: BuildError,
    },
    /// A file or folder of the cache.
    #[error("{}: {error}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl RevisionError {
    /// Makes an error of what went wrong with a file.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { path, error }
    }
}

/// What to do about a revision whose program cannot be read.
fn hint(error: &BuildError) -> &'static str {
    match error {
        BuildError::NoSection | BuildError::EmptySection => {
            ". If the annotations came later, choose a revision that has them: the release with the \
             first ones has nothing to be compared with"
        }
        BuildError::Release(_) => ". `--old-release` says it for this revision",
        _ => "",
    }
}
