//! Which findings are explained together, and what is said of them.

use super::{advice, cross_app};
use crate::endpoint::unnamed;
use crate::model::{Detail, Explanation, Finding, Group, Holds};

/// What findings have in common that are explained together: all that an explanation says
/// except for the names of the forms and of the releases that are out.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct GroupKey<'r> {
    rule: &'static str,
    level: &'static str,
    meeting: Option<MeetingKey<'r>>,
    /// What the rule itself names.
    subject: Vec<String>,
}

/// The same of a page that meets a node.
#[derive(Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct MeetingKey<'r> {
    direction: &'static str,
    method: &'r str,
    /// Without the names of its parameters.
    path: String,
    /// Which release is the next one depends on it.
    is_same_version: bool,
    is_undecided: bool,
    is_unlinked: bool,
    /// Whether forms change a release later.
    is_form_to_wait: bool,
    cross_app: Option<cross_app::Key<'r>>,
}

impl<'r> GroupKey<'r> {
    pub(crate) fn new(finding: &Finding<'r>) -> Self {
        // Within one build, one step may mend many endpoints.
        let meeting = finding.direction.map(|direction| MeetingKey {
            direction: direction.name(),
            method: finding.endpoint.0,
            path: unnamed(finding.endpoint.1),
            is_undecided: finding.is_undecided,
            is_unlinked: finding.is_unlinked,
            is_form_to_wait: advice::is_form_to_wait(finding),
            is_same_version: finding.page_release().version == finding.node_release().version,
            cross_app: finding
                .crossing
                .as_ref()
                .map(|crossing| cross_app::Key::new(finding, crossing)),
        });
        Self {
            rule: finding.rule.name,
            level: finding.level.name(),
            meeting,
            subject: (finding.rule.subject)(finding),
        }
    }
}

/// The rules whose words fit findings of several endpoints.
const OF_SEVERAL_ENDPOINTS: [&str; 3] = ["handler-not-yet", "handler-removed", "method-changed"];

impl<'r> GroupKey<'r> {
    /// What findings have in common that one advice is for, at whichever endpoints.
    pub(crate) fn of_advice(finding: &Finding<'r>) -> Self {
        let mut key = Self::new(finding);
        let is_plain = finding.crossing.is_none()
            && matches!(finding.detail, Detail::None | Detail::NotServed(None));
        if is_plain
            && OF_SEVERAL_ENDPOINTS.contains(&key.rule)
            && let Some(meeting) = &mut key.meeting
        {
            meeting.method = "";
            meeting.path = String::new();
            meeting.is_unlinked = false;
            key.subject = advice::shape(finding);
        }
        key
    }
}

/// What is said of forms on pages that nothing leads to.
const UNLINKED: &str = ", if somebody reaches the page: no annotated form or link leads to it";

/// What is said of the findings of the group.
#[must_use]
pub fn explain(group: &Group<'_, '_>) -> Explanation {
    let mut explanation = (group.first().rule.explain)(group);
    if group.holds(|finding| finding.is_unlinked) == Holds::Everywhere {
        explanation.headline += UNLINKED;
    }
    match &group.first().crossing {
        Some(crossing) => cross_app::ask_which_app(explanation, group, crossing),
        None => explanation,
    }
}

/// What is said of one finding.
#[must_use]
pub fn explain_one(finding: &Finding<'_>) -> Explanation {
    explain(&Group::new(&[finding]))
}
