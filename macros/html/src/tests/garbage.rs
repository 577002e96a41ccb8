//! Sources that no template gives: whatever is in them, there is an answer.

use super::numbers::Numbers;
use super::shown;
use crate::{Arms, Place, Source, read};

/// Pieces of HTML, as they are and torn.
const PIECES: [&str; 60] = [
    "<",
    ">",
    "/",
    "=",
    "'",
    "\"",
    " ",
    "\n",
    "\r\n",
    "\0",
    "&amp;",
    "&#x10FFFF;",
    "&",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<form",
    "</form>",
    "<form action='/a' method=post>",
    "<input",
    " name=",
    "a",
    "<input name=a type=",
    "checkbox",
    "number min=-9e999 max=1e99",
    "radio",
    "hidden",
    "<select name=s>",
    "<select multiple",
    "</select>",
    "<option",
    "<option>",
    "x",
    "<optgroup disabled>",
    "<fieldset disabled>",
    "</fieldset>",
    "<legend>",
    "<textarea",
    "</",
    "textarea>",
    "<script>",
    "</script>",
    "<template>",
    "</template>",
    "<a href=",
    "/../%2e/%zz%é?",
    "../{}{{",
    "javascript:",
    "//",
    "<button formaction=/b ",
    " form='f' ",
    " id='f' ",
    " hx-get=/a",
    " hx-vals='{\"a\":",
    " hx-include=this ",
    "<svg>",
    "<title/>",
    "<base href=",
    "\u{F0000}\u{100000}ä",
];

fn garbage(numbers: &mut Numbers) -> Source {
    let mut source = Source::new();
    let place = || Place {
        file: "x".to_owned(),
        line: u32::MAX - 1,
    };
    for _ in 0..numbers.below(60) {
        match numbers.below(12) {
            0 => source.hole("a::b::PATH", place()),
            1 => source.hole("é|\"(", place()),
            2 => source.markup("", place()),
            3 => source.open([Arms::OneOf, Arms::AtMostOne, Arms::AnyNumber][numbers.below(3)]),
            4 => source.arm(),
            5 => source.close(),
            _ => source.text(PIECES[numbers.below(PIECES.len())], place()),
        }
    }
    source
}

#[test]
fn no_source_is_too_broken_to_be_read() {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let mut found = 0;
    for _ in 0..5_000 {
        let source = garbage(&mut numbers);
        let forms = read(&source);
        found += forms.len();
        for form in forms {
            assert!(form.tag.starts_with('<'), "{form:?} in {source:?}");
            assert!(!form.urls.is_empty(), "{form:?} in {source:?}");
        }
    }
    assert!(found > 1000, "the garbage holds {found} forms");
}

#[test]
fn groups_that_are_not_balanced() {
    let form = "<form action=/a><input name=a></form>";
    let expected = ["form GET /a query: a"];
    for page in [
        "{% or %}X",
        "{% end %}{% end %}X",
        "X{% or %}",
        "{% one %}{% or %}X",
        "X{% any %}",
    ] {
        assert_eq!(shown(&page.replace('X', form)), expected, "{page}");
    }
    let crossed = "<form action=/a {% maybe %}><input name=a></form>{% end %}";
    assert_eq!(shown(crossed), ["form GET /a query: a?"]);
    let torn = "<form action='/a{% maybe %}/b' method=post>{% or %}/c'>{% end %}</form>";
    assert_eq!(
        shown(torn),
        ["form POST /a/b urlencoded: ", "form GET /a query: "]
    );
}

#[test]
fn groups_that_are_very_deep() {
    let mut source = Source::new();
    for _ in 0..10_000 {
        source.open(Arms::OneOf);
        source.text("<div>", Place::default());
    }
    source.text("<form action=/a></form>", Place::default());
    for _ in 0..10_000 {
        source.close();
    }
    assert_eq!(read(&source).len(), 1);
}

#[test]
fn more_holes_and_groups_than_there_are_characters_for_them() {
    let mut page = Source::new();
    for _ in 0..70_000 {
        page.open(Arms::AtMostOne);
        page.hole("x", Place::default());
        page.close();
    }
    page.open(Arms::AtMostOne);
    page.text("<form action=/a>", Place::default());
    page.close();
    page.text("<input name=a>", Place::default());
    assert_eq!(
        read(&page).iter().map(super::show).collect::<Vec<_>>(),
        ["form GET /a query: a"]
    );
}
