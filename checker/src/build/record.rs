//! One record, as the macros write it. `FORMAT.md` of the crate `coexist` is its
//! description; the structs here follow it key by key.

use std::borrow::Cow;

use coexist::format::FORMAT;
use semver::Version;
use serde::Deserialize;

use crate::registry::{
    Encoding, Field, Form, Handler, Kind, Release, SentField, Source, Target, UnknownFields,
};

/// What one record says.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub(super) package: Cow<'a, str>,
    pub(super) version: Cow<'a, str>,
    pub(super) item: Item,
}

/// What a record is about.
#[derive(Debug)]
pub(super) enum Item {
    Handler(Handler),
    Form(Form),
    Release(Release, Option<Source>),
}

/// Why a record cannot be read.
pub(super) enum RecordError {
    /// A newer version wrote it.
    Newer(u64),
    /// It is not what the macros write.
    Wrong(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    format: u32,
    #[serde(borrow)]
    package: Cow<'a, str>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    handler: Option<WireHandler>,
    form: Option<WireForm>,
    release: Option<WireRelease>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRelease {
    name: String,
    version: Version,
    source: Option<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireHandler {
    id: String,
    method: String,
    path: String,
    since: Version,
    until: Option<Version>,
    encoding: Option<Encoding>,
    #[serde(default)]
    unknown_fields: UnknownFields,
    fields: Option<Vec<WireField>>,
    source: Option<Source>,
    // A type that is one value: no fields to judge.
    #[serde(rename = "type")]
    _kind: Option<Kind>,
    #[serde(rename = "min")]
    _min: Option<i128>,
    #[serde(rename = "max")]
    _max: Option<i128>,
    #[serde(default, rename = "choices")]
    _choices: Vec<String>,
    #[serde(default, rename = "many")]
    _many: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireForm {
    id: String,
    since: Version,
    until: Option<Version>,
    posts_to: Vec<WireTarget>,
    encoding: Option<Encoding>,
    #[serde(default, rename = "unknown_fields")]
    _unknown_fields: UnknownFields,
    fields: Option<Vec<WireField>>,
    source: Option<Source>,
    #[serde(rename = "type")]
    _kind: Option<Kind>,
    #[serde(rename = "min")]
    _min: Option<i128>,
    #[serde(rename = "max")]
    _max: Option<i128>,
    #[serde(default, rename = "choices")]
    _choices: Vec<String>,
    #[serde(default, rename = "many")]
    _many: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireTarget {
    method: String,
    path: String,
    encoding: Option<Encoding>,
    #[serde(default)]
    elsewhere: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireField {
    #[serde(default)]
    name: String,
    #[serde(default)]
    flatten: bool,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(rename = "type")]
    kind: Option<Kind>,
    min: Option<i128>,
    max: Option<i128>,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    many: bool,
    #[serde(default)]
    unknown_fields: UnknownFields,
    fields: Option<Vec<WireField>>,
}

/// Any format, for its number alone.
#[derive(Deserialize)]
struct Numbered {
    format: u64,
}

impl<'a> Record<'a> {
    /// Reads the JSON of a record.
    pub(super) fn read(json: &'a [u8]) -> Result<Self, RecordError> {
        let wire: Wire<'a> = match serde_json::from_slice(json) {
            Ok(wire) => wire,
            Err(error) => {
                return Err(match serde_json::from_slice(json) {
                    Ok(Numbered { format }) if format > u64::from(FORMAT) => RecordError::Newer(format),
                    _ => RecordError::Wrong(error.to_string()),
                });
            }
        };
        let Wire { format, package, version, handler, form, release } = wire;
        if format > FORMAT {
            return Err(RecordError::Newer(format.into()));
        }
        let item = match (handler, form, release) {
            (Some(handler), None, None) => Item::Handler(handler.into()),
            (None, Some(form), None) => Item::Form(form.into()),
            (None, None, Some(WireRelease { name, version, source })) => {
                Item::Release(Release { name, version }, source)
            }
            _ => {
                let expected = "expected one of `handler`, `form` and `release`";
                return Err(RecordError::Wrong(expected.to_owned()));
            }
        };
        Ok(Self { package, version, item })
    }
}

/// The item's path, without the marks of raw identifiers.
fn id(id: String) -> String {
    if id.contains("r#") { id.replace("r#", "") } else { id }
}

impl From<WireHandler> for Handler {
    fn from(wire: WireHandler) -> Self {
        Self {
            id: id(wire.id),
            method: wire.method,
            path: wire.path,
            since: Some(wire.since),
            until: wire.until,
            unknown_fields: wire.unknown_fields,
            encoding: wire.encoding,
            fields: wire.fields.and_then(flattened),
            source: wire.source,
        }
    }
}

impl From<WireForm> for Form {
    fn from(wire: WireForm) -> Self {
        let encoding = wire.encoding.or_else(|| agreed(&wire.posts_to));
        let fields = wire.fields.and_then(flattened);
        let targets = wire.posts_to.into_iter().map(|target| Target {
            method: target.method,
            path: target.path,
            elsewhere: target.elsewhere,
        });
        Self {
            id: id(wire.id),
            since: Some(wire.since),
            until: wire.until,
            posts_to: targets.collect(),
            encoding,
            fields: fields.map(|fields| fields.into_iter().map(SentField::from).collect()),
            source: wire.source,
        }
    }
}

/// What all handlers read that a form names: it sends that, if it says nothing else.
fn agreed(targets: &[WireTarget]) -> Option<Encoding> {
    let (first, others) = targets.split_first()?;
    others.iter().all(|other| other.encoding == first.encoding).then_some(first.encoding)?
}

/// The fields, with those of flattened types in their place; `None` if one of
/// these does not declare its own.
fn flattened(wire: Vec<WireField>) -> Option<Vec<Field>> {
    let mut fields = Vec::with_capacity(wire.len());
    for field in wire {
        if field.flatten {
            fields.extend(flattened(field.fields?)?);
        } else {
            fields.push(Field::from(field));
        }
    }
    Some(fields)
}

impl From<WireField> for Field {
    fn from(wire: WireField) -> Self {
        let fields = wire.fields.and_then(flattened);
        let kind = wire.kind.or(fields.as_ref().map(|_| Kind::Object));
        Self {
            name: wire.name,
            required: wire.required,
            kind,
            min: wire.min,
            max: wire.max,
            choices: wire.choices,
            many: wire.many,
            aliases: wire.aliases,
            unknown_fields: wire.unknown_fields,
            fields,
        }
    }
}
