//! Reads a template with all that it extends, includes and imports, as its engine finds and
//! joins them.
//!
//! Each engine has a reader, which makes the same tree of its syntax. What is done with
//! the tree is the same for all: the innermost definition of a block, a macro's body where it is
//! called, conditions as groups of a [`Source`].

mod budget;
mod call;
#[cfg(feature = "templates")]
mod choice;
mod error;
mod expression;
mod files;
mod filter;
#[cfg(feature = "templates")]
mod handlebars;
mod heritage;
#[cfg(feature = "templates")]
mod jinja;
mod joins;
mod loaded;
mod locals;
#[cfg(feature = "templates")]
mod more;
mod outcome;
#[cfg(feature = "templates")]
mod request;
#[cfg(feature = "templates")]
mod ructe;
#[cfg(feature = "templates")]
mod rust;
#[cfg(feature = "templates")]
mod sailfish;
#[cfg(test)]
#[cfg(feature = "templates")]
mod tests;
pub(crate) mod tree;
mod value;
mod walk;

pub use error::{Engine, Error};
pub use files::{Disk, Files};
pub(crate) use filter::is_escaped_format;
pub(crate) use loaded::{Dialect, Parsed, Text, line, line_ends, load};
pub use outcome::{Gap, Read};
#[cfg(feature = "templates")]
pub use request::{Delimiters, Request, read, read_text};
pub(crate) use walk::source;
