//! The ledger: what was deployed to an environment and retired when, with each
//! release's registry.
//!
//! It is a [`Store`] with these texts, all of them JSON:
//!
//! | key | what it is |
//! | --- | --- |
//! | `coexist-ledger.json` | that this is a ledger, and of which format |
//! | `production/environment.json` | that there is an environment of that name |
//! | `production/000012.json` | its twelfth [`Deployment`] |
//! | `registries/SHA256.json` | handlers and forms, under the hash of that text |
//!
//! Two decisions hold it together. *A deployment is one text, created under the next
//! number*: who was judged against eleven can only become the twelfth, so of two that
//! were judged at once the second is told, by the store, or by git as a conflict. And
//! *each deployment says which ones before it were open*: a reader needs the last one,
//! these, and their registries, however long the history is. To retire one changes its
//! own text alone; that makes fewer pages and nodes to meet, so nothing that was judged
//! becomes wrong by it.

mod deployment;
mod error;
mod folder;
mod name;
#[cfg(feature = "object-store")]
mod objects;
mod read;
mod store;
mod url;
mod write;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

pub use deployment::{Deployment, FORMAT};
pub use error::{Damage, LedgerError};
pub use folder::Folder;
pub use name::Name;
#[cfg(feature = "object-store")]
pub use objects::Objects;
pub use store::{Listed, Store, StoreError, Stored, Tag};
pub use url::{Access, TIMEOUT, UrlError, open_url};
#[cfg(feature = "cli")]
pub(crate) use write::TRIES;
pub use write::{Pruned, has_come};

use crate::registry::Registry;
use crate::support::suggest::unknown;

/// That this is a ledger.
const MARK: &str = "coexist-ledger.json";

/// That there is an environment.
const ENVIRONMENT: &str = "environment.json";

/// Where the registries are.
const REGISTRIES: &str = "registries";

/// How far the clocks of two machines that use one ledger may be apart. A time that is
/// further ahead is an error, and pages are taken for open that much longer. A store that
/// has a clock lets nobody judge or record who is further from it than half of this: so no
/// two are further from each other.
pub const SKEW: Duration = Duration::from_secs(5 * 60);

/// One environment of a ledger.
#[derive(Debug)]
pub struct Ledger {
    store: Box<dyn Store>,
    environment: String,
}

/// What there is to meet in an environment at some time.
#[derive(Debug)]
pub struct State {
    /// The number of the last deployment; 0: there was none yet.
    last: u64,
    /// What the last one is called in the next.
    after: Option<String>,
    /// What was retired before this time can no longer be met.
    since: Timestamp,
    /// The deployments that run, or whose pages may be open; the last one comes last.
    pub live: Vec<Live>,
}

/// A deployment that runs, or whose pages may be open.
#[derive(Clone, Debug)]
pub struct Live {
    /// Its number.
    pub number: u64,
    /// What the ledger says of it.
    pub deployment: Deployment,
    /// Its handlers and forms.
    pub registry: Arc<Registry>,
}

/// A file of the environment, which may be damaged.
#[derive(Debug)]
pub struct Recorded {
    /// Its number.
    pub number: u64,
    /// The store and the key.
    pub place: String,
    /// What it says.
    pub deployment: Result<Deployment, Damage>,
}

impl Live {
    /// Whether it runs on a node.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.deployment.retired.is_none()
    }

    /// Until when its pages may be open; `None`: it runs, and makes new ones.
    #[must_use]
    pub fn pages_until(&self, lifetime: Duration) -> Option<Timestamp> {
        self.deployment.pages_until(lifetime)
    }
}

impl Deployment {
    /// Until when its pages may be open; `None`: it runs, and makes new ones. The end
    /// of time, if a lifetime reaches beyond it.
    #[must_use]
    pub fn pages_until(&self, lifetime: Duration) -> Option<Timestamp> {
        self.retired
            .map(|retired| later(retired, open_for(lifetime)))
    }
}

/// How long pages are taken for open after the last node stopped. Who says that pages
/// have no life at all needs no clock.
fn open_for(lifetime: Duration) -> Duration {
    if lifetime.is_zero() {
        lifetime
    } else {
        lifetime.saturating_add(SKEW)
    }
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn earlier(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.checked_sub(by).unwrap_or(Timestamp::MIN)
}

impl Ledger {
    /// Opens an environment of the ledger in a store; `None`: the only one there is.
    pub fn open(store: Box<dyn Store>, environment: Option<&str>) -> Result<Self, LedgerError> {
        let place = store.place();
        let Some(mark) = store.read(MARK)? else {
            return Err(LedgerError::NoLedger { place });
        };
        check_mark(&mark.bytes).map_err(|damage| LedgerError::Damaged {
            place: at(&*store, MARK),
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
    fn check_clock(&self) -> Result<(), LedgerError> {
        match self.store.skew() {
            Some(skew) if skew.unsigned_abs() > SKEW / 2 => Err(LedgerError::Clock {
                place: self.place(),
                skew,
            }),
            _ => Ok(()),
        }
    }
}

/// What an environment is called where nobody says it.
pub const DEFAULT_ENVIRONMENT: &str = "production";

/// A key of a store, for people.
fn at(store: &dyn Store, key: &str) -> String {
    format!("{}/{key}", store.place().trim_end_matches('/'))
}

fn registry_key(digest: &str) -> String {
    format!("{REGISTRIES}/{digest}.json")
}

/// What a registry is called by: SHA-256, in hexadecimal digits.
fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _infallible = write!(digits, "{byte:02x}");
        digits
    })
}

/// The number in the key of a deployment.
fn number(key: &str) -> Option<u64> {
    let name = key.rsplit('/').next()?.strip_suffix(".json")?;
    let is_number = name.len() >= 6 && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|_| is_number)
}

fn environment_name(name: &str) -> Result<&str, LedgerError> {
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

fn environments(store: &dyn Store) -> Result<Vec<String>, LedgerError> {
    let mut names = store.folders()?;
    names.retain(|name| environment_name(name).is_ok());
    Ok(names)
}

/// What the file says that marks a ledger, and an environment.
fn mark() -> String {
    format!("{{ \"format\": {FORMAT} }}\n")
}

fn check_mark(bytes: &[u8]) -> Result<(), Damage> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Mark {
        format: u32,
    }
    let text = str::from_utf8(bytes).map_err(|error| Damage::Wrong(error.to_string()))?;
    if let Some(found) = crate::registry::wire::newer_format(text, FORMAT) {
        return Err(Damage::Newer(found));
    }
    match serde_json::from_str(text) {
        Ok(Mark { format: FORMAT }) => Ok(()),
        Ok(Mark { format }) => Err(Damage::Wrong(format!("there is no format {format}"))),
        Err(error) => Err(Damage::Wrong(error.to_string())),
    }
}

#[cfg(test)]
mod tests;
