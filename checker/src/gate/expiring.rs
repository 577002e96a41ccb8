//! The releases whose pages hold a candidate back until they expire.

use std::collections::BTreeSet;

use super::{Gate, Opponent};

impl<'r> Gate<'r> {
    /// What the candidate meets: the releases of its own app first, then those of others.
    pub fn met(&self) -> impl Iterator<Item = &Opponent<'r>> {
        self.against.iter().chain(&self.neighbours)
    }

    /// The releases that the candidate waits for until [`passes_at`](Self::passes_at): their
    /// pages fail with it, and have expired by then.
    #[must_use]
    pub fn expiring(&self) -> Vec<&Opponent<'r>> {
        let findings = self.report.findings.iter();
        let denied: BTreeSet<_> = findings
            .filter(|finding| finding.rejects_pair())
            .map(|finding| finding.page.build)
            .collect();
        let is_in_the_way = |opponent: &&Opponent<'_>| {
            opponent
                .pages_until
                .is_some_and(|end| Some(end) <= self.passes_at)
                && denied.contains(&opponent.id)
        };
        self.met().filter(is_in_the_way).collect()
    }
}
