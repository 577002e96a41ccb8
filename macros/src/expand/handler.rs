//! `#[handler]`: the endpoint's type beside the function, and the record.

use proc_macro2::TokenStream;
use quote::quote;

use super::record::Record;
use crate::attr::HandlerAttr;
use crate::item::Item;
use crate::json;
use crate::mistakes::Mistakes;
use crate::validate::{Accepts, Endpoint, Handler};

/// Expands the attribute's arguments and the function below it.
pub(crate) fn handler(args: TokenStream, item: Item) -> syn::Result<TokenStream> {
    let mut mistakes = Mistakes::default();
    let attr = HandlerAttr::parse(args, &mut mistakes)?;
    let handler = Handler::new(attr, &item, mistakes)?;
    let cfgs = item.cfgs();
    let endpoint_type = endpoint_type(&handler, &item, &cfgs);
    let record = record(&handler);
    Ok(quote! {
        #endpoint_type
        #(#cfgs)* #record
        #item
    })
}

/// `enum import_csv {}` with the route.
fn endpoint_type(handler: &Handler, item: &Item, cfgs: &[TokenStream]) -> TokenStream {
    let (name, vis) = (&handler.name, &item.vis);
    let Endpoint { method, path } = &handler.endpoint;
    let doc = format!("The endpoint `{method} {path}`, served by the function of the same name.");
    let path_doc = "The path pattern, for the router.";
    let mut endpoint = endpoint_json(&handler.endpoint);
    if let Some(encoding) = handler.encoding {
        endpoint.push_str(&format!(",\"encoding\":\"{}\"", encoding.name()));
    }
    let endpoint = format!("{{{endpoint}}}");
    quote! {
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code)]
        #(#cfgs)*
        #vis enum #name {}

        #[allow(dead_code)]
        #(#cfgs)*
        impl #name {
            #[doc = #path_doc]
            #vis const PATH: &'static str = #path;
        }

        #(#cfgs)*
        impl ::coexist::Handler for #name {
            const METHOD: &'static str = #method;
            const PATH: &'static str = #path;
            const ENDPOINT: &'static str = #endpoint;
        }
    }
}

/// `"method":…,"path":…`.
pub(super) fn endpoint_json(endpoint: &Endpoint) -> String {
    let Endpoint { method, path } = endpoint;
    format!("\"method\":{},\"path\":{}", json::string(method), json::string(path))
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
    if let Accepts::Type(ty) = &handler.accepts {
        record.fields_of(ty);
    }
    record.source(handler.name.span());
    record.push("}}");
    record.finish()
}
