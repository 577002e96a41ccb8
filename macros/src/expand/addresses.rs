//! The addresses of a handler: the whole paths of its routes, and the entries that forms make of them.

use coexist_source::handler::model::{Handler, Root};
use coexist_source::handler::route::{Path, Route};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::joined::Joined;
use super::json;

/// The whole paths of a route, in canonical syntax and with the prefix, each with the text that
/// distinguishes it from the others.
pub(super) fn urls(handler: &Handler, route: &Route) -> Vec<(Joined, String)> {
    let with_prefix = |below: Joined| {
        let mut url = Joined::default();
        if let Some(under) = &handler.under {
            url.push_expr(quote!(<#under as ::coexist::Prefix>::URL));
        }
        url.append(below);
        url
    };
    match &route.path {
        Path::Text { patterns, .. } => {
            let urls = patterns.iter().map(|pattern| {
                let is_root_below = pattern == "/" && handler.under.is_some();
                let below = match handler.root {
                    Root::Prefix if is_root_below => Joined::default(),
                    Root::FrameworkDefined if is_root_below => {
                        Joined::expr(root_of_type(&handler.name))
                    }
                    Root::Prefix | Root::FrameworkDefined => Joined::text(pattern),
                };
                (with_prefix(below), pattern.clone())
            });
            urls.collect()
        }
        Path::Typed(ty) => {
            let path = typed_path(ty);
            let below = match &handler.under {
                Some(_) => quote!(::coexist::__private::below_prefix(#path)),
                None => path,
            };
            vec![(with_prefix(Joined::expr(below)), String::new())]
        }
    }
}

/// The path of `/` below a prefix, which depends on the framework. The type that it generates
/// shows which: Rocket's converts into a route, actix-web's registers itself.
fn root_of_type(name: &Ident) -> TokenStream {
    quote!({
        #[allow(unused_imports)]
        use ::coexist::__private::NotRockets as _;
        ::coexist::__private::root_below_prefix(#name::into_route)
    })
}

pub(super) fn typed_path(ty: &syn::Type) -> TokenStream {
    let ty = super::record::with_static_lifetimes(quote!(#ty));
    quote!(::coexist::__private::plain_path(<#ty as ::axum_extra::routing::TypedPath>::PATH))
}

/// The endpoint as an entry of a form's `posts_to`.
pub(super) fn endpoint_json(handler: &Handler, method: &str, url: Joined) -> Joined {
    let mut json = Joined::default();
    json.push(&format!(
        "{{\"method\":{},\"path\":\"",
        json::string(method)
    ));
    json.append(url);
    json.push("\"");
    if let Some(encoding) = handler.encoding {
        json.push(&format!(",\"encoding\":\"{}\"", encoding.name()));
    }
    json.push("}");
    json
}

/// The pages that the handler serves, as entries of a form's `pages`: each path once, with GET
/// if it serves that there.
pub(super) fn pages_json(handler: &Handler) -> Joined {
    let mut pages: Vec<(&str, Joined, String)> = Vec::new();
    for route in &handler.routes {
        for (url, pattern) in urls(handler, route) {
            match pages.iter_mut().find(|(_, _, known)| *known == pattern) {
                Some((method, ..)) if route.method == "GET" => *method = "GET",
                Some(_) => {}
                None => pages.push((&route.method, url, pattern)),
            }
        }
    }
    let mut json = Joined::default();
    for (position, (method, url, _)) in pages.into_iter().enumerate() {
        json.push(if position > 0 { "," } else { "" });
        json.push(&format!(
            "{{\"method\":{},\"path\":\"",
            json::string(method)
        ));
        json.append(url);
        json.push("\"}");
    }
    json
}
