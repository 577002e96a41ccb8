//! Markup as it is written: what a page of maud is made of.

use proc_macro2::{Span, TokenStream};

use crate::source::Arms;

/// A piece of markup. A block `{ … }` is what it holds.
pub(super) enum Markup {
    /// A literal, not escaped yet.
    Text(String, Span),
    /// `(expression)`.
    Splice(TokenStream, Span),
    Element(Element),
    /// `@if`, `@match`, `@for`, `@while`.
    Group(Arms, Vec<Vec<Markup>>),
}

/// An element.
pub(super) struct Element {
    pub(super) name: String,
    /// Where it begins.
    pub(super) span: Span,
    pub(super) classes: Vec<Class>,
    pub(super) id: Option<Vec<Markup>>,
    pub(super) attributes: Vec<Attribute>,
    /// What is in it; `None`: it is void.
    pub(super) body: Option<Vec<Markup>>,
}

/// `.name`, or `.name[condition]`.
pub(super) struct Class {
    pub(super) name: Vec<Markup>,
    pub(super) conditional: bool,
}

/// Any other attribute.
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) span: Span,
    /// What it is set to; `None`: nothing.
    pub(super) value: Option<Vec<Markup>>,
    /// Whether it is there only sometimes.
    pub(super) conditional: bool,
}
