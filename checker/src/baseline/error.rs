//! Why a revision or the working tree could not be built: a variant for each cause, with
//! what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::artifact::BuildError;

/// Why a revision or the working tree could not be built.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RevisionError {
    /// Git cannot be started.
    #[error(
        "cannot run git: {0}. `--baseline-rev` needs git: install it, or give two builds: \
         `coexist check OLD NEW`"
    )]
    NoGit(io::Error),
    /// No repository, none with a working tree, or one that git does not trust.
    #[error(
        "{}: not in the working tree of a git repository: {message}. Without a repository, give two \
         builds: `coexist check OLD NEW`", folder.display()
    )]
    NoRepository {
        /// The directory that was searched.
        folder: PathBuf,
        /// The message of git.
        message: String,
    },
    /// There is no such revision.
    #[error("there is no revision `{rev}` in {}. {hint}", root.display())]
    NoRevision {
        /// The revision, as it was given.
        rev: String,
        /// The repository.
        root: PathBuf,
        /// What to do.
        hint: String,
    },
    /// A git command failed.
    #[error("git cannot {what}: {message}")]
    Git {
        /// What git was to do.
        what: String,
        /// The message of git.
        message: String,
    },
    /// The commit of a submodule is not in its repository.
    #[error(
        "the submodule `{path}` cannot be checked out at {commit}: {message}. Get its commits with \
         `git -C {path} fetch --all`"
    )]
    Submodule {
        /// Its path in the working tree.
        path: String,
        /// The commit that the revision names.
        commit: String,
        /// The message of git.
        message: String,
    },
    /// The cache belongs to the repository.
    #[error(
        "{}: files in it are under version control. What is there is taken for builds of old \
         revisions, so remove them from the repository", folder.display()
    )]
    TrackedCache {
        /// The directory of the cache.
        folder: PathBuf,
    },
    /// The workspace cannot be read.
    #[error("{0}")]
    Workspace(String),
    /// The workspace of the revision cannot be read.
    #[error("the workspace of {label} cannot be read: {message}")]
    OldWorkspace {
        /// The revision.
        label: String,
        /// The message of cargo.
        message: String,
    },
    /// The manifest is not in the revision.
    #[error(
        "there is no `{}` in {label}. Choose a later revision. If the package was in another directory \
         then, build it yourself and give two builds: `coexist check OLD NEW`", manifest.display()
    )]
    NoManifest {
        /// The revision.
        label: String,
        /// The manifest, from the repository's directory.
        manifest: PathBuf,
    },
    /// No package of that name.
    #[error("there is no package `{package}` in the workspace: expected one of {known}")]
    NoPackage {
        /// The package, as it was given.
        package: String,
        /// The names that there are.
        known: String,
    },
    /// No program, or none of that name.
    #[error("there is no program{wanted} here. {hint}")]
    NoProgram {
        /// The name that was given, with a space before it; empty if none was.
        wanted: String,
        /// The programs that there are, or what to do.
        hint: String,
    },
    /// Several programs.
    #[error("there are several programs here: {known}. Choose one with `--bin NAME`{package}")]
    SeveralPrograms {
        /// The names that there are.
        known: String,
        /// Another option that chooses.
        package: &'static str,
    },
    /// The program is not in the revision.
    #[error(
        "{label} has no program `{bin}` in a package `{package}`. It has {known}. Choose a later \
         revision. If the program had another name then, build it yourself and give two builds: \
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
    #[error("cannot run cargo: {0}. Is it in the `PATH`?")]
    NoCargo(io::Error),
    /// Cargo ended with an error.
    #[error("cargo could not build {what}: see its errors above")]
    Cargo {
        /// What was built.
        what: String,
    },
    /// Cargo did not build the program.
    #[error("cargo built {what}, but did not produce the program `{bin}`")]
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
        error: BuildError,
    },
    /// A file or directory cannot be read or written.
    #[error("{}: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
}

impl RevisionError {
    /// The error of a file or directory.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { path, error }
    }
}

/// What to do about a revision whose program cannot be read.
fn hint(error: &BuildError) -> &'static str {
    match error {
        BuildError::NoSection | BuildError::EmptySection => {
            ". If annotations were added later, choose a revision that has them: the first release \
             with annotations cannot be compared with anything"
        }
        BuildError::Release(_) => ". Set the version of this revision with `--old-release`",
        _ => "",
    }
}
