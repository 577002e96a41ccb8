//! Asks git for the repository and for the commit of a revision.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::error::RevisionError;
use super::real_path::real_path;
use crate::support::text::one_line;

/// The variables that git sets in hooks and aliases: they name one repository, and several
/// are read here. Those that configure git stay.
const OF_ONE_REPOSITORY: [&str; 10] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// A repository with a working tree.
#[derive(Debug)]
pub(super) struct Repository {
    /// The directory of the working tree.
    pub(super) root: PathBuf,
    /// Where its objects, references and configuration are.
    pub(super) common: PathBuf,
    is_shallow: bool,
}

/// A commit, and the name that it was given by.
#[derive(Debug)]
pub(super) struct Commit {
    /// Its full hash.
    pub(super) hash: String,
    short: String,
    rev: String,
}

impl Commit {
    /// Its name for people.
    pub(super) fn label(&self) -> String {
        if self.hash.starts_with(&self.rev) {
            return self.short.clone();
        }
        format!("{} ({})", self.short, self.rev)
    }
}

impl Repository {
    /// The repository in whose working tree the directory is.
    pub(super) fn find(folder: &Path) -> Result<Self, RevisionError> {
        let asked = [
            "rev-parse",
            "--show-toplevel",
            "--git-common-dir",
            "--is-shallow-repository",
        ];
        let message = output(git().arg("-C").arg(folder).args(asked))?;
        let no_repository = |message: &str| RevisionError::NoRepository {
            folder: folder.to_owned(),
            message: message.trim().to_owned(),
        };
        let message = message.map_err(|message| no_repository(&message))?;
        let [root, common, is_shallow] = message.lines().collect::<Vec<_>>()[..] else {
            return Err(no_repository(&message));
        };
        Ok(Self {
            root: real_path(Path::new(root))?,
            common: real_path(&folder.join(common))?,
            is_shallow: is_shallow == "true",
        })
    }

    /// The commit that `rev` names.
    pub(super) fn commit(&self, rev: &str) -> Result<Commit, RevisionError> {
        let Some(hash) = self.resolve(rev, &[])? else {
            return Err(self.unknown(rev));
        };
        let short = self.resolve(&hash, &["--short"])?;
        Ok(Commit {
            short: short.unwrap_or_else(|| hash.clone()),
            rev: rev.to_owned(),
            hash,
        })
    }

    /// Whether files below a directory belong to the repository. Outside of it, none does.
    pub(super) fn tracks(&self, folder: &Path) -> Result<bool, RevisionError> {
        let mut git = git();
        git.arg("-C").arg(&self.root);
        git.args(["ls-files", "-z", "--"]).arg(real_path(folder)?);
        Ok(output(&mut git)?.is_ok_and(|files| !files.is_empty()))
    }

    fn resolve(&self, rev: &str, flags: &[&str]) -> Result<Option<String>, RevisionError> {
        if rev.starts_with('-') {
            return Ok(None);
        }
        let mut git = git();
        git.arg("-C").arg(&self.root);
        git.args(["rev-parse", "--verify", "--quiet"]).args(flags);
        let message = output(git.arg(format!("{rev}^{{commit}}")))?;
        Ok(message.ok().map(|hash| hash.trim().to_owned()))
    }

    fn unknown(&self, rev: &str) -> RevisionError {
        let fetched = format!("origin/{rev}");
        let hint = if matches!(self.resolve(&fetched, &[]), Ok(Some(_))) {
            format!("Did you mean `{fetched}`?")
        } else if self.is_shallow {
            "This clone is shallow and contains only the last commits: `git fetch --unshallow --tags` \
             fetches the others (in GitHub's actions/checkout: `fetch-depth: 0`)"
                .to_owned()
        } else {
            "If a remote has it, fetch it with `git fetch --tags`".to_owned()
        };
        RevisionError::NoRevision {
            rev: rev.to_owned(),
            root: self.root.clone(),
            hint,
        }
    }
}

/// A git command that finds its repository itself, and runs no hooks.
pub(super) fn git() -> Command {
    let mut git = Command::new("git");
    forget_repository(&mut git);
    git.args(["-c", "core.hooksPath=/dev/null"]);
    git
}

/// A git command on a directory whose repository is known.
pub(super) fn git_in(folder: &Path) -> Command {
    let mut git = git();
    let flag = |name: &str, path: &Path| {
        let mut flag = OsStr::new(name).to_owned();
        flag.push(path);
        flag
    };
    git.current_dir(folder)
        .arg(flag("--git-dir=", &folder.join(".git")))
        .arg(flag("--work-tree=", folder));
    git
}

/// Removes the variables that point a command, and its build scripts, to one repository.
pub(super) fn forget_repository(command: &mut Command) {
    for name in OF_ONE_REPOSITORY {
        command.env_remove(name);
    }
}

/// Runs git: returns its standard output, or if it fails, its standard error in one line.
pub(super) fn output(git: &mut Command) -> Result<Result<String, String>, RevisionError> {
    let Output {
        status,
        stdout,
        stderr,
    } = git.output().map_err(RevisionError::NoGit)?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(if status.success() {
        Ok(text(stdout))
    } else {
        Err(one_line(&text(stderr)))
    })
}
