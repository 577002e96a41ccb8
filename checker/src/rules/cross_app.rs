//! What is said if page and node are of two apps: each app has its own versions, and one
//! app waits for a release of the other.

use super::advice::{Names, annotation, following, following_twice, this_release};
use crate::model::{
    CrossAppPair, Direction, Explanation, Finding, Group, POLICY_FILE, Paste, Step,
};
use crate::registry::Release;
use crate::support::text::enumerate;

/// The releases of both apps.
pub(super) struct Apps<'r> {
    /// The handler's app.
    app: &'r str,
    /// The page's app.
    page_app: &'r str,
    /// The build of the handler's app that the page was made for.
    home: String,
    /// Whether every node would accept it, if it ran that build.
    home_takes: bool,
    /// The release of the handler's app that is to do something.
    pub(super) theirs: String,
    /// What the path is called in the handler's app.
    path: &'r str,
    /// The release of the handler's app after the candidate, if the candidate is of that
    /// app.
    next: Option<String>,
}

impl<'r> Apps<'r> {
    pub(super) fn new(finding: &Finding<'r>, crossing: &CrossAppPair<'r>) -> Self {
        let home = &crossing.home.registry.release;
        let next = next_version(finding, crossing);
        Self {
            app: &home.name,
            page_app: &finding.page_release().name,
            home: finding.home_name(),
            home_takes: crossing.home_takes,
            theirs: theirs(finding, crossing),
            path: crossing.path,
            next: next.map(|version| format!("{} {version}", home.name)),
        }
    }

    /// If old pages need a handler: it stays until they are gone.
    pub(super) fn keep(&self, names: &Names<'_, '_>) -> Vec<Step> {
        let Names {
            group,
            handler,
            page,
            ..
        } = names;
        let finding = group.newest();
        let method = finding.endpoint.0;
        let (forms, uses) = (group.the_forms(), group.agree("uses", "use"));
        let change = format!(
            "keep the handler `{handler}` for {method} {}, which {forms} of {page} {uses}, and \
             announce its removal",
            self.path
        );
        let mut keep = Step::within(&self.theirs, change);
        if let Some((handler, crossing)) = finding.page.handler.zip(finding.crossing.as_ref())
            && let Some(end) = end(finding, crossing)
        {
            keep.paste = Some(Paste {
                intro: annotation(handler, finding, &finding.home_name()),
                code: end,
            });
        }
        let them = group.agree("it", "them");
        let without = Step::within(
            format!("{}, unless its newest release has done so", self.page_app),
            format!("remove {forms}, or let {them} submit elsewhere"),
        );
        let remove = Step::within(
            self.when_expired(names),
            format!("remove the handler `{handler}`"),
        );
        vec![keep, without, remove]
    }

    /// If a handler no longer accepts what old pages send: it does, until they are gone.
    pub(super) fn keep_accepting(&self, names: &Names<'_, '_>, then: String) -> Vec<Step> {
        let Names {
            group,
            reached,
            page,
            ..
        } = names;
        let (forms, send) = (group.the_forms(), group.agree("sends", "send"));
        let change =
            format!("let the handler `{reached}` keep accepting what {forms} of {page} {send}");
        vec![
            Step::within(&self.theirs, change),
            Step::within(self.when_expired(names), then),
        ]
    }

    /// If nodes have no handler for a new page: first they get one.
    pub(super) fn add(&self, names: &Names<'_, '_>) -> Vec<Step> {
        let (method, path) = (names.group.first().endpoint.0, self.path);
        self.first_theirs(names, format!("add a handler for {method} {path}"), "")
    }

    /// If the handler there does not accept what a new page sends: first it does.
    pub(super) fn accept(&self, names: &Names<'_, '_>) -> Vec<Step> {
        let Names { group, reached, .. } = names;
        let (forms, send) = (group.the_forms(), group.agree("sends", "send"));
        self.first_theirs(
            names,
            format!("let the handler `{reached}` accept what {forms} {send}"),
            &format!(
                "; there is no need to wait if {forms} {send} only what `{reached}` accepts today"
            ),
        )
    }

    /// First the handler's app, then the page's, where `unless` says what makes that
    /// unnecessary.
    fn first_theirs(&self, names: &Names<'_, '_>, change: String, unless: &str) -> Vec<Step> {
        let Names {
            group, this, node, ..
        } = names;
        let release = format!("release {this}, with {}", group.the_forms());
        if self.home_takes {
            let replace = format!("let every node run {} in place of {node}", self.home);
            return vec![
                Step::new("First", replace),
                Step::new(format!("Once no node runs {node} any longer"), release),
            ];
        }
        let when = format!("Once every node of {} runs that release", self.app);
        vec![
            Step::within(&self.theirs, change),
            Step::new(when, release + unless),
        ]
    }

    fn when_expired(&self, names: &Names<'_, '_>) -> String {
        let when = names.when_expired();
        match &self.next {
            Some(next) => format!("{next}, {when}"),
            None => format!("the release after {}, {when}", self.theirs),
        }
    }
}

/// What announces the end of the handler, if that can be told.
pub(super) fn end(finding: &Finding<'_>, crossing: &CrossAppPair<'_>) -> Option<String> {
    let next = next_version(finding, crossing);
    super::advice::end(finding.page.handler?, next.as_ref())
}

/// The version of the handler's app after the candidate, if the candidate is of that app
/// and the team's count shows how it goes on.
fn next_version(finding: &Finding<'_>, crossing: &CrossAppPair<'_>) -> Option<semver::Version> {
    if finding.direction != Some(Direction::OldToNew) {
        return None;
    }
    following_twice(&crossing.home.registry.release, finding.node_release())
}

/// The release of the handler's app that is to do something: the candidate, or a later
/// release than the one that runs.
fn theirs(finding: &Finding<'_>, crossing: &CrossAppPair<'_>) -> String {
    let home = &crossing.home.registry.release;
    if finding.direction == Some(Direction::OldToNew) {
        let node = finding.node_release();
        return format!("{} {}", node.name, this_release(home, node));
    }
    let Release { name, version } = home;
    match following(version) {
        Some(next) => format!("{name} {next}"),
        None => format!("the release after {name} {version}"),
    }
}

/// What is said of the apps, whatever the rule.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Key<'r> {
    app: &'r str,
    theirs: String,
    path: &'r str,
    /// Where new pages wait for it.
    home: Option<String>,
    may_be: Vec<&'r str>,
}

impl<'r> Key<'r> {
    pub(super) fn new(finding: &Finding<'r>, crossing: &CrossAppPair<'r>) -> Self {
        let is_awaited = finding.direction == Some(Direction::NewToOld) && crossing.home_takes;
        Self {
            app: &crossing.home.registry.release.name,
            theirs: theirs(finding, crossing),
            path: crossing.path,
            home: is_awaited.then(|| finding.home_name()),
            may_be: crossing.may_be.clone(),
        }
    }
}

/// What is said if several apps may be meant: first that is to be stated.
pub(super) fn ask_which_app(
    explanation: Explanation,
    group: &Group<'_, '_>,
    crossing: &CrossAppPair<'_>,
) -> Explanation {
    if crossing.may_be.is_empty() {
        return explanation;
    }
    let quoted: Vec<String> = crossing
        .may_be
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let (method, path) = group.first().endpoint;
    let change = format!(
        "name in an [apps] table the app that serves {method} {path}: {}; then check again",
        enumerate(&quoted, "or")
    );
    let mut steps = vec![Step::within(POLICY_FILE, change)];
    steps.extend(explanation.steps);
    Explanation {
        headline: format!(
            "if {} serves {method} {path}: {}",
            crossing.home.registry.release.name, explanation.headline
        ),
        steps,
        ..explanation
    }
}
