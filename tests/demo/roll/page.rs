//! The parts of a page of the importer that a user needs: a link, and a form to fill in.

use axum::http::Method;
use coexist_html::{Element, Encoding, Field, Form, Kind, Source, Url};

use super::http::Submission;

/// The path below which the importers' pages are.
const IMPORTERS: &str = "/imports/";
/// The file that users import, in the format that the form asks for.
const CSV: &str = "name,email\nAda Lovelace,ada@example.org\n";
const JSON: &str = r#"[{"name": "Ada Lovelace", "email": "ada@example.org"}]"#;
/// The boundary of a multipart body: no file contains it.
const BOUNDARY: &str = "----a-form-of-the-demo";

/// The link to the first importer that the page offers.
pub(crate) fn importer(html: &str) -> Option<String> {
    let links = read(html).into_iter();
    links
        .filter(|form| form.element == Element::Link)
        .filter_map(|link| address(&link))
        .find(|address| address.starts_with(IMPORTERS))
}

/// The form of the page, filled in.
pub(crate) fn filled_in(html: &str) -> Option<Submission> {
    let form = read(html)
        .into_iter()
        .find(|form| form.element == Element::Form)?;
    let fields = form.fields.as_deref().unwrap_or_default();
    let (content_type, body) = match form.encoding {
        Encoding::Urlencoded => (
            "application/x-www-form-urlencoded".into(),
            urlencoded(fields),
        ),
        Encoding::Multipart => (
            format!("multipart/form-data; boundary={BOUNDARY}"),
            multipart(fields),
        ),
        _ => return None,
    };
    Some(Submission {
        method: Method::from_bytes(form.method.as_bytes()).ok()?,
        path: address(&form)?,
        content_type,
        body,
    })
}

/// The release that made the page, as its footer says.
pub(crate) fn release(html: &str) -> Option<&str> {
    let (_, behind) = html.split_once("Served by release ")?;
    behind.split('<').next()
}

fn read(html: &str) -> Vec<Form> {
    coexist_html::read(&Source::from_html(html, "page"))
}

fn address(form: &Form) -> Option<String> {
    form.urls.iter().find_map(|url| match url {
        Url::Path(path) => Some(path.clone()),
        _ => None,
    })
}

/// The text that a user types into a field.
fn value(field: &Field) -> &str {
    match (&field.kind, &*field.name) {
        (Kind::Choice(choices), _) => choices.first().map_or("", String::as_str),
        (Kind::Text, "file_name") => "contacts.csv",
        (Kind::Text, "contents") => CSV,
        _ => "",
    }
}

fn urlencoded(fields: &[Field]) -> String {
    let pairs = fields
        .iter()
        .map(|field| format!("{}={}", escaped(&field.name), escaped(value(field))));
    pairs.collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).into(),
        _ => format!("%{byte:02X}"),
    });
    escaped.collect()
}

fn multipart(fields: &[Field]) -> String {
    let parts = fields.iter().map(|field| {
        let (file, value) = match field.kind {
            Kind::Unknown => ("; filename=\"contacts.json\"", JSON),
            _ => ("", value(field)),
        };
        let name = &field.name;
        let head = format!("Content-Disposition: form-data; name=\"{name}\"{file}");
        format!("--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n")
    });
    parts.collect::<String>() + &format!("--{BOUNDARY}--\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_importer_is_taken() {
        let html = r#"<a href="/">Home</a><a href="/imports/csv">CSV</a><a href="/imports/json">"#;
        assert_eq!(importer(html).as_deref(), Some("/imports/csv"));
    }

    #[test]
    fn a_form_is_sent_as_it_says() {
        let html = r#"<form method="post" action="/imports/csv"><input name="file_name">
            <select name="separator"><option value="comma"><option value="tab"></select>
            <textarea name="contents"></textarea></form>"#;
        let sent = filled_in(html).expect("there is a form");
        assert_eq!((sent.method, &*sent.path), (Method::POST, "/imports/csv"));
        let contents = "name%2Cemail%0AAda%20Lovelace%2Cada%40example.org%0A";
        let body = format!("file_name=contacts.csv&separator=comma&contents={contents}");
        assert_eq!(sent.body, body);
    }

    #[test]
    fn a_page_without_a_form_is_none_to_fill_in() {
        assert!(filled_in("<h1>The CSV import is gone</h1>").is_none());
    }
}
