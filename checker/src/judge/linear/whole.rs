//! What is said of a build as a whole, and of waivers.

use super::{assert_check_is_linear, list, registry};
use crate::config;
use crate::judge::check;
use crate::model::Policy;
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
fn builds_of_ordinary_shape_are_far_from_the_limit() {
    let build = |version: &str, size: usize| {
        let endpoint = |number| format!(r#""method":"POST","path":"/a{number}/{{id}}""#);
        let handlers = list(size, |number| {
            let (endpoint, required) = (endpoint(number), version == "1.0.0" || number % 2 == 0);
            format!(
                r#"{{"id":"app::h{number}",{endpoint},"encoding":"urlencoded","fields":[
                    {{"name":"a","required":{required},"type":"text"}},
                    {{"name":"b","type":"integer"}}]}}"#
            )
        });
        let forms = list(size, |number| {
            let endpoint = endpoint(number);
            format!(
                r#"{{"id":"app::f{number}","posts_to":[{{{endpoint}}}],"fields":[
                    {{"name":"a","always":true,"type":"text"}},
                    {{"name":"b","always":true,"type":"integer"}}]}}"#
            )
        });
        registry(version, &handlers, &forms)
    };
    let (old, new) = (build("1.0.0", 1000), build("1.1.0", 1000));
    let steps = steps::measure(|| {
        assert!(check(&old, &new, &Policy::default()).is_ok());
    });
    // 100,000 handlers are allowed a hundred times as many, and fifty times as much room.
    let limit = usize::try_from(steps::MAX_STEPS).unwrap() / 100 / 50;
    assert!(steps < limit, "{steps} steps for 1,000 handlers");
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
