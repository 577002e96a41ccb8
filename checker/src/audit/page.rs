//! Tells whether an item makes HTML that sends requests: by a template, by `html!`,
//! or by a text with a `<form`.

use std::path::Path;

use coexist_html::{Htmx, askama, maud};
use coexist_source::annotation::find::{FORM, is_annotation};
use coexist_source::registration::names;
use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Attribute, Expr, Lit, LitStr, Meta, Token};

use super::State;
use super::html::Sends;

/// The status of an item whose attributes name a template. `None`: it is not a page.
pub(super) fn of_template(attrs: &[Attribute], package: &Path) -> Option<State> {
    let template = template(attrs);
    if is_annotated(attrs) {
        return Some(State::Annotated);
    }
    match Sends::of_template(&template?, package) {
        Ok(sends) => open(sends),
        Err(error) => Some(State::Unreadable {
            reason: error.to_string(),
        }),
    }
}

/// The status of an item that contains code, which `look` examines, in a package with this
/// htmx. `None`: it is not a page.
pub(super) fn of_code(
    attrs: &[Attribute],
    htmx: Htmx,
    look: impl FnOnce(&mut Code),
) -> Option<State> {
    if is_annotated(attrs) {
        return Some(State::Annotated);
    }
    let mut code = Code {
        htmx,
        ..Code::default()
    };
    look(&mut code);
    if let Some(error) = code.unreadable {
        let reason = error.to_string();
        return Some(State::Unreadable { reason });
    }
    open(code.sends)
}

fn is_annotated(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| is_annotation(attr, &[FORM]))
}

fn open(sends: Sends) -> Option<State> {
    (!sends.is_nothing()).then(|| State::Open {
        sends: Some(sends.to_string()),
    })
}

/// The arguments of `#[template(…)]` beside `#[derive(Template)]`.
fn template(attrs: &[Attribute]) -> Option<askama::Template> {
    let derives = attrs.iter().filter(|attr| attr.path().is_ident("derive"));
    let is_template = derives.flat_map(metas).any(|derived| {
        let last = derived.path().segments.last();
        last.is_some_and(|last| last.ident == "Template")
    });
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
    let is_stated = template.path.is_some() || template.source.is_some();
    (is_template && is_stated).then_some(template)
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

/// What code sends, by the HTML in it. Items within it are their own.
#[derive(Default)]
pub(super) struct Code {
    htmx: Htmx,
    sends: Sends,
    /// Why some of its markup cannot be read.
    unreadable: Option<maud::TooDeep>,
}

impl Code {
    fn text(&mut self, text: &LitStr) {
        let text = text.value().to_lowercase();
        let tags = text.split("<form").skip(1);
        // Not `<formula>`, and not the word alone.
        let is_tag = |rest: &&str| rest.starts_with(|c: char| c == '>' || c.is_whitespace());
        self.sends.forms += tags.filter(is_tag).count();
    }

    fn markup(&mut self, tokens: TokenStream) {
        if let Err(error) = self.sends.add_maud(tokens, self.htmx) {
            self.unreadable = Some(error);
        }
    }

    /// Looks through the tokens of an unknown macro.
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(_) => {
                    if let Ok(text) = syn::parse2::<LitStr>(token.into()) {
                        self.text(&text);
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Code {
    fn visit_item(&mut self, _: &'ast syn::Item) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        self.text(text);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let names = names(&call.path);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let is_markup = matches!(names[..], ["html"] | ["maud", "html"]);
        if is_markup {
            self.markup(call.tokens.clone());
        }
        for inner in maud::calls(call.tokens.clone()) {
            self.markup(inner);
        }
        // The strings in markup are not HTML.
        if !is_markup {
            self.tokens(call.tokens.clone());
        }
    }
}
