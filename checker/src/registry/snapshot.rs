//! A registry as a file: JSON, whose format has a number.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use semver::Version;
use serde::{Deserialize, Serialize};

use crate::support;
use crate::support::visible::escaped;

use super::bound::until;
use super::target::{self, FlatTarget};
use super::wire::{FlatField, Place, newer_format, unflattened};
use super::{
    Bound, Encoding, Fields, Form, FormKind, Handler, Invalid, Lifetime, Page, Parameter, Reader,
    Redirect, Registry, Release, Routing, Source, TrailingSlash, UnknownFields,
};

/// The greatest number of a format that is written: a registry that format 1 can say is
/// written in that. Every number up to it is read.
pub const FORMAT: u32 = 2;

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
    #[serde(default, skip_serializing_if = "<[Parameter]>::is_empty")]
    parameters: Cow<'a, [Parameter]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing: Option<Routing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect: Option<Redirect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<String>,
    since: Option<Bound>,
    #[serde(default, deserialize_with = "until")]
    until: Option<Version>,
    #[serde(default)]
    unknown_fields: UnknownFields,
    encoding: Option<Encoding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<Reader>,
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
    #[serde(borrow)]
    posts_to: Vec<FlatTarget<'a>>,
    #[serde(default, skip_serializing_if = "<[Page]>::is_empty")]
    pages: Cow<'a, [Page]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<FormKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifetime: Option<Lifetime>,
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

impl FlatHandler<'_> {
    fn read(self) -> Result<Arc<Handler>, SnapshotError> {
        let fields = fields(&self.id, self.fields, Place::Handler)?;
        Ok(Arc::new(Handler {
            id: self.id.into_owned(),
            method: self.method.into_owned(),
            path: self.path.into_owned(),
            partial: self.partial,
            parameters: self.parameters.into_owned(),
            routing: self.routing,
            redirect: self.redirect,
            flag: self.flag,
            since: self.since,
            until: self.until,
            unknown_fields: self.unknown_fields,
            encoding: self.encoding,
            reader: self.reader,
            fields,
            source: self.source,
        }))
    }

    /// A key that format 1 does not have.
    fn key_of_format_2(&self) -> Option<&'static str> {
        [
            ("parameters", !self.parameters.is_empty()),
            ("routing", self.routing.is_some()),
            ("redirect", self.redirect.is_some()),
            ("flag", self.flag.is_some()),
            ("reader", self.reader.is_some()),
            ("template", has_template(self.source.as_ref())),
        ]
        .into_iter()
        .find_map(|(key, is_used)| is_used.then_some(key))
    }
}

impl FlatForm<'_> {
    fn read(self) -> Result<Arc<Form>, SnapshotError> {
        let fields = fields(&self.id, self.fields, Place::Form)?;
        let posts_to = target::targets_on(self.posts_to.into_iter().map(Into::into), &self.pages);
        let posts_to = posts_to.map_err(|error| wrong(&self.id, &error))?;
        Ok(Arc::new(Form {
            id: self.id.into_owned(),
            since: self.since,
            until: self.until,
            posts_to,
            pages: self.pages.into_owned(),
            kind: self.kind,
            flag: self.flag,
            lifetime: self.lifetime,
            encoding: self.encoding,
            fields,
            source: self.source,
        }))
    }

    /// A key that format 1 does not have.
    fn key_of_format_2(&self) -> Option<&'static str> {
        [
            ("self", self.posts_to.iter().any(FlatTarget::is_page)),
            ("kind", self.kind.is_some()),
            ("flag", self.flag.is_some()),
            ("lifetime", self.lifetime.is_some()),
            ("template", has_template(self.source.as_ref())),
        ]
        .into_iter()
        .find_map(|(key, is_used)| is_used.then_some(key))
    }
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

fn has_template(source: Option<&Source>) -> bool {
    source.is_some_and(|source| source.template.is_some())
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
        &format!("there is no format {found}: expected 1 or {FORMAT}"),
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
    let handlers = registry.handlers.iter().map(|handler| FlatHandler {
        id: Cow::Borrowed(&*handler.id),
        method: Cow::Borrowed(&*handler.method),
        path: Cow::Borrowed(&*handler.path),
        partial: handler.partial,
        parameters: Cow::Borrowed(&*handler.parameters),
        routing: handler.routing,
        redirect: handler.redirect.clone(),
        flag: handler.flag.clone(),
        since: handler.since.clone(),
        until: handler.until.clone(),
        unknown_fields: handler.unknown_fields,
        encoding: handler.encoding,
        reader: handler.reader,
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
        posts_to: target::written(&form.posts_to),
        pages: Cow::Borrowed(&*form.pages),
        kind: form.kind,
        flag: form.flag.clone(),
        lifetime: form.lifetime.clone(),
        encoding: form.encoding,
        fields: form.fields.as_ref().map(|fields| flat(fields, Place::Form)),
        source: form.source.clone(),
    });
    let mut file = File {
        format: FORMAT,
        release: registry.release.clone(),
        routing: registry.routing,
        trailing_slash: registry.trailing_slash,
        scanned: registry.scanned,
        handlers: handlers.collect(),
        forms: forms.collect(),
    };
    if file.key_of_format_2().is_none() {
        file.format = 1;
    }
    file
}

fn flat(fields: &super::Fields, place: Place) -> Vec<FlatField<'static>> {
    fields
        .list()
        .iter()
        .map(|field| FlatField::from_field(field, place))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    const FORMAT_2: &str = r#"{ "format": 2, "release": { "name": "app", "version": "1.0.0" },
        "routing": "method-first", "trailing_slash": "trim", "scanned": true,
        "handlers": [
            { "id": "app::a", "method": "POST", "path": "/{id}/{name}.txt",
              "parameters": [ { "name": "id", "type": "integer", "min": 0 },
                              { "name": "name", "pattern": "[a-z-]+" } ],
              "routing": "path-first", "flag": "new", "reader": "serde_html_form",
              "redirect": { "status": 308, "to": "/new/{id}", "query": true },
              "source": { "file": "a.rs", "line": 1 } } ],
        "forms": [
            { "id": "app::f", "posts_to": [ { "method": "POST", "self": true } ],
              "pages": [ { "method": "GET", "path": "/b" }, { "method": "GET", "path": "/a" },
                         { "method": "POST", "path": "/a" } ],
              "kind": "submit", "flag": "new", "lifetime": "30d",
              "source": { "file": "a.rs", "line": 1,
                          "template": { "file": "a.html", "line": 7 } } } ] }"#;

    fn written(json: &str) -> String {
        let mut written = Vec::new();
        write(&read(json.as_bytes()).unwrap(), &mut written).unwrap();
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn all_keys_of_format_2_are_read_and_written() {
        let written = written(FORMAT_2);
        let read_again = read(written.as_bytes()).unwrap();
        assert_eq!(read_again, read(FORMAT_2.as_bytes()).unwrap());
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        let (expected, written) = (value(FORMAT_2), value(&written));
        assert_is_in(&expected, &written);
        let posts_to = &read_again.forms[0].posts_to;
        let paths: Vec<&str> = posts_to.iter().map(|target| &*target.path).collect();
        assert_eq!(paths, ["/a", "/b"]);
    }

    /// What is expected is in what is written, which also states defaults.
    #[track_caller]
    fn assert_is_in(expected: &serde_json::Value, written: &serde_json::Value) {
        match (expected, written) {
            (serde_json::Value::Object(expected), serde_json::Value::Object(written)) => {
                for (key, expected) in expected {
                    assert_is_in(expected, &written[key]);
                }
            }
            (serde_json::Value::Array(expected), serde_json::Value::Array(written)) => {
                assert_eq!(expected.len(), written.len());
                for (expected, written) in expected.iter().zip(written) {
                    assert_is_in(expected, written);
                }
            }
            _ => assert_eq!(expected, written),
        }
    }

    #[test]
    fn what_format_1_can_say_is_written_as_format_1() {
        let json = r#"{ "format": 2, "release": { "name": "app", "version": "1.0.0" },
            "handlers": [ { "id": "app::a", "method": "GET", "path": "/a" } ] }"#;
        assert!(written(json).contains("\"format\": 1,"));
    }

    #[test]
    fn a_key_of_format_2_is_an_error_in_format_1() {
        for (key, json) in [
            ("routing", FORMAT_2.to_owned()),
            (
                "parameters",
                FORMAT_2
                    .replace(r#""routing": "method-first", "#, "")
                    .replace(r#""trailing_slash": "trim", "scanned": true,"#, ""),
            ),
        ] {
            let json = json.replace("\"format\": 2", "\"format\": 1");
            let error = read(json.as_bytes()).unwrap_err().to_string();
            let expected = format!("at format: `{key}` is a key of format 2, and this is format 1");
            assert_eq!(error, expected);
        }
    }

    #[test]
    fn what_makes_no_sense_is_an_error() {
        for (from, to, expected) in [
            (
                "\"self\": true",
                "\"self\": false",
                "at app::f: an endpoint in `posts_to` has either `path` or `\"self\": true`",
            ),
            (
                "\"to\": \"/new/{id}\"",
                "\"to\": \"/new/{other}\"",
                "`app::a`: the path `/{id}/{name}.txt` has no parameter `other`",
            ),
            (
                "\"name\": \"id\"",
                "\"name\": \"other\"",
                "`app::a`: the path `/{id}/{name}.txt` has no parameter `other`",
            ),
            (
                "\"status\": 308",
                "\"status\": 200",
                "`app::a`: a redirect has the status 301, 302, 303, 307 or 308, not 200",
            ),
            (
                "\"flag\": \"new\", \"reader\"",
                "\"flag\": \"\", \"reader\"",
                "`app::a`: `flag` is empty: expected the name of a feature flag",
            ),
        ] {
            let json = FORMAT_2.replace(from, to);
            assert_ne!(json, FORMAT_2, "{from}");
            assert_eq!(read(json.as_bytes()).unwrap_err().to_string(), expected);
        }
    }
}
