//! Checks what the HTML sends against the handlers that it names and those in `posts_to`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::super::metadata::{self, Known, Meeting};
use super::super::target::{Handler, Targets};
use super::address::Address;
use super::element::Element;
use crate::expand::metadata::method as method_option;
use crate::form::model::Form;
use crate::page::html_forms::Shown;

/// All checks of an annotation.
pub(super) fn all(
    form: &Form,
    shown: &Shown,
    elements: &[Element<'_>],
    targets: &Targets<'_>,
) -> TokenStream {
    let ways = elements.iter().flat_map(|element| {
        let addresses = element.addresses.iter().enumerate();
        addresses.map(move |(position, address)| {
            let constant = format_ident!("{}_{position}", element.constant);
            (constant, element, address)
        })
    });
    let ways: Vec<(Ident, &Element<'_>, &Address)> = ways.collect();
    let mut tokens = TokenStream::new();
    let mut meetings = Vec::new();
    for (constant, element, address) in &ways {
        let before = meetings.len();
        meet(&mut meetings, constant, element, address, targets);
        // A form without handlers has nothing to be compared with.
        if meetings.len() > before {
            let known = known(form, element, address);
            tokens.extend(metadata::constant(constant, form, &known));
        }
        tokens.extend(of_address(shown, element, address, targets));
    }
    let meetings = metadata::checks(form, &meetings);
    let contradictions = contradictions(shown, elements, targets);
    let endpoints = endpoint_checks(elements, targets);
    quote!(#tokens #endpoints #contradictions #meetings)
}

/// What is known of an element that sends to an address.
fn known<'a>(form: &'a Form, element: &'a Element<'_>, address: &Address) -> Known<'a> {
    Known {
        // Elements without a name are distinguished by their places.
        name: element.name.as_ref().and(element.own_name.as_deref()),
        lifespan: element.lifespan,
        method: element.method(),
        paths: address.paths(),
        encoding: element.encoding,
        fields: element.fields(form),
        query: element.query(),
        place: Some(&element.place),
    }
}

/// Adds the handlers that an element meets at an address.
fn meet<'a>(
    meetings: &mut Vec<Meeting<'a>>,
    form: &'a Ident,
    element: &'a Element<'_>,
    address: &'a Address,
    targets: &'a Targets<'_>,
) {
    let is_stated = element.is_stated;
    let method = element.method();
    if let Address::Handler { metadata, .. } = address {
        let handler = Handler {
            constant: metadata,
            method,
            span: element.span,
        };
        return meetings.push(Meeting {
            form,
            is_stated,
            handler,
            only_if: None,
            has_own_since: element.has_own_since,
            is_page: false,
        });
    }
    if let Address::Page {
        handler: Some(page),
        ..
    } = address
        && let Some(method) = method
    {
        let handler = Handler {
            constant: &page.constant,
            method: Some(method),
            span: page.span,
        };
        let only_if = Some(serves_method(&handler, method));
        meetings.push(Meeting {
            form,
            is_stated,
            handler,
            only_if,
            has_own_since: true,
            is_page: true,
        });
    }
    let handlers = targets
        .handlers()
        .filter(|handler| handler.may_take(method));
    meetings.extend(handlers.map(|handler| {
        let only_if = match (address, method) {
            (Address::PostsTo, Some(method)) => Some(serves_method(&handler, method)),
            _ => None,
        };
        Meeting {
            form,
            is_stated,
            handler,
            only_if,
            has_own_since: element.has_own_since,
            is_page: false,
        }
    }));
}

/// An expression of type `bool`: whether a handler serves a method.
pub(super) fn serves_method(handler: &Handler<'_>, method: &str) -> TokenStream {
    let constant = handler.constant;
    quote!(::coexist::__private::checks::serves_method(#constant, #method))
}

/// The checks of an address by itself.
fn of_address(
    shown: &Shown,
    element: &Element<'_>,
    address: &Address,
    targets: &Targets<'_>,
) -> TokenStream {
    let (span, place) = (element.span, &element.place);
    match (address, element.method()) {
        (
            Address::Handler {
                found,
                name,
                is_path,
                ..
            },
            _,
        ) => {
            // In maud's `html!`, the name is itself a token of the source.
            let points = shown.token().is_none();
            let is_handler = Ident::new("is_handler", span);
            let links_whole = is_path.then(|| {
                let links_whole = Ident::new("links_whole", span);
                quote_spanned!(span=> const _: () =
                    ::coexist::__private::checks::#links_whole(&#found, #name, #place);)
            });
            quote_spanned! {span=>
                const _: () =
                    ::coexist::__private::checks::#is_handler(&#found, #points, #name, #place);
                #links_whole
            }
        }
        (Address::PostsTo, Some(method)) => {
            takes_method(targets, method, place).unwrap_or_default()
        }
        (Address::Path(_) | Address::Page { .. } | Address::Relative(_) | Address::PostsTo, _) => {
            TokenStream::new()
        }
    }
}

/// The check that a handler in `posts_to` accepts a method.
fn takes_method(targets: &Targets<'_>, method: &str, place: &str) -> Option<TokenStream> {
    let takers = takers(targets, method)?;
    let span = targets.span()?;
    let check = Ident::new("takes_method", span);
    Some(quote_spanned!(span=> const _: () =
        ::coexist::__private::checks::#check(#takers, #method, #place);))
}

/// An expression: the handlers of which one must accept a method. `None` if the method goes to
/// another program.
fn takers(targets: &Targets<'_>, method: &str) -> Option<TokenStream> {
    let mut external = targets.external();
    if external.any(|(external, _)| external.endpoint.method == method) {
        return None;
    }
    let handlers = targets.handlers().map(|handler| {
        let (constant, stated) = (handler.constant, method_option(handler.method));
        quote!((#constant, #stated))
    });
    Some(quote!(&[#(#handlers),*]))
}

/// The checks that `posts_to` says which endpoint it means, where the HTML does not.
fn endpoint_checks(elements: &[Element<'_>], targets: &Targets<'_>) -> TokenStream {
    let is_posts_to = |address: &Address| matches!(address, Address::PostsTo);
    let is_open = elements
        .iter()
        .any(|element| element.method().is_none() && element.addresses.iter().any(is_posts_to));
    let handlers = targets
        .handlers()
        .filter(|handler| is_open || handler.method.is_some());
    handlers
        .map(|handler| metadata::endpoint_check(&handler))
        .collect()
}

/// Checks that the HTML can send to everything in `posts_to`. If nothing accepts what it sends,
/// another check reports that instead.
fn contradictions(shown: &Shown, elements: &[Element<'_>], targets: &Targets<'_>) -> TokenStream {
    let (mut requests, mut taken) = (Vec::new(), Vec::new());
    for element in elements {
        let method = element.method().unwrap_or_default();
        for address in &element.addresses {
            let paths = match address {
                Address::Handler { metadata, .. } => {
                    quote!(&[::coexist::__private::checks::url(#metadata)])
                }
                address => address.paths(),
            };
            requests.push(quote!((#method, #paths)));
            if let (Address::PostsTo, Some(method)) = (address, element.method()) {
                let takers = takers(targets, method);
                taken.extend(takers.map(
                    |takers| quote!(::coexist::__private::checks::is_taken(#takers, #method)),
                ));
            }
        }
    }
    let origin = &shown.origin;
    let check = |span: Span, what: TokenStream| {
        let check = Ident::new("is_among", span);
        let call = quote_spanned!(span=> ::coexist::__private::checks::#check(
            #what,
            &[#(#requests),*],
            #origin,
        ));
        quote!(const _: () = if true #(&& #taken)* { #call };)
    };
    let of_handlers = targets.handlers().map(|handler| {
        let (constant, stated) = (handler.constant, method_option(handler.method));
        check(
            handler.span,
            quote!(#constant.name, #constant.endpoints, #stated),
        )
    });
    let of_others = targets.external().map(|(external, span)| {
        let (method, path) = (&external.endpoint.method, &external.endpoint.path);
        let endpoint =
            quote!(::coexist::__private::Endpoint { method: #method, url: #path, json: "" });
        check(span, quote!("", &[#endpoint], ::core::option::Option::None))
    });
    of_handlers.chain(of_others).collect()
}
