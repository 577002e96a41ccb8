//! Versions: the team's own count of releases, three numbers.

use std::path::Path;

use semver::{BuildMetadata, Version};

/// The variable of the build's environment that states its release.
pub(crate) const VARIABLE: &str = "COEXIST_RELEASE";

/// Which release this build is.
pub(crate) struct Build {
    pub(crate) version: Version,
    /// For a message.
    pub(crate) stated_by: String,
}

impl Build {
    /// The release, as far as the crate that is being compiled can know it: from the
    /// environment, else, if its package has a program, from that package. A library
    /// counts versions of its own.
    pub(crate) fn known() -> Option<Self> {
        if let Some(version) = std::env::var(VARIABLE)
            .ok()
            .and_then(|text| parse(&text).ok())
        {
            let stated_by = format!("`{VARIABLE}`");
            return Some(Self { version, stated_by });
        }
        let package = std::env::var("CARGO_PKG_NAME").ok()?;
        let folder = std::env::var_os("CARGO_MANIFEST_DIR")?;
        let folder = Path::new(&folder);
        let is_program = std::env::var_os("CARGO_BIN_NAME").is_some()
            || folder.join("src/main.rs").is_file()
            || folder.join("src/bin").is_dir();
        let version = Version::parse(&std::env::var("CARGO_PKG_VERSION").ok()?).ok()?;
        is_program.then(|| Self {
            version,
            stated_by: format!("the version of the package `{package}`"),
        })
    }
}

/// Parses a version of a release: semver, or calendar without leading zeros.
///
/// # Errors
///
/// Says what was expected, for this very text where it can.
pub(crate) fn parse(text: &str) -> Result<Version, String> {
    Version::parse(text).map_err(|error| explain(text, &error))
}

/// Parses a bound of a lifespan: a version without build metadata, which has no
/// place in the order of versions.
pub(crate) fn parse_bound(text: &str) -> Result<Version, String> {
    let version = parse(text)?;
    if version.build == BuildMetadata::EMPTY {
        return Ok(version);
    }
    let bare = Version {
        build: BuildMetadata::EMPTY,
        ..version
    };
    Err(format!(
        "build metadata does not order releases: write \"{bare}\""
    ))
}

fn explain(text: &str, error: &semver::Error) -> String {
    if let Some(corrected) = corrected(text) {
        return format!("`{text}` is not a version: write \"{corrected}\"");
    }
    let numbers = text.split(['-', '+']).next().unwrap_or_default();
    if Version::parse(numbers).is_ok() {
        // The mistake is in what comes after them.
        return format!("`{text}` is not a version: {error}");
    }
    format!("`{text}` is not a version: expected three numbers, \"1.0.0\" or \"2026.11.24\"")
}

/// The text as the version that was probably meant: without `v`, without leading
/// zeros, with three parts, and with points in a date.
fn corrected(text: &str) -> Option<Version> {
    let bare = text.trim().trim_start_matches(['v', 'V']);
    let separator = if bare.contains('.') { '.' } else { '-' };
    let mut parts: Vec<u64> = bare
        .split(separator)
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    parts.resize(parts.len().max(3), 0);
    match parts[..] {
        [major, minor, patch] => Some(Version::new(major, minor, patch)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_bound};

    #[test]
    fn semver_and_calendar_versions_parse() {
        for text in ["1.0.0", "2026.11.24", "1.5.0-rc.1", "0.0.0", "1.4.0+g12ab"] {
            assert_eq!(
                parse(text).map(|version| version.to_string()),
                Ok(text.to_owned())
            );
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
            let message = parse(text).unwrap_err();
            assert!(
                message.ends_with(&format!("write \"{meant}\"")),
                "{message}"
            );
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
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
