//! The template of a struct that derives askama's `Template`.

use std::fmt::Display;
use std::path::Path;

use coexist_html::askama::{Template, read as read_template};
use coexist_html::{Form, Place};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, ExprLit, ItemStruct, Lit, LitStr, MetaNameValue, Token};

use super::html_forms::{At, Shown, Unread};
use super::manifest;
use super::place::{place, workspace_path};
use crate::files::Files;
use coexist_source::item::Item;

/// The types that askama does not escape, and the trait that says so of others.
const MARKUP: [&str; 4] = ["HtmlSafe", "HtmlSafeOutput", "MaybeSafe", "Safe"];

/// Reads the template that `#[template(…)]` names, if there is one.
pub(super) fn read(item: &Item, name: &Ident, rest: &TokenStream) -> Result<Option<Shown>, Unread> {
    let own = item.attrs.iter().find(|attr| is_template(attr));
    if let Some(span) = template_within(rest.clone()) {
        let message = "templates on enum variants are not supported: use `posts_to = handler`, or \
                       give the template a struct of its own";
        return Err(not_supported(span, message));
    }
    let Some(attr) = own else { return Ok(None) };
    let unread = |span: Span, message: &dyn Display, arguments: Option<&Arguments>| Unread {
        span,
        message: format!("coexist cannot read this template: {message}"),
        is_news: Some(askama_took_it(item, name, arguments)),
    };
    let arguments = Arguments::new(attr).map_err(|error| unread(error.span(), &error, None))?;
    if let Some(pair) = arguments.pair("in_doc") {
        let span = pair.path.span();
        let message = "templates in doc comments are not supported: use `posts_to = handler`, or \
                       move the template to a file";
        return Err(not_supported(span, message));
    }
    let (path, source) = (arguments.text("path"), arguments.text("source"));
    let stated = path.as_ref().or(source.as_ref());
    let at = stated.map_or_else(|| attr.path().span(), LitStr::span);
    let value = |key| arguments.text(key).map(|text| text.value());
    let template = Template {
        path: value("path"),
        source: value("source"),
        ext: value("ext"),
        syntax: value("syntax"),
        config: value("config"),
        block: value("block"),
        escape: value("escape"),
        markup: markup_fields(item, name.span()),
    };
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let read = read_template(&template, Path::new(&folder))
        .map_err(|error| unread(at, &error, Some(&arguments)))?;
    let origin = match &template.path {
        Some(path) => format!("the template {path}"),
        None => "the template of this type".to_owned(),
    };
    let mut shown = Shown::new(&origin, At::Token(at));
    shown.read(read.source);
    shown.files.extend(read.files);
    shown.paths = paths(&shown.forms, Path::new(&folder));
    if let Some(source) = source {
        let start = place(source.span());
        shown
            .forms
            .iter_mut()
            .for_each(|form| relocate(form, &start));
    }
    Ok(Some(shown))
}

/// The names of the fields whose types say that askama does not escape them: a type mentions one
/// of askama's, a generic parameter with that bound, or a type of which the file implements it.
fn markup_fields(item: &Item, token: Span) -> Vec<String> {
    static FILES: Files<String> = Files::new();
    let Ok(item) = syn::parse2::<ItemStruct>(item.to_token_stream()) else {
        return Vec::new();
    };
    let is_askamas = |word: &str| MARKUP.contains(&word);
    let parameters = item.generics.type_params();
    let parameters = parameters.filter(|one| mentions(one.bounds.to_token_stream(), &is_askamas));
    let parameters: Vec<String> = parameters.map(|one| one.ident.to_string()).collect();
    let is_implemented = |word: &str| {
        let implementation = format!("HtmlSafe for {word}");
        let found = FILES.ask(token, |text| text, |text| text.contains(&implementation));
        found.unwrap_or_default()
    };
    let is_markup = |word: &str| {
        is_askamas(word) || parameters.iter().any(|one| one == word) || is_implemented(word)
    };
    let names = item.fields.iter().filter_map(|field| {
        let name = field.ident.as_ref()?;
        mentions(field.ty.to_token_stream(), &is_markup).then(|| name.to_string())
    });
    names.collect()
}

/// Whether one of the words in these tokens is meant.
fn mentions(tokens: TokenStream, is_meant: &dyn Fn(&str) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => is_meant(&word.to_string()),
        TokenTree::Group(group) => mentions(group.stream(), is_meant),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The files that hold the forms, by their names in the package: with their paths.
fn paths(forms: &[Form], package: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<(String, String)> = Vec::new();
    for Place { file, .. } in forms.iter().map(|form| &form.place) {
        let is_known = paths.iter().any(|(known, _)| known == file);
        if !is_known && !file.is_empty() {
            paths.push((file.clone(), workspace_path(&package.join(file))));
        }
    }
    paths
}

/// The arguments of `#[template(…)]`.
struct Arguments(Punctuated<MetaNameValue, Token![,]>);

impl Arguments {
    fn new(attr: &Attribute) -> syn::Result<Self> {
        attr.parse_args_with(Punctuated::parse_terminated).map(Self)
    }

    fn pair(&self, key: &str) -> Option<&MetaNameValue> {
        self.0.iter().find(|pair| pair.path.is_ident(key))
    }

    fn text(&self, key: &str) -> Option<LitStr> {
        match &self.pair(key)?.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.clone()),
            _ => None,
        }
    }
}

fn is_template(attr: &Attribute) -> bool {
    attr.path().is_ident("template")
}

/// A template that askama accepts and coexist does not read.
fn not_supported(span: Span, message: &str) -> Unread {
    Unread {
        span,
        message: message.to_owned(),
        is_news: None,
    }
}

/// Whether askama accepted the template: one that it rejects renders nothing.
fn askama_took_it(item: &Item, name: &Ident, arguments: Option<&Arguments>) -> TokenStream {
    let generics = item.generics();
    if is_rinja()
        || generics.type_params().next().is_some()
        || generics.const_params().next().is_some()
    {
        return quote!(true);
    }
    let lifetimes = generics.lifetimes().map(|_| quote!('static));
    let renamed = arguments.and_then(|arguments| arguments.pair("askama"));
    let renamed = renamed.map(|pair| &pair.value);
    let import = renamed.map_or_else(
        || {
            quote!(
                extern crate askama;
            )
        },
        |path| quote!(use #path as askama;),
    );
    quote!({
        #import
        <#name<#(#lifetimes),*> as askama::Template>::SIZE_HINT > 0
    })
}

/// Whether the package uses askama under the name that it had for a while: rinja.
fn is_rinja() -> bool {
    manifest::names("rinja") && !manifest::names("askama")
}

/// The attribute `#[template(…)]` of a variant.
fn template_within(rest: TokenStream) -> Option<Span> {
    let mut after_hash = false;
    for tree in rest {
        let was_after_hash = std::mem::replace(
            &mut after_hash,
            matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '#'),
        );
        let TokenTree::Group(group) = tree else {
            continue;
        };
        let first = group.stream().into_iter().next();
        match first {
            Some(TokenTree::Ident(word)) if was_after_hash && word == "template" => {
                return Some(word.span());
            }
            _ if was_after_hash => {}
            _ => {
                if let Some(span) = template_within(group.stream()) {
                    return Some(span);
                }
            }
        }
    }
    None
}

/// Moves a form of a template in the attribute to where it is in the file.
fn relocate(form: &mut Form, start: &Place) {
    let notes = form.notes.iter_mut().map(|note| &mut note.place);
    for place in notes.chain([&mut form.place]) {
        if place.file.is_empty() {
            place.file.clone_from(&start.file);
            place.line += start.line.saturating_sub(1);
        }
    }
}
