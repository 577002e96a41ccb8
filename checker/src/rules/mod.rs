//! The rules: each a file with its documentation, its data, the function that
//! detects, and the words in which it is said.

mod advice;
mod cross_app;
mod encoding_changed;
mod endpoint_narrowed;
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
mod lifespan;
mod method_changed;
mod since_in_future;
mod since_not_stamped;
mod since_rewritten;
mod target_undecided;
mod until_passed;
mod waiver_expired;
mod waiver_unused;

pub use advice::{Explanation, Step};
pub(crate) use fields::value;
pub(crate) use grouping::{GroupKey, words_of_all};

use crate::judge::{
    Detail, Finding, Level, NodeSide, PageSide, RoutedBuild, Submission, WaiverUse,
};
use crate::support::suggest::unknown;

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
    /// How it detects.
    pub judges: Check,
    /// How a finding of it is said.
    pub words: fn(&Finding<'_>) -> Explanation,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// At one submission.
    Submission(for<'r> fn(&Submission<'_, 'r>) -> Option<Finding<'r>>),
    /// At one build by itself, if it differs from the one that is out.
    Build(for<'r> fn(&RoutedBuild<'r>) -> Vec<Finding<'r>>),
    /// At the old build and the new one, if they differ.
    Pair(for<'r> fn(&RoutedBuild<'r>, &RoutedBuild<'r>) -> Vec<Finding<'r>>),
    /// At the same, and at what pages of all builds send that serve or may be open.
    Open(for<'r> fn(&RoutedBuild<'r>, &RoutedBuild<'r>, &Open<'_>) -> Vec<Finding<'r>>),
    /// At one build by itself, whatever is out, if it is to be released as it is.
    Candidate(for<'r> fn(&RoutedBuild<'r>) -> Vec<Finding<'r>>),
    /// At a waiver of the policy, after all others, if the two builds differ.
    Waiver(fn(&WaiverUse<'_>) -> bool),
}

/// What pages that are open send to a build, or would.
#[derive(Debug)]
pub struct Open<'a> {
    /// How many builds made them, the new one among these.
    pub builds: usize,
    /// Methods and paths.
    pub sent: Vec<(&'a str, &'a str)>,
}

/// Every rule, by name.
pub const ALL: &[&Rule] = &[
    &encoding_changed::RULE,
    &endpoint_narrowed::RULE,
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

/// The rule of that name; if there is none, what to say of that.
pub fn named(name: &str) -> Result<&'static Rule, String> {
    find(name).ok_or_else(|| {
        let known: Vec<&str> = ALL.iter().map(|rule| rule.name).collect();
        unknown(&format!("rule `{name}`"), name, &known)
    })
}

/// What is said of a finding.
#[must_use]
pub fn words(finding: &Finding<'_>) -> Explanation {
    let words = (finding.rule.words)(finding);
    match &finding.crossing {
        Some(crossing) => cross_app::settle(words, finding, crossing),
        None => words,
    }
}

/// The finding that a submission breaks `rule`.
fn finding<'r>(rule: &'static Rule, submission: &Submission<'_, 'r>) -> Finding<'r> {
    use crate::endpoint::Outcome;
    let handler = match &submission.there {
        Outcome::Served(handler) => Some(*handler),
        Outcome::OtherMethods(handlers) | Outcome::Undecided(handlers) => handlers.first().copied(),
        Outcome::NotServed => None,
    };
    Finding {
        rule,
        level: rule.level,
        page: PageSide {
            registry: submission.page.registry,
            form: Some(submission.form),
            handler: submission.own_handler(),
        },
        node: NodeSide {
            registry: submission.node.registry,
            handler,
        },
        endpoint: (&submission.target.method, &submission.target.path),
        direction: Some(submission.direction),
        is_undecided: false,
        detail: Detail::None,
        old_name: None,
        crossing: None,
    }
}
