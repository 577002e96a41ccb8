//! Writes a record: JSON in parts, some of which are constants that only the compiler can evaluate.

use coexist_html::Place;
use coexist_source::encoding::Encoding;
use coexist_source::lifespan::Lifespan;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned as _;

use super::joined::{Joined, Part};
use super::json;
use super::names::plain_name;
use super::number::{Answer, Number};

/// The JSON of a record under construction.
pub(crate) struct Record {
    /// Expressions of type `&'static str`, in order.
    parts: Vec<TokenStream>,
    /// Arguments of the `concat!` that becomes the next part.
    text: Vec<TokenStream>,
    /// The last argument, under construction.
    tail: String,
    /// The number of its format.
    number: Number,
}

impl Record {
    /// A new record, which begins with the package of the annotation.
    pub(crate) fn new() -> Self {
        let mut record = Self {
            parts: Vec::new(),
            text: Vec::new(),
            tail: String::new(),
            number: Number::default(),
        };
        record.member("package", &json::string(&package("CARGO_PKG_NAME")));
        record.push(",");
        record.member("version", &json::string(&package("CARGO_PKG_VERSION")));
        record.push(",");
        record
    }

    /// Appends literal JSON.
    pub(crate) fn push(&mut self, json: &str) {
        self.tail.push_str(json);
    }

    /// Appends `"key":json`.
    pub(crate) fn member(&mut self, key: &str, json: &str) {
        self.push(&format!("\"{key}\":{json}"));
    }

    /// Notes that the record says what only format 2 can say.
    pub(crate) fn require_format_2(&mut self) {
        self.number.require_2();
    }

    /// The same, if a condition of the compiler's is true.
    pub(crate) fn require_format_2_if(&mut self, condition: TokenStream) {
        self.number.require_2_if(condition);
    }

    /// Appends `,"key":`, where the key came with format 2.
    pub(crate) fn new_key(&mut self, key: &str) {
        self.require_format_2();
        self.push(",");
        self.member(key, "");
    }

    /// Appends `,"key":json`, where the key came with format 2.
    pub(crate) fn new_member(&mut self, key: &str, json: &str) {
        self.new_key(key);
        self.push(json);
    }

    /// Appends `,"flag"`, if there is one.
    pub(crate) fn flag(&mut self, flag: Option<&str>) {
        if let Some(flag) = flag {
            self.new_member("flag", &json::string(flag));
        }
    }

    /// Appends JSON as an expression of type `&'static str`.
    pub(crate) fn push_expr(&mut self, json: TokenStream) {
        self.end_part();
        self.parts.push(json);
    }

    /// Appends text that consists of literals and expressions.
    pub(crate) fn append(&mut self, json: Joined) {
        for part in json.into_parts() {
            match part {
                Part::Text(text) => self.push(&text),
                Part::Expr(text) => self.push_expr(text),
            }
        }
    }

    /// Appends `"id"`: the item's path, and `#name` for one of several forms.
    pub(crate) fn id(&mut self, item: &Ident, name: Option<&str>) {
        self.id_of_method("", item, name);
    }

    /// The same for a method of `owner`, if the type has a name.
    pub(crate) fn id_of_method(&mut self, owner: &str, item: &Ident, name: Option<&str>) {
        self.push("\"id\":\"");
        self.end_text();
        self.text.push(quote!(::core::module_path!()));
        let item = plain_name(item);
        let mut rest = match owner {
            "" => String::new(),
            owner => format!("::{owner}"),
        };
        rest.push_str(&format!("::{item}"));
        if let Some(name) = name {
            rest = format!("{rest}#{name}");
        }
        self.push(&json::string(&rest)[1..]);
    }

    /// Appends `"since"` and `"until"`.
    pub(crate) fn lifespan(&mut self, lifespan: &Lifespan) {
        self.member("since", &json::string(&lifespan.since.to_string()));
        if let Some(until) = &lifespan.until {
            self.push(",");
            self.member("until", &json::string(&until.to_string()));
        }
    }

    /// Appends `,"encoding"`, if it is known.
    pub(crate) fn encoding(&mut self, encoding: Option<Encoding>) {
        if let Some(encoding) = encoding {
            self.push(",");
            self.member("encoding", &json::string(encoding.name()));
        }
    }

    /// Appends the fields that the type declares: last, so that a reader finds their end.
    pub(crate) fn fields_of(&mut self, ty: &Type) {
        self.fields(
            probe(ty, &constant("WIRE")),
            &probe(ty, &constant("FORMAT")),
        );
    }

    /// Appends the fields of a type that the annotation names for them, so it must declare some.
    pub(crate) fn fields_stated(&mut self, ty: &Type) {
        let ty = with_static_lifetimes(quote!(#ty));
        self.fields_declared(ty.span(), &ty);
    }

    /// The same of a type that is named without lifetimes; the span is where.
    pub(crate) fn fields_declared(&mut self, span: Span, ty: &TokenStream) {
        let [wire, format] = ["WIRE", "FORMAT"].map(|name| declared(span, ty, &constant(name)));
        self.fields(wire, &format);
    }

    /// Appends fields, of which a type knows the text and the number of its format.
    fn fields(&mut self, wire: TokenStream, format: &TokenStream) {
        self.push(",");
        self.push_expr(wire);
        self.require_format_2_if(quote!(#format > 1));
    }

    /// Appends `,"source"`: the place of the item, and that of the line of a template that holds
    /// it, if there is one.
    pub(crate) fn source(&mut self, at: Span, template: Option<&Place>) {
        if !proc_macro::is_available() {
            return;
        }
        let at = at.unwrap();
        let file = json::string(&at.file().replace('\\', "/"));
        self.push(&format!(
            ",\"source\":{{\"file\":{file},\"line\":{}",
            at.line()
        ));
        if let Some(Place { file, line }) = template {
            let file = json::string(file);
            let place = format!("{{\"file\":{file},\"line\":{line}}}");
            self.new_member("template", &place);
        }
        self.push("}");
    }

    /// The statement that puts the record into the program.
    pub(crate) fn finish(mut self) -> TokenStream {
        self.end_part();
        let parts = self.parts;
        let opening = match self.number.is_two() {
            Answer::No => quote!(::coexist::__private::OPENING),
            Answer::Yes => quote!(::coexist::__private::OPENING_2),
            Answer::If(condition) => quote!(if #condition {
                ::coexist::__private::OPENING_2
            } else {
                ::coexist::__private::OPENING
            }),
        };
        quote!(::coexist::__record! { #opening, #(#parts),* })
    }

    fn end_text(&mut self) {
        if !self.tail.is_empty() {
            let tail = std::mem::take(&mut self.tail);
            self.text.push(quote!(#tail));
        }
    }

    fn end_part(&mut self) {
        self.end_text();
        let text = std::mem::take(&mut self.text);
        match text.as_slice() {
            [] => {}
            [one] => self.parts.push(one.clone()),
            several => self.parts.push(quote!(::core::concat!(#(#several),*))),
        }
    }
}

/// A constant of a type that declares fields, at this place.
fn declared(span: Span, ty: &TokenStream, constant: &Ident) -> TokenStream {
    quote_spanned!(span=> <#ty as ::coexist::Fields>::#constant)
}

fn constant(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// A constant of a type, or the default if the type does not declare it.
pub(crate) fn probe(ty: &Type, constant: &Ident) -> TokenStream {
    let ty = with_static_lifetimes(quote!(#ty));
    quote_spanned!(ty.span()=> <::coexist::__private::Probe<#ty>>::#constant)
}

/// The type's tokens without the lifetimes of the item that they come from.
pub(super) fn with_static_lifetimes(ty: TokenStream) -> TokenStream {
    use proc_macro2::{Group, TokenTree};
    let mut after_quote = false;
    let replace = |token| {
        let named = std::mem::replace(&mut after_quote, false);
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                after_quote = true;
                TokenTree::Punct(punct)
            }
            TokenTree::Ident(name) if named => Ident::new("static", name.span()).into(),
            TokenTree::Group(group) => {
                let stream = with_static_lifetimes(group.stream());
                let mut replaced = Group::new(group.delimiter(), stream);
                replaced.set_span(group.span());
                replaced.into()
            }
            other => other,
        }
    };
    ty.into_iter().map(replace).collect()
}

/// A variable that cargo sets for the package that is being compiled.
pub(super) fn package(variable: &str) -> String {
    std::env::var(variable).unwrap_or_default()
}
