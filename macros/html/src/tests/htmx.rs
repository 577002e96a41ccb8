//! What htmx sends.

use super::each_is;

#[test]
fn calls_of_any_element() {
    each_is(&[
        ("<div hx-get=/a></div>", &["htmx GET /a query: "]),
        (
            "<div data-hx-put='/a/{{ id }}'>",
            &["htmx PUT /a/{id} urlencoded: "],
        ),
        (
            "<div hx-delete=/a hx-patch=/b>",
            &["htmx DELETE /a query: "],
        ),
        ("<div hx-get>", &["htmx GET (page) query: "]),
        (
            "<div hx-get='{{ list::PATH }}'>",
            &["htmx GET <list>::PATH query: "],
        ),
        ("<a href=/a hx-get=/b>", &["link /a", "htmx GET /b query: "]),
        (
            "<div hx-disable><p hx-get=/a></div><p hx-get=/b>",
            &["htmx GET /b query: "],
        ),
        (
            "<p {% maybe %}hx-get=/a{% end %} id=x>",
            &["htmx GET /a query: "],
        ),
        (
            "<p hx-get='{% one %}/a{% or %}/b{% end %}'>",
            &["htmx GET /a or /b query: "],
        ),
    ]);
}

#[test]
fn a_form_sends_its_controls() {
    each_is(&[
        (
            "<form hx-post=/a><input name=a></form>",
            &["htmx POST /a urlencoded: a"],
        ),
        (
            "<form hx-get=/a><input name=a><input name=a></form>",
            &["htmx GET /a query: a*"],
        ),
        (
            "<form hx-post=/a action=/b method=post><input name=a></form>",
            &["form POST /b urlencoded: a", "htmx POST /a urlencoded: a"],
        ),
        (
            "<form hx-post=/a enctype=multipart/form-data><input type=file name=a></form>",
            &["htmx POST /a multipart: a?=unknown"],
        ),
        (
            "<form hx-post=/a><button name=b value=1>x</button></form>",
            &["htmx POST /a urlencoded: b=1"],
        ),
        (
            "<form hx-post=/a>{{! controls }}</form>",
            &["htmx POST /a urlencoded: not known"],
        ),
    ]);
}

#[test]
fn a_control_sends_itself() {
    each_is(&[
        ("<input name=q hx-get=/a>", &["htmx GET /a query: q"]),
        (
            "<input name=q hx-post=/a type=checkbox>",
            &["htmx POST /a urlencoded: q?=on"],
        ),
        (
            "<select name=q hx-get=/a><option>1<option>2</select>",
            &["htmx GET /a query: q=1|2"],
        ),
        (
            "<button name=q value=1 hx-post=/a>",
            &["htmx POST /a urlencoded: q=1"],
        ),
        (
            "<form action=/b><input name=q hx-get=/a><input name=r></form>",
            &["form GET /b query: q r", "htmx GET /a query: q"],
        ),
        (
            "<form action=/b><input name=q hx-post=/a><input name=r></form>",
            &["form GET /b query: q r", "htmx POST /a urlencoded: q r"],
        ),
        (
            "<form><input name=q><button hx-post=/a name=b>x</button></form>",
            &["htmx POST /a urlencoded: q b="],
        ),
        (
            "<form>{% maybe %}<input name=q hx-get=/a>{% end %}</form>",
            &["form GET (page) query: q?", "htmx GET /a query: q"],
        ),
    ]);
}

#[test]
fn values_that_are_set() {
    each_is(&[
        (
            r#"<p hx-post=/a hx-vals='{"a": "x", "b": 1, "c": true, "d": "{{ d }}", "e": {{ e }}, "f": [1, 2]}'>"#,
            &["htmx POST /a urlencoded: a=x b=1 c=true d e f*=1|2"],
        ),
        (
            r#"<p hx-get=/a hx-vals='"a": "\"{{ x }}"'>"#,
            &["htmx GET /a query: a"],
        ),
        (
            "<p hx-post=/a hx-vals='js:{a: f()}'>",
            &["htmx POST /a urlencoded: not known"],
        ),
        (
            "<p hx-post=/a hx-vals='{{ vals }}'>",
            &["htmx POST /a urlencoded: not known"],
        ),
        (
            "<p hx-post=/a hx-vars='a:1'>",
            &["htmx POST /a urlencoded: not known"],
        ),
        (
            r#"<div hx-vals='{"a": 1, "b": 2}'><p hx-post=/a hx-vals='{"a": 3}'></div><p hx-post=/c>"#,
            &[
                "htmx POST /a urlencoded: a=3 b=2",
                "htmx POST /c urlencoded: ",
            ],
        ),
        (
            r#"<div hx-vals='{"a": 1}'><p hx-post=/a hx-vals=unset></div>"#,
            &["htmx POST /a urlencoded: "],
        ),
        (
            r#"<div {% maybe %}hx-vals='{"a": 1}'{% end %}><p hx-post=/a></div>"#,
            &["htmx POST /a urlencoded: not known"],
        ),
        (
            r#"<form hx-post=/a hx-vals='{"a": 1}'><input name=a><input name=b></form>"#,
            &["htmx POST /a urlencoded: b a=1"],
        ),
    ]);
}

#[test]
fn the_query_of_the_address_is_sent_with_the_fields() {
    each_is(&[
        (
            "<p hx-get='/a?b=1&amp;c={{ c }}&d'>",
            &["htmx GET /a query: b=1 c d="],
        ),
        (
            "<p hx-get='/a?b=x+y%2Bz#f'>",
            &["htmx GET /a query: b=x y+z"],
        ),
        (
            "<p hx-get='/a?{{ query }}'>",
            &["htmx GET /a query: not known"],
        ),
        (
            "<p hx-get='/a{{ query }}'>",
            &["htmx GET /a query: not known"],
        ),
        (
            "<p hx-get='{{ url }}'>",
            &["htmx GET (url) query: not known"],
        ),
        ("<p hx-post='/a?b=1'>", &["htmx POST /a urlencoded: "]),
    ]);
}

#[test]
fn what_else_is_sent_and_what_is_not() {
    each_is(&[
        (
            "<p hx-get=/a hx-include='.x'>",
            &["htmx GET /a query: not known"],
        ),
        (
            "<input name=a hx-get=/a hx-include=this>",
            &["htmx GET /a query: a"],
        ),
        (
            "<div hx-include=this><input name=a hx-get=/a></div>",
            &["htmx GET /a query: a"],
        ),
        (
            "<div hx-include='#x'><input name=a hx-get=/a hx-include=unset></div>",
            &["htmx GET /a query: a"],
        ),
        (
            "<div hx-include='#x' hx-disinherit='*'><input name=a hx-get=/a></div>",
            &["htmx GET /a query: a"],
        ),
        (
            "<form action=/b><input name=a><p hx-get=/a hx-include='closest form'></form>",
            &["form GET /b query: a", "htmx GET /a query: a"],
        ),
        (
            "<form hx-post=/a hx-params=none><input name=a></form>",
            &["htmx POST /a urlencoded: "],
        ),
        (
            "<form hx-post=/a hx-params='a, c'><input name=a><input name=b><input name=c></form>",
            &["htmx POST /a urlencoded: a c"],
        ),
        (
            "<div hx-params='not a'><form hx-post=/a><input name=a><input name=b></form></div>",
            &["htmx POST /a urlencoded: b"],
        ),
        (
            "<p hx-post=/a hx-params='{{ p }}'>",
            &["htmx POST /a urlencoded: not known"],
        ),
        (
            "<div hx-encoding=multipart/form-data><form hx-post=/a></form></div>",
            &["htmx POST /a multipart: "],
        ),
        (
            "<body hx-ext='x, json-enc'><form hx-post=/a></form>",
            &["htmx POST /a json: "],
        ),
    ]);
}
