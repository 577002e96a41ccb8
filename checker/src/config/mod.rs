//! `coexist.toml`: the policy as a user states it.
//!
//! ```toml
//! [rollout]
//! strategy = "rolling"        # or "blue-green", "pinned"
//! page-lifetime = "24h"       # how long a page stays open
//! rollback = true             # whether the old build may come back
//! unlinked-pages = "judge"    # or "ignore": pages are added before links to them
//!
//! [rules]
//! target-undecided = "deny"   # or "warn", "allow"
//!
//! [[waivers]]
//! rule = "handler-removed"
//! endpoint = "POST /imports/csv"
//! form = "importer::pages::upload_csv"        # left out: every form
//! reason = "support calls those three customers"
//! expires = 2026-12-24        # or a release, "1.6.0"
//!
//! [flags]
//! new-checkout = "off"        # what is behind it sends nothing and serves nothing
//!
//! [apps.billing]                              # the name of the app's releases
//! paths = ["/billing"]        # what the paths begin with that it serves
//! hosts = ["billing.example.com"]             # left out: every host
//! strip = true                # its own paths are without what those begin with
//! ```
//!
//! Keys that are left out have the value of [`Policy::default`]. A file with an error is
//! rejected: each error is reported with its line and a correction.
//!
//! It does not apply the policy: that is the business of [`judge`](crate::judge).

mod apps;
mod claims;
mod document;
mod error;
mod flags;
mod levels;
mod rollout;
mod values;
mod waiver;

use std::path::{Path, PathBuf};

pub use error::{ConfigError, Mistake};
pub use values::{ValueError, length, strategy, time};
pub(crate) use values::{day_of, today};

use crate::model::{Level, POLICY_FILE, Policy, PolicyFile};
use crate::rules;
use crate::support::{bounded_file, visible};
use document::Section;
use error::Mistakes;

/// The policy file of a directory: in it or in the nearest one above it, up to the top of
/// its repository. Without a repository, the search ends at the directory of its workspace,
/// or, if that is not above it either, at the directory itself: what is above may belong to
/// somebody else.
#[must_use]
pub fn find(folder: &Path, is_workspace: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let last = last_folder(folder, is_workspace);
    for folder in folder.ancestors() {
        let path = folder.join(POLICY_FILE);
        // A file that cannot be read exists, and must be reported.
        if path.symlink_metadata().is_ok() {
            return Some(path);
        }
        if folder == last {
            break;
        }
    }
    None
}

/// The directory at which the search ends.
fn last_folder(folder: &Path, is_workspace: impl Fn(&Path) -> bool) -> &Path {
    let mut folders = folder.ancestors();
    let repository = folders.clone().find(|folder| folder.join(".git").exists());
    let workspace = || folders.find(|folder| is_workspace(folder));
    repository.or_else(workspace).unwrap_or(folder)
}

/// The path of a file from a directory around or below it, as a user there would name it.
pub(crate) fn relative(path: &Path, folder: &Path) -> PathBuf {
    let mut up = PathBuf::new();
    for folder in folder.ancestors() {
        if let Ok(rest) = path.strip_prefix(folder) {
            return up.join(rest);
        }
        up.push("..");
    }
    path.to_owned()
}

/// Whether a directory is that of a workspace, without asking cargo: it has a `Cargo.lock`.
#[must_use]
pub fn has_lock_file(folder: &Path) -> bool {
    folder.join("Cargo.lock").exists()
}

/// The most bytes of a policy: 4 MiB, which is tens of thousands of waivers.
const LIMIT: u64 = 4 << 20;

/// Reads a file; `shown` is its name in messages and reports.
///
/// The caller sets [`Policy::today`]: the file does not have it.
pub fn read(path: &Path, shown: &Path) -> Result<Policy, ConfigError> {
    let shown = visible::path(shown);
    let bytes = bounded_file::read(path, LIMIT)
        .map_err(|error| ConfigError::unreadable(&shown, &format!("cannot read it: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| ConfigError::unreadable(&shown, "it is not UTF-8 text"))?;
    let mut policy = parse(&text, &shown)?;
    policy.file = Some(describe(&policy, shown));
    Ok(policy)
}

/// What reports show of the file that states a policy.
fn describe(policy: &Policy, path: String) -> PolicyFile {
    let rules_with = |is_meant: fn(Option<Level>, Level) -> bool| {
        let rules = rules::ALL.iter().filter(|rule| {
            let level = policy.levels.get(rule.name);
            level.is_some_and(|level| is_meant(*level, rule.level))
        });
        rules.map(|rule| rule.name).collect()
    };
    PolicyFile {
        path,
        allowed: rules_with(|level, _| level.is_none()),
        lowered: rules_with(|level, default| level.is_some_and(|level| level > default)),
        waivers: policy.waivers.len(),
    }
}

/// Reads the text of a file of that name. Reports do not show the name: [`Policy::file`] is
/// `None`.
pub fn parse(text: &str, file: &str) -> Result<Policy, ConfigError> {
    let mut mistakes = Mistakes::new(text, file);
    let mut policy = Policy::default();
    if let Some(root) = document::parse(text, &mut mistakes) {
        let root = Section::root(&root);
        root.check_keys(
            &["apps", "flags", "rollout", "rules", "waivers"],
            &mut mistakes,
        );
        rollout::read(&root, &mut policy, &mut mistakes);
        policy.levels = levels::read(&root, &mut mistakes);
        policy.waivers = waiver::read(&root, &mut mistakes);
        policy.apps = apps::read(&root, &mut mistakes);
        policy.flags = flags::read(&root, &mut mistakes);
    }
    mistakes.unless_any(policy)
}

#[cfg(test)]
mod tests;
