//! The texts of a ledger: what they are called, and the number of their format.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::store::Store;

/// The greatest number of a format that a ledger holds. Every number up to it is read, and a
/// deployment that format 1 can say is written in that.
pub const FORMAT: u32 = 2;

/// The number of the format of the texts that mark a ledger and its environments.
pub(super) const MARK_FORMAT: u32 = 1;

/// The name of an environment where nobody names one.
pub const DEFAULT_ENVIRONMENT: &str = "production";

/// The text that says that this is a ledger.
pub(super) const MARK: &str = "coexist-ledger.json";

/// The text that says that there is an environment.
pub(super) const ENVIRONMENT: &str = "environment.json";

/// The directory of the registries.
pub(super) const REGISTRIES: &str = "registries";

/// The most bytes of a registry: 1 GiB, two million items.
const REGISTRY_LIMIT: u64 = 1 << 30;

/// The most bytes of any other text: 4 MiB, half a million numbers of deployments.
const TEXT_LIMIT: u64 = 4 << 20;

/// A key of a store, as messages show it.
pub(super) fn place_of(store: &dyn Store, key: &str) -> String {
    format!("{}/{key}", store.place().trim_end_matches('/'))
}

/// The key of the registry with that digest.
pub(super) fn registry_key(digest: &str) -> String {
    format!("{REGISTRIES}/{digest}.json")
}

/// The key of a deployment.
pub(super) fn deployment_key(environment: &str, number: u64) -> String {
    format!("{environment}/{number:06}.json")
}

/// What the name of a file in an environment's directory says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    /// It is the deployment of that number.
    Deployment(u64),
    /// It resembles a deployment, and is not named like one.
    Unclear,
    /// It is something else, and of no interest.
    Other,
}

/// What the key of a text in an environment's directory says.
pub(super) fn key_kind(key: &str) -> KeyKind {
    let name = key.rsplit('/').next().unwrap_or_default();
    if name == ENVIRONMENT || name.starts_with('.') {
        return KeyKind::Other;
    }
    let number = name
        .strip_suffix(".json")
        .and_then(|digits| digits.parse().ok());
    match number {
        // Zeros or a sign before it would make it another file of the same number.
        Some(number) if number > 0 && name == format!("{number:06}.json") => {
            KeyKind::Deployment(number)
        }
        _ if name.starts_with(|c: char| c.is_ascii_digit())
            || name.to_ascii_lowercase().ends_with(".json") =>
        {
            KeyKind::Unclear
        }
        _ => KeyKind::Other,
    }
}

/// Whether this is the key of a registry.
pub(super) fn is_registry_key(key: &str) -> bool {
    let digest = key
        .strip_prefix(REGISTRIES)
        .and_then(|key| key.strip_prefix('/')?.strip_suffix(".json"));
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digest.is_some_and(|digest| digest.len() == 64 && digest.bytes().all(is_digit))
}

/// The most bytes that are read of the text under a key.
pub(super) fn size_limit(key: &str) -> u64 {
    if key.split('/').next() == Some(REGISTRIES) {
        REGISTRY_LIMIT
    } else {
        TEXT_LIMIT
    }
}

/// The digest that names a registry: SHA-256 in hexadecimal digits.
pub(super) fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _infallible = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::{KeyKind, is_registry_key, key_kind};

    #[test]
    fn what_resembles_a_deployment_is_not_passed_over() {
        for (name, expected) in [
            ("000001.json", KeyKind::Deployment(1)),
            ("123456.json", KeyKind::Deployment(123_456)),
            ("1234567.json", KeyKind::Deployment(1_234_567)),
            ("18446744073709551615.json", KeyKind::Deployment(u64::MAX)),
            ("18446744073709551616.json", KeyKind::Unclear),
            ("1.json", KeyKind::Unclear),
            ("00001.json", KeyKind::Unclear),
            ("0000001.json", KeyKind::Unclear),
            ("000000.json", KeyKind::Unclear),
            ("+00001.json", KeyKind::Unclear),
            ("000001.JSON", KeyKind::Unclear),
            ("000001", KeyKind::Unclear),
            ("000001.json~", KeyKind::Unclear),
            ("000001 (copy).json", KeyKind::Unclear),
            ("Environment.json", KeyKind::Unclear),
            ("environment.json", KeyKind::Other),
            (".DS_Store", KeyKind::Other),
            ("._000001.json", KeyKind::Other),
            ("README.md", KeyKind::Other),
        ] {
            assert_eq!(key_kind(&format!("production/{name}")), expected, "{name}");
        }
    }

    #[test]
    fn a_registry_is_named_by_its_digest() {
        let digits = "0a".repeat(32);
        assert!(is_registry_key(&format!("registries/{digits}.json")));
        for other in [
            format!("registries/{}.json", &digits[1..]),
            format!("registries/{}.json", digits.to_uppercase()),
            format!("registries/{digits}.txt"),
            format!("production/{digits}.json"),
            "registries/notes.json".to_owned(),
        ] {
            assert!(!is_registry_key(&other), "{other}");
        }
    }
}
