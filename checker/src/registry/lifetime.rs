//! How long a form stays open, where that differs from the page lifetime of the policy.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::support::duration;

/// How long a redirect that a handler answers with stays open, unless it says so: a browser
/// follows it at once, and a slow one within the minute.
pub const REDIRECT_LIFETIME: Duration = Duration::from_secs(60);

/// A length of time, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifetime {
    text: String,
    length: Duration,
}

impl Lifetime {
    /// How long that is.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.length
    }
}

impl Serialize for Lifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Lifetime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let length = duration::parse(&text).map_err(serde::de::Error::custom)?;
        Ok(Self { text, length })
    }
}

impl std::fmt::Display for Lifetime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
