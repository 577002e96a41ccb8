//! Reads a record that is just as the macros write it: key by key, without escapes.
//! That is five times as fast as the general way. Whatever is not plain, however
//! slightly, is left to that; the fuzz target compares the two.

use semver::Version;

use super::record::{Item, Package, Record};
use crate::registry::wire::Kind;
use crate::registry::{Encoding, Field, Form, Handler, Source, Target, UnknownFields, Value};

/// What a plain record says, and the text of its fields, which are still to be read.
pub(super) struct Plain<'a> {
    pub(super) record: Record,
    pub(super) fields: Option<&'a str>,
}

/// Reads a record of a handler or a form of format 1.
pub(super) fn record(json: &str) -> Option<Plain<'_>> {
    let mut text = Text(json);
    text.expect("{\"format\":1,\"package\":\"")?;
    let name = text.until_quote()?.to_owned();
    text.expect(",\"version\":\"")?;
    let version = text.until_quote()?.to_owned();
    let package = Package { name, version };
    if text.take(",\"handler\":{\"id\":\"") {
        let id = text.id()?;
        text.expect(",\"method\":\"")?;
        let method = text.until_quote()?.to_owned();
        text.expect(",\"path\":\"")?;
        let path = text.until_quote()?.to_owned();
        let rest = text.rest()?;
        let handler = Handler {
            id,
            method,
            path,
            since: Some(rest.since),
            until: rest.until,
            unknown_fields: rest.unknown_fields,
            encoding: rest.encoding,
            fields: None,
            source: rest.source,
        };
        return Some(Plain {
            record: Record {
                package,
                item: Item::handler(handler),
            },
            fields: rest.fields,
        });
    }
    text.expect(",\"form\":{\"id\":\"")?;
    let id = text.id()?;
    text.expect(",\"since\":\"")?;
    let since = text.version()?;
    let until = if text.take(",\"until\":\"") {
        Some(text.version()?)
    } else {
        None
    };
    text.expect(",\"posts_to\":[")?;
    let mut posts_to = Vec::with_capacity(1);
    let mut encodings = Vec::new();
    loop {
        let (target, encoding) = text.target()?;
        posts_to.push(target);
        encodings.push(encoding);
        if text.take("]") {
            break;
        }
        text.expect(",")?;
    }
    let tail = text.tail()?;
    let form = Form {
        id,
        since: Some(since),
        until,
        posts_to,
        encoding: tail.encoding.or_else(|| super::record::agreed(&encodings)),
        fields: None,
        source: tail.source,
    };
    Some(Plain {
        record: Record {
            package,
            item: Item::form(form),
        },
        fields: tail.fields,
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
            certain: field.certain,
            aliases: Vec::new(),
            many: field.many,
            value: field.value,
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
struct PlainField<'a> {
    name: &'a str,
    certain: bool,
    many: bool,
    value: Value,
}

/// What is still to be read.
struct Text<'a>(&'a str);

/// What follows the own keys of an item.
struct Rest<'a> {
    since: Version,
    until: Option<Version>,
    encoding: Option<Encoding>,
    source: Option<Source>,
    unknown_fields: UnknownFields,
    fields: Option<&'a str>,
}

/// What follows these.
struct Tail<'a> {
    encoding: Option<Encoding>,
    source: Option<Source>,
    unknown_fields: UnknownFields,
    fields: Option<&'a str>,
}

impl<'a> Text<'a> {
    fn take(&mut self, literal: &str) -> bool {
        let rest = self.0.strip_prefix(literal);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn expect(&mut self, literal: &str) -> Option<()> {
        self.take(literal).then_some(())
    }

    /// A text up to its quote, which is passed over; not if it needs a closer look.
    fn until_quote(&mut self) -> Option<&'a str> {
        let end = self
            .0
            .bytes()
            .position(|b| b == b'"' || b == b'\\' || b < b' ')?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.strip_prefix('"')?;
        Some(text)
    }

    fn id(&mut self) -> Option<String> {
        let id = self.until_quote()?;
        (!id.contains("r#")).then(|| id.to_owned())
    }

    fn version(&mut self) -> Option<Version> {
        Version::parse(self.until_quote()?).ok()
    }

    fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        let end = self
            .0
            .bytes()
            .position(|b| !b.is_ascii_digit() && b != b'-')?;
        let (digits, rest) = self.0.split_at(end);
        // JSON has neither `007` nor `-0`.
        let is_plain = !digits.trim_start_matches('-').starts_with('0') || digits == "0";
        self.0 = rest;
        digits.parse().ok().filter(|_| is_plain)
    }

    fn encoding(&mut self) -> Option<Option<Encoding>> {
        if !self.take(",\"encoding\":\"") {
            return Some(None);
        }
        Some(Some(match self.until_quote()? {
            "urlencoded" => Encoding::Urlencoded,
            "multipart" => Encoding::Multipart,
            "json" => Encoding::Json,
            "text" => Encoding::Text,
            "query" => Encoding::Query,
            _ => return None,
        }))
    }

    fn target(&mut self) -> Option<(Target, Option<Encoding>)> {
        self.expect("{\"method\":\"")?;
        let method = self.until_quote()?.to_owned();
        self.expect(",\"path\":\"")?;
        let path = self.until_quote()?.to_owned();
        let encoding = self.encoding()?;
        let elsewhere = self.take(",\"elsewhere\":true");
        self.expect("}")?;
        Some((
            Target {
                method,
                path,
                elsewhere,
            },
            encoding,
        ))
    }

    fn rest(&mut self) -> Option<Rest<'a>> {
        self.expect(",\"since\":\"")?;
        let since = self.version()?;
        let until = if self.take(",\"until\":\"") {
            Some(self.version()?)
        } else {
            None
        };
        let Tail {
            encoding,
            source,
            unknown_fields,
            fields,
        } = self.tail()?;
        Some(Rest {
            since,
            until,
            encoding,
            source,
            unknown_fields,
            fields,
        })
    }

    /// Reads to the end; the text of the fields is passed over.
    fn tail(&mut self) -> Option<Tail<'a>> {
        let encoding = self.encoding()?;
        let source = self.source()?;
        let unknown_fields = match self.take(",\"unknown_fields\":\"") {
            false => UnknownFields::Ignore,
            true => match self.until_quote()? {
                "ignore" => UnknownFields::Ignore,
                "deny" => UnknownFields::Deny,
                _ => return None,
            },
        };
        if self.take(",\"fields\":") {
            let fields = self.0.strip_suffix("}}")?;
            return Some(Tail {
                encoding,
                source,
                unknown_fields,
                fields: Some(fields),
            });
        }
        (self.0 == "}}").then_some(Tail {
            encoding,
            source,
            unknown_fields,
            fields: None,
        })
    }

    fn source(&mut self) -> Option<Option<Source>> {
        if !self.take(",\"source\":{\"file\":\"") {
            return Some(None);
        }
        let file = self.until_quote()?.to_owned();
        self.expect(",\"line\":")?;
        let line = self.number()?;
        self.expect("}")?;
        Some(Some(Source { file, line }))
    }

    fn field(&mut self) -> Option<PlainField<'a>> {
        self.expect("{\"name\":\"")?;
        let name = self.until_quote().filter(|name| !name.is_empty())?;
        self.expect(",\"required\":")?;
        let certain = self.take("true");
        if !certain {
            self.expect("false")?;
        }
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
            certain,
            many,
            value,
        })
    }

    fn value(&mut self) -> Option<Value> {
        self.expect("\"")?;
        Some(match Kind::plain(self.until_quote()?)? {
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
