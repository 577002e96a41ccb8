//! Forms whose paths have holes, and handlers that these may mean.

use super::{assert_check_is_linear, list, registry};
use crate::endpoint::{Pattern, Router};
use crate::registry::Registry;
use crate::support::steps;

/// Handlers at literal paths, which require a field each.
fn literals(count: usize, field: impl Fn(usize) -> String) -> String {
    list(count, |number| {
        let field = field(number);
        format!(
            r#"{{"id":"app::h{number}","method":"POST","path":"/l{number}","fields":[
                {{"name":"{field}","required":true,"type":"text"}}]}}"#
        )
    })
}

/// Forms that send to any of them, each from its own version of the path.
fn forms(count: usize, field: impl Fn(usize) -> String) -> String {
    list(count, |number| {
        let field = field(number);
        format!(
            r#"{{"id":"app::f{number}","posts_to":[{{"method":"POST","path":"/{{x{number}}}"}}],
                "fields":[{{"name":"{field}","always":true,"type":"text"}}]}}"#
        )
    })
}

/// Builds of forms and handlers: the second has a handler more, so that they differ.
fn builds(forms: &str, handlers: [&str; 2]) -> [Registry; 2] {
    let more = r#"{"id":"app::more","method":"POST","path":"/more"}"#;
    [
        registry("1.0.0", handlers[0], forms),
        registry("1.1.0", &format!("{},{more}", handlers[1]), forms),
    ]
}

#[test]
fn many_forms_at_many_literals() {
    let same = |forms_count, handlers_count| {
        let handlers = literals(handlers_count, |_| "a".to_owned());
        let forms = forms(forms_count, |_| "a".to_owned());
        builds(&forms, [&handlers, &handlers])
    };
    assert_check_is_linear(|size| same(size, 2 * size), 100);
    assert_check_is_linear(|size| same(5, size), 100);
    assert_check_is_linear(|size| same(size, 5), 100);
}

#[test]
fn many_forms_that_are_different_at_many_literals_that_are_different() {
    let different = |size| {
        let handlers = literals(size, |number| format!("a{number}"));
        let forms = forms(size, |number| format!("a{number}"));
        builds(&forms, [&handlers, &handlers])
    };
    assert_check_is_linear(different, 100);
}

#[test]
fn many_forms_at_many_literals_that_have_changed() {
    let changed = |size| {
        let [old, new] = ["a", "b"].map(|field| literals(size, |_| field.to_owned()));
        builds(&forms(size, |_| "a".to_owned()), [&old, &new])
    };
    assert_check_is_linear(changed, 100);
}

#[test]
fn many_literals_that_each_changed_in_another_way() {
    let changed = |size| {
        let [old, new] =
            ["a", "b"].map(|prefix| literals(size, |number| format!("{prefix}{number}")));
        builds(&forms(1, |_| "a1".to_owned()), [&old, &new])
    };
    assert_check_is_linear(changed, 100);
}

#[test]
fn a_router_of_many_paths_finds_one() {
    let path = |number| match number % 3 {
        0 => format!("/a{number}/{{x}}"),
        1 => format!("/{{x}}/a{number}"),
        _ => format!("/{{x}}/b/c{number}/{{*rest}}"),
    };
    let handlers = |size| {
        let handlers = list(size, |number| {
            let path = path(number);
            format!(r#"{{"id":"app::h{number}","method":"POST","path":"{path}"}}"#)
        });
        registry("1.0.0", &handlers, "")
    };
    let resolve = |registry: &Registry, paths: &[String]| {
        let router = Router::new(registry);
        steps::measure(|| {
            for path in paths {
                let _found = router.resolve("POST", &Pattern::parse(path).unwrap());
            }
        })
    };
    // A path without holes takes as many steps, however many handlers there are.
    let sure = [
        "/a0/7".to_owned(),
        "/x/a1".to_owned(),
        "/x/b/c2/1/2".to_owned(),
    ];
    let [small, large] = [300, 600].map(|size| resolve(&handlers(size), &sure));
    assert_eq!(small, large);
    steps::assert_linear(300, &handlers, |registry| {
        let router = Router::new(registry);
        let _found = router.resolve("POST", &Pattern::parse("/{x}/{y}").unwrap());
    });
}

#[test]
fn a_router_of_many_parameters_in_one_place_is_made() {
    let handlers = |size| {
        let handlers = list(size, |number| {
            format!(r#"{{"id":"app::h{number}","method":"POST","path":"/a{number}-{{x}}"}}"#)
        });
        registry("1.0.0", &handlers, "")
    };
    steps::assert_linear(300, &handlers, |registry| {
        let _found = Router::new(registry).resolve("POST", &Pattern::parse("/a7-8").unwrap());
    });
}
