//! The pieces that the nodes of one file become.

use super::{page, pieces};
use crate::testing::place_of;

#[test]
fn expressions_are_holes_as_they_are_written() {
    assert_eq!(
        pieces("<a href='{{crate::csv::PATH}}/{{ self.id + 1 -}}'>"),
        "<a href='‹crate::csv::PATH›/‹self.id + 1›'>"
    );
    assert_eq!(
        pieces(r#"{{ user.name(1, ")}}")[0]?|upper }} {{ !(a || b) }} {{ S { a: 1 }.b }}"#),
        r#"‹user.name(1, ")}}")[0]?|upper› ‹!(a || b)› ‹S { a: 1 }.b›"#
    );
    assert_eq!(
        pieces("{{ a is defined }} {{ 1..n }}"),
        "‹a is defined› ‹1..n›"
    );
}

#[test]
fn literals_are_text() {
    assert_eq!(
        pieces(r#"{{ "a<b\"" }} {{ "<br>"|safe }} {{ 1_000u32 }} {{ 'x' }} {{ (true) }}"#),
        "a&lt;b&quot; <br> 1000 x true"
    );
    assert_eq!(pieces(r#"{{ "/a/" ~ id ~ "/b" }}"#), "/a/‹id›/b");
    assert_eq!(
        pieces(r#"{{ "/a/{}/{:?}"|format(id, b.c) }} {{ format!("/{}/{x}", f(1, 2)) }}"#),
        "/a/‹id›/‹b.c› /‹f(1, 2)›/‹x›"
    );
}

#[test]
fn what_is_not_escaped_may_hold_elements() {
    assert_eq!(
        pieces("{{ body|safe }} {{ a.b|trim|safe }}"),
        "«body» «a.b|trim»"
    );
    assert_eq!(pieces("{{ body|escape }}"), "‹body›");
}

#[test]
fn conditions_are_groups() {
    assert_eq!(pieces("{% if a %}A{% endif %}"), "maybe(A)");
    assert_eq!(
        pieces("{% if a %}A{% else if let Some(b) = c %}B{% endif %}"),
        "maybe(A|B)"
    );
    assert_eq!(pieces("{% if a %}A{% else %}B{% endif %}"), "one(A|B)");
    assert_eq!(
        pieces("{% match a %}{% when Some(b) %}{{ b }}{% when None %}{% endmatch %}"),
        "one(‹b›|)"
    );
    assert_eq!(
        pieces("{% for a in b %}<li>{{ a }}{% else %}none{% endfor %}"),
        "any(<li>‹a›)maybe(none)"
    );
}

#[test]
fn comments_are_nothing_and_raw_is_text() {
    assert_eq!(
        pieces("a{# {{ b }} #}c {% raw %}{{ d }}{% endraw %}"),
        "ac {{ d }}"
    );
}

#[test]
fn variables_of_the_template_are_what_they_were_set_to() {
    assert_eq!(
        pieces(r#"{% let a = "/x" %}{% set b = a ~ "/y" %}{% let c = d.e %}{{ b }} {{ c }}"#),
        "/x/y ‹d.e›"
    );
    assert_eq!(
        pieces(r#"{% let a = "1" %}{% for a in b %}{{ a }}{% endfor %}{{ a }}"#),
        "any(‹a›)1"
    );
    assert_eq!(
        pieces(r#"{% let mut a = "1" %}{% mut a = "2" %}{{ a }}"#),
        "‹a›"
    );
    assert_eq!(
        pieces(
            r#"{% decl a %}{% if b %}{% let a = "1" %}{% else %}{% let a = "2" %}{% endif %}{{ a }}"#
        ),
        "one(|)‹a›"
    );
    assert_eq!(
        pieces("{% set a %}<input name=x>{% endset %}{{ a|safe }} {{ a }}"),
        "<input name=x> ‹a›"
    );
}

#[test]
fn macros_are_put_where_they_are_called() {
    let field = r#"{% macro field(name, kind="text") %}<input name="{{ name }}" type="{{ kind }}">{% endmacro %}"#;
    assert_eq!(
        pieces(&format!(
            r#"{field}{{{{ field("a") }}}}{{% call field("b", kind="date") %}}{{% endcall %}}{{{{ field(c.d) }}}}"#
        )),
        r#"<input name="a" type="text"><input name="b" type="date"><input name="‹c.d›" type="text">"#
    );
}

#[test]
fn a_caller_is_put_where_its_macro_wants_it() {
    assert_eq!(
        pieces(
            r#"{% macro row(title) %}<tr>{{ title }}: {{ caller(title, 1) }}</tr>{% endmacro %}{% call(a, b) row("T") %}<i>{{ a }}{{ b }}{{ c }}</i>{% endcall %}"#
        ),
        "<tr>T: <i>T1‹c›</i></tr>"
    );
}

#[test]
fn one_macro_hands_its_arguments_to_another() {
    assert_eq!(
        pieces(
            r#"{% macro a(x) %}<{{ x }}>{% endmacro %}{% macro b(y) %}{{ a(y) }}{{ a("{}!"|format(y)) }}{% endmacro %}{{ b("q") }}{{ b(z) }}"#
        ),
        "<q><q!><‹z›><‹z›!>"
    );
}

#[test]
fn a_piece_knows_its_file_and_line() {
    let read = page(&[
        (
            "templates/page.html",
            "<p>\n{{ a }}\n{% include \"part.html\" %}",
        ),
        ("templates/part.html", "{# … #}\n\n{{ b }}"),
    ])
    .unwrap();
    assert_eq!(
        place_of(&read.source, "<p>"),
        ("templates/page.html".to_owned(), 1)
    );
    assert_eq!(
        place_of(&read.source, "a"),
        ("templates/page.html".to_owned(), 2)
    );
    assert_eq!(
        place_of(&read.source, "b"),
        ("templates/part.html".to_owned(), 3)
    );
}
