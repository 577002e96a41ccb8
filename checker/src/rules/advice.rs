//! What the explanations of submissions share: noun phrases for releases and handlers, and
//! the steps to take instead.

use semver::Version;

use super::cross_app;
use crate::endpoint::unnamed;
use crate::model::{Direction, Finding, Group, Step};
use crate::registry::{Bound, Handler, Release};
use crate::support::text::last_segment;

/// The noun phrases of an explanation that is about a submission.
pub(super) struct Names<'a, 'r> {
    pub(super) group: &'a Group<'a, 'r>,
    /// The handler that the page's own build has for it, by its short name.
    pub(super) handler: &'r str,
    /// The handler that it reaches, by its short name.
    pub(super) reached: &'r str,
    /// The releases of the pages.
    pub(super) page: String,
    /// The releases of the nodes.
    pub(super) node: String,
    /// The release that is asked about.
    pub(super) this: String,
    /// The one after it.
    pub(super) next: String,
    /// The version of that, if it can be told.
    next_version: Option<Version>,
    /// The releases of both apps, if page and node are of two.
    pub(super) cross_app: Option<cross_app::Apps<'r>>,
}

impl<'a, 'r> Names<'a, 'r> {
    pub(super) fn new(group: &'a Group<'a, 'r>) -> Self {
        let finding = group.first();
        let (old, new) = old_and_new(finding);
        let crossing = finding.crossing.as_ref();
        let cross_app = crossing.map(|crossing| cross_app::Apps::new(finding, crossing));
        let this = match (&cross_app, finding.direction) {
            (None, _) => this_release(old, new),
            (Some(_), Some(Direction::NewToOld)) => finding.page_name(),
            (Some(apps), _) => apps.theirs.clone(),
        };
        let next_version = following_twice(old, new);
        let next = match &next_version {
            Some(version) => version.to_string(),
            None => format!("the release after {this}"),
        };
        Self {
            group,
            handler: handler_name(finding.page.handler),
            reached: handler_name(finding.node.handler),
            page: group.page(),
            node: group.node(),
            this,
            next,
            next_version,
            cross_app,
        }
    }

    /// A headline: submissions of the forms `get` an answer from the nodes. `detail` says
    /// which submissions, with a space before it, or is empty.
    pub(super) fn submissions(&self, detail: &str, get: &str) -> String {
        let Self {
            group, page, node, ..
        } = self;
        let forms = group.forms();
        format!("submissions of {forms}{detail} from pages of {page} {get} from nodes of {node}")
    }

    /// First `change`, which keeps the handler and announces its end. Then, when nobody
    /// needs the handler any longer, it is removed.
    pub(super) fn keep_then_remove(&self, change: String) -> Vec<Step> {
        if let Some(apps) = &self.cross_app {
            return apps.keep(self);
        }
        let mut keep = Step::new(&self.this, change);
        let newest = self.group.newest();
        if let Some(handler) = newest.page.handler
            && let Some(end) = end(handler, self.next_version.as_ref())
        {
            keep.paste = Some(end);
            keep.paste_into = Some(annotation(handler, &newest.page_name()));
        }
        let when = format!("{}, {}", self.next, self.when_expired());
        let remove = format!("remove the handler `{}`", self.handler);
        vec![keep, Step::new(when, remove)]
    }

    /// What to do if an old page fails at a new node: first what keeps accepting what old
    /// pages send, then, when these are gone, the rest. And if a new page fails at an old
    /// node: first what accepts it, then, when every node does, what sends it.
    pub(super) fn accept_first(
        &self,
        old_to_new: [String; 2],
        new_to_old: [String; 2],
    ) -> Vec<Step> {
        if self.group.first().direction == Some(Direction::NewToOld) {
            if let Some(apps) = &self.cross_app {
                return apps.accept(self);
            }
            let [change, then] = new_to_old;
            return self.in_two(change, then);
        }
        let [change, then] = old_to_new;
        if let Some(apps) = &self.cross_app {
            return apps.keep_accepting(self, then);
        }
        let when = format!("{}, {}", self.next, self.when_expired());
        vec![Step::new(&self.this, change), Step::new(when, then)]
    }

    /// First `change`, which adds the handler. Then, when every node has it, `then`.
    pub(super) fn add_then_use(&self, change: String, then: String) -> Vec<Step> {
        match &self.cross_app {
            Some(apps) => apps.add(self),
            None => self.in_two(change, then),
        }
    }

    /// When nothing of the pages' releases is left.
    pub(super) fn when_expired(&self) -> String {
        let their = self.group.agree_releases("its", "their");
        format!(
            "when no node of {} runs and {their} pages have expired",
            self.page
        )
    }

    fn in_two(&self, change: String, then: String) -> Vec<Step> {
        let when = format!("{}, when every node runs {}", self.next, self.this);
        vec![Step::new(&self.this, change), Step::new(when, then)]
    }
}

/// The handler that the page's own build has for the submission, by its short name.
pub(super) fn handler(finding: &Finding<'_>) -> String {
    handler_name(finding.page.handler).to_owned()
}

/// The handler that the submission reaches, by its short name.
pub(super) fn reached(finding: &Finding<'_>) -> String {
    handler_name(finding.node.handler).to_owned()
}

/// What [`Names::keep_then_remove`] names: the handler, its end, and the page's app.
pub(super) fn kept(finding: &Finding<'_>) -> Vec<String> {
    let (old, new) = old_and_new(finding);
    let next = following_twice(old, new);
    let end_here = |handler| end(handler, next.as_ref());
    let end = finding.crossing.as_ref().map_or_else(
        || finding.page.handler.and_then(end_here),
        |crossing| cross_app::end(finding, crossing),
    );
    let page_app = finding
        .crossing
        .as_ref()
        .map(|_| &finding.page_release().name);
    let mut names = vec![handler(finding)];
    names.extend(end);
    names.extend(page_app.cloned());
    names
}

/// The endpoint, without the names of its parameters.
pub(super) fn endpoint(finding: &Finding<'_>) -> String {
    let (method, path) = finding.endpoint;
    format!("{method} {}", unnamed(path))
}

fn handler_name(handler: Option<&Handler>) -> &str {
    handler.map_or("the handler", |handler| last_segment(&handler.id))
}

/// The release that is out, and the one that is to come.
fn old_and_new<'r>(finding: &Finding<'r>) -> (&'r Release, &'r Release) {
    match finding.direction {
        Some(Direction::OldToNew) | None => (finding.page_release(), finding.node_release()),
        Some(Direction::NewToOld) => (finding.node_release(), finding.page_release()),
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
    let name = last_segment(&handler.id);
    match &handler.source {
        Some(source) => format!("the `#[handler]` of `{name}`, in {release} at {source}"),
        None => format!("the `#[handler]` of `{name}`"),
    }
}
