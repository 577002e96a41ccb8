//! The pieces that the syntax of minijinja and tera becomes.

use super::{Delimiters, Engine, gap, pieces, read_page, read_with};
use crate::testing::{place_of, shown};

fn both(text: &str) -> String {
    let tera = pieces(Engine::Tera, text);
    assert_eq!(pieces(Engine::Minijinja, text), tera, "{text}");
    tera
}

#[test]
fn expressions_are_holes_as_they_are_written() {
    for (text, expected) in [
        ("<a href='/{{ user.id }}'>", "<a href='/‹user.id›'>"),
        ("{{ a.b[0].c | lower }}", "‹a.b[0].c | lower›"),
        ("{{ not a and (b or c) }}", "‹not a and (b or c)›"),
        ("{{ a + 1 }} {{ 7 }} {{ 1_000 }}", "‹a + 1› 7 1000"),
        ("{{ url_for(name='x') }}", "‹url_for(name='x')›"),
        ("{{ \"}}\" }} {{ '<' }}", "}} &lt;"),
        ("{{ '/a/' ~ b ~ '/c' }}", "/a/‹b›/c"),
        (
            "{{ a | safe }} {{ a.b | upper | safe }}",
            "«a» «a.b | upper»",
        ),
        ("{{ a | escape }} {{ true }}", "‹a› true"),
        ("{{}} {{ ) }} {{ a b }}", "‹› ‹)› ‹a b›"),
    ] {
        assert_eq!(both(text), expected, "{text}");
    }
}

#[test]
fn conditions_are_groups() {
    for (text, expected) in [
        ("{% if a %}A{% endif %}", "maybe(A)"),
        ("{% if a %}A{% elif b %}B{% endif %}", "maybe(A|B)"),
        (
            "{% if a %}A{% elif b == 'x' %}B{% else %}C{% endif %}",
            "one(A|B|C)",
        ),
        (
            "{% for a in b %}<li>{{ a }}{% else %}none{% endfor %}",
            "any(<li>‹a›)maybe(none)",
        ),
        ("{% for a, b in c %}{{ a }}{% endfor %}", "any(‹a›)"),
    ] {
        assert_eq!(both(text), expected, "{text}");
    }
    assert_eq!(
        pieces(Engine::Minijinja, "{{ 'A' if a else b }} {{ 'C' if c }}"),
        "one(A|‹b›) one(C|)"
    );
}

#[test]
fn white_space_is_stripped_where_a_tag_says_so() {
    assert_eq!(both("a {%- if b -%} c {%- endif +%} d"), "amaybe(c) d");
    assert_eq!(both("'/a/ {{- b -}} /c'"), "'/a/‹b›/c'");
    assert_eq!(both("a {#- b -#} c"), "ac");
}

#[test]
fn comments_are_nothing_and_raw_is_text() {
    assert_eq!(both("a{# {{ b }} {% if %} #}c"), "ac");
    assert_eq!(
        both("{% raw %}{{ d }}{% if %}{% endraw %} e"),
        "{{ d }}{% if %} e"
    );
    assert_eq!(both("a {%- raw -%} b {%- endraw -%} c"), "abc");
}

#[test]
fn variables_are_what_they_were_set_to() {
    assert_eq!(
        both("{% set a = '/x' %}{% set b = a ~ '/y' %}{{ b }} {{ c }}"),
        "/x/y ‹c›"
    );
    assert_eq!(
        both("{% set a = '1' %}{% for a in b %}{{ a }}{% endfor %}{{ a }}"),
        "any(‹a›)1"
    );
    assert_eq!(
        both("{% if x %}{% set a = '1' %}{% else %}{% set a = '2' %}{% endif %}{{ a }}"),
        "one(|)one(1|2)"
    );
    assert_eq!(
        both("{% set a = '0' %}{% if x %}{% set a = '1' %}{% endif %}<a href='/{{ a }}'>"),
        "maybe()<a href='/one(1|0)'>"
    );
    assert_eq!(
        both("{% for x in y %}{% set_global a = '1' %}{% endfor %}{{ a }}"),
        "any()‹a›"
    );
}

#[test]
fn what_is_not_known_is_a_gap() {
    let said = |text: &str| {
        let page = read_page(Engine::Minijinja, "page.html", &[("page.html", text)]).unwrap();
        assert!(shown(&page.source).contains("<form>"), "{text}");
        page.gaps.iter().map(gap).collect::<String>()
    };
    for (text, expected) in [
        (
            "\n{% strange %}<form>",
            " [page.html:2 a tag that is not known]",
        ),
        ("<form>{% if a %}", " [page.html:1 a tag has no end]"),
        (
            "<form>{% else %}",
            " [page.html:1 there is no condition to which this tag belongs]",
        ),
        ("<form>{{ a", " [page.html:1 this tag has no end]"),
        (
            "{% extends a %}<form>",
            " [page.html:1 the name of the template that it extends is not a literal]",
        ),
        (
            "{% include 'a' ~ b %}<form>",
            " [page.html:1 the name of the template that it includes is not a literal]",
        ),
        (
            "{% for a in b %}{% if c %}{% endfor %}<form>",
            " [page.html:1 a tag before it has no end]",
        ),
        (
            "{% include 'b.html' %}<form>",
            " [page.html:1 there is no template `b.html`, which `templates/page.html`, line 1 asks for; looked in /app/templates. Put it there, or name the directory in `templates` of `[package.metadata.coexist]`]",
        ),
        ("{% include 'b.html' ignore missing %}<form>", ""),
        ("{% include '../b.html' ignore missing %}<form>", ""),
        (
            "{% include 'page.html' %}<form>",
            " [page.html:1 the template uses itself without end: templates/page.html → templates/page.html, at `templates/page.html`, line 1. Remove one of the steps]",
        ),
        (
            "{% from 'm.html' import a %}{{ a() }}<form>",
            " [page.html:1 the macro `a` is in no file that could be read]",
        ),
        (
            "{% import 'm.html' as m %}{% call m.a() %}{% endcall %}<form>",
            " [page.html:1 the macro `a` is in no file that could be read]",
        ),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn an_app_has_delimiters_of_its_own() {
    let delimiters = Delimiters {
        block_start: Some("<%".to_owned()),
        block_end: Some("%>".to_owned()),
        expr_start: Some("${".to_owned()),
        expr_end: Some("}".to_owned()),
        ..Delimiters::default()
    };
    let files = [("page.html", "<% if a %>${ b }{{ c }}<% endif %>{# d #}")];
    let page = read_with(Engine::Minijinja, "page.html", &files, Some(&delimiters)).unwrap();
    assert_eq!(shown(&page.source), "maybe(‹b›{{ c }})");
}

#[test]
fn a_piece_knows_its_file_and_line() {
    let files = [
        ("page.html", "<p>\n{{ a }}\n{% include 'sub/part.html' %}"),
        ("sub/part.html", "{# … #}\n\n{{ b }}"),
    ];
    let page = read_page(Engine::Tera, "page.html", &files).unwrap();
    assert_eq!(
        place_of(&page.source, "a"),
        ("templates/page.html".to_owned(), 2)
    );
    assert_eq!(
        place_of(&page.source, "b"),
        ("templates/sub/part.html".to_owned(), 3)
    );
    assert_eq!(page.files.len(), 2);
}
