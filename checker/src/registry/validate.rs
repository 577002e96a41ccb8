//! What the types of a registry cannot say: methods are methods, paths are paths.

use coexist_source::host::{self, HostError};

use super::pattern::{Pattern, PatternError};
use super::{Registry, Target};

/// An item of a registry that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum Invalid {
    /// The release has no name.
    #[error("its release has no name: two apps without one could not be told apart")]
    NoName,
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
    /// The host of an endpoint is none.
    #[error("`{id}`: `{host}` is not a valid host: {why}")]
    Host {
        /// The form.
        id: String,
        /// What stands there.
        host: String,
        /// What is wrong.
        why: HostError,
    },
    /// A host is named for what this program serves.
    #[error(
        "`{id}`: `host` is `{host}`: another program has it, so `\"elsewhere\": true` belongs beside it"
    )]
    OwnHost {
        /// The form.
        id: String,
        /// The host.
        host: String,
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
        if self.release.name.is_empty() {
            return Err(Invalid::NoName);
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
                host(&form.id, target)?;
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

fn host(id: &str, target: &Target) -> Result<(), Invalid> {
    let Some(host) = &target.host else {
        return Ok(());
    };
    let (id, host) = (id.to_owned(), host.clone());
    match host::check(&host) {
        Err(why) => Err(Invalid::Host { id, host, why }),
        Ok(()) if !target.elsewhere => Err(Invalid::OwnHost { id, host }),
        Ok(()) => Ok(()),
    }
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
