//! What is read out of markup, as pieces, and as maud itself renders it.

use proc_macro2::{Span, TokenStream};

use super::{calls, read};
use crate::testing::{place_of, shown};
use crate::{Place, Url};

fn nowhere(_: Span) -> Place {
    Place::default()
}

/// The words `n` and `id` stand for numbers.
#[expect(clippy::needless_pass_by_value, reason = "the reader calls it so")]
fn is_text(expression: TokenStream) -> bool {
    matches!(expression.to_string().as_str(), "n" | "id")
}

fn pieces(markup: &str) -> String {
    shown(&read(markup.parse().unwrap(), &nowhere, &is_text).unwrap())
}

/// The markup as it is read, and as maud renders it.
macro_rules! both {
    ($($markup:tt)*) => {
        (pieces(stringify!($($markup)*)), maud::html! { $($markup)* }.into_string())
    };
}

#[test]
fn markup_without_expressions_is_what_maud_renders() {
    let (read, rendered) = both! {
        (maud::DOCTYPE)
        form.wide.tall #sign-up method="post" action={ "/a" "/" "b?c=1&d=2" } hx-on:submit="f()" {
            "a < b" br; input type="text" name="n" required;
            .note { (maud::PreEscaped("<i>x</i>")) } { #inner {} }
            label."a/b" for="q" data-x-2="1" "@click"="g" { ("t") (7) (format!("{}{}", "u", 8)) }
            @let _ = [1, 2].len();
            custom-element {}
        }
    };
    let rendered = rendered.replace("&#39;", "'");
    assert_eq!(read, rendered);
}

#[test]
fn splices_are_holes_as_a_person_writes_them() {
    assert_eq!(
        pieces("a href=(crate::csv::import_csv::PATH) { (user.name) }"),
        "<a href=\"‹crate::csv::import_csv::PATH›\">«user.name»</a>"
    );
    assert_eq!(
        pieces(
            "(&a.b[0].c(1, \"x\")?.d) (!a || -b + 1 == *c) (A { b: 1 }.c) (a::<B>(c).d) (if a { b } else { c })"
        ),
        "«a.b[0].c(1, \"x\")?.d»«!a || -b + 1 == *c»«A { b: 1 }.c»«a::<B>(c).d»«if a { b } else { c }»"
    );
}

#[test]
fn a_formatted_text_is_text_and_holes() {
    assert_eq!(
        pieces("a href=(format!(\"/edit/{}/{id}?a&b\", post.id)) {}"),
        "<a href=\"/edit/‹post.id›/‹id›?a&amp;b\"></a>"
    );
}

#[test]
fn what_is_not_a_text_may_yield_elements_where_they_may_stand() {
    assert_eq!(
        pieces("(footer(1)) (self.head()) (PreEscaped(text)) (html! { \"a\" }) (body) (a.b)"),
        "«footer(1)»«self.head()»«text»«html! { \"a\" }»«body»«a.b»"
    );
    assert_eq!(
        pieces("a href=(url(1)) { (n) (format!(\"{}\", a)) (format!(FORMAT, a)) }"),
        "<a href=\"‹url(1)›\">‹n›‹a›‹format!(FORMAT, a)›</a>"
    );
}

#[test]
fn attributes_may_be_there_sometimes() {
    assert_eq!(
        pieces("input.a.b[c] id=[id] checked[on] disabled? name={ \"x\" (n) };"),
        "<input class=\"amaybe( b)\"maybe( id=\"‹id›\")maybe( checked) disabled name=\"x‹n›\">"
    );
    assert_eq!(
        pieces("a #(id) .{ \"x-\" (y) } href=@if a { \"b\" } @else { (c) } {}"),
        "<a class=\"x-‹y›\" id=\"‹id›\" href=\"one(b|‹c›)\"></a>"
    );
}

#[test]
fn conditions_are_groups() {
    assert_eq!(pieces("@if a { b {} }"), "maybe(<b></b>)");
    assert_eq!(
        pieces(
            "@if let Some(A { b }) = c && let 1..=2 = d { \"1\" } @else if e { \"2\" } @else { \"3\" } \"4\""
        ),
        "one(1|2|3)4"
    );
    assert_eq!(
        pieces(
            "@for A { b } in c.iter().map(|d| { d }) { li { (b) } } @while let Some(x) = y.next() { (x) }"
        ),
        "any(<li>«b»</li>)any(«x»)"
    );
    assert_eq!(
        pieces(
            "@match a { Some(A { b }) if b >= 1 => { \"1\" } None => \"2\", B => p { \"3\" } _ => {} }"
        ),
        "one(1|2|<p>3</p>|)"
    );
    assert_eq!(pieces("@if match a { B => c } { \"1\" }"), "maybe(1)");
}

#[test]
fn what_is_not_understood_is_skipped() {
    for markup in [
        "form",
        "a href=",
        "@",
        "@if",
        "@if a",
        "@match a",
        "@for a",
        "@let a",
        "= - : ? p",
        "a.",
        "b #",
    ] {
        pieces(markup);
    }
    assert_eq!(pieces("p = [1] { \"a\" } [2] , 3 \"b\""), "<p>a</p>b");
    assert_eq!(pieces("p / \"b\""), "<p>b");
}

#[test]
fn every_call_is_found() {
    let body: TokenStream = "let a = html! { b { (c(html! { d; })) } }; layout(maud::html!(e;)); other::html! { f; } html(g)"
        .parse()
        .unwrap();
    let found = calls(body)
        .into_iter()
        .map(|call| shown(&read(call, &nowhere, &is_text).unwrap()));
    assert_eq!(
        found.collect::<Vec<_>>(),
        ["<b>«c(html! { d; })»</b>", "<d>", "<e>"]
    );
}

#[test]
fn a_piece_knows_its_place() {
    let markup: TokenStream = "p { a {} }".parse().unwrap();
    let place = |_: Span| Place {
        file: "src/pages.rs".to_owned(),
        line: 3,
    };
    let source = read(markup, &place, &is_text).unwrap();
    assert_eq!(place_of(&source, "<a"), ("src/pages.rs".to_owned(), 3));
}

#[test]
fn a_form_is_read_out_of_its_markup() {
    let markup = "form method=\"post\" action=(format!(\"/edit/{}\", post.id)) { input name=\"title\" required; @if admin { input name=\"owner\"; } }";
    let forms = crate::read(&read(markup.parse().unwrap(), &nowhere, &is_text).unwrap());
    let [form] = forms.as_slice() else {
        panic!("{forms:?}")
    };
    assert_eq!(form.method, "POST");
    assert!(
        matches!(form.urls.as_slice(), [Url::Path(path)] if path.starts_with("/edit/{")),
        "{:?}",
        form.urls
    );
    let fields = form.fields.as_ref().unwrap();
    let fields = fields.iter().map(|field| (&*field.name, field.always));
    assert_eq!(
        fields.collect::<Vec<_>>(),
        [("title", true), ("owner", false)]
    );
}
