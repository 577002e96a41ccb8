//! The same templates, rendered by tera itself.

use serde_json::{Value, json};
use tera::{Context, Tera};

use super::rendered::{assert_same_pieces, assert_shows, count};
use super::{Engine, read_page};

pub(super) fn render(name: &str, files: &[(&str, &str)], context: &Value) -> String {
    let mut engine = Tera::default();
    engine.add_raw_templates(files.iter().copied()).unwrap();
    engine
        .render(name, &Context::from_serialize(context).unwrap())
        .unwrap()
}

/// Where nothing is chosen at run time, the pieces are the page.
fn assert_same(files: &[(&str, &str)]) {
    let context = json!({
        "a": "‹a›", "b": "‹b›", "user": { "id": "‹user.id›", "name": "‹user.name›" },
        "html": "<i>", "title": "‹title›", "csrf": "‹csrf›",
    });
    let (name, _) = files[0];
    let read = read_page(Engine::Tera, name, files).unwrap();
    assert_same_pieces(&read, &render(name, files, &context));
}

#[test]
fn heritage_includes_and_macros_are_joined_as_tera_joins_them() {
    for page in [
        "{% extends 'base.html' %}nowhere{% block a %}A1{{ super() }}{% endblock %}",
        "{% extends 'middle.html' %}{% block a %}A2{{ super() }}{% endblock a %}{% block c %}C2{% endblock %}",
        "{% extends 'base.html' %}{% import 'forms.html' as f %}{% block a %}{{ f::input(name='n', value=a) }}{% endblock %}",
        "{% import 'forms.html' as f %}{{ f::both(name='q') }}",
        "{% include 'part.html' %}{% include ['nowhere.html', 'part.html'] %}{% include 'nowhere.html' ignore missing %}",
        "{% set a = '1' %}{% include 'part.html' %}{{ a }}",
        "{% raw %}{{ a }}{% endraw %}{{ 'x' ~ a ~ `y` }}{{ '<' }}{{ '<' | safe }}{{ 'a' ~ b | safe }}",
        "{{ html | safe }}{{ user.name }}",
    ] {
        assert_same(&[
            ("page.html", page),
            (
                "base.html",
                "<html>{% block a %}A0{% endblock %}{% block b %}B0{% endblock b %}</html>",
            ),
            (
                "middle.html",
                "{% extends 'base.html' %}{% block a %}A1{{ super() }}{% block c %}C1{% endblock %}{% endblock %}",
            ),
            (
                "forms.html",
                "{% macro input(name, kind='text', value=\"\") -%}<input name='{{ name }}' type={{ kind }} value='{{ value }}'>{%- endmacro %}\
                 {% macro both(name) %}{{ self::input(name=name) }}{{ self::input(name='x', kind='date') }}{% endmacro %}",
            ),
            ("part.html", "[{{ a }}]"),
        ]);
    }
}

#[test]
fn the_template_that_is_rendered_decides_what_is_escaped() {
    for name in ["a.html", "a.htm", "a.xml", "a.txt", "a", "a.html.tera"] {
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
            "{% extends 'base.html' %}{% import 'forms.html' as forms %}\
             {% block main %}{% if item %}{% set action = '/items/' ~ item.id %}{% else %}{% set action = '/items' %}{% endif %}\
             <form method=post action=\"{{ action }}\">{{ forms::field(name='name', value=name) }}\
             {% if admin %}{{ forms::field(name='owner') }}<button formaction='/admin/{{ id }}'>x</button>{% endif %}\
             {% for tag in tags %}<input type=checkbox name=tag value='{{ tag }}'>{% else %}<input name=new_tag>{% endfor %}\
             {% set_global seen = false %}{% for tag in tags %}{% set_global seen = true %}{% endfor %}\
             {% if seen %}<input name=seen>{% endif %}</form>\
             {% for page in pages %}<a href='/items?page={{ page }}'>{{ page }}</a>{% endfor %}{% endblock %}",
        ),
        (
            "base.html",
            "<nav>{% if admin %}<a href='/admin'>x</a>{% elif name == 'x' %}<a href='/login'>x</a>{% endif %}</nav>\
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
    let read = read_page(Engine::Tera, "page.html", &files).unwrap();
    assert!(read.gaps.is_empty());
    let known = crate::read(&read.source);
    let mut seen = 0;
    for item in [Value::Null, json!({ "id": 7 })] {
        for admin in [true, false] {
            for tags in [json!([]), json!(["a", "b"])] {
                let context = json!({ "item": item, "admin": admin, "tags": tags, "pages": tags, "name": "x", "id": 7 });
                let page = render("page.html", &files, &context);
                seen += count(&page);
                assert_shows(&known, &page, &context.to_string());
            }
        }
    }
    assert!(seen > 30, "{seen}");
}
