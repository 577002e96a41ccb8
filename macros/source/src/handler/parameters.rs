//! The parameters of a path that take only some texts: what the annotation says of them, the
//! regular expression of the framework's attribute, or the type of the argument.

use syn::spanned::Spanned as _;
use syn::{FnArg, GenericArgument, Pat, PathArguments, Signature, Type};

use super::route::{Path, Route};
use crate::annotation::parameters::{StatedLimit, StatedParameter};
use crate::errors::Errors;
use crate::fields::values::{TEXT, literal};
use crate::generics::mentions_any;
use crate::path::parameters as names_in;
use crate::regex;

/// A parameter that takes only some texts.
#[derive(Clone)]
pub struct Parameter {
    /// Its name in the path.
    pub name: String,
    /// Which.
    pub limit: Limit,
}

/// The texts that a parameter takes.
#[derive(Clone)]
pub enum Limit {
    /// What this regular expression matches.
    Pattern(String),
    /// One of these.
    Choices(Vec<String>),
    /// What is parsed as a type of this fragment of JSON.
    Known(&'static str),
    /// What is parsed as this type, if it declares that.
    OfType(Box<Type>),
    /// What is parsed as the field of the parameter's name, if the type declares fields.
    OfField(Box<Type>),
    /// What is parsed as this type, which the annotation names: it must declare that.
    Stated(Box<Type>),
}

/// Adds to each route what limits its parameters. `is_below`: parameters of a prefix may come before those of the path.
pub(super) fn add(
    routes: &mut [Route],
    stated: &[StatedParameter],
    sig: &Signature,
    is_below: bool,
    errors: &mut Errors,
) {
    for parameter in stated {
        check(parameter, routes, sig, errors);
    }
    let extracted = extracted(sig);
    for route in routes {
        let Path::Text { patterns, .. } = &route.path else {
            continue;
        };
        let Some(pattern) = patterns.first() else {
            continue;
        };
        let names: Vec<&str> = names_in(pattern)
            .filter(|name| !pattern.contains(&format!("{{*{name}}}")))
            .collect();
        let all = names_in(pattern).count();
        for (position, name) in names.iter().enumerate() {
            let from_end = all - position;
            let is_known = |parameter: &Parameter| parameter.name == *name;
            let limit = stated
                .iter()
                .find(|parameter| parameter.name.value() == *name)
                .map(|parameter| limit_of(&parameter.limit));
            let is_limited = route.parameters.iter().any(is_known);
            let limit = limit
                .or_else(|| argument(sig, name).filter(|_| !is_limited))
                .or_else(|| {
                    let ty = extracted.as_ref().filter(|_| !is_limited)?;
                    of_extracted(ty, from_end, all, is_below)
                });
            if let Some(limit) = limit {
                route.parameters.retain(|parameter| !is_known(parameter));
                let name = (*name).to_owned();
                route.parameters.push(Parameter { name, limit });
            }
        }
    }
}

/// What the arguments of a function say of the parameters of a path.
#[must_use]
pub fn of_signature(pattern: &str, sig: &Signature) -> Vec<Parameter> {
    let mut routes = [Route {
        method: String::new(),
        path: Path::Text {
            written: pattern.to_owned(),
            patterns: vec![pattern.to_owned()],
        },
        is_partial: false,
        parameters: Vec::new(),
    }];
    add(&mut routes, &[], sig, false, &mut Errors::default());
    let [route] = routes;
    route.parameters
}

fn limit_of(stated: &StatedLimit) -> Limit {
    match stated {
        StatedLimit::Pattern(text) => Limit::Pattern(text.value()),
        StatedLimit::Choices(choices) => Limit::Choices(choices.clone()),
        StatedLimit::Type(ty) => Limit::Stated(ty.clone()),
    }
}

/// Checks what the annotation says of a parameter.
fn check(parameter: &StatedParameter, routes: &[Route], sig: &Signature, errors: &mut Errors) {
    let name = parameter.name.value();
    let mut paths = routes.iter().filter_map(|route| match &route.path {
        Path::Text { patterns, .. } => patterns.first(),
        Path::Typed(_) => None,
    });
    let is_missing = paths.clone().next().is_some()
        && !paths.any(|path| names_in(path).any(|known| known == name));
    if is_missing {
        let message = format!("the path has no parameter `{name}`");
        errors.push(parameter.name.span(), message);
    }
    match &parameter.limit {
        StatedLimit::Pattern(text) => {
            errors.ok_at(text.span(), regex::check(&text.value()));
        }
        StatedLimit::Type(ty) if mentions_any(ty, &sig.generics) => errors.push(
            ty.span(),
            "what a generic type parses is not known here: name a concrete type",
        ),
        StatedLimit::Type(_) | StatedLimit::Choices(_) => {}
    }
}

/// The type in the extractor of path parameters, `Path<T>`.
fn extracted(sig: &Signature) -> Option<Type> {
    let ty = sig.inputs.iter().find_map(|arg| match arg {
        FnArg::Typed(arg) => in_path(&arg.ty),
        FnArg::Receiver(_) => None,
    })?;
    (!mentions_any(ty, &sig.generics)).then(|| ty.clone())
}

fn in_path(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    if last.ident != "Path" {
        return None;
    }
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// What an extracted type says of the parameter that is the `from_end`th of `all`, counted from
/// the last.
fn of_extracted(ty: &Type, from_end: usize, all: usize, is_below: bool) -> Option<Limit> {
    match ty {
        Type::Paren(inner) => of_extracted(&inner.elem, from_end, all, is_below),
        Type::Group(inner) => of_extracted(&inner.elem, from_end, all, is_below),
        Type::Tuple(tuple) => {
            let count = tuple.elems.len();
            let is_whole = count == all || (is_below && count > all);
            let ty = tuple.elems.get(count.checked_sub(from_end)?)?;
            of_type(ty).filter(|_| is_whole)
        }
        _ if all == 1 => of_type(ty),
        Type::Path(_) => Some(Limit::OfField(Box::new(ty.clone()))),
        _ => None,
    }
}

/// What a type parses: of one parameter, or by its fields.
fn of_type(ty: &Type) -> Option<Limit> {
    let word = match ty {
        Type::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    };
    match word.and_then(|word| literal(&word.to_string())) {
        Some(TEXT) => None,
        Some(known) => Some(Limit::Known(known)),
        None => match ty {
            Type::Path(_) => Some(Limit::OfType(Box::new(ty.clone()))),
            _ => None,
        },
    }
}

/// What the type of the argument of a parameter's name says, where arguments have the names of
/// parameters: in Rocket. Of other types nobody knows what they take.
fn argument(sig: &Signature, name: &str) -> Option<Limit> {
    let ty = sig.inputs.iter().find_map(|arg| match arg {
        FnArg::Typed(arg) => match &*arg.pat {
            Pat::Ident(pat) if pat.ident == name => Some(&*arg.ty),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })?;
    if let Some(inner) = in_path(ty) {
        return of_type(inner);
    }
    let limit = of_type(ty)?;
    let is_std = match (&limit, ty) {
        (Limit::OfType(_), Type::Path(path)) => {
            let last = path.path.segments.last()?;
            let word = last.ident.to_string();
            matches!(&*word, "usize" | "isize") || word.starts_with("NonZero")
        }
        _ => true,
    };
    is_std.then_some(limit)
}
