//! Reads out of HTML which requests a page can send back: its forms, its links,
//! its htmx calls. The HTML may be a rendered page or a template, with holes.
//!
//! [`Source`] takes the HTML piece by piece, as plain text or from the reader of
//! a template language; [`read`] finds in it every [`Form`].

#[cfg(feature = "read")]
mod address;
#[cfg(feature = "askama")]
pub mod askama;
mod form;
#[cfg(any(feature = "askama", feature = "maud"))]
mod literal;
#[cfg(feature = "maud")]
pub mod maud;
#[cfg(feature = "read")]
mod read;
#[cfg(all(test, any(feature = "askama", feature = "maud")))]
mod shown;
#[cfg(feature = "read")]
mod source;

#[cfg(feature = "read")]
pub use address::resolve;
pub use form::{Element, Encoding, Field, Form, Kind, Place, Url};
#[cfg(feature = "read")]
pub use read::read;
#[cfg(feature = "read")]
pub use source::{Arms, Source};
