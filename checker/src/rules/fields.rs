//! What the rules about fields share: which faults are a rule's, how fields are named, and
//! the frame of an explanation.

use super::advice::{Dropping, Names, reached};
use super::headline::Fate;
use crate::model::{
    Detail, Explanation, Fault, FaultKind, Finding, Group, Request, Rule, Submission,
};
use crate::support::steps;
use crate::support::text::enumerate;

/// What a node answers that rejects fields: the framework decides.
pub(super) const ANSWER: &str = "400 Bad Request or 422 Unprocessable Content";

/// The finding of a rule whose faults are of these kinds: it is undecided if all of them are.
pub(super) fn found<'r>(
    rule: &'static Rule,
    submission: &Submission<'_, 'r>,
    is_of_rule: fn(&FaultKind) -> bool,
) -> Option<Finding<'r>> {
    let Request::Faults(faults) = submission.request() else {
        return None;
    };
    let faults = faults.iter().filter(|fault| is_of_rule(&fault.kind));
    let mut faults: Vec<Fault> = faults.cloned().collect();
    let is_undecided = faults.iter().all(|fault| fault.is_undecided);
    steps::count(faults.len());
    faults.sort_by_key(|fault| fault.is_undecided);
    let first = faults.first()?;
    let pair = submission.first_pair(|request| match request {
        Request::Faults(faults) => faults
            .iter()
            .any(|fault| (&fault.field, &fault.kind) == (&first.field, &first.kind)),
        _ => false,
    });
    Some(Finding {
        is_undecided,
        detail: Detail::Faults(faults),
        ..Finding::from_submission(rule, submission).between(pair)
    })
}

/// The faults of a finding that are certain, or all if none is.
pub(super) fn faults<'f>(finding: &'f Finding<'_>) -> &'f [Fault] {
    match split(finding) {
        (&[], undecided) => undecided,
        (certain, _) => certain,
    }
}

/// The faults that are certain, and those that are undecided.
fn split<'f>(finding: &'f Finding<'_>) -> (&'f [Fault], &'f [Fault]) {
    match &finding.detail {
        Detail::Faults(faults) => {
            faults.split_at(faults.partition_point(|fault| !fault.is_undecided))
        }
        _ => (&[], &[]),
    }
}

/// Which fields could not be decided, beside others that were.
pub(super) fn also_undecided(finding: &Finding<'_>) -> Option<String> {
    match split(finding) {
        (&[], _) | (_, &[]) => None,
        (_, undecided) => {
            let names = enumerate_fields(&names_of(undecided));
            let is_limit = |fault: &Fault| matches!(fault.kind, FaultKind::Limit { .. });
            let why = if undecided.iter().all(is_limit) {
                "that needs a closer look"
            } else {
                "not declared"
            };
            Some(format!("{names} could not be compared: {why}"))
        }
    }
}

/// The noun phrases of an explanation about fields.
pub(super) struct Nouns<'a, 'r> {
    pub(super) names: Names<'a, 'r>,
    /// "the form `CsvPage`", or "these 3 forms".
    pub(super) forms: String,
    /// "the handler `import_csv`": the one that is reached.
    pub(super) handler: String,
    /// "`a`", or "`a` and `b`".
    pub(super) fields: String,
    /// The pronoun for the fields.
    pub(super) them: &'static str,
}

/// What a rule says of submissions that a handler rejects by their fields.
pub(super) struct Phrases {
    /// Why it rejects them.
    pub(super) why: String,
    /// Whether that depends on what the user does.
    pub(super) sometimes: bool,
    /// What to do, if the page is the old one.
    pub(super) old_to_new: Dropping,
    /// The changes of two releases, if the page is the new one.
    pub(super) new_to_old: [String; 2],
}

impl<'a, 'r> Nouns<'a, 'r> {
    pub(super) fn new(group: &'a Group<'a, 'r>) -> Self {
        let names = Names::new(group);
        let fields = field_names(group.first());
        Self {
            forms: group.the_forms(),
            handler: format!("the handler `{}`", names.reached),
            them: if fields.len() > 1 { "them" } else { "it" },
            fields: enumerate_fields(&fields),
            names,
        }
    }

    /// The explanation with these phrases.
    pub(super) fn explain(&self, phrases: Phrases) -> Explanation {
        let may = phrases.sometimes || self.names.group.first().is_undecided;
        let headline = self.names.submissions(&Fate::answer(ANSWER, !may));
        let also = also_undecided(self.names.group.first());
        let also = also.map_or_else(String::new, |also| format!(" ({also})"));
        Explanation {
            headline: format!("{headline}: {}{also}", phrases.why),
            answer: Some(if may {
                "may fail with 400 or 422"
            } else {
                "fails with 400 or 422"
            }),
            steps: self
                .names
                .accept_first(phrases.old_to_new, phrases.new_to_old),
        }
    }
}

/// What an explanation about fields names: the handler that is reached, and the fields.
pub(super) fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = vec![reached(finding), enumerate_fields(&field_names(finding))];
    subject.extend(also_undecided(finding));
    subject
}

/// The names of the fields, each once.
fn field_names<'f>(finding: &'f Finding<'_>) -> Vec<&'f str> {
    names_of(faults(finding))
}

fn names_of(faults: &[Fault]) -> Vec<&str> {
    let mut names: Vec<&str> = faults.iter().map(|fault| &*fault.field).collect();
    names.dedup();
    names
}

pub(super) fn enumerate_fields(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    enumerate(&names, "and")
}
