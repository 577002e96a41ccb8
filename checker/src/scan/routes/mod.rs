//! Finds the routes of a program: `evaluate` follows its code, `calls` and `methods` know what the
//! frameworks' functions make of it, and `path` writes paths as patterns.

mod attributes;
mod calls;
mod evaluate;
mod macros;
mod methods;
mod names;
mod path;
mod routers;
mod value;

use std::collections::{HashMap, HashSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned as _;
use syn::visit::Visit;
use syn::{Attribute, Expr, LitStr};

pub(crate) use attributes::stated;
use evaluate::Evaluator;
pub(crate) use value::{Framework, Handler, Route};

use super::gap::{Gap, Gaps};
use super::program::index::{Function, Index};
use super::program::variants::Variants;

/// The routes of a program. What is registered and cannot be read is a gap.
pub(crate) fn find<'a>(index: &Index<'a>, variants: &Variants, gaps: &Gaps) -> Vec<Route<'a>> {
    let frameworks = frameworks(index);
    let evaluator = Evaluator::new(index, variants, &frameworks, relevant(index));
    let named = named(index);
    let all = 0..index.functions.len();
    let is_main = |position: &usize| {
        let function = &index.functions[*position];
        function.name == "main" && function.path.split("::").count() == 2
    };
    let mut roots: Vec<usize> = all.clone().filter(is_main).collect();
    roots.extend(all.clone().filter(|position| {
        let function = &index.functions[*position];
        let is_called = match &function.owner {
            Some(owner) => owner.implemented.is_none() && named.contains(&*function.name),
            None => named.contains(&*function.name),
        };
        !is_called && !is_main(position)
    }));
    for root in roots {
        evaluator.follow(root);
    }
    // What is named and nevertheless called by nobody that was followed.
    let mut others: Vec<usize> = evaluator.relevant.iter().copied().collect();
    others.sort_unstable();
    for other in others {
        let is_known = evaluator.followed.borrow().contains(&other);
        if !is_known && mentions_routes(&index.functions[other]) {
            evaluator.follow(other);
        }
    }
    if evaluator.is_exhausted() {
        gaps.push(Gap::new(
            index.path(0),
            1,
            "the program is too large: its routes were not followed to the end",
        ));
    }
    for ((file, line), why) in evaluator.lost.borrow().iter() {
        gaps.push(Gap::of_route(index.path(*file), *line, why.clone()));
    }
    let made = evaluator.made.borrow();
    let served = made.iter().filter(|router| !router.is_taken.get());
    let mut routes: Vec<Route<'a>> = served.flat_map(|router| router.whole()).collect();
    drop(made);
    deduplicate(&mut routes);
    routes
}

/// Removes what is there twice.
fn deduplicate(routes: &mut Vec<Route<'_>>) {
    let mut seen = HashSet::new();
    routes.retain(|route| {
        let handler = match &route.handler {
            Handler::Function(position) => format!("{position}"),
            Handler::Closure { expr, .. } => format!("{:p}", *expr),
            Handler::Files => "files".to_owned(),
            Handler::Other(what) => what.clone(),
        };
        let path = format!("{:?}", route.path);
        seen.insert((route.place, route.method.clone(), path, handler))
    });
}

/// The framework of each crate that depends on one.
fn frameworks(index: &Index<'_>) -> HashMap<usize, Framework> {
    const KNOWN: [(&str, Framework); 9] = [
        ("loco_rs", Framework::Loco),
        ("cot", Framework::Cot),
        ("salvo", Framework::Salvo),
        ("poem_openapi", Framework::Poem),
        ("poem", Framework::Poem),
        ("rocket", Framework::Rocket),
        ("actix_web", Framework::Actix),
        ("aide", Framework::Axum),
        ("axum", Framework::Axum),
    ];
    let crates = index.crates.iter().enumerate();
    let found = crates.filter_map(|(position, krate)| {
        let known = KNOWN.iter().find(|(name, _)| {
            krate.externs.values().any(|known| {
                matches!(known, super::program::files::Extern::Other(other) if other == name)
            })
        });
        known.map(|(_, framework)| (position, *framework))
    });
    found.collect()
}

/// The functions that make routes or paths, or get a router.
fn relevant(index: &Index<'_>) -> HashSet<usize> {
    const TYPES: [&str; 22] = [
        "Router",
        "ApiRouter",
        "OpenApiRouter",
        "MethodRouter",
        "ApiMethodRouter",
        "Scope",
        "Resource",
        "ServiceConfig",
        "App",
        "Rocket",
        "Route",
        "Routes",
        "AppRoutes",
        "Endpoint",
        "RouteMethod",
        "IntoEndpoint",
        "HttpServiceFactory",
        "OpenApiService",
        "Build",
        "Service",
        "str",
        "String",
    ];
    let is_type = |word: &str| TYPES.contains(&word);
    let functions = index.functions.iter().enumerate();
    let relevant = functions.filter(|(_, function)| {
        let output = function.sig.output.to_token_stream();
        calls::mentions(output, &is_type)
            || function.sig.inputs.iter().any(|input| {
                let is_router = |word: &str| {
                    is_type(word) && !matches!(word, "str" | "String" | "Service" | "App")
                };
                calls::mentions(input.to_token_stream(), &is_router)
            })
            || mentions_routes(function)
    });
    relevant.map(|(position, _)| position).collect()
}

/// Whether the body of a function makes a router.
fn mentions_routes(function: &Function<'_>) -> bool {
    let is_router = |word: &str| {
        matches!(
            word,
            "Router"
                | "ApiRouter"
                | "OpenApiRouter"
                | "route"
                | "mount"
                | "nest"
                | "scope"
                | "service"
                | "routes"
                | "configure"
                | "OpenApiService"
                | "typed_get"
                | "typed_post"
        )
    };
    let body = function.body.map(ToTokens::to_token_stream);
    body.is_some_and(|body| calls::mentions(body, &is_router))
}

/// The names that code uses, other than where they are declared.
fn named(index: &Index<'_>) -> HashSet<String> {
    #[derive(Default)]
    struct Names(HashSet<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
            if let Some(last) = path.path.segments.last() {
                self.0.insert(crate::workspace::modules::plain(&last.ident));
            }
        }
        fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
            self.0
                .insert(crate::workspace::modules::plain(&call.method));
            syn::visit::visit_expr_method_call(self, call);
        }
        fn visit_macro(&mut self, called: &'ast syn::Macro) {
            words(called.tokens.clone(), &mut self.0);
        }
    }
    let mut names = Names::default();
    for function in &index.functions {
        if let Some(body) = function.body {
            names.visit_block(body);
        }
    }
    for value in &index.values {
        names.visit_expr(value.value);
    }
    names.0
}

fn words(tokens: TokenStream, found: &mut HashSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                found.insert(crate::workspace::modules::plain(&word));
            }
            TokenTree::Group(group) => words(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// An expression as it is written, on one line and not too long.
fn written(expr: &Expr, _scope: &str) -> String {
    shortened(&expr.to_token_stream().to_string())
}

fn written_call(call: &syn::ExprMethodCall) -> String {
    shortened(&call.to_token_stream().to_string())
}

fn shortened(text: &str) -> String {
    const LENGTH: usize = 60;
    let text = text
        .replace(" :: ", "::")
        .replace(" . ", ".")
        .replace(" (", "(");
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The line of a call.
fn line_of(call: &syn::ExprCall) -> usize {
    call.func.span().start().line
}

/// The path in `#[typed_path("/x/{id}")]`.
fn typed_path(attrs: &[Attribute]) -> Option<String> {
    let attr = attrs
        .iter()
        .find(|attr| attr.path().is_ident("typed_path"))?;
    let syn::Meta::List(list) = &attr.meta else {
        return None;
    };
    let first = list.tokens.clone().into_iter().next()?;
    let text: LitStr = syn::parse2(first.into()).ok()?;
    Some(text.value())
}

/// Whether a function answers that there is nothing.
fn answers_not_found(function: &Function<'_>) -> bool {
    let is_status = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.contains("not_found") || word.contains("notfound")
    };
    let name = function.name.to_ascii_lowercase();
    let body = function.body.map(ToTokens::to_token_stream);
    name.contains("404")
        || name.contains("not_found")
        || body.is_some_and(|body| calls::mentions(body, &is_status))
}

/// The routes that a function states and no router has.
pub(crate) fn unregistered<'i, 'a>(
    index: &'i Index<'a>,
    routes: &[Route<'a>],
) -> impl Iterator<Item = &'i Function<'a>> {
    let known: HashSet<usize> = routes
        .iter()
        .filter_map(|route| match route.handler {
            Handler::Function(position) => Some(position),
            _ => None,
        })
        .collect();
    let functions = index.functions.iter().enumerate();
    functions.filter_map(move |(position, function)| {
        let is_stated = !known.contains(&position)
            && may_state(function)
            && !stated(index, function).routes.is_empty();
        is_stated.then_some(function)
    })
}

/// Whether the attributes of a function may state routes.
fn may_state(function: &Function<'_>) -> bool {
    !function.attrs.is_empty()
}
