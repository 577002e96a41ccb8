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

mod damage;
mod deployment;
mod environment;
mod error;
mod folder;
mod format;
mod listing;
mod mark;
mod name;
#[cfg(feature = "object-store")]
mod objects;
mod phase;
mod read;
mod state;
mod store;
mod times;
mod url;
mod write;

pub use damage::Damage;
pub use deployment::Deployment;
pub use environment::Ledger;
pub use error::{LedgerError, UrlError};
pub use folder::Folder;
pub use format::{DEFAULT_ENVIRONMENT, FORMAT};
pub use name::{Name, NameError};
#[cfg(feature = "object-store")]
pub use objects::Objects;
pub use phase::Phase;
pub use state::{Live, Recorded, State};
pub use store::{Listed, ListedKind, Store, StoreError, Stored, Tag};
pub use times::SKEW;
pub use url::{Access, TIMEOUT, open_url};
pub use write::{Pruned, has_come};
#[cfg(feature = "cli")]
pub(crate) use write::{TRIES, pause};

#[cfg(test)]
mod tests;
