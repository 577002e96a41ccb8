//! Finds the requests that a page can send: its forms, its links, its htmx calls.
//! The page may be rendered HTML, or a template with expressions and conditions.
//!
//! [`Source`] takes the HTML piece by piece, as plain text or from the reader of
//! a template language; [`read`] returns every [`Form`] in it.

#[cfg(feature = "read")]
mod address;
#[cfg(feature = "askama")]
pub mod askama;
mod form;
#[cfg(feature = "read")]
mod htmx;
#[cfg(feature = "maud")]
pub mod maud;
#[cfg(feature = "read")]
mod note;
#[cfg(feature = "read")]
mod page;
#[cfg(feature = "read")]
mod printable;
#[cfg(feature = "read")]
mod requests;
#[cfg(any(feature = "askama", feature = "maud"))]
mod rust_literal;
#[cfg(feature = "read")]
mod source;
#[cfg(feature = "read")]
mod steps;
#[cfg(feature = "askama")]
pub mod templates;
#[cfg(all(test, any(feature = "askama", feature = "maud")))]
mod testing;
#[cfg(test)]
#[cfg(feature = "read")]
mod tests;
#[cfg(feature = "read")]
mod value;

#[cfg(feature = "read")]
pub use address::resolve;
pub use form::{Constraint, Element, Encoding, Field, Form, Kind, Note, Place, Url};
#[cfg(feature = "read")]
pub use htmx::Htmx;
#[cfg(feature = "read")]
pub use requests::{read, read_counting_steps};
#[cfg(feature = "read")]
pub use source::{Arms, Source};
