//! What a router does before and after it has found a path: which of path and method decides
//! first, and what happens to a slash at the end.

use std::fmt;

use crate::text::alternatives;

/// What a router does where a path fits and its handlers do not take the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Routing {
    /// It answers 405, as axum does.
    PathFirst,
    /// It tries the next route, as Rocket and actix-web's attributes do.
    MethodFirst,
}

/// What an app does with the slash at the end of a path before it routes the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrailingSlash {
    /// It removes the slash.
    Trim,
    /// It appends one where there is none.
    Append,
}

/// A name that is not among the known ones.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownName {
    name: String,
    known: &'static [&'static str],
}

impl Routing {
    /// The routing of this name.
    ///
    /// # Errors
    ///
    /// Lists the names if none of them is this one.
    pub fn from_name(name: &str) -> Result<Self, UnknownName> {
        match name {
            "path-first" => Ok(Self::PathFirst),
            "method-first" => Ok(Self::MethodFirst),
            _ => Err(UnknownName::new(name, &["path-first", "method-first"])),
        }
    }

    /// Its name in annotations and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PathFirst => "path-first",
            Self::MethodFirst => "method-first",
        }
    }
}

impl TrailingSlash {
    /// What is done under this name.
    ///
    /// # Errors
    ///
    /// Lists the names if none of them is this one.
    pub fn from_name(name: &str) -> Result<Self, UnknownName> {
        match name {
            "trim" => Ok(Self::Trim),
            "append" => Ok(Self::Append),
            _ => Err(UnknownName::new(name, &["trim", "append"])),
        }
    }

    /// Its name in annotations and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trim => "trim",
            Self::Append => "append",
        }
    }
}

impl UnknownName {
    fn new(name: &str, known: &'static [&'static str]) -> Self {
        let name = name.to_owned();
        Self { name, known }
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, known } = self;
        write!(f, "`{name}` is unknown: expected {}", alternatives(known))
    }
}

impl std::error::Error for UnknownName {}
