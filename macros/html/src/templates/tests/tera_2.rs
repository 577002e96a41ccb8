//! The same templates, rendered by tera 2 itself, with its components.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tera2::{Context, Tera};

use super::rendered::assert_same_pieces;
use super::{Engine, Folder};
use crate::templates::{Read, Request, read};

const COMPONENTS: &str = "{% component ui.field(name: string, kind: string = \"text\", ...rest) -%}\
     <input name='{{ name }}' type={{ kind }}>{%- endcomponent ui.field %}\
     {% component form(to: string) %}<form action='{{ to }}'>{{ body | safe }}{{ <ui.field name=\"t\" /> }}</form>{% endcomponent form %}";

fn render(files: &[(&str, &str)]) -> String {
    let mut engine = Tera::new();
    engine.add_raw_templates(files.iter().copied()).unwrap();
    let mut context = Context::new();
    for name in ["a", "b"] {
        context.insert(name, &format!("‹{name}›"));
    }
    engine.render(files[0].0, &context).unwrap()
}

fn read_page(files: &[(&str, &str)]) -> Read {
    let components: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let files = files
        .iter()
        .map(|(name, text)| (format!("templates/{name}"), *text));
    let files: Vec<(String, &str)> = files.collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, *text)).collect();
    read(&Request {
        engine: Engine::Tera,
        name: "page.html",
        folders: &[PathBuf::from("/app/templates")],
        names: &BTreeMap::new(),
        components: &components,
        delimiters: None,
        escapes: None,
        root: Path::new("/app"),
        files: &Folder::new(&files),
    })
    .unwrap()
}

#[test]
fn components_and_heritage_are_joined_as_tera_2_joins_them() {
    for page in [
        "{{ <ui.field name={a} /> }}{{ <ui.field name=\"n\" kind=\"date\" class=\"x\" /> }}",
        "{% <form to=\"/x\"> %}<b>{{ a }}</b>{{ <ui.field name={b} /> }}{% </form> %}",
        "{% extends 'base.html' %}{% block main %}{% <form to={\"/\" ~ a}> %}{{ super() }}{% </form> %}{% endblock %}",
        "{% set c = '/x' %}{% include 'part.html' %}{{ c }}{{ '<' }}{{ '<' | safe }}{{ 'a' ~ b }}",
    ] {
        let files = [
            ("page.html", page),
            ("base.html", "<html>{% block main %}M{% endblock %}</html>"),
            ("part.html", "[{{ a }}{{ c }}]"),
            ("components.html", COMPONENTS),
        ];
        assert_same_pieces(&read_page(&files), &render(&files));
    }
}
