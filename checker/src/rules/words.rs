//! What a rule says of a finding, before anybody decides how it is printed.

use semver::Version;

use crate::judge::Finding;
use crate::registry::{Handler, Release};

/// What is said of one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What breaks for the user of the app, in one line.
    pub headline: String,
    /// What the node answers.
    pub answer: &'static str,
    /// What to do instead, release by release.
    pub steps: Vec<Step>,
}

/// What one release does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which release, and when it may go.
    pub release: String,
    /// What goes into it.
    pub change: String,
    /// An annotation to paste.
    pub paste: Option<String>,
}

impl Step {
    pub(super) fn new(release: impl Into<String>, change: impl Into<String>) -> Self {
        Self {
            release: release.into(),
            change: change.into(),
            paste: None,
        }
    }

    pub(super) fn with_paste(self, paste: String) -> Self {
        Self {
            paste: Some(paste),
            ..self
        }
    }
}

/// The old release of a finding, and the one that is to come.
pub(super) fn old_and_new<'r>(finding: &Finding<'r>) -> (&'r Release, &'r Release) {
    use crate::judge::Direction::{NewToOld, OldToNew};
    match finding.direction {
        Some(OldToNew) | None => (finding.page_release(), finding.node_release()),
        Some(NewToOld) => (finding.node_release(), finding.page_release()),
    }
}

/// How the release that is asked about is numbered: by its version, unless that
/// is the one that is out.
pub(super) fn this_release(old: &Release, new: &Release) -> String {
    if old.version == new.version {
        return match following(&new.version) {
            Some(version) => version.to_string(),
            None => format!("the release after {}", new.version),
        };
    }
    new.version.to_string()
}

/// How the release after it is numbered.
pub(super) fn next_release(old: &Release, new: &Release) -> String {
    match following_twice(old, new) {
        Some(version) => version.to_string(),
        None => format!("the release after {}", this_release(old, new)),
    }
}

/// The version of the release after the one that is asked about, if the team's
/// count shows how it goes on.
pub(super) fn following_twice(old: &Release, new: &Release) -> Option<Version> {
    let this = following(&new.version)?;
    if old.version == new.version {
        following(&this)
    } else {
        Some(this)
    }
}

/// The next minor version. Calendar versions do not tell the next one.
fn following(version: &Version) -> Option<Version> {
    let is_calendar = version.major >= 1900;
    (!is_calendar).then(|| Version::new(version.major, version.minor + 1, 0))
}

/// The annotation of a handler that announces its end, if that can be told.
pub(super) fn announced(handler: &Handler, until: Option<Version>) -> Option<String> {
    let (since, until) = (handler.since.as_ref()?, until?);
    let Handler { method, path, .. } = handler;
    Some(format!(
        "#[handler({method} \"{path}\", since = \"{since}\", until = \"{until}\")]"
    ))
}

/// The last part of an item's path.
pub(super) fn short(id: &str) -> &str {
    id.rsplit("::").next().unwrap_or(id)
}

/// The form that a finding is about, by its short name.
pub(super) fn form_name<'r>(finding: &Finding<'r>) -> &'r str {
    finding.page.form.map_or("the form", |form| short(&form.id))
}
