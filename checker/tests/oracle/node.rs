//! A node: axum's router, and the reader that imitates serde's derived code.

use std::collections::HashMap;

use coexist_checker::registry::{Encoding, Handler, Registry};

use crate::reader::{self, Fault};
use crate::request::Body;

pub(crate) struct Node<'r> {
    paths: matchit::Router<usize>,
    handlers: Vec<Vec<&'r Handler>>,
}

/// Where a request arrives.
#[derive(Clone, Copy)]
pub(crate) enum Arrival<'r> {
    At(&'r Handler),
    OtherMethods,
    Nowhere,
}

/// Why a node does not serve a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    NotFound,
    Method,
    Encoding,
    /// The fault, and whether it is inside an object.
    Field(Fault, bool),
}

impl<'r> Node<'r> {
    /// `None`: the router does not accept these paths together, so no such build runs.
    pub(crate) fn new(registry: &'r Registry) -> Option<Self> {
        let mut node = Self {
            paths: matchit::Router::new(),
            handlers: Vec::new(),
        };
        let mut known = HashMap::new();
        for handler in &registry.handlers {
            let path = with_plain_names(&handler.path);
            let at = if let Some(at) = known.get(&path) {
                *at
            } else {
                let at = node.handlers.len();
                node.paths.insert(path.clone(), at).ok()?;
                known.insert(path, at);
                node.handlers.push(Vec::new());
                at
            };
            node.handlers[at].push(handler);
        }
        Some(node)
    }

    pub(crate) fn arrival(&self, method: &str, path: &str) -> Arrival<'r> {
        let Ok(found) = self.paths.at(path) else {
            return Arrival::Nowhere;
        };
        let here = &self.handlers[*found.value];
        let serving = |method: &str| here.iter().find(|handler| handler.method == method);
        let handler = match method {
            // A router serves HEAD by its handler for GET.
            "HEAD" => serving("HEAD").or_else(|| serving("GET")),
            method => serving(method),
        };
        handler.map_or(Arrival::OtherMethods, |handler| Arrival::At(handler))
    }
}

impl Arrival<'_> {
    /// Why this request is not served there; empty: it is served.
    pub(crate) fn refusals(
        self,
        method: &str,
        body: Option<&Body>,
        sent: Encoding,
    ) -> Vec<Refusal> {
        let handler = match self {
            Self::Nowhere => return vec![Refusal::NotFound],
            Self::OtherMethods => return vec![Refusal::Method],
            Self::At(handler) => handler,
        };
        let is_read = |read| on_the_wire(read, method) == on_the_wire(sent, method);
        if !handler.encoding.is_none_or(is_read) {
            return vec![Refusal::Encoding];
        }
        let (Some(fields), Some(body)) = (&handler.fields, body) else {
            return Vec::new();
        };
        let faults = reader::faults(&fields.list(), handler.unknown_fields, body);
        let refusals = faults.into_iter();
        refusals
            .map(|(fault, is_within)| Refusal::Field(fault, is_within))
            .collect()
    }
}

/// The encoding of a request: without a body, the fields are in the query.
pub(crate) fn on_the_wire(encoding: Encoding, method: &str) -> Encoding {
    match (encoding, method) {
        (Encoding::Urlencoded, "GET" | "HEAD") => Encoding::Query,
        (encoding, _) => encoding,
    }
}

/// The path with parameters that are named by their positions: this router requires the same
/// name at the same position.
pub(crate) fn with_plain_names(path: &str) -> String {
    let segments = path.split('/').enumerate();
    let segments = segments.map(|(at, segment)| match segment {
        rest if rest.starts_with("{*") => format!("{{*p{at}}}"),
        parameter if parameter.starts_with('{') => format!("{{p{at}}}"),
        literal => literal.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}
