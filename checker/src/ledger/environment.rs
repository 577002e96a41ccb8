//! One environment of a ledger, and how it is found in a store.

use super::error::LedgerError;
use super::format::{DEFAULT_ENVIRONMENT, ENVIRONMENT, MARK, REGISTRIES, place_of};
use super::mark::check_mark;
use super::store::Store;
use super::times::SKEW;
use crate::support::suggest::unknown;

/// One environment of a ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(super) store: Box<dyn Store>,
    pub(super) environment: String,
}

impl Ledger {
    /// Opens an environment of the ledger in a store; `None`: the only one there is.
    pub fn open(store: Box<dyn Store>, environment: Option<&str>) -> Result<Self, LedgerError> {
        let place = store.place();
        let Some(mark) = store.read(MARK)? else {
            return Err(LedgerError::NoLedger { place });
        };
        check_mark(&mark.bytes).map_err(|damage| LedgerError::Damaged {
            place: place_of(&*store, MARK),
            damage,
        })?;
        if let Some(name) = environment {
            let name = environment_name(name)?;
            if store.read(&format!("{name}/{ENVIRONMENT}"))?.is_some() {
                let environment = name.to_owned();
                return Ok(Self { store, environment });
            }
        }
        let names = environments(&*store)?;
        match (environment, &names[..]) {
            (None, [only]) => {
                let environment = only.clone();
                Ok(Self { store, environment })
            }
            (None, [_, _, ..]) => Err(LedgerError::WhichEnvironment { place, names }),
            (name, _) => {
                let name = name.unwrap_or(DEFAULT_ENVIRONMENT);
                let known: Vec<&str> = names.iter().map(|name| &**name).collect();
                let mut unknown = match known[..] {
                    [] => "it has no environment yet".to_owned(),
                    _ => unknown(&format!("environment `{name}`"), name, &known),
                };
                if !unknown.ends_with('?') {
                    unknown.push('.');
                }
                Err(LedgerError::NoEnvironment { place, unknown })
            }
        }
    }

    /// Where the ledger is, for people.
    #[must_use]
    pub fn place(&self) -> String {
        self.store.place()
    }

    /// The name of the environment.
    #[must_use]
    pub fn environment(&self) -> &str {
        &self.environment
    }

    /// Compares this machine's clock with the store's, as of its last answer.
    pub(super) fn check_clock(&self) -> Result<(), LedgerError> {
        match self.store.skew() {
            Some(skew) if skew.unsigned_abs() > SKEW / 2 => Err(LedgerError::Clock {
                place: self.place(),
                skew,
            }),
            _ => Ok(()),
        }
    }
}

/// Checks the name of an environment.
pub(super) fn environment_name(name: &str) -> Result<&str, LedgerError> {
    let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_name = !name.is_empty()
        && !name.starts_with('-')
        && name.len() <= 63
        && name.chars().all(is_fine)
        && name != REGISTRIES;
    if is_name {
        Ok(name)
    } else {
        Err(LedgerError::EnvironmentName(name.to_owned()))
    }
}

/// The environments of a ledger, sorted.
pub(super) fn environments(store: &dyn Store) -> Result<Vec<String>, LedgerError> {
    let mut names = store.folders()?;
    names.retain(|name| environment_name(name).is_ok());
    Ok(names)
}
