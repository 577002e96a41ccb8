//! What the explanations of submissions share: noun phrases for releases and handlers, and
//! the steps to take instead.

use semver::Version;

use super::cross_app;
use crate::endpoint::unnamed;
use crate::model::{Direction, Finding, Group, Holds, Paste, Step};
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
    /// The version of the release after it, if it can be told.
    next_version: Option<Version>,
    /// The releases of both apps, if page and node are of two.
    pub(super) cross_app: Option<cross_app::Apps<'r>>,
}

/// What to do about old pages, if the new release drops something that they need.
pub(super) struct Dropping {
    /// What the handler does as long as there are such pages: "keep reading …".
    pub(super) keep: String,
    /// What the forms change, if they are not removed.
    pub(super) change_form: Option<String>,
    /// What the handler changes when there are no such pages any longer.
    pub(super) then: String,
}

/// What to do about the handler that old pages submit to, if the new release lacks it.
pub(super) struct Removing {
    /// What the new release does if the forms can change at once: it keeps the handler.
    pub(super) at_once: String,
    /// What the forms change, if they have to wait a release.
    pub(super) change_form: String,
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
        Self {
            group,
            handler: handler_name(finding.page.handler),
            reached: handler_name(finding.node.handler),
            page: group.page(),
            node: group.node(),
            this,
            next_version: following_twice(old, new),
            cross_app,
        }
    }

    /// Whether the forms change a release after the one that is asked about, since what they
    /// then send fails at the nodes that are out.
    pub(super) fn is_form_to_wait(&self) -> bool {
        is_form_to_wait(self.group.first())
    }

    /// The handler that is kept: by its name, or, where the function of that name has got
    /// another endpoint, by its endpoint.
    pub(super) fn kept_handler(&self) -> String {
        if self.group.is_of_several_endpoints() {
            return self.group.these_handlers();
        }
        let (method, path) = self.group.first().endpoint;
        if has_moved(self.group.first()) {
            format!("the handler for {method} {path}")
        } else {
            format!("the handler `{}`", self.handler)
        }
    }

    /// First what keeps the handler, and announces its removal. Then, when nobody needs the
    /// handler any longer, it is removed.
    pub(super) fn keep_then_remove(&self, removing: Removing) -> Vec<Step> {
        if let Some(apps) = &self.cross_app {
            return apps.keep(self);
        }
        let handler = self.kept_handler();
        let remove = format!("remove {handler}");
        let Removing {
            at_once,
            change_form,
        } = removing;
        if self.is_form_to_wait() {
            let keep = format!("{}, and leave {} unchanged", self.keep(), self.the_forms());
            let change = format!("{change_form}, and announce the removal of {handler}");
            let mut change = self.once_served(change);
            let until = self.next_version.as_ref().and_then(following);
            change.paste = self.announcement(until.as_ref());
            return vec![
                Step::within(&self.this, keep),
                change,
                self.in_third(remove),
            ];
        }
        let its = if self.group.is_of_several_endpoints() {
            "their"
        } else {
            "its"
        };
        let change = format!("{at_once}, and announce {its} removal");
        let mut keep = Step::within(&self.this, change);
        keep.paste = self.announcement(self.next_version.as_ref());
        vec![keep, self.once_expired(remove)]
    }

    /// What keeps the handler: "keep the handler `edit` for POST /items".
    pub(super) fn keep(&self) -> String {
        if self.group.is_of_several_endpoints() {
            let handlers = self.group.these_handlers();
            return if has_moved(self.group.first()) {
                format!("keep {handlers} (by functions of their own)")
            } else {
                format!("keep {handlers}")
            };
        }
        let (method, path) = self.group.first().endpoint;
        if has_moved(self.group.first()) {
            format!("keep serving {method} {path} (from a second function)")
        } else {
            format!("keep the handler `{}` for {method} {path}", self.handler)
        }
    }

    /// The end of the handler, to be pasted into its annotation.
    fn announcement(&self, until: Option<&Version>) -> Option<Paste> {
        let newest = self.group.newest();
        let handler = newest.page.handler?;
        let intro = if self.group.is_of_several_endpoints() {
            format!("Add to the `#[handler]` of {}", self.group.these_handlers())
        } else {
            annotation(handler, newest, &newest.page_name())
        };
        Some(Paste {
            intro,
            code: end(handler, until)?,
        })
    }

    /// What to do if an old page fails at a new node: first what keeps accepting what old
    /// pages send, then, when these are gone, the rest. And if a new page fails at an old
    /// node: first what accepts it, then, when every node does, what sends it.
    pub(super) fn accept_first(&self, old_to_new: Dropping, new_to_old: [String; 2]) -> Vec<Step> {
        if self.group.first().direction == Some(Direction::NewToOld) {
            if let Some(apps) = &self.cross_app {
                return apps.accept(self);
            }
            let [change, then] = new_to_old;
            return vec![Step::within(&self.this, change), self.once_served(then)];
        }
        let Dropping {
            keep,
            change_form,
            then,
        } = old_to_new;
        if let Some(apps) = &self.cross_app {
            return apps.keep_accepting(self, then);
        }
        let forms = self.the_forms();
        let is_removed = self.forms_in_new() == Holds::Nowhere;
        if self.is_form_to_wait() {
            let keep = format!("{keep}, and leave {forms} unchanged");
            let change = change_form.filter(|_| !is_removed);
            let change = change.unwrap_or_else(|| format!("remove {forms}"));
            return vec![
                Step::within(&self.this, keep),
                self.once_served(change),
                self.in_third(then),
            ];
        }
        let first = match change_form {
            Some(change) if !is_removed => format!("{keep}, and {change}"),
            _ => keep,
        };
        vec![Step::within(&self.this, first), self.once_expired(then)]
    }

    /// First `change`, which adds the handler. Then, when every node has it, `then`.
    pub(super) fn add_then_use(&self, change: String, then: String) -> Vec<Step> {
        match &self.cross_app {
            Some(apps) => apps.add(self),
            None => vec![Step::within(&self.this, change), self.once_served(then)],
        }
    }

    /// For which forms the new release has the form, wherever it submits to.
    pub(super) fn forms_in_new(&self) -> Holds {
        self.group.holds(|finding| {
            let form = finding.page.form.map_or("", |form| &form.id);
            finding.node.registry.form(form).is_some()
        })
    }

    /// When nothing of the pages' releases is left.
    pub(super) fn when_expired(&self) -> String {
        let their = self.group.agree_releases("its", "their");
        format!(
            "once no node runs {} any longer and {their} pages have expired",
            self.page
        )
    }

    fn the_forms(&self) -> String {
        self.group.the_forms()
    }

    /// The release after the one that is asked about.
    fn next(&self) -> String {
        match &self.next_version {
            Some(version) => version.to_string(),
            None => format!("the release after {}", self.this),
        }
    }

    fn once_expired(&self, then: String) -> Step {
        Step::within(format!("{}, {}", self.next(), self.when_expired()), then)
    }

    fn once_served(&self, then: String) -> Step {
        let when = format!("{}, once every node runs {}", self.next(), self.this);
        Step::within(when, then)
    }

    /// The release after the next one, when no page has the forms as they were in the one
    /// that is asked about.
    pub(super) fn in_third(&self, then: String) -> Step {
        let third = self.next_version.as_ref().and_then(following);
        let third = third.map_or_else(
            || "the release after that".to_owned(),
            |third| third.to_string(),
        );
        let when = format!(
            "{third}, once no node runs {} any longer and its pages have expired",
            self.this
        );
        Step::within(when, then)
    }
}

/// Whether the forms of a finding change a release later than the handlers.
pub(super) fn is_form_to_wait(finding: &Finding<'_>) -> bool {
    finding.direction == Some(Direction::OldToNew) && finding.fails_both_ways
}

/// Whether the new build has the function of the handler that it lacks at another endpoint.
fn has_moved(finding: &Finding<'_>) -> bool {
    let Some(handler) = finding.page.handler else {
        return false;
    };
    let handlers = &finding.node.registry.handlers;
    // They are sorted by it.
    let first = handlers.partition_point(|known| known.id < handler.id);
    let same = handlers[first..].iter();
    let mut same = same.take_while(|known| known.id == handler.id);
    finding.crossing.is_none()
        && same.any(|known| (&known.method, &known.path) != (&handler.method, &handler.path))
}

/// The handler that the page's own build has for the submission, by its short name.
pub(super) fn handler(finding: &Finding<'_>) -> String {
    handler_name(finding.page.handler).to_owned()
}

/// The handler that the submission reaches, by its short name.
pub(super) fn reached(finding: &Finding<'_>) -> String {
    handler_name(finding.node.handler).to_owned()
}

/// What is said of findings of several endpoints, except for forms and handlers: the end of
/// the handlers, what the forms are, and whether the other release has them too.
pub(super) fn shape(finding: &Finding<'_>) -> Vec<String> {
    let (old, new) = old_and_new(finding);
    let next = following_twice(old, new);
    let end = finding
        .page
        .handler
        .and_then(|handler| end(handler, next.as_ref()));
    let form = finding.page.form;
    let is_there = form.is_some_and(|form| finding.node.registry.form(&form.id).is_some());
    let (kind, has_moved) = (finding.form_kind(), has_moved(finding));
    vec![
        end.unwrap_or_default(),
        format!("{kind:?} {is_there} {has_moved}"),
    ]
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
    names.extend(has_moved(finding).then(|| "moved".to_owned()));
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

/// The sentence before what is to be added to the annotation of a handler, which stands at a
/// place in a release.
pub(super) fn annotation(handler: &Handler, finding: &Finding<'_>, release: &str) -> String {
    let name = last_segment(&handler.id);
    let place = handler.source.as_ref();
    let place = place.map(|source| format!("{source} in {release}"));
    if has_moved(finding) {
        let (method, path) = finding.endpoint;
        let place = place.map_or_else(String::new, |place| format!(", {place}"));
        return format!("Add to the `#[handler]` for {method} {path} (`{name}`{place})");
    }
    let place = place.map_or_else(String::new, |place| format!(" ({place})"));
    format!("Add to the `#[handler]` of `{name}`{place}")
}
