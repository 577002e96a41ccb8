//! A registry for people: what a build serves and sends, as a table.

use std::io::{self, Write};

use super::style::STRONG;
use crate::registry::{Field, Fields, Form, Handler, Registry, Source};

/// Writes the registry.
pub fn registry(registry: &Registry, to: &mut dyn Write) -> io::Result<()> {
    let Registry {
        release,
        handlers,
        forms,
    } = registry;
    writeln!(to, "{STRONG}{} {}{STRONG:#}", release.name, release.version)?;
    writeln!(to, "\n{STRONG}handlers{STRONG:#} ({})", handlers.len())?;
    for handler in handlers {
        self::handler(handler, to)?;
    }
    writeln!(to, "\n{STRONG}forms{STRONG:#} ({})", forms.len())?;
    for form in forms {
        self::form(form, to)?;
    }
    Ok(())
}

fn handler(handler: &Handler, to: &mut dyn Write) -> io::Result<()> {
    let Handler {
        id, method, path, ..
    } = handler;
    writeln!(to, "  {method} {path}")?;
    let is_plain = handler.fields.is_none() && method == "GET";
    item(
        id,
        handler.source.as_ref(),
        handler.fields.as_ref(),
        is_plain,
        to,
    )
}

fn form(form: &Form, to: &mut dyn Write) -> io::Result<()> {
    for target in &form.posts_to {
        let place = if target.elsewhere {
            " (in another program)"
        } else {
            ""
        };
        writeln!(to, "  {} {}{place}", target.method, target.path)?;
    }
    let is_link = form.posts_to.iter().all(|target| target.method == "GET");
    let is_plain = form.fields.is_none() && is_link;
    item(
        &form.id,
        form.source.as_ref(),
        form.fields.as_ref(),
        is_plain,
        to,
    )
}

fn item(
    id: &str,
    source: Option<&Source>,
    fields: Option<&Fields>,
    is_plain: bool,
    to: &mut dyn Write,
) -> io::Result<()> {
    writeln!(to, "      {id}")?;
    if let Some(source) = source {
        writeln!(to, "      {source}")?;
    }
    match fields {
        // Most pages take no fields, and nobody needs to declare that.
        None if is_plain => Ok(()),
        None => writeln!(to, "      fields: not declared"),
        Some(fields) if fields.list().is_empty() => writeln!(to, "      fields: none"),
        Some(fields) => {
            let fields: Vec<String> = fields.list().iter().map(marked).collect();
            let line = format!("fields: {}", fields.join(", "));
            for line in textwrap::wrap(&line, 74) {
                writeln!(to, "      {line}")?;
            }
            Ok(())
        }
    }
}

/// A field's name; `?` behind one that may be missing.
fn marked(field: &Field) -> String {
    if field.certain {
        field.name.clone()
    } else {
        format!("{}?", field.name)
    }
}
