//! From routes to the handlers of a registry: what a function reads, by its arguments.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use coexist_source::extractor::{find_body, find_query};
use coexist_source::handler::parameters::{self, Limit};
use coexist_source::reader::Reader;
use coexist_source::registration::{names, names as path_names};
use syn::Signature;

use super::annotated::{self, Annotations};
use super::fields::{Fragment, Types, string};
use super::gap::{Gap, Gaps};
use super::program::index::Index;
use super::routes::{Framework, Handler as Serves, Route};
use crate::registry::wire::{FlatField, Place, unflattened};
use crate::registry::{
    Encoding, Fields, Handler, Parameter, Query, Reader as ReaderName, Redirect, Routing, Source,
    UnknownFields,
};

/// The methods for which a handler stands that takes each of them.
const EVERY: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// What a handler reads.
#[derive(Clone, Default)]
struct Reading {
    encoding: Option<Encoding>,
    reader: Option<ReaderName>,
    unknown_fields: UnknownFields,
    fields: Option<Fields>,
    query: Option<Box<Query>>,
}

/// A handler that is annotated.
struct Annotated<'h> {
    handler: &'h coexist_source::handler::model::Handler,
    id: &'h str,
    scope: &'h str,
    /// The position of the file, and the line.
    source: (usize, usize),
}

/// Makes the handlers of routes.
pub(super) struct Handlers<'a, 'i> {
    pub(super) index: &'i Index<'a>,
    pub(super) gaps: &'i Gaps,
    pub(super) annotations: &'i Annotations<'a, 'i>,
    /// Whether Rocket serves them.
    pub(super) has_rocket: bool,
}

/// The endpoints of functions, by their positions.
pub(super) type Endpoints = HashMap<usize, Vec<(String, String)>>;

/// The handlers, and which endpoints each function serves.
pub(super) struct Found {
    pub(super) handlers: Vec<Arc<Handler>>,
    pub(super) endpoints: Endpoints,
    /// What stands before some paths and only the configuration knows.
    pub(super) bases: Vec<String>,
}

impl<'a> Handlers<'a, '_> {
    /// The handlers of these routes. A route whose path is not known is a gap.
    pub(super) fn of(&self, routes: &[Route<'a>]) -> Found {
        let mut found = self.annotated();
        let annotated: HashSet<usize> = found.endpoints.keys().copied().collect();
        let twice = self.served_twice(routes);
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
            for pattern in &patterns.patterns {
                for method in &methods {
                    if !coexist_source::method::check(method).is_ok() {
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

    /// The handlers that are annotated.
    pub(super) fn annotated(&self) -> Found {
        let mut found = Found {
            handlers: Vec::new(),
            endpoints: HashMap::new(),
            bases: Vec::new(),
        };
        for (position, function) in self.index.functions.iter().enumerate() {
            if !self.annotations.is_handler(function) {
                continue;
            }
            let known = |path: &syn::Path| self.extractor(&names(path), &function.scope);
            let line = function.sig.ident.span().start().line;
            let Some(handler) = self.annotations.handler(function, &known) else {
                let why = format!("the annotation of `{}` is not valid", function.name);
                let file = self.index.path(function.file);
                self.gaps.push(Gap::of_route(file, line, why));
                continue;
            };
            let item = Annotated {
                handler: &handler,
                id: &function.path,
                scope: &function.scope,
                source: (function.file, line),
            };
            let endpoints = self.add_one(&item, &mut found);
            found.endpoints.insert(position, endpoints);
        }
        for (position, name, handler) in self.annotations.files() {
            let called = &self.index.macros[position];
            let line = handler.name.span().start().line;
            self.add_one(
                &Annotated {
                    handler: &handler,
                    id: &format!("{}::{name}", called.scope),
                    scope: &called.scope,
                    source: (called.file, line),
                },
                &mut found,
            );
        }
        found
    }

    fn add_one(&self, item: &Annotated<'_>, found: &mut Found) -> Vec<(String, String)> {
        let Annotated {
            handler,
            id,
            scope,
            source: (file, line),
        } = *item;
        let types = Types {
            index: self.index,
            only_declared: true,
        };
        let mut reading = Reading {
            encoding: handler.encoding,
            reader: handler.reader,
            ..Reading::default()
        };
        let fragment = annotated::accepted(&handler.accepts, types, scope);
        if let Some(json) = fragment.as_ref().and_then(Fragment::fields) {
            reading.add_fields(json);
        }
        let query = handler.query.as_ref().and_then(|query| {
            let fragment = annotated::accepted(&query.accepts, types, scope)?;
            Some(self::query(query.reader, fragment.fields()?))
        });
        let mut endpoints = Vec::new();
        for (number, route) in self
            .annotations
            .endpoints(handler, self.has_rocket)
            .iter()
            .enumerate()
        {
            let own = &handler.routes[route.position];
            let method = &own.method;
            let id = match number {
                0 => id.to_owned(),
                _ => format!("{id}#{method} {}", route.pattern),
            };
            let redirect = handler.redirect.as_ref().and_then(|redirect| {
                let to = match annotated::destination(&redirect.to) {
                    Ok(path) => path.to_owned(),
                    Err(names) => self.path_of(&names, scope)?,
                };
                Some(Redirect {
                    status: redirect.status,
                    to,
                    query: redirect.keeps_query,
                })
            });
            endpoints.push((method.clone(), route.path.clone()));
            let parameters = own.parameters.iter();
            let parameters = parameters.filter_map(|one| self.parameter(one, &types, scope));
            found.handlers.push(Arc::new(Handler {
                id,
                method: method.clone(),
                path: route.path.clone(),
                parameters: parameters.collect(),
                partial: own.is_partial,
                routing: handler
                    .routing
                    .and_then(|routing| annotated::named(routing.name())),
                redirect,
                flag: handler.flag.clone(),
                since: Some(annotated::since(&handler.lifespan.since)),
                until: handler.lifespan.until.clone(),
                unknown_fields: reading.unknown_fields,
                encoding: reading.encoding,
                reader: reading.reader,
                fields: reading.fields.clone(),
                query: query.clone(),
                source: Some(Source {
                    file: shown(self.index.path(file)),
                    line: u32::try_from(line).unwrap_or(u32::MAX),
                    template: None,
                }),
            }));
        }
        endpoints
    }

    /// The first path of an annotated handler.
    fn path_of(&self, names: &[String], scope: &str) -> Option<String> {
        let position = self.index.function_at(names, scope)?;
        let function = &self.index.functions[position];
        let known = |path: &syn::Path| self.extractor(&path_names(path), &function.scope);
        let handler = self.annotations.handler(function, &known)?;
        let endpoints = self.annotations.endpoints(&handler, self.has_rocket);
        endpoints.into_iter().next().map(|route| route.path)
    }

    /// The endpoints that several handlers serve: each of them under a condition of its own, since
    /// both arms of a condition are followed.
    fn served_twice(&self, routes: &[Route<'a>]) -> HashSet<String> {
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
            for pattern in &patterns.patterns {
                for method in &methods {
                    let handlers = by.entry(endpoint(method, pattern)).or_default();
                    handlers.insert(handler.clone());
                }
            }
        }
        by.retain(|_, handlers| handlers.len() > 1);
        by.into_keys().collect()
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
        let parameters = sig.map(|sig| self.parameters(path, sig, scope));
        Handler {
            id,
            method: method.to_owned(),
            path: path.to_owned(),
            parameters: parameters.unwrap_or_default(),
            partial: false,
            routing: Some(routing(route)),
            redirect: None,
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

    /// What a function reads.
    fn reading(&self, sig: &Signature, methods: &[&str], scope: &str) -> Reading {
        let known = |path: &syn::Path| self.extractor(&names(path), scope);
        let query = find_query(sig, methods, &known);
        let query = query.and_then(|query| {
            let types = Types {
                index: self.index,
                only_declared: false,
            };
            let fragment = types.fragment(query.ty?, scope);
            Some(self::query(query.reader?, fragment.fields()?))
        });
        let beside = Reading {
            query,
            ..Reading::default()
        };
        let Some(body) = find_body(sig, methods, &known) else {
            return beside;
        };
        let Some(ty) = body.ty else {
            return Reading {
                encoding: body.encoding,
                ..beside
            };
        };
        if body.reader.is_none() {
            return beside;
        }
        let is_of_any_form = matches!(body.reader, Some(Reader::Rocket | Reader::RocketStrict))
            && body.encoding == Some(Encoding::Urlencoded);
        let mut reading = Reading {
            encoding: body.encoding.filter(|_| !is_of_any_form),
            reader: body.reader,
            ..beside
        };
        let types = Types {
            index: self.index,
            only_declared: false,
        };
        let fragment = types.fragment(ty, scope);
        if let Some(json) = fragment.fields() {
            reading.add_fields(json);
        }
        reading
    }

    fn reading_of_closure(
        &self,
        closure: &syn::ExprClosure,
        methods: &[&str],
        scope: &str,
    ) -> Reading {
        let typed = closure.inputs.iter().map(|input| match input {
            syn::Pat::Type(typed) => {
                let (pat, ty) = (&typed.pat, &typed.ty);
                Some(quote::quote!(#pat: #ty))
            }
            _ => None,
        });
        let Some(inputs) = typed.collect::<Option<Vec<_>>>() else {
            return Reading::default();
        };
        let sig: Result<Signature, _> = syn::parse2(quote::quote!(fn closure(#(#inputs),*)));
        sig.map_or_else(
            |_| Reading::default(),
            |sig| self.reading(&sig, methods, scope),
        )
    }

    /// The whole path of an extractor that is known.
    fn extractor(&self, path: &[String], scope: &str) -> Option<Vec<String>> {
        let mut meant = self.index.other_at(path, scope)?;
        // They hand axum's on.
        if let Some(first) = meant.first_mut()
            && matches!(&**first, "loco_rs" | "aide")
        {
            "axum".clone_into(first);
        }
        Reader::of_extractor(&meant).is_some().then_some(meant)
    }

    /// What limits the parameters of a path.
    fn parameters(&self, path: &str, sig: &Signature, scope: &str) -> Vec<Parameter> {
        let types = Types {
            index: self.index,
            only_declared: false,
        };
        let limits = parameters::of_signature(path, sig);
        let known = limits
            .iter()
            .filter_map(|parameter| self.parameter(parameter, &types, scope));
        known.collect()
    }

    /// What limits a parameter, if anything is known to.
    fn parameter(
        &self,
        parameter: &parameters::Parameter,
        types: &Types<'_, '_>,
        scope: &str,
    ) -> Option<Parameter> {
        let name = string(&parameter.name);
        let fragment = match &parameter.limit {
            Limit::Known(json) => (*json).to_owned(),
            Limit::OfType(ty) => {
                let fragment = types.fragment(ty, scope);
                if fragment.fields().is_some() {
                    of_field(fragment.fields()?, &parameter.name)?
                } else {
                    fragment.json
                }
            }
            Limit::OfField(ty) => {
                let fragment = types.fragment(ty, scope);
                match fragment.fields() {
                    Some(fields) => of_field(fields, &parameter.name)?,
                    None => fragment.json,
                }
            }
            Limit::Pattern(regex) => format!("\"pattern\":{}", string(regex)),
            Limit::Choices(choices) => {
                let choices: Vec<String> = choices.iter().map(|one| string(one)).collect();
                format!("\"type\":\"choice\",\"choices\":[{}]", choices.join(","))
            }
            Limit::Stated(ty) => types.fragment(ty, scope).json,
        };
        let parameter: Parameter =
            serde_json::from_str(&format!("{{\"name\":{name},{fragment}}}")).ok()?;
        parameter.limit.is_some().then_some(parameter)
    }
}

/// What a handler reads from the query, by the keys of its fields in a record.
fn query(reader: Reader, json: &str) -> Box<Query> {
    let mut reading = Reading::default();
    reading.add_fields(json);
    Box::new(Query {
        reader: Some(reader),
        unknown_fields: reading.unknown_fields,
        fields: reading.fields.unwrap_or_else(|| Fields::from(Vec::new())),
    })
}

impl Reading {
    /// Adds fields by their keys in a record.
    fn add_fields(&mut self, json: &str) {
        #[derive(serde::Deserialize)]
        struct Keys<'a> {
            unknown_fields: UnknownFields,
            #[serde(borrow)]
            fields: Vec<FlatField<'a>>,
        }
        let text = format!("{{{json}}}");
        let Ok(keys) = serde_json::from_str::<Keys<'_>>(&text) else {
            return;
        };
        self.unknown_fields = keys.unknown_fields;
        let fields = unflattened(keys.fields, Place::Record).ok().flatten();
        self.fields = fields.map(Fields::from);
    }
}

/// The fragment of a field.
fn of_field(fields: &str, name: &str) -> Option<String> {
    let all: serde_json::Value = serde_json::from_str(&format!("{{{fields}}}")).ok()?;
    let field = all
        .get("fields")?
        .as_array()?
        .iter()
        .find(|field| field.get("name").and_then(serde_json::Value::as_str) == Some(name))?;
    let keys = ["type", "min", "max", "choices", "ignore_case"];
    let keys = keys.iter().filter_map(|key| {
        let value = field.get(key).filter(|value| !value.is_null())?;
        Some(format!("\"{key}\":{value}"))
    });
    let keys: Vec<String> = keys.collect();
    (!keys.is_empty()).then(|| keys.join(","))
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
