//! The annotations of coexist, as they are written: which attributes they are, and what stands in
//! their parentheses. Only the grammar is checked here.

#[cfg(feature = "items")]
pub mod files;
pub mod find;
#[cfg(feature = "items")]
pub mod form;
#[cfg(feature = "items")]
pub mod handler;
#[cfg(feature = "items")]
pub mod keys;
#[cfg(feature = "items")]
pub mod note;
#[cfg(feature = "items")]
pub mod parameters;
#[cfg(feature = "items")]
pub mod release;
#[cfg(feature = "items")]
pub mod targets;
#[cfg(feature = "items")]
pub mod within;
