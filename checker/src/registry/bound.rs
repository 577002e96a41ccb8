//! The release in which an item appears: its version, or, as long as nobody knows
//! that, the word `next`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use coexist_source::version::NEXT;
use semver::Version;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The release in which an item appears.
///
/// The order is that of the releases: the one to come is after all that are out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The release of this version.
    Version(Version),
    /// The release to come: `coexist stamp` has not written its version yet.
    Next,
}

impl FromStr for Bound {
    type Err = semver::Error;

    fn from_str(text: &str) -> Result<Self, semver::Error> {
        if text == NEXT {
            return Ok(Self::Next);
        }
        Version::parse(text).map(Self::Version)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => version.fmt(f),
            Self::Next => NEXT.fmt(f),
        }
    }
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(text) = Text::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Reads `until`, which has no `next`: an end that is announced has a version.
pub(crate) fn until<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Version>, D::Error> {
    let Some(Text(text)) = Option::deserialize(deserializer)? else {
        return Ok(None);
    };
    if text == NEXT {
        return Err(serde::de::Error::custom(
            "`until` cannot be \"next\": expected the version of the release in which the item is \
             gone, or nothing until that is known",
        ));
    }
    let version = Version::parse(&text).map_err(serde::de::Error::custom)?;
    Ok(Some(version))
}

/// A text that is borrowed where it can be.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::Bound;

    #[test]
    fn next_is_after_every_version() {
        let bounds = ["1.0.0-rc.1", "1.0.0", "1.10.0", "2026.11.24", "next"];
        let bounds = bounds.map(|text| text.parse::<Bound>().unwrap());
        assert!(bounds.is_sorted());
        assert_eq!(bounds.map(|bound| bound.to_string())[4], "next");
    }

    #[test]
    fn other_words_are_no_versions() {
        for text in ["Next", "next ", "", "latest"] {
            assert!(text.parse::<Bound>().is_err(), "{text}");
        }
    }
}
