//! From routes to the handlers of a registry: what a function reads, by its arguments.

mod annotated;
mod reading;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use reading::Reading;

use super::annotated::Annotations;
use super::fields::string;
use super::gap::{Gap, Gaps};
use super::program::index::Index;
use super::redirects;
use super::routes::{Framework, Handler as Serves, Route};
use crate::registry::{Handler, Parameter, Redirect, Routing, Source};

/// The methods for which a handler stands that takes each of them.
const EVERY: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Makes the handlers of routes.
pub(super) struct Handlers<'a, 'i> {
    pub(super) index: &'i Index<'a>,
    pub(super) gaps: &'i Gaps,
    pub(super) annotations: &'i Annotations<'a, 'i>,
    /// Whether Rocket serves them.
    pub(super) has_rocket: bool,
}

impl<'a, 'i> Handlers<'a, 'i> {
    /// The handlers of a program with these routes.
    pub(super) fn new(
        index: &'i Index<'a>,
        gaps: &'i Gaps,
        annotations: &'i Annotations<'a, 'i>,
        routes: &[Route<'_>],
    ) -> Self {
        Self {
            index,
            gaps,
            annotations,
            has_rocket: routes
                .iter()
                .any(|route| route.framework == Framework::Rocket),
        }
    }
}

/// The endpoints of functions, by their positions.
pub(super) type Endpoints = HashMap<usize, Vec<(String, String)>>;

/// The handlers, and which endpoints each function serves.
pub(super) struct Found {
    pub(super) handlers: Vec<Arc<Handler>>,
    pub(super) endpoints: Endpoints,
    /// The endpoints of the routes that have a name.
    pub(super) names: HashMap<String, Vec<(String, String)>>,
    /// What stands before some paths and only the configuration knows.
    pub(super) bases: Vec<String>,
}

impl<'a> Handlers<'a, '_> {
    /// The handlers of these routes. A route whose path is not known is a gap.
    pub(super) fn of(&self, routes: &[Route<'a>]) -> Found {
        let mut found = self.annotated();
        let annotated: HashSet<usize> = found.endpoints.keys().copied().collect();
        let twice = served_twice(routes);
        let mut ids: HashMap<String, usize> = HashMap::new();
        let mut seen = HashSet::new();
        for route in routes {
            // What is annotated counts as it says.
            if matches!(&route.handler, Serves::Function(position) if annotated.contains(position))
            {
                continue;
            }
            let (file, line) = route.place;
            let patterns = match route.path.patterns(route.framework) {
                Ok(patterns) => patterns,
                Err(unknown) => {
                    let what = route.method.as_deref().unwrap_or("every method");
                    let why = format!(
                        "the path of this route ({what}) is not known: `{}`",
                        unknown.0
                    );
                    self.gaps
                        .push(Gap::of_route(self.index.path(file), line, why));
                    continue;
                }
            };
            if let Some(base) = patterns.base
                && !found.bases.contains(&base)
            {
                found.bases.push(base);
            }
            let methods: Vec<&str> = match &route.method {
                Some(method) => vec![method],
                None => EVERY.to_vec(),
            };
            for pattern in &patterns.all {
                for method in &methods {
                    if coexist_source::method::check(method).is_err() {
                        continue;
                    }
                    let handler = self.handler(route, method, &methods, pattern);
                    let mut handler = Handler {
                        partial: route.is_guarded
                            || patterns.is_partial
                            || twice.contains(&endpoint(method, pattern)),
                        ..handler
                    };
                    if handler.parameters.is_empty() {
                        handler.parameters = limited(&patterns.limits, pattern);
                    }
                    if let Some(name) = &route.name {
                        let named = found.names.entry(name.clone()).or_default();
                        named.push(((*method).to_owned(), pattern.clone()));
                    }
                    if let Serves::Function(position) = route.handler {
                        let endpoints = found.endpoints.entry(position).or_default();
                        endpoints.push(((*method).to_owned(), pattern.clone()));
                    }
                    let known = format!("{} {method} {pattern}", handler.id);
                    if !seen.insert(known) {
                        continue;
                    }
                    let count = ids.entry(handler.id.clone()).or_default();
                    *count += 1;
                    if *count > 1 {
                        handler.id = format!("{}#{method} {pattern}", handler.id);
                    }
                    found.handlers.push(Arc::new(handler));
                }
            }
        }
        found
    }

    fn handler(&self, route: &Route<'a>, method: &str, methods: &[&str], path: &str) -> Handler {
        let (id, sig, scope, file, line) = match &route.handler {
            Serves::Function(position) => {
                let function = &self.index.functions[*position];
                let line = function.sig.ident.span().start().line;
                (
                    function.path.clone(),
                    Some(function.sig),
                    function.scope.as_str(),
                    function.file,
                    line,
                )
            }
            Serves::Closure {
                function,
                scope,
                file,
                ..
            } => {
                let within = function.map(|position| self.index.functions[position].path.clone());
                let within = within.unwrap_or_else(|| scope.clone());
                let id = format!("{within}#{method} {path}");
                (id, None, scope.as_str(), *file, route.place.1)
            }
            Serves::Files | Serves::Other(_) => {
                let module = self.index.files[route.place.0].module.join("::");
                let id = format!("{module}#{method} {path}");
                (id, None, "", route.place.0, route.place.1)
            }
        };
        let reading = match (&route.handler, sig) {
            (_, Some(sig)) => self.reading(sig, methods, scope),
            (Serves::Closure { expr, scope, .. }, None) => {
                self.reading_of_closure(expr, methods, scope)
            }
            _ => Reading::default(),
        };
        let redirect = match &route.handler {
            Serves::Function(position) => {
                let body = self.index.functions[*position].body;
                body.and_then(|body| redirects::only(body, route.framework))
            }
            Serves::Closure { expr, .. } => redirects::only_of(&expr.body, route.framework),
            Serves::Files | Serves::Other(_) => None,
        };
        let redirect = redirect.map(|redirect| Redirect {
            status: redirect.status,
            to: redirect.path,
            query: false,
        });
        let parameters = sig.map(|sig| self.parameters(path, sig, scope));
        Handler {
            id,
            method: method.to_owned(),
            path: path.to_owned(),
            parameters: parameters.unwrap_or_default(),
            partial: false,
            routing: Some(routing(route)),
            redirect,
            flag: None,
            since: None,
            until: None,
            unknown_fields: reading.unknown_fields,
            encoding: reading.encoding,
            reader: reading.reader,
            fields: reading.fields,
            query: reading.query,
            source: Some(Source {
                file: shown(self.index.path(file)),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                template: None,
            }),
        }
    }
}

/// The parameters that a regular expression limits.
fn limited(limits: &[(String, String)], pattern: &str) -> Vec<Parameter> {
    let known = limits.iter().filter_map(|(name, regex)| {
        let is_there = coexist_source::path::parameters(pattern).any(|known| known == name);
        let json = format!(
            "{{\"name\":{},\"pattern\":{}}}",
            string(name),
            string(regex)
        );
        is_there.then(|| serde_json::from_str(&json).ok()).flatten()
    });
    known.collect()
}

/// An endpoint, whatever the names of its parameters are.
pub(super) fn endpoint(method: &str, pattern: &str) -> String {
    format!("{method} {}", crate::endpoint::unnamed(pattern))
}

/// What decides first where this route is.
fn routing(route: &Route<'_>) -> Routing {
    let is_method_first =
        route.is_method_first || matches!(route.framework, Framework::Rocket | Framework::Salvo);
    if is_method_first {
        Routing::MethodFirst
    } else {
        Routing::PathFirst
    }
}

/// A path as a registry names it: with slashes.
pub(super) fn shown(path: &std::path::Path) -> String {
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The endpoints that several handlers serve: each of them under a condition of its own, since
/// both arms of a condition are followed.
fn served_twice(routes: &[Route<'_>]) -> HashSet<String> {
    let mut by: HashMap<String, HashSet<String>> = HashMap::new();
    for route in routes {
        let Ok(patterns) = route.path.patterns(route.framework) else {
            continue;
        };
        let methods = match &route.method {
            Some(method) => vec![&**method],
            None => EVERY.to_vec(),
        };
        let handler = match &route.handler {
            Serves::Function(position) => format!("{position}"),
            Serves::Closure { expr, .. } => format!("{:p}", *expr),
            Serves::Files => "files".to_owned(),
            Serves::Other(what) => what.clone(),
        };
        for pattern in &patterns.all {
            for method in &methods {
                let handlers = by.entry(endpoint(method, pattern)).or_default();
                handlers.insert(handler.clone());
            }
        }
    }
    by.retain(|_, handlers| handlers.len() > 1);
    by.into_keys().collect()
}
