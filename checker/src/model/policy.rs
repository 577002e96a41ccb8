//! The policy: the part of a judgement that is not in the two registries. Who can
//! meet whom, how much each rule weighs, and what is waived.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;

use super::apps::Apps;
use super::flags::Flags;
use super::rule::Rule;
use super::turn::Turn;
use super::verdict::{Direction, Level};
use super::waiver::Waiver;
use crate::registry::{Form, Registry};

/// What the file is called in which a user states the policy.
pub const POLICY_FILE: &str = "coexist.toml";

/// How a release is judged. The default: a rolling release, pages that live a day, rollback
/// allowed, the rules' own levels, nothing waived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The file that states it; `None`: no file was read.
    pub file: Option<PolicyFile>,
    /// How far the new build has come.
    pub stage: Stage,
    /// How a new build takes the place of the old one.
    pub rollout: Rollout,
    /// How long a page stays open, and may be submitted, at most.
    pub page_lifetime: Duration,
    /// Whether the old build may be brought back after the new one has taken over.
    pub rollback: bool,
    /// The rules that weigh other than by default; `None`: findings are left out.
    pub levels: BTreeMap<&'static str, Option<Level>>,
    /// The findings that the team accepts.
    pub waivers: Vec<Waiver>,
    /// Which app serves what, where several are behind one address.
    pub apps: Apps,
    /// Which feature flags are off. The builds that are judged hold what is
    /// [awake](Flags::awake): the judgement does not look at flags again.
    pub flags: Flags,
    /// The flags that are turned, if that is what is judged, and not a release.
    pub turned: Option<Turn>,
    /// What is said of a page that nothing links to.
    pub unlinked_pages: UnlinkedPages,
    /// The day on which is judged; `None`: no waiver expires by date.
    pub today: Option<Date>,
}

/// A file that states a policy, as reports show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its path, relative to the directory where the search began, or as it was given.
    pub path: String,
    /// The rules whose findings it ignores, by name.
    pub allowed: Vec<&'static str>,
    /// The rules that reject a release by default, and whose findings it makes warnings.
    pub lowered: Vec<&'static str>,
    /// How many waivers it has.
    pub waivers: usize,
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

/// How a new build takes the place of the old one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rollout {
    /// Node by node: for a while both serve, and pages of each meet nodes of the other.
    #[default]
    Rolling,
    /// All traffic at once: open pages of the old build meet the new one.
    BlueGreen,
    /// A page is served by nodes of its own build as long as there are any: it meets
    /// the new build only if it stays open for longer.
    Pinned,
}

/// What is said of a form on a page that no form and no link of either release leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnlinkedPages {
    /// The form is judged, and the finding says that nothing leads to its pages.
    #[default]
    Judge,
    /// The form is ignored: the team annotates every link, and adds pages before it links
    /// to them.
    Ignore,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            file: None,
            stage: Stage::default(),
            rollout: Rollout::default(),
            page_lifetime: Duration::from_secs(24 * 60 * 60),
            rollback: true,
            levels: BTreeMap::new(),
            waivers: Vec::new(),
            apps: Apps::default(),
            flags: Flags::default(),
            turned: None,
            unlinked_pages: UnlinkedPages::default(),
            today: None,
        }
    }
}

impl Policy {
    /// Replaces the levels of these rules.
    #[cfg(feature = "cli")]
    pub(crate) fn override_levels(&mut self, levels: BTreeMap<&'static str, Option<Level>>) {
        if let Some(file) = &mut self.file {
            file.allowed.retain(|rule| !levels.contains_key(rule));
            file.lowered.retain(|rule| !levels.contains_key(rule));
        }
        self.levels.extend(levels);
    }

    /// Whether pages and nodes can meet this way round.
    #[must_use]
    pub fn overlaps(&self, direction: Direction) -> bool {
        match (direction, self.rollout) {
            // Brought back, the old build meets the pages that the new one made.
            (Direction::NewToOld, Rollout::BlueGreen | Rollout::Pinned) => self.rollback,
            (Direction::OldToNew, Rollout::Pinned) => !self.page_lifetime.is_zero(),
            (Direction::OldToNew, Rollout::BlueGreen) | (_, Rollout::Rolling) => true,
        }
    }

    /// Whether some of what the pages of a build send can meet nodes this way round: a form with
    /// a lifetime of its own may where pages do not stay open.
    #[must_use]
    pub fn overlaps_pages(&self, direction: Direction, pages: &Registry) -> bool {
        let outlives = || pages.longest_lifetime().is_some();
        self.overlaps(direction) || (self.least_age(direction).is_some() && outlives())
    }

    /// The same of one form.
    #[must_use]
    pub fn overlaps_form(&self, direction: Direction, form: &Form) -> bool {
        match self.least_age(direction) {
            Some(age) => form.lifetime_on(self.page_lifetime) > age,
            None => self.overlaps(direction),
        }
    }

    /// How old pages are at least when they meet nodes this way round; `None`: they may be new.
    /// What lives no longer than that is not open.
    #[must_use]
    pub fn least_age(&self, direction: Direction) -> Option<Duration> {
        let is_pinned = self.rollout == Rollout::Pinned && direction == Direction::OldToNew;
        is_pinned.then_some(Duration::ZERO)
    }

    /// The same policy for a feature flag that is turned: all nodes do so at once, so that
    /// only pages from before meet the nodes. What turning it back would break is another
    /// question.
    #[must_use]
    pub fn for_flip(self, turn: Turn) -> Self {
        Self {
            rollout: Rollout::BlueGreen,
            rollback: false,
            turned: Some(turn),
            ..self
        }
    }

    /// How much a finding of that rule weighs; `None`: it is left out. What is undecided, or
    /// was there before, is `lighter`: it rejects nothing, unless the policy says so.
    #[must_use]
    pub fn level(&self, rule: &Rule, lighter: bool) -> Option<Level> {
        match self.levels.get(rule.name) {
            Some(level) => *level,
            None if lighter => Some(rule.level.max(Level::Warn)),
            None => Some(rule.level),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Policy, Rollout};
    use crate::model::Direction::{NewToOld, OldToNew};

    #[test]
    fn who_meets_whom() {
        use Rollout::{BlueGreen, Pinned, Rolling};
        let overlaps = |rollout, rollback, seconds| {
            let policy = Policy {
                rollout,
                rollback,
                page_lifetime: std::time::Duration::from_secs(seconds),
                ..Policy::default()
            };
            [OldToNew, NewToOld].map(|direction| policy.overlaps(direction))
        };
        for lifetime in [0, 60] {
            for rollback in [false, true] {
                assert_eq!(overlaps(Rolling, rollback, lifetime), [true, true]);
                assert_eq!(overlaps(BlueGreen, rollback, lifetime), [true, rollback]);
                assert_eq!(
                    overlaps(Pinned, rollback, lifetime),
                    [lifetime > 0, rollback]
                );
            }
        }
    }
}
