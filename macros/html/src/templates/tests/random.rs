//! Random templates, rendered by their engines: each form and link of each rendering is one of
//! those that were read, with the fields that are always sent, and no other ones.

use serde_json::{Value, json};

use super::rendered::{assert_shows, count};
use super::{Engine, handlebars, minijinja, read_page, tera};
use crate::tests::numbers::Numbers;

/// How one engine writes what all have.
#[derive(Clone, Copy)]
struct Syntax {
    engine: Engine,
    ending: &'static str,
    condition: [&'static str; 4],
    repeated: [&'static str; 3],
    value: [&'static str; 2],
    include: [&'static str; 2],
    /// The call of the macro or partial `field` with a name.
    call: [&'static str; 2],
    /// What sets the variable `v`, if anything does.
    set: Option<[&'static str; 2]>,
}

const JINJA: Syntax = Syntax {
    engine: Engine::Minijinja,
    ending: ".html",
    condition: ["{% if N %}", "{% elif N %}", "{% else %}", "{% endif %}"],
    repeated: ["{% for x in N %}", "{% else %}", "{% endfor %}"],
    value: ["{{ ", " }}"],
    include: ["{% include '", ".html' %}"],
    call: ["{{ m.field('", "') }}"],
    set: Some(["{% set v = '", "' %}"]),
};

const TERA: Syntax = Syntax {
    engine: Engine::Tera,
    call: ["{{ m::field(name='", "') }}"],
    ..JINJA
};

const HANDLEBARS: Syntax = Syntax {
    engine: Engine::Handlebars,
    ending: ".hbs",
    condition: ["{{#if N}}", "{{else if N}}", "{{else}}", "{{/if}}"],
    repeated: ["{{#each N}}", "{{else}}", "{{/each}}"],
    value: ["{{", "}}"],
    include: ["{{> ", "}}"],
    call: ["{{> field name='", "'}}"],
    set: None,
};

struct Writer<'n> {
    numbers: &'n mut Numbers,
    syntax: Syntax,
    /// How many forms, links and fields there are.
    count: usize,
    /// No page includes itself.
    part: bool,
}

impl Writer<'_> {
    fn next(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn several(&mut self, depth: usize, in_form: bool) -> String {
        let pieces = 1 + self.numbers.below(4);
        (0..pieces).map(|_| self.piece(depth, in_form)).collect()
    }

    fn condition(&mut self) -> String {
        format!("c{}", self.numbers.below(4))
    }

    fn piece(&mut self, depth: usize, in_form: bool) -> String {
        let number = self.next();
        let Syntax {
            condition: [first, next, last, end],
            repeated: [each, empty, done],
            value: [open, close],
            include,
            call,
            set,
            ..
        } = self.syntax;
        let choices = if depth == 0 { 5 } else { 9 };
        match self.numbers.below(choices) {
            0 => format!("<a href='/l{number}/{open}c0{close}'>x</a>"),
            1 => format!("<input name=n{number}>"),
            2 => format!("{}n{number}{}", call[0], call[1]),
            3 if self.part && !in_form => format!("{}part{}", include[0], include[1]),
            4 => match set {
                Some(set) if self.numbers.below(2) == 0 => {
                    format!("{}/s{number}{}", set[0], set[1])
                }
                _ => format!("<a href='{open}v{close}'>v</a>"),
            },
            _ if depth == 0 => format!("<a href='/d{number}'>d</a>"),
            5 if !in_form => {
                let inner = self.several(depth - 1, true);
                format!("<form method=post action='/f{number}'>{inner}</form>")
            }
            6 => {
                let inner = self.several(depth - 1, in_form);
                let other = if self.numbers.below(2) == 0 {
                    format!("{empty}{}", self.several(depth - 1, in_form))
                } else {
                    String::new()
                };
                format!("{}{inner}{other}{done}", each.replace('N', "l"))
            }
            _ => {
                let mut text = first.replace('N', &self.condition());
                text += &self.several(depth - 1, in_form);
                for _ in 0..self.numbers.below(3) {
                    text += &next.replace('N', &self.condition());
                    text += &self.several(depth - 1, in_form);
                }
                if self.numbers.below(2) == 0 {
                    text += last;
                    text += &self.several(depth - 1, in_form);
                }
                text + end
            }
        }
    }
}

/// The files of a random page, its own first.
fn files(numbers: &mut Numbers, syntax: &Syntax) -> Vec<(String, String)> {
    let mut writer = Writer {
        numbers,
        syntax: *syntax,
        count: 0,
        part: false,
    };
    let part = writer.several(2, false);
    writer.part = true;
    let mut page = writer.several(3, false);
    let field = "<input name='NAME'>".replace("NAME", &syntax.value.join("name"));
    let (name, field) = match syntax.engine {
        Engine::Handlebars => ("field", field),
        _ => (
            "m",
            format!("{{% macro field(name) %}}{field}{{% endmacro %}}"),
        ),
    };
    let mut files = Vec::new();
    if let Some([open, close]) = syntax.set {
        let base = writer.several(2, false);
        let block = writer.several(2, false);
        let import = "{% import 'm.html' as m %}";
        // Minijinja imports where a block is rendered.
        let inner = match syntax.engine {
            Engine::Tera => "",
            _ => import,
        };
        page = format!(
            "{{% extends 'base.html' %}}{import}{{% block main %}}{inner}{open}/s0{close}{page}{{{{ super() }}}}<a href='{{{{ v }}}}'>v</a>{{% endblock %}}"
        );
        let start = format!("{import}{open}/s00{close}");
        let base = format!(
            "{start}{base}{{% block main %}}{inner}{block}{{% endblock %}}<a href='{{{{ v }}}}'>v</a>"
        );
        files.push(("base".to_owned(), base));
        files.push(("part".to_owned(), format!("{import}{part}")));
    } else {
        files.push(("part".to_owned(), part));
    }
    files.push((name.to_owned(), field));
    files.insert(0, ("page".to_owned(), page));
    let named = |(name, text): (String, String)| (format!("{name}{}", syntax.ending), text);
    files.into_iter().map(named).collect()
}

/// Reads and renders random pages. Returns how many forms and links were compared.
fn compare(syntax: &Syntax, render: impl Fn(&str, &[(&str, &str)], &Value) -> String) -> usize {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let mut seen = 0;
    for _ in 0..25 {
        let files = files(&mut numbers, syntax);
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        let (name, text) = files[0];
        let read = read_page(syntax.engine, name, &files).unwrap();
        assert!(read.gaps.is_empty(), "{text}: {:?}", read.gaps);
        let known = crate::read(&read.source);
        for bits in 0..16 {
            let list = if bits % 3 == 0 {
                json!([])
            } else {
                json!([{}, {}])
            };
            let is = |bit: u32| bits & (1 << bit) != 0;
            let context = json!({
                "c0": is(0), "c1": is(1), "c2": is(2), "c3": is(3), "l": list, "v": "/v",
            });
            let page = render(name, &files, &context);
            seen += count(&page);
            assert_shows(&known, &page, &format!("{files:#?} {context}"));
        }
    }
    seen
}

#[test]
fn what_minijinja_renders_was_read() {
    assert!(compare(&JINJA, minijinja::render) > 1_000);
}

#[test]
fn what_tera_renders_was_read() {
    assert!(compare(&TERA, tera::render) > 1_000);
}

#[test]
fn what_handlebars_renders_was_read() {
    assert!(compare(&HANDLEBARS, handlebars::render) > 1_000);
}
