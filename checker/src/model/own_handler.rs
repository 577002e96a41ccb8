//! The requests of a form that the handler of its own release accepts.

use std::collections::HashMap;

use super::field_names::NameIndex;
use super::reading::{Accepted, Reading};
use crate::registry::{Field, UnknownFields, Value, values};
use crate::support::steps;

/// What a handler, or a field that holds fields, reads.
#[derive(Clone, Copy)]
pub(super) struct Reads<'a> {
    /// The fields.
    pub(super) fields: &'a [Field],
    /// How they are read.
    pub(super) reading: Reading,
}

/// Whether a handler accepts some request with these fields.
pub(super) fn takes_some(sent: &[Field], own: Reads<'_>) -> bool {
    let index = NameIndex::new(own.fields);
    read_at_home(sent, (Some(own), Some(&index))).is_some()
}

/// A field of a form, in the requests that the form's own handler accepts.
pub(super) struct SentField<'a> {
    pub(super) field: &'a Field,
    /// How the own handler reads it.
    pub(super) own: HomeReading<'a>,
    /// Whether some of the requests contain it.
    pub(super) is_sent: bool,
}

/// How the own handler reads a field.
#[derive(Clone, Copy)]
pub(super) enum HomeReading<'a> {
    /// The handler's fields are not declared.
    NotDeclared,
    /// It ignores the field and its value.
    Ignores,
    /// It rejects every request that contains it.
    Rejects,
    /// It reads the field as this one.
    Reads(&'a Field),
}

/// The fields of a form in the requests that the own handler accepts; `None` if it accepts
/// none. The index is that of the own handler's fields.
pub(super) fn read_at_home<'a>(
    sent: &'a [Field],
    (own, own_index): (Option<Reads<'a>>, Option<&NameIndex<'_>>),
) -> Option<Vec<SentField<'a>>> {
    let mut sent_fields = Vec::with_capacity(sent.len());
    for field in sent {
        let reading = match own.zip(own_index) {
            None => HomeReading::NotDeclared,
            Some((own, index)) => {
                let read = index.by_name(&field.name).first();
                match (read.map(|read| &own.fields[*read]), own.reading.unknown) {
                    (Some(read), _) if !field.may_be_read_as(read, own.reading) => {
                        HomeReading::Rejects
                    }
                    (Some(read), _) => HomeReading::Reads(read),
                    (None, UnknownFields::Ignore) => HomeReading::Ignores,
                    (None, UnknownFields::Deny) => HomeReading::Rejects,
                }
            }
        };
        let is_sent = !matches!(reading, HomeReading::Rejects);
        if field.always_present && !is_sent {
            return None;
        }
        sent_fields.push(SentField {
            field,
            own: reading,
            is_sent,
        });
    }
    let names = NameIndex::from_names(sent);
    for read in own.map_or(&[][..], |own| own.fields) {
        let mut positions = names.taken_by(read);
        positions.retain(|position| sent_fields[*position].is_sent);
        let is_always = |position: &&usize| sent_fields[**position].field.always_present;
        let always = positions.iter().filter(is_always).count();
        let is_missing = read.always_present && positions.is_empty();
        if is_missing || always > 1 {
            return None;
        }
        // It rejects a second one beside the one that is always sent.
        if always == 1 {
            for position in positions {
                let sent_field = &mut sent_fields[position];
                sent_field.is_sent = sent_field.field.always_present;
            }
        }
    }
    Some(sent_fields)
}

/// A form with its own handler, indexed for comparisons with each field of another handler.
pub(super) struct FormAtHome<'a> {
    pub(super) sent_fields: Vec<SentField<'a>>,
    /// The form's fields by their names.
    pub(super) names: NameIndex<'a>,
    /// By position of the form's field: the own handler's fields that accept its name.
    pub(super) own_readers: Vec<Vec<usize>>,
    /// By position of the form's field: for each field that the own handler requires and
    /// whose first name in the form is this one, the positions of all names that it accepts.
    pub(super) required: HashMap<usize, Vec<Vec<usize>>>,
}

impl<'a> FormAtHome<'a> {
    pub(super) fn new(
        sent_fields: Vec<SentField<'a>>,
        sent: &'a [Field],
        own: Option<Reads<'_>>,
        own_index: Option<&NameIndex<'_>>,
    ) -> Self {
        let names = NameIndex::from_names(sent);
        let readers = |field: &Field| {
            own_index.map_or_else(Vec::new, |index| index.by_name(&field.name).to_vec())
        };
        let own_readers = sent.iter().map(readers).collect();
        let mut required: HashMap<usize, Vec<Vec<usize>>> = HashMap::new();
        let own_fields = own.map_or(&[][..], |own| own.fields).iter();
        for own in own_fields.filter(|own| own.always_present) {
            let positions = names.taken_by(own);
            if let Some(first) = positions.first() {
                required.entry(*first).or_default().push(positions);
            }
        }
        Self {
            sent_fields,
            names,
            own_readers,
            required,
        }
    }

    /// Whether a request that the own handler accepts may contain both of two fields that are
    /// sent: it rejects two that the same field of it reads.
    pub(super) fn may_be_together(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.own_readers[one], &self.own_readers[other]);
        steps::count(1 + one.len());
        // Both are sorted.
        !one.iter().any(|reader| other.binary_search(reader).is_ok())
    }
}

impl<'a> Reads<'a> {
    pub(super) fn within(value: &'a Value) -> Option<Self> {
        match value {
            Value::Object {
                unknown_fields,
                fields,
            } => Some(Self {
                fields,
                reading: Reading {
                    is_json: true,
                    reader: None,
                    unknown: *unknown_fields,
                },
            }),
            _ => None,
        }
    }
}

impl Field {
    /// Whether the text that it sends may be empty.
    pub(super) fn has_empty(&self) -> bool {
        self.may_be_empty || self.may_hold_empty()
    }

    /// Whether a handler accepts some value of this field of a form as `read`.
    fn may_be_read_as(&self, read: &Self, reading: Reading) -> bool {
        match reading.accepts(read) {
            Accepted::All | Accepted::Undecided => return true,
            Accepted::NoneButLists | Accepted::NoText => return false,
            Accepted::OfType => {}
        }
        let is_json = reading.is_json;
        if is_json && self.many != read.many {
            return false;
        }
        if !is_json && self.has_empty() && reading.accepts_empty(read) {
            return true;
        }
        if is_unknown(&self.value, is_json) || is_unknown(&read.value, is_json) {
            return true;
        }
        match (&self.value, Reads::within(&read.value)) {
            (Value::Object { fields, .. }, Some(own)) => takes_some(fields, own),
            _ => values::may_take(&self.value, &read.value, is_json),
        }
    }
}

/// Whether the values are unknown: they are not declared, or they are objects in an encoding
/// that has no objects.
pub(super) fn is_unknown(value: &Value, is_json: bool) -> bool {
    match value {
        Value::NotDeclared => true,
        Value::Object { .. } => !is_json,
        _ => false,
    }
}
