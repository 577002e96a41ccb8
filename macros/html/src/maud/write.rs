//! From markup to the pieces of the page that it renders.

use proc_macro2::{Span, TokenStream};

use super::markup::{Attribute, Class, Element, Markup};
use super::splice::{Spliced, spliced};
use crate::form::Place;
use crate::rust_literal::escaped;
use crate::source::{Arms, Source};

/// The page that the markup renders.
pub(super) fn source(
    markups: &[Markup],
    place: &dyn Fn(Span) -> Place,
    is_text: &dyn Fn(TokenStream) -> bool,
) -> Source {
    let mut writer = Writer {
        place,
        is_text,
        source: Source::new(),
    };
    writer.markups(markups, true);
    writer.source
}

struct Writer<'p> {
    place: &'p dyn Fn(Span) -> Place,
    is_text: &'p dyn Fn(TokenStream) -> bool,
    source: Source,
}

impl Writer<'_> {
    /// Appends markup; `elements`: it stands where elements may.
    fn markups(&mut self, markups: &[Markup], elements: bool) {
        for markup in markups {
            match markup {
                Markup::Text(text, span) => self.text(&escaped(text), *span),
                Markup::Splice(expression, span) => {
                    let place = (self.place)(*span);
                    for piece in spliced(expression.clone()) {
                        let place = place.clone();
                        let is_text = || (self.is_text)(expression.clone());
                        match piece {
                            Spliced::Text(html) => self.source.text(&html, place),
                            Spliced::Markup(written) if elements => {
                                self.source.markup(&written, place);
                            }
                            Spliced::Unknown(written) if elements && !is_text() => {
                                self.source.markup(&written, place);
                            }
                            Spliced::Markup(written)
                            | Spliced::Unknown(written)
                            | Spliced::Hole(written) => self.source.hole(&written, place),
                        }
                    }
                }
                Markup::Element(element) if elements => self.element(element),
                Markup::Element(_) => {}
                Markup::Group(arms, branches) => {
                    self.source.open(*arms);
                    for (at, branch) in branches.iter().enumerate() {
                        if at > 0 {
                            self.source.arm();
                        }
                        self.markups(branch, elements);
                    }
                    self.source.close();
                }
            }
        }
    }

    fn text(&mut self, html: &str, span: Span) {
        self.source.text(html, (self.place)(span));
    }

    fn sometimes(&mut self, sometimes: bool, write: impl FnOnce(&mut Self)) {
        if sometimes {
            self.source.open(Arms::AtMostOne);
        }
        write(self);
        if sometimes {
            self.source.close();
        }
    }

    fn element(&mut self, element: &Element) {
        let Element { name, span, .. } = element;
        self.text(&format!("<{name}"), *span);
        self.classes(&element.classes, *span);
        if let Some(id) = &element.id {
            self.text(" id=\"", *span);
            self.markups(id, false);
            self.text("\"", *span);
        }
        for attribute in &element.attributes {
            self.attribute(attribute);
        }
        self.text(">", *span);
        if let Some(body) = &element.body {
            self.markups(body, true);
            self.text(&format!("</{name}>"), *span);
        }
    }

    fn classes(&mut self, classes: &[Class], span: Span) {
        if classes.is_empty() {
            return;
        }
        self.text(" class=\"", span);
        for (at, class) in classes.iter().enumerate() {
            self.sometimes(class.conditional, |writer| {
                if at > 0 {
                    writer.text(" ", span);
                }
                writer.markups(&class.name, false);
            });
        }
        self.text("\"", span);
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let Attribute { name, span, .. } = attribute;
        self.sometimes(attribute.conditional, |writer| match &attribute.value {
            None => writer.text(&format!(" {name}"), *span),
            Some(value) => {
                writer.text(&format!(" {name}=\""), *span);
                writer.markups(value, false);
                writer.text("\"", *span);
            }
        });
    }
}
