//! The files of a commit, in a folder of their own.
//!
//! The folder is a worktree of the user's repository that the repository does not
//! know of (gitrepository-layout(5), `commondir`): `git worktree list` does not show it,
//! and nothing is left behind when the folder is deleted. It has the repository's
//! objects, configuration and tags, so that filters (LFS) work, and a build script
//! that asks for the commit gets the right one. Nothing is fetched.
//!
//! There is one folder for all revisions: from one to the next only the files that
//! differ are written, and cargo builds only what they touch.

use std::fs;
use std::path::{Path, PathBuf};

use super::git::{Commit, Repository, git, git_in, said};
use super::neighbours::Mirror;
use super::{RevisionError, real};

/// Puts the files of the commit into the mirror, whatever an earlier run, or one that
/// was interrupted, left there.
pub(super) fn revision(
    repository: &Repository,
    commit: &Commit,
    mirror: &Mirror,
) -> Result<(), RevisionError> {
    let folder = mirror.source();
    fs::create_dir_all(&folder).map_err(RevisionError::io(&folder))?;
    mirror.is_apart(&folder)?;
    let failed = |said| RevisionError::Git {
        what: format!("check {} out", commit.label()),
        said,
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

/// Makes a folder hold exactly the files of a commit; the error is in git's words.
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
        if let Err(said) = said(&mut git)? {
            return Ok(Err(said));
        }
    }
    Ok(Ok(()))
}

/// The submodules that are checked out in the working tree, at the commits of the
/// revision. The build needs the others as little as that of the working tree does.
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
    let listed = said(git_in(folder).args(["ls-tree", "-r", "-z", "--full-tree", commit]))?;
    let listed = listed.map_err(|said| RevisionError::Git {
        what: format!("list the files of {commit}"),
        said,
    })?;
    let links = listed
        .split('\0')
        .filter_map(|entry| entry.strip_prefix("160000 commit ")?.split_once('\t'));
    for (commit, path) in links {
        let (working, folder, within) = (working.join(path), folder.join(path), within.join(path));
        let Some(common) = submodule(common, path, &working)? else {
            continue;
        };
        files(&common, commit, &folder)?.map_err(|said| RevisionError::Submodule {
            path: within.display().to_string(),
            commit: commit.to_owned(),
            said,
        })?;
        submodules(&common, &working, &within, commit, &folder)?;
    }
    Ok(())
}

/// The repository of a submodule: where the working tree has it, or where git keeps
/// it if the submodule is gone from there.
fn submodule(common: &Path, path: &str, working: &Path) -> Result<Option<PathBuf>, RevisionError> {
    if working.join(".git").exists() {
        let asked = ["rev-parse", "--git-common-dir"];
        let found = said(git().arg("-C").arg(working).args(asked))?;
        let found = found.map_err(|said| RevisionError::Git {
            what: format!("find the repository of the submodule `{path}`"),
            said,
        })?;
        return Ok(Some(real(&working.join(found.trim()))?));
    }
    let kept = common.join("modules").join(path);
    Ok(kept.join("HEAD").is_file().then_some(kept))
}
