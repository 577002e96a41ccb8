//! A deployment: a release that was deployed to an environment, and when.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::damage::{Damage, checked_text};
use super::format::FORMAT;
use super::name::Name;
use super::times::open_until;
use crate::model::{Flags, Verdict};
use crate::registry::{Lifetime, Release, check_name};

/// One file of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    pub(super) format: u32,
    /// The release that was deployed.
    pub release: Release,
    /// The digest that names its registry.
    pub registry: String,
    /// When its first node began to serve.
    pub deployed: Timestamp,
    /// When its last node stopped; `None` while it runs.
    pub retired: Option<Timestamp>,
    /// The verdict at that time. A rejected one may be recorded, since it runs nevertheless.
    #[serde(with = "verdict")]
    pub verdict: Verdict,
    /// The feature flags whose states were stated; the others are as the policy says.
    #[serde(default, skip_serializing_if = "Flags::is_empty")]
    pub flags: Flags,
    /// The longest lifetime that one of its forms states, such as that of a link in a mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_lifetime: Option<Lifetime>,
    /// Which deployment had the number before; `None` for the first one.
    pub after: Option<String>,
    /// Of the deployments before, those that are not in `open` were retired before this
    /// time.
    pub open_since: Timestamp,
    /// The numbers of the deployments before that ran, or had been retired since that
    /// time, when this one was recorded.
    pub open: Vec<u64>,
}

impl Deployment {
    /// Until when its pages, and what else it has sent out, may be open, if a page stays open
    /// for `lifetime`; `None`: it runs, and makes new ones. The end of time, if a lifetime
    /// reaches beyond it.
    #[must_use]
    pub fn pages_until(&self, lifetime: Duration) -> Option<Timestamp> {
        let longest = self.longest_lifetime.as_ref().map(Lifetime::length);
        let lifetime = lifetime.max(longest.unwrap_or_default());
        self.retired.map(|retired| open_until(retired, lifetime))
    }

    /// The lowest number of a format that has all its keys.
    pub(super) fn lowest_format(&self) -> u32 {
        if self.flags.is_empty() && self.longest_lifetime.is_none() {
            1
        } else {
            FORMAT
        }
    }

    /// How the next one refers to it in `after`.
    pub(super) fn as_before(&self) -> String {
        format!("{} of {}", Name(self.release.clone()), self.deployed)
    }

    /// Reads a file of the ledger.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Damage> {
        let text = checked_text(bytes)?;
        let read: Self = serde_json::from_str(text).map_err(|error| {
            let what = error.to_string();
            if what.starts_with("unknown field") {
                Damage::Unknown(what)
            } else {
                Damage::Wrong(what)
            }
        })?;
        if !(1..=FORMAT).contains(&read.format) {
            return Err(Damage::Wrong(format!(
                "there is no format {}: expected 1 or {FORMAT}",
                read.format
            )));
        }
        if read.format < read.lowest_format() {
            return Err(Damage::Wrong(
                "it has a key of format 2, and it is of format 1".to_owned(),
            ));
        }
        if read.release.name.is_empty() {
            return Err(Damage::Wrong("its release has no name".to_owned()));
        }
        let names = [&read.release.name, &read.registry].into_iter();
        for name in names.chain(&read.after) {
            check_name("the name", name).map_err(|error| Damage::Wrong(error.to_string()))?;
        }
        if read.retired.is_some_and(|retired| retired < read.deployed) {
            return Err(Damage::Wrong(
                "it was retired before it was deployed".to_owned(),
            ));
        }
        Ok(read)
    }

    /// The text of the file.
    pub(super) fn write(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// A verdict in JSON.
mod verdict {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::model::Verdict;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
    pub(super) fn serialize<S: Serializer>(verdict: &Verdict, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(verdict.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Verdict, D::Error> {
        let name = String::deserialize(from)?;
        let all = [Verdict::Accept, Verdict::Reject];
        let found = all.into_iter().find(|verdict| verdict.name() == name);
        found.ok_or_else(|| D::Error::custom(format!("there is no verdict `{name}`")))
    }
}
