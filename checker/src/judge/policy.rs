//! The policy: the part of a judgement that is not in the two registries. Who can
//! meet whom, how much each rule weighs, and what is waived.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use jiff::civil::Date;
use semver::Version;

use super::{Apps, Direction, Level};
use crate::rules::Rule;

/// How a release is judged. `default()` is that of DESIGN: rolling, pages that live
/// a day, rollback allowed, the rules' own levels, nothing waived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
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
    /// The findings that somebody answers for.
    pub waivers: Vec<Waiver>,
    /// Which app serves what, where several are behind one address.
    pub apps: Apps,
    /// The day on which is judged; `None`: no waiver expires by date.
    pub today: Option<Date>,
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

/// A finding that somebody answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule.
    pub rule: &'static str,
    /// The method of the endpoint.
    pub method: String,
    /// The path of the endpoint; names of parameters do not matter.
    pub path: String,
    /// The form's path; `None`: every form.
    pub form: Option<String>,
    /// Why.
    pub reason: String,
    /// When it ends.
    pub expires: Expiry,
    /// Where it is written: a file and a line, for people.
    pub at: String,
}

/// When a waiver ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// On that day: the day before is the last one on which it holds.
    Date(Date),
    /// In that release: the one before is the last one for which it holds.
    Version(Version),
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Version(version) => version.fmt(f),
        }
    }
}

impl Waiver {
    /// Whether it has ended, on that day (`None`: no day ends it) and for a build of
    /// that version. What has no order, a version's build metadata, does not matter.
    #[must_use]
    pub fn is_expired(&self, today: Option<Date>, version: &Version) -> bool {
        match &self.expires {
            Expiry::Date(date) => today.is_some_and(|today| today >= *date),
            Expiry::Version(end) => version.cmp_precedence(end).is_ge(),
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            stage: Stage::default(),
            rollout: Rollout::default(),
            page_lifetime: Duration::from_secs(24 * 60 * 60),
            rollback: true,
            levels: BTreeMap::new(),
            waivers: Vec::new(),
            apps: Apps::default(),
            today: None,
        }
    }
}

impl Policy {
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

    /// How much a finding of that rule weighs; `None`: it is left out. What is undecided
    /// rejects nothing, unless somebody wants it to.
    #[must_use]
    pub fn level(&self, rule: &Rule, is_undecided: bool) -> Option<Level> {
        match self.levels.get(rule.name) {
            Some(level) => *level,
            None if is_undecided => Some(rule.level.max(Level::Warn)),
            None => Some(rule.level),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Expiry, Policy, Rollout, Waiver};
    use crate::judge::Direction::{NewToOld, OldToNew};

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

    #[test]
    fn a_waiver_ends_on_its_day_or_with_its_release() {
        let is_expired = |expires, today: Option<&str>, version: &str| {
            let waiver = Waiver {
                rule: "handler-removed",
                method: "GET".to_owned(),
                path: "/".to_owned(),
                form: None,
                reason: "why".to_owned(),
                expires,
                at: "coexist.toml:1".to_owned(),
            };
            let today = today.map(|today| today.parse().unwrap());
            waiver.is_expired(today, &version.parse().unwrap())
        };
        let on = |today| is_expired(Expiry::Date("2026-12-24".parse().unwrap()), today, "9.0.0");
        assert!(!on(None));
        assert!(!on(Some("2026-12-23")));
        assert!(on(Some("2026-12-24")));
        assert!(on(Some("2026-12-25")));
        let with = |end: &str, version| {
            let end = Expiry::Version(end.parse().unwrap());
            is_expired(end, Some("2999-01-01"), version)
        };
        assert!(!with("1.6.0", "1.5.9"));
        assert!(!with("1.6.0", "1.6.0-rc.1"));
        assert!(with("1.6.0", "1.6.0"));
        assert!(with("1.6.0", "1.6.0+linux"));
        assert!(with("1.6.0-rc.1", "1.6.0-rc.1"));
        assert!(!with("1.6.0-rc.2", "1.6.0-rc.1"));
        assert!(with("1.6.0-rc.1", "1.6.0"));
    }
}
