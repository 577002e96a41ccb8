//! What is asked of the new build: the part of a judgement that is not in the two
//! registries.

/// What is asked of the new build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// How far the new build has come.
    pub stage: Stage,
}

/// How far a build has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It is to be released as it is: the gate.
    #[default]
    Candidate,
    /// It is between two releases: what a release must not hold, it may.
    Development,
}
