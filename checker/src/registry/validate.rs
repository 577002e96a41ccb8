//! What the types of a registry cannot say: methods are methods, paths are paths.

use coexist_source::host::{self, HostError};

use super::pattern::{Pattern, PatternError, parameter_names};
use super::{Handler, Redirect, Registry, Source, Target};
use crate::support::visible::{REFUSED, escaped, refused_in};

/// An item of a registry that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum Invalid {
    /// The release has no name.
    #[error("its release has no name: two apps without one could not be told apart")]
    NoName,
    /// A name has a character that a terminal or a log would obey.
    #[error("{what} `{name}` has U+{character:04X}: it cannot have {REFUSED}")]
    Name {
        /// What it is the name of.
        what: &'static str,
        /// The name, escaped.
        name: String,
        /// The first such character.
        character: u32,
    },
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
    /// A handler limits a parameter that its path does not have.
    #[error("`{id}`: the path `{path}` has no parameter `{name}`")]
    Parameter {
        /// The handler.
        id: String,
        /// The handler's path.
        path: String,
        /// The name, escaped.
        name: String,
    },
    /// A handler redirects with a status that does not redirect.
    #[error("`{id}`: a redirect has the status 301, 302, 303, 307 or 308, not {status}")]
    Status {
        /// The handler.
        id: String,
        /// What stands there.
        status: u16,
    },
    /// A flag has no name.
    #[error("`{id}`: `flag` is empty: expected the name of a feature flag")]
    NoFlag {
        /// The handler or form.
        id: String,
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
        name("the release", &self.release.name)?;
        for handler in &self.handlers {
            item("the handler", &handler.id, handler.source.as_ref())?;
            endpoint(&handler.id, &handler.method, &handler.path)?;
            parameters(handler)?;
            if let Some(redirect) = &handler.redirect {
                self::redirect(handler, redirect)?;
            }
            flag(&handler.id, handler.flag.as_deref())?;
        }
        for form in &self.forms {
            item("the form", &form.id, form.source.as_ref())?;
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
            flag(&form.id, form.flag.as_deref())?;
        }
        Ok(())
    }
}

/// Whether this is an HTTP method. RFC 9110 allows any token; those that are in use
/// are capitals and hyphens.
pub(crate) fn is_method(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
}

/// Checks a name: of an item, of a file, of a release.
pub(crate) fn name(what: &'static str, name: &str) -> Result<(), Invalid> {
    match refused_in(name) {
        None => Ok(()),
        Some(c) => Err(Invalid::Name {
            what,
            name: escaped(name).into_owned(),
            character: c.into(),
        }),
    }
}

fn item(what: &'static str, id: &str, source: Option<&Source>) -> Result<(), Invalid> {
    name(what, id)?;
    let Some(source) = source else {
        return Ok(());
    };
    name("the source file", &source.file)?;
    let template = source.template.as_ref();
    template.map_or(Ok(()), |line| name("the template", &line.file))
}

/// The parameters that a handler limits are those of its path.
fn parameters(handler: &Handler) -> Result<(), Invalid> {
    let of_path: Vec<&str> = parameter_names(&handler.path).collect();
    let unknown = handler
        .parameters
        .iter()
        .find(|parameter| !of_path.contains(&&*parameter.name));
    match unknown {
        None => Ok(()),
        Some(parameter) => Err(no_parameter(handler, &parameter.name)),
    }
}

/// A redirect goes to a path, whose holes are filled by the parameters of the handler's own.
fn redirect(handler: &Handler, redirect: &Redirect) -> Result<(), Invalid> {
    let Redirect { status, to, .. } = redirect;
    if !Redirect::STATUSES.contains(status) {
        return Err(Invalid::Status {
            id: handler.id.clone(),
            status: *status,
        });
    }
    endpoint(&handler.id, &handler.method, to)?;
    let of_path: Vec<&str> = parameter_names(&handler.path).collect();
    match parameter_names(to).find(|name| !of_path.contains(name)) {
        None => Ok(()),
        Some(name) => Err(no_parameter(handler, name)),
    }
}

fn no_parameter(handler: &Handler, name: &str) -> Invalid {
    Invalid::Parameter {
        id: handler.id.clone(),
        path: handler.path.clone(),
        name: escaped(name).into_owned(),
    }
}

fn flag(id: &str, flag: Option<&str>) -> Result<(), Invalid> {
    match flag {
        None => Ok(()),
        Some("") => Err(Invalid::NoFlag { id: id.to_owned() }),
        Some(flag) => name("the flag", flag),
    }
}

fn host(id: &str, target: &Target) -> Result<(), Invalid> {
    let Some(host) = &target.host else {
        return Ok(());
    };
    name("the host", host)?;
    let (id, host) = (id.to_owned(), host.clone());
    match host::check(&host) {
        Err(why) => Err(Invalid::Host { id, host, why }),
        Ok(()) if !target.elsewhere => Err(Invalid::OwnHost { id, host }),
        Ok(()) => Ok(()),
    }
}

fn endpoint(id: &str, method: &str, path: &str) -> Result<(), Invalid> {
    name("the method", method)?;
    name("the path", path)?;
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
