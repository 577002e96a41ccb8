//! The handlers that are annotated.

use std::collections::HashMap;
use std::sync::Arc;

use coexist_source::registration::names;

use super::reading::{Reading, query as read_query};
use super::{Found, Handlers, shown};
use crate::registry::{Handler, Redirect, Source};
use crate::scan::annotated;
use crate::scan::fields::{Fragment, Types};
use crate::scan::gap::Gap;

/// A handler that is annotated.
struct Annotated<'h> {
    handler: &'h coexist_source::handler::model::Handler,
    id: &'h str,
    scope: &'h str,
    /// The position of the file, and the line.
    source: (usize, usize),
}

impl Handlers<'_, '_> {
    /// The handlers that are annotated.
    pub(in crate::scan) fn annotated(&self) -> Found {
        let mut found = Found {
            handlers: Vec::new(),
            endpoints: HashMap::new(),
            names: HashMap::new(),
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
            Some(Box::new(read_query(query.reader, fragment.fields()?)))
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
            let parameters = parameters.filter_map(|one| Self::parameter(one, types, scope));
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
    fn path_of(&self, wanted: &[String], scope: &str) -> Option<String> {
        let position = self.index.function_at(wanted, scope)?;
        let function = &self.index.functions[position];
        let known = |path: &syn::Path| self.extractor(&names(path), &function.scope);
        let handler = self.annotations.handler(function, &known)?;
        let endpoints = self.annotations.endpoints(&handler, self.has_rocket);
        endpoints.into_iter().next().map(|route| route.path)
    }
}
