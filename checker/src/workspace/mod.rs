//! Finds the sources of a Cargo workspace: its packages, and the files of their modules.
//!
//! What stands in the files, the crate `coexist-source` reads.

pub(crate) mod manifest;
pub(crate) mod modules;
