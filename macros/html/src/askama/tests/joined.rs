//! Which files a template is made of, and how they are joined.

use std::path::{Path, PathBuf};

use super::{Template, package, page, path, read, source};
use crate::Url;
use crate::askama::read_from;
use crate::templates::Files;
use crate::testing::{place_of, shown};

#[test]
fn the_innermost_block_is_rendered_and_super_is_the_one_outside() {
    let read = page(&[
        ("templates/base.html", "<html>{% block a %}A0{% endblock %}{% block b %}B0{% endblock %}</html>"),
        ("templates/mid.html", "{% extends \"base.html\" %}{% block a %}A1{{ super() }}{% block c %}C1{% endblock %}{% endblock %}"),
        ("templates/page.html", "{% extends \"mid.html\" %}nowhere{% block a %}A2{{ super() }}{% endblock %}{% block c %}C2{% endblock %}"),
    ])
    .unwrap();
    assert_eq!(shown(&read.source), "<html>A2A1A0C2B0</html>");
    let names = read.files.iter().map(|file| file.file_name().unwrap());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["base.html", "mid.html", "page.html"]
    );
}

#[test]
fn a_page_sets_the_variables_of_what_it_extends() {
    let read = page(&[
        ("templates/base.html", "<title>{{ title }}</title>{% block a %}{% endblock %}"),
        ("templates/page.html", "{% extends \"base.html\" %}{% set title = \"T\" %}{% block a %}{{ title }}{% endblock %}"),
    ])
    .unwrap();
    assert_eq!(shown(&read.source), "<title>T</title>T");
}

#[test]
fn one_block_is_rendered_alone() {
    let base = "<html>{% if a %}{% block body %}{% endblock %}{% endif %}</html>";
    let child = "{% extends \"base.html\" %}{% block body %}<p>{% block part %}<form>{% endblock %}</p>{% endblock %}";
    let package = package(&[
        ("templates/base.html", base),
        ("templates/page.html", child),
    ]);
    let block = |name: &str| Template {
        block: Some(name.to_owned()),
        ..path("page.html")
    };
    let part = read(&block("part"), package.path()).unwrap();
    assert_eq!(shown(&part.source), "<form>");
    let body = read(&block("body"), package.path()).unwrap();
    assert_eq!(shown(&body.source), "<p><form></p>");
}

#[test]
fn a_path_is_looked_for_beside_the_file_that_states_it_first() {
    let read = page(&[
        (
            "templates/page.html",
            "{% include \"sub/a.html\" %}{% include \"b.html\" %}",
        ),
        (
            "templates/sub/a.html",
            "{% include \"b.html\" %}{% include \"c.html\" %}",
        ),
        ("templates/sub/b.html", "sub/b "),
        ("templates/b.html", "b "),
        ("templates/c.html", "c "),
    ])
    .unwrap();
    assert_eq!(shown(&read.source), "sub/b c b");
}

#[test]
fn an_included_file_sees_the_macros_and_variables_around_it() {
    let read = page(&[
        (
            "templates/page.html",
            "{% import \"m.html\" as m %}{% macro own() %}own{% endmacro %}{% let v = \"v\" %}{% include \"part.html\" %}",
        ),
        ("templates/m.html", "{% macro a(x) %}<{{ x }}>{{ b(x) }}{% endmacro %}{% macro b(x) %}/{{ x }}{% endmacro %}"),
        ("templates/part.html", "{{ m::a(v) }}{{ own() }}{% call m::b(w) %}{% endcall %}"),
    ])
    .unwrap();
    assert_eq!(shown(&read.source), "<v>/vown/‹w›");
}

#[test]
fn an_included_file_has_a_heritage_of_its_own() {
    let read = page(&[
        (
            "templates/page.html",
            "{% block a %}page{% endblock %}{% include \"card.html\" %}",
        ),
        ("templates/frame.html", "[{% block a %}{% endblock %}]"),
        (
            "templates/card.html",
            "{% extends \"frame.html\" %}{% block a %}card{% endblock %}",
        ),
    ])
    .unwrap();
    assert_eq!(shown(&read.source), "page[card]");
}

#[test]
fn the_configuration_names_folders_and_delimiters() {
    let files = [
        (
            "askama.toml",
            "[general]\ndirs = [\"pages\", \"crates/*/parts\"]\ndefault_syntax = \"erb\"\nwhitespace = \"minimize\"\n[[syntax]]\nname = \"erb\"\nblock_start = \"<%\"\nblock_end = \"%>\"\n[[escaper]]\npath = \"x::Y\"\nextensions = [\"js\"]",
        ),
        (
            "pages/page.html",
            "<% if a %>{{ b }}<% endif %><% include \"part.html\" %>",
        ),
        ("crates/one/parts/part.html", "part"),
        ("other.toml", "[general]\ndirs = [\"pages\"]"),
    ];
    let package = package(&files);
    let page = read(&path("page.html"), package.path()).unwrap();
    assert_eq!(shown(&page.source), "maybe(‹b›)part");
    assert!(page.files.iter().any(|file| file.ends_with("askama.toml")));
    assert_eq!(page.files.len(), 3);

    let default = Template {
        syntax: Some("default".to_owned()),
        ..source("<% if a %>{% if a %}A{% endif %}")
    };
    let default = read(&default, package.path()).unwrap();
    assert_eq!(shown(&default.source), "<% if a %>maybe(A)");

    let other = Template {
        config: Some("other.toml".to_owned()),
        ..path("page.html")
    };
    let other = read(&other, package.path()).unwrap();
    assert_eq!(
        shown(&other.source),
        "<% if a %>‹b›<% endif %><% include \"part.html\" %>"
    );
}

#[test]
fn a_template_in_the_attribute_has_no_file() {
    let package = package(&[("templates/part.html", "part")]);
    let read = read(
        &source("<p>\n{{ a }}{% include \"part.html\" %}"),
        package.path(),
    )
    .unwrap();
    assert_eq!(place_of(&read.source, "a"), (String::new(), 2));
    assert_eq!(read.files.len(), 1);
}

#[test]
fn a_form_is_read_out_of_what_is_joined() {
    let read = page(&[
        (
            "templates/page.html",
            "{% import \"fields.html\" as f %}\n{% call f::form(crate::csv::import_csv::PATH) %}\n{{ f::field(\"file_name\") }}{% endcall %}",
        ),
        (
            "templates/fields.html",
            "{% macro form(to) %}\n<form method=\"post\" action=\"{{ to }}\">{{ caller() }}</form>{% endmacro %}{% macro field(name) %}<input name=\"{{ name }}\">{% endmacro %}",
        ),
    ])
    .unwrap();
    let forms = crate::read(&read.source);
    let [form] = forms.as_slice() else {
        panic!("{forms:?}")
    };
    let handler = Url::Handler {
        path: "crate::csv::import_csv".to_owned(),
        constant: "PATH".to_owned(),
    };
    assert_eq!(form.urls, [handler]);
    let fields = form.fields.as_ref().unwrap();
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].name, "file_name");
    assert_eq!(form.place.file, "templates/fields.html");
    assert_eq!(form.place.line, 2);
}

#[test]
fn a_package_may_stand_among_other_files_than_those_on_disk() {
    struct Revision;

    impl Files for Revision {
        fn read(&self, path: &Path) -> Result<Option<String>, String> {
            Ok(match path.to_str() {
                Some("web/askama.toml") => Some("[general]\ndirs = [\"pages/*\"]".to_owned()),
                Some("web/pages/a/page.html") => {
                    Some("{% include \"../b/part.html\" %}".to_owned())
                }
                Some("web/pages/b/part.html") => Some("{{ a }}".to_owned()),
                _ => None,
            })
        }

        fn folders(&self, pattern: &Path) -> Vec<PathBuf> {
            assert_eq!(pattern, Path::new("web/pages/*"));
            vec!["web/pages/a".into(), "web/pages/b".into()]
        }
    }

    let page = read_from(&path("page.html"), Path::new("web"), &Revision).unwrap();
    assert_eq!(shown(&page.source), "‹a›");
    assert_eq!(
        place_of(&page.source, "a"),
        ("pages/b/part.html".to_owned(), 1)
    );
    let read = [
        "web/askama.toml",
        "web/pages/a/page.html",
        "web/pages/b/part.html",
    ];
    assert_eq!(page.files, read.map(PathBuf::from));
}
