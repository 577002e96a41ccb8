//! What the types of a registry cannot say: methods are methods, paths are paths.

use crate::endpoint::{Pattern, PatternError};
use crate::registry::Registry;

/// An item of a registry that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum Invalid {
    /// The path of an endpoint is not a pattern.
    #[error("`{id}`: {error}")]
    Path {
        /// The handler or form.
        id: String,
        /// What is wrong.
        error: PatternError,
    },
    /// The method of an endpoint is none.
    #[error("`{id}`: `{method}` is not an HTTP method: expected capital letters, as in `POST`")]
    Method {
        /// The handler or form.
        id: String,
        /// What stands there.
        method: String,
    },
    /// A form that sends to nothing.
    #[error("`{id}`: `posts_to` is empty: a form has at least one endpoint")]
    NoTarget {
        /// The form.
        id: String,
    },
    /// A registry without items.
    #[error("no handler and no form: an empty registry is never compatible")]
    Empty,
}

impl Registry {
    /// Checks every endpoint.
    pub(crate) fn validate(&self) -> Result<(), Invalid> {
        if self.handlers.is_empty() && self.forms.is_empty() {
            return Err(Invalid::Empty);
        }
        for handler in &self.handlers {
            endpoint(&handler.id, &handler.method, &handler.path)?;
        }
        for form in &self.forms {
            if form.posts_to.is_empty() {
                return Err(Invalid::NoTarget {
                    id: form.id.clone(),
                });
            }
            for target in &form.posts_to {
                endpoint(&form.id, &target.method, &target.path)?;
            }
            for page in &form.pages {
                endpoint(&form.id, &page.method, &page.path)?;
            }
        }
        Ok(())
    }
}

/// Whether this is an HTTP method. RFC 9110 allows any token; those that are in use
/// are capitals and hyphens.
pub(crate) fn is_method(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
}

fn endpoint(id: &str, method: &str, path: &str) -> Result<(), Invalid> {
    if !is_method(method) {
        return Err(Invalid::Method {
            id: id.to_owned(),
            method: method.to_owned(),
        });
    }
    // Most paths need no closer look: a slash, and nothing that means anything.
    let is_literal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'.');
    if path.starts_with('/') && path.bytes().all(is_literal) {
        return Ok(());
    }
    match Pattern::parse(path) {
        Ok(_) => Ok(()),
        Err(error) => Err(Invalid::Path {
            id: id.to_owned(),
            error,
        }),
    }
}
