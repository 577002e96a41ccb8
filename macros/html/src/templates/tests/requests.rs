//! What a caller can say of a template: other names, texts, escaping, the engine askama.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Engine, Folder, gap};
use crate::form::Place;
use crate::templates::{Files, Read, Request, read, read_text};
use crate::testing::{place_of, shown};

fn with<T>(
    engine: Engine,
    name: &str,
    files: &dyn Files,
    change: impl FnOnce(&mut Request<'_>),
    work: impl FnOnce(&Request<'_>) -> T,
) -> T {
    let names = BTreeMap::from([
        ("home".to_owned(), PathBuf::from("/app/pages/start.jinja")),
        ("base".to_owned(), PathBuf::from("/app/pages/base.html")),
    ]);
    let folders = [
        PathBuf::from("/app/nowhere"),
        PathBuf::from("/app/templates"),
    ];
    let mut request = Request {
        engine,
        name,
        folders: &folders,
        names: &names,
        components: &[],
        delimiters: None,
        escapes: None,
        root: Path::new("/app"),
        files,
    };
    change(&mut request);
    work(&request)
}

fn files() -> Folder {
    Folder::new(&[
        (
            "pages/start.jinja",
            "{% extends 'base' %}{% block a %}{{ '<' }}{% endblock %}",
        ),
        (
            "pages/base.html",
            "<html>{% block a %}{% endblock %}</html>",
        ),
        ("templates/part.html", "part"),
        (
            "templates/index.html.tera",
            "{% extends \"layout\" %}{% block a %}{{ '<' }}{% endblock %}",
        ),
        (
            "templates/layout.html.tera",
            "<html>{% block a %}{% endblock %}</html>",
        ),
        (
            "templates/sub/page.html",
            "{% include \"near.html\" %}{{ \"<\" }}",
        ),
        ("templates/sub/near.html", "near"),
    ])
}

fn page(engine: Engine, name: &str) -> Read {
    with(
        engine,
        name,
        &files(),
        |_| {},
        |request| read(request).unwrap(),
    )
}

#[test]
fn an_app_names_single_files() {
    let home = page(Engine::Minijinja, "home");
    // Its file has no ending of HTML.
    assert_eq!(shown(&home.source), "<html><</html>");
    assert_eq!(
        home.files,
        [
            Path::new("/app/pages/base.html"),
            Path::new("/app/pages/start.jinja")
        ]
    );
}

#[test]
fn a_framework_names_files_without_their_endings() {
    let index = page(Engine::Tera, "index");
    assert_eq!(shown(&index.source), "<html>&lt;</html>");
}

#[test]
fn askama_looks_beside_the_file_that_asks() {
    let page = page(Engine::Askama, "sub/page.html");
    assert_eq!(shown(&page.source), "near&lt;");
}

#[test]
fn an_app_states_what_is_escaped() {
    for (engine, name, escapes, expected) in [
        (Engine::Minijinja, "home", true, "<html>&lt;</html>"),
        (Engine::Tera, "index", false, "<html><</html>"),
        (Engine::Askama, "sub/page.html", false, "near<"),
    ] {
        let page = with(
            engine,
            name,
            &files(),
            |request| request.escapes = Some(escapes),
            |request| read(request).unwrap(),
        );
        assert_eq!(shown(&page.source), expected);
    }
}

#[test]
fn a_text_in_a_source_has_its_place_there() {
    let text = "<p>\n{{ a }}{% include 'part.html' %}\n{% include b %}";
    let place = Place {
        file: "src/pages.rs".to_owned(),
        line: 12,
    };
    for (engine, name) in [(Engine::Minijinja, "x.html"), (Engine::Tera, "x.html")] {
        let read_it = |request: &Request<'_>| read_text(request, text, place.clone()).unwrap();
        let page = with(engine, name, &files(), |_| {}, read_it);
        assert_eq!(shown(&page.source), "<p> ‹a›part «…»");
        assert_eq!(place_of(&page.source, "a"), ("src/pages.rs".to_owned(), 13));
        assert_eq!(
            page.gaps.iter().map(gap).collect::<String>(),
            " [src/pages.rs:14 the name of the template that it includes is not a literal]"
        );
        assert_eq!(page.files, [Path::new("/app/templates/part.html")]);
    }
}

#[test]
fn a_template_that_is_nowhere_is_an_error() {
    for engine in [
        Engine::Minijinja,
        Engine::Tera,
        Engine::Handlebars,
        Engine::Sailfish,
        Engine::Ructe,
        Engine::Askama,
    ] {
        let said = with(
            engine,
            "no_html",
            &files(),
            |_| {},
            |request| read(request).unwrap_err().to_string(),
        );
        let stated_in = match engine {
            Engine::Askama => "`dirs` of `askama.toml`",
            _ => "`templates` of `[package.metadata.coexist]`",
        };
        assert_eq!(
            said,
            format!(
                "there is no template `no_html`; looked in /app/nowhere, /app/templates. Put it there, or name the directory in {stated_in}"
            )
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_is_a_gap_where_it_is_included() {
    struct Torn;

    impl Files for Torn {
        fn read(&self, path: &Path) -> Result<Option<String>, String> {
            match path.file_name().and_then(|name| name.to_str()) {
                Some("page.html") => Ok(Some("{% include 'torn.html' %}<form>".to_owned())),
                Some("torn.html") => Err("it is not in UTF-8".to_owned()),
                _ => Ok(None),
            }
        }

        fn folders(&self, _pattern: &Path) -> Vec<PathBuf> {
            Vec::new()
        }
    }

    let page = with(
        Engine::Tera,
        "page.html",
        &Torn,
        |_| {},
        |request| read(request).unwrap(),
    );
    assert_eq!(shown(&page.source), "«…»<form>");
    assert_eq!(
        page.gaps[0].why,
        "cannot read `/app/nowhere/torn.html`: it is not in UTF-8. It must be a file in UTF-8"
    );
}

#[test]
fn a_comment_says_something_of_the_element_behind_it() {
    for (engine, name, before) in [
        (
            Engine::Minijinja,
            "page.html",
            "{#- coexist: since = \"1.2.0\" -#}",
        ),
        (
            Engine::Tera,
            "page.html",
            "{# coexist: since = \"1.2.0\" #}",
        ),
        (
            Engine::Handlebars,
            "page.hbs",
            "{{!-- coexist: since = \"1.2.0\" --}}",
        ),
        (
            Engine::Handlebars,
            "page.hbs",
            "{{! coexist: since = \"1.2.0\" }}",
        ),
        (
            Engine::Sailfish,
            "page.stpl",
            "<%# coexist: since = \"1.2.0\" %>",
        ),
        (
            Engine::Ructe,
            "page.rs.html",
            "@()\n@* coexist: since = \"1.2.0\" *@",
        ),
    ] {
        let text = format!("{before}\n<form action=/a></form>");
        let page = super::read_page(engine, name, &[(name, &text)]).unwrap();
        let forms = crate::read(&page.source);
        let notes = forms[0].notes.iter().map(|note| note.text.as_str());
        assert_eq!(notes.collect::<Vec<_>>(), ["since = \"1.2.0\""], "{text}");
    }
}
