//! Where a handler sends every request on to: the entry of its record, and the checks that the
//! request can arrive there.

use coexist_source::handler::model::Handler;
use coexist_source::handler::redirect::{Destination, Redirect};
use coexist_source::handler::route::Route;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::joined::Joined;
use super::json;
use super::metadata::lifespan;
use super::named::{Bound, constant_of};
use super::names::plain_name;

/// The constant that holds the metadata of the handler that `to` names.
pub(super) fn constant(redirect: &Redirect) -> Option<TokenStream> {
    match &redirect.to {
        Destination::Handler(path) => Some(constant_of(&metadata(), path, Bound::RedirectHandler)),
        Destination::Path(_) => None,
    }
}

fn metadata() -> Ident {
    Ident::new("__TO", Span::call_site())
}

/// The checks of one route, whose whole path is `url`.
pub(super) fn checks(
    redirect: &Redirect,
    handler: &Handler,
    route: &Route,
    url: Joined,
) -> TokenStream {
    let Destination::Handler(_) = &redirect.to else {
        return TokenStream::new();
    };
    let (name, to, url) = (plain_name(&handler.name), metadata(), url.into_expr());
    let (method, status) = (&route.method, redirect.status.to_string());
    let after = redirect.method_after(method);
    let (arrives, fills) = (
        Ident::new("redirect_arrives", redirect.span),
        Ident::new("redirect_fills", redirect.span),
    );
    quote_spanned! {redirect.span=>
        const _: () = ::coexist::__private::checks::#arrives(#name, #status, #method, #after, #to);
        const _: () = ::coexist::__private::checks::#fills(#url, #to, #after);
    }
}

/// The check that the handler in `to` is there as long as the redirect.
pub(super) fn ends_in_time(redirect: &Redirect, handler: &Handler) -> TokenStream {
    let Destination::Handler(_) = &redirect.to else {
        return TokenStream::new();
    };
    let (name, to) = (plain_name(&handler.name), metadata());
    let lifespan = lifespan(&handler.lifespan);
    let check = Ident::new("redirect_ends_in_time", redirect.span);
    quote_spanned! {redirect.span=>
        const _: () = ::coexist::__private::checks::#check(#name, &#lifespan, #to);
    }
}

/// The redirect as JSON, for a request of this method.
pub(super) fn json(redirect: &Redirect, method: &str) -> Joined {
    let mut json = Joined::default();
    json.push(&format!("{{\"status\":{},\"to\":", redirect.status));
    match &redirect.to {
        Destination::Path(path) => json.push(&json::string(path)),
        Destination::Handler(_) => {
            let (to, after) = (metadata(), redirect.method_after(method));
            json.push("\"");
            json.push_expr(quote!(::coexist::__private::checks::url_of(#to, #after)));
            json.push("\"");
        }
    }
    if redirect.keeps_query {
        json.push(",\"query\":true");
    }
    json.push("}");
    json
}
