//! Templates that would take too much: they get an error or a gap that names the place.

use super::{Engine, Read, read_page};
use crate::read_counting_steps;

const ENGINES: [(Engine, &str); 5] = [
    (Engine::Minijinja, "page.html"),
    (Engine::Tera, "page.html"),
    (Engine::Handlebars, "page.hbs"),
    (Engine::Sailfish, "page.stpl"),
    (Engine::Ructe, "page.rs.html"),
];

/// The message for a template, or its gaps.
fn said(engine: Engine, name: &str, text: &str) -> String {
    match read_page(engine, name, &[(name, text)]) {
        Ok(page) => page.gaps.into_iter().map(|gap| gap.why).collect(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn blocks_that_are_nested_too_deeply() {
    for (engine, name, open) in [
        (Engine::Minijinja, "page.html", "{% if a %}"),
        (Engine::Tera, "page.html", "{% block a %}"),
        (Engine::Handlebars, "page.hbs", "{{#each a}}"),
        (Engine::Sailfish, "page.stpl", "<% if a { %>"),
        (Engine::Ructe, "page.rs.html", "@if a {"),
    ] {
        let head = if engine == Engine::Ructe { "@()\n" } else { "" };
        let text = format!("{head}{}", open.repeat(5_000));
        let said = said(engine, name, &text);
        assert!(
            said.starts_with("the template is nested too deeply at `templates/"),
            "{said}"
        );
    }
}

#[test]
fn templates_that_use_themselves() {
    for (engine, name, again) in [
        (
            Engine::Minijinja,
            "page.html",
            "{% include 'page.html' %}{% include 'page.html' %}",
        ),
        (Engine::Tera, "page.html", "{% extends 'page.html' %}"),
        (
            Engine::Tera,
            "page.html",
            "{% macro a() %}{{ self::a() }}{% endmacro %}{{ self::a() }}",
        ),
        (
            Engine::Handlebars,
            "page.hbs",
            "{{> page.hbs}}{{#> page.hbs}}{{/page.hbs}}",
        ),
        (
            Engine::Sailfish,
            "page.stpl",
            "<% include!(\"page.stpl\"); %>",
        ),
        (
            Engine::Ructe,
            "page.rs.html",
            "@()\n@:page_html({@:page_html()})",
        ),
    ] {
        let said = said(engine, name, again);
        assert!(
            said.starts_with("the template uses itself without end: "),
            "{said}"
        );
    }
}

#[test]
fn templates_that_double_each_other() {
    for (engine, ending, include) in [
        (Engine::Minijinja, ".html", "{% include 'N.html' %}"),
        (Engine::Handlebars, ".hbs", "{{> N}}"),
        (Engine::Sailfish, ".stpl", "<% include!(\"N.stpl\"); %>"),
        (Engine::Ructe, ".rs.html", "@:N_html()"),
    ] {
        let head = if engine == Engine::Ructe { "@()\n" } else { "" };
        let filling = "<p>".repeat(100);
        let files: Vec<(String, String)> = (0..40)
            .map(|number| {
                let next = include.replace('N', &format!("p{}", number + 1));
                (
                    format!("p{number}{ending}"),
                    format!("{head}{filling}{next}{next}"),
                )
            })
            .chain([(format!("p40{ending}"), head.to_owned())])
            .collect();
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        let said = read_page(engine, files[0].0, &files)
            .unwrap_err()
            .to_string();
        assert!(
            said.starts_with("the template renders more than 8 MiB, at `templates/"),
            "{said}"
        );
    }
}

#[test]
fn expressions_that_are_nested_too_deeply_are_holes() {
    for text in [
        format!(
            "{{{{ {}a{} }}}}<a href=/a>",
            "(".repeat(10_000),
            ")".repeat(10_000)
        ),
        format!("{{{{ a{} }}}}<a href=/a>", "|b(c".repeat(10_000)),
        format!("{{{{ a{} }}}}<a href=/a>", "|b".repeat(10_000)),
        format!("{{{{ a{} }}}}<a href=/a>", " if b else c".repeat(10_000)),
        format!("{{{{ {}a }}}}<a href=/a>", "not -".repeat(10_000)),
        format!(
            "{{% set a = {}1{} %}}{{{{ a }}}}<a href=/a>",
            "[".repeat(10_000),
            "]".repeat(10_000)
        ),
        format!("{{{{ a{} }}}}<a href=/a>", "(b)[c].d".repeat(10_000)),
        format!("{{{{ 'a'{} }}}}<a href=/a>", " ~ 'a'".repeat(10_000)),
    ] {
        for engine in [Engine::Minijinja, Engine::Tera] {
            let page = read_page(engine, "page.html", &[("page.html", &text)]).unwrap();
            assert_eq!(crate::read(&page.source).len(), 1, "{}", &text[..60]);
        }
    }
}

/// The shapes of templates that could take more than their size allows: each is repeated until
/// the template has 24 KiB. Were one of them read in steps that grow with the square of that, the
/// test would take minutes.
const SHAPES: [&str; 52] = [
    "{{",
    "{{ ",
    "{{ a",
    "{{ a }}",
    "{{ \" }}",
    "{{ \\\" }}",
    "{{ ( }}",
    "{{ ' }} {{ \" }}",
    "{{{",
    "{{{ a }}",
    "{{{{a}}}}",
    "{{{{",
    "{{!--",
    "{{! }}",
    "{{> a}}",
    "{{#if a}}{{/if}}",
    "{{else}}",
    "{{/if}}",
    "\\{{",
    "{%",
    "{% a",
    "{% a %}",
    "{% endif %}",
    "{% else %}",
    "{% if a %}{% endif %}",
    "{% raw %}",
    "{% raw",
    "{% include a %}",
    "{% include 'a' %}",
    "{% from 'page.html' import a %}",
    "{% set a = a ~ 'b' %}",
    "{% extends 'page.html' %}",
    "{% import 'page.html' as a %}",
    "{% macro a() %}{% endmacro %}{{ a() }}",
    "{#",
    "{# #}",
    "<%",
    "<%=",
    "<%= a %>",
    "<% { %><% } %>",
    "<% /* ",
    "<% \" ",
    "<% } else { %>",
    "<%%",
    "@",
    "@a(",
    "@a.b",
    "@*",
    "@:a(",
    "@if a",
    "@match a {",
    "@match a { b => ",
];

#[test]
fn a_large_template_is_read_whatever_its_shape() {
    for shape in SHAPES {
        for (engine, name) in ENGINES {
            let head = if engine == Engine::Ructe {
                "@(b: &str)\n"
            } else {
                ""
            };
            let count = (24 << 10) / shape.len();
            let text = format!("{head}{}", shape.repeat(count));
            if let Ok(Read { source, .. }) = read_page(engine, name, &[(name, &text)]) {
                let steps = read_counting_steps(&source).1;
                assert!(
                    steps <= 100_000_000,
                    "{shape} of {}: {steps} steps",
                    engine.name()
                );
            }
        }
    }
}

#[test]
fn conditions_of_which_each_arm_sets_another_variable() {
    let arms = (0..20_000).map(|at| format!("{{% elif a %}}{{% set v{at} = 'x' %}}"));
    let text = format!(
        "{{% if a %}}{}{{% endif %}}{{{{ v7 }}}}",
        arms.collect::<String>()
    );
    for engine in [Engine::Minijinja, Engine::Tera] {
        let page = read_page(engine, "page.html", &[("page.html", &text)]).unwrap();
        assert!(page.gaps.is_empty());
    }
}

#[test]
fn maps_that_double_each_other() {
    let doubled = (1..60).map(|at| format!("{{% set m{at} = {{'a': m{0}, 'b': m{0}}} %}}", at - 1));
    let text = format!(
        "{{% set m0 = {{'a': 'x'}} %}}{}{{{{ m59.a }}}}",
        doubled.collect::<String>()
    );
    let page = read_page(Engine::Minijinja, "page.html", &[("page.html", &text)]).unwrap();
    assert!(page.gaps.is_empty());
}

#[test]
fn heads_and_calls_that_are_very_long() {
    let numbered = |each: fn(usize) -> String| (0..5_000).map(each).collect::<Vec<_>>().concat();
    let uses = numbered(|at| format!("@use super::a{at}_html;\n"));
    let globs = "@use super::b::*;\n".repeat(5_000);
    let parameters = numbered(|at| format!("p{at}: &str, "));
    let calls = "@:x_html()".repeat(5_000);
    let text = format!("{uses}{globs}@({parameters})\n{calls}");
    assert!(read_page(Engine::Ructe, "page_html", &[("page.rs.html", &text)]).is_ok());
    let parameters = numbered(|at| format!("p{at}, "));
    let arguments = "a, ".repeat(5_000);
    let text = format!(
        "{{% macro m({parameters}) %}}{{% endmacro %}}{}",
        format!("{{{{ m({arguments}) }}}}").repeat(10)
    );
    let said = said(Engine::Minijinja, "page.html", &text);
    assert!(
        said.starts_with("the template renders more than 8 MiB"),
        "{said}"
    );
}
