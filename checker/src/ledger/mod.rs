//! The ledger: which releases were deployed to an environment and retired, when, and the
//! registry of each. It answers what can be met at some time; whether a build may be deployed
//! beside that is for `gate`.
//!
//! It is a [`Store`] with these texts, all of them JSON (`LEDGER.md` describes them):
//!
//! | key | what it is |
//! | --- | --- |
//! | `coexist-ledger.json` | that this is a ledger, and of which format |
//! | `production/environment.json` | that there is an environment of that name, and the number of its last deployment |
//! | `production/000012.json` | its twelfth [`Deployment`] |
//! | `registries/SHA256.json` | handlers and forms, under the hash of that text |
//!
//! It rests on two decisions. *A deployment is one text, created under the next number*: a
//! build that was judged against eleven can only become the twelfth, so of two that were
//! judged at once the second one fails, in the store, or in git as a conflict. And *each
//! deployment lists which ones before it were open*: a reader needs the last one, these, and
//! their registries, however long the history is. Retiring one changes its own text alone;
//! that leaves fewer pages and nodes to meet, so nothing that was judged becomes wrong.
//!
//! `store` is what a ledger is kept in, `folder` and `objects` are the two kinds, `url` opens
//! one. `format` has the names of texts, `mark` and `deployment` what they say, `listing`
//! which there are. `environment` finds an environment, `read`, `earlier` and `write` ask
//! and change it.

mod damage;
mod deployment;
mod earlier;
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
pub use earlier::Earlier;
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
pub(crate) use times::open_until;
pub use url::{Access, TIMEOUT, open_url};
pub use write::{Pruned, has_come};
#[cfg(feature = "cli")]
pub(crate) use write::{TRIES, pause};

#[cfg(test)]
mod tests;
