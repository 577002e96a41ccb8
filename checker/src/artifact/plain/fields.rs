//! Lists of fields, each with a plain value.

use super::text::Text;
use crate::registry::wire::{Kind, named};
use crate::registry::{Field, Fields, Value};
use crate::support::visible::refused_in;

/// Whether the text is a list of fields, each with a plain value: then [`fields`]
/// reads it.
pub(crate) fn is_fields(json: &str) -> bool {
    each_field(json, |_| {}).is_some()
}

/// The fields of such a list.
pub(crate) fn fields(json: &str) -> Vec<Field> {
    let mut fields = Vec::with_capacity(8);
    let read = each_field(json, |field| fields.push(field.into()));
    debug_assert!(read.is_some(), "{json}");
    fields
}

fn each_field<'a>(json: &'a str, take: impl FnMut(PlainField<'a>)) -> Option<()> {
    let mut text = Text(json);
    text.each_field(take)?;
    text.0.is_empty().then_some(())
}

impl From<PlainField<'_>> for Field {
    fn from(field: PlainField<'_>) -> Self {
        Self {
            name: field.name.to_owned(),
            always_present: field.always_present,
            many: field.many,
            is_optional: field.is_optional,
            may_be_empty: field.may_be_empty,
            value: field.value,
            ..Self::default()
        }
    }
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

impl<'a> Text<'a> {
    pub(super) fn fields(&mut self) -> Option<Fields> {
        let mut fields: Vec<Field> = Vec::new();
        self.each_field(|field| fields.push(field.into()))?;
        // The other way refuses such names.
        let is_plain = fields.iter().all(|field| refused_in(&field.name).is_none());
        is_plain.then(|| fields.into())
    }

    fn each_field(&mut self, mut take: impl FnMut(PlainField<'a>)) -> Option<()> {
        self.expect("[")?;
        let mut is_first = true;
        while !self.take("]") {
            if !std::mem::take(&mut is_first) {
                self.expect(",")?;
            }
            take(self.field()?);
        }
        Some(())
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
