//! `#[form]`: the record, inside the item or beside it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned as _;

use super::handler::endpoint_json;
use super::record::Record;
use crate::attr::FormAttr;
use crate::item::Item;
use crate::mistakes::Mistakes;
use crate::validate::{Form, Target};

/// Expands the attribute's arguments and the item below it.
pub(crate) fn form(args: TokenStream, item: &Item) -> syn::Result<TokenStream> {
    let mut mistakes = Mistakes::default();
    let attr = FormAttr::parse(args, &mut mistakes)?;
    let form = Form::new(attr, item, mistakes)?;
    Ok(item.with_record(&record(&form)))
}

fn record(form: &Form) -> TokenStream {
    let mut record = Record::new();
    record.push("\"form\":{");
    record.id(&form.item, form.name.as_deref());
    record.push(",");
    record.lifespan(&form.lifespan);
    record.push(",\"posts_to\":[");
    for (position, target) in form.posts_to.iter().enumerate() {
        if position > 0 {
            record.push(",");
        }
        match target {
            Target::Handler(path) => record.push_expr(endpoint_of(path)),
            Target::Elsewhere(endpoint) => {
                record.push(&format!(
                    "{{{},\"elsewhere\":true}}",
                    endpoint_json(endpoint)
                ));
            }
        }
    }
    record.push("]");
    record.encoding(form.encoding);
    record.source(form.item.span());
    if let Some(ty) = &form.sends {
        record.fields_stated(ty);
    }
    record.push("}}");
    record.finish()
}

/// The endpoint of the handler that a path names.
///
/// The inner `use` takes the function and, if it is annotated, the type beside it.
/// If there is none, `Target` is the one of the outer `use`, which is no handler:
/// so the message can say so, where a plain path would give «expected type, found
/// function». If there is not even a function, the inner `Target` stands for
/// anything, and the `use` has the only message.
fn endpoint_of(path: &Path) -> TokenStream {
    let last = path
        .segments
        .last()
        .map_or_else(|| path.span(), |segment| segment.ident.span());
    let target = quote_spanned!(last=> Target);
    quote!({
        #[allow(unused_imports)]
        use ::coexist::__private::NotAnnotated as #target;
        {
            #[allow(unused_imports)]
            use #path as #target;
            <#target as ::coexist::Handler>::ENDPOINT
        }
    })
}
