//! How long a form stays open, where that differs from the page lifetime of the policy.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Form, FormKind, Registry};
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

impl Form {
    /// How long it stays open, where pages do for `page_lifetime`: what it says itself; a
    /// redirect [a minute](REDIRECT_LIFETIME) at most; all else as long as pages.
    #[must_use]
    pub fn lifetime_on(&self, page_lifetime: Duration) -> Duration {
        match (&self.lifetime, self.kind) {
            (Some(own), _) => own.length(),
            (None, Some(FormKind::Redirect)) => page_lifetime.min(REDIRECT_LIFETIME),
            (None, _) => page_lifetime,
        }
    }
}

impl Registry {
    /// The longest of the lifetimes that its forms state, if one is longer than none.
    #[must_use]
    pub fn longest_lifetime(&self) -> Option<&Lifetime> {
        let stated = self.forms.iter().filter_map(|form| form.lifetime.as_ref());
        let longest = stated.max_by_key(|lifetime| lifetime.length);
        longest.filter(|lifetime| !lifetime.length.is_zero())
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
