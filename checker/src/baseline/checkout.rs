//! The files of a commit, in a directory of their own.
//!
//! The directory is a worktree of the user's repository that the repository does not know
//! (gitrepository-layout(5), `commondir`): `git worktree list` does not show it, and the
//! directory can simply be deleted. It uses the repository's objects, configuration and tags,
//! so that filters (LFS) work, and a build script that reads the commit gets the right one.
//! Nothing is fetched.
//!
//! One directory is used for all revisions: only the files that differ are written, and cargo
//! builds only what depends on them.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::RevisionError;
use super::git::{Commit, Repository, git, git_in, output};
use super::neighbours::Mirror;
use super::real_path::real_path;

/// Writes the files of the commit to the mirror, and removes what earlier runs left there.
pub(super) fn revision(
    repository: &Repository,
    commit: &Commit,
    mirror: &Mirror,
) -> Result<(), RevisionError> {
    mirror.is_apart()?;
    let folder = mirror.source();
    fs::create_dir_all(&folder).map_err(RevisionError::io(&folder))?;
    let failed = |message| RevisionError::Git {
        what: format!("check out {}", commit.label()),
        message,
    };
    files(&repository.common, &commit.hash, &folder)?.map_err(failed)?;
    submodules(
        &repository.common,
        &repository.root,
        Path::new(""),
        &commit.hash,
        &folder,
    )
}

/// Makes a directory have exactly the files of a commit; the inner error is git's message.
fn files(common: &Path, commit: &str, folder: &Path) -> Result<Result<(), String>, RevisionError> {
    let own = folder.join(".git");
    fs::create_dir_all(&own).map_err(RevisionError::io(&own))?;
    let write = |name: &str, text: &str| {
        let file = own.join(name);
        fs::write(&file, format!("{text}\n")).map_err(RevisionError::io(&file))
    };
    write("commondir", &common.to_string_lossy())?;
    write("HEAD", commit)?;
    // Only a run that was killed leaves it: this one has the cache to itself.
    let _absent = fs::remove_file(own.join("index.lock"));
    for step in [
        &["read-tree", "--reset", "-u", commit][..],
        &["clean", "-ffdxq"],
    ] {
        let mut git = git_in(folder);
        git.args(["-c", "core.sparseCheckout=false"]).args(step);
        if let Err(message) = output(&mut git)? {
            return Ok(Err(message));
        }
    }
    Ok(Ok(()))
}

/// Writes the submodules that are checked out in the working tree, at the commits of the
/// revision. The build of the working tree does not need the others, nor does this one.
fn submodules(
    common: &Path,
    working: &Path,
    within: &Path,
    commit: &str,
    folder: &Path,
) -> Result<(), RevisionError> {
    if !folder.join(".gitmodules").is_file() {
        return Ok(());
    }
    let listed = output(git_in(folder).args(["ls-tree", "-r", "-z", "--full-tree", commit]))?;
    let listed = listed.map_err(|message| RevisionError::Git {
        what: format!("list the files of {commit}"),
        message,
    })?;
    let links = listed
        .split('\0')
        .filter_map(|entry| entry.strip_prefix("160000 commit ")?.split_once('\t'));
    for (commit, path) in links {
        let (working, folder, within) = (working.join(path), folder.join(path), within.join(path));
        let Some(common) = submodule(common, path, &working)? else {
            continue;
        };
        files(&common, commit, &folder)?.map_err(|message| RevisionError::Submodule {
            path: within.display().to_string(),
            commit: commit.to_owned(),
            message,
        })?;
        submodules(&common, &working, &within, commit, &folder)?;
    }
    Ok(())
}

/// The repository of a submodule: in the working tree, or where git keeps it if the
/// submodule was removed from there.
fn submodule(common: &Path, path: &str, working: &Path) -> Result<Option<PathBuf>, RevisionError> {
    if working.join(".git").exists() {
        let asked = ["rev-parse", "--git-common-dir"];
        let found = output(git().arg("-C").arg(working).args(asked))?;
        let found = found.map_err(|message| RevisionError::Git {
            what: format!("find the repository of the submodule `{path}`"),
            message,
        })?;
        return Ok(Some(real_path(&working.join(found.trim()))?));
    }
    let kept = common.join("modules").join(path);
    Ok(kept.join("HEAD").is_file().then_some(kept))
}
