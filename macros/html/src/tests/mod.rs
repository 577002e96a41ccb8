//! Pages, and what is read out of them.

mod assignments;
mod branches;
mod buttons;
mod controls;
mod forms;
mod garbage;
mod htmx;
mod limits;
mod linear;
mod nesting;
pub(crate) mod numbers;

use crate::{Arms, Constraint, Element, Encoding, Field, Form, Kind, Place, Source, Url, read};

/// A page as the tests write it: `{{ x }}` is a hole, `{{! x }}` one of HTML, `{% one %}`,
/// `{% maybe %}` and `{% any %}` begin a group, `{% or %}` its next arm, `{% end %}` ends it.
fn source(page: &str) -> Source {
    let mut source = Source::new();
    let mut line = 1;
    let mut rest = page;
    let place = |line| Place {
        file: "page.html".to_owned(),
        line,
    };
    while let Some(at) = rest.find('{') {
        let (text, after) = rest.split_at(at);
        source.text(text, place(line));
        line += u32::try_from(text.matches('\n').count()).unwrap();
        let close = match after.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => {
                source.text("{", place(line));
                rest = &after[1..];
                continue;
            }
        };
        let (inner, after) = after[2..].split_once(close).unwrap();
        rest = after;
        match (close, inner.trim()) {
            ("}}", inner) => match inner.strip_prefix('!') {
                Some(inner) => source.markup(inner.trim(), place(line)),
                None => source.hole(inner, place(line)),
            },
            (_, "one") => source.open(Arms::OneOf),
            (_, "maybe") => source.open(Arms::AtMostOne),
            (_, "any") => source.open(Arms::AnyNumber),
            (_, "or") => source.arm(),
            (_, "end") => source.close(),
            (_, other) => panic!("{other}"),
        }
    }
    source.text(rest, place(line));
    source
}

/// What is read out of a page, a line for each form.
fn shown(page: &str) -> Vec<String> {
    read(&source(page)).iter().map(show).collect()
}

/// Looks at what is read out of each page.
fn each_is(cases: &[(&str, &[&str])]) {
    for (page, expected) in cases {
        assert_eq!(shown(page), *expected, "{page}");
    }
}

/// The fields of the page's one form.
fn fields(page: &str) -> String {
    let forms = read(&source(page));
    let [form] = forms.as_slice() else {
        panic!("{page}: {forms:#?}")
    };
    show_fields(form)
}

/// `form POST /a urlencoded: title`
fn show(form: &Form) -> String {
    let element = match form.element {
        Element::Form => "form",
        Element::Button => "button",
        Element::Link => "link",
        Element::Htmx => "htmx",
    };
    let encoding = match form.encoding {
        Encoding::Urlencoded => "urlencoded",
        Encoding::Multipart => "multipart",
        Encoding::Text => "text",
        Encoding::Query => "query",
        Encoding::Json => "json",
        Encoding::Unknown => "unknown",
    };
    let method = if form.method.is_empty() {
        "(method)"
    } else {
        &form.method
    };
    let urls: Vec<String> = form.urls.iter().map(show_url).collect();
    let urls = urls.join(" or ");
    if form.element == Element::Link {
        assert_eq!((method, encoding), ("GET", "query"));
        let is_known = !matches!(form.urls[..], [Url::Unknown(_)]);
        return match &form.fields {
            Some(fields) if fields.is_empty() => format!("link {urls}"),
            None if !is_known => format!("link {urls}"),
            _ => format!("link {urls}: {}", show_fields(form)),
        };
    }
    let fields = show_fields(form);
    format!("{element} {method} {urls} {encoding}: {fields}")
}

fn show_url(url: &Url) -> String {
    match url {
        Url::Page => "(page)".to_owned(),
        Url::Path(path) => path.clone(),
        Url::Based(path) => format!("(base){path}"),
        Url::Relative(path) => format!("./{path}"),
        Url::Handler { path, constant } => format!("<{path}>::{constant}"),
        Url::Unknown(expression) => format!("({expression})"),
    }
}

fn show_fields(form: &Form) -> String {
    let Some(fields) = &form.fields else {
        return "not known".to_owned();
    };
    let fields: Vec<String> = fields.iter().map(show_field).collect();
    fields.join(" ")
}

/// `name`, with a `?` if it is sent only sometimes, with `*` if many times.
fn show_field(field: &Field) -> String {
    let always = if field.always { "" } else { "?" };
    let many = if field.many { "*" } else { "" };
    let bound = |bound: Option<i64>| bound.map_or(String::new(), |bound| bound.to_string());
    let kind = match &field.kind {
        Kind::Text => String::new(),
        Kind::Integer { min, max } => format!("={}..{}", bound(*min), bound(*max)),
        Kind::Number => "=number".to_owned(),
        Kind::Choice(choices) => format!("={}", choices.join("|")),
        Kind::Unknown => "=unknown".to_owned(),
    };
    let limits: String = field.constraints.iter().map(show_limit).collect();
    let empty = if field.may_be_empty && !limits.is_empty() {
        " or empty"
    } else {
        ""
    };
    format!("{}{always}{many}{kind}{limits}{empty}", field.name)
}

/// ` [1..20]` of a length, ` [a-z]+` of a pattern.
fn show_limit(limit: &Constraint) -> String {
    let bound = |bound: Option<&str>| bound.unwrap_or_default().to_owned();
    match limit {
        Constraint::Length {
            min,
            max,
            is_textarea,
        } => {
            let [min, max] = [min, max].map(|bound| bound.map(|bound| bound.to_string()));
            let lines = if *is_textarea { " lines" } else { "" };
            format!(
                " [{}..{}{lines}]",
                bound(min.as_deref()),
                bound(max.as_deref())
            )
        }
        Constraint::Range { min, max } => {
            format!(" {}..{}", bound(min.as_deref()), bound(max.as_deref()))
        }
        Constraint::Pattern(pattern) => format!(" {pattern}"),
        Constraint::Email => " email".to_owned(),
        Constraint::Url => " url".to_owned(),
        Constraint::Unknown => " limited".to_owned(),
    }
}
