//! What an annotation passes on to the annotations below it on the same item. These cannot see it,
//! since it is expanded first. So it writes into their arguments, under a key that only the macros
//! use.

use coexist_source::annotation::form::CONTEXT;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// What an annotation passes on to those below it.
pub(super) enum Context<'a> {
    /// A form above has this name, and describes the elements of the item's HTML with that name.
    Form(&'a str),
    /// A `#[handler]` above makes the item a page.
    Page,
}

/// Writes the context into the arguments of each `#[form]` among the attributes.
pub(super) fn add_context(attrs: &mut [Attribute], context: &Context<'_>) {
    for attr in attrs {
        add_to_meta(&mut attr.meta, context);
    }
}

fn add_to_meta(meta: &mut Meta, context: &Context<'_>) {
    let Meta::List(list) = meta else { return };
    let Some(last) = list.path.segments.last() else {
        return;
    };
    if last.ident == "cfg_attr" {
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        if let Ok(mut parts) = parser.parse2(list.tokens.clone()) {
            parts
                .iter_mut()
                .skip(1)
                .for_each(|part| add_to_meta(part, context));
            list.tokens = parts.to_token_stream();
        }
    } else if last.ident == "form" {
        let text = match context {
            Context::Form(name) => name,
            Context::Page => "",
        };
        list.tokens = with_text(&list.tokens, text);
    }
}

/// The arguments, with one more text in the list of the context.
fn with_text(args: &TokenStream, text: &str) -> TokenStream {
    let mut args: Vec<TokenTree> = args.clone().into_iter().collect();
    let is_context = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == CONTEXT);
    if let [.., key, _equals, TokenTree::Group(list)] = args.as_mut_slice()
        && is_context(key)
    {
        let others = list.stream();
        *list = Group::new(Delimiter::Bracket, quote!(#others, #text));
        return args.into_iter().collect();
    }
    let needs_comma = args
        .last()
        .is_some_and(|last| !matches!(last, TokenTree::Punct(punct) if punct.as_char() == ','));
    let comma = needs_comma.then(|| quote!(,));
    let key = Ident::new(CONTEXT, Span::call_site());
    let args: TokenStream = args.into_iter().collect();
    quote!(#args #comma #key = [#text])
}
