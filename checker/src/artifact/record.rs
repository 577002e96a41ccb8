//! One record, as the macros write it. `FORMAT.md` of the crate `coexist` is its
//! description; the structs here follow it key by key.

use std::borrow::Cow;
use std::sync::Arc;

use coexist::format::FORMAT;
use semver::Version;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::plain;
use crate::registry::bound::until;
use crate::registry::query::FlatQuery;
use crate::registry::target::{ReadTarget, targets_on};
use crate::registry::wire::{FieldsReader, FlatField, Kind, Place, newer_format, unflattened};
use crate::registry::{
    Bound, Encoding, Fields, Form, FormKind, Handler, Lifetime, Page, Parameter, Reader, Redirect,
    Release, Routing, Source, TrailingSlash, UnknownFields, check_name,
};
use crate::support::visible::{escaped, refused_in};

/// What one record says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) package: Package<'a>,
    pub(super) item: Item,
}

/// The package in which an annotation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Package<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) version: Cow<'a, str>,
}

/// What a record is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    Handler(Arc<Handler>),
    Form(Arc<Form>),
    Release(StatedRelease),
}

/// What `release!()` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedRelease {
    pub(super) release: Release,
    pub(super) routing: Option<Routing>,
    pub(super) trailing_slash: Option<TrailingSlash>,
    pub(super) source: Option<Source>,
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
    routing: Option<Routing>,
    trailing_slash: Option<TrailingSlash>,
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
            since: Bound,
            #[serde(default, deserialize_with = "until")]
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
            #[serde(default, rename = "ignore_case")]
            _ignore_case: bool,
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
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    parameters: Vec<Parameter>,
    routing: Option<Routing>,
    redirect: Option<Redirect>,
    flag: Option<String>,
    reader: Option<Reader>,
    #[serde(borrow)]
    query: Option<FlatQuery<'a>>,
});

wire_item!(WireForm {
    posts_to: Vec<WireTarget>,
    #[serde(default)]
    pages: Vec<Page>,
    kind: Option<FormKind>,
    flag: Option<String>,
    lifetime: Option<Lifetime>,
    #[serde(borrow)]
    query: Option<Vec<FlatField<'a>>>,
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireTarget {
    method: String,
    /// Missing beside `self`.
    path: Option<String>,
    #[serde(rename = "self", default)]
    is_page: bool,
    encoding: Option<Encoding>,
    #[serde(default)]
    elsewhere: bool,
    host: Option<String>,
}

/// Reads records, and lists of fields that recur in them once.
#[derive(Default)]
pub(super) struct RecordReader {
    fields: FieldsReader,
}

impl RecordReader {
    /// Reads the JSON of a record.
    pub(super) fn read<'a>(&mut self, json: &'a [u8]) -> Result<Record<'a>, RecordError> {
        let json = str::from_utf8(json).map_err(|error| RecordError::Wrong(error.to_string()))?;
        let record = self.read_text(json)?;
        let Package { name, version } = &record.package;
        [name, version]
            .into_iter()
            .try_for_each(|name| check_name("the package", name))
            .map_err(|error| RecordError::Wrong(error.to_string()))?;
        Ok(record)
    }

    fn read_text<'a>(&mut self, json: &'a str) -> Result<Record<'a>, RecordError> {
        if let Some(record) = plain::record(json, |fields| self.plain_fields(fields)) {
            // A reader of its own: this one would answer for the fields from memory.
            debug_assert_eq!(
                Self::default().read_any(json).ok().as_ref(),
                Some(&record),
                "{json}"
            );
            return Ok(record);
        }
        self.read_any(json)
    }

    #[allow(clippy::option_option, reason = "as in `plain`")]
    /// The fields in a text, which are `None` if not declared; `None` around it if
    /// the text cannot be read.
    fn plain_fields(&mut self, json: &str) -> Option<Option<Fields>> {
        let fast = |text: &Arc<str>| {
            // The other way refuses such names.
            let is_plain = refused_in(text).is_none() && plain::is_fields(text);
            is_plain.then(|| Fields::from_text(Arc::clone(text), plain::fields))
        };
        self.fields.read_text(json, fast).ok()
    }

    /// Reads any JSON that says what a record may say.
    fn read_any<'a>(&mut self, json: &'a str) -> Result<Record<'a>, RecordError> {
        let wire: Wire<'_> = serde_json::from_str(json).map_err(|error| {
            newer_format(json, FORMAT).map_or_else(|| RecordError::from(error), RecordError::Newer)
        })?;
        record(wire, |fields| self.fields.read(fields))
    }
}

/// Whether the fast reader takes this record and the fields in it: so a test sees when the
/// macros write something that it no longer takes.
pub fn is_plain(json: &[u8]) -> bool {
    let is_fields = |fields| plain::is_fields(fields).then_some(None);
    str::from_utf8(json).is_ok_and(|json| plain::record(json, is_fields).is_some())
}

fn record<'b>(
    wire: Wire<'b>,
    read_fields: impl FnOnce(Option<&'b RawValue>) -> serde_json::Result<Option<Fields>>,
) -> Result<Record<'b>, RecordError> {
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
            Item::Handler(Arc::new(handler.with(fields)?))
        }
        (None, Some(form), None) => {
            let fields = read_fields(form.fields)?;
            Item::Form(Arc::new(form.with(fields)?))
        }
        (
            None,
            None,
            Some(WireRelease {
                name,
                version,
                routing,
                trailing_slash,
                source,
            }),
        ) => Item::Release(StatedRelease {
            release: Release { name, version },
            routing,
            trailing_slash,
            source,
        }),
        _ => {
            let expected = "expected one of `handler`, `form` and `release`";
            return Err(RecordError::Wrong(expected.to_owned()));
        }
    };
    let package = Package {
        name: package,
        version,
    };
    Ok(Record { package, item })
}

impl From<serde_json::Error> for RecordError {
    fn from(error: serde_json::Error) -> Self {
        Self::Wrong(escaped(&error.to_string()).into_owned())
    }
}

/// The item's path, without the marks of raw identifiers.
fn id(id: Cow<'_, str>) -> String {
    // A name may end in `r`, and a form's own name follows a `#`: `PageError#GET /`.
    let id = match id.strip_prefix("r#") {
        Some(rest) => Cow::Owned(rest.to_owned()),
        None => id,
    };
    if id.contains("::r#") {
        id.replace("::r#", "::")
    } else {
        id.into_owned()
    }
}

impl WireHandler<'_> {
    fn with(self, fields: Option<Fields>) -> Result<Handler, RecordError> {
        let query = self.query.map(|query| query.read(Place::Record));
        Ok(Handler {
            id: id(self.id),
            method: self.method.into_owned(),
            path: self.path.into_owned(),
            since: Some(self.since),
            until: self.until,
            partial: self.partial,
            parameters: self.parameters,
            routing: self.routing,
            redirect: self.redirect,
            flag: self.flag,
            reader: self.reader,
            unknown_fields: self.unknown_fields,
            encoding: self.encoding,
            fields,
            query: query.transpose()?.flatten(),
            source: self.source,
        })
    }
}

impl WireForm<'_> {
    /// What is required in the type that a form names, it always sends.
    fn with(self, fields: Option<Fields>) -> Result<Form, RecordError> {
        let encodings: Vec<_> = self.posts_to.iter().map(|target| target.encoding).collect();
        let encoding = self.encoding.or_else(|| agreed(&encodings));
        let targets = self.posts_to.into_iter().map(|target| ReadTarget {
            method: target.method,
            path: target.path,
            is_page: target.is_page,
            elsewhere: target.elsewhere,
            host: target.host,
        });
        let posts_to = targets_on(targets, &self.pages)
            .map_err(|error| RecordError::Wrong(error.to_string()))?;
        let query = self.query.map(|query| unflattened(query, Place::Record));
        Ok(Form {
            id: id(self.id),
            since: Some(self.since),
            until: self.until,
            posts_to,
            pages: self.pages,
            kind: self.kind,
            flag: self.flag,
            lifetime: self.lifetime,
            encoding,
            fields,
            query: query.transpose()?.flatten().map(Fields::from),
            source: self.source,
        })
    }
}

/// What all handlers read that a form names: it sends that, if it says nothing else.
pub(super) fn agreed(encodings: &[Option<Encoding>]) -> Option<Encoding> {
    let (first, others) = encodings.split_first()?;
    if others.iter().all(|other| other == first) {
        *first
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
