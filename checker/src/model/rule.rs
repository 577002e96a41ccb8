//! A rule as data, and what each kind of rule looks at.

use super::explanation::Explanation;
use super::finding::Finding;
use super::routed::RoutedBuild;
use super::submission::Submission;
use super::verdict::Level;
use super::waiver::WaiverUse;

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
    pub check: Check,
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
