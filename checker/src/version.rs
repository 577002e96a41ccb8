//! Versions that a user writes: the team's own count of releases, three numbers.
//! What was probably meant is offered, as by the macros.

use semver::{BuildMetadata, Version};

/// Reads a version of a release.
pub(crate) fn parse(text: &str) -> Result<Version, String> {
    Version::parse(text).map_err(|error| match meant(text) {
        Some(version) => format!("write {version}"),
        None => format!("{error}: expected three numbers, 1.5.0 or 2026.11.24"),
    })
}

/// Reads a version that goes into `since` or into an expiry: it has no build metadata, which does not
/// order releases.
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
        "build metadata does not order releases: write {bare}"
    ))
}

/// Without `v`, without leading zeros, with three parts, and with points in a date.
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
