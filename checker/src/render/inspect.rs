//! A registry for people: what a build serves and sends, as a table.

use std::io::{self, Write};

use super::style::STRONG;
use crate::registry::{Form, Handler, Registry, Source};

/// Writes the registry.
pub fn registry(registry: &Registry, to: &mut dyn Write) -> io::Result<()> {
    let Registry { release, handlers, forms } = registry;
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
    let Handler { id, method, path, .. } = handler;
    writeln!(to, "  {method} {path}")?;
    let fields = handler.fields.as_ref().map(|fields| {
        let names = fields.iter().map(|field| marked(&field.name, field.required));
        names.collect::<Vec<_>>()
    });
    item(id, handler.source.as_ref(), fields, to)
}

fn form(form: &Form, to: &mut dyn Write) -> io::Result<()> {
    for target in &form.posts_to {
        let place = if target.elsewhere { " (in another program)" } else { "" };
        writeln!(to, "  {} {}{place}", target.method, target.path)?;
    }
    let fields = form.fields.as_ref().map(|fields| {
        let names = fields.iter().map(|field| marked(&field.name, field.always));
        names.collect::<Vec<_>>()
    });
    item(&form.id, form.source.as_ref(), fields, to)
}

fn item(
    id: &str,
    source: Option<&Source>,
    fields: Option<Vec<String>>,
    to: &mut dyn Write,
) -> io::Result<()> {
    writeln!(to, "      {id}")?;
    if let Some(source) = source {
        writeln!(to, "      {source}")?;
    }
    match fields {
        None => writeln!(to, "      fields: not declared"),
        Some(fields) if fields.is_empty() => writeln!(to, "      fields: none"),
        Some(fields) => {
            let line = format!("fields: {}", fields.join(", "));
            for line in textwrap::wrap(&line, 74) {
                writeln!(to, "      {line}")?;
            }
            Ok(())
        }
    }
}

/// A field's name; `?` behind one that may be missing.
fn marked(name: &str, is_there: bool) -> String {
    if is_there { name.to_owned() } else { format!("{name}?") }
}
