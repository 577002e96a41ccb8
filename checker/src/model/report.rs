//! What a judgement is about, and what comes of it.

use super::finding::Finding;
use super::meeting::{Meeting, Sent};
use super::verdict::{Level, Verdict};
use super::waiver::Waiver;
use crate::registry::Registry;

/// What a new build finds when it goes out.
#[derive(Clone, Debug, Default)]
pub struct Deployed<'r> {
    /// The build that it takes the place of; `None`: there is none.
    pub old: Option<&'r Registry>,
    /// The builds that serve, or whose pages may be open; the old one is among them.
    pub open: Vec<&'r Registry>,
    /// Whose pages may meet whose nodes.
    pub meetings: Vec<Meeting<'r>>,
}

impl<'r> Deployed<'r> {
    /// What is sent from one app to another, and the build that gets it.
    pub(crate) fn across(&self) -> impl Iterator<Item = (&'r Registry, &Sent<'r>)> {
        let across = self.meetings.iter();
        let across = across.filter_map(|met| Some((met.node, &met.across.as_ref()?.sent)));
        across.flat_map(|(node, sent)| sent.iter().map(move |sent| (node, sent)))
    }
}

/// What a new build is to those that are out.
#[derive(Debug)]
pub struct Report<'r> {
    /// What is out.
    pub out: Deployed<'r>,
    /// The build that is to be released.
    pub new: &'r Registry,
    /// Whether it has the same items as the old one: the release changes nothing.
    pub is_same: bool,
    /// What would fail, in a fixed order.
    pub findings: Vec<Finding<'r>>,
    /// What would fail, too, but somebody answers for it; in the same order.
    pub waived: Vec<(Finding<'r>, &'r Waiver)>,
    /// How many submissions were judged, in all meetings.
    pub judged: usize,
    /// How many endpoints of forms are served by no build at hand, since another
    /// program serves them.
    pub elsewhere: usize,
}

impl<'r> Report<'r> {
    /// The build that the new one takes the place of; where there is none, the new one
    /// itself.
    #[must_use]
    pub fn old(&self) -> &'r Registry {
        self.out.old.unwrap_or(self.new)
    }

    /// Whether the new build may go out.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self
            .findings
            .iter()
            .any(|finding| finding.level == Level::Deny)
        {
            Verdict::Reject
        } else {
            Verdict::Accept
        }
    }
}
