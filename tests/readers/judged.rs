//! What is judged of a form that sends exactly these pairs, and whose own handler takes all.

use std::sync::{Arc, LazyLock};

use coexist_checker::artifact::read_running;
use coexist_checker::judge;
use coexist_checker::model::{Level, Policy};
use coexist_checker::registry::{Encoding, Reader, Registry, snapshot};
use serde_json::{Value, json};

use super::table::Pair;

/// What is said of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    Accepted,
    Rejected,
    Undecided,
}

/// The annotations of this program.
static RUNNING: LazyLock<Registry> = LazyLock::new(|| read_running().unwrap());

/// Judges a form that sends these pairs to an annotated function.
pub(crate) fn judge(handler: &str, reader: Reader, pairs: &[Pair<'_>]) -> Judged {
    let is_json = reader == Reader::SerdeJson;
    let encoding = if is_json { "json" } else { "urlencoded" };
    let old = json!({
        "format": 2, "release": { "name": "app", "version": "1.0.0" },
        "handlers": [ { "id": "own", "method": "POST", "path": "/", "encoding": encoding,
                        "fields": [] } ],
        "forms": [ { "id": "form", "posts_to": [ { "method": "POST", "path": "/" } ],
                     "encoding": encoding, "fields": fields(pairs, is_json) } ],
    });
    let old = snapshot::read(old.to_string().as_bytes()).unwrap();
    let mut handlers = RUNNING.handlers.iter();
    let found = handlers.find(|found| *found.id == *handler);
    let mut found = (**found.unwrap_or_else(|| panic!("{handler}"))).clone();
    if found.fields.is_none() {
        return Judged::Undecided;
    }
    found.reader = Some(reader);
    found.encoding = Some(if is_json {
        Encoding::Json
    } else {
        Encoding::Urlencoded
    });
    let mut new = old.clone();
    new.release.version = "1.1.0".parse().unwrap();
    new.handlers = vec![Arc::new(found)];
    new.forms = Vec::new();
    let policy = Policy::default();
    let report = judge::check(&old, &new, &policy).unwrap();
    let mut findings = report.findings.iter();
    let about_fields = |level| {
        move |finding: &&coexist_checker::model::Finding<'_>| {
            finding.level == level && finding.rule.name.starts_with("field-")
        }
    };
    if findings
        .clone()
        .any(|finding| about_fields(Level::Deny)(&finding))
    {
        Judged::Rejected
    } else if findings.any(|finding| about_fields(Level::Warn)(&finding)) {
        Judged::Undecided
    } else {
        Judged::Accepted
    }
}

/// The fields of a form that sends nothing else.
fn fields(pairs: &[Pair<'_>], is_json: bool) -> Vec<Value> {
    let mut fields: Vec<Value> = Vec::new();
    for (name, value) in pairs {
        if let Some(field) = fields.iter_mut().find(|field| field["name"] == *name) {
            field["many"] = true.into();
            continue;
        }
        let value = if is_json {
            serde_json::from_str(value).unwrap()
        } else {
            json!(value)
        };
        let mut field = match value {
            Value::Number(number) if number.is_f64() => json!({ "type": "number" }),
            Value::Number(number) => json!({ "type": "integer", "min": number, "max": number }),
            Value::Bool(_) => json!({ "type": "boolean" }),
            text => json!({ "type": "choice", "choices": [text] }),
        };
        field["name"] = json!(name);
        field["always"] = true.into();
        fields.push(field);
    }
    fields
}
