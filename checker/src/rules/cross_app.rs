//! What is said if page and node are of two apps: each has its own count of releases,
//! and what one is to do, the other waits for.

use super::advice::{Names, end, following, following_twice, this_release};
use crate::model::{CrossAppPair, Direction, Explanation, Finding, POLICY_FILE, Step};
use crate::registry::Release;

/// The releases of both apps.
pub(super) struct Apps<'r> {
    /// The handler's app.
    app: &'r str,
    /// The page's app.
    page_app: &'r str,
    /// The build of the handler's app that the page was made for.
    home: String,
    /// Whether every node would take it, if it ran that one.
    home_takes: bool,
    /// The release of the handler's app that is to do something.
    pub(super) theirs: String,
    /// What the path is called in the handler's app.
    path: &'r str,
    direction: Option<Direction>,
}

impl<'r> Apps<'r> {
    pub(super) fn of(finding: &Finding<'r>, crossing: &CrossAppPair<'r>) -> Self {
        let home = &crossing.home.registry.release;
        // The candidate is of the handler's app, or a later release of that is to come.
        let theirs = if finding.direction == Some(Direction::OldToNew) {
            let node = finding.node_release();
            format!("{} {}", node.name, this_release(home, node))
        } else {
            after(home)
        };
        Self {
            app: &home.name,
            page_app: &finding.page_release().name,
            home: finding.home_name(),
            home_takes: crossing.home_takes,
            theirs,
            path: crossing.path,
            direction: finding.direction,
        }
    }

    /// If old pages need a handler: it stays until they are gone.
    pub(super) fn keep(&self, names: &Names<'_>, finding: &Finding<'_>) -> Vec<Step> {
        let Names {
            form,
            handler,
            page,
            ..
        } = names;
        let method = finding.endpoint.0;
        let change = format!(
            "keep the handler `{handler}` for {method} {}, which `{form}` of {page} uses, and \
             announce its end",
            self.path
        );
        let mut keep = Step::new(&self.theirs, change);
        let next = self.next(finding);
        if let Some(handler) = finding.page.handler
            && let Some(end) = end(handler, next.as_ref().map(|(version, _)| version))
        {
            keep.paste = Some(end);
            keep.paste_into = Some(super::advice::annotation(handler, &self.home));
        }
        let without = Step::new(
            format!("{}, unless its newest release has done so", self.page_app),
            format!("take the form `{form}` out, or let it send elsewhere"),
        );
        let remove = Step::new(
            self.when_expired(page, finding),
            format!("take the handler `{handler}` out"),
        );
        vec![keep, without, remove]
    }

    /// If a handler no longer takes what old pages send: it does, until they are gone.
    pub(super) fn keep_accepting(
        &self,
        names: &Names<'_>,
        finding: &Finding<'_>,
        then: String,
    ) -> Vec<Step> {
        let Names {
            form, there, page, ..
        } = names;
        let change = format!("let `{there}` go on to take what `{form}` of {page} sends");
        vec![
            Step::new(&self.theirs, change),
            Step::new(self.when_expired(page, finding), then),
        ]
    }

    /// If nodes have no handler for a new page: first they get one.
    pub(super) fn add(&self, names: &Names<'_>, finding: &Finding<'_>) -> Vec<Step> {
        let (method, path) = (finding.endpoint.0, self.path);
        self.first_theirs(names, format!("add a handler for {method} {path}"))
    }

    /// If the handler there does not take what a new page sends: first it does.
    pub(super) fn take(&self, names: &Names<'_>) -> Vec<Step> {
        let Names { form, there, .. } = names;
        let mut steps = self.first_theirs(names, format!("let `{there}` take what `{form}` sends"));
        if let (false, Some(last)) = (self.home_takes, steps.last_mut()) {
            last.change.push_str(&format!(
                "; nothing need wait, if `{form}` sends what `{there}` takes today"
            ));
        }
        steps
    }

    /// First the handler's app, then the page's.
    fn first_theirs(&self, names: &Names<'_>, change: String) -> Vec<Step> {
        let Names {
            form, this, node, ..
        } = names;
        if self.home_takes {
            let wait = format!("let every node run it in place of {node}");
            let then = format!("release it, with `{form}`");
            return vec![
                Step::new(&self.home, wait),
                Step::new(format!("{this}, when no node of {node} runs"), then),
            ];
        }
        let when = format!("{this}, when every node of {} has that", self.app);
        vec![
            Step::new(&self.theirs, change),
            Step::new(when, format!("release it, with `{form}`")),
        ]
    }

    fn when_expired(&self, page: &str, finding: &Finding<'_>) -> String {
        let next = match self.next(finding) {
            Some((_, name)) => name,
            None => format!("the release after {}", self.theirs),
        };
        format!("{next}, when no node of {page} runs and its pages have expired")
    }

    /// The release of the handler's app after the candidate, if the team's count tells.
    fn next(&self, finding: &Finding<'_>) -> Option<(semver::Version, String)> {
        if self.direction != Some(Direction::OldToNew) {
            return None;
        }
        let home = &finding.crossing.as_ref()?.home.registry.release;
        let version = following_twice(home, finding.node_release())?;
        let name = format!("{} {version}", self.app);
        Some((version, name))
    }
}

/// The release after one.
fn after(release: &Release) -> String {
    let Release { name, version } = release;
    match following(version) {
        Some(next) => format!("{name} {next}"),
        None => format!("the release after {name} {version}"),
    }
}

/// What is said if several apps may be meant: first that is to be settled.
pub(super) fn settle(
    words: Explanation,
    finding: &Finding<'_>,
    crossing: &CrossAppPair<'_>,
) -> Explanation {
    let Some((last, others)) = crossing.may_be.split_last() else {
        return words;
    };
    let quoted: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
    let (method, path) = finding.endpoint;
    let change = format!(
        "say in an [apps] table which app serves {method} {path}: {} or `{last}`; then ask again",
        quoted.join(", ")
    );
    let mut steps = vec![Step::new(POLICY_FILE, change)];
    steps.extend(words.steps);
    Explanation {
        headline: format!(
            "if {} serves {method} {path}: {}",
            crossing.home.registry.release.name, words.headline
        ),
        steps,
        ..words
    }
}
