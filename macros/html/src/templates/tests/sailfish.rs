//! Templates of sailfish: the pieces that they become, and what sailfish renders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sailfish::TemplateSimple;

use super::rendered::{assert_same_pieces, assert_shows, count};
use super::{Delimiters, Engine, Read, gap, pieces, read_page, read_with};
use crate::templates::{Disk, Request, read};
use crate::testing::{place_of, shown};

#[derive(TemplateSimple)]
#[template(path = "joined.stpl")]
struct Joined {
    a: &'static str,
    html: &'static str,
}

#[derive(TemplateSimple)]
#[template(path = "chosen.stpl")]
struct Chosen {
    admin: bool,
    id: usize,
    tags: &'static [&'static str],
}

/// Reads a template of the tests' folder.
fn on_disk(name: &str) -> Read {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    read(&Request {
        engine: Engine::Sailfish,
        name,
        folders: &[package.join("tests/sailfish")],
        names: &BTreeMap::new(),
        components: &[],
        delimiters: None,
        escapes: None,
        root: package,
        files: &Disk,
    })
    .unwrap()
}

#[test]
fn what_is_included_is_joined_as_sailfish_joins_it() {
    let read = on_disk("joined.stpl");
    let page = Joined {
        a: "‹a›",
        html: "<i>",
    };
    assert_same_pieces(&read, &page.render_once().unwrap());
    let names = read.files.iter().map(|file| file.file_name().unwrap());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["joined.stpl", "near.stpl", "part.stpl"]
    );
}

#[test]
fn each_form_of_each_rendering_is_read() {
    let read = on_disk("chosen.stpl");
    assert!(read.gaps.is_empty(), "{:?}", read.gaps);
    let known = crate::read(&read.source);
    let mut seen = 0;
    for admin in [true, false] {
        for id in [0, 7] {
            for tags in [&[][..], &["a", "b"]] {
                let page = Chosen { admin, id, tags }.render_once().unwrap();
                seen += count(&page);
                assert_shows(&known, &page, &format!("{admin} {id} {tags:?}"));
            }
        }
    }
    assert!(seen >= 20, "{seen}");
}

#[test]
fn code_is_groups_and_values() {
    for (text, expected) in [
        ("<% if a { %>A<% } %>", "maybe(A)"),
        ("<% if a == \"{\" { %>A<% } else { %>B<% } %>", "one(A|B)"),
        (
            "<% if a { %>A<% } else if b { %>B<% } else { %>C<% } %>",
            "one(A|B|C)",
        ),
        ("<% for a in b.iter() { %>A<%= a %><% } %>", "any(A‹a›)"),
        ("<% while let Some(a) = b.next() { %>A<% } %>", "any(A)"),
        (
            "<% match a { %><% Some(b) => { %>B<%= b %><% } %><% None => { %>N<% } } %>",
            "one(B‹b›|N)",
        ),
        (
            "<% let a = \"x\"; %><%= a %><% { let a = \"y\"; %><%= a %><% } %><%= a %>",
            "xyx",
        ),
        ("<% let mut a = \"x\"; %><%= a %>", "‹a›"),
        (
            "<%= self.a.b() %> <%= f(\"%>\") %> <%- raw %>",
            "‹self.a.b()› ‹f(\"%>\")› «raw»",
        ),
        ("<% a.iter().for_each(|b| { %>B<% }); %>", "any(B)"),
        ("<%= a | upper %> <%= a || b %>", "‹a› ‹a || b›"),
    ] {
        assert_eq!(pieces(Engine::Sailfish, text), expected, "{text}");
    }
}

#[test]
fn what_is_not_known_is_a_gap() {
    let said = |text: &str| {
        let page = read_page(Engine::Sailfish, "page.stpl", &[("page.stpl", text)]).unwrap();
        assert!(shown(&page.source).contains("<form>"), "{text}");
        page.gaps.iter().map(gap).collect::<String>()
    };
    for (text, expected) in [
        ("<form>\n<% if a { %>", " [page.stpl:2 a block has no end]"),
        (
            "<form><% } %>",
            " [page.stpl:1 there is no block that this brace closes]",
        ),
        ("<form><%= a", " [page.stpl:1 this tag has no end]"),
        (
            "<%+ Other { a: 1 } %><form>",
            " [page.stpl:1 it renders another template, the value of `Other { a: 1 }`]",
        ),
        (
            "<%- include!(\"page.stpl\") %><form>",
            " [page.stpl:1 the template uses itself without end: templates/page.stpl → templates/page.stpl, at `templates/page.stpl`, line 1. Remove one of the steps]",
        ),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn an_app_has_a_delimiter_of_its_own() {
    let delimiters = Delimiters {
        block_start: Some("<?".to_owned()),
        ..Delimiters::default()
    };
    let files = [("page.stpl", "<? if a { ?><?= b ?><% c %><? } ?>")];
    let page = read_with(Engine::Sailfish, "page.stpl", &files, Some(&delimiters)).unwrap();
    assert_eq!(shown(&page.source), "maybe(‹b›<% c %>)");
}

#[test]
fn a_piece_knows_its_file_and_line() {
    let files = [
        (
            "a/page.stpl",
            "<p>\n<%= a %>\n<% include!(\"part.stpl\"); include!(\"/b.stpl\"); %>",
        ),
        ("a/part.stpl", "<%# … %>\n\n<%= b %>"),
        ("b.stpl", "<%= c %>"),
    ];
    let page = read_page(Engine::Sailfish, "a/page.stpl", &files).unwrap();
    let place = |text: &str| place_of(&page.source, text);
    assert_eq!(place("a"), ("templates/a/page.stpl".to_owned(), 2));
    assert_eq!(place("b"), ("templates/a/part.stpl".to_owned(), 3));
    assert_eq!(place("c"), ("templates/b.stpl".to_owned(), 1));
    assert_eq!(page.files[2], PathBuf::from("/app/templates/b.stpl"));
}
