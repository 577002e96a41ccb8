//! Routes as frameworks state them.

use proc_macro2::Span;
use syn::LitStr;

/// A route, as a framework states it.
#[derive(Clone, Debug)]
pub struct Route {
    /// The HTTP method, in uppercase.
    pub method: String,
    /// The path, as the framework writes it.
    pub path: String,
    /// Where the path is written.
    pub span: Span,
    /// The path as canonical patterns. There are two where the rest of a path may be empty.
    pub patterns: Vec<String>,
    /// It accepts only some of the requests that its patterns describe: a regular expression over
    /// several segments, a rank or a guard decides.
    pub is_partial: bool,
    /// The names of parameters, each with the regular expression that it must match.
    pub limits: Vec<(String, String)>,
    /// The parameters of its query.
    pub query: Vec<QueryParameter>,
}

/// A parameter of a query: `<page>`, or `<filter..>` for all that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryParameter {
    /// The name of the argument.
    pub name: String,
    /// Whether it is all that is left.
    pub is_rest: bool,
}

/// A path in canonical syntax.
#[derive(Debug, PartialEq, Eq)]
pub struct Canonical {
    /// The patterns. There are two where the rest of the path may be empty.
    pub patterns: Vec<String>,
    /// The path accepts only some of the requests that the patterns describe.
    pub is_partial: bool,
    /// The names of parameters, each with the regular expression that it must match.
    pub limits: Vec<(String, String)>,
}

impl Route {
    pub(super) fn new(method: String, path: &LitStr, canonical: Canonical) -> Self {
        Self {
            method,
            path: path.value(),
            span: path.span(),
            patterns: canonical.patterns,
            is_partial: canonical.is_partial,
            limits: canonical.limits,
            query: Vec::new(),
        }
    }
}
