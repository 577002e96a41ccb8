//! What a rule says of findings, before anything decides how it is printed.

/// What is said of one finding, or of several together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What breaks for the user of the app, in one line.
    pub headline: String,
    /// What the node answers to the submission; `None`: the findings are about one build.
    pub answer: Option<&'static str>,
    /// What to do instead, release by release.
    pub steps: Vec<Step>,
}

/// What one release does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which release, and what it waits for.
    pub release: String,
    /// What changes in it.
    pub change: String,
    /// A piece of an annotation to paste.
    pub paste: Option<String>,
    /// The annotation to paste it into; `None`: any.
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
