//! Addresses, and what they say.

use super::{Base, resolve, url};
use crate::form::Url;
use crate::value::Value;

fn page_url(written: &str) -> Option<Url> {
    url(&Value::from(written), &Base::Page)
}

#[test]
fn paths_are_patterns() {
    for (written, path) in [
        ("/", "/"),
        ("/a/b/", "/a/b/"),
        ("/a?b=/c", "/a"),
        ("/a#b?c", "/a"),
        ("/a/{{ id }}?x={{ x }}", "/a/{id}"),
        ("/a/{{ post.id }}/edit", "/a/{id}/edit"),
        ("/v{{ major }}.x", "/v{major}.x"),
        ("/a/{{ year }}-{{ month }}.html", "/a/{year}.html"),
        ("/{{ a.id }}/{{ b.id }}/{{ c.id() }}", "/{id}/{id_2}/{id_3}"),
        ("/{{ id.to_string() }}", "/{id}"),
        ("/{{ name|urlencode }}", "/{name}"),
        ("/{{ a || b }}", "/{b}"),
        ("/{{ 1 + 2 }}", "/{hole}"),
        ("/{{ f(\"x\") }}", "/{f}"),
        ("/{{ self.rows[0].id }}", "/{id}"),
        ("/list{{ query }}", "/list"),
        ("/list{{ page_query }}", "/list"),
        ("/list/{{ query }}", "/list/{query}"),
        ("/list-{{ query }}", "/list-{query}"),
        ("/{{ id }}{{ query }}", "/{id}"),
        ("/page{{ number }}", "/page{number}"),
        ("/{x}", "/{{x}}"),
        ("/a b/\u{e4}\"", "/a%20b/%C3%A4%22"),
        ("/%61%2f%c3%a4%zz", "/a%2F%C3%A4%zz"),
        ("/a/../b/./c", "/b/c"),
        ("/a/%2E%2e/b/.", "/b/"),
        ("/a/{{ id }}/..", "/a/"),
        ("/../..", "/"),
        ("/a\\b", "/a/b"),
        ("/a//b", "/a//b"),
        ("\n /a\tb ", "/ab"),
        ("/a:b", "/a:b"),
    ] {
        assert_eq!(
            page_url(written),
            Some(Url::Path(path.to_owned())),
            "{written}"
        );
    }
}

#[test]
fn addresses_that_leave_the_app() {
    for written in [
        "https://example.org/a",
        "HTTP://example.org",
        "//example.org/a",
        "\\\\example.org",
        "/\\example.org",
        "mailto:{{ address }}",
        "javascript:void(0)",
        "tel:+49",
        "data:text/html,x",
        "https://example.org/{{ id }}",
        "intent://{{ host }}#Intent;end",
        "webcal://{{ host }}/feed.ics",
    ] {
        assert_eq!(page_url(written), None, "{written}");
    }
}

#[test]
fn relative_addresses_are_kept_as_they_are() {
    for (written, path) in [
        ("edit", "edit"),
        ("./edit?x", "./edit"),
        ("../{{ id }}", "../{id}"),
        ("a/b:c", "a/b:c"),
        ("edit/{{ id }}/", "edit/{id}/"),
    ] {
        assert_eq!(
            page_url(written),
            Some(Url::Relative(path.to_owned())),
            "{written}"
        );
    }
}

#[test]
fn addresses_that_begin_with_an_expression() {
    let handler = |path: &str, constant: &str| Url::Handler {
        path: path.to_owned(),
        constant: constant.to_owned(),
    };
    let unknown = |expression: &str| Url::Unknown(expression.to_owned());
    let based = |path: &str| Url::Based(path.to_owned());
    for (written, expected) in [
        ("{{ base }}/edit/{{ id }}?x", based("/edit/{id}")),
        ("{{ base }}/../x", based("/x")),
        ("{{ url }}", unknown("url")),
        ("{{ url }}?a=1", unknown("url")),
        ("{{ a }}{{ b }}", unknown("{{ a }}{{ b }}")),
        ("{{ a }}-b", unknown("{{ a }}-b")),
        ("https://{{ host }}/a", unknown("https://{{ host }}/a")),
        (
            "{{ crate::imports::import_csv::PATH }}",
            handler("crate::imports::import_csv", "PATH"),
        ),
        (
            "{{ crate :: list :: URL }}?a={{ x }}",
            handler("crate::list", "URL"),
        ),
        ("{{ list::PATH }}#x", handler("list", "PATH")),
        (
            "{{ edit::PATH.replace(\"{id}\", &id) }}",
            handler("edit", "PATH"),
        ),
        (
            "{{ &edit::r#move::PATH|safe }}",
            handler("edit::r#move", "PATH"),
        ),
        ("{{ list::PATH }}/more", unknown("{{ list::PATH }}/more")),
        ("{{ list::OTHER }}", unknown("list::OTHER")),
        ("{{ PATH }}", unknown("PATH")),
        ("{{ list::PATH + x }}", unknown("list::PATH + x")),
    ] {
        assert_eq!(page_url(written), Some(expected), "{written}");
    }
}

#[test]
fn a_relative_address_is_resolved_against_its_page() {
    for (page, relative, path) in [
        ("/a/b", "edit", "/a/edit"),
        ("/a/b/", "edit", "/a/b/edit"),
        ("/", "edit", "/edit"),
        ("/a", "edit", "/edit"),
        ("/a/b", "", "/a/b"),
        ("/a/b", "?x=1", "/a/b"),
        ("/a/b", "c?x=1#y", "/a/c"),
        ("/a/b", "./", "/a/"),
        ("/a/b", ".", "/a/"),
        ("/a/b/c", "..", "/a/"),
        ("/a/b/c", "../x", "/a/x"),
        ("/a", "../../x", "/x"),
        ("/a/b", "/c/../d", "/d"),
        ("/users/{id}/edit", "../{id}", "/users/{id}"),
        ("/users/{id}/edit", "posts/{id}", "/users/{id}/posts/{id_2}"),
        ("/{{x}}/{id}/e", "{id}.{{y}}", "/{{x}}/{id}/{id_2}.{{y}}"),
        ("/s/{*rest}", "x", "/s/x"),
        ("", "x", "/x"),
    ] {
        assert_eq!(resolve(page, relative), path, "{relative} on {page}");
    }
}
