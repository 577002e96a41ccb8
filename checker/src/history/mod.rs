//! Judges each release of a repository over the one before, by what their sources say: which of
//! them broke which pages.
//!
//! `revisions` lists the releases; each is scanned out of git's objects, and what did not change
//! is read once. It prints nothing: whoever asks gets each judgement in turn.

mod revisions;

use std::collections::HashSet;
use std::path::Path;

use semver::BuildMetadata;

use crate::judge;
use crate::model::{Finding, Level, Policy, Report, TooManySteps, Verdict};
use crate::registry::Registry;
use crate::scan::git::Repository;
use crate::scan::program::files::Cache;
use crate::scan::tree::Listed;
use crate::scan::{Choice, Gap, Scan, ScanError, scan_tree};
use crate::support::parallel::deeply;
pub use revisions::{Asked, Revision};

/// A release, judged over the one before.
#[derive(Debug)]
pub struct Judged<'r> {
    /// The release before.
    pub old: &'r Revision,
    /// The release.
    pub new: &'r Revision,
    /// What comes of it.
    pub report: Report<'r>,
    /// What is said of it.
    pub verdict: Told,
    /// What was seen in it and could not be read.
    pub gaps: usize,
}

/// What is said of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing breaks.
    Accept,
    /// Somebody's submission fails.
    Reject,
    /// What could not be read may be what the findings miss.
    CouldNotCheck,
}

impl Told {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::CouldNotCheck => "could-not-check",
        }
    }
}

/// What whoever asks gets, in the order of the releases.
pub trait Listener {
    /// A release was judged.
    fn judged(&mut self, judged: &Judged<'_>);

    /// A release cannot be read, and why. `old`: the last one that could be, if there is one.
    fn unread(&mut self, old: Option<&Revision>, new: &Revision, why: &str);

    /// The first release that could be read: there is none before it.
    fn first(&mut self, first: &Revision);

    /// So many releases are done, of so many.
    fn progress(&mut self, done: usize, of: usize);
}

/// Why there is no history.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The repository cannot be read, or has no such releases.
    #[error("{0}")]
    Git(String),
    /// The program cannot be chosen.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// A judgement takes too many steps.
    #[error(transparent)]
    Steps(#[from] TooManySteps),
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// Tags that belong to no version of the longest series.
    pub left_out: Vec<String>,
    /// How many releases there are.
    pub releases: usize,
}

/// A release that was read.
struct Read {
    revision: Revision,
    registry: Registry,
    gaps: Vec<Gap>,
    /// The name of all its files' contents.
    tree: String,
}

/// Scans each release of the workspace in this folder, and judges it over the one before.
///
/// # Errors
///
/// If there is no repository, or no such releases.
pub fn walk(
    workspace: &Path,
    asked: &Asked,
    choice: &Choice,
    policy: &Policy,
    listener: &mut (dyn Listener + Send),
) -> Result<Looked, HistoryError> {
    let repository = Repository::find(workspace).map_err(HistoryError::Git)?;
    let found = revisions::find(&repository, asked).map_err(HistoryError::Git)?;
    let revisions = found.revisions;
    let looked = Looked {
        left_out: found.left_out,
        releases: revisions.len(),
    };
    let work = || each(&repository, revisions, choice, policy, listener);
    deeply(work).map_err(ScanError::Io)??;
    Ok(looked)
}

fn each(
    repository: &Repository,
    revisions: Vec<Revision>,
    choice: &Choice,
    policy: &Policy,
    listener: &mut (dyn Listener + Send),
) -> Result<(), HistoryError> {
    let objects = repository.objects().map_err(HistoryError::Git)?;
    let cache = Cache::default();
    let of = revisions.len();
    let mut last: Option<Read> = None;
    for (done, revision) in revisions.into_iter().enumerate() {
        listener.progress(done, of);
        let read = read(
            repository,
            &objects,
            &revision,
            choice,
            &cache,
            last.as_ref(),
        );
        let read = match read {
            Ok(read) => read,
            Err(why) => {
                listener.unread(last.as_ref().map(|last| &last.revision), &revision, &why);
                continue;
            }
        };
        match &last {
            None => listener.first(&read.revision),
            Some(old) => {
                let report = judge::check(&old.registry, &read.registry, policy)?;
                let verdict = verdict(&report, old, &read);
                listener.judged(&Judged {
                    old: &old.revision,
                    new: &read.revision,
                    report,
                    verdict,
                    gaps: read.gaps.len(),
                });
            }
        }
        last = Some(read);
    }
    listener.progress(of, of);
    Ok(())
}

/// Reads a release; what is the same as the one before is not read again.
fn read(
    repository: &Repository,
    objects: &crate::scan::git::Objects,
    revision: &Revision,
    choice: &Choice,
    cache: &Cache,
    last: Option<&Read>,
) -> Result<Read, String> {
    let tree = repository.tree(&revision.commit)?;
    let name = |mut registry: Registry| {
        // The tag says which release it is, whatever the manifest does; a commit has a name.
        let version = &mut registry.release.version;
        match &revision.version {
            Some(tagged) => *version = tagged.clone(),
            None => version.build = BuildMetadata::new(&revision.name).unwrap_or_default(),
        }
        registry
    };
    if let Some(last) = last.filter(|last| last.tree == tree) {
        return Ok(Read {
            revision: revision.clone(),
            registry: name(last.registry.clone()),
            gaps: last.gaps.clone(),
            tree,
        });
    }
    let files = repository.files(&revision.commit)?;
    let ids: HashSet<String> = files.values().cloned().collect();
    let listed = Listed::new(files, objects);
    let scan = scan_tree(&listed, choice, cache).map_err(|error| error.to_string());
    cache.keep(|id| ids.contains(id));
    let scan = scan?;
    if scan.is_empty() {
        return Err("no route and no form was found in it".to_owned());
    }
    let Scan { registry, gaps, .. } = scan;
    Ok(Read {
        revision: revision.clone(),
        registry: name(registry),
        gaps,
        tree,
    })
}

/// What is said of a release: if all that rejects it may be what was not read, nothing is.
fn verdict(report: &Report<'_>, old: &Read, new: &Read) -> Told {
    if report.verdict() == Verdict::Accept {
        return Told::Accept;
    }
    let routes = |read: &Read| read.gaps.iter().filter(|gap| gap.is_route).count();
    let (old_routes, new_routes) = (routes(old), routes(new));
    let denies = report.findings.iter();
    let mut denies = denies.filter(|finding| finding.level == Level::Deny);
    let may_be_unread = |finding: &Finding<'_>| {
        let is_of_new = std::ptr::eq(finding.node.registry, &raw const new.registry);
        let unread = if is_of_new {
            new_routes > old_routes || (finding.direction.is_none() && new_routes > 0)
        } else {
            old_routes > new_routes
        };
        unread && finding.node.handler.is_none()
    };
    if denies.all(may_be_unread) {
        Told::CouldNotCheck
    } else {
        Told::Reject
    }
}
