//! Templates that a struct names in an attribute: those of askama and rinja, and of sailfish.

use coexist_html::askama;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

use crate::scan::program::index::TypeKind;

/// The types that askama does not escape, and the trait that says so of others.
const MARKUP: [&str; 4] = ["HtmlSafe", "HtmlSafeOutput", "MaybeSafe", "Safe"];

/// The template that a type names.
pub(super) enum Named {
    /// One of askama, or rinja.
    Askama(Box<askama::Template>),
    /// One of sailfish: its name.
    Sailfish(String),
}

/// The template of a type with these attributes, if it has one.
pub(super) fn template(kind: TypeKind<'_>, attrs: &[Attribute]) -> Option<Named> {
    let derives = attrs.iter().filter(|attr| attr.path().is_ident("derive"));
    let names = derives.flat_map(metas).filter_map(|derived| {
        let last = derived.path().segments.last()?;
        Some(last.ident.to_string())
    });
    let names: Vec<String> = names.collect();
    let has = |name: &str| names.iter().any(|derived| derived == name);
    let mut template = askama::Template::default();
    let arguments = attrs.iter().filter(|attr| attr.path().is_ident("template"));
    for argument in arguments.flat_map(metas) {
        let key = match argument.path().get_ident() {
            Some(key) if key == "path" => &mut template.path,
            Some(key) if key == "source" => &mut template.source,
            Some(key) if key == "ext" => &mut template.ext,
            Some(key) if key == "syntax" => &mut template.syntax,
            Some(key) if key == "config" => &mut template.config,
            Some(key) if key == "block" => &mut template.block,
            Some(key) if key == "escape" => &mut template.escape,
            _ => continue,
        };
        *key = text(&argument);
    }
    if has("TemplateOnce") || has("TemplateSimple") || has("TemplateMut") {
        return template.path.map(Named::Sailfish);
    }
    let is_stated = template.path.is_some() || template.source.is_some();
    if !is_stated || !(has("Template") || has("WebTemplate")) {
        return None;
    }
    template.markup = markup(kind);
    Some(Named::Askama(Box::new(template)))
}

/// The names of the fields whose types say that askama does not escape them.
fn markup(kind: TypeKind<'_>) -> Vec<String> {
    let TypeKind::Struct(item) = kind else {
        return Vec::new();
    };
    let fields = item.fields.iter().filter_map(|field| {
        let name = field.ident.as_ref()?;
        mentions_markup(field.ty.to_token_stream()).then(|| name.to_string())
    });
    fields.collect()
}

fn mentions_markup(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => MARKUP.iter().any(|markup| word == markup),
        TokenTree::Group(group) => mentions_markup(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The arguments of an attribute, as far as they are a list.
fn metas(attr: &Attribute) -> Vec<Meta> {
    attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .map(|metas| metas.into_iter().collect())
        .unwrap_or_default()
}

fn text(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(value) => match &value.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
