//! Where forms and links go, and how.

use super::{each_is, show, show_url, source};
use crate::{Source, read};

#[test]
fn the_attributes_of_a_form() {
    each_is(&[
        ("<form>", &["form GET (page) query: "]),
        (
            "<form action='' method=POST>",
            &["form POST (page) urlencoded: "],
        ),
        ("<form action='#x'>", &["form GET (page) query: "]),
        ("<form action='?a=1'>", &["form GET (page) query: "]),
        ("<form action=' /a ' method=put>", &["form GET /a query: "]),
        (
            "<form action='/a?b=1#c'><input name=d>",
            &["form GET /a query: d"],
        ),
        ("<form method=dialog><input name=a></form>", &[]),
        ("<form action=https://example.org/a method=post>", &[]),
        (
            "<form action=/a method=post enctype=Multipart/Form-Data>",
            &["form POST /a multipart: "],
        ),
        (
            "<form action=/a method=post enctype=text/plain>",
            &["form POST /a text: "],
        ),
        (
            "<form action=/a method=get enctype=multipart/form-data>",
            &["form GET /a query: "],
        ),
        (
            "<form action=/a method='{{ method }}'><input name=a>",
            &["form (method) /a unknown: a"],
        ),
        (
            "<form action=/a method=post enctype='{{ enctype }}'>",
            &["form POST /a unknown: "],
        ),
        ("<form {{ attributes }}>", &["form (method) (…) unknown: "]),
    ]);
}

#[test]
fn rocket_takes_the_method_out_of_the_first_field() {
    for (page, expected) in [
        (
            "<form method=post action=/a><input type=hidden name=_method value=delete><input name=b>",
            &["form DELETE /a urlencoded: _method=delete b"][..],
        ),
        (
            "<form method=post action=/a><input type=hidden name=_method value=Put>",
            &["form PUT /a urlencoded: _method=Put"],
        ),
        (
            "<form method=post action=/a><input name=b><input type=hidden name=_method value=put>",
            &["form POST /a urlencoded: b _method=put"],
        ),
        (
            "<form method=post action=/a><input type=checkbox name=b><input type=hidden name=_method value=put>",
            &["form (method) /a urlencoded: b?=on _method=put"],
        ),
        (
            "<form method=post action=/a enctype=multipart/form-data><input type=hidden name=_method value=put>",
            &["form POST /a multipart: _method=put"],
        ),
        (
            "<form method=get action=/a><input type=hidden name=_method value=put>",
            &["form GET /a query: _method=put"],
        ),
        (
            "<form method=post action=/a><input type=hidden name=_method value=get>",
            &["form (method) /a urlencoded: _method=get"],
        ),
        (
            "<form method=post action=/a><input type=hidden name=_method value=options>",
            &["form POST /a urlencoded: _method=options"],
        ),
        (
            "<form method=post action=/a><input type=hidden name=_method value='{{ m }}'>",
            &["form (method) /a urlencoded: _method"],
        ),
        (
            "<form method=post action=/a>{% maybe %}<input type=hidden name=_method value=put>{% end %}<input name=b>",
            &[
                "form PUT /a urlencoded: _method=put b",
                "form POST /a urlencoded: _method?=put b",
            ],
        ),
        (
            "<form method=post action=/a><button name=_method value=delete>x</button><button>y</button>",
            &[
                "form POST /a urlencoded: ",
                "button DELETE /a urlencoded: _method=delete",
            ],
        ),
        (
            "<form method=post action=/a><input name=b><button name=_method value=delete>x</button>",
            &["button POST /a urlencoded: b _method=delete"],
        ),
        (
            "<form method=post action=/a><button name=_method value=delete>x</button><input name=b>",
            &["button DELETE /a urlencoded: b _method=delete"],
        ),
    ] {
        let forms = read(&source(page).with_rocket(true));
        let shown: Vec<String> = forms.iter().map(show).collect();
        assert_eq!(shown, *expected, "{page}");
    }
}

#[test]
fn elsewhere_the_method_is_that_of_the_form() {
    each_is(&[
        (
            "<form method=post action=/a><input type=hidden name=_method value=delete>",
            &["form POST /a urlencoded: _method=delete"],
        ),
        (
            "<form method=post action=/a><button name=_method value=delete>x</button><button>y</button>",
            &["form POST /a urlencoded: _method?=delete"],
        ),
    ]);
}

#[test]
fn links_within_the_app() {
    each_is(&[
        ("<a href=/a>x</a>", &["link /a"]),
        ("<a href=/a download>x</a>", &["link /a"]),
        ("<a>x</a>", &[]),
        ("<a href='#top'>x</a>", &[]),
        ("<a href=''>x</a>", &["link (page)"]),
        ("<a href='?page=2'>x</a>", &["link (page): page=2"]),
        ("<map><area href=/a/b></map>", &["link /a/b"]),
        (
            "<a href=mailto:a@b.c>x</a><a href=' JavaScript:f()'>y</a>",
            &[],
        ),
        ("<a href=https://x.y/z>x</a><a href=//x.y/z>y</a>", &[]),
        ("<svg><a href=/a></a></svg>", &["link /a"]),
    ]);
}

#[test]
fn what_addresses_are_relative_to() {
    each_is(&[
        ("<a href=a>x</a>", &["link ./a"]),
        (
            "<base href=/app/><a href=a>x</a><a href=/b>y</a>",
            &["link /app/a", "link /b"],
        ),
        (
            "<base target=_top><base href=/app/><a href='?a'>x</a>",
            &["link /app/: a="],
        ),
        (
            "<base href='{{ root }}/'><a href=a>x</a>",
            &["link (base)/a"],
        ),
        ("<base href=../><a href=a/b>x</a>", &["link ./../a/b"]),
        (
            "<base href=https://x.y/><a href=a>x</a><form action=/b>",
            &[],
        ),
        ("<base href=/app/><form>", &["form GET (page) query: "]),
    ]);
}

#[test]
fn the_place_and_the_tag_of_a_form() {
    let page = "<p>\r\n{{ x }}\n\n<form\n   id=f name='{{ n }}'\n action='/a/{{ id }}'>\n<a name=l\nhref=/b>";
    let forms = read(&source(page));
    let told: Vec<_> = forms
        .iter()
        .map(|form| (form.place.line, form.tag.as_str(), form.names.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (
                4,
                "<form id=f name='{{ n }}' action='/a/{{ id }}'>",
                vec!["f".to_owned()]
            ),
            (7, "<a name=l href=/b>", vec!["l".to_owned()]),
        ]
    );
    assert!(forms.iter().all(|form| form.place.file == "page.html"));
}

#[test]
fn a_long_tag_is_shortened_and_branches_in_it_are_hinted_at() {
    let page = format!(
        "<form {{% maybe %}}class=a{{% end %}} action='/{}'>",
        "ä".repeat(100)
    );
    let forms = read(&source(&page));
    let tag = &forms[0].tag;
    assert!(tag.starts_with("<form … action='/ää"), "{tag}");
    assert!(tag.ends_with("ä…"), "{tag}");
    assert_eq!(tag.chars().count(), 80);
}

#[test]
fn a_page_as_it_is_rendered() {
    let source = Source::from_html("<!doctype html>\n<a href=/{x}>x</a>", "index.html");
    let forms = read(&source);
    assert_eq!(forms.len(), 1);
    assert_eq!(forms[0].place.file, "index.html");
    assert_eq!(forms[0].place.line, 2);
    assert_eq!(super::show(&forms[0]), "link /{{x}}");
}

#[test]
fn the_query_of_a_link_is_sent() {
    each_is(&[
        (
            "<a href='/f?name=x&n=%201#top'>x</a>",
            &["link /f: name=x n= 1"],
        ),
        (
            "<a href='/f?name={{ name }}&tag'>x</a>",
            &["link /f: name tag="],
        ),
        ("<a href='/f?a=1&a=2'>x</a>", &["link /f: a*=1|2"]),
        ("<a href='/f?{{ name }}=1'>x</a>", &["link /f: not known"]),
        ("<a href='/f{{ query }}'>x</a>", &["link /f: not known"]),
        ("<a href='/f/{{ id }}'>x</a>", &["link /f/{id}"]),
        (
            "<a href='{{ list::URL }}?page=2'>x</a>",
            &["link <list>::URL: page=2"],
        ),
        ("<a href='{{ list::URL }}'>x</a>", &["link <list>::URL"]),
        ("<a href='{{ url }}?page=2'>x</a>", &["link (url)"]),
    ]);
}

#[test]
fn a_comment_is_for_the_next_element() {
    let page = "<!-- coexist: since = \"1.4.0\" --><p><a href=/a>x</a><a href=/b>y</a>\n\
                <!-- coexist: flag = \"c\" -->\n<!-- coexist: until = \"2.0.0\" -->\n\
                <form action=/c><input name=d></form><!-- coexist --><a href=/e></a>\
                <!-- coexist: since = \"9.0.0\" -->";
    let notes = read(&Source::from_html(page, "page.html"))
        .into_iter()
        .map(|form| {
            let notes = form.notes.iter();
            let notes: Vec<String> = notes
                .map(|note| format!("{}:{}", note.place.line, note.text))
                .collect();
            format!("{} {}", show_url(&form.urls[0]), notes.join(" "))
        });
    assert_eq!(
        notes.collect::<Vec<_>>(),
        [
            "/a 1:since = \"1.4.0\"",
            "/b ",
            "/c 2:flag = \"c\" 3:until = \"2.0.0\"",
            "/e "
        ]
    );
}
