//! What a reader makes of one field, as the tables in `tests/readers` have it of the real
//! ones: which values it accepts, whether it may be empty, and whether it may be repeated.

use std::borrow::Cow;

use crate::registry::{Encoding, Field, Flattened, Handler, Query, Reader, UnknownFields, Value};

/// What reads a request, and from what.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// Whether the request is JSON; otherwise every value is a text.
    pub(super) is_json: bool,
    /// The library that reads it; `None`: not known.
    pub(super) reader: Option<Reader>,
    /// What becomes of what no field of the handler takes.
    pub(super) unknown: UnknownFields,
}

/// Which values a reader accepts for a field that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accepted {
    /// Those of its type.
    OfType,
    /// All, whatever its type.
    All,
    /// All or none: where one field of a flattened `Option` does not fit, the others are unknown,
    /// and unknown fields are rejected.
    Undecided,
    /// None: it expects a list.
    NoneButLists,
    /// None: there is a text where its type is not read from one.
    NoText,
}

impl Reading {
    /// How a handler reads a request in this encoding.
    pub(super) fn new(handler: &Handler, encoding: Option<Encoding>) -> Self {
        Self {
            is_json: encoding == Some(Encoding::Json),
            reader: handler.reader,
            unknown: match handler.reader {
                Some(Reader::RocketStrict) => UnknownFields::Deny,
                _ => handler.unknown_fields,
            },
        }
    }

    /// How a handler reads the query, beside a body.
    pub(super) fn of_query(query: &Query) -> Self {
        Self {
            is_json: false,
            reader: query.reader,
            unknown: query.unknown_fields,
        }
    }

    /// The fields of a handler under the names that the request has for them, and whether these
    /// must be there; `None`: not all of these names are declared.
    pub(super) fn names(self, fields: Cow<'_, [Field]>) -> Option<Cow<'_, [Field]>> {
        let is_strict = self.reader == Some(Reader::RocketStrict);
        let is_nested = |field: &Field| matches!(field.value, Value::Object { .. });
        let has_others = match self.reader {
            _ if self.is_json => false,
            Some(Reader::RocketStrict) => true,
            Some(Reader::Rocket | Reader::SerdeQs) => fields.iter().any(is_nested),
            _ => false,
        };
        if !has_others {
            return Some(fields);
        }
        let mut names = Vec::new();
        for field in fields.iter() {
            // A map, whose names are the keys.
            let has_any_names = field.value == Value::NotDeclared && !field.always_present;
            if is_strict && (has_any_names && !field.is_optional || field.many && is_nested(field))
            {
                return None;
            }
            self.add_names(field, &mut names);
        }
        Some(Cow::Owned(names))
    }

    /// Adds a field, or those within it.
    fn add_names(self, field: &Field, names: &mut Vec<Field>) {
        let is_strict = self.reader == Some(Reader::RocketStrict);
        let Value::Object { fields, .. } = &field.value else {
            names.push(Field {
                always_present: field.always_present || (is_strict && !field.is_optional),
                ..field.clone()
            });
            return;
        };
        if field.many {
            // Each has a number in its name.
            return names.push(Field {
                always_present: false,
                value: Value::NotDeclared,
                ..field.clone()
            });
        }
        let is_rocket = self.reader != Some(Reader::SerdeQs);
        let inside = |name: &str| {
            if is_rocket {
                format!("{}.{name}", field.name)
            } else {
                format!("{}[{name}]", field.name)
            }
        };
        // Rocket has no missing struct, only missing fields.
        let must_be_there = !field.is_optional && (is_rocket || field.always_present);
        for inner in fields {
            let mut aliases: Vec<String> = inner.aliases.iter().map(|name| inside(name)).collect();
            if is_rocket {
                aliases.push(format!("{}[{}]", field.name, inner.name));
            }
            let within = Field {
                name: inside(&inner.name),
                aliases,
                always_present: inner.always_present && must_be_there,
                ..inner.clone()
            };
            self.add_names(&within, names);
        }
    }

    /// Which values it accepts for a field that is there once.
    pub(super) fn accepts(self, read: &Field) -> Accepted {
        let Some(reader) = self.reader.filter(|reader| has_texts(*reader)) else {
            return match read.flattened {
                Flattened::Option => Accepted::All,
                Flattened::No | Flattened::Struct => Accepted::OfType,
            };
        };
        match (read.flattened, &read.value) {
            (Flattened::Option, _) if self.unknown == UnknownFields::Deny => Accepted::Undecided,
            (Flattened::Option, _) => Accepted::All,
            (Flattened::Struct, _) if read.many => Accepted::NoneButLists,
            (Flattened::Struct, Value::Boolean | Value::Integer { .. } | Value::Number) => {
                Accepted::NoText
            }
            _ if read.many && reader == Reader::SerdeUrlencoded => Accepted::NoneButLists,
            (_, Value::Object { .. }) => Accepted::NoText,
            _ => Accepted::OfType,
        }
    }

    /// Whether it accepts an empty text for the field.
    pub(super) fn accepts_empty(self, read: &Field) -> bool {
        match self.accepts(read) {
            Accepted::All | Accepted::Undecided => return true,
            Accepted::NoneButLists | Accepted::NoText => return false,
            Accepted::OfType => {}
        }
        let is_none = read.flattened == Flattened::No
            && match self.reader {
                Some(Reader::SerdeHtmlForm) => read.is_optional,
                Some(Reader::SerdeQs) => read.many || read.value == Value::Boolean,
                _ => false,
            };
        is_none || read.may_hold_empty()
    }

    /// Whether it accepts a request that has the field several times, as it is sent.
    pub(super) fn accepts_several(self, read: &Field, sent: &Field) -> bool {
        if read.flattened == Flattened::Option {
            // This reader hands them over one by one, and the `Option` takes up to one.
            return self.reader != Some(Reader::SerdeUrlencoded)
                || self.unknown == UnknownFields::Ignore;
        }
        match self.reader {
            Some(Reader::SerdeUrlencoded) if !self.is_json => false,
            Some(Reader::SerdeQs) if !self.is_json && read.flattened == Flattened::No => {
                match read.value {
                    // One empty text is an empty list, two are a list of them.
                    _ if read.many => read.value.has("") || !sent.has_empty(),
                    Value::Character | Value::Choice { .. } => false,
                    // One empty text is `true`, two are none.
                    Value::Boolean => !sent.has_empty(),
                    _ => true,
                }
            }
            // The last one counts, or the first one.
            Some(Reader::AxumTypedMultipart | Reader::ActixMultipart) => !read.is_once,
            Some(Reader::Rocket) if !self.is_json => true,
            Some(Reader::RocketStrict) if !self.is_json => read.many || read.is_optional,
            _ => read.many,
        }
    }
}

/// Whether a reader of serde's hands all values over as texts.
fn has_texts(reader: Reader) -> bool {
    matches!(
        reader,
        Reader::SerdeUrlencoded | Reader::SerdeHtmlForm | Reader::SerdeQs
    )
}
