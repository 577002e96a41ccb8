//! Which deployments an environment has, by the names of its texts.

use super::damage::Damage;
use super::error::LedgerError;
use super::format::{ENVIRONMENT, KeyKind, key_kind, place_of};
use super::mark::noted_last;
use super::store::{ListedKind, Store};

/// The key of the text that marks an environment.
pub(super) fn environment_key(environment: &str) -> String {
    format!("{environment}/{ENVIRONMENT}")
}

/// The numbers of all deployments of an environment; ascending. The last one that is noted
/// is among them, even if its text does not exist.
///
/// What resembles a deployment and is not named like one is an error: it may be one that
/// was renamed.
pub(super) fn numbers(store: &dyn Store, environment: &str) -> Result<Vec<u64>, LedgerError> {
    let damaged = |key: &str, damage| LedgerError::Damaged {
        place: place_of(store, key),
        damage,
    };
    // Before the list: a deployment is recorded before its number is noted.
    let key = environment_key(environment);
    let noted = match store.read(&key)? {
        Some(stored) => noted_last(&stored.bytes).map_err(|damage| damaged(&key, damage))?,
        None => None,
    };
    let mut numbers = Vec::new();
    for listed in store.list(environment)? {
        match (key_kind(&listed.key), listed.kind) {
            (KeyKind::Deployment(number), ListedKind::File | ListedKind::Link) => {
                numbers.push(number);
            }
            (KeyKind::Deployment(_), ListedKind::Other) => {
                return Err(damaged(&listed.key, Damage::Kind));
            }
            (KeyKind::Unclear, _) => return Err(damaged(&listed.key, Damage::Name)),
            (KeyKind::Other, _) => {}
        }
    }
    numbers.sort_unstable();
    numbers.extend(noted.filter(|noted| numbers.last().is_none_or(|last| last < noted)));
    Ok(numbers)
}
