//! The rules: each a file with its documentation, its data, the function that detects
//! findings, and the one that explains them.
//!
//! A rule does not choose what it is asked about: [`judge`](crate::judge) does. It prints
//! nothing: that is the business of [`render`](crate::render).

mod advice;
mod astray;
mod cross_app;
mod encoding_changed;
mod endpoint_narrowed;
mod field_ignored;
mod field_narrowed;
mod field_rejected;
mod field_required;
mod field_sometimes_missing;
mod fields;
mod form_dangling;
mod form_outlives_handler;
mod grouping;
mod handler_duplicated;
mod handler_not_yet;
mod handler_removed;
mod handler_shadowed;
mod handler_unused;
mod headline;
mod included;
mod lifespan;
mod method_changed;
mod redirect_loses_fields;
mod since_in_future;
mod since_not_stamped;
mod since_rewritten;
mod target_undecided;
#[cfg(test)]
mod tests;
mod until_passed;
mod values;
mod waiver_expired;
mod waiver_unused;

pub(crate) use grouping::GroupKey;
pub use grouping::{explain, explain_one};
#[cfg(feature = "html")]
pub(crate) use values::describe_limit;
pub(crate) use values::describe_value;

use crate::model::Rule;
use crate::support::suggest::unknown;

/// Every rule, by name.
pub const ALL: &[&Rule] = &[
    &encoding_changed::RULE,
    &endpoint_narrowed::RULE,
    &field_ignored::RULE,
    &field_narrowed::RULE,
    &field_rejected::RULE,
    &field_required::RULE,
    &field_sometimes_missing::RULE,
    &form_dangling::RULE,
    &form_outlives_handler::RULE,
    &handler_duplicated::RULE,
    &handler_not_yet::RULE,
    &handler_removed::RULE,
    &handler_shadowed::RULE,
    &handler_unused::RULE,
    &method_changed::RULE,
    &redirect_loses_fields::RULE,
    &since_in_future::RULE,
    &since_not_stamped::RULE,
    &since_rewritten::RULE,
    &target_undecided::RULE,
    &until_passed::RULE,
    &waiver_expired::RULE,
    &waiver_unused::RULE,
];

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}

/// There is no rule of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", suggest_rule(name))]
pub struct UnknownRule {
    /// The name.
    pub name: String,
}

/// The rule of that name.
///
/// # Errors
///
/// If there is none.
pub fn named(name: &str) -> Result<&'static Rule, UnknownRule> {
    find(name).ok_or_else(|| UnknownRule {
        name: name.to_owned(),
    })
}

/// Says that there is no such rule, and which one is probably meant.
fn suggest_rule(name: &str) -> String {
    let known: Vec<&str> = ALL.iter().map(|rule| rule.name).collect();
    unknown(&format!("rule `{name}`"), name, &known)
}
