//! Small tools that no part of the checker owns: files that are replaced as a whole
//! or read up to a limit, work on several threads, the nearest name, lists of names,
//! what of a text is shown escaped, lengths of time, and the steps that tests count.
//!
//! Nothing here knows registries, rules or commands.

pub(crate) mod atomic_file;
pub(crate) mod bounded_file;
pub(crate) mod clock;
pub(crate) mod duration;
pub(crate) mod json;
pub(crate) mod parallel;
pub(crate) mod steps;
pub(crate) mod suggest;
pub(crate) mod text;
pub(crate) mod visible;
