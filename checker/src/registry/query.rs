//! What a handler reads from the query of the address, beside what it reads from the body.

use coexist_source::reader::Reader;
use serde::{Deserialize, Serialize};

use super::field::{Fields, UnknownFields};
use super::wire::{FlatField, Kind, Place, unflattened};

/// What a handler reads from the query of the address, beside what it reads from the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The library that reads it; `None`: not known.
    pub reader: Option<Reader>,
    /// What it does with fields that it does not know.
    pub unknown_fields: UnknownFields,
    /// The fields.
    pub fields: Fields,
}

/// The same as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlatQuery<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<Reader>,
    #[serde(default)]
    unknown_fields: UnknownFields,
    #[serde(borrow)]
    fields: Option<Vec<FlatField<'a>>>,
    /// In a record: of a type that has no fields.
    #[serde(rename = "type", skip_serializing)]
    _kind: Option<Kind>,
}

impl FlatQuery<'_> {
    pub(crate) fn new(query: &Query) -> Self {
        let fields = query.fields.list();
        let fields = fields
            .iter()
            .map(|field| FlatField::from_field(field, Place::Handler));
        Self {
            reader: query.reader,
            unknown_fields: query.unknown_fields,
            fields: Some(fields.collect()),
            _kind: None,
        }
    }

    /// Reads it; `None` if the fields are not declared.
    pub(crate) fn read(self, place: Place) -> serde_json::Result<Option<Box<Query>>> {
        let Some(fields) = self.fields else {
            return Ok(None);
        };
        let fields = unflattened(fields, place)?;
        Ok(fields.map(|fields| {
            Box::new(Query {
                reader: self.reader,
                unknown_fields: self.unknown_fields,
                fields: fields.into(),
            })
        }))
    }
}
