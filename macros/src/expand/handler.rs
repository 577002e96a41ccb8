//! `#[handler]`: the endpoint's type beside the function, and the record.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::record::Record;
use crate::attr::{self, HandlerAttr};
use crate::item::{Item, Kind};
use crate::json;
use crate::mistakes::Mistakes;
use crate::validate::{Accepts, Encoding, Endpoint, Handler, is_associated};

/// Expands the attribute's arguments and the function below it.
pub(crate) fn handler(args: TokenStream, item: &Item) -> syn::Result<TokenStream> {
    let mut mistakes = Mistakes::default();
    let written = args.to_string();
    let attr = HandlerAttr::parse(args, &mut mistakes)?;
    if let Kind::Fn { sig, body: Some(_) } = &item.kind
        && sig.receiver().is_none()
        && is_associated(&sig.ident, &written)
    {
        let message = "a function in an `impl` or a trait cannot be a handler: the endpoint is a \
                       type beside the function, and there is no room for one. Annotate a free \
                       function that calls this one";
        mistakes.at(sig.ident.span(), message);
        return mistakes.finish(None);
    }
    let handler = match Handler::new(attr, item, mistakes) {
        Ok(handler) => handler,
        Err(mistakes) => return Ok(fallback(&mistakes, item)),
    };
    let Handler {
        name,
        endpoint,
        encoding,
        ..
    } = &handler;
    let endpoint_type = endpoint_type(name, item, endpoint, *encoding, &record(&handler));
    Ok(quote!(#endpoint_type #item))
}

/// The mistakes, and the item as it was written. Beside a function stands a type
/// all the same: that other code names it is no mistake.
fn fallback(mistakes: &syn::Error, item: &Item) -> TokenStream {
    let mistakes = mistakes.to_compile_error();
    let is_only_handler = attr::others(&item.attrs, "handler").next().is_none();
    let endpoint_type = match &item.kind {
        Kind::Fn { sig, body: Some(_) } if is_only_handler && sig.receiver().is_none() => {
            let unknown = Endpoint {
                method: String::new(),
                path: String::new(),
            };
            Some(endpoint_type(
                &sig.ident,
                item,
                &unknown,
                None,
                &TokenStream::new(),
            ))
        }
        _ => None,
    };
    quote!(#mistakes #endpoint_type #item)
}

/// `enum import_csv {}`, and behind it what it knows of the route, and the record.
///
/// In an `impl` there is no room for a type: the compiler says so at the
/// function's name. It says it once, as what comes behind is not there until then.
fn endpoint_type(
    name: &Ident,
    item: &Item,
    endpoint: &Endpoint,
    encoding: Option<Encoding>,
    record: &TokenStream,
) -> TokenStream {
    let (vis, cfgs) = (&item.vis, item.cfgs());
    let Endpoint { method, path } = endpoint;
    let doc = format!("The endpoint `{method} {path}`, served by the function of the same name.");
    let path_doc = "The path pattern, for the router.";
    let mut json = endpoint_json(endpoint);
    if let Some(encoding) = encoding {
        json.push_str(&format!(",\"encoding\":\"{}\"", encoding.name()));
    }
    let json = format!("{{{json}}}");
    let behind = quote! {
        #[allow(dead_code)]
        impl #name {
            #[doc = #path_doc]
            #vis const PATH: &'static str = #path;
        }

        impl ::coexist::Handler for #name {
            const METHOD: &'static str = #method;
            const PATH: &'static str = #path;
            const ENDPOINT: &'static str = #json;
        }

        #record
    };
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

/// `"method":…,"path":…`.
pub(super) fn endpoint_json(endpoint: &Endpoint) -> String {
    let Endpoint { method, path } = endpoint;
    format!(
        "\"method\":{},\"path\":{}",
        json::string(method),
        json::string(path)
    )
}

fn record(handler: &Handler) -> TokenStream {
    let mut record = Record::new();
    record.push("\"handler\":{");
    record.id(&handler.name, None);
    record.push(",");
    record.push(&endpoint_json(&handler.endpoint));
    record.push(",");
    record.lifespan(&handler.lifespan);
    record.encoding(handler.encoding);
    record.source(handler.name.span());
    match &handler.accepts {
        Accepts::Found(ty) => record.fields_of(ty),
        Accepts::Stated(ty) => record.fields_stated(ty),
        Accepts::NotDeclared => {}
    }
    record.push("}}");
    record.finish()
}
