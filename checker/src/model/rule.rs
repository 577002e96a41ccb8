//! A rule as data, what each kind of rule looks at, and the findings that it explains
//! together.

use std::collections::HashSet;

use super::explanation::Explanation;
use super::finding::{Finding, old_names};
use super::routed::RoutedBuild;
use super::submission::Submission;
use super::verdict::{Direction, Level};
use super::waiver::WaiverUse;
use crate::endpoint::unnamed;
use crate::registry::{Form, FormKind};
use crate::support::text::{enumerate_releases, last_segment};

/// A rule, as data.
#[derive(Debug)]
pub struct Rule {
    /// Its name: the bad pattern that it finds.
    pub name: &'static str,
    /// How much its findings weigh.
    pub level: Level,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// What `coexist explain` prints: Markdown.
    pub doc: &'static str,
    /// How it finds them.
    pub check: Check,
    /// What the explanation of a finding names besides forms, releases and, for a finding of
    /// two builds, its endpoint. Findings with the same subject are explained together.
    pub subject: fn(&Finding<'_>) -> Vec<String>,
    /// What is said of findings with the same subject.
    pub explain: fn(&Group<'_, '_>) -> Explanation,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// At one submission.
    Submission(for<'r> fn(&Submission<'_, 'r>) -> Option<Finding<'r>>),
    /// At one build by itself, if it differs from the one that is out. What that has as well
    /// weighs [`Level::Warn`] at most.
    Regression(for<'r> fn(&RoutedBuild<'r>) -> Vec<Finding<'r>>),
    /// At one build by itself, if it differs from the one that is out.
    Build(for<'r> fn(&RoutedBuild<'r>) -> Vec<Finding<'r>>),
    /// At the old build and the new one, if they differ.
    Pair(for<'r> fn(&RoutedBuild<'r>, &RoutedBuild<'r>) -> Vec<Finding<'r>>),
    /// At the same, and at what pages send.
    Open(for<'r> fn(&RoutedBuild<'r>, &RoutedBuild<'r>, &Open<'_>) -> Vec<Finding<'r>>),
    /// At one build by itself, whatever is out, if it is to be released as it is.
    Candidate(for<'r> fn(&RoutedBuild<'r>) -> Vec<Finding<'r>>),
    /// At a waiver of the policy, after all others, if the two builds differ.
    Waiver(fn(&WaiverUse<'_>) -> bool),
}

/// What pages send, by method and path.
#[derive(Debug, Default)]
pub struct Open<'a> {
    /// Pages of the old build.
    pub sent_before: Vec<(&'a str, &'a str)>,
    /// Pages of the new build, and of other apps.
    pub sent_now: Vec<(&'a str, &'a str)>,
}

/// One finding, or several that one explanation is for: they differ in nothing that is
/// said but the names of forms and releases.
#[derive(Debug)]
pub struct Group<'a, 'r> {
    findings: &'a [&'a Finding<'r>],
    /// At how many places forms are written: what many pages include is one.
    forms: usize,
    /// How many forms there are.
    pages: usize,
    /// How many endpoints there are.
    endpoints: usize,
    /// What the forms are; `None`: not all the same.
    kind: Option<FormKind>,
    /// The names of the releases that are out, the newest one first.
    releases: Vec<String>,
}

impl<'a, 'r> Group<'a, 'r> {
    /// The group of these findings, of which there is at least one.
    #[must_use]
    pub fn new(findings: &'a [&'a Finding<'r>]) -> Self {
        let forms = || findings.iter().filter_map(|finding| finding.page.form);
        let written: HashSet<_> = forms().map(Form::written_at).collect();
        let ids: HashSet<&str> = forms().map(|form| &*form.id).collect();
        let endpoints = findings.iter().map(|finding| finding.endpoint);
        let endpoints: HashSet<_> = endpoints
            .map(|(method, path)| (method, unnamed(path)))
            .collect();
        let mut kinds = findings.iter().map(|finding| finding.form_kind());
        let kind = kinds.next().flatten();
        Self {
            findings,
            forms: written.len(),
            pages: ids.len(),
            endpoints: endpoints.len(),
            kind: kind.filter(|kind| kinds.all(|other| other == Some(*kind))),
            releases: old_names(findings),
        }
    }

    /// The first finding. What is said of the group is true of each finding, except for
    /// the names of forms and of releases that are out: those are this type's to give.
    pub(crate) fn first(&self) -> &'a Finding<'r> {
        self.findings[0]
    }

    /// The finding of the newest release that is out.
    pub(crate) fn newest(&self) -> &'a Finding<'r> {
        let newest = |finding: &&&Finding<'_>| finding.old_name() == self.releases[0];
        self.findings
            .iter()
            .find(newest)
            .map_or(self.first(), |newest| newest)
    }

    /// Which findings of the group this holds for.
    pub(crate) fn holds(&self, is_so: impl Fn(&Finding<'r>) -> bool) -> Holds {
        match self
            .findings
            .iter()
            .filter(|finding| is_so(finding))
            .count()
        {
            0 => Holds::Nowhere,
            count if count == self.findings.len() => Holds::Everywhere,
            _ => Holds::Partly,
        }
    }

    /// What the forms are; `None`: not all the same.
    pub(crate) fn kind(&self) -> Option<FormKind> {
        self.kind
    }

    /// Whether the findings are of several endpoints.
    pub(crate) fn is_of_several_endpoints(&self) -> bool {
        self.endpoints > 1
    }

    /// The pronoun that agrees with the endpoints in number.
    pub(crate) fn agree_endpoints(&self) -> &'static str {
        if self.is_of_several_endpoints() {
            "them"
        } else {
            "it"
        }
    }

    /// The handlers of the endpoints, of which there are several: "these 3 handlers".
    pub(crate) fn these_handlers(&self) -> String {
        format!("these {} handlers", self.endpoints)
    }

    /// The forms, where their kind is clear: "`CsvPage`", or "3 forms".
    pub(crate) fn forms(&self) -> String {
        match self.forms {
            0 | 1 => self.form_name(),
            count => format!("{count} {}s", self.noun()),
        }
    }

    /// A form, with what it is: "the form `CsvPage`", or "one of 3 forms".
    pub(crate) fn some_forms(&self) -> String {
        match self.forms {
            0 | 1 => self.the_forms(),
            _ => format!("one of {}", self.forms()),
        }
    }

    /// The forms: "the form `CsvPage`", or "these 3 forms".
    pub(crate) fn the_forms(&self) -> String {
        match self.forms {
            0 | 1 => format!("the {} {}", self.noun(), self.form_name()),
            count => format!("these {count} {}s", self.noun()),
        }
    }

    /// A form, which is new: "the new form `CsvPage`", or "one of 3 new forms".
    pub(crate) fn new_forms(&self) -> String {
        match self.forms {
            0 | 1 => format!("the new {} {}", self.noun(), self.form_name()),
            count => format!("one of {count} new {}s", self.noun()),
        }
    }

    /// The word that agrees with the forms in number.
    pub(crate) fn agree(&self, one: &'static str, several: &'static str) -> &'static str {
        if self.forms > 1 { several } else { one }
    }

    /// The items that the findings are about: "`import_csv`", or "3 items".
    pub(crate) fn items(&self) -> String {
        match self.findings.len() {
            1 => format!("`{}`", self.item_name()),
            count => format!("{count} items"),
        }
    }

    /// The handlers that the findings are about: "`import_csv`", or "these 3 handlers".
    pub(crate) fn handlers(&self) -> String {
        match self.findings.len() {
            1 => format!("`{}`", self.item_name()),
            count => format!("these {count} handlers"),
        }
    }

    /// The finding, if it is the only one.
    pub(crate) fn only(&self) -> Option<&'a Finding<'r>> {
        match self.findings {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The word that agrees with the findings in number.
    pub(crate) fn agree_items(&self, one: &'static str, several: &'static str) -> &'static str {
        if self.findings.len() > 1 {
            several
        } else {
            one
        }
    }

    /// The releases of the pages: "1.0.0", or "1.0.0 or 1.1.0".
    pub(crate) fn page(&self) -> String {
        match self.first().direction {
            Some(Direction::OldToNew) => enumerate_releases(&self.releases, "or"),
            Some(Direction::NewToOld) | None => self.first().page_name(),
        }
    }

    /// The releases of the nodes: "1.0.0", or "1.0.0 or 1.1.0".
    pub(crate) fn node(&self) -> String {
        match self.first().direction {
            Some(Direction::NewToOld) => enumerate_releases(&self.releases, "or"),
            Some(Direction::OldToNew) | None => self.first().node_name(),
        }
    }

    /// The word that agrees with the releases that are out in number.
    pub(crate) fn agree_releases(&self, one: &'static str, several: &'static str) -> &'static str {
        if self.releases.len() > 1 {
            several
        } else {
            one
        }
    }

    fn item_name(&self) -> &'r str {
        let Finding { page, node, .. } = self.first();
        let form = page.form.map(|form| &form.id);
        let id = form.or(node.handler.map(|handler| &handler.id));
        id.map_or("the item", |id| last_segment(id))
    }

    /// What one of the forms is called.
    fn noun(&self) -> &'static str {
        match self.kind {
            Some(FormKind::Link) => "link",
            Some(FormKind::Redirect) => "redirect",
            Some(FormKind::Script) => "script call",
            Some(FormKind::Submit) | None => "form",
        }
    }

    /// The name of the form or, of what several pages include, its place.
    fn form_name(&self) -> String {
        match self.first().page.form {
            None => "`the form`".to_owned(),
            Some(form) => match form.template() {
                Some(line) if self.pages > 1 => {
                    format!("`{}:{}` (in {} pages)", line.file, line.line, self.pages)
                }
                _ => format!("`{}`", last_segment(&form.id)),
            },
        }
    }
}

/// Which findings of a group something holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Everywhere,
    Partly,
    Nowhere,
}
