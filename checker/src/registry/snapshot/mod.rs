//! A registry as a file: JSON, whose format has a number.

mod error;
mod items;

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::wire::newer_format;
use super::{Registry, Release, Routing, TrailingSlash};
use crate::support;
pub use error::{FORMAT, SnapshotError};
use error::{wrong, wrong_format};
use items::{FlatForm, FlatHandler};

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File<'a> {
    format: u32,
    release: Release,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing: Option<Routing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trailing_slash: Option<TrailingSlash>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    scanned: bool,
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
    routing: Option<Routing>,
    trailing_slash: Option<TrailingSlash>,
    #[serde(borrow)]
    handlers: Vec<FlatHandler<'a>>,
    #[serde(borrow)]
    forms: Vec<FlatForm<'a>>,
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
        routing: items.routing,
        trailing_slash: items.trailing_slash,
        scanned: false,
        handlers: items.handlers,
        forms: items.forms,
    })
}

fn registry(file: File<'_>) -> Result<Registry, SnapshotError> {
    if !(1..=FORMAT).contains(&file.format) {
        return Err(wrong_format(file.format.into()));
    }
    if file.format < 2
        && let Some(key) = file.key_of_format_2()
    {
        let message = format!("`{key}` is a key of format 2, and this is format 1");
        return Err(wrong("format", &message));
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
        routing: file.routing,
        trailing_slash: file.trailing_slash,
        scanned: file.scanned,
        handlers,
        forms,
    };
    registry.validate()?;
    registry.sort();
    Ok(registry)
}

impl File<'_> {
    /// A key that format 1 does not have: its readers refuse it.
    fn key_of_format_2(&self) -> Option<&'static str> {
        let own = [
            ("routing", self.routing.is_some()),
            ("trailing_slash", self.trailing_slash.is_some()),
            ("scanned", self.scanned),
        ];
        let own = own
            .into_iter()
            .find_map(|(key, is_used)| is_used.then_some(key));
        own.or_else(|| self.handlers.iter().find_map(FlatHandler::key_of_format_2))
            .or_else(|| self.forms.iter().find_map(FlatForm::key_of_format_2))
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
        format,
        routing,
        trailing_slash,
        handlers,
        forms,
        ..
    } = written(registry);
    let key = |key: &str, name: &str| format!("  \"{key}\": \"{name}\",\n");
    let routing = routing.map(|routing| key("routing", routing.name()));
    let slash = trailing_slash.map(|slash| key("trailing_slash", slash.name()));
    let own: String = [routing, slash].into_iter().flatten().collect();
    let [handlers, forms] = [lines(&handlers), lines(&forms)];
    format!(
        "{{ \"format\": {format},\n{own}  \"handlers\": [{handlers}],\n  \"forms\": [{forms}] }}\n"
    )
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
    let handlers = registry.handlers.iter();
    let forms = registry.forms.iter();
    let mut file = File {
        format: FORMAT,
        release: registry.release.clone(),
        routing: registry.routing,
        trailing_slash: registry.trailing_slash,
        scanned: registry.scanned,
        handlers: handlers.map(|handler| FlatHandler::new(handler)).collect(),
        forms: forms.map(|form| FlatForm::new(form)).collect(),
    };
    if file.key_of_format_2().is_none() {
        file.format = 1;
    }
    file
}

#[cfg(test)]
mod tests;
