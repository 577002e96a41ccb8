//! `since-rewritten`: an item has another `since` than its history shows.

use std::cell::OnceCell;
use std::collections::HashMap;

use semver::Version;

use super::included::Included;
use super::lifespan;
use crate::endpoint::Pattern;
use crate::model::{Check, Detail, Explanation, Finding, Group, Level, RoutedBuild, Rule, Step};
use crate::registry::{Bound, Form, Handler, Release};

pub(super) static RULE: Rule = Rule {
    name: "since-rewritten",
    level: Level::Warn,
    summary: "an item has another `since` than its history shows",
    doc: DOC,
    check: Check::Pair(judge),
    subject,
    explain,
};

const DOC: &str = "\
An item of the new release has another `since` than its history shows: the old
release has the item with another `since`, or does not have it, although by its
`since` it should.

`since` is the release in which the item appeared with its present endpoint: a
handler that gets another endpoint, and a form that gets another one, count as
new. An item that moves to another module does not, nor does one that
gets other fields.

Write the version of this release, or `next`, into what is new, and do not
change it in what is old. An item that the old release had without an annotation
is reported once, in the release in which it gets one.

Nothing is reported if the new release is before the old one, nor for what a
page merely includes: a link, or a form in a template that several pages share.
";

fn judge<'r>(old: &RoutedBuild<'r>, new: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let (out, release) = (&old.registry.release.version, &new.registry.release.version);
    if release.cmp_precedence(out).is_lt() {
        return Vec::new();
    }
    let history = History::new(old);
    let registry = new.registry;
    let mut findings = Vec::new();
    for handler in &registry.handlers {
        let was = history
            .handler(handler)
            .unless_asleep(handler.flag.as_ref());
        if let Some(was) = contradiction(handler.since.as_ref(), was, out) {
            findings.push(Finding {
                detail: Detail::Previous {
                    since: was,
                    release: &old.registry.release,
                },
                ..Finding::from_handler(&RULE, new.build(), handler)
            });
        }
    }
    let included = Included::new(registry);
    let forms = registry.forms.iter();
    for form in forms.filter(|form| !included.holds(form)) {
        let was = history.form(form).unless_asleep(form.flag.as_ref());
        let was = contradiction(form.since.as_ref(), was, out);
        if let (Some(was), Some(target)) = (was, form.posts_to.first()) {
            findings.push(Finding {
                detail: Detail::Previous {
                    since: was,
                    release: &old.registry.release,
                },
                ..Finding::from_form(&RULE, new.build(), form, target)
            });
        }
    }
    findings
}

/// What the old release knows of an item.
#[derive(Clone, Copy)]
enum Was<'r> {
    /// It does not have the item.
    Absent,
    /// It has the item, since then.
    Since(Option<&'r Bound>),
}

impl Was<'_> {
    /// The same, but for an item behind a feature flag that the old release does not have: it
    /// may have slept there.
    fn unless_asleep(self, flag: Option<&String>) -> Self {
        match (self, flag) {
            (Self::Absent, Some(_)) => Self::Since(None),
            (was, _) => was,
        }
    }
}

/// What contradicts the claim: the `since` of old, or `None` for an item that old does
/// not have.
#[expect(
    clippy::option_option,
    reason = "the outer one: whether there is a contradiction"
)]
fn contradiction<'r>(
    claim: Option<&Bound>,
    was: Was<'r>,
    out: &Version,
) -> Option<Option<&'r Bound>> {
    let Some(Bound::Version(claim)) = claim else {
        return None;
    };
    match was {
        Was::Absent => claim.cmp_precedence(out).is_le().then_some(None),
        Was::Since(Some(since @ Bound::Version(version))) => {
            version.cmp_precedence(claim).is_ne().then_some(Some(since))
        }
        Was::Since(_) => None,
    }
}

/// The old release, by what its items are bound to.
struct History<'a, 'r> {
    old: &'a RoutedBuild<'r>,
    by_id: HashMap<&'r str, &'r Form>,
    /// Filled when the first form is not found by its path.
    by_targets: OnceCell<HashMap<Vec<Endpoint<'r>>, &'r Form>>,
}

/// Method and path, without the names of parameters.
type Endpoint<'r> = (&'r str, Option<Pattern<'r>>);

impl<'a, 'r> History<'a, 'r> {
    fn new(old: &'a RoutedBuild<'r>) -> Self {
        let forms = &old.registry.forms;
        Self {
            old,
            by_id: forms.iter().map(|form| (&*form.id, &**form)).collect(),
            by_targets: OnceCell::new(),
        }
    }

    /// A handler is what serves an endpoint, whatever its function is called.
    fn handler(&self, handler: &'r Handler) -> Was<'r> {
        match self.old.same_endpoint(handler) {
            Some(known) => Was::Since(known.since.as_ref()),
            None => Was::Absent,
        }
    }

    /// A form is what sends to its endpoints, under its own path or, if it moved, under
    /// another one.
    fn form(&self, form: &'r Form) -> Was<'r> {
        let is_same =
            |known: &&Form| known.posts_to == form.posts_to || targets(known) == targets(form);
        if let Some(known) = self.by_id.get(&*form.id).copied().filter(is_same) {
            return Was::Since(known.since.as_ref());
        }
        let by_targets = self.by_targets.get_or_init(|| {
            let forms = self.old.registry.forms.iter();
            forms.map(|form| (targets(form), &**form)).collect()
        });
        match by_targets.get(&targets(form)) {
            Some(known) if known.since == form.since => Was::Since(known.since.as_ref()),
            _ => Was::Absent,
        }
    }
}

fn targets(form: &Form) -> Vec<Endpoint<'_>> {
    let targets = form.posts_to.iter();
    targets
        .map(|target| (&*target.method, Pattern::parse(&target.path).ok()))
        .collect()
}

/// The `since` of the item.
fn claim(finding: &Finding<'_>) -> String {
    lifespan::since(finding).map_or_else(String::new, ToString::to_string)
}

/// The old release, and the `since` that it has, if it has the item.
fn previous(finding: &Finding<'_>) -> (String, Option<String>) {
    match &finding.detail {
        Detail::Previous { since, release } => {
            let [old, _] = Release::labels(release, finding.node_release());
            (old, since.map(ToString::to_string))
        }
        _ => ("the old release".to_owned(), None),
    }
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let (_, since) = previous(finding);
    let mut subject = vec![claim(finding)];
    subject.extend(since);
    subject
}

/// All items with the same history are explained together.
fn explain(group: &Group<'_, '_>) -> Explanation {
    let version = group.node();
    let claim = claim(group.first());
    let (items, have) = (group.items(), group.agree_items("has", "have"));
    let them = group.agree_items("it", "them");
    let (but, change) = match previous(group.first()) {
        (old, Some(since)) => (
            format!("had `since = \"{since}\"` in {old}"),
            format!("restore `since = \"{since}\"`"),
        ),
        (old, None) => (
            format!("{} not in {old}", group.agree_items("was", "were")),
            format!(
                "write `since = \"{version}\"` if this release adds {them} or changes the \
                 endpoint. Keep `since` if {old} had {them} without an annotation"
            ),
        ),
    };
    Explanation {
        headline: format!("{items} {have} `since = \"{claim}\"`, but {but}"),
        answer: None,
        steps: vec![Step::within(version, change)],
    }
}
