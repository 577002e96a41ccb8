//! The number of steps of a judgement grows with the input, not with its square.

use std::fmt::Display;

use super::denied;
use crate::config;
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

/// The steps that pages of the first build at nodes of the second take.
fn steps([page, node]: &[Registry; 2], policy: &Policy) -> usize {
    steps::measure(|| {
        let _found = denied(page, node, Direction::OldToNew, policy);
    })
}

/// Doubling the input at most about doubles the steps.
#[track_caller]
fn assert_linear(
    builds: impl Fn(usize) -> [Registry; 2],
    policy: impl Fn(usize) -> Policy,
    size: usize,
) {
    let [once, twice] = [size, 2 * size].map(|size| steps(&builds(size), &policy(size)));
    assert!(once >= size, "only {once} steps are counted for {size}");
    // 5/2 is 2.5.
    assert!(2 * twice <= 5 * once, "{once} steps grow to {twice}");
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
    assert_linear(builds, |_| Policy::default(), 500);
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
    assert_linear(builds, |_| Policy::default(), 200);
}

#[test]
fn many_waivers_of_many_findings() {
    let builds = |size| {
        let handlers = list(size, |number| {
            format!(r#"{{"id":"app::h{number}","method":"POST","path":"/l{number}"}}"#)
        });
        let forms = list(size, |number| {
            format!(
                r#"{{"id":"app::f{number}","posts_to":[{{"method":"POST","path":"/l{number}"}}]}}"#
            )
        });
        [
            registry("1.0.0", &handlers, &forms),
            registry("1.1.0", "", ""),
        ]
    };
    let policy = |size| {
        let waivers = (0..size).map(|number| {
            format!(
                "[[waivers]]\nrule = \"handler-removed\"\nendpoint = \"POST /l{number}\"\n\
                 reason = \"why\"\nexpires = \"2.0.0\"\n"
            )
        });
        config::parse(&waivers.collect::<String>(), "coexist.toml").unwrap()
    };
    let builds_of_two = builds(2);
    let [old, new] = &builds_of_two;
    let denied = |policy: &Policy| denied(old, new, Direction::OldToNew, policy).len();
    assert_eq!(
        [Policy::default(), policy(1), policy(2)].map(|policy| denied(&policy)),
        [2, 1, 0]
    );
    assert_linear(builds, policy, 100);
}
