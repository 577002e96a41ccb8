//! Reads the sources of a Cargo workspace: its packages, their modules, and the
//! annotations in them.
//!
//! It says what stands there. What a route or a page means is the business of `audit`.

pub(crate) mod annotations;
pub(crate) mod manifest;
pub(crate) mod modules;
