//! What is said of a build as a whole, and of waivers.

use super::{assert_check_is_linear, list, registry};
use crate::config;
use crate::judge::check;
use crate::registry::Registry;
use crate::support::steps;

/// A build of as many handlers as forms, each with its own path, and as many that are at one
/// path and are not used.
fn build(version: &str, size: usize) -> Registry {
    let handlers = list(size, |number| {
        format!(
            r#"{{"id":"app::h{number}","method":"POST","path":"/h{number}","since":"1.{number}.0",
                "until":"2.0.0"}},
            {{"id":"app::same{number}","method":"POST","path":"/same","partial":true}},
            {{"id":"app::unused{number}","method":"POST","path":"/unused/{number}"}}"#
        )
    });
    let forms = list(size, |number| {
        format!(
            r#"{{"id":"app::f{number}","since":"1.{number}.0","posts_to":[
                {{"method":"POST","path":"/h{number}"}},
                {{"method":"POST","path":"/dangling/{number}"}},
                {{"method":"GET","path":"/same"}}]}}"#
        )
    });
    registry(version, &handlers, &forms)
}

#[test]
fn rules_about_a_whole_build() {
    let builds = |size| [build("1.0.0", size), build("1.1.0", size + 1)];
    assert_check_is_linear(builds, 100);
}

#[test]
fn many_waivers() {
    let waivers = |size| {
        let waivers = (0..size).map(|number| {
            format!(
                "[[waivers]]\nrule = \"form-dangling\"\nendpoint = \"POST /dangling/{number}\"\n\
                 reason = \"why\"\nexpires = \"2.0.0\"\n"
            )
        });
        let policy = config::parse(&waivers.collect::<String>(), "coexist.toml").unwrap();
        (build("1.0.0", 20), build("1.1.0", 21), policy)
    };
    steps::assert_linear(20_000, &waivers, |(old, new, policy)| {
        let report = check(old, new, policy).unwrap();
        assert_eq!(report.waived.len(), 21);
    });
}
