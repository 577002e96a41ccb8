//! Reads a body into the fields of a handler as the code that serde derives would, and reports
//! fields that are missing, duplicated or unknown, and values that do not parse as their type.

use std::cell::RefCell;
use std::fmt;

use coexist_checker::registry::{Field, Reader as Library, UnknownFields, Value};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use serde_json::value::RawValue;

use crate::request::Body;

/// A fault of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It is required and missing. The names of the objects around it, and its own.
    Missing(Vec<Vec<String>>),
    /// The handler has no field of this name.
    Unknown(String),
    /// It is present under two names.
    Twice(String),
    /// It is present several times under one name.
    Several(String),
    /// Its value is not valid.
    Value(String),
}

/// A fault, and whether it is inside an object.
pub(crate) type Found = (Fault, bool);

/// The faults of a body for a handler that reads these fields with a library.
pub(crate) fn faults(
    fields: &[Field],
    unknown: UnknownFields,
    library: Option<Library>,
    body: &Body,
) -> Vec<Found> {
    let faults = RefCell::new(Vec::new());
    let reader = |is_strict| Reader {
        fields,
        unknown,
        is_strict,
        is_json: matches!(body, Body::Json(_)),
        has_options: library.is_some() || matches!(body, Body::Json(_)),
        faults: &faults,
        around: &[],
    };
    let is_served = read(reader(true), library, body);
    // A server stops at the first fault; a second pass finds all of them.
    faults.borrow_mut().clear();
    read(reader(false), library, body);
    let faults = faults.into_inner();
    assert_eq!(is_served, faults.is_empty(), "{body:?}: {faults:?}");
    faults
}

fn read(reader: Reader<'_>, library: Option<Library>, body: &Body) -> bool {
    let pairs = match body {
        Body::Json(json) => {
            let mut from = serde_json::Deserializer::from_str(json);
            return reader.deserialize(&mut from).is_ok() && from.end().is_ok();
        }
        Body::Pairs(pairs) => pairs.as_bytes(),
    };
    // One that is not known reads repeated fields where it has to, as axum-extra's extractors do
    // and axum's do not.
    let has_many = || reader.fields.iter().any(|field| field.many);
    match library {
        Some(Library::SerdeQs) => serde_qs::Deserializer::new(pairs)
            .and_then(|from| reader.deserialize(from))
            .is_ok(),
        Some(Library::SerdeUrlencoded) => urlencoded(reader, pairs),
        None if !has_many() => urlencoded(reader, pairs),
        _ => reader
            .deserialize(serde_html_form::Deserializer::from_bytes(pairs))
            .is_ok(),
    }
}

fn urlencoded(reader: Reader<'_>, pairs: &[u8]) -> bool {
    let pairs = form_urlencoded::parse(pairs);
    reader
        .deserialize(serde_urlencoded::Deserializer::new(pairs))
        .is_ok()
}

/// The state while an object, or the whole body, is read.
#[derive(Clone, Copy)]
struct Reader<'a> {
    fields: &'a [Field],
    unknown: UnknownFields,
    /// Whether it stops at the first fault.
    is_strict: bool,
    is_json: bool,
    /// Whether an `Option` may take a value to be none. One that is not known is taken to read
    /// the value: not each of those that it may be has none for an empty text.
    has_options: bool,
    faults: &'a RefCell<Vec<Found>>,
    /// The names of the objects around it.
    around: &'a [Vec<String>],
}

impl Reader<'_> {
    /// Records a fault. Returns an error if reading must stop.
    fn found<E: Error>(&self, fault: Fault) -> Result<(), E> {
        let is_within = !self.around.is_empty();
        self.faults.borrow_mut().push((fault, is_within));
        if self.is_strict {
            Err(E::custom("a fault"))
        } else {
            Ok(())
        }
    }

    fn value<'de, A: MapAccess<'de>>(&self, field: &Field, map: &mut A) -> Result<(), A::Error> {
        let around = [self.around, &[names(field)]].concat();
        let seed = ValueSeed {
            value: &field.value,
            many: field.many,
            is_optional: field.is_optional && self.has_options,
            reader: Reader {
                around: &around,
                ..*self
            },
        };
        let before = self.faults.borrow().len();
        let read = if self.is_strict || !self.is_json {
            map.next_value_seed(seed)
        } else {
            // In JSON, an invalid value must be skipped first.
            let json: Box<RawValue> = map.next_value()?;
            let mut json = serde_json::Deserializer::from_str(json.get());
            let read = seed.deserialize(&mut json).and_then(|()| json.end());
            read.map_err(A::Error::custom)
        };
        match read {
            // A fault inside it was already recorded.
            Err(error) if self.is_strict && self.faults.borrow().len() > before => Err(error),
            Err(_) => self.found(Fault::Value(field.name.clone())),
            Ok(()) => Ok(()),
        }
    }
}

fn names(field: &Field) -> Vec<String> {
    let names = std::iter::once(&field.name).chain(&field.aliases);
    names.cloned().collect()
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_struct("Fields", &[], self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut there: Vec<Option<String>> = vec![None; self.fields.len()];
        while let Some(name) = map.next_key::<String>()? {
            let known = |field: &Field| field.name == name || field.aliases.contains(&name);
            let Some(at) = self.fields.iter().position(known) else {
                if self.unknown == UnknownFields::Deny {
                    self.found(Fault::Unknown(name))?;
                }
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Some(before) = &there[at] {
                self.found(if *before == name {
                    Fault::Several(self.fields[at].name.clone())
                } else {
                    Fault::Twice(name)
                })?;
            } else {
                there[at] = Some(name);
            }
            self.value(&self.fields[at], &mut map)?;
        }
        for (field, there) in self.fields.iter().zip(there) {
            if field.always_present && there.is_none() {
                self.found(Fault::Missing([self.around, &[names(field)]].concat()))?;
            }
        }
        Ok(())
    }
}

/// Reads one value as the Rust type that would declare it.
#[derive(Clone, Copy)]
struct ValueSeed<'a> {
    value: &'a Value,
    many: bool,
    is_optional: bool,
    reader: Reader<'a>,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match self.value {
            _ if self.is_optional => from.deserialize_option(OptionVisitor(self)),
            _ if self.many => from.deserialize_seq(self),
            Value::NotDeclared => IgnoredAny::deserialize(from).map(drop),
            Value::Text => String::deserialize(from).map(drop),
            Value::Character => char::deserialize(from).map(drop),
            Value::Boolean => bool::deserialize(from).map(drop),
            Value::Number => f64::deserialize(from).map(drop),
            Value::Integer { min, max } => integer(*min, *max, self.reader.is_json, from),
            Value::Choice { .. } => from.deserialize_enum("Choice", &[], self),
            Value::Object {
                unknown_fields,
                fields,
            } => Reader {
                fields,
                unknown: *unknown_fields,
                ..self.reader
            }
            .deserialize(from),
        }
    }
}

/// Reads an integer as the type with these bounds if Rust has one, otherwise as a wider type
/// whose value is then compared with the bounds.
fn integer<'de, D: Deserializer<'de>>(
    min: Option<i128>,
    max: Option<i128>,
    is_json: bool,
    from: D,
) -> Result<(), D::Error> {
    let is_of = |least: i128, most: i128| (min, max) == (Some(least), Some(most));
    if is_of(0, u8::MAX.into()) {
        return u8::deserialize(from).map(drop);
    }
    if is_of(i32::MIN.into(), i32::MAX.into()) {
        return i32::deserialize(from).map(drop);
    }
    if is_of(0, u64::MAX.into()) {
        return u64::deserialize(from).map(drop);
    }
    let read = if is_json {
        i128::deserialize(from)?
    } else {
        // The formats of forms do not support integers of this width.
        let text = String::deserialize(from)?;
        text.parse().map_err(D::Error::custom)?
    };
    if min.is_some_and(|min| read < min) || max.is_some_and(|max| read > max) {
        return Err(D::Error::custom("out of bounds"));
    }
    Ok(())
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("several values, or a variant")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if !self.many {
            return Err(A::Error::custom("several values"));
        }
        let one = Self {
            many: false,
            ..self
        };
        while seq.next_element_seed(one)?.is_some() {}
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        let (name, variant) = data.variant::<String>()?;
        let Value::Choice {
            choices,
            ignore_case,
        } = self.value
        else {
            return Err(A::Error::custom("no choice"));
        };
        let is_it = |choice: &String| {
            *choice == name || (*ignore_case && choice.eq_ignore_ascii_case(&name))
        };
        if !choices.iter().any(is_it) {
            return Err(A::Error::custom("no such variant"));
        }
        variant.unit_variant()
    }
}

/// Reads an `Option` of a value.
struct OptionVisitor<'a>(ValueSeed<'a>);

impl<'de> Visitor<'de> for OptionVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an option")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let value = ValueSeed {
            is_optional: false,
            ..self.0
        };
        value.deserialize(from)
    }
}

/// Whether a single value is accepted: the text of a form, or JSON.
pub(crate) fn takes(field: &Field, library: Option<Library>, body: &Body) -> Vec<Found> {
    let field = Field {
        always_present: false,
        ..field.clone()
    };
    faults(&[field], UnknownFields::Ignore, library, body)
}
