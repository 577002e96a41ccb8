//! Fields of one release's form at the handler of the next, case by case: what is sent,
//! what its own handler reads, what the next one reads, and what is found.

#![allow(clippy::unwrap_used, reason = "so a test fails")]

use coexist_checker::judge::check;
use coexist_checker::model::{Detail, Policy};
use coexist_checker::registry::{Registry, snapshot};
use serde_json::{Value, json};

/// A release of one handler, and perhaps a form that posts there.
fn release(version: &str, encoding: &str, reads: &Value, sends: Option<&Value>) -> Registry {
    let forms = sends.map(|fields| {
        json!({ "id": "app::form", "encoding": encoding, "fields": fields,
                "posts_to": [{ "method": "POST", "path": "/x" }] })
    });
    let json = json!({
        "format": 1, "release": { "name": "app", "version": version },
        "handlers": [{ "id": "app::take", "method": "POST", "path": "/x",
                       "encoding": encoding, "fields": reads }],
        "forms": forms.as_slice() });
    snapshot::read(json.to_string().as_bytes()).unwrap()
}

/// What is found, as `rule field`; a question mark stands behind what is undecided.
fn found(encoding: &str, [sends, own, next]: [&Value; 3]) -> Vec<String> {
    let old = release("1.0.0", encoding, own, Some(sends));
    let new = release("1.1.0", encoding, next, None);
    let policy = Policy::default();
    let report = check(&old, &new, &policy).unwrap();
    let faults = report
        .findings
        .iter()
        .flat_map(|found| match &found.detail {
            Detail::Faults(faults) => {
                let mark = if found.is_undecided { "?" } else { "" };
                let name = |field: &String| format!("{} {field}{mark}", found.rule.name);
                faults.iter().map(|fault| name(&fault.field)).collect()
            }
            _ => Vec::new(),
        });
    faults.collect()
}

#[track_caller]
fn assert_found(encoding: &str, fields: &[Value; 3], expected: &[&str]) {
    let [sends, own, next] = fields;
    assert_eq!(found(encoding, [sends, own, next]), expected, "{fields:?}");
}

/// A field of a form, which it always sends.
fn sent(kind: &Value) -> Value {
    let mut field = json!({ "name": "a", "always": true });
    merge(&mut field, kind);
    json!([field])
}

/// A field of a handler, which it can do without.
fn read(kind: &Value) -> Value {
    let mut field = json!({ "name": "a", "required": false });
    merge(&mut field, kind);
    json!([field])
}

fn merge(field: &mut Value, kind: &Value) {
    let field = field.as_object_mut().unwrap();
    field.extend(kind.as_object().unwrap().clone());
}

#[test]
fn a_number_is_text_unless_it_is_json() {
    let number = json!({ "type": "integer" });
    let fields = [
        sent(&number),
        read(&number),
        read(&json!({ "type": "text" })),
    ];
    assert_found("urlencoded", &fields, &[]);
    assert_found("json", &fields, &["field-narrowed a"]);
}

#[test]
fn fields_within_a_field_are_told_apart_in_json_alone() {
    let zip = |kind: &str| json!({ "name": "zip", kind: true, "type": "text" });
    let street = json!({ "name": "street", "required": true, "type": "text" });
    let sends = sent(&json!({ "fields": [zip("always")] }));
    let reads = |fields: Value| read(&json!({ "fields": fields }));
    let own = reads(json!([zip("required")]));
    let next = reads(json!([zip("required"), street]));
    let fields = [sends.clone(), own, next.clone()];
    assert_found("json", &fields, &["field-required a.street"]);
    assert_found("urlencoded", &fields, &["field-narrowed a?"]);
    // Its own handler ignores it, whatever is in it.
    let fields = [sends, json!([]), next];
    assert_found("json", &fields, &["field-required a.street"]);
    assert_found("urlencoded", &fields, &["field-narrowed a?"]);
}

#[test]
fn one_or_many() {
    let one = json!({ "type": "text" });
    let many = json!({ "type": "text", "many": true });
    let lists = [sent(&many), read(&many), read(&one)];
    assert_found("urlencoded", &lists, &["field-narrowed a"]);
    assert_found("json", &lists, &["field-narrowed a"]);
    let single = [sent(&one), read(&one), read(&many)];
    assert_found("urlencoded", &single, &[]);
    assert_found("json", &single, &["field-narrowed a"]);
    // The own handler takes one only: so much is sent of what it takes.
    let first = [sent(&many), read(&one), read(&one)];
    assert_found("urlencoded", &first, &[]);
}

#[test]
fn what_declares_no_type_may_be_a_list_in_json() {
    let one = json!({ "type": null });
    let many = json!({ "type": null, "many": true });
    let lists = [sent(&many), read(&many), read(&one)];
    assert_found("urlencoded", &lists, &["field-narrowed a"]);
    assert_found("json", &lists, &["field-narrowed a?"]);
    let single = [sent(&one), read(&one), read(&many)];
    assert_found("urlencoded", &single, &[]);
    assert_found("json", &single, &["field-narrowed a?"]);
}

#[test]
fn what_is_known_on_two_sides_may_decide() {
    let choice = |choices: &[&str]| json!({ "type": "choice", "choices": choices });
    let nothing = json!({ "type": null });
    let at_most = |max: u8| json!({ "type": "integer", "min": 0, "max": max });
    for encoding in ["urlencoded", "json"] {
        // Whatever its own handler takes of it, the next one takes all that is sent.
        let wider = [
            sent(&choice(&["x"])),
            read(&nothing),
            read(&choice(&["x", "y"])),
        ];
        assert_found(encoding, &wider, &[]);
        let other = [sent(&choice(&["x"])), read(&nothing), read(&choice(&["y"]))];
        assert_found(encoding, &other, &["field-narrowed a?"]);
        // Whatever is sent, the next one takes all that its own handler takes.
        let wider = [sent(&nothing), read(&at_most(10)), read(&at_most(20))];
        assert_found(encoding, &wider, &[]);
        let narrower = [sent(&nothing), read(&at_most(10)), read(&at_most(5))];
        assert_found(encoding, &narrower, &["field-narrowed a?"]);
    }
}

#[test]
fn two_names_for_one_field() {
    let send = |certain: bool| {
        json!([{ "name": "a", "always": certain, "type": "text" },
               { "name": "b", "always": certain, "type": "text" }])
    };
    let apart = json!([{ "name": "a", "required": false, "type": "text" },
                       { "name": "b", "required": false, "type": "text" }]);
    let one = json!([{ "name": "a", "aliases": ["b"], "required": false, "type": "text" },
                     { "name": "c", "required": false, "type": "text" }]);
    let only = json!([{ "name": "a", "aliases": ["b"], "required": false, "type": "text" }]);
    let alone = json!([{ "name": "a", "required": false, "type": "text" }]);
    for certain in [false, true] {
        let both = [send(certain), apart.clone(), one.clone()];
        assert_found("urlencoded", &both, &["field-rejected b"]);
        // Its own handler ignores the other one.
        let aside = [send(certain), alone.clone(), one.clone()];
        assert_found("urlencoded", &aside, &["field-rejected b"]);
        // Its own handler refuses both together.
        let never = [send(certain), only.clone(), one.clone()];
        assert_found("urlencoded", &never, &[]);
    }
}

#[test]
fn text_takes_whatever_is_sent_unless_it_is_json() {
    let nothing = json!({ "type": null });
    let fields = [
        sent(&nothing),
        read(&nothing),
        read(&json!({ "type": "text" })),
    ];
    assert_found("urlencoded", &fields, &[]);
    assert_found("json", &fields, &["field-narrowed a?"]);
}

#[test]
fn what_lacks_a_field_within_is_never_taken_at_home() {
    let zip = |kind: &str| json!({ "name": "zip", kind: true, "type": "text" });
    let required = |name: &str| json!({ "name": name, "required": true, "type": "text" });
    let sends = sent(&json!({ "fields": [zip("always")] }));
    let reads = |fields: Value| read(&json!({ "fields": fields }));
    let own = reads(json!([zip("required"), required("city")]));
    let next = reads(json!([zip("required"), required("street")]));
    assert_found("json", &[sends.clone(), own.clone(), next], &[]);
    let more = json!([own[0], required("more")]);
    assert_found("json", &[sends, own, more], &[]);
}

#[test]
fn a_character_that_is_a_number_is_a_digit() {
    let character = json!({ "type": "character" });
    let number = json!({ "type": "number" });
    let integer = |max: i8| json!({ "type": "integer", "min": 0, "max": max });
    for [sends, own] in [[&character, &number], [&number, &character]] {
        let all = [sent(sends), read(own), read(&integer(9))];
        assert_found("urlencoded", &all, &[]);
        let some = [sent(sends), read(own), read(&integer(8))];
        assert_found("urlencoded", &some, &["field-narrowed a"]);
    }
    let text = json!({ "type": "text" });
    let up_to = |min: Option<i8>| json!({ "type": "integer", "min": min, "max": 5 });
    let digits = [sent(&text), read(&up_to(Some(0))), read(&character)];
    assert_found("urlencoded", &digits, &[]);
    let below = [sent(&text), read(&up_to(None)), read(&character)];
    assert_found("urlencoded", &below, &["field-narrowed a"]);
    for [sends, own] in [[&character, &text], [&text, &character]] {
        let one = [
            sent(sends),
            read(own),
            read(&json!({ "type": "character", "many": true })),
        ];
        assert_found("urlencoded", &one, &[]);
    }
}

#[test]
fn a_finding_names_the_first_of_its_fields() {
    let fields = |names: &[&str], key: &str| -> Value {
        let fields = names
            .iter()
            .map(|name| json!({ "name": name, key: true, "type": "text" }));
        fields.collect()
    };
    let sends = fields(&["x"], "always");
    let old = release(
        "1.0.0",
        "urlencoded",
        &fields(&["x"], "required"),
        Some(&sends),
    );
    let policy = Policy::default();
    for (reads, field) in [(&["x", "c", "b"][..], Some("b")), (&["x", "b"], Some("b"))] {
        let new = release("1.1.0", "urlencoded", &fields(reads, "required"), None);
        let report = check(&old, &new, &policy).unwrap();
        let found = report.findings.iter();
        let mut found = found.filter(|found| found.rule.name == "field-required");
        assert_eq!(found.next().and_then(|found| found.field()), field);
    }
    let json = release("1.1.0", "json", &fields(&["x"], "required"), None);
    let report = check(&old, &json, &policy).unwrap();
    let found = report.findings.iter();
    let mut found = found.filter(|found| found.rule.name == "encoding-changed");
    assert_eq!(found.next().map(|found| found.field()), Some(None));
}
