//! Reads the annotations of two builds and says whether they can serve side by
//! side.
//!
//! The program `coexist` is a thin layer over this library, and so is the guard
//! among an app's tests ([`guard!`]). The way of a question through the modules:
//! [`build`] reads a program or a snapshot into a [`registry`]; [`judge`]
//! resolves every form of one release at the [`endpoint`]s of the other, and asks
//! the [`rules`]; [`plan`] finds the releases in which a rejected change can be made;
//! [`render`] prints what comes of it. The releases that are still out come from a
//! [`ledger`], and the [`gate`] judges a candidate among all of them. How strict it is to be, a user
//! says in a file that [`config`] reads.
//!
//! ```no_run
//! use std::path::Path;
//! use coexist_checker::build;
//! use coexist_checker::judge::{self, Policy};
//!
//! # fn main() -> Result<(), build::BuildError> {
//! let old = build::open(Path::new("importer-1.0.0"), None)?;
//! let new = build::open(Path::new("importer-1.1.0"), None)?;
//! let policy = Policy::default();
//! let report = judge::check(&old, &new, &policy);
//! assert_eq!(report.verdict(), judge::Verdict::Accept);
//! # Ok(())
//! # }
//! ```

mod annotation;
#[cfg(feature = "cli")]
pub mod audit;
mod beside;
pub mod build;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod endpoint;
pub mod gate;
pub mod guard;
pub mod judge;
pub mod ledger;
mod modules;
pub mod mounted;
mod names;
mod nearest;
pub mod plan;
mod problem;
pub mod registry;
pub mod render;
#[cfg(feature = "html")]
pub mod rendered;
#[cfg(feature = "cli")]
mod revision;
pub mod rules;
mod side_by_side;
#[cfg(feature = "cli")]
pub mod simulate;
#[cfg(feature = "cli")]
pub mod stamp;
mod version;
mod workspace;

pub use mounted::assert_mounted;
#[cfg(feature = "html")]
pub use rendered::assert_declared;
