//! The record of one element.

use coexist_html::{Element as Kind, Field};
use coexist_source::fields::page;
use proc_macro2::TokenStream;
use quote::quote;

use super::super::metadata::{self, Fields};
use super::super::page::Pages;
use super::super::record::{Kind as RecordKind, Sent, begin, end};
use super::super::target::{Targets, external_entry};
use super::address::Address;
use super::checks::serves_method;
use super::element::Element;
use crate::expand::joined::Joined;
use crate::expand::json;
use crate::expand::metadata::method as method_option;
use crate::expand::record::Record;
use crate::form::model::Form;

/// The statement that puts the record into the program.
pub(super) fn new(
    form: &Form,
    element: &Element<'_>,
    targets: &Targets<'_>,
    pages: &Pages<'_>,
) -> TokenStream {
    let mut record = Record::new();
    begin(&mut record, form, element.lifespan, element.name.as_deref());
    let mut entries = Entries::default();
    let mut is_self = false;
    for address in &element.addresses {
        match address {
            Address::Path(path) if !path.contains('{') => {
                entries.always(&mut record, path_entry(element, Joined::text(path)));
            }
            Address::Path(_) | Address::Relative(_) => {
                let paths = address.paths();
                entries.always(&mut record, path_entries(element, &paths, targets));
            }
            Address::Page { .. } if is_self => {}
            Address::Page { .. } => {
                is_self = true;
                record.require_format_2();
                entries.always(&mut record, page_entry(element));
            }
            Address::Handler { metadata, .. } => {
                let method = method_option(element.method());
                let entry = quote!(::coexist::__private::checks::endpoint(#metadata, #method));
                entries.always(&mut record, Joined::expr(entry));
            }
            Address::PostsTo => entries.posts_to(&mut record, element, targets),
        }
    }
    record.push("]");
    let sent = Sent {
        kind: Some(kind(element)),
        flag: element.flag,
        encoding: element.encoding,
        template: element.template.as_ref(),
    };
    end(&mut record, form, pages, &sent);
    if let Some(query) = element.query() {
        record.new_key("query");
        shown_fields(&mut record, query);
    }
    match element.fields(form) {
        Fields::Stated(_) => metadata::sent_fields(form, &mut record),
        Fields::Shown(fields) => {
            record.push(",\"fields\":");
            shown_fields(&mut record, fields);
        }
        Fields::NotDeclared => {}
    }
    record.push("}}");
    record.finish()
}

/// What sends the request of an element.
fn kind(element: &Element<'_>) -> RecordKind {
    match element.sent.element {
        Kind::Link => RecordKind::Link,
        Kind::Htmx => RecordKind::Script,
        Kind::Form | Kind::Button => RecordKind::Submit,
    }
}

/// A path as an entry of a record's `posts_to`.
fn path_entry(element: &Element<'_>, path: Joined) -> Joined {
    let (start, end) = around_path(element);
    let mut entry = Joined::text(&start);
    entry.append(path);
    entry.push(&end);
    entry
}

/// What stands before and behind the path in such an entry.
fn around_path(element: &Element<'_>) -> (String, String) {
    let method = json::string(element.method().unwrap_or("POST"));
    let start = format!("{{\"method\":{method},\"path\":\"");
    let end = format!("\"{}", end_of_entry(element));
    (start, end)
}

/// Paths as entries of a record's `posts_to`; in place of one, the endpoints that its holes may
/// mean among those that the annotation's `posts_to` names.
fn path_entries(element: &Element<'_>, paths: &TokenStream, targets: &Targets<'_>) -> Joined {
    let method = element.method().unwrap_or("POST");
    let (start, end) = around_path(element);
    let handlers = targets.handlers().filter_map(|handler| {
        let is_compared = element.method().is_some() && handler.may_take(Some(method));
        is_compared.then_some(handler.constant)
    });
    Joined::expr(quote!(
        ::coexist::__path_entries!(#paths, (#start, #end), #method, &[#(#handlers),*])
    ))
}

/// The pages that contain an element as an entry of a record's `posts_to`: the path, if that is
/// the only one.
fn page_entry(element: &Element<'_>) -> Joined {
    let method = json::string(element.method().unwrap_or("POST"));
    let end = end_of_entry(element);
    let own = format!("{{\"method\":{method},\"self\":true{end}");
    match element.addresses.as_slice() {
        [
            Address::Page {
                paths,
                handler: Some(_),
            },
        ] => {
            let path = path_entry(element, Joined::expr(quote!(#paths[0]))).into_expr();
            Joined::expr(quote!(if #paths.len() == 1 { #path } else { #own }))
        }
        _ => Joined::text(&own),
    }
}

/// How an entry ends that is not a handler's own.
fn end_of_entry(element: &Element<'_>) -> &'static str {
    // A link may lead to what is not annotated: a file, another part of the site.
    if element.sent.element == Kind::Link {
        ",\"elsewhere\":true}"
    } else {
        "}"
    }
}

/// The entries of a record's `posts_to` while they are written.
#[derive(Default)]
struct Entries {
    /// Constant expressions: if one of them is true, there is an entry.
    before: Vec<TokenStream>,
    /// Whether there is certainly an entry.
    is_certain: bool,
}

impl Entries {
    /// Writes an entry.
    fn always(&mut self, record: &mut Record, entry: Joined) {
        let before = &self.before;
        if self.is_certain {
            record.push(",");
        } else if !before.is_empty() {
            record.push_expr(quote!(if #(#before)||* { "," } else { "" }));
        }
        self.is_certain = true;
        record.append(entry);
    }

    /// Writes an entry that is present if a constant expression is true.
    fn only_if(&mut self, record: &mut Record, condition: TokenStream, entry: &TokenStream) {
        let before = &self.before;
        if self.is_certain {
            record.push_expr(quote!(if #condition { "," } else { "" }));
        } else if !before.is_empty() {
            record.push_expr(quote!(if #condition && (#(#before)||*) { "," } else { "" }));
        }
        record.push_expr(quote!(if #condition { #entry } else { "" }));
        self.before.push(condition);
    }

    /// Writes the targets in `posts_to`, limited to the element's method if it has one.
    fn posts_to(&mut self, record: &mut Record, element: &Element<'_>, targets: &Targets<'_>) {
        let method = element.method();
        for (external, _) in targets.external() {
            if method.is_none_or(|method| external.endpoint.method == method) {
                self.always(record, Joined::text(&external_entry(external)));
            }
        }
        for handler in targets
            .handlers()
            .filter(|handler| handler.may_take(method))
        {
            let constant = handler.constant;
            let wanted = method_option(handler.method.or(method));
            let entry = quote!(::coexist::__private::checks::endpoint(#constant, #wanted));
            match method {
                Some(method) => self.only_if(record, serves_method(&handler, method), &entry),
                None => self.always(record, Joined::expr(entry)),
            }
        }
    }
}

/// Writes the fields that HTML shows, as a list.
fn shown_fields(record: &mut Record, fields: &[Field]) {
    let written = page::json(fields, json::string);
    if written.is_of_format_2 {
        record.require_format_2();
    }
    record.push(&written.json);
}
