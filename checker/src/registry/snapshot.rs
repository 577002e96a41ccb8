//! A registry as a file: JSON, whose format has a number.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::{Form, Handler, Invalid, Registry, Release};

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

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    release: &'a Release,
    handlers: &'a [Handler],
    forms: &'a [Form],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    format: u32,
    release: Release,
    #[serde(default)]
    handlers: Vec<Handler>,
    #[serde(default)]
    forms: Vec<Form>,
}

/// Any format, for its number alone.
#[derive(Deserialize)]
struct Numbered {
    format: u64,
}

/// Reads a snapshot.
pub fn read(json: &[u8]) -> Result<Registry, SnapshotError> {
    let Ok(Read { format, release, handlers, forms }) = serde_json::from_slice(json) else {
        return Err(explain(json));
    };
    if format != FORMAT {
        return Err(wrong_format(format.into()));
    }
    let mut registry = Registry { release, handlers, forms };
    registry.validate()?;
    registry.sort();
    Ok(registry)
}

/// Reads once more, slowly, for what is wrong and where.
fn explain(json: &[u8]) -> SnapshotError {
    if let Ok(Numbered { format }) = serde_json::from_slice(json)
        && format > u64::from(FORMAT)
    {
        return SnapshotError::Newer { found: format };
    }
    let mut reader = serde_json::Deserializer::from_slice(json);
    let read: Result<Read, _> = serde_path_to_error::deserialize(&mut reader);
    let (at, error) = match read {
        Err(error) => {
            let at = error.path().to_string();
            (if at == "." { String::new() } else { at }, error.into_inner())
        }
        Ok(_) => match reader.end() {
            Err(error) => (String::new(), error),
            Ok(()) => (String::new(), serde::de::Error::custom("it cannot be read")),
        },
    };
    SnapshotError::Json { at, message: error.to_string() }
}

fn wrong_format(found: u64) -> SnapshotError {
    if found > u64::from(FORMAT) {
        return SnapshotError::Newer { found };
    }
    let message = format!("there is no format {found}: expected {FORMAT}");
    SnapshotError::Json { at: "format".to_owned(), message }
}

/// Writes the registry as a snapshot, indented, with a newline at its end.
pub fn write(registry: &Registry, to: &mut dyn Write) -> io::Result<()> {
    let Registry { release, handlers, forms } = registry;
    let written = Written { format: FORMAT, release, handlers, forms };
    serde_json::to_writer_pretty(&mut *to, &written)?;
    writeln!(to)
}
