//! The routes of a handler: from its annotation, or from an attribute of its framework.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{FnArg, LitStr, Signature, Type};

use super::parameters::{Limit, Parameter};
use crate::annotation::handler::Stated;
use crate::endpoint::{Endpoint, check_method};
use crate::errors::Errors;
use crate::frameworks::{self, GeneratedType};
use crate::generics::mentions_any;
use crate::{method, path};

/// One endpoint of a handler.
pub struct Route {
    /// The HTTP method, in uppercase.
    pub method: String,
    /// The path.
    pub path: Path,
    /// It accepts only some of the requests that the path describes.
    pub is_partial: bool,
    /// What its parameters take, where that is known and not every text.
    pub parameters: Vec<Parameter>,
}

/// A path.
pub enum Path {
    /// A text.
    Text {
        /// The path, as the framework writes it.
        written: String,
        /// The path as canonical patterns. There are two where the rest may be empty.
        patterns: Vec<String>,
    },
    /// The path of a type that implements axum-extra's `TypedPath`.
    Typed(Box<Type>),
}

/// The routes, from the one place that states them. `is_below`: the handler is below a prefix.
pub(super) fn read(
    stated: Stated,
    framework: frameworks::Stated,
    is_below: bool,
    sig: Option<&Signature>,
    errors: &mut Errors,
) -> Option<Vec<Route>> {
    let stated_at = match &stated {
        Stated::Method(method) | Stated::Misplaced(method, _) => Some(method.span()),
        Stated::Endpoints(endpoints) => endpoints.first().map(|(method, _)| method.span()),
        Stated::Nothing | Stated::Broken => None,
    };
    if let Some(at) = stated_at
        && !framework.routes.is_empty()
        && !framework.is_description
    {
        errors.push(
            at,
            "the endpoint is already in the framework's attribute: remove it from `#[handler]`",
        );
        return None;
    }
    match stated {
        Stated::Broken => None,
        Stated::Misplaced(method, path) => {
            let endpoint = format!("{method} \"{}\"", path.value());
            errors.push(
                method.span(),
                format!("the endpoint must come first: `#[handler({endpoint}, …)]`"),
            );
            None
        }
        Stated::Nothing if framework.routes.is_empty() => {
            errors.push(
                Span::call_site(),
                "missing endpoint: write `#[handler(POST \"/path\", …)]`, or add the framework's \
                 attribute, such as `#[post(\"/path\")]`",
            );
            None
        }
        Stated::Nothing => framework_routes(framework.routes, is_below, errors),
        Stated::Method(method) => Some(vec![Route {
            method: check_method(&method, errors)?,
            path: Path::Typed(Box::new(typed_path(&method, sig?, errors)?)),
            is_partial: false,
            parameters: Vec::new(),
        }]),
        Stated::Endpoints(endpoints) => {
            let routes = endpoints.iter().map(|(method, path)| {
                if framework.generated == GeneratedType::Endpoint {
                    poem_route(method, path, errors)
                } else {
                    stated_route(method, path, errors)
                }
            });
            let routes: Vec<Option<Route>> = routes.collect();
            routes.into_iter().collect()
        }
    }
}

/// `METHOD "path"`, as axum writes it.
fn stated_route(method: &Ident, path: &LitStr, errors: &mut Errors) -> Option<Route> {
    let Endpoint { method, path } = Endpoint::new(method, path, errors)?;
    Some(Route {
        method,
        path: Path::Text {
            patterns: vec![path.clone()],
            written: path,
        },
        is_partial: false,
        parameters: Vec::new(),
    })
}

/// `METHOD "path"`, as poem writes it.
fn poem_route(method: &Ident, path: &LitStr, errors: &mut Errors) -> Option<Route> {
    let written = path.value();
    let canonical = frameworks::canonical_of_poem(&written);
    let pattern = LitStr::new(&canonical.patterns[0], path.span());
    let checked = Endpoint::new(method, &pattern, errors)?;
    Some(Route {
        method: checked.method,
        path: Path::Text {
            written,
            patterns: vec![checked.path],
        },
        is_partial: canonical.is_partial,
        parameters: limited(canonical.limits),
    })
}

fn framework_routes(
    routes: Vec<frameworks::route::Route>,
    is_below: bool,
    errors: &mut Errors,
) -> Option<Vec<Route>> {
    let checked = routes.into_iter().map(|route| {
        let frameworks::route::Route {
            method,
            path,
            span,
            patterns,
            is_partial,
            limits,
            query: _,
        } = route;
        if method::check(&method).is_err() {
            let message = format!(
                "`#[handler]` does not support the method {method} of the framework's attribute: \
                 move the {method} route to a separate function without `#[handler]`"
            );
            return Err((span, message));
        }
        // Below a prefix, actix-web serves the prefix alone for the empty path.
        if path.is_empty() && !is_below {
            let message = "an empty path is that of its scope: declare the scope as a prefix \
                           (`coexist::prefix!(Api = \"/api\");`), and add `under = Api`";
            return Err((span, message.to_owned()));
        }
        for pattern in patterns.iter().filter(|pattern| !pattern.is_empty()) {
            path::check(pattern).map_err(|why| {
                let what = format!("unsupported path \"{path}\" in the framework's attribute");
                (span, format!("{what}: {why}"))
            })?;
        }
        Ok(Route {
            method,
            path: Path::Text {
                written: path,
                patterns,
            },
            is_partial,
            parameters: limited(limits),
        })
    });
    let checked: Result<Vec<Route>, (Span, String)> = checked.collect();
    checked
        .map_err(|(span, message)| errors.push(span, message))
        .ok()
}

/// Parameters with their regular expressions.
fn limited(limits: Vec<(String, String)>) -> Vec<Parameter> {
    let limits = limits.into_iter().map(|(name, regex)| Parameter {
        name,
        limit: Limit::Pattern(regex),
    });
    limits.collect()
}

/// The type that holds the path: with axum-extra, that of the first argument.
fn typed_path(method: &Ident, sig: &Signature, errors: &mut Errors) -> Option<Type> {
    let first = sig.inputs.iter().find_map(|arg| match arg {
        FnArg::Typed(arg) => Some((*arg.ty).clone()),
        FnArg::Receiver(_) => None,
    });
    match &first {
        None => errors.push(
            method.span(),
            format!(
                "expected a path in quotes (`{method} \"/path\"`) or a first argument whose type \
                 implements axum-extra's `TypedPath`"
            ),
        ),
        Some(ty) if mentions_any(ty, &sig.generics) => errors.push(
            ty.span(),
            format!(
                "the path of a generic type is not known here: write the path \
                 (`{method} \"/path\"`), or use a concrete type"
            ),
        ),
        Some(_) => {}
    }
    first
}
