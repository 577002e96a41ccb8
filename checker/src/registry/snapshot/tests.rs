//! What is read from snapshots, and written to them.

use super::{read, write};

const FORMAT_2: &str = r#"{ "format": 2, "release": { "name": "app", "version": "1.0.0" },
    "routing": "method-first", "trailing_slash": "trim", "scanned": true,
    "handlers": [
        { "id": "app::a", "method": "POST", "path": "/{id}/{name}.txt",
          "parameters": [ { "name": "id", "type": "integer", "min": 0 },
                          { "name": "name", "pattern": "[a-z-]+" } ],
          "routing": "path-first", "flag": "new", "reader": "serde_html_form",
          "query": { "reader": "serde_urlencoded", "unknown_fields": "deny",
                     "fields": [ { "name": "tab", "required": true, "type": "text" } ] },
          "redirect": { "status": 308, "to": "/new/{id}", "query": true },
          "source": { "file": "a.rs", "line": 1 } } ],
    "forms": [
        { "id": "app::f", "posts_to": [ { "method": "POST", "self": true } ],
          "pages": [ { "method": "GET", "path": "/b" }, { "method": "GET", "path": "/a" },
                     { "method": "POST", "path": "/a" } ],
          "kind": "submit", "flag": "new", "lifetime": "30d",
          "query": [ { "name": "tab", "always": true, "type": "text" } ],
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
