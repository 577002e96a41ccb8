//! What the rules have in common in what they say: names of releases and items, and the
//! steps to take instead.

use semver::Version;

use super::cross_app;
use crate::model::{Direction, Finding, Step};
use crate::registry::{Bound, Handler, Release};

/// What the words of a finding about a submission speak of.
pub(super) struct Names<'r> {
    /// The form, by its short name.
    pub(super) form: &'r str,
    /// The handler that takes it in the page's own build, by its short name.
    pub(super) handler: &'r str,
    /// The handler at which it arrives, by its short name.
    pub(super) there: &'r str,
    /// The release of the page.
    pub(super) page: String,
    /// The release of the node.
    pub(super) node: String,
    /// The release that is asked about.
    pub(super) this: String,
    /// The one after it.
    pub(super) next: String,
    /// The version of that, if it can be told.
    next_version: Option<Version>,
    /// The releases of both apps, if page and node are of two.
    pub(super) across: Option<cross_app::Apps<'r>>,
}

impl<'r> Names<'r> {
    pub(super) fn of(finding: &Finding<'r>) -> Self {
        let (old, new) = old_and_new(finding);
        let crossing = finding.crossing.as_ref();
        let across = crossing.map(|crossing| cross_app::Apps::of(finding, crossing));
        let this = match (&across, finding.direction) {
            (None, _) => this_release(old, new),
            (Some(_), Some(Direction::NewToOld)) => finding.page_name(),
            (Some(across), _) => across.theirs.clone(),
        };
        let next_version = following_twice(old, new);
        let next = match &next_version {
            Some(version) => version.to_string(),
            None => format!("the release after {this}"),
        };
        let form = finding.page.form.map_or("the form", |form| short(&form.id));
        let name = |handler: Option<&'r Handler>| {
            handler.map_or("the handler", |handler| short(&handler.id))
        };
        Self {
            form,
            handler: name(finding.page.handler),
            there: name(finding.node.handler),
            page: finding.page_name(),
            node: finding.node_name(),
            this,
            next,
            next_version,
            across,
        }
    }

    /// First `change`, which keeps the handler; its end is announced. Then, when
    /// nobody needs it any longer, the handler goes.
    pub(super) fn keep_then_remove(&self, finding: &Finding<'_>, change: String) -> Vec<Step> {
        if let Some(across) = &self.across {
            return across.keep(self, finding);
        }
        let mut keep = Step::new(&self.this, change);
        if let Some(handler) = finding.page.handler
            && let Some(end) = end(handler, self.next_version.as_ref())
        {
            keep.paste = Some(end);
            keep.paste_into = Some(annotation(handler, &finding.page_name()));
        }
        let when = format!(
            "when no node of {} runs and its pages have expired",
            finding.page_name()
        );
        let remove = format!("take the handler `{}` out", self.handler);
        vec![keep, Step::new(format!("{}, {when}", self.next), remove)]
    }

    /// What to do if an old page fails at a new node: first what goes on taking what old
    /// pages send, then, when these are gone, the rest. And if a new page fails at an old
    /// node: first what takes it, then, when every node does, what sends it.
    pub(super) fn accept_first(
        &self,
        finding: &Finding<'_>,
        old_to_new: [String; 2],
        new_to_old: [String; 2],
    ) -> Vec<Step> {
        if finding.direction == Some(Direction::NewToOld) {
            if let Some(across) = &self.across {
                return across.take(self);
            }
            let [change, then] = new_to_old;
            return self.in_two(change, then);
        }
        let [change, then] = old_to_new;
        if let Some(across) = &self.across {
            return across.keep_accepting(self, finding, then);
        }
        let (next, page) = (&self.next, &self.page);
        let when = format!("{next}, when no node of {page} runs and its pages have expired");
        vec![Step::new(&self.this, change), Step::new(when, then)]
    }

    /// First `change`, which adds the handler. Then, when every node has it, `then`.
    pub(super) fn add_then_use(
        &self,
        finding: &Finding<'_>,
        change: String,
        then: String,
    ) -> Vec<Step> {
        match &self.across {
            Some(across) => across.add(self, finding),
            None => self.in_two(change, then),
        }
    }

    fn in_two(&self, change: String, then: String) -> Vec<Step> {
        let when = format!("{}, when every node runs {}", self.next, self.this);
        vec![Step::new(&self.this, change), Step::new(when, then)]
    }
}

/// The release that is out, and the one that is to come.
fn old_and_new<'r>(finding: &Finding<'r>) -> (&'r Release, &'r Release) {
    use crate::model::Direction::{NewToOld, OldToNew};
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
pub(super) fn following(version: &Version) -> Option<Version> {
    let is_calendar = version.major >= 1900;
    (!is_calendar).then(|| Version::new(version.major, version.minor + 1, 0))
}

/// What announces the end of a handler, if that can be told. The rest of its
/// annotation stays as it is: its path is stated there, or by the framework.
pub(super) fn end(handler: &Handler, until: Option<&Version>) -> Option<String> {
    let (since, until) = (handler.since.as_ref()?, until?);
    // A handler of that very release: there is no range to announce.
    if matches!(since, Bound::Version(since) if since >= until) {
        return None;
    }
    let is_announced = handler.until.as_ref() == Some(until);
    (!is_announced).then(|| format!("until = \"{until}\""))
}

/// The annotation of a handler, and where it stands in a release.
pub(super) fn annotation(handler: &Handler, release: &str) -> String {
    let name = short(&handler.id);
    match &handler.source {
        Some(source) => format!("the `#[handler]` of `{name}`, in {release} at {source}"),
        None => format!("the `#[handler]` of `{name}`"),
    }
}

/// The last part of an item's path.
pub(super) fn short(id: &str) -> &str {
    id.rsplit("::").next().unwrap_or(id)
}
