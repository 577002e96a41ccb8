//! Templates of askama 0.12 to 0.14 and of rinja, which the parser of 0.16 refuses.

use super::{package, page, path, pieces, read};
use crate::testing::{place_of, shown};

#[test]
fn a_call_needs_no_end() {
    let field = r#"{% macro field(name, kind="text") %}<input name="{{ name }}" type="{{ kind }}">{% endmacro %}"#;
    assert_eq!(
        pieces(&format!(
            r#"{field}{{% call field("a") %}}{{% call field(kind="date", name=b.c) %}}"#
        )),
        r#"<input name="a" type="text"><input name="‹b.c›" type="date">"#
    );
}

#[test]
fn a_template_may_extend_another_anywhere() {
    let read = page(&[
        ("templates/base.html", "<main>{% block a %}{% endblock %}</main>"),
        (
            "templates/page.html",
            "{# a page #}{% import \"m.html\" as m %}\n{% extends \"base.html\" %}{% block a %}{% call m::b(x) %}{% endblock %}",
        ),
        ("templates/m.html", "{% macro b(y) %}<p>\n{{ y }}</p>{% endmacro %}"),
    ])
    .unwrap();
    assert_eq!(shown(&read.source), "<main><p> ‹x›</p></main>");
    assert_eq!(
        place_of(&read.source, "x"),
        ("templates/m.html".to_owned(), 2)
    );
}

#[test]
fn rinja_has_a_configuration_of_its_name() {
    let configuration = "[general]\ndirs = [\"pages\"]";
    let page = page(&[("pages/page.html", ""), ("rinja.toml", configuration)]).unwrap();
    assert_eq!(page.files.len(), 2);
    // Askama does not read it.
    let both = package(&[
        ("pages/page.html", ""),
        ("rinja.toml", configuration),
        ("askama.toml", ""),
    ]);
    assert!(read(&path("page.html"), both.path()).is_err());
}

/// Everything that the tree has, behind what only the older parser takes.
#[test]
fn the_rest_is_read_as_by_the_newer_parser() {
    let old = "{% macro m(a) %}<i>{% endmacro %}{% call m(1) %}";
    for text in [
        "a {{ b }} {# c #} {% raw %}{{ d }}{% endraw %} e\n",
        "{{ self.id + 1 -}} {{ (a.b)[0].c(1, \"x\")?|upper }} {{ !(a || b) }} {{ a is defined }}",
        r#"{{ "a<b\"" }} {{ "<br>"|safe }} {{ 1_000u32 }} {{ 'x' }} {{ (true) }} {{ 1..n }}"#,
        r#"{{ "/a/" ~ id ~ "/b" }} {{ "/a/{}/{:?}"|format(id, b.c) }} {{ format!("/{}/{x}", f(1, 2)) }}"#,
        "{{ body|safe }} {{ a.b|trim|safe }} {{ body|escape }} {{ a|mine(1) }}",
        "{% if a %}A{% else if let Some(b) = c %}{{ b }}{% else %}C{% endif %}",
        "{% match a %}{% when Some with (b) %}{{ b }}{% when S { c, d: e } %}{{ c }}{% else %}-{% endmatch %}",
        "{% for (a, b) in c %}{{ a }}{% else %}none{% endfor %}",
        r#"{% let a = "/x" %}{% set b = a ~ "/y" %}{% let c = d|safe %}{{ b }} {{ c }}"#,
        r#"{% let a %}{% if b %}{% let a = "1" %}{% endif %}{{ a }}{% let (d, e) = f %}{{ d }}"#,
        "{% filter upper %}<b>{% endfilter %}{% filter trim|safe %}<b>{% endfilter %}",
        "{% block x %}<p>{% endblock %}",
    ] {
        let text = text.replace("{% let a %}", "{% decl a %}");
        let older = format!("{old}{}", text.replace("{% decl a %}", "{% let a %}"));
        let newer = text.replace("Some with (b)", "Some(b)");
        assert_eq!(pieces(&older), format!("<i>{}", pieces(&newer)), "{text}");
    }
}

#[test]
fn what_both_parsers_refuse_is_refused_in_the_words_of_the_newer() {
    let error = page(&[("templates/page.html", "\n{% if a %}")]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("`templates/page.html`, line 2 is not a valid askama template: "),
        "{error}"
    );
}
