//! What comes of a judgement: whose pages meet whose nodes, how much a finding weighs, and
//! whether the release may go out.

/// Whose page sends to whose node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// A page of the old build to a node of the new one.
    OldToNew,
    /// A page of the new build to a node of the old one.
    NewToOld,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It rejects the release.
    Deny,
    /// It is said; the release is accepted.
    Warn,
    /// Nothing is wrong: it is good to know.
    Note,
}

/// What is said of a release as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The two builds can serve side by side.
    Accept,
    /// Somebody's submission would fail.
    Reject,
}

impl Direction {
    /// Of what belongs to the old build and to the new one: first that of the page's build,
    /// then that of the node's.
    pub(crate) fn page_and_node<T>(self, old: T, new: T) -> (T, T) {
        match self {
            Self::OldToNew => (old, new),
            Self::NewToOld => (new, old),
        }
    }

    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OldToNew => "old-to-new",
            Self::NewToOld => "new-to-old",
        }
    }
}

impl Level {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Note => "note",
        }
    }
}

impl Verdict {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }
}
