//! Collects all errors of an item, so that they are reported at once.

use std::fmt::Display;

use proc_macro2::Span;
use syn::{Error, Result};

/// The errors found so far.
#[derive(Debug, Default)]
pub struct Errors(Option<Error>);

impl Errors {
    /// Adds an error at the token `span`.
    pub fn push(&mut self, span: Span, message: impl Display) {
        self.add(Error::new(span, message));
    }

    /// Adds an error that already has its place.
    pub fn add(&mut self, error: Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            none => *none = Some(error),
        }
    }

    /// Returns the value; adds the error if there is one instead.
    pub fn ok<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    /// Returns the value; adds the error at `span` if there is one instead.
    pub fn ok_at<T>(
        &mut self,
        span: Span,
        result: std::result::Result<T, impl Display>,
    ) -> Option<T> {
        result.map_err(|error| self.push(span, error)).ok()
    }

    /// Returns the value if no error was added.
    ///
    /// # Errors
    ///
    /// All errors that were added. A value is missing only where an error says why.
    pub fn finish<T>(self, value: Option<T>) -> Result<T> {
        match (self.0, value) {
            (Some(errors), _) => Err(errors),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(Error::new(
                Span::call_site(),
                "coexist lost a part of this annotation",
            )),
        }
    }
}
