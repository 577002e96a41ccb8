//! What a judgement is about, and what comes of it.

use super::build::{Build, BuildId};
use super::finding::Finding;
use super::meeting::{Elsewhere, JudgedSubmission, Meeting, Sent};
use super::policy::PolicyFile;
use super::routed::{RoutedBuild, RoutedBuilds};
use super::turn::Turn;
use super::verdict::{Direction, Level, Verdict};
use super::waiver::Waiver;
use crate::registry::{Registry, Target};

/// What a new build finds when it goes out.
#[derive(Clone, Debug, Default)]
pub struct Deployed<'r> {
    /// The build that it takes the place of; `None`: there is none.
    pub old: Option<Build<'r>>,
    /// The builds that serve, or whose pages may be open; the old one is among them.
    pub open: Vec<Build<'r>>,
    /// Whose pages may meet whose nodes.
    pub meetings: Vec<Meeting<'r>>,
}

impl<'r> Deployed<'r> {
    /// What is sent from one app to another.
    pub(crate) fn across(&self) -> impl Iterator<Item = &Sent<'r>> {
        let across = self.meetings.iter().filter_map(|met| met.across.as_ref());
        across.flat_map(|across| &across.sent)
    }
}

/// What a new build is to those that are out.
#[derive(Debug)]
pub struct Report<'r> {
    /// What is out.
    pub out: Deployed<'r>,
    /// The build that is to be released.
    pub new: &'r Registry,
    /// The number of that build.
    pub new_id: BuildId,
    /// The file that states the policy; `None`: no file was read.
    pub policy_file: Option<&'r PolicyFile>,
    /// The flags that are turned; `None`: a build is released.
    pub turned: Option<&'r Turn>,
    /// Whether it has the same items as the old one: the release changes nothing.
    pub is_same: bool,
    /// What would fail, in a fixed order.
    pub findings: Vec<Finding<'r>>,
    /// What would also fail, but is waived; in the same order.
    pub waived: Vec<(Finding<'r>, &'r Waiver)>,
    /// The submissions that were judged: those of each meeting, in the order of these.
    pub judged: Vec<Vec<JudgedSubmission<'r>>>,
    /// The endpoints of forms that are not judged, since another program serves them; each
    /// once.
    pub elsewhere: Vec<Elsewhere<'r>>,
    /// The builds that were judged, with their routers.
    pub(crate) builds: RoutedBuilds<'r>,
}

impl<'r> Report<'r> {
    /// The build that the new one takes the place of; where there is none, the new one
    /// itself.
    #[must_use]
    pub fn old(&self) -> &'r Registry {
        self.out.old.map_or(self.new, |old| old.registry)
    }

    /// How many findings within the new build reject it, whichever build it meets.
    #[must_use]
    pub fn denied_within(&self) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|found| found.level == Level::Deny && found.direction.is_none())
            .count()
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

    /// How many submissions were judged, in all meetings.
    #[must_use]
    pub fn judged_count(&self) -> usize {
        self.judged.iter().map(Vec::len).sum()
    }

    /// The submissions that were judged this way round.
    pub fn judged_in(&self, direction: Direction) -> impl Iterator<Item = &JudgedSubmission<'r>> {
        let meetings = self.out.meetings.iter().zip(&self.judged);
        let meetings = meetings.filter(move |(meeting, _)| meeting.direction == direction);
        meetings.flat_map(|(_, judged)| judged)
    }

    /// The endpoints at which a build refuses whatever its own forms send there. That is
    /// looked for when it is asked, since most reports are read without.
    #[must_use]
    pub fn refused_at_home(&self, build: BuildId) -> Vec<&'r Target> {
        let build = self.builds.find(build);
        build.map_or_else(Vec::new, RoutedBuild::refused_at_home)
    }
}
