//! The part of its item's HTML that an annotation is for, and what the annotation must add to it.

use coexist_html::{Element, Encoding, Field, Form, Kind, Url};
use coexist_source::annotation::find::named;
use coexist_source::annotation::form::FormAttr;
use coexist_source::errors::Errors;
use proc_macro2::Span;
use syn::Attribute;

use super::others::parse_other;
use super::targets::Page;
use crate::page::html_forms::{Shown, UNREAD_MACRO};

/// The forms of the page that this annotation is for: those that have its name, or, without
/// one, all that no other annotation is for.
pub(super) fn select(
    mut page: Shown,
    attr: &FormAttr,
    below: &[Attribute],
    errors: &mut Errors,
) -> Option<Shown> {
    let bears = |form: &Form, name: &str| form.names.iter().any(|own| own == name);
    let says_itself = attr.keys.may_hold("posts_to");
    if let Some(name) = &attr.name {
        let all: Vec<String> = page
            .forms
            .iter()
            .flat_map(|form| form.names.clone())
            .collect();
        page.forms.retain(|form| bears(form, &name.value()));
        page.unread = None;
        if says_itself && attr.page.is_none() {
            page.forms.iter_mut().for_each(leave_to_script);
        }
        if page.forms.is_empty() && !says_itself {
            let (origin, name, named) = (&page.origin, name.value(), listed(&all));
            let message = format!(
                "no form, link or htmx call in {origin} has the id or name \"{name}\"; {named}. If a \
                 script sends the request, name its handler with `posts_to`"
            );
            let at = attr
                .name
                .as_ref()
                .map_or_else(Span::call_site, syn::LitStr::span);
            errors.push(at, message);
        }
    } else {
        let below = named(below, "form").filter_map(parse_other);
        let names: Vec<String> = below
            .filter(|(_, other)| !other.is_redirect)
            .filter_map(|(_, other)| other.name.map(|name| name.value()))
            .chain(attr.taken.iter().cloned())
            .collect();
        let (before, origin) = (page.forms.len(), &page.origin);
        page.forms
            .retain(|form| !names.iter().any(|name| bears(form, name)));
        if page.forms.is_empty() && !says_itself {
            let message = if before == 0 {
                format!(
                    "{origin} contains nothing that sends a request (no form, link into the app or htmx \
                     call). If a script sends the request, name its handler with `posts_to`"
                )
            } else {
                format!("every form in {origin} already has its own `#[form]`: remove this one")
            };
            errors.push(page.token().unwrap_or_else(Span::call_site), message);
        }
    }
    // What no HTML shows, a script may send.
    (!page.forms.is_empty()).then_some(page)
}

/// A form without action and method, of which the annotation says where it goes: a
/// script sends it, in its own way.
fn leave_to_script(form: &mut Form) {
    if form.element == Element::Form && form.urls == [Url::Page] && form.method == "GET" {
        form.method.clear();
        form.encoding = Encoding::Unknown;
        form.fields = None;
    }
}

/// Makes one of the links to one address that send the same fields with other values, such as the
/// pages of a list.
pub(super) fn merge_links(shown: &mut Shown) {
    let mut merged: Vec<Form> = Vec::with_capacity(shown.forms.len());
    for form in shown.forms.drain(..) {
        let known = merged.iter_mut().find(|known| is_same_link(known, &form));
        match known.map(|known| (&mut known.fields, &form.fields)) {
            Some((Some(known), Some(fields))) => {
                let pairs = known.iter_mut().zip(fields);
                pairs.for_each(|(known, field)| widen(&mut known.kind, &field.kind));
            }
            _ => merged.push(form),
        }
    }
    shown.forms = merged;
}

/// Whether both are links to one address, with fields of the same names.
fn is_same_link(one: &Form, other: &Form) -> bool {
    let (Some(fields), Some(others)) = (&one.fields, &other.fields) else {
        return false;
    };
    let is_same = |(one, other): (&Field, &Field)| {
        (&one.name, one.always, one.many) == (&other.name, other.always, other.many)
    };
    [one.element, other.element] == [Element::Link; 2]
        && one.urls == other.urls
        && one.notes == other.notes
        && !fields.is_empty()
        && fields.len() == others.len()
        && fields.iter().zip(others).all(is_same)
}

/// Makes a kind of value take the values of another one as well.
fn widen(known: &mut Kind, other: &Kind) {
    match (known, other) {
        (Kind::Choice(known), Kind::Choice(others)) => {
            for choice in others {
                if !known.contains(choice) {
                    known.push(choice.clone());
                }
            }
        }
        (known, other) if *known != *other => *known = Kind::Text,
        _ => {}
    }
}

/// The names as a list, for a message.
fn listed(names: &[String]) -> String {
    let mut known: Vec<&str> = Vec::new();
    for name in names {
        if !known.contains(&name.as_str()) {
            known.push(name);
        }
    }
    let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none has an id or name".to_owned(),
        [one] => format!("found {one}"),
        [some @ .., last] => format!("found {} and {last}", some.join(", ")),
    }
}

/// Checks that the annotation names what the HTML does not contain.
pub(super) fn check(shown: &Shown, attr: &FormAttr, pages: &[Page], errors: &mut Errors) {
    if !attr.keys.may_hold("posts_to") {
        let unknown = places(shown, |form| {
            form.urls.iter().find_map(|url| match url {
                Url::Unknown(expression) => Some(format!(" has the address `{expression}`")),
                _ => None,
            })
        });
        let message = "the address is an expression, so its endpoint is unknown: name the handler \
                       with `posts_to = handler`, or leave it undeclared with `posts_to = _`";
        report(&unknown, message, shown, errors);
        if let Some(unread) = shown.unread {
            errors.push(unread, UNREAD_MACRO);
        }
    }
    if pages.is_empty() && !attr.keys.may_hold("page") {
        let open = places(shown, |form| {
            form.urls.iter().find_map(|url| match url {
                // Such a link has the address of its own page: nothing can come between.
                Url::Page if form.element == Element::Link => None,
                // Then `posts_to` names the handler.
                Url::Page if attr.keys.may_hold("posts_to") => None,
                Url::Page => Some(" submits to the page's own address".to_owned()),
                Url::Relative(path) => Some(format!(" has the address `{path}`")),
                _ => None,
            })
        });
        let message = "this address is relative to the page: name the page with `page = handler` or \
                       `page = \"/path\"`";
        report(&open, message, shown, errors);
    }
}

/// The forms that have a problem: each with its token, and the line that describes it.
fn places(shown: &Shown, what: impl Fn(&Form) -> Option<String>) -> Vec<(Span, String)> {
    let mut places: Vec<(Span, String)> = Vec::new();
    for form in &shown.forms {
        if let Some(what) = what(form) {
            let line = format!("{}{what}", shown.described(form));
            if !places.iter().any(|(_, known)| *known == line) {
                places.push((shown.span(form), line));
            }
        }
    }
    places
}

/// Reports the lines under one headline: once, where all stand in one token.
fn report(places: &[(Span, String)], message: &str, shown: &Shown, errors: &mut Errors) {
    if let (Some(token), false) = (shown.token(), places.is_empty()) {
        let lines: Vec<&str> = places.iter().map(|(_, line)| line.as_str()).collect();
        errors.push(token, format!("{message}\n{}", lines.join("\n")));
    } else {
        for (span, line) in places {
            errors.push(*span, format!("{message}\n{line}"));
        }
    }
}
