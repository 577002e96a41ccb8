//! The program that is scanned: its manifests, its crates and their files, and the items in them.

pub(crate) mod conditions;
pub(crate) mod files;
pub(crate) mod index;
pub(crate) mod macros;
pub(crate) mod manifest;
pub(crate) mod variants;
