//! The number of steps of a judgement grows with the input, not with its square.

mod budget;
mod routes;
mod whole;

use std::fmt::Display;

use super::{check, denied};
use crate::model::{Direction, Policy};
use crate::registry::{Registry, snapshot};
use crate::support::steps;

/// The lines of a list in JSON.
fn list<T: Display>(count: usize, item: impl Fn(usize) -> T) -> String {
    let items: Vec<String> = (0..count).map(|number| item(number).to_string()).collect();
    items.join(",")
}

fn registry(version: &str, handlers: &str, forms: &str) -> Registry {
    let json = format!(
        r#"{{"format":1,"release":{{"name":"app","version":"{version}"}},
            "handlers":[{handlers}],"forms":[{forms}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

/// A handler at `/` that reads these fields.
fn reading(fields: &str) -> String {
    format!(
        r#"{{"id":"app::h","method":"POST","path":"/","encoding":"urlencoded","fields":[{fields}]}}"#
    )
}

/// A form that sends these fields to `/`.
fn sending(fields: &str) -> String {
    format!(
        r#"{{"id":"app::f","posts_to":[{{"method":"POST","path":"/"}}],"encoding":"urlencoded",
            "fields":[{fields}]}}"#
    )
}

/// Doubling the input at most about doubles the steps of pages of the first build at nodes of
/// the second.
#[track_caller]
fn assert_linear(builds: impl Fn(usize) -> [Registry; 2], size: usize) {
    let policy = Policy::default();
    steps::assert_linear(size, &builds, |[page, node]| {
        let found = denied(page, node, Direction::OldToNew, &policy);
        assert!(found.is_ok());
    });
}

/// The same of a whole check.
#[track_caller]
fn assert_check_is_linear(builds: impl Fn(usize) -> [Registry; 2], size: usize) {
    steps::assert_linear(size, &builds, |[old, new]| {
        assert!(check(old, new, &Policy::default()).is_ok());
    });
}

#[test]
fn many_renamed_fields() {
    let fields = |prefix: &str, key: &str, size| {
        list(size, |number| {
            format!(r#"{{"name":"{prefix}{number}","{key}":true,"type":"text"}}"#)
        })
    };
    let builds = |size| {
        let form = sending(&fields("a", "always", size));
        let old = registry("1.0.0", &reading(&fields("a", "required", size)), &form);
        [
            old,
            registry("1.1.0", &reading(&fields("b", "required", size)), ""),
        ]
    };
    assert_linear(builds, 300);
}

/// A build whose form sends each name and alias of each field.
fn aliased(version: &str, fields: usize, aliases: usize, many: bool) -> Registry {
    let read = list(fields, |field| {
        let aliases = list(aliases, |alias| format!(r#""a{field}_{alias}""#));
        format!(
            r#"{{"name":"n{field}","required":true,"aliases":[{aliases}],"many":{many},"type":"text"}}"#
        )
    });
    let sent = list(fields, |field| {
        list(aliases, |alias| {
            format!(r#"{{"name":"a{field}_{alias}","always":false,"type":"text"}}"#)
        })
    });
    registry(version, &reading(&read), &sending(&sent))
}

#[test]
fn many_fields_with_many_aliases() {
    let by_fields = |size| {
        [
            aliased("1.0.0", size, 20, false),
            aliased("1.1.0", size, 20, true),
        ]
    };
    assert_linear(by_fields, 20);
    let by_aliases = |size| {
        [
            aliased("1.0.0", 20, size, false),
            aliased("1.1.0", 20, size, true),
        ]
    };
    assert_linear(by_aliases, 20);
}

#[test]
fn many_choices_in_whatever_case() {
    let fields = |size, ignore_case: bool| {
        let choices = list(size, |number| format!(r#""c{number}""#));
        format!(
            r#"{{"name":"a","required":true,"type":"choice","choices":[{choices}],"ignore_case":{ignore_case}}}"#
        )
    };
    let builds = |size| {
        let form = sending(r#"{"name":"a","always":true,"type":"text"}"#);
        let old = registry("1.0.0", &reading(&fields(size, true)), &form);
        [old, registry("1.1.0", &reading(&fields(size, false)), "")]
    };
    assert_linear(builds, 500);
}

#[test]
fn many_targets_of_one_form() {
    let builds = |size| {
        let handlers = list(size, |number| {
            format!(r#"{{"id":"app::h{number}","method":"POST","path":"/l{number}"}}"#)
        });
        let targets = list(size, |number| {
            format!(r#"{{"method":"POST","path":"/l{number}"}}"#)
        });
        let form = format!(r#"{{"id":"app::f","posts_to":[{targets}]}}"#);
        ["1.0.0", "1.1.0"].map(|version| registry(version, &handlers, &form))
    };
    assert_linear(builds, 200);
}
