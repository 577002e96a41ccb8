//! Pages, held against a registry.

use super::Declared;
use crate::registry::{Registry, snapshot};

fn registry() -> Registry {
    let json = r#"{ "format": 1, "release": { "name": "app", "version": "1.0.0" },
      "handlers": [
        { "id": "app::home", "method": "GET", "path": "/" },
        { "id": "app::csv::import_csv", "method": "POST", "path": "/imports/csv",
          "source": { "file": "src/csv.rs", "line": 38 } },
        { "id": "app::show", "method": "GET", "path": "/results/{id}" },
        { "id": "app::delete", "method": "DELETE", "path": "/results/{id}" } ],
      "forms": [
        { "id": "app::csv::CsvPage", "posts_to": [ { "method": "POST", "path": "/imports/csv" } ],
          "fields": [ { "name": "file_name", "always": true, "type": "text" },
                      { "name": "separator", "always": true, "type": "choice", "choices": ["comma", "tab"] },
                      { "name": "notes", "always": false, "type": "text" } ],
          "source": { "file": "src/csv.rs", "line": 12 } },
        { "id": "app::csv::Retry", "posts_to": [ { "method": "POST", "path": "/imports/csv" } ],
          "fields": [ { "name": "again", "always": true, "type": "boolean" } ] },
        { "id": "app::layout", "posts_to": [ { "method": "GET", "path": "/" },
                                             { "method": "GET", "path": "/results/{id}" },
                                             { "method": "POST", "path": "/pay/{id}", "elsewhere": true } ] } ] }"#;
    snapshot::read(json.as_bytes()).unwrap()
}

fn check(declared: &Declared, html: &str) -> Result<(), String> {
    let checked = declared.check_registry(&registry(), "/imports/csv?from=home", html);
    checked.map_err(|failure| failure.to_string())
}

const FORM: &str = r#"<form method="post" action="/imports/csv">
  <input name="file_name">
  <select name="separator"><option value="comma">,</option><option value="tab">Tab</option></select>
  <textarea name="notes"></textarea>
  <button>Import</button>
</form>"#;

#[test]
fn what_is_annotated_is_declared() {
    let html = format!(
        r##"<a href="/">Home</a> <a href="../results/7?page=2#top">7</a> <a href="#main">Skip</a>
        <a href="https://example.org/x">Away</a> <a href="mailto:ada@example.org">Ada</a>
        {FORM}
        <form method="post"><input type="hidden" name="again" value="true"></form>
        <form method="post" action="/pay/7"><input name="anything"></form>"##
    );
    assert_eq!(check(&Declared::new(), &html), Ok(()));
}

#[test]
fn the_query_of_the_address_is_compared() {
    let json = r#"{ "format": 2, "release": { "name": "app", "version": "1.0.0" },
      "handlers": [ { "id": "app::save", "method": "POST", "path": "/save" } ],
      "forms": [ { "id": "app::page", "posts_to": [ { "method": "POST", "path": "/save" } ],
        "fields": [],
        "query": [ { "name": "tab", "always": true, "type": "choice", "choices": ["a"] } ] } ] }"#;
    let registry = snapshot::read(json.as_bytes()).unwrap();
    let check = |query: &str, except: &str| {
        let html = format!(r#"<form method="post" action="/save{query}"></form>"#);
        let declared = Declared::new().except_field(except);
        let checked = declared.check_registry(&registry, "/", &html);
        checked.map_err(|failure| failure.to_string())
    };
    assert_eq!(check("?tab=a", ""), Ok(()));
    assert_eq!(check("?tab=a&more=1", "more"), Ok(()));
    for (query, expected) in [
        ("", "does not send `?tab`"),
        ("?tab=a&more=1", "sends `?more`, which is not declared"),
        ("?tab=b", "`b` for `?tab`"),
    ] {
        let text = check(query, "").unwrap_err();
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn what_is_not_annotated_is_named_with_its_line_and_what_to_write() {
    let html = "<main>
<button hx-delete=\"/results/7\">Delete</button>
<a href=\"/static/manual.pdf\">Manual</a>
<a href=\"/help\">Help</a>
</main>";
    let text = check(&Declared::new().except("/static/{*rest}"), html).unwrap_err();
    assert_eq!(text, UNDECLARED, "{text}");
}

const UNDECLARED: &str = r#"error: an htmx call to `/results/7` is not declared

  DELETE /results/7
    in the page              <button hx-delete="/results/7">
                             at /imports/csv, line 2
    handler                  app::delete

  what to do
    Annotate the item that generates the page.
      #[form(posts_to = delete, since = "next")]

error: a link to `/help` is not declared

  GET /help
    in the page              <a href="/help">
                             at /imports/csv, line 4
    handler                  none is annotated

  what to do
    Annotate the handler and the item that generates the page, or ignore the
    path if there is nothing to annotate.
      Declared::new().except("/help").assert(…)

failed: the page /imports/csv can send 2 requests, 2 not as annotated
"#;

#[test]
fn other_fields_are_compared_with_the_closest_annotation() {
    let html = FORM
        .replace(
            "<textarea name=\"notes\"></textarea>",
            "<input name=csrf_token><input name=note>",
        )
        .replace("<input name=\"file_name\">", "")
        .replace("value=\"tab\"", "value=\"pipe\"");
    let text = check(&Declared::new().except_field("csrf_token"), &html).unwrap_err();
    assert_eq!(text, OTHER_FIELDS, "{text}");
}

const OTHER_FIELDS: &str = r#"error: a form to `/imports/csv` sends other fields than declared

  POST /imports/csv
    in the page              <form method="post" action="/imports/csv">
                             at /imports/csv, line 1
    handler                  app::csv::import_csv
                             at src/csv.rs:38
    form                     app::csv::CsvPage
                             at src/csv.rs:12
    the page                 offers `pipe` for `separator`, which is not
                             declared
    the page                 sends `note`, which is not declared
    the page                 does not send `file_name`

  what to do
    Change the page so that it sends what is declared, or declare what it sends:
    in the type that `sends` names, or with a separate `#[form]`.

failed: the page /imports/csv can send 1 request, 1 not as annotated
"#;

#[test]
fn the_path_is_one() {
    let text = Declared::new()
        .check_registry(&registry(), "imports", FORM)
        .unwrap_err()
        .to_string();
    assert!(text.contains("`imports` must start with a slash"), "{text}");
}

#[test]
fn what_the_handler_never_accepts_is_told() {
    let json = r#"{ "format": 2, "release": { "name": "app", "version": "1.0.0" },
      "handlers": [
        { "id": "app::save", "method": "POST", "path": "/save", "encoding": "urlencoded",
          "reader": "serde_urlencoded",
          "fields": [ { "name": "agree", "required": false, "type": "boolean" },
                      { "name": "tags", "required": false, "many": true, "type": "text" },
                      { "name": "page", "required": false, "type": "integer", "min": 0 } ] } ],
      "forms": [
        { "id": "app::Page", "posts_to": [ { "method": "POST", "path": "/save" } ],
          "fields": [ { "name": "agree", "always": false, "type": "text" },
                      { "name": "tags", "always": false, "type": "text" },
                      { "name": "page", "always": false, "type": "text" } ] } ] }"#;
    let registry = snapshot::read(json.as_bytes()).unwrap();
    let check = |html: &str| {
        let checked = Declared::new().check_registry(&registry, "/", html);
        checked.map_err(|failure| failure.to_string())
    };
    let fields = "<input name=page><input type=checkbox name=agree value=true>";
    let form = |fields: &str| format!("<form method=post action=/save>{fields}</form>");
    assert_eq!(check(&form(fields)), Ok(()));
    let text = check(&form(&fields.replace("value=true", ""))).unwrap_err();
    assert!(
        text.contains("offers `on` for `agree`, and `save` accepts true or"),
        "{text}"
    );
    let text = check(&form(&format!("{fields}<input name=tags>"))).unwrap_err();
    assert!(
        text.contains("error: a form to `/save` sends what its handler never accepts"),
        "{text}"
    );
    assert!(text.contains("reads as a list"), "{text}");
}
