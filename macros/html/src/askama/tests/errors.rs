//! What is said of a template that cannot be read.

use std::path::Path;

use super::{Template, package, path, read, source};

/// The message for the page of a package, without the package's directory.
fn message(template: &Template, files: &[(&str, &str)]) -> String {
    let package = package(files);
    let error = read(template, package.path()).unwrap_err();
    let folder = format!("{}/", package.path().display());
    error.to_string().replace(&folder, "")
}

#[test]
fn a_template_that_is_nowhere() {
    assert_eq!(
        message(&path("home.html"), &[]),
        "there is no template `home.html`; looked in templates. Put it there, or name the directory \
         in `dirs` of `askama.toml`"
    );
    let files = [("templates/page.html", "\n{% include \"part.html\" %}")];
    assert_eq!(
        message(&path("page.html"), &files),
        "there is no template `part.html`, which `templates/page.html`, line 2 asks for; looked in \
         templates. Put it there, or name the directory in `dirs` of `askama.toml`"
    );
}

#[test]
fn a_template_that_does_not_parse() {
    let files = [("templates/page.html", "a\n{% if b %}\n{% endfor %}")];
    let said = message(&path("page.html"), &files);
    assert!(
        said.starts_with("`templates/page.html`, line 3 is not a valid askama template: "),
        "{said}"
    );
    let said = read(&source("{{ a"), Path::new("/nowhere"))
        .unwrap_err()
        .to_string();
    assert!(
        said.starts_with("line 1 of `source` is not a valid askama template: "),
        "{said}"
    );
}

#[test]
fn templates_that_lead_back_to_themselves() {
    let files = [
        ("templates/page.html", "{% include \"a.html\" %}"),
        (
            "templates/a.html",
            "{% if b %}{% include \"page.html\" %}{% endif %}",
        ),
    ];
    assert_eq!(
        message(&path("page.html"), &files),
        "the template uses itself without end: templates/page.html → templates/a.html → \
         templates/page.html, at `templates/a.html`, line 1. Remove one of the steps"
    );
    for back in ["page.html", "a.html"] {
        let a = format!("{{% extends \"{back}\" %}}");
        let files = [
            ("templates/page.html", "{% extends \"a.html\" %}"),
            ("templates/a.html", &a),
        ];
        assert!(message(&path("page.html"), &files).contains("uses itself without end"));
    }
    let files = [(
        "templates/page.html",
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    )];
    assert!(message(&path("page.html"), &files).contains("a → b → a"));
}

#[test]
fn a_configuration_that_cannot_be_used() {
    let config = |text: &'static str| message(&path("page.html"), &[("askama.toml", text)]);
    assert!(
        config("[general").starts_with("the configuration of askama, `askama.toml`, is broken: ")
    );
    assert!(config("[[syntax]]\nname = \"a\"\nblock_start = \"<\"").contains("too short"));
    assert!(config("[[syntax]]\nname = \"default\"").contains("twice"));
    assert_eq!(
        config("[general]\ndefault_syntax = \"a\""),
        "there is no syntax `a`, but default. Define it as `[[syntax]]` in `askama.toml`"
    );
    let template = Template {
        config: Some("a.toml".to_owned()),
        ..path("page.html")
    };
    assert_eq!(
        message(&template, &[]),
        "the configuration of askama, `a.toml`, does not exist: `config` is a path from the package's directory"
    );
}

#[test]
fn a_block_that_is_nowhere_and_a_template_that_is_nothing() {
    let template = Template {
        block: Some("b".to_owned()),
        ..source("{% block a %}{% endblock %}")
    };
    let said = read(&template, Path::new("/nowhere"))
        .unwrap_err()
        .to_string();
    assert!(said.starts_with("the template has no block `b`"), "{said}");
    let said = read(&Template::default(), Path::new("/nowhere"))
        .unwrap_err()
        .to_string();
    assert!(said.starts_with("this template has neither"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read() {
    let files = [("templates/page.html/a.html", "")];
    assert!(message(&path("page.html"), &files).starts_with("cannot read `templates/page.html`: "));
}
