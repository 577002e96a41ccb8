//! `#[handler]`: a type beside the function, with what is known of the endpoint, and the records.

use coexist_source::annotation::find::named;
use coexist_source::handler::model::{Accepts, Handler, TypeOf, read_frameworks};
use coexist_source::handler::route::{Path, Route};
use coexist_source::item::{Item, Kind};
use coexist_source::surroundings::Surroundings;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::addresses::{endpoint_json, pages_json, typed_path, urls};
use super::context::{Context, add_context};
use super::fields::fragments;
use super::item::with_record;
use super::joined::Joined;
use super::names::plain_name;
use super::record::{Record, probe};
use super::{json, metadata as values, named, parameters, redirect};

/// Expands the annotation of a function.
pub(crate) fn expand(handler: &Handler, item: &Item) -> TokenStream {
    let mut item = item.clone();
    add_context(&mut item.attrs, &Context::Page);
    let vis = visibility(&item, handler.type_of);
    let records = records(handler);
    if matches!(handler.type_of, TypeOf::Constant | TypeOf::None) {
        let constant = (handler.type_of == TypeOf::Constant).then(|| {
            let (first, path, url) = first_endpoint(handler, None);
            method_constant(
                &handler.name,
                &item,
                [&quote!(#first), &path, &url],
                &metadata(handler),
            )
        });
        let item = with_record(&item, &records);
        return quote!(#constant #item);
    }
    let known = known(handler, &vis, None);
    match handler.type_of {
        TypeOf::Annotation => {
            let route = &handler.routes[0];
            let doc = match &route.path {
                Path::Text { written, .. } => {
                    let method = &route.method;
                    format!(
                        "The endpoint `{method} {written}`, served by the function of the same name."
                    )
                }
                Path::Typed(_) => "The endpoint of the function of the same name.".to_owned(),
            };
            let endpoint_type = endpoint_type(&handler.name, &item, &doc, &quote!(#known #records));
            quote!(#endpoint_type #item)
        }
        TypeOf::Framework | TypeOf::Constant | TypeOf::None => {
            let behind = behind_type(&item, &quote!(#known #records));
            quote!(#behind #item)
        }
    }
}

/// Expands an invalid annotation to its errors and the item as it was written. The type beside
/// the function is still emitted, so that code which names it gets no errors.
pub(crate) fn expand_errors(
    errors: &syn::Error,
    item: &Item,
    around: &Surroundings,
) -> TokenStream {
    let errors = errors.to_compile_error();
    let is_only_handler = named(&item.attrs, "handler").next().is_none();
    let endpoint_type = match &item.kind {
        Kind::Fn { sig, body: Some(_) }
            if is_only_handler && (sig.receiver().is_none() || around.has_handlers) =>
        {
            let name = &sig.ident;
            let type_of = TypeOf::new(&read_frameworks(item, around), around);
            let known = known_of_nothing(name, item, type_of);
            match type_of {
                TypeOf::Constant => {
                    let empty = quote!("");
                    let metadata = metadata_of_nothing(name);
                    Some(method_constant(
                        name,
                        item,
                        [&empty, &empty, &empty],
                        &metadata,
                    ))
                }
                TypeOf::Annotation => Some(endpoint_type(name, item, "Not known.", &known)),
                TypeOf::Framework => Some(behind_type(item, &known)),
                TypeOf::None => None,
            }
        }
        _ => None,
    };
    quote!(#errors #endpoint_type #item)
}

/// The implementation for the type that the framework generates. If the framework's attribute
/// was expanded first, the function is in the body of one of that type's methods.
fn behind_type(item: &Item, behind: &TokenStream) -> TokenStream {
    let cfgs = item.cfgs();
    quote! {
        #(#cfgs)*
        #[allow(non_local_definitions)]
        const _: () = { #behind };
    }
}

/// `enum import_csv {}`, followed by its implementation.
///
/// An `impl` block cannot contain a type: the compiler reports that at the function's name,
/// and only once, since the implementation is expanded after the type.
fn endpoint_type(name: &Ident, item: &Item, doc: &str, behind: &TokenStream) -> TokenStream {
    let (vis, cfgs) = (&item.vis, item.cfgs());
    let at_name = Span::call_site().located_at(name.span());
    let declaration = quote_spanned!(at_name=> #vis enum #name {});
    quote! {
        #(#cfgs)*
        #[::coexist::__private::with(#behind)]
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code, clippy::exhaustive_enums)]
        #declaration
    }
}

/// What a type with this visibility knows that stands for no function, and its records. `url` is
/// what pages link to.
pub(super) fn knowledge(handler: &Handler, vis: &TokenStream, url: TokenStream) -> TokenStream {
    let (known, records) = (known(handler, vis, Some(url)), records(handler));
    quote!(#known #records)
}

/// What the type of the function's name knows. `stated` is its `URL`, if that is not the whole
/// path of its first endpoint.
fn known(handler: &Handler, vis: &TokenStream, stated: Option<TokenStream>) -> TokenStream {
    let (method, path, url) = first_endpoint(handler, stated);
    implementation(&handler.name, vis, method, &path, &url, &metadata(handler))
}

/// The method, the path and the whole path of its first endpoint.
fn first_endpoint(
    handler: &Handler,
    stated: Option<TokenStream>,
) -> (&str, TokenStream, TokenStream) {
    let first = &handler.routes[0];
    let path = match &first.path {
        Path::Text { written, .. } => quote!(#written),
        Path::Typed(ty) => typed_path(ty),
    };
    let url = stated.unwrap_or_else(|| urls(handler, first).swap_remove(0).0.into_expr());
    (&first.method, path, url)
}

/// All that the checks compare.
fn metadata(handler: &Handler) -> TokenStream {
    let name = &handler.name;
    let endpoints = handler.routes.iter().flat_map(|route| {
        let method = &route.method;
        urls(handler, route).into_iter().map(move |(url, _)| {
            let json = endpoint_json(handler, method, url.clone()).into_expr();
            let url = url.into_expr();
            quote!(::coexist::__private::Endpoint { method: #method, url: #url, json: #json })
        })
    });
    let (lifespan, encoding, reader) = (
        values::lifespan(&handler.lifespan),
        values::encoding(handler.encoding),
        values::option(handler.reader.map(|reader| {
            let name = reader.name();
            quote!(#name)
        })),
    );
    let fields = value_of(&handler.accepts);
    let (query, query_reader) = match &handler.query {
        Some(query) => {
            let reader = query.reader.name();
            (value_of(&query.accepts), Some(quote!(#reader)))
        }
        None => (value_of(&Accepts::NotDeclared), None),
    };
    let query_reader = values::option(query_reader);
    let (word, pages) = (plain_name(name), pages_json(handler).into_expr());
    quote! {
        &::coexist::__private::HandlerMetadata {
            name: #word,
            lifespan: #lifespan,
            endpoints: &[#(#endpoints),*],
            pages: #pages,
            encoding: #encoding,
            reader: #reader,
            fields: #fields,
            query: #query,
            query_reader: #query_reader,
        }
    }
}

/// What is accepted, for the checks: an expression of type `Value`.
fn value_of(accepts: &Accepts) -> TokenStream {
    match accepts {
        Accepts::Found(ty) | Accepts::Stated(ty) => {
            probe(ty, &Ident::new("VALUE", Span::call_site()))
        }
        Accepts::Parameters(model) => fragments(model).1,
        Accepts::NotDeclared => quote!(::coexist::__private::Value::NotDeclared),
    }
}

/// The same for a function with an invalid annotation.
fn known_of_nothing(name: &Ident, item: &Item, type_of: TypeOf) -> TokenStream {
    let vis = visibility(item, type_of);
    let empty = quote!("");
    implementation(name, &vis, "", &empty, &empty, &metadata_of_nothing(name))
}

fn metadata_of_nothing(name: &Ident) -> TokenStream {
    let word = plain_name(name);
    let never = quote!(::coexist::__private::Version {
        numbers: [0, 0, 0],
        pre: &[],
        text: ""
    });
    quote! {
        &::coexist::__private::HandlerMetadata {
            name: #word,
            lifespan: ::coexist::__private::Lifespan {
                since: #never,
                until: ::core::option::Option::None,
            },
            endpoints: &[],
            pages: "null",
            encoding: ::core::option::Option::None,
            reader: ::core::option::Option::None,
            fields: ::coexist::__private::Value::NotDeclared,
            query: ::coexist::__private::Value::NotDeclared,
            query_reader: ::core::option::Option::None,
        }
    }
}

/// The constant beside a method, with its method, its path and its whole path.
fn method_constant(
    name: &Ident,
    item: &Item,
    [method, path, url]: [&TokenStream; 3],
    metadata: &TokenStream,
) -> TokenStream {
    let (vis, cfgs) = (&item.vis, item.cfgs());
    let constant = named::endpoint_constant(name);
    let doc = format!(
        "The endpoint of the method [`{0}`](Self::{0}).",
        plain_name(name)
    );
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[allow(dead_code)]
        #vis const #constant: ::coexist::Endpoint = {
            #[allow(unused_imports)]
            use ::coexist::__private::NotDeclared as _;
            ::coexist::Endpoint {
                method: #method,
                path: #path,
                url: #url,
                __metadata: #metadata,
            }
        };
    }
}

/// The visibility of the constants is that of the type. A framework may make its type public
/// beside a private function, as actix-web does by default.
fn visibility(item: &Item, type_of: TypeOf) -> TokenStream {
    let vis = &item.vis;
    match type_of {
        TypeOf::Framework => quote!(pub),
        TypeOf::Annotation | TypeOf::Constant | TypeOf::None => quote!(#vis),
    }
}

fn implementation(
    name: &Ident,
    vis: &TokenStream,
    method: &str,
    path: &TokenStream,
    url: &TokenStream,
    metadata: &TokenStream,
) -> TokenStream {
    quote! {
        #[allow(dead_code, unreachable_pub)]
        impl #name {
            /// The path pattern, for the router.
            #vis const PATH: &'static str = #path;
            /// The whole path pattern, with the prefix, for pages.
            #vis const URL: &'static str = #url;
        }

        impl ::coexist::Handler for #name {
            const METHOD: &'static str = #method;
            const PATH: &'static str = #name::PATH;
            const URL: &'static str = #name::URL;
            const METADATA: &'static ::coexist::__private::HandlerMetadata = {
                #[allow(unused_imports)]
                use ::coexist::__private::NotDeclared as _;
                #metadata
            };
        }
    }
}

/// A record for each endpoint.
fn records(handler: &Handler) -> TokenStream {
    let endpoints = handler.routes.iter().flat_map(|route| {
        let urls = urls(handler, route).into_iter();
        urls.map(move |(url, pattern)| (route, url, format!("{} {pattern}", route.method)))
    });
    let mut checks = TokenStream::new();
    let records = endpoints.enumerate().map(|(position, (route, url, text))| {
        if let Some(redirect) = &handler.redirect {
            checks.extend(redirect::checks(redirect, handler, route, url.clone()));
        }
        let name = (position > 0).then_some(text.as_str());
        record(handler, route, url, name)
    });
    let records: TokenStream = records.collect();
    if let Some(redirect) = &handler.redirect {
        checks.extend(redirect::ends_in_time(redirect, handler));
    }
    let constant = handler.redirect.as_ref().and_then(redirect::constant);
    match constant {
        None => records,
        Some(constant) => quote!(const _: () = { #constant #checks #records };),
    }
}

/// The record of one endpoint; `name` distinguishes it from those before it.
fn record(handler: &Handler, route: &Route, url: Joined, name: Option<&str>) -> TokenStream {
    let mut record = Record::new();
    record.push("\"handler\":{");
    record.id_of_method(&handler.owner, &handler.name, name);
    record.push(&format!(
        ",\"method\":{},\"path\":\"",
        json::string(&route.method)
    ));
    record.append(url);
    record.push(if route.is_partial {
        "\",\"partial\":true"
    } else {
        "\""
    });
    let constants = parameters::write(&mut record, &route.parameters);
    if let Some(routing) = handler.routing {
        record.new_member("routing", &json::string(routing.name()));
    }
    if let Some(redirect) = &handler.redirect {
        record.new_key("redirect");
        record.append(redirect::json(redirect, &route.method));
    }
    record.flag(handler.flag.as_deref());
    record.push(",");
    record.lifespan(&handler.lifespan);
    record.encoding(handler.encoding);
    if let Some(reader) = handler.reader {
        record.new_member("reader", &json::string(reader.name()));
    }
    if let Some(query) = &handler.query {
        record.new_key("query");
        record.push("{");
        record.member("reader", &json::string(query.reader.name()));
        fields(&mut record, &query.accepts);
        record.push("}");
    }
    record.source(handler.name.span(), None);
    fields(&mut record, &handler.accepts);
    record.push("}}");
    let record = record.finish();
    if constants.is_empty() {
        return record;
    }
    quote!(const _: () = { #constants #record };)
}

/// Appends the fields that are accepted, if they are declared.
fn fields(record: &mut Record, accepts: &Accepts) {
    match accepts {
        Accepts::Found(ty) => record.fields_of(ty),
        Accepts::Stated(ty) => record.fields_stated(ty),
        Accepts::Parameters(model) => {
            record.push(",");
            record.append(fragments(model).0);
        }
        Accepts::NotDeclared => {}
    }
}
