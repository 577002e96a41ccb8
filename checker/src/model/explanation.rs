//! What a rule says of findings, before anything decides how it is printed.

use std::fmt::Display;

/// What is said of one finding, or of several together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What breaks for the user of the app, in one line.
    pub headline: String,
    /// What becomes of the submission at the node, as a verb and its object; `None`: the
    /// findings are about one build.
    pub answer: Option<&'static str>,
    /// What to do instead, release by release.
    pub steps: Vec<Step>,
}

/// What one release does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where and when: "In 1.2.0, once every node runs 1.1.0".
    pub when: String,
    /// What to do then, in the imperative.
    pub change: String,
    /// A piece of an annotation.
    pub paste: Option<Paste>,
}

/// A piece of an annotation to paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// The sentence before it, without a colon at its end.
    pub intro: String,
    /// The piece.
    pub code: String,
}

impl Step {
    pub(crate) fn new(when: impl Into<String>, change: impl Into<String>) -> Self {
        Self {
            when: when.into(),
            change: change.into(),
            paste: None,
        }
    }

    /// What a release, or a file, changes.
    pub(crate) fn within(place: impl Display, change: impl Into<String>) -> Self {
        Self::new(format!("In {place}"), change)
    }
}
