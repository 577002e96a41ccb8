//! What the checker must report of a form at an endpoint, and what it may, from what became of
//! its requests.

use std::collections::BTreeSet;

use crate::cause::Cause;

/// What the checker must report of a form at an endpoint, and what it may.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expected {
    /// Sets of rules: the checker must report at least one rule of each set.
    pub(crate) required: BTreeSet<BTreeSet<&'static str>>,
    /// The only rules that it may report.
    pub(crate) allowed: BTreeSet<&'static str>,
    pub(crate) must_deny: bool,
    pub(crate) may_deny: bool,
    /// Whether any report is right, since it cannot be decided.
    pub(crate) is_open: bool,
}

/// A request that the page's own release accepts.
pub(crate) struct Sample {
    /// Whether it can certainly be sent; otherwise only if a hole holds exactly this text.
    pub(crate) is_decided: bool,
    pub(crate) causes: Vec<Cause>,
}

impl Expected {
    /// Nothing can be told: any report is right.
    pub(crate) fn open() -> Self {
        Self {
            is_open: true,
            ..Self::default()
        }
    }

    /// What follows from these requests.
    pub(crate) fn add(&mut self, samples: &[Sample]) {
        let decided: Vec<_> = samples.iter().filter(|sample| sample.is_decided).collect();
        let fails = |sample: &&&Sample| {
            let mut causes = sample.causes.iter();
            causes.any(|cause| !cause.is_vague && !cause.is_as_before)
        };
        let failing = decided.iter().filter(fails).count();
        // If its own release accepts no request, that is a fault of that release.
        self.is_open = decided.is_empty();
        self.must_deny = failing > 0 && failing == decided.len();
        for cause in samples.iter().flat_map(|sample| &sample.causes) {
            self.allowed.extend(&cause.rules);
            if cause.rules.contains("encoding-changed") {
                self.allowed.extend(FIELD_RULES);
            }
        }
        let definite = || decided.iter().flat_map(|sample| &sample.causes);
        // A field that is not known is one, whatever its type is.
        self.may_deny |= definite().any(|cause| cause.rules.contains("field-rejected"));
        for cause in definite().filter(|cause| !cause.is_vague) {
            self.may_deny |= !cause.is_sometimes || self.must_deny;
            self.required.insert(cause.rules.clone());
        }
    }

    /// What must and may be reported if either of the two may be right.
    pub(crate) fn or(self, other: &Self) -> Self {
        let both = self.required.intersection(&other.required);
        Self {
            required: both.cloned().collect(),
            allowed: self.allowed.union(&other.allowed).copied().collect(),
            must_deny: self.must_deny && other.must_deny,
            may_deny: self.may_deny || other.may_deny,
            is_open: self.is_open || other.is_open,
        }
    }
}

/// The rules that the checker may report of fields that cannot be read.
const FIELD_RULES: [&str; 4] = [
    "field-narrowed",
    "field-rejected",
    "field-required",
    "field-sometimes-missing",
];
