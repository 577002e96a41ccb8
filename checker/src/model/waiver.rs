//! Waivers: the findings that the team accepts, and until when.

use std::fmt;

use jiff::civil::Date;
use semver::Version;

/// A finding that the team accepts.
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
    /// Why the finding is accepted.
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

/// What became of a waiver.
#[derive(Clone, Copy, Debug)]
pub struct WaiverUse<'r> {
    /// The waiver.
    pub waiver: &'r Waiver,
    /// Whether it has ended.
    pub is_expired: bool,
    /// Whether it is for some finding, even if it has ended.
    pub is_matched: bool,
    /// Whether its rule is judged at all, under this policy.
    pub is_judged: bool,
}

#[cfg(test)]
mod tests {
    use super::{Expiry, Waiver};

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
