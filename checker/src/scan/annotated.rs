//! What annotations say: they count as they are written, wherever a router puts the item.

use std::collections::HashMap;

use coexist_source::annotation::find;
use coexist_source::annotation::form::FormAttr;
use coexist_source::annotation::handler::HandlerAttr;
use coexist_source::annotation::release::ReleaseAttr;
use coexist_source::errors::Errors;
use coexist_source::files::Files;
use coexist_source::handler::model::{Accepts, Ask, Handler, Root};
use coexist_source::handler::redirect::Destination;
use coexist_source::handler::route::Path;
use coexist_source::item::{Item, Kind};
use coexist_source::lifespan;
use coexist_source::prefix::Prefix;
use coexist_source::registration::names;
use coexist_source::surroundings::Surroundings;
use proc_macro2::{Delimiter, Group, TokenStream};
use syn::Attribute;

use super::fields::{Fragment, Types};
use super::program::conditions::effective;
use super::program::index::{Function, Index, last_name};
use crate::registry::{Bound, Routing, TrailingSlash};

/// The annotations of a program.
pub(super) struct Annotations<'a, 'i> {
    index: &'i Index<'a>,
    /// The path of each prefix, and the one below which it stands.
    prefixes: HashMap<String, (String, Option<String>)>,
}

/// A form, as it is annotated.
pub(super) struct FormAnnotation {
    /// Its arguments.
    pub(super) attr: FormAttr,
}

impl<'a, 'i> Annotations<'a, 'i> {
    pub(super) fn new(index: &'i Index<'a>) -> Self {
        let mut prefixes = HashMap::new();
        for item in &index.macros {
            if !is_called(item.called, "prefix") {
                continue;
            }
            let Ok(prefix) = syn::parse2::<Prefix>(item.called.tokens.clone()) else {
                continue;
            };
            let Ok(paths) = prefix.paths else { continue };
            let under = paths.under.and_then(|under| names(&under).pop());
            prefixes.insert(prefix.name.to_string(), (paths.path, under));
        }
        Self { index, prefixes }
    }

    /// The attributes of an item that are there, with what `cfg_attr` stands for.
    pub(super) fn attrs(&self, file: usize, attrs: &[Attribute]) -> Vec<Attribute> {
        let krate = self.index.files[file].krate;
        effective(attrs, &self.index.crates[krate].features)
    }

    /// Whether a function is annotated as a handler.
    pub(super) fn is_handler(&self, function: &Function<'_>) -> bool {
        let attrs = self.attrs(function.file, function.attrs);
        attrs
            .iter()
            .any(|attr| find::is_annotation(attr, &[find::HANDLER]))
    }

    /// Whether a function is annotated as a handler that only redirects.
    pub(super) fn is_redirect(&self, function: &Function<'_>) -> bool {
        let attrs = self.attrs(function.file, function.attrs);
        let mut own = attrs
            .iter()
            .filter(|attr| find::is_annotation(attr, &[find::HANDLER]));
        own.any(|attr| {
            let arguments = attr.meta.require_list().map(|list| list.tokens.clone());
            arguments.into_iter().flatten().any(
                |token| matches!(token, proc_macro2::TokenTree::Ident(word) if word == "redirect"),
            )
        })
    }

    /// Whether an item is annotated as a form.
    pub(super) fn is_form(&self, file: usize, attrs: &[Attribute]) -> bool {
        let mut attrs = self.attrs(file, attrs).into_iter();
        attrs.any(|attr| find::is_annotation(&attr, &[find::FORM]))
    }

    /// What the annotation of a function says; `None`: there is none, or it is not valid.
    pub(super) fn handler(
        &self,
        function: &Function<'_>,
        extractor: &dyn Fn(&syn::Path) -> Option<Vec<String>>,
    ) -> Option<Handler> {
        let attrs = self.attrs(function.file, function.attrs);
        let own = attrs
            .iter()
            .find(|attr| find::is_annotation(attr, &[find::HANDLER]))?;
        let arguments = own.meta.require_list().ok()?.tokens.clone();
        let others = attrs
            .iter()
            .filter(|attr| !find::is_annotation(attr, &[find::HANDLER, find::FORM]));
        let others = others.map(|attr| match &function.prefix {
            Some(prefix) => coexist_source::frameworks::in_scope(attr, prefix),
            None => attr.clone(),
        });
        let item = Item {
            attrs: others.collect(),
            vis: syn::Visibility::Inherited,
            kind: Kind::Fn {
                sig: Box::new(function.sig.clone()),
                body: Some(Group::new(Delimiter::Brace, TokenStream::new())),
            },
        };
        let mut around = Surroundings::default();
        if let Some(owner) = &function.owner {
            around.is_associated = true;
            around.has_handlers = true;
            around.owner = owner.ty.and_then(last_name).unwrap_or_default();
        }
        let mut errors = Errors::default();
        let attr = HandlerAttr::parse(arguments, &mut errors).ok()?;
        let ask = Ask {
            build: || None,
            extractor,
        };
        Handler::new(attr, &item, &around, &ask, errors).ok()
    }

    /// The files that are declared to be served, each with the position of its macro's call.
    pub(super) fn files(&self) -> Vec<(usize, String, Handler)> {
        let calls = self.index.macros.iter().enumerate();
        let files = calls.filter_map(|(position, item)| {
            if !is_called(item.called, "files") {
                return None;
            }
            let files = Files::new(item.called.tokens.clone(), || None).ok()?;
            Some((position, files.name.to_string(), files.handler.ok()?))
        });
        files.collect()
    }

    /// The whole paths of the routes of an annotated handler: with the methods.
    pub(super) fn endpoints(&self, handler: &Handler, is_rocket: bool) -> Vec<Route> {
        let prefix = handler.under.as_ref().and_then(|under| names(under).pop());
        let prefix = prefix.map(|name| self.prefix(&name, 0));
        let mut endpoints = Vec::new();
        for (position, route) in handler.routes.iter().enumerate() {
            let Path::Text { patterns, .. } = &route.path else {
                continue;
            };
            for pattern in patterns {
                let keeps_slash = handler.root == Root::FrameworkDefined && !is_rocket;
                let path = match &prefix {
                    Some(prefix) if pattern == "/" && !keeps_slash => prefix.clone(),
                    Some(prefix) => format!("{prefix}{pattern}"),
                    None => pattern.clone(),
                };
                endpoints.push(Route {
                    position,
                    path,
                    pattern: pattern.clone(),
                });
            }
        }
        endpoints
    }

    fn prefix(&self, name: &str, depth: usize) -> String {
        let Some((path, under)) = self.prefixes.get(name) else {
            return String::new();
        };
        match under {
            Some(under) if depth < 16 => format!("{}{path}", self.prefix(under, depth + 1)),
            _ => path.clone(),
        }
    }

    /// What `release!` states of the router.
    pub(super) fn release(&self) -> (Option<Routing>, Option<TrailingSlash>) {
        let mut calls = self.index.macros.iter();
        let stated = calls.find(|item| is_called(item.called, "release"));
        let attr = stated.and_then(|item| {
            ReleaseAttr::parse(item.called.tokens.clone(), &mut Errors::default()).ok()
        });
        let attr = attr.unwrap_or_default();
        (
            attr.routing.and_then(|text| named(&text.value())),
            attr.trailing_slash.and_then(|text| named(&text.value())),
        )
    }

    /// The annotations of the forms on an item, the first one first.
    pub(super) fn forms(&self, file: usize, attrs: &[Attribute]) -> Vec<FormAnnotation> {
        let attrs = self.attrs(file, attrs);
        let own = attrs
            .iter()
            .filter(|attr| find::is_annotation(attr, &[find::FORM]));
        let parsed = own.filter_map(|attr| {
            let arguments = attr.meta.require_list().ok()?.tokens.clone();
            let attr = FormAttr::parse(arguments, &mut Errors::default()).ok()?;
            Some(FormAnnotation { attr })
        });
        parsed.collect()
    }
}

/// A route of an annotated handler.
pub(super) struct Route {
    /// Its position among the handler's.
    pub(super) position: usize,
    /// The whole path.
    pub(super) path: String,
    /// The same without its prefix.
    pub(super) pattern: String,
}

/// What holds the fields, if that is known.
pub(super) fn accepted(accepts: &Accepts, types: Types<'_, '_>, scope: &str) -> Option<Fragment> {
    match accepts {
        Accepts::Found(ty) | Accepts::Stated(ty) => Some(types.fragment(ty, scope)),
        Accepts::Parameters(model) => Some(types.of_parameters(model, scope)),
        Accepts::NotDeclared => None,
    }
}

/// Where a redirect leads: a handler by the names of its path, or a path.
pub(super) fn destination(to: &Destination) -> Result<&str, Vec<String>> {
    match to {
        Destination::Path(path) => Ok(path),
        Destination::Handler(path) => Err(names(path)),
    }
}

/// The first release of an item.
pub(super) fn since(since: &lifespan::Bound) -> Bound {
    match since {
        lifespan::Bound::Version(version) => Bound::Version(version.clone()),
        lifespan::Bound::Next => Bound::Next,
    }
}

/// Whether a macro of coexist's is called.
fn is_called(called: &syn::Macro, name: &str) -> bool {
    let path = names(&called.path);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path[..], [only] if only == name)
        || matches!(path[..], ["coexist", own] if own == name)
}

/// What has this name in JSON.
pub(super) fn named<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(name)).ok()
}
