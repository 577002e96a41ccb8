//! A finding: one submission, or one item, judged against one rule. Plain data;
//! how it reads is the business of `render` and of the rule's words.

use std::cmp::{Ordering, Reverse};

use super::build::{Build, BuildId};
use super::meeting::CrossAppPair;
use super::request::Fault;
use super::rule::Rule;
use super::sharing::HandlerPair;
use super::submission::Submission;
use super::turn::Turn;
use super::verdict::{Direction, Level};
use super::waiver::Waiver;
use super::way::Astray;
use crate::endpoint::Outcome;
use crate::registry::{Bound, Form, FormKind, Handler, Registry, Release, Target};

/// One submission, or one item, judged against one rule.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Debug)]
pub struct Finding<'r> {
    /// The rule.
    pub rule: &'static Rule,
    /// How much it weighs.
    pub level: Level,
    /// Whose page sends.
    pub page: PageSide<'r>,
    /// Whose node receives.
    pub node: NodeSide<'r>,
    /// What is asked for: method and path.
    pub endpoint: (&'r str, &'r str),
    /// Which of the two builds is the page's; `None`: it is one build.
    pub direction: Option<Direction>,
    /// Whether it cannot be told: it may fail, and it may not. Then it weighs
    /// [`Level::Warn`] at most.
    pub is_undecided: bool,
    /// Whether the old build has the very same fault. Then it weighs [`Level::Warn`] at most.
    pub was_there: bool,
    /// Whether nothing in the builds of page and node leads to a page that holds the form.
    pub is_unlinked: bool,
    /// For a submission that fails at the new build's nodes: whether the forms have to wait
    /// a release before they change, since what they send in the new build fails at the old
    /// build's nodes. For one that fails at the old build's nodes: whether what the old
    /// build's form sends also fails at the new build's.
    pub fails_both_ways: bool,
    /// What the rule has seen beside the two sides.
    pub detail: Detail<'r>,
    /// What is to be known if page and node are of two apps; `None`: they are of one.
    pub crossing: Option<CrossAppPair<'r>>,
    /// The flags that are turned, where page and node are of one build and only flags differ.
    pub turned: Option<&'r Turn>,
}

/// What a rule has seen beside the two sides.
#[derive(Clone, Debug)]
pub enum Detail<'r> {
    /// Nothing.
    None,
    /// That nothing is served there; and the handler at the same path but for the slash at its
    /// end, if there is one.
    NotServed(Option<&'r Handler>),
    /// What is wrong with the fields: at least one, by name.
    Faults(Vec<Fault>),
    /// What the old build has of the item.
    Previous {
        /// Its `since`; `None`: the old build does not have the item.
        since: Option<&'r Bound>,
        /// The old build's release.
        release: &'r Release,
    },
    /// The handler of the node that takes the request, and not in the place of its own one.
    Astray(Astray<'r>),
    /// The waiver.
    Waiver(&'r Waiver),
}

/// The page's side of a finding.
#[derive(Clone, Copy, Debug)]
pub struct PageSide<'r> {
    /// The number of the build that made the page.
    pub build: BuildId,
    /// That build's items.
    pub registry: &'r Registry,
    /// What it sends.
    pub form: Option<&'r Form>,
    /// The handler that takes it in the page's own build.
    pub handler: Option<&'r Handler>,
}

/// The node's side of a finding.
#[derive(Clone, Copy, Debug)]
pub struct NodeSide<'r> {
    /// The number of the build that gets the request.
    pub build: BuildId,
    /// That build's items.
    pub registry: &'r Registry,
    /// The handler that is at the path.
    pub handler: Option<&'r Handler>,
}

impl<'r> PageSide<'r> {
    /// The side of a build of which no item matters.
    fn new(build: Build<'r>) -> Self {
        Self {
            build: build.id,
            registry: build.registry,
            form: None,
            handler: None,
        }
    }
}

impl<'r> NodeSide<'r> {
    /// The side of a build of which no item matters.
    fn new(build: Build<'r>) -> Self {
        Self {
            build: build.id,
            registry: build.registry,
            handler: None,
        }
    }
}

impl<'r> Finding<'r> {
    /// That a submission breaks `rule`.
    pub(crate) fn from_submission(rule: &'static Rule, submission: &Submission<'_, 'r>) -> Self {
        let page = PageSide {
            form: Some(submission.form),
            handler: submission.own_handler(),
            ..PageSide::new(submission.page.build())
        };
        let node = NodeSide {
            handler: match submission.there() {
                Outcome::Served(handler) => Some(*handler),
                Outcome::OtherMethods(handlers) | Outcome::Undecided(handlers) => {
                    handlers.first().copied()
                }
                Outcome::NotServed => None,
            },
            ..NodeSide::new(submission.node.build())
        };
        let target = submission.target;
        Self {
            direction: Some(submission.direction),
            ..Self::new(rule, page, node, (&target.method, &target.path))
        }
    }

    /// The same finding, about this pair of the handlers that share an endpoint.
    pub(crate) fn between(mut self, pair: Option<HandlerPair<'r>>) -> Self {
        if let Some((own, there)) = pair {
            self.page.handler = own.or(self.page.handler);
            self.node.handler = Some(there);
        }
        self
    }

    /// That a handler of a build breaks `rule`.
    pub(crate) fn from_handler(
        rule: &'static Rule,
        build: Build<'r>,
        handler: &'r Handler,
    ) -> Self {
        let node = NodeSide {
            handler: Some(handler),
            ..NodeSide::new(build)
        };
        let endpoint = (&*handler.method, &*handler.path);
        Self::new(rule, PageSide::new(build), node, endpoint)
    }

    /// That a form of a build breaks `rule`, at this endpoint.
    pub(crate) fn from_form(
        rule: &'static Rule,
        build: Build<'r>,
        form: &'r Form,
        target: &'r Target,
    ) -> Self {
        let page = PageSide {
            form: Some(form),
            ..PageSide::new(build)
        };
        let endpoint = (&*target.method, &*target.path);
        Self::new(rule, page, NodeSide::new(build), endpoint)
    }

    /// That a waiver breaks `rule`, which is said of the build that it was to let pass.
    pub(crate) fn from_waiver(rule: &'static Rule, build: Build<'r>, waiver: &'r Waiver) -> Self {
        let (page, node) = (PageSide::new(build), NodeSide::new(build));
        let endpoint = (&*waiver.method, &*waiver.path);
        Self {
            detail: Detail::Waiver(waiver),
            ..Self::new(rule, page, node, endpoint)
        }
    }

    fn new(
        rule: &'static Rule,
        page: PageSide<'r>,
        node: NodeSide<'r>,
        endpoint: (&'r str, &'r str),
    ) -> Self {
        Self {
            rule,
            level: rule.level,
            page,
            node,
            endpoint,
            direction: None,
            is_undecided: false,
            was_there: false,
            is_unlinked: false,
            fails_both_ways: false,
            detail: Detail::None,
            crossing: None,
            turned: None,
        }
    }

    /// Whether it rejects the release for what one build's pages send to another's nodes.
    #[must_use]
    pub fn rejects_pair(&self) -> bool {
        self.level == Level::Deny && self.direction.is_some()
    }

    /// The field that is at fault: the first of them, by name.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match &self.detail {
            Detail::Faults(faults) => faults.first().map(|fault| &*fault.field),
            _ => None,
        }
    }

    /// What the form is: as it is stated or, by custom, a link if it sends a GET without
    /// fields.
    pub(crate) fn form_kind(&self) -> Option<FormKind> {
        let form = self.page.form?;
        let is_bare = form
            .fields
            .as_ref()
            .is_none_or(|fields| fields.list().is_empty());
        let is_link = self.endpoint.0 == "GET" && is_bare;
        let usual = if is_link {
            FormKind::Link
        } else {
            FormKind::Submit
        };
        Some(form.kind.unwrap_or(usual))
    }

    /// The release of the page.
    #[must_use]
    pub fn page_release(&self) -> &'r Release {
        &self.page.registry.release
    }

    /// The release of the node.
    #[must_use]
    pub fn node_release(&self) -> &'r Release {
        &self.node.registry.release
    }

    /// What the page's release is called: its version, if that tells it apart.
    #[must_use]
    pub fn page_name(&self) -> String {
        let [page, _] = self.names();
        page
    }

    /// What the node's release is called: its version, if that tells it apart.
    #[must_use]
    pub fn node_name(&self) -> String {
        let [_, node] = self.names();
        node
    }

    /// The release that is out.
    fn old_release(&self) -> &'r Release {
        match self.direction {
            Some(Direction::OldToNew) => self.page_release(),
            Some(Direction::NewToOld) | None => self.node_release(),
        }
    }

    /// What the build is called that the page was made for.
    pub(crate) fn home_name(&self) -> String {
        match &self.crossing {
            Some(crossing) => full_name(&crossing.home.registry.release),
            None => self.page_name(),
        }
    }

    /// What the release that is out is called.
    pub(crate) fn old_name(&self) -> String {
        match self.direction {
            Some(Direction::OldToNew) => self.page_name(),
            Some(Direction::NewToOld) | None => self.node_name(),
        }
    }

    /// What the releases of page and node are called.
    fn names(&self) -> [String; 2] {
        let (page, node) = (self.page_release(), self.node_release());
        if let (Some(turn), true) = (self.turned, page == node && self.direction.is_some()) {
            return turn.labels(&page.version);
        }
        match self.direction {
            _ if self.crossing.is_some() => [full_name(page), full_name(node)],
            Some(Direction::OldToNew) => Release::labels(page, node),
            Some(Direction::NewToOld) => {
                let [node, page] = Release::labels(node, page);
                [page, node]
            }
            None => [page, node].map(|release| release.version.to_string()),
        }
    }

    /// The order in which findings are reported: what weighs most first, then by
    /// the place in the app.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        fn key<'a>(finding: &'a Finding<'_>) -> impl Ord + use<'a> {
            let form = finding.page.form;
            let handler = finding
                .node
                .handler
                .map(|handler| (&handler.id, &handler.source));
            let (method, path) = finding.endpoint;
            let releases = [finding.page_release(), finding.node_release()];
            (
                finding.level,
                finding.rule.name,
                finding.direction,
                form.map(|form| &form.id),
                // Of several that are out, the newest one comes first.
                releases.map(|release| Reverse(&release.version)),
                form.map(|form| &form.source),
                (path, method),
                handler,
            )
        }
        key(self).cmp(&key(other))
    }
}

/// What the releases that are out are called, each once, the newest one first.
pub(crate) fn old_names(findings: &[&Finding<'_>]) -> Vec<String> {
    let mut names: Vec<_> = findings
        .iter()
        .map(|finding| (Reverse(&finding.old_release().version), finding.old_name()))
        .collect();
    names.sort();
    names.dedup();
    names.into_iter().map(|(_, name)| name).collect()
}

/// An app's name, and its version.
fn full_name(release: &Release) -> String {
    format!("{} {}", release.name, release.version)
}
