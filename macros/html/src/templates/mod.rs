//! Reads a template with all that it extends, includes and imports, as its engine finds and
//! joins them.
//!
//! Each engine has a reader, which makes the same tree of its syntax. What is done with
//! the tree is the same for all: the innermost definition of a block, a macro's body where it is
//! called, conditions as groups of a [`Source`](crate::Source).

mod budget;
mod call;
#[cfg(feature = "templates")]
mod choice;
pub(crate) mod error;
mod expression;
pub(crate) mod files;
pub(crate) mod filter;
#[cfg(feature = "templates")]
mod handlebars;
mod heritage;
#[cfg(feature = "templates")]
mod jinja;
mod joins;
pub(crate) mod loaded;
mod locals;
#[cfg(feature = "templates")]
mod more;
pub(crate) mod outcome;
mod piece;
#[cfg(feature = "templates")]
mod read;
#[cfg(feature = "templates")]
pub(crate) mod request;
#[cfg(feature = "templates")]
mod ructe;
#[cfg(feature = "templates")]
mod rust;
#[cfg(feature = "templates")]
mod sailfish;
#[cfg(test)]
#[cfg(feature = "templates")]
mod tests;
mod text;
pub(crate) mod tree;
mod value;
pub(crate) mod walk;

pub use error::{Engine, Error};
pub use files::{Disk, Files};
pub use outcome::{Gap, Read};
#[cfg(feature = "templates")]
pub use read::{read, read_text};
#[cfg(feature = "templates")]
pub use request::{Delimiters, Request};
