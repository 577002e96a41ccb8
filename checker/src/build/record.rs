//! One record, as the macros write it. `FORMAT.md` of the crate `coexist` is its
//! description; the structs here follow it key by key.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use coexist::format::FORMAT;
use memchr::memmem;
use semver::Version;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::registry::wire::{FieldsReader, Kind, Place};
use crate::registry::{Encoding, Fields, Form, Handler, Release, Source, Target, UnknownFields};

/// What one record says.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) package: Package,
    pub(super) item: Item,
}

/// The package in which an annotation stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
}

/// What a record is about.
#[derive(Debug)]
pub(super) enum Item {
    Handler(Arc<Handler>),
    Form(Arc<Form>),
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
    #[serde(borrow)]
    handler: Option<WireHandler<'a>>,
    #[serde(borrow)]
    form: Option<WireForm<'a>>,
    release: Option<WireRelease>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRelease {
    name: String,
    version: Version,
    source: Option<Source>,
}

/// What a type declares, beside an item's own keys: fields, or one value, of which
/// nothing is judged.
macro_rules! wire_item {
    ($name:ident { $($own:tt)* }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name<'a> {
            #[serde(borrow)]
            id: Cow<'a, str>,
            since: Version,
            until: Option<Version>,
            encoding: Option<Encoding>,
            source: Option<Source>,
            #[serde(default)]
            #[allow(dead_code, reason = "a form refuses nothing")]
            unknown_fields: UnknownFields,
            #[serde(borrow)]
            fields: Option<&'a RawValue>,
            #[serde(rename = "type")]
            _kind: Option<Kind>,
            #[serde(rename = "min")]
            _min: Option<i128>,
            #[serde(rename = "max")]
            _max: Option<i128>,
            #[serde(default, rename = "choices")]
            _choices: Vec<Cow<'a, str>>,
            #[serde(default, rename = "many")]
            _many: bool,
            $($own)*
        }
    };
}

wire_item!(WireHandler {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
});

wire_item!(WireForm {
    posts_to: Vec<WireTarget>,
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireTarget {
    method: String,
    path: String,
    encoding: Option<Encoding>,
    #[serde(default)]
    elsewhere: bool,
}

/// Any format, for its number alone.
#[derive(Deserialize)]
struct Numbered {
    format: u64,
}

/// Reads records, and lists of fields that recur in them once.
#[derive(Default)]
pub(super) struct RecordReader<'a> {
    fields: FieldsReader<'a>,
    /// The record that is being read, without its fields.
    head: String,
}

impl<'a> RecordReader<'a> {
    /// Reads the JSON of a record.
    pub(super) fn read(&mut self, json: &'a [u8]) -> Result<Record, RecordError> {
        let json = str::from_utf8(json).map_err(|error| RecordError::Wrong(error.to_string()))?;
        if let Some((head, fields)) = split(json)
            && let Ok(fields) = self.fields.read_text(fields, Place::Record)
        {
            self.head.clear();
            self.head.push_str(head);
            self.head.push_str("}}");
            // What fails here is read again as a whole, for a message that fits.
            if let Ok(wire) = serde_json::from_str(&self.head)
                && let Ok(record) = record(wire, |_| Ok(fields))
            {
                return Ok(record);
            }
        }
        let wire: Wire<'a> =
            serde_json::from_str(json).map_err(|error| match serde_json::from_str(json) {
                Ok(Numbered { format }) if format > u64::from(FORMAT) => RecordError::Newer(format),
                _ => RecordError::Wrong(error.to_string()),
            })?;
        record(wire, |fields| self.fields.read(fields, Place::Record))
    }
}

/// The text of a record's list of fields; all of it, if it is not where the macros
/// write it.
pub(super) fn fields_of(json: &[u8]) -> &[u8] {
    let fields = str::from_utf8(json).ok().and_then(split);
    fields.map_or(json, |(_, fields)| fields.as_bytes())
}

/// Splits the list of fields off, which the macros write last: most of a record is
/// that, and it recurs. The key cannot be in a text, where a quote is escaped. If
/// it is one of an inner object, the head does not end where it should, and is no
/// JSON.
fn split(json: &str) -> Option<(&str, &str)> {
    const KEY: &str = ",\"fields\":";
    static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(KEY));
    let at = FINDER.find(json.as_bytes())?;
    let fields = json[at + KEY.len()..].strip_suffix("}}")?;
    Some((&json[..at], fields))
}

fn record<'b>(
    wire: Wire<'b>,
    read_fields: impl FnOnce(Option<&'b RawValue>) -> serde_json::Result<Option<Fields>>,
) -> Result<Record, RecordError> {
    let Wire {
        format,
        package,
        version,
        handler,
        form,
        release,
    } = wire;
    if format > FORMAT {
        return Err(RecordError::Newer(format.into()));
    }
    let item = match (handler, form, release) {
        (Some(handler), None, None) => {
            let fields = read_fields(handler.fields)?;
            Item::Handler(Arc::new(handler.with(fields)))
        }
        (None, Some(form), None) => {
            let fields = read_fields(form.fields)?;
            Item::Form(Arc::new(form.with(fields)))
        }
        (
            None,
            None,
            Some(WireRelease {
                name,
                version,
                source,
            }),
        ) => Item::Release(Release { name, version }, source),
        _ => {
            let expected = "expected one of `handler`, `form` and `release`";
            return Err(RecordError::Wrong(expected.to_owned()));
        }
    };
    let package = Package {
        name: package.into_owned(),
        version: version.into_owned(),
    };
    Ok(Record { package, item })
}

impl From<serde_json::Error> for RecordError {
    fn from(error: serde_json::Error) -> Self {
        Self::Wrong(error.to_string())
    }
}

/// The item's path, without the marks of raw identifiers.
fn id(id: Cow<'_, str>) -> String {
    if id.contains("r#") {
        id.replace("r#", "")
    } else {
        id.into_owned()
    }
}

impl WireHandler<'_> {
    fn with(self, fields: Option<Fields>) -> Handler {
        Handler {
            id: id(self.id),
            method: self.method.into_owned(),
            path: self.path.into_owned(),
            since: Some(self.since),
            until: self.until,
            unknown_fields: self.unknown_fields,
            encoding: self.encoding,
            fields,
            source: self.source,
        }
    }
}

impl WireForm<'_> {
    /// What is required in the type that a form names, it always sends.
    fn with(self, fields: Option<Fields>) -> Form {
        let encoding = self.encoding.or_else(|| agreed(&self.posts_to));
        let targets = self.posts_to.into_iter().map(|target| Target {
            method: target.method,
            path: target.path,
            elsewhere: target.elsewhere,
        });
        Form {
            id: id(self.id),
            since: Some(self.since),
            until: self.until,
            posts_to: targets.collect(),
            encoding,
            fields,
            source: self.source,
        }
    }
}

/// What all handlers read that a form names: it sends that, if it says nothing else.
fn agreed(targets: &[WireTarget]) -> Option<Encoding> {
    let (first, others) = targets.split_first()?;
    others
        .iter()
        .all(|other| other.encoding == first.encoding)
        .then_some(first.encoding)?
}
