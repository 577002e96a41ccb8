//! The releases whose pages hold a candidate back until they expire.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Gate, Opponent};
use crate::model::Finding;

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
        if self.passes_at.is_none() {
            return Vec::new();
        }
        let is_in_the_way =
            |opponent: &&Opponent<'_>| !opponent.is_running() && denied.contains(&opponent.id);
        self.met().filter(is_in_the_way).collect()
    }

    /// When the last of the forms has expired that these findings are about; `None`: one of
    /// them is of a release that runs, or about something else.
    #[must_use]
    pub fn expire_at(&self, findings: &[&Finding<'_>]) -> Option<Timestamp> {
        let each = findings.iter().map(|finding| {
            let of_page = |opponent: &&Opponent<'_>| opponent.id == finding.page.build;
            self.met().find(of_page)?.form_until(finding.page.form?)
        });
        let each: Option<Vec<Timestamp>> = each.collect();
        each?.into_iter().max()
    }
}
