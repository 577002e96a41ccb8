//! A registry as a file: JSON, whose format has a number.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use semver::Version;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::wire::{FieldsReader, FlatField, Place, unflattened};
use super::{Encoding, Form, Handler, Invalid, Registry, Release, Source, Target, UnknownFields};

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

/// The file; `F` is a list of fields: still text, to be read once for all that are
/// the same, or read in place, for where exactly it is wrong.
#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(deserialize = "F: Deserialize<'de>", serialize = "F: Serialize")
)]
struct File<'a, F> {
    format: u32,
    release: Release,
    #[serde(borrow, default = "Vec::new")]
    handlers: Vec<FlatHandler<'a, F>>,
    #[serde(borrow, default = "Vec::new")]
    forms: Vec<FlatForm<'a, F>>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(deserialize = "F: Deserialize<'de>", serialize = "F: Serialize")
)]
struct FlatHandler<'a, F> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    since: Option<Version>,
    until: Option<Version>,
    #[serde(default)]
    unknown_fields: UnknownFields,
    encoding: Option<Encoding>,
    #[serde(default = "none")]
    fields: Option<F>,
    source: Option<Source>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(deserialize = "F: Deserialize<'de>", serialize = "F: Serialize")
)]
struct FlatForm<'a, F> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    since: Option<Version>,
    until: Option<Version>,
    posts_to: Cow<'a, [Target]>,
    encoding: Option<Encoding>,
    #[serde(default = "none")]
    fields: Option<F>,
    source: Option<Source>,
}

fn none<T>() -> Option<T> {
    None
}

/// Any format, for its number alone.
#[derive(Deserialize)]
struct Numbered {
    format: u64,
}

/// Reads a snapshot.
pub fn read(json: &[u8]) -> Result<Registry, SnapshotError> {
    let mut registry = read_fast(json).ok_or_else(|| explain(json))?;
    registry.validate()?;
    registry.sort();
    Ok(registry)
}

fn read_fast(json: &[u8]) -> Option<Registry> {
    let json = std::str::from_utf8(json).ok()?;
    let file: File<'_, &RawValue> = serde_json::from_str(json).ok()?;
    if file.format != FORMAT {
        return None;
    }
    let mut of_handlers = FieldsReader::new(Place::Handler);
    let mut of_forms = FieldsReader::new(Place::Form);
    let handlers = file.handlers.into_iter().map(|flat| {
        let fields = of_handlers.read(flat.fields)?;
        Ok(Arc::new(Handler {
            id: flat.id.into_owned(),
            method: flat.method.into_owned(),
            path: flat.path.into_owned(),
            since: flat.since,
            until: flat.until,
            unknown_fields: flat.unknown_fields,
            encoding: flat.encoding,
            fields,
            source: flat.source,
        }))
    });
    let handlers = handlers.collect::<serde_json::Result<_>>().ok()?;
    let forms = file.forms.into_iter().map(|flat| {
        let fields = of_forms.read(flat.fields)?;
        Ok(Arc::new(Form {
            id: flat.id.into_owned(),
            since: flat.since,
            until: flat.until,
            posts_to: flat.posts_to.into_owned(),
            encoding: flat.encoding,
            fields,
            source: flat.source,
        }))
    });
    let forms = forms.collect::<serde_json::Result<_>>().ok()?;
    Some(Registry {
        release: file.release,
        handlers,
        forms,
    })
}

/// Reads once more, slowly, for what is wrong and where.
fn explain(json: &[u8]) -> SnapshotError {
    if let Ok(Numbered { format }) = serde_json::from_slice(json)
        && format > u64::from(FORMAT)
    {
        return SnapshotError::Newer { found: format };
    }
    let mut reader = serde_json::Deserializer::from_slice(json);
    let read: Result<File<'_, Vec<FlatField<'_>>>, _> =
        serde_path_to_error::deserialize(&mut reader);
    let wrong = |at: &str, error: &dyn std::fmt::Display| {
        let at = if at == "." {
            String::new()
        } else {
            at.to_owned()
        };
        SnapshotError::Json {
            at,
            message: error.to_string(),
        }
    };
    let file = match read {
        Ok(file) => file,
        Err(error) => return wrong(&error.path().to_string(), error.inner()),
    };
    if let Err(error) = reader.end() {
        return wrong("", &error);
    }
    if file.format != FORMAT {
        return wrong(
            "format",
            &format!("there is no format {}: expected {FORMAT}", file.format),
        );
    }
    let of_handlers = file
        .handlers
        .into_iter()
        .map(|handler| (handler.id, handler.fields, Place::Handler));
    let of_forms = file
        .forms
        .into_iter()
        .map(|form| (form.id, form.fields, Place::Form));
    for (id, fields, place) in of_handlers.chain(of_forms) {
        if let Err(error) = unflattened(fields.unwrap_or_default(), place) {
            return wrong(&id, &error);
        }
    }
    wrong("", &"it cannot be read")
}

/// Writes the registry as a snapshot, indented, with a newline at its end.
pub fn write(registry: &Registry, to: &mut dyn Write) -> io::Result<()> {
    let handlers = registry.handlers.iter().map(|handler| FlatHandler {
        id: Cow::Borrowed(&*handler.id),
        method: Cow::Borrowed(&*handler.method),
        path: Cow::Borrowed(&*handler.path),
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
        encoding: form.encoding,
        fields: form.fields.as_ref().map(|fields| flat(fields, Place::Form)),
        source: form.source.clone(),
    });
    let file = File {
        format: FORMAT,
        release: registry.release.clone(),
        handlers: handlers.collect(),
        forms: forms.collect(),
    };
    serde_json::to_writer_pretty(&mut *to, &file)?;
    writeln!(to)
}

fn flat(fields: &super::Fields, place: Place) -> Vec<FlatField<'static>> {
    fields
        .list()
        .iter()
        .map(|field| FlatField::of(field, place))
        .collect()
}
