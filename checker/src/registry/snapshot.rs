//! A registry as a file: JSON, whose format has a number.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use semver::Version;
use serde::{Deserialize, Serialize};

use crate::support;
use crate::support::visible::escaped;

use super::bound::until;
use super::wire::{FlatField, Place, newer_format, unflattened};
use super::{
    Bound, Encoding, Fields, Form, Handler, Invalid, Page, Registry, Release, Source, Target,
    UnknownFields,
};

/// The number of the format that is written. Every number up to it is read.
pub const FORMAT: u32 = 1;

/// Why a snapshot cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It is not JSON, or not this JSON.
    #[error("{}{message}", if at.is_empty() { String::new() } else { format!("at {at}: ") })]
    Json {
        /// The way from the top to the value that is wrong; empty: the top.
        at: String,
        /// What is wrong, with line and column.
        message: String,
    },
    /// A newer version wrote it.
    #[error("it is of format {found}, this version reads up to {FORMAT}: update coexist-checker")]
    Newer {
        /// The number that it states.
        found: u64,
    },
    /// Its items make no sense.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File<'a> {
    format: u32,
    release: Release,
    #[serde(borrow, default)]
    handlers: Vec<FlatHandler<'a>>,
    #[serde(borrow, default)]
    forms: Vec<FlatForm<'a>>,
}

/// The items alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Items<'a> {
    format: u32,
    #[serde(borrow)]
    handlers: Vec<FlatHandler<'a>>,
    #[serde(borrow)]
    forms: Vec<FlatForm<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatHandler<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    since: Option<Bound>,
    #[serde(default, deserialize_with = "until")]
    until: Option<Version>,
    #[serde(default)]
    unknown_fields: UnknownFields,
    encoding: Option<Encoding>,
    #[serde(borrow)]
    fields: Option<Vec<FlatField<'a>>>,
    source: Option<Source>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatForm<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    since: Option<Bound>,
    #[serde(default, deserialize_with = "until")]
    until: Option<Version>,
    posts_to: Cow<'a, [Target]>,
    #[serde(default, skip_serializing_if = "<[Page]>::is_empty")]
    pages: Cow<'a, [Page]>,
    encoding: Option<Encoding>,
    #[serde(borrow)]
    fields: Option<Vec<FlatField<'a>>>,
    source: Option<Source>,
}

/// Reads a snapshot.
pub fn read(json: &[u8]) -> Result<Registry, SnapshotError> {
    let text = str::from_utf8(json).map_err(|error| wrong("", &error))?;
    let file: File<'_> = serde_json::from_str(text).map_err(|error| explain(text, &error))?;
    registry(file)
}

/// Reads items alone, of that release.
pub(crate) fn read_items(text: &str, release: Release) -> Result<Registry, SnapshotError> {
    let items: Items<'_> = serde_json::from_str(text).map_err(|error| {
        let newer = newer_format(text, FORMAT).map(|found| SnapshotError::Newer { found });
        newer.unwrap_or_else(|| wrong("", &error))
    })?;
    registry(File {
        format: items.format,
        release,
        handlers: items.handlers,
        forms: items.forms,
    })
}

fn registry(file: File<'_>) -> Result<Registry, SnapshotError> {
    if file.format != FORMAT {
        return Err(wrong_format(file.format.into()));
    }
    let handlers = file.handlers.into_iter().map(FlatHandler::read);
    let handlers = handlers.collect::<Result<_, _>>()?;
    let forms = file
        .forms
        .into_iter()
        .map(FlatForm::read)
        .collect::<Result<_, _>>()?;
    let mut registry = Registry {
        release: file.release,
        handlers,
        forms,
    };
    registry.validate()?;
    registry.sort();
    Ok(registry)
}

impl FlatHandler<'_> {
    fn read(self) -> Result<Arc<Handler>, SnapshotError> {
        let fields = fields(&self.id, self.fields, Place::Handler)?;
        Ok(Arc::new(Handler {
            id: self.id.into_owned(),
            method: self.method.into_owned(),
            path: self.path.into_owned(),
            partial: self.partial,
            since: self.since,
            until: self.until,
            unknown_fields: self.unknown_fields,
            encoding: self.encoding,
            fields,
            source: self.source,
        }))
    }
}

impl FlatForm<'_> {
    fn read(self) -> Result<Arc<Form>, SnapshotError> {
        let fields = fields(&self.id, self.fields, Place::Form)?;
        Ok(Arc::new(Form {
            id: self.id.into_owned(),
            since: self.since,
            until: self.until,
            posts_to: self.posts_to.into_owned(),
            pages: self.pages.into_owned(),
            encoding: self.encoding,
            fields,
            source: self.source,
        }))
    }
}

fn fields(
    id: &str,
    flat: Option<Vec<FlatField<'_>>>,
    place: Place,
) -> Result<Option<Fields>, SnapshotError> {
    let Some(flat) = flat else { return Ok(None) };
    let fields = unflattened(flat, place).map_err(|error| wrong(id, &error))?;
    Ok(fields.map(Fields::from))
}

fn wrong_format(found: u64) -> SnapshotError {
    if found > u64::from(FORMAT) {
        return SnapshotError::Newer { found };
    }
    wrong(
        "format",
        &format!("there is no format {found}: expected {FORMAT}"),
    )
}

fn wrong(at: &str, message: &dyn std::fmt::Display) -> SnapshotError {
    SnapshotError::Json {
        at: escaped(at).into_owned(),
        message: escaped(&message.to_string()).into_owned(),
    }
}

/// Reads once more, slowly, for where exactly it is wrong.
fn explain(json: &str, error: &serde_json::Error) -> SnapshotError {
    if let Some(found) = newer_format(json, FORMAT) {
        return SnapshotError::Newer { found };
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    let read: Result<File<'_>, _> = serde_path_to_error::deserialize(&mut reader);
    match read {
        Err(found) => {
            // Where the text breaks off, the way ends in a question mark.
            let at = found.path().to_string();
            wrong(at.trim_end_matches(['.', '?']), found.inner())
        }
        Ok(_) => wrong("", error),
    }
}

/// Writes the registry as a snapshot, indented, with a newline at its end.
pub fn write(registry: &Registry, to: &mut dyn Write) -> io::Result<()> {
    support::json::write(&written(registry), to)
}

/// The items alone, each on a line of its own. The same items give the same text,
/// whichever release they are of.
pub(crate) fn items(registry: &Registry) -> String {
    let File {
        handlers, forms, ..
    } = written(registry);
    let [handlers, forms] = [lines(&handlers), lines(&forms)];
    format!("{{ \"format\": {FORMAT},\n  \"handlers\": [{handlers}],\n  \"forms\": [{forms}] }}\n")
}

fn lines(items: &[impl Serialize]) -> String {
    let lines = items.iter().map(serde_json::to_string);
    let lines: Vec<String> = lines.map(Result::unwrap_or_default).collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\n    {}\n  ", lines.join(",\n    "))
}

/// The registry as a snapshot holds it.
pub(crate) fn written(registry: &Registry) -> File<'_> {
    let handlers = registry.handlers.iter().map(|handler| FlatHandler {
        id: Cow::Borrowed(&*handler.id),
        method: Cow::Borrowed(&*handler.method),
        path: Cow::Borrowed(&*handler.path),
        partial: handler.partial,
        since: handler.since.clone(),
        until: handler.until.clone(),
        unknown_fields: handler.unknown_fields,
        encoding: handler.encoding,
        fields: handler
            .fields
            .as_ref()
            .map(|fields| flat(fields, Place::Handler)),
        source: handler.source.clone(),
    });
    let forms = registry.forms.iter().map(|form| FlatForm {
        id: Cow::Borrowed(&*form.id),
        since: form.since.clone(),
        until: form.until.clone(),
        posts_to: Cow::Borrowed(&*form.posts_to),
        pages: Cow::Borrowed(&*form.pages),
        encoding: form.encoding,
        fields: form.fields.as_ref().map(|fields| flat(fields, Place::Form)),
        source: form.source.clone(),
    });
    File {
        format: FORMAT,
        release: registry.release.clone(),
        handlers: handlers.collect(),
        forms: forms.collect(),
    }
}

fn flat(fields: &super::Fields, place: Place) -> Vec<FlatField<'static>> {
    fields
        .list()
        .iter()
        .map(|field| FlatField::from_field(field, place))
        .collect()
}
