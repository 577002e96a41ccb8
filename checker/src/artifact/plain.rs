//! Reads a record that is exactly as the macros write it: key by key, without escapes.
//! That is five times as fast as the general way, which reads every other record. The fuzz
//! target compares the two, and a test of the macros fails when they write something that
//! this does not read.

#![allow(
    clippy::option_option,
    reason = "the outer one: not plain; the inner one: absent"
)]

mod text;

use std::borrow::Cow;
use std::sync::Arc;

use semver::Version;

use super::record::{Item, Package, Record, agreed};
use crate::registry::wire::{Kind, named};
use crate::registry::{
    Bound, Encoding, Field, Fields, Form, Handler, Page, Reader, Source, Target, TemplateLine,
    UnknownFields, Value,
};
use text::Text;

/// Reads a record of a handler or a form. `read_fields` reads the text
/// of its fields.
pub(super) fn record<'a>(
    json: &'a str,
    read_fields: impl FnOnce(&'a str) -> Option<Option<Fields>>,
) -> Option<Record<'a>> {
    let mut text = Text(json);
    text.expect("{\"format\":")?;
    if !text.take("1") {
        text.expect("2")?;
    }
    text.expect(",\"package\":\"")?;
    let name = Cow::Borrowed(text.until_quote()?);
    text.expect(",\"version\":\"")?;
    let version = Cow::Borrowed(text.until_quote()?);
    let item = if text.take(",\"handler\":{\"id\":\"") {
        Item::Handler(Arc::new(text.handler(read_fields)?))
    } else {
        text.expect(",\"form\":{\"id\":\"")?;
        Item::Form(Arc::new(text.form(read_fields)?))
    };
    Some(Record {
        package: Package { name, version },
        item,
    })
}

/// Whether the text is a list of fields, each with a plain value: then [`fields`]
/// reads it.
pub(super) fn is_fields(json: &str) -> bool {
    each_field(json, |_| {}).is_some()
}

/// The fields of such a list.
pub(super) fn fields(json: &str) -> Vec<Field> {
    let mut fields = Vec::with_capacity(8);
    let read = each_field(json, |field| {
        fields.push(Field {
            name: field.name.to_owned(),
            always_present: field.always_present,
            many: field.many,
            is_optional: field.is_optional,
            may_be_empty: field.may_be_empty,
            value: field.value,
            ..Field::default()
        });
    });
    debug_assert!(read.is_some(), "{json}");
    fields
}

fn each_field<'a>(json: &'a str, mut take: impl FnMut(PlainField<'a>)) -> Option<()> {
    let mut text = Text(json);
    text.expect("[")?;
    let mut is_first = true;
    while !text.take("]") {
        if !std::mem::take(&mut is_first) {
            text.expect(",")?;
        }
        take(text.field()?);
    }
    text.0.is_empty().then_some(())
}

/// A field with a plain value.
#[expect(clippy::struct_excessive_bools, reason = "the format has as many keys")]
struct PlainField<'a> {
    name: &'a str,
    always_present: bool,
    many: bool,
    is_optional: bool,
    may_be_empty: bool,
    value: Value,
}

/// What follows the own keys of an item.
struct Tail {
    encoding: Option<Encoding>,
    reader: Option<Reader>,
    source: Option<Source>,
    unknown_fields: UnknownFields,
    fields: Option<Fields>,
}

impl<'a> Text<'a> {
    fn handler(
        &mut self,
        read_fields: impl FnOnce(&'a str) -> Option<Option<Fields>>,
    ) -> Option<Handler> {
        let id = self.id()?;
        self.expect(",\"method\":\"")?;
        let method = self.until_quote()?.to_owned();
        self.expect(",\"path\":\"")?;
        let path = self.until_quote()?.to_owned();
        let partial = self.take(",\"partial\":true");
        let routing = self.named("routing")?;
        let flag = self.text("flag")?;
        let (since, until) = self.lifespan()?;
        let Tail {
            encoding,
            reader,
            source,
            unknown_fields,
            fields,
        } = self.tail(read_fields)?;
        let since = Some(since);
        Some(Handler {
            id,
            method,
            path,
            partial,
            parameters: Vec::new(),
            routing,
            redirect: None,
            flag,
            reader,
            since,
            until,
            unknown_fields,
            encoding,
            fields,
            source,
        })
    }

    fn form(
        &mut self,
        read_fields: impl FnOnce(&'a str) -> Option<Option<Fields>>,
    ) -> Option<Form> {
        let id = self.id()?;
        let (since, until) = self.lifespan()?;
        self.expect(",\"posts_to\":[")?;
        let mut posts_to = Vec::with_capacity(1);
        let mut encodings = Vec::with_capacity(1);
        loop {
            let (target, encoding) = self.target()?;
            posts_to.push(target);
            encodings.push(encoding);
            if self.take("]") {
                break;
            }
            self.expect(",")?;
        }
        let pages = self.pages()?;
        let kind = self.named("kind")?;
        let flag = self.text("flag")?;
        let Tail {
            encoding,
            reader: None,
            source,
            fields,
            ..
        } = self.tail(read_fields)?
        else {
            return None;
        };
        let encoding = encoding.or_else(|| agreed(&encodings));
        Some(Form {
            id,
            since: Some(since),
            until,
            posts_to,
            pages,
            kind,
            flag,
            lifetime: None,
            encoding,
            fields,
            source,
        })
    }

    fn lifespan(&mut self) -> Option<(Bound, Option<Version>)> {
        self.expect(",\"since\":\"")?;
        let since = self.until_quote()?.parse().ok()?;
        let until = if self.take(",\"until\":\"") {
            Some(Version::parse(self.until_quote()?).ok()?)
        } else {
            None
        };
        Some((since, until))
    }

    fn target(&mut self) -> Option<(Target, Option<Encoding>)> {
        self.expect("{\"method\":\"")?;
        let method = self.until_quote()?.to_owned();
        self.expect(",\"path\":\"")?;
        let path = self.until_quote()?.to_owned();
        let encoding = self.named("encoding")?;
        let elsewhere = self.take(",\"elsewhere\":true");
        let host = if self.take(",\"host\":\"") {
            Some(self.until_quote()?.to_owned())
        } else {
            None
        };
        self.expect("}")?;
        Some((
            Target {
                method,
                path,
                elsewhere,
                host,
                is_page: false,
            },
            encoding,
        ))
    }

    fn pages(&mut self) -> Option<Vec<Page>> {
        let mut pages = Vec::new();
        if !self.take(",\"pages\":[") {
            return Some(pages);
        }
        loop {
            self.expect("{\"method\":\"")?;
            let method = self.until_quote()?.to_owned();
            self.expect(",\"path\":\"")?;
            let path = self.until_quote()?.to_owned();
            self.expect("}")?;
            pages.push(Page { method, path });
            if self.take("]") {
                return Some(pages);
            }
            self.expect(",")?;
        }
    }

    /// Reads to the end.
    fn tail(
        &mut self,
        read_fields: impl FnOnce(&'a str) -> Option<Option<Fields>>,
    ) -> Option<Tail> {
        let encoding = self.named("encoding")?;
        let reader = self.named("reader")?;
        let source = self.source()?;
        let unknown_fields = if self.take(",\"unknown_fields\":\"") {
            named(self.until_quote()?)?
        } else {
            UnknownFields::Ignore
        };
        let fields = if self.take(",\"fields\":") {
            read_fields(self.0.strip_suffix("}}")?)?
        } else {
            self.expect("}}")?;
            self.0.is_empty().then_some(None)?
        };
        Some(Tail {
            encoding,
            reader,
            source,
            unknown_fields,
            fields,
        })
    }

    fn source(&mut self) -> Option<Option<Source>> {
        if !self.take(",\"source\":{\"file\":\"") {
            return Some(None);
        }
        let file = self.until_quote()?.to_owned();
        self.expect(",\"line\":")?;
        let line = self.number()?;
        let template = self.template()?;
        self.expect("}")?;
        Some(Some(Source {
            file,
            line,
            template,
        }))
    }

    fn template(&mut self) -> Option<Option<Box<TemplateLine>>> {
        if !self.take(",\"template\":{\"file\":\"") {
            return Some(None);
        }
        let file = self.until_quote()?.to_owned();
        self.expect(",\"line\":")?;
        let line = self.number()?;
        self.expect("}")?;
        Some(Some(Box::new(TemplateLine { file, line })))
    }

    fn field(&mut self) -> Option<PlainField<'a>> {
        self.expect("{\"name\":\"")?;
        let name = self.until_quote().filter(|name| !name.is_empty())?;
        self.expect(",\"required\":")?;
        let always_present = self.take("true");
        if !always_present {
            self.expect("false")?;
        }
        let is_optional = self.take(",\"optional\":true");
        let may_be_empty = self.take(",\"empty\":true");
        self.expect(",\"type\":")?;
        let value = if self.take("null") {
            Value::NotDeclared
        } else {
            self.value()?
        };
        let many = self.take(",\"many\":true");
        self.expect("}")?;
        Some(PlainField {
            name,
            always_present,
            many,
            is_optional,
            may_be_empty,
            value,
        })
    }

    fn value(&mut self) -> Option<Value> {
        self.expect("\"")?;
        Some(match named(self.until_quote()?)? {
            Kind::Text => Value::Text,
            Kind::Character => Value::Character,
            Kind::Boolean => Value::Boolean,
            Kind::Number => Value::Number,
            Kind::Integer => {
                let min = if self.take(",\"min\":") {
                    Some(self.number()?)
                } else {
                    None
                };
                let max = if self.take(",\"max\":") {
                    Some(self.number()?)
                } else {
                    None
                };
                Value::Integer { min, max }
            }
            Kind::Choice | Kind::Object => return None,
        })
    }
}
