//! Reads out of HTML which requests a page can send back: its forms, its links,
//! its htmx calls. The HTML may be a rendered page or a template, with holes.
//!
//! [`Source`] takes the HTML piece by piece, as plain text or from the reader of
//! a template language; [`read`] finds in it every [`Form`].

#[cfg(feature = "askama")]
pub mod askama;
mod form;
#[cfg(feature = "maud")]
pub mod maud;
mod source;

pub use form::{Element, Encoding, Field, Form, Kind, Url};
pub use source::{Arms, Place, Source};
