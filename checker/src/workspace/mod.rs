//! Finds the sources of a Cargo workspace: its packages, and the files of their modules.
//!
//! It does not interpret the files: that is the business of the crate `coexist-source`.

pub(crate) mod manifest;
pub(crate) mod modules;
