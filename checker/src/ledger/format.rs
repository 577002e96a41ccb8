//! The texts of a ledger: what they are called, and the number of their format.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::store::Store;

/// The number of the format of what a ledger holds. Every number up to it is read.
pub const FORMAT: u32 = 1;

/// The name of an environment where nobody names one.
pub const DEFAULT_ENVIRONMENT: &str = "production";

/// The text that says that this is a ledger.
pub(super) const MARK: &str = "coexist-ledger.json";

/// The text that says that there is an environment.
pub(super) const ENVIRONMENT: &str = "environment.json";

/// The folder of the registries.
pub(super) const REGISTRIES: &str = "registries";

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

/// The number in the key of a deployment.
pub(super) fn number(key: &str) -> Option<u64> {
    let name = key.rsplit('/').next()?.strip_suffix(".json")?;
    let is_number = name.len() >= 6 && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|_| is_number)
}

/// The digest that names a registry: SHA-256 in hexadecimal digits.
pub(super) fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _infallible = write!(digits, "{byte:02x}");
        digits
    })
}
