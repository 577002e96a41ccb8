//! Reads the annotations of two builds and says whether they can serve side by
//! side.
//!
//! The program `coexist` is a thin layer over this library, and so is the guard
//! among an app's tests ([`guard!`]). The way of a question through the modules:
//! [`artifact`] reads a program or a snapshot into a [`registry`]; [`judge`]
//! resolves every form of one release at the [`endpoint`]s of the other, and asks
//! the [`rules`]; what these speak of is the [`model`]; [`plan`] finds the releases in which a rejected change can be made;
//! [`render`] prints what comes of it. The releases that are still out come from a
//! [`ledger`], and the [`gate`] judges a candidate among all of them. How strict it is to be, a user
//! says in a file that [`config`] reads.
//!
//! ```no_run
//! use std::path::Path;
//! use coexist_checker::artifact;
//! use coexist_checker::judge;
//! use coexist_checker::model::{Policy, Verdict};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let old = artifact::open(Path::new("importer-1.0.0"), None)?;
//! let new = artifact::open(Path::new("importer-1.1.0"), None)?;
//! let policy = Policy::default();
//! let report = judge::check(&old, &new, &policy)?;
//! assert_eq!(report.verdict(), Verdict::Accept);
//! # Ok(())
//! # }
//! ```

pub mod artifact;
#[cfg(feature = "cli")]
pub mod audit;
#[cfg(feature = "cli")]
mod baseline;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod endpoint;
pub mod gate;
#[cfg(feature = "cli")]
pub mod history;
pub mod judge;
pub mod ledger;
pub mod model;
pub mod plan;
pub mod registry;
pub mod render;
pub mod rules;
#[cfg(feature = "cli")]
pub mod scan;
#[cfg(feature = "cli")]
pub mod simulate;
#[cfg(feature = "cli")]
pub mod stamp;
mod support;
pub mod testing;
mod workspace;

#[cfg(feature = "html")]
pub use testing::declared::assert_declared;
pub use testing::mounted::assert_mounted;
