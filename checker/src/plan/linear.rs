//! The number of steps of a plan grows with the change, not with its square.

use super::{Plan, plan};
use crate::model::Policy;
use crate::registry::{Registry, snapshot};
use crate::support::steps;

/// A build of forms that send one field each to a handler of their own.
fn build(version: &str, size: usize, path: &str, field: &str) -> Registry {
    let [handlers, forms] = [true, false].map(|is_handler| {
        let items = (0..size).map(|number| {
            let endpoint = format!(r#""method":"POST","path":"/{path}{number}""#);
            if is_handler {
                format!(
                    r#"{{"id":"app::h{number}",{endpoint},"fields":[
                        {{"name":"{field}","required":true,"type":"text"}}]}}"#
                )
            } else {
                format!(
                    r#"{{"id":"app::f{number}","posts_to":[{{{endpoint}}}],"fields":[
                        {{"name":"{field}","always":true,"type":"text"}}]}}"#
                )
            }
        });
        items.collect::<Vec<_>>().join(",")
    });
    read(version, &handlers, &forms)
}

fn read(version: &str, handlers: &str, forms: &str) -> Registry {
    let json = format!(
        r#"{{"format":1,"release":{{"name":"app","version":"{version}"}},
            "handlers":[{handlers}],"forms":[{forms}]}}"#
    );
    snapshot::read(json.as_bytes()).unwrap()
}

#[track_caller]
fn assert_linear(builds: &dyn Fn(usize) -> [Registry; 2], size: usize) {
    steps::assert_linear(size, builds, |[old, new]| {
        let plan = plan(old, new, &Policy::default()).unwrap();
        assert!(matches!(plan, Plan::Steps(steps) if steps.len() > 1));
    });
}

#[test]
fn many_handlers_that_read_another_field() {
    let builds = |size| {
        [
            build("1.0.0", size, "p", "a"),
            build("1.1.0", size, "p", "b"),
        ]
    };
    assert_linear(&builds, 100);
}

#[test]
fn many_handlers_that_move() {
    let builds = |size| {
        [
            build("1.0.0", size, "p", "a"),
            build("1.1.0", size, "q", "a"),
        ]
    };
    assert_linear(&builds, 100);
}

#[test]
fn a_handler_of_many_fields_that_are_renamed() {
    let one = |version, size, prefix: &str| {
        let fields = |key: &str, aliased: bool| {
            let fields = (0..size).map(|number| {
                let aliases = if aliased {
                    format!(r#""aliases":["c{number}"],"#)
                } else {
                    String::new()
                };
                format!(r#"{{"name":"{prefix}{number}",{aliases}"{key}":true,"type":"text"}}"#)
            });
            fields.collect::<Vec<_>>().join(",")
        };
        let handler = format!(
            r#"{{"id":"app::h","method":"POST","path":"/p","fields":[{}]}}"#,
            fields("required", true)
        );
        let form = format!(
            r#"{{"id":"app::f","posts_to":[{{"method":"POST","path":"/p"}}],"fields":[{}]}}"#,
            fields("always", false)
        );
        read(version, &handler, &form)
    };
    let builds = |size| [one("1.0.0", size, "a"), one("1.1.0", size, "b")];
    assert_linear(&builds, 100);
}
