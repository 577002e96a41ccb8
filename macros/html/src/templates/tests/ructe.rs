//! Templates of ructe: the pieces that they become, and what ructe's code renders.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::rendered::{assert_same_pieces, assert_shows, count};
use super::{Engine, gap, read_page};
use crate::testing::{place_of, shown};

/// Templates that render the same whatever they get.
const SAME: [(&str, &str); 5] = [
    (
        "plain.rs.html",
        "@use super::base_html;\n@use super::sub::part_html;\n\n@(a: &str, html: Html<&str>)\n\n@:base_html(\"T\", {<main>@a@:part_html(a, 7)</main>}, {})@* no @a *@\n@@ @{ @} @html @(a) @\"<\"\n",
    ),
    (
        "base.rs.html",
        "@use super::outer_html;\n@(title: &str, body: Content, more: Content)\n@:outer_html({<title>@title</title>}, {@:body()[@:more()]})",
    ),
    (
        "outer.rs.html",
        "@(head: Content, body: Content)\n<html>@:head()<body>@:body()</body></html>",
    ),
    (
        "sub/part.rs.html",
        "@use super::super::footer_html;\n@(b: &str, n: u8)\n(@b @n)@:footer_html()",
    ),
    ("footer.rs.html", "@()\n<footer></footer>"),
];

/// A template that chooses.
const CHOSEN: &str = "@(admin: bool, id: Option<u32>, tags: &[&str])\n\
    <form method=post action=\"/items/@if let Some(id) = id {@id} else {new}\"><input name=name>\n\
    @if admin && !tags.is_empty() {<input name=owner><button formaction='/admin'>x</button>} else if admin {<input name=guest>}\n\
    @for tag in tags {<input type=checkbox name=tag value='@tag'>}\n\
    @match id {\n Some(id) => {<input type=hidden name=id value='@id'>}\n None => {<input name=new>}\n}</form>\n\
    @for (i, tag) in tags.iter().enumerate() {<a href='/items?tag=@tag&n=@i'>@tag</a>}\n\
    @if tags.is_empty() {<a href='/none'>x</a>}";

/// What the program prints between two pages.
const BORDER: &str = "=====";

/// What a program renders that ructe made of the templates.
fn rendered() -> Vec<String> {
    let folder = tempfile::TempDir::new().unwrap();
    let templates = folder.path().join("templates");
    for (name, text) in SAME.into_iter().chain([("chosen.rs.html", CHOSEN)]) {
        let file = templates.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let out = folder.path().join("out");
    fs::create_dir_all(&out).unwrap();
    let mut engine = ructe::Ructe::new(out.clone()).unwrap();
    engine.compile_templates(&templates).unwrap();
    drop(engine);
    let main = folder.path().join("main.rs");
    let program = format!(
        r#"#![allow(warnings)]
include!({file:?});
fn main() {{
    let show = |page: Vec<u8>| println!("{{}}{BORDER}", String::from_utf8(page).unwrap());
    let mut page = Vec::new();
    templates::plain_html(&mut page, "‹a›", templates::Html("<i>")).unwrap();
    show(page);
    for admin in [true, false] {{
        for id in [None, Some(7)] {{
            for tags in [&[][..], &["a", "b"]] {{
                let mut page = Vec::new();
                templates::chosen_html(&mut page, admin, id, tags).unwrap();
                show(page);
            }}
        }}
    }}
}}
"#,
        file = out.join("templates.rs").display().to_string(),
    );
    fs::write(&main, program).unwrap();
    let built = folder.path().join("main");
    run(Command::new("rustc")
        .arg("--edition=2021")
        .arg("-o")
        .arg(&built)
        .arg(&main));
    let printed = run(&mut Command::new(built));
    let mut pages: Vec<String> = printed.split(BORDER).map(str::to_owned).collect();
    pages.pop();
    pages
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_is_read_is_what_ructe_renders() {
    let pages = rendered();
    let [same, chosen @ ..] = pages.as_slice() else {
        panic!("nothing is rendered")
    };
    let read = read_page(Engine::Ructe, "plain_html", &SAME).unwrap();
    assert_same_pieces(&read, same);
    let read = read_page(Engine::Ructe, "chosen_html", &[("chosen.rs.html", CHOSEN)]).unwrap();
    assert!(read.gaps.is_empty(), "{:?}", read.gaps);
    let known = crate::read(&read.source);
    assert_eq!(chosen.len(), 8);
    for page in chosen {
        assert!(count(page) >= 2, "{page}");
        assert_shows(&known, page, "");
    }
}

fn pieces(text: &str) -> String {
    let text = format!("@(m: Html<String>, t: &str)\n{text}");
    let page = read_page(Engine::Ructe, "page_html", &[("page.rs.html", &text)]).unwrap();
    let gaps = page.gaps.iter().map(gap).collect::<String>();
    format!("{}{gaps}", shown(&page.source))
}

#[test]
fn expressions_are_what_ructe_takes_for_them() {
    for (text, expected) in [
        (
            "@a.b(1, \"x)\").c. @a[0] @&a @a::B",
            "‹a.b(1, \"x)\").c›. ‹a[0]› ‹a› ‹a::B›",
        ),
        (
            "@t @m @Html(a) @csrf_field(a) @f(a)",
            "‹t› «m» «Html(a)» «csrf_field(a)» ‹f(a)›",
        ),
        (
            "@(a + b) @format!(\"/{}/x\", a) x@@y",
            "‹(a + b)› /‹a›/x x@y",
        ),
        (
            "@if a {A} @if a{b} {B} @if !a || b < 3 {C}",
            "maybe(A) maybe(B) maybe(C)",
        ),
    ] {
        assert_eq!(pieces(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_known_is_a_gap() {
    for (text, expected) in [
        (
            "<p>{",
            "<p>«…» [page.rs.html:2 this brace belongs to nothing]",
        ),
        (
            "<p>@if a {",
            "<p>maybe(«…») [page.rs.html:2 a block has no end]",
        ),
        (
            "<p>@ x",
            "<p>«…» x [page.rs.html:2 what is behind this `@` is not known]",
        ),
    ] {
        assert_eq!(pieces(text), expected, "{text}");
    }
    let error = read_page(Engine::Ructe, "page_html", &[("page.rs.html", "<p>")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`templates/page.rs.html`, line 1 is not a valid ructe template: it does not begin with its parameters, `@(…)`"
    );
}

#[test]
fn a_template_is_found_by_its_function() {
    let files = [
        (
            "page.rs.html",
            "@use crate::templates::sub::{a_html, b_html as c};\n@()\n@:a_html()@:c()",
        ),
        (
            "sub/a.rs.html",
            "@use super::near_html;\n@()\n\n@:near_html()",
        ),
        ("sub/b.rs.html", "@()\nb"),
        ("sub/near.rs.html", "@()\n@near"),
    ];
    for name in [
        "page_html",
        "templates::page_html",
        "crate::templates::page_html",
        "page.rs.html",
    ] {
        let page = read_page(Engine::Ructe, name, &files).unwrap();
        assert_eq!(shown(&page.source), "‹near›b");
        assert_eq!(
            place_of(&page.source, "near"),
            ("templates/sub/near.rs.html".to_owned(), 2)
        );
        assert!(Path::new(&page.files[1]).ends_with("sub/a.rs.html"));
    }
}
