//! The part of Helm's templates that the chart uses: `{{ .Values.a.b }}`, and `| quote`
//! behind it. Whatever else a template says fails here, so that it stays that simple.

use serde_json::{Value, json};

use crate::{text, yaml};

/// The text of a template.
#[track_caller]
pub(crate) fn template(name: &str) -> String {
    text(&format!("kubernetes/templates/{name}.yaml"))
}

/// What templates can name: the chart's own values, and those of a release.
pub(crate) fn values() -> Value {
    let values = yaml(&text("kubernetes/values.yaml"));
    json!({ "Values": values, "Release": { "Name": "my-app" } })
}

/// What Helm makes of a template.
#[track_caller]
pub(crate) fn render(template: &str, values: &Value) -> String {
    let mut pieces = template.split("{{");
    let mut rendered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (hole, rest) = piece.split_once("}}").unwrap();
        rendered.push_str(&fill(hole.trim(), values));
        rendered.push_str(rest);
    }
    rendered
}

#[track_caller]
fn fill(hole: &str, values: &Value) -> String {
    let (path, quoted) = match hole.split_once(" | ") {
        Some((path, "quote")) => (path, true),
        Some(_) => panic!("`{hole}`: only `quote` is known"),
        None => (hole, false),
    };
    let pointer = path.replace('.', "/");
    let value = match values.pointer(&pointer) {
        Some(Value::String(value)) => value.clone(),
        Some(Value::Number(value)) => value.to_string(),
        _ => panic!("`{hole}`: there is no such value"),
    };
    if quoted {
        // A string of JSON is one of YAML.
        Value::from(value).to_string()
    } else {
        value
    }
}

#[test]
fn quotes() {
    let values = json!({ "Values": { "policy": "a = \"b\"\n", "count": 3 } });
    let rendered = render("{{ .Values.policy | quote }} {{ .Values.count }}", &values);
    assert_eq!(rendered, r#""a = \"b\"\n" 3"#);
}

#[test]
#[should_panic(expected = "there is no such value")]
fn a_value_that_there_is_not() {
    render("{{ .Values.mispelt }}", &values());
}

#[test]
#[should_panic(expected = "only `quote` is known")]
fn a_function_that_is_not_known() {
    render("{{ .Values.coexist | toYaml }}", &values());
}
