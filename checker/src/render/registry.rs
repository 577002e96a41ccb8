//! A registry for people: what a build serves and sends.

use std::io::{self, Write};

use anstyle::Style;
use semver::Version;

use super::escape::guarded;
use super::lines::write_wrapped;
use super::style::STRONG;

use crate::registry::{
    Bound, Encoding, Field, Fields, Form, Handler, Limit, Parameter, Redirect, Registry, Routing,
    Source,
};
use crate::rules::describe_value;
use crate::support::visible::escaped;

/// Writes the registry.
pub fn registry(registry: &Registry, to: &mut dyn Write) -> io::Result<()> {
    guarded(to, |to| {
        let Registry {
            release,
            routing,
            trailing_slash,
            scanned,
            handlers,
            forms,
        } = registry;
        let name = escaped(&release.name);
        writeln!(to, "{STRONG}{name} {}{STRONG:#}", release.version)?;
        if *scanned {
            writeln!(to, "read from sources, not from a built program")?;
        }
        if let Some(routing) = routing {
            writeln!(to, "routing: {}", routing.name())?;
        }
        if let Some(slash) = trailing_slash {
            writeln!(to, "trailing slash: {}", slash.name())?;
        }
        writeln!(to, "\n{STRONG}handlers{STRONG:#} ({})", handlers.len())?;
        for handler in handlers {
            self::handler(handler, to)?;
        }
        writeln!(to, "\n{STRONG}forms{STRONG:#} ({})", forms.len())?;
        for form in forms {
            self::form(form, to)?;
        }
        Ok(())
    })
}

fn handler(handler: &Handler, to: &mut dyn Write) -> io::Result<()> {
    let Handler {
        id, method, path, ..
    } = handler;
    writeln!(to, "  {method} {}", escaped(path))?;
    let is_plain = handler.fields.is_none() && method == "GET";
    writeln!(to, "      {}", escaped(id))?;
    lifespan(handler.since.as_ref(), handler.until.as_ref(), to)?;
    let parameters: Vec<String> = handler.parameters.iter().filter_map(limited).collect();
    self::lines(parameters.into_iter(), to)?;
    let redirect = handler.redirect.as_ref().map(|redirect| {
        let Redirect { status, to, .. } = redirect;
        format!("redirects with {status} to {to}")
    });
    let routing = handler.routing.map(Routing::name);
    let lines = [
        redirect,
        handler.flag.as_deref().map(behind),
        routing.map(|routing| format!("routing: {routing}")),
    ];
    self::lines(lines.into_iter().flatten(), to)?;
    item(
        handler.source.as_ref(),
        handler.encoding,
        handler.fields.as_ref(),
        is_plain,
        to,
    )?;
    query(handler.query.as_ref().map(|query| &query.fields), to)
}

fn form(form: &Form, to: &mut dyn Write) -> io::Result<()> {
    for target in &form.posts_to {
        let place = match (target.elsewhere, &target.host) {
            (_, Some(_)) => " (in another program)",
            (true, None) => " (perhaps in another program)",
            (false, None) => "",
        };
        let host = target.host.as_ref();
        let host = host.map_or_else(String::new, |host| format!("https://{host}"));
        let path = escaped(&target.path);
        let page = if target.is_page {
            " (its own page)"
        } else {
            ""
        };
        writeln!(to, "  {} {host}{path}{place}{page}", target.method)?;
    }
    let is_link = form.posts_to.iter().all(|target| target.method == "GET");
    let is_plain = form.fields.is_none() && is_link;
    writeln!(to, "      {}", escaped(&form.id))?;
    lifespan(form.since.as_ref(), form.until.as_ref(), to)?;
    let lifetime = form.lifetime.as_ref();
    let lines = [
        form.flag.as_deref().map(behind),
        lifetime.map(|lifetime| format!("stays open for {lifetime}")),
    ];
    self::lines(lines.into_iter().flatten(), to)?;
    item(
        form.source.as_ref(),
        form.encoding,
        form.fields.as_ref(),
        is_plain,
        to,
    )?;
    let query = form.query.as_ref();
    self::query(query.filter(|query| !query.list().is_empty()), to)
}

/// What a parameter takes, if that is limited.
fn limited(parameter: &Parameter) -> Option<String> {
    let takes = match parameter.limit.as_deref()? {
        Limit::Pattern(expression) => format!("what `{expression}` matches"),
        Limit::Value(value) => describe_value(value),
    };
    Some(format!("`{}` takes {takes}", parameter.name))
}

fn behind(flag: &str) -> String {
    format!("behind the feature flag `{flag}`")
}

fn lines(lines: impl Iterator<Item = String>, to: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        write_wrapped(Style::new(), "      ", "      ", &line, to)?;
    }
    Ok(())
}

fn lifespan(since: Option<&Bound>, until: Option<&Version>, to: &mut dyn Write) -> io::Result<()> {
    let since = since.map(|since| match since {
        Bound::Version(version) => format!("since {version}"),
        Bound::Next => "since next (not stamped yet)".to_owned(),
    });
    match (since, until) {
        (Some(since), Some(until)) => writeln!(to, "      {since}, until {until}"),
        (Some(since), None) => writeln!(to, "      {since}"),
        (None, Some(until)) => writeln!(to, "      until {until}"),
        (None, None) => Ok(()),
    }
}

fn item(
    source: Option<&Source>,
    encoding: Option<Encoding>,
    fields: Option<&Fields>,
    is_plain: bool,
    to: &mut dyn Write,
) -> io::Result<()> {
    if let Some(source) = source {
        writeln!(to, "      {}", escaped(&source.to_string()))?;
    }
    let encoding = encoding.map_or_else(String::new, |encoding| format!(" ({})", encoding.name()));
    let line = match fields {
        // Most pages take no fields, and do not have to declare that.
        None if is_plain => return Ok(()),
        None => format!("fields: not declared{encoding}"),
        Some(fields) => format!("fields: {}{encoding}", listed(fields)),
    };
    write_wrapped(Style::new(), "      ", "      ", &line, to)
}

/// What stands in the query, beside a body.
fn query(query: Option<&Fields>, to: &mut dyn Write) -> io::Result<()> {
    lines(
        query
            .map(|query| format!("query: {}", listed(query)))
            .into_iter(),
        to,
    )
}

fn listed(fields: &Fields) -> String {
    let fields: Vec<String> = fields.list().iter().map(marked).collect();
    if fields.is_empty() {
        "none".to_owned()
    } else {
        fields.join(", ")
    }
}

/// A field's name, followed by `?` if it may be missing.
fn marked(field: &Field) -> String {
    if field.always_present {
        field.name.clone()
    } else {
        format!("{}?", field.name)
    }
}
