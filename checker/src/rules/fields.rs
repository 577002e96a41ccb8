//! What the rules about fields share: which faults are a rule's, and how fields are
//! named.

use crate::model::{Detail, Fault, FaultKind, Finding, Request, Rule, Submission};
use crate::registry::Value;

/// What a node answers that refuses fields: the framework decides.
pub(super) const ANSWER: &str = "400 or 422";

/// The finding of a rule whose faults are of these kinds. If some of them are sure,
/// the others are left out.
pub(super) fn found<'r>(
    rule: &'static Rule,
    submission: &Submission<'_, 'r>,
    is_of_rule: fn(&FaultKind) -> bool,
) -> Option<Finding<'r>> {
    let Request::Faults(faults) = &submission.request else {
        return None;
    };
    let faults = faults.iter().filter(|fault| is_of_rule(&fault.kind));
    let mut faults: Vec<Fault> = faults.cloned().collect();
    let is_undecided = faults.iter().all(|fault| fault.is_undecided);
    faults.retain(|fault| fault.is_undecided == is_undecided);
    (!faults.is_empty()).then(|| Finding {
        is_undecided,
        detail: Detail::Faults(faults),
        ..Finding::from_submission(rule, submission)
    })
}

/// The faults of a finding.
pub(super) fn faults<'f>(finding: &'f Finding<'_>) -> &'f [Fault] {
    match &finding.detail {
        Detail::Faults(faults) => faults,
        _ => &[],
    }
}

/// The names of the fields, each once.
pub(super) fn names(finding: &Finding<'_>) -> String {
    let mut names: Vec<&str> = faults(finding).iter().map(|fault| &*fault.field).collect();
    names.dedup();
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [] => "a field".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A kind of value, in words.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::NotDeclared => "a type that declares nothing".to_owned(),
        Value::Text => "any text".to_owned(),
        Value::Character => "one character".to_owned(),
        Value::Boolean => "true or false".to_owned(),
        Value::Integer { min, max } => match (min, max) {
            (None, None) => "a whole number".to_owned(),
            (Some(min), None) => format!("a whole number from {min}"),
            (None, Some(max)) => format!("a whole number up to {max}"),
            (Some(min), Some(max)) => format!("a whole number from {min} to {max}"),
        },
        Value::Number => "a number".to_owned(),
        Value::Choice { choices, .. } if choices.len() > 6 => {
            format!("one of {} choices", choices.len())
        }
        Value::Choice { choices, .. } => format!("only \"{}\"", choices.join("\", \"")),
        Value::Object { .. } => "an object of fields".to_owned(),
    }
}
