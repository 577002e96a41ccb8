//! Templates that would take too much: they get an error that names the place.

use std::path::Path;

use super::{package, page, path, read, source};

/// The message for a template without files.
fn message(text: &str) -> String {
    let result = read(&source(text), Path::new("/nowhere"));
    result.unwrap_err().to_string()
}

#[test]
fn variables_that_double_each_other() {
    let doubled = "{% let a = a ~ a %}".repeat(60);
    let text = format!("{{% let a = \"x\" %}}{doubled}{{{{ a }}}}");
    // A value that is too long is not known, so that the variable is an expression.
    assert!(read(&source(&text), Path::new("/nowhere")).is_ok());
    let text = format!(
        "{{% let a = \"{}\" %}}{{{{ a{} }}}}",
        "x".repeat(9_000),
        " ~ a".repeat(2_000)
    );
    assert!(message(&text).starts_with("the template renders more than 8 MiB, at line 1"));
}

#[test]
fn macros_that_double_each_other() {
    let macros = (1..40).map(|number| {
        let before = number - 1;
        format!(
            "{{% macro m{number}() %}}{{{{ m{before}() }}}}{{{{ m{before}() }}}}{{% endmacro %}}\n"
        )
    });
    let text = format!(
        "{{% macro m0() %}}{{% endmacro %}}\n{}{{{{ m39() }}}}",
        macros.collect::<String>()
    );
    assert!(message(&text).starts_with("the template renders more than 8 MiB, at line "));
}

#[test]
fn a_variable_that_renders_itself() {
    let text = "{% set a %}\n{{ a|safe }}{% endset %}\n{{ a|safe }}";
    assert!(message(text).starts_with("the template is nested too deeply at line 1"));
}

#[test]
fn templates_that_include_each_other_too_deeply() {
    let files: Vec<(String, String)> = (0..300)
        .map(|number| {
            let next = number + 1;
            let file = format!("templates/{number}.html");
            (file, format!("{{% include \"{next}.html\" %}}"))
        })
        .chain([("templates/300.html".to_owned(), String::new())])
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(file, text)| (&**file, &**text))
        .collect();
    let result = read(&path("0.html"), package(&files).path());
    let said = result.unwrap_err().to_string();
    assert_eq!(
        said,
        "the template is nested too deeply at `templates/128.html`, line 1. Include or call less there"
    );
}

#[test]
fn expressions_that_are_nested_too_deeply() {
    for text in [
        format!("{{{{ {}a{} }}}}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("{{{{ a{} }}}}", " + a".repeat(5_000)),
        format!("{{{{ a{} }}}}", "|b".repeat(5_000)),
        "{% if a %}".repeat(5_000),
    ] {
        assert!(message(&text).contains("line 1 of `source` is not a valid askama template"));
    }
}

#[test]
fn a_file_that_is_too_large() {
    let large = " ".repeat((4 << 20) + 1);
    let said = page(&[("templates/page.html", &large)])
        .unwrap_err()
        .to_string();
    assert!(
        said.ends_with(
            "is too large: a template can have 4 MiB, and 16 MiB with all templates that it uses"
        ),
        "{said}"
    );
}

#[test]
fn messages_hold_no_control_characters() {
    for text in [
        "{% include \"a\u{1b}]8;;b\n::stop-commands::\u{202e}\" %}",
        "{{ \u{1b}[31m }}",
    ] {
        let said = message(text);
        assert!(!said.chars().any(crate::printable::is_obeyed), "{said:?}");
    }
}
