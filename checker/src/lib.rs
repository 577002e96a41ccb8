//! Reads the annotations of two builds and says whether they can serve side by
//! side.
//!
//! The program `coexist` is a thin layer over this library, and so is the guard
//! among an app's tests ([`guard!`]). The way of a question through the modules:
//! [`build`] reads a program or a snapshot into a [`registry`]; [`judge`]
//! resolves every form of one release at the [`endpoint`]s of the other, and asks
//! the [`rules`]; [`render`] prints the report.
//!
//! ```no_run
//! use std::path::Path;
//! use coexist_checker::{build, judge};
//!
//! # fn main() -> Result<(), build::BuildError> {
//! let old = build::open(Path::new("importer-1.0.0"), None)?;
//! let new = build::open(Path::new("importer-1.1.0"), None)?;
//! let report = judge::check(&old, &new);
//! assert_eq!(report.verdict(), judge::Verdict::Accept);
//! # Ok(())
//! # }
//! ```

pub mod build;
#[cfg(feature = "cli")]
pub mod cli;
pub mod endpoint;
pub mod guard;
pub mod judge;
pub mod registry;
pub mod render;
pub mod rules;
mod side_by_side;
