//! What a rule says of a finding, before anybody decides how it is printed.

/// What is said of one finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Explanation {
    /// What breaks for the user of the app, in one line.
    pub headline: String,
    /// What the node answers.
    pub answer: &'static str,
    /// What to do instead, release by release.
    pub steps: Vec<Step>,
}

/// What one release does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// Which release, and when it may go.
    pub release: String,
    /// What goes into it.
    pub change: String,
    /// A piece of an annotation to paste.
    pub paste: Option<String>,
    /// Which annotation that goes into; `None`: it stands for itself.
    pub paste_into: Option<String>,
}

impl Step {
    pub(crate) fn new(release: impl Into<String>, change: impl Into<String>) -> Self {
        Self {
            release: release.into(),
            change: change.into(),
            paste: None,
            paste_into: None,
        }
    }

    pub(crate) fn with_paste(self, paste: String) -> Self {
        Self {
            paste: Some(paste),
            ..self
        }
    }
}
