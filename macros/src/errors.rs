//! All mistakes of an item, gathered to be reported at once.

use std::fmt::Display;

use proc_macro2::Span;
use syn::{Error, Result};

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors(Option<Error>);

impl Errors {
    /// Notes that the token at `span` is wrong.
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.note(Error::new(span, message));
    }

    /// Notes an error that says where it is.
    pub(crate) fn note(&mut self, error: Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            none => *none = Some(error),
        }
    }

    /// The value, or `None` with the error noted.
    pub(crate) fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.note(error)).ok()
    }

    /// The value, if there were no mistakes.
    ///
    /// A value is missing only where a mistake says why.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T> {
        match (self.0, value) {
            (Some(mistakes), _) => Err(mistakes),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(Error::new(
                Span::call_site(),
                "coexist lost a part of this annotation",
            )),
        }
    }
}
