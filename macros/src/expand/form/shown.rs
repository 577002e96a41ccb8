//! Forms that are read out of HTML: a record for each element that sends a request.

use std::collections::HashSet;

use coexist_html::{Element, Field, Kind, Url};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Error, Path};

use super::facts::{self, Known};
use super::target::{Handler, Targets, constant_of};
use super::{begin, end, url_of};
use crate::expand::record::Record;
use crate::json;
use crate::page::Shown;
use crate::validate::{Encoding, Form};

/// Where one element sends to.
enum Address {
    /// A path pattern: an expression of `&'static str`.
    Path(TokenStream),
    /// A handler that the HTML names by its constant: that of its facts.
    Handler {
        constant: Ident,
        path: Path,
        /// `PATH`, which lacks a prefix, or `URL`.
        word: String,
    },
    /// One of those that `posts_to` names.
    PostsTo,
}

/// The records, and the checks, of all that the HTML shows.
pub(super) fn expand(form: &Form, shown: &Shown) -> syn::Result<TokenStream> {
    let targets = Targets::new(&form.posts_to);
    let mut constants = targets.constants();
    let mut all = Vec::new();
    let mut said = HashSet::new();
    for sent in &shown.forms {
        let addresses = addresses(form, shown, sent, &mut constants)?;
        // Several links to one place say it once.
        let is_new = said.insert(format!("{:?}", (&sent.method, &sent.urls, &sent.fields)));
        if is_new && !addresses.is_empty() {
            all.push((sent, addresses));
        }
    }
    let names = names(form, all.iter().map(|(sent, _)| *sent));
    let records = all.iter().zip(names).map(|((sent, addresses), name)| {
        let checks = checks(form, shown, sent, addresses, &targets);
        let record = record(form, sent, addresses, &targets, name.as_deref());
        quote!(const _: () = { #checks #record };)
    });
    let contradictions = contradictions(shown, &all, &targets);
    let files = shown.files.iter().map(|file| {
        let file = file.to_string_lossy();
        // The compiler watches what it includes.
        quote!(
            const _: &[u8] = ::core::include_bytes!(#file);
        )
    });
    let sends = facts::sends(form);
    Ok(quote! {
        const _: () = {
            #constants
            #sends
            #contradictions
            #(#records)*
            #(#files)*
        };
    })
}

fn addresses(
    form: &Form,
    shown: &Shown,
    sent: &coexist_html::Form,
    constants: &mut TokenStream,
) -> syn::Result<Vec<Address>> {
    let mut addresses = Vec::new();
    for url in &sent.urls {
        match url {
            Url::Path(path) | Url::Based(path) => addresses.push(Address::Path(quote!(#path))),
            Url::Page => {
                addresses.extend(form.pages.iter().map(|page| Address::Path(url_of(page))));
            }
            Url::Relative(relative) => addresses.extend(form.pages.iter().map(|page| {
                let (ups, below) = climbed(relative);
                let mut joined = crate::expand::Joined::default();
                let url = url_of(page);
                joined.push_expr(quote!(::coexist::__private::folder(#url, #ups)));
                joined.push(below);
                Address::Path(joined.into_expr())
            })),
            Url::Handler { path, constant } => {
                let name = format_ident!("__SHOWN_{}", constants.clone().into_iter().count());
                let path: Path = syn::parse_str(path).map_err(|_| {
                    let place = shown.place(sent);
                    let message =
                        format!("{place}: `{path}::{constant}` names no handler: say `posts_to`");
                    Error::new(Span::call_site(), message)
                })?;
                constants.extend(constant_of(&name, &path));
                addresses.push(Address::Handler {
                    constant: name,
                    path,
                    word: constant.clone(),
                });
            }
            Url::Unknown(_) if form.posts_to.is_empty() => {}
            Url::Unknown(_) => addresses.push(Address::PostsTo),
        }
    }
    Ok(addresses)
}

/// How many folders a relative path climbs, and what follows.
fn climbed(relative: &str) -> (usize, &str) {
    let (mut ups, mut below) = (0, relative);
    loop {
        if let Some(rest) = below.strip_prefix("../") {
            ups += 1;
            below = rest;
        } else if below == ".." {
            return (ups + 1, "");
        } else if let Some(rest) = below.strip_prefix("./") {
            below = rest;
        } else {
            return (ups, if below == "." { "" } else { below });
        }
    }
}

/// The name of each element's record behind the item's: none for the only `<form>`.
fn names<'a>(
    form: &Form,
    sent: impl Iterator<Item = &'a coexist_html::Form> + Clone,
) -> Vec<Option<String>> {
    let forms = sent.clone().filter(|sent| sent.element == Element::Form);
    let has_one_form = forms.count() == 1;
    let has_one = sent.clone().count() == 1;
    let mut given = HashSet::new();
    let names = sent.map(|sent| {
        let is_main = if form.name.is_some() {
            has_one
        } else {
            has_one_form && sent.element == Element::Form
        };
        if is_main {
            return form.name.clone();
        }
        let own = match sent.names.first() {
            Some(name) => name.clone(),
            None => format!("{} {}", sent.method, written(sent)),
        };
        let own = match &form.name {
            Some(name) => format!("{name} {own}"),
            None => own,
        };
        let mut name = own.clone();
        let mut number = 1;
        while !given.insert(name.clone()) {
            number += 1;
            name = format!("{own} {number}");
        }
        Some(name)
    });
    names.collect()
}

/// The first address of an element, for its record's name.
fn written(sent: &coexist_html::Form) -> String {
    match sent.urls.first() {
        Some(Url::Path(path) | Url::Based(path) | Url::Relative(path)) => path.clone(),
        Some(Url::Handler { path, .. }) => path
            .rsplit("::")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
        Some(Url::Unknown(expression)) => expression.clone(),
        Some(Url::Page) | None => ".".to_owned(),
    }
}

/// The checks of one element against the handlers that it may reach.
fn checks(
    form: &Form,
    shown: &Shown,
    sent: &coexist_html::Form,
    addresses: &[Address],
    targets: &Targets<'_>,
) -> TokenStream {
    let method = method(sent);
    let mut tokens = TokenStream::new();
    for address in addresses {
        let known = Known {
            method,
            path: match address {
                Address::Path(path) => Some(path.clone()),
                Address::Handler { .. } | Address::PostsTo => None,
            },
            encoding: encoding(form, sent),
            fields: sent.fields.as_deref(),
        };
        let facts = facts::constant(&Ident::new("__FORM", Span::call_site()), form, &known);
        let checks: TokenStream = match address {
            Address::Handler {
                constant,
                path,
                word,
            } => {
                let handler = Handler {
                    constant,
                    method,
                    span: Span::call_site(),
                };
                let prefix = (word == "PATH").then(|| {
                    let place = shown.place(sent);
                    quote!(const _: () = ::coexist::__private::gate::links_whole(
                        <#path as ::coexist::Handler>::PATH,
                        <#path as ::coexist::Handler>::URL,
                        #place,
                    );)
                });
                let checks = facts::checks(form, handler, None);
                quote!(#prefix #checks)
            }
            Address::Path(_) => targets
                .handlers()
                .map(|handler| facts::checks(form, handler, None))
                .collect(),
            Address::PostsTo => posts_to_checks(form, shown, sent, targets),
        };
        tokens.extend(quote!(const _: () = { #facts #checks };));
    }
    tokens
}

/// The checks of an element whose address only `posts_to` says: those of its method.
fn posts_to_checks(
    form: &Form,
    shown: &Shown,
    sent: &coexist_html::Form,
    targets: &Targets<'_>,
) -> TokenStream {
    let Some(method) = method(sent) else {
        return targets
            .handlers()
            .map(|handler| facts::checks(form, handler, None))
            .collect();
    };
    let checks = targets.handlers().map(|handler| {
        let constant = handler.constant;
        let takes = quote!(::coexist::__private::gate::serves_method(#constant, #method));
        facts::checks(form, handler, Some(takes))
    });
    let checks: TokenStream = checks.collect();
    let is_taken_elsewhere = targets
        .elsewhere()
        .any(|endpoint| endpoint.method == method);
    let somebody_takes_it = (!is_taken_elsewhere).then(|| {
        let constants = targets.handlers().map(|handler| handler.constant.clone());
        let what = format!("{}: `{}`", shown.place(sent), sent.tag);
        let span = targets
            .handlers()
            .next()
            .map_or_else(Span::call_site, |handler| handler.span);
        quote_spanned!(span=> const _: () = ::coexist::__private::gate::takes_method(
            &[#(#constants),*],
            #method,
            #what,
        );)
    });
    quote!(#somebody_takes_it #checks)
}

/// Checks that each handler in `posts_to` is one that the HTML sends to, where all of its
/// addresses are known.
fn contradictions(
    shown: &Shown,
    all: &[(&coexist_html::Form, Vec<Address>)],
    targets: &Targets<'_>,
) -> TokenStream {
    let mut endpoints = Vec::new();
    for (sent, addresses) in all {
        let Some(method) = method(sent) else {
            return TokenStream::new();
        };
        for address in addresses {
            match address {
                Address::Path(path) => endpoints.push(quote!((#method, #path))),
                Address::Handler { path, .. } => {
                    endpoints.push(quote!((#method, <#path as ::coexist::Handler>::URL)));
                }
                Address::PostsTo => return TokenStream::new(),
            }
        }
    }
    let origin = &shown.origin;
    let checks = targets.handlers().map(|handler| {
        let constant = handler.constant;
        quote_spanned!(handler.span=> const _: () = ::coexist::__private::gate::is_among(
            #constant,
            &[#(#endpoints),*],
            #origin,
        );)
    });
    checks.collect()
}

/// The record of one element.
fn record(
    form: &Form,
    sent: &coexist_html::Form,
    addresses: &[Address],
    targets: &Targets<'_>,
    name: Option<&str>,
) -> TokenStream {
    let mut record = Record::new();
    begin(&mut record, form, name);
    let mut entries = Entries::default();
    for address in addresses {
        match address {
            Address::Path(path) => entries.path(&mut record, sent, path),
            Address::Handler { constant, .. } => {
                let method =
                    crate::expand::facts::option(method(sent).map(|method| quote!(#method)));
                entries.always(
                    &mut record,
                    quote!(::coexist::__private::gate::endpoint(#constant, #method)),
                );
            }
            Address::PostsTo => entries.posts_to(&mut record, sent, targets),
        }
    }
    record.push("]");
    end(&mut record, form, encoding(form, sent));
    if !facts::sent_fields(form, &mut record)
        && let Some(fields) = &sent.fields
    {
        let fields: Vec<String> = fields.iter().map(field).collect();
        record.push(&format!(",\"fields\":[{}]", fields.join(",")));
    }
    record.push("}}");
    record.finish()
}

/// The entries of a record's `posts_to` while they are written.
#[derive(Default)]
struct Entries {
    /// Conditions of the compiler's, of which one is true if an entry is there; `true`
    /// once one is there for sure.
    before: Vec<TokenStream>,
    is_certain: bool,
}

impl Entries {
    fn path(&mut self, record: &mut Record, sent: &coexist_html::Form, path: &TokenStream) {
        let method = if sent.method.is_empty() {
            "POST"
        } else {
            &sent.method
        };
        let mut entry = crate::expand::Joined::default();
        entry.push(&format!(
            "{{\"method\":{},\"path\":\"",
            json::string(method)
        ));
        entry.push_expr(path.clone());
        // A link may lead to what is not annotated: a file, another part of the site.
        let is_link = sent.element == Element::Link;
        entry.push(if is_link {
            "\",\"elsewhere\":true}"
        } else {
            "\"}"
        });
        self.always(record, entry.into_expr());
    }

    fn always(&mut self, record: &mut Record, entry: TokenStream) {
        self.comma(record, &quote!(true));
        self.is_certain = true;
        record.push_expr(entry);
    }

    fn posts_to(&mut self, record: &mut Record, sent: &coexist_html::Form, targets: &Targets<'_>) {
        let Some(method) = method(sent) else {
            self.comma(record, &quote!(true));
            self.is_certain = true;
            return targets.entries(record);
        };
        for endpoint in targets
            .elsewhere()
            .filter(|endpoint| endpoint.method == method)
        {
            let endpoint = crate::expand::handler::method_and_path(endpoint);
            let entry = format!("{{{endpoint},\"elsewhere\":true}}");
            self.always(record, quote!(#entry));
        }
        for handler in targets.handlers() {
            let constant = handler.constant;
            let takes = quote!(::coexist::__private::gate::serves_method(#constant, #method));
            self.comma(record, &takes);
            record.push_expr(quote!(if #takes {
                ::coexist::__private::gate::endpoint(#constant, ::core::option::Option::Some(#method))
            } else {
                ""
            }));
            self.before.push(takes);
        }
    }

    /// Writes a comma if there is an entry before, and `follows` is true.
    fn comma(&self, record: &mut Record, follows: &TokenStream) {
        if self.is_certain {
            let always = follows.to_string() == "true";
            if always {
                record.push(",");
            } else {
                record.push_expr(quote!(if #follows { "," } else { "" }));
            }
        } else if !self.before.is_empty() {
            let before = &self.before;
            record.push_expr(quote!(if #follows && (#(#before)||*) { "," } else { "" }));
        }
    }
}

/// The method, if the HTML tells it.
fn method(sent: &coexist_html::Form) -> Option<&str> {
    (!sent.method.is_empty()).then_some(sent.method.as_str())
}

/// How the fields are written: as the annotation says, else as the HTML shows.
fn encoding(form: &Form, sent: &coexist_html::Form) -> Option<Encoding> {
    use coexist_html::Encoding as Shown;
    let has_fields = sent.fields.as_ref().is_none_or(|fields| !fields.is_empty());
    let shown = match sent.encoding {
        _ if sent.element == Element::Link || !has_fields => None,
        Shown::Urlencoded => Some(Encoding::Urlencoded),
        Shown::Multipart => Some(Encoding::Multipart),
        Shown::Text => Some(Encoding::Text),
        Shown::Query => Some(Encoding::Query),
        Shown::Json => Some(Encoding::Json),
        Shown::Unknown => None,
    };
    form.encoding.or(shown)
}

/// A field, as an entry of a record.
fn field(field: &Field) -> String {
    let Field {
        name,
        always,
        many,
        kind,
    } = field;
    let mut json = format!("{{\"name\":{},\"required\":{always},", json::string(name));
    json.push_str(&match kind {
        Kind::Text => "\"type\":\"text\"".to_owned(),
        Kind::Number => "\"type\":\"number\"".to_owned(),
        Kind::Unknown => "\"type\":null".to_owned(),
        Kind::Choice(choices) => {
            let choices = json::strings(choices.iter().map(String::as_str));
            format!("\"type\":\"choice\",\"choices\":{choices}")
        }
        Kind::Integer { min, max } => {
            let bound = |name: &str, bound: &Option<i64>| {
                bound.map_or_else(String::new, |bound| format!(",\"{name}\":{bound}"))
            };
            format!(
                "\"type\":\"integer\"{}{}",
                bound("min", min),
                bound("max", max)
            )
        }
    });
    if *many {
        json.push_str(",\"many\":true");
    }
    json.push('}');
    json
}
