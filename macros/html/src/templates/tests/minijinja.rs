//! The same templates, rendered by minijinja itself.

use minijinja::Environment;
use serde_json::{Value, json};

use super::rendered::{assert_same_pieces, assert_shows, count};
use super::{Engine, read_page};

pub(super) fn render(name: &str, files: &[(&str, &str)], context: &Value) -> String {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(minijinja::UndefinedBehavior::Chainable);
    for (name, text) in files {
        engine.add_template(name, text).unwrap();
    }
    let page = engine.get_template(name).unwrap();
    page.render(minijinja::value::Serde(context)).unwrap()
}

/// Where nothing is chosen at run time, the pieces are the page.
fn assert_same(files: &[(&str, &str)]) {
    let context = json!({
        "a": "‹a›", "b": "‹b›", "user": { "id": "‹user.id›", "name": "‹user.name›" },
        "html": "<i>", "title": "‹title›", "csrf": "‹csrf›",
    });
    let (name, _) = files[0];
    let read = read_page(Engine::Minijinja, name, files).unwrap();
    assert_same_pieces(&read, &render(name, files, &context));
}

#[test]
fn heritage_includes_and_macros_are_joined_as_minijinja_joins_them() {
    let base = (
        "base.html",
        "<html>{% block a %}A0{% endblock %}{% block b %}B0{{ title }}{% endblock b %}</html>",
    );
    let forms = (
        "forms.html",
        "{% macro input(name, kind='text', value=\"\") -%}<input name='{{ name }}' type={{ kind }} value='{{ value }}'>{%- endmacro %}\
         {% macro form(to) %}<form action='{{ to }}'>{{ caller('x') }}</form>{% endmacro %}{% set end = 'z' %}",
    );
    for page in [
        "{% extends 'base.html' %}nowhere{% block a %}A1{{ super() }}{% endblock %}",
        "{% extends 'base.html' %}{% set title = 'T' %}{% block a %}{{ title }}{{ self.b() }}{% endblock %}",
        "{% extends 'base.html' %}{% block a %}{% import 'forms.html' as f %}{{ f.input('n', value=a) }}{% endblock %}",
        "{% from 'forms.html' import input, form as f %}{{ input('n') }}{% call(y) f('/x') %}{{ input(y, 'date') }}{{ b }}{% endcall %}",
        "{% macro own(x, y=a) %}<{{ x }}{{ y }}>{% endmacro %}{{ own('q', y='z') }}{{ own(x=b, y='') }}{{ own('q')|safe }}",
        "{% include 'part.html' %}{% include ['nowhere.html', 'part.html'] %}{% include 'nowhere.html' ignore missing %}",
        "{% set a = '1' %}{% include 'part.html' %}{% with a = '2', c = a %}{{ a }}{{ c }}{% endwith %}{{ a }}",
        "{% set a %}<b>{{ b }}</b>{% endset %}{{ a }}{{ a|safe }}",
        "{% raw %}{{ a }}{% endraw %}{{ 'x' ~ a ~ 'y' }}{{ '/' + a }}{{ '<' }}{{ '<'|safe }}",
        "{{ html|safe }}{% autoescape false %}{{ '<' }}{{ html }}{% endautoescape %}{{ '<' }}",
        "{{ user.name }}{% set m = {'k': 'x', \"l\": a} %}{{ m.k }}{{ m.l }}{% set n = m %}{{ n.k }}",
        "{% macro f(m) %}<i>{{ m.k }}{{ caller(m) }}</i>{% endmacro %}{% call(x) f({'k': b}) %}{{ x.k }}{% endcall %}",
    ] {
        assert_same(&[("page.html", page), base, forms, ("part.html", "[{{ a }}]")]);
    }
}

#[test]
fn the_ending_of_a_name_decides_what_is_escaped() {
    for name in [
        "a.html",
        "a.htm",
        "a.xml",
        "a.html.j2",
        "a.html.jinja",
        "a.txt",
        "a",
        "a.txt.j2",
        "a.j2",
    ] {
        assert_same(&[
            (name, "{{ '<' }}{% include 'b.txt' %}{% include 'b.html' %}"),
            ("b.txt", "{{ '<' }}"),
            ("b.html", "{{ '<' }}"),
        ]);
    }
}

#[test]
fn each_form_of_each_rendering_is_read() {
    let files = [
        (
            "page.html",
            "{% extends 'base.html' %}{% from 'forms.html' import field %}\
             {% block main %}{% set action = '/items/' ~ item.id if item else '/items' %}\
             <form method=post action=\"{{ action }}\">{{ field('name', item.name) }}\
             {% if admin %}{{ field('owner') }}<button formaction='/admin/{{ item.id }}'>x</button>{% endif %}\
             {% for tag in tags %}<input type=checkbox name=tag value='{{ tag }}'>{% else %}<input name=new_tag>{% endfor %}\
             <input type=hidden name=csrf value='{{ csrf }}'></form>\
             {% for page in pages %}<a href='/items?page={{ page }}'>{{ page }}</a>{% endfor %}{% endblock %}",
        ),
        (
            "base.html",
            "<nav>{% if admin %}<a href='/admin'>x</a>{% else %}<a href='/login?next={{ next|urlencode }}'>x</a>{% endif %}</nav>\
             {% block main %}{% endblock %}{% include 'footer.html' %}",
        ),
        (
            "forms.html",
            "{% macro field(name, value='') %}<label>{{ name }}<input name='{{ name }}' value='{{ value }}'></label>{% endmacro %}",
        ),
        (
            "footer.html",
            "{% set to = '/a' %}{% if admin %}{% set to = '/b' %}{% endif %}<form action='{{ to }}'><input name=q></form>",
        ),
    ];
    let read = read_page(Engine::Minijinja, "page.html", &files).unwrap();
    assert!(read.gaps.is_empty());
    let known = crate::read(&read.source);
    let mut seen = 0;
    for item in [Value::Null, json!({ "id": 7, "name": "x" })] {
        for admin in [true, false] {
            for tags in [json!([]), json!(["a", "b"])] {
                let context = json!({ "item": item, "admin": admin, "tags": tags, "pages": tags, "csrf": "t", "next": "/x y" });
                let page = render("page.html", &files, &context);
                seen += count(&page);
                assert_shows(&known, &page, &context.to_string());
            }
        }
    }
    assert!(seen > 30, "{seen}");
}
