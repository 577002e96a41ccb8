//! Versions of releases, in the team's own count: three numbers, semver or calendar.

use std::fmt;

use semver::{BuildMetadata, Version};

/// Stands for a release that has no number yet, in `since`.
pub const NEXT: &str = "next";

/// Why a text is not a version of a release. Its text is advice: what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionError {
    /// It is not a version, but this one was probably meant.
    Meant(Version),
    /// Its three numbers are right, what follows them is not; what semver says.
    Suffix(String),
    /// It does not have three numbers; what semver says.
    Numbers(String),
    /// It has build metadata, which does not order releases; the version without it.
    Metadata(Version),
}

/// Parses a version of a release: semver, or calendar without leading zeros.
///
/// # Errors
///
/// Says which version was probably meant, or what is wrong with the text.
pub fn parse(text: &str) -> Result<Version, VersionError> {
    Version::parse(text).map_err(|error| explain(text, error.to_string()))
}

/// Parses a bound of a lifespan or of a waiver: a version without build metadata, which has no
/// place in the order of versions.
///
/// # Errors
///
/// As [`parse`], and if there is build metadata.
pub fn parse_bound(text: &str) -> Result<Version, VersionError> {
    let version = parse(text)?;
    if version.build == BuildMetadata::EMPTY {
        return Ok(version);
    }
    Err(VersionError::Metadata(Version {
        build: BuildMetadata::EMPTY,
        ..version
    }))
}

fn explain(text: &str, error: String) -> VersionError {
    if let Some(meant) = meant(text) {
        return VersionError::Meant(meant);
    }
    let numbers = text.split(['-', '+']).next().unwrap_or_default();
    if Version::parse(numbers).is_ok() {
        VersionError::Suffix(error)
    } else {
        VersionError::Numbers(error)
    }
}

/// The version that was probably meant: without `v`, without leading zeros, with three parts, and
/// with dots in a date.
fn meant(text: &str) -> Option<Version> {
    let bare = text.trim().trim_start_matches(['v', 'V']);
    let separator = if bare.contains('.') { '.' } else { '-' };
    let parts = bare.split(separator).map(str::parse);
    let mut parts: Vec<u64> = parts.collect::<Result<_, _>>().ok()?;
    parts.resize(parts.len().max(3), 0);
    match parts[..] {
        [major, minor, patch] => Some(Version::new(major, minor, patch)),
        _ => None,
    }
}

impl VersionError {
    /// The message for `text` where it stands in quotes, as in an annotation.
    #[must_use]
    pub fn of_literal(&self, text: &str) -> String {
        match self {
            Self::Meant(version) => format!("`{text}` is not a version: write \"{version}\""),
            Self::Suffix(error) => format!("`{text}` is not a version: {error}"),
            Self::Numbers(_) => {
                let problem = if text.is_empty() {
                    "the version is empty".to_owned()
                } else {
                    format!("`{text}` is not a version")
                };
                format!("{problem}: expected three numbers, such as \"1.0.0\" or \"2026.11.24\"")
            }
            Self::Metadata(bare) => {
                format!("a version cannot have build metadata here: write \"{bare}\"")
            }
        }
    }
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Meant(version) => write!(f, "write {version}"),
            Self::Suffix(error) | Self::Numbers(error) => {
                write!(
                    f,
                    "{error}: expected three numbers, such as 1.5.0 or 2026.11.24"
                )
            }
            Self::Metadata(bare) => {
                write!(f, "a version cannot have build metadata here: write {bare}")
            }
        }
    }
}

impl std::error::Error for VersionError {}

#[cfg(test)]
mod tests {
    use super::{parse, parse_bound};

    #[test]
    fn semver_and_calendar_versions_parse() {
        for text in ["1.0.0", "2026.11.24", "1.5.0-rc.1", "0.0.0", "1.4.0+g12ab"] {
            let parsed = parse(text).map(|version| version.to_string());
            assert_eq!(parsed.ok().as_deref(), Some(text));
        }
    }

    #[test]
    fn what_was_meant_is_offered() {
        for (text, meant) in [
            ("v1.5.0", "1.5.0"),
            ("1.4", "1.4.0"),
            ("2", "2.0.0"),
            ("2026.01.05", "2026.1.5"),
            ("2026-01-05", "2026.1.5"),
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert_eq!(message, format!("write {meant}"), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "next",
            "1",
            "1.0.0.0",
            "1.0.x",
            "1.0.0-rc.01",
            "99999999999999999999.0.0",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse_bound("1.0.0+build").is_err());
    }
}
