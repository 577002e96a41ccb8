//! How much of a long list is shown.

/// How many places of folded findings are shown; the others are counted.
pub(super) const PLACES: usize = 6;

/// How many live releases are shown with a finding; the others are counted.
pub(super) const RELEASES: usize = 3;

/// How many endpoints of one paragraph are shown; the others are counted.
pub(super) const ENDPOINTS: usize = 16;

/// How many forms of one such endpoint are shown; the others are counted.
pub(super) const FORMS: usize = 3;
