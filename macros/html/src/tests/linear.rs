//! Reading takes steps in proportion to the size of the page, whatever its shape.

use super::{show, source};
use crate::read_counting_steps;

/// The shapes of pages that could take more: what stands before, what is repeated (`N` is
/// the number of the repetition), what stands after.
const SHAPES: [(&str, &str, &str, &str); 22] = [
    (
        "options under nested conditions",
        "<form action=/a><select name=a>",
        "{% maybe %}{% one %}<option>N{% or %}<option>x{% end %}{% end %}",
        "</select></form>",
    ),
    (
        "options under conditions that always hold one",
        "<form action=/a><select name=a>",
        "{% one %}{% one %}<option>N{% or %}<option>x{% end %}{% or %}{% end %}",
        "</select></form>",
    ),
    (
        "fields under conditions",
        "<form action=/a>",
        "{% one %}<input name=a>{% or %}<input name=b>{% end %}",
        "</form>",
    ),
    (
        "one field in many arms",
        "<form action=/a>{% one %}",
        "<input type=hidden name=a value=N>{% or %}",
        "{% end %}</form>",
    ),
    (
        "many fields",
        "<form action=/a method=post>",
        "<input name=aN>",
        "</form>",
    ),
    (
        "forms under conditions that do not end",
        "",
        "{% one %}<form action=/N>{% or %}{% end %}<input name=a>",
        "",
    ),
    ("forms", "", "<form action=/N><input name=a></form>", ""),
    (
        "forms with one id",
        "<input name=a form=f>",
        "<form id=f action=/N></form><input name=aN form=f>",
        "",
    ),
    (
        "attributes under conditions",
        "<form action=/a><input name=a",
        " {% one %}aN{% or %}class=N{% end %}",
        "></form>",
    ),
    (
        "attributes in branches of one arm",
        "<form action=/a><input name=a",
        " {% one %}checked{% end %}",
        "></form>",
    ),
    (
        "a value under conditions",
        "<form action=/a><input type=hidden name=a value='",
        "{% one %}N{% or %}x{% end %}",
        "'></form>",
    ),
    (
        "an address of many parameters",
        "<a href='/",
        "{{ id }}/",
        "'>",
    ),
    (
        "arms that end an element one by one",
        "<form action=/a><div>",
        "{% one %}</div>{% or %}{% end %}<input name=aN>",
        "</form>",
    ),
    (
        "elements in elements",
        "<form action=/a>",
        "<div><input name=aN>",
        "</form>",
    ),
    (
        "conditions in conditions",
        "<form action=/a>",
        "{% one %}<input name=a>{% or %}<input name=a>",
        "</form>",
    ),
    (
        "items that do not end",
        "<form action=/a>",
        "{% one %}<li><input name=a>{% or %}<li>{% end %}",
        "</form>",
    ),
    (
        "selects under conditions that do not end",
        "<form action=/a>",
        "{% one %}<select name=aN>{% or %}{% end %}<option>N",
        "</form>",
    ),
    (
        "buttons with addresses of their own",
        "<form action=/a>",
        "<input name=aN><button formaction=/N></button>",
        "</form>",
    ),
    (
        "fields that choose the method",
        "<form action=/a method=post>",
        "{% maybe %}<input type=hidden name=_method value='{{ N }}'>{% end %}",
        "</form>",
    ),
    (
        "submit buttons with names",
        "<form action=/a>",
        "<button name=aN value=1></button>",
        "</form>",
    ),
    (
        "calls of htmx in a form",
        "<form action=/a hx-vals='{\"x\": 1}'>",
        "<input name=aN hx-post=/N>",
        "</form>",
    ),
    (
        "expressions of HTML in a form",
        "<form action=/a>{% one %}",
        "{{! x }}{% or %}",
        "{% end %}</form>",
    ),
];

/// The steps that a shape takes with so many repetitions.
fn steps((_, before, repeated, after): (&str, &str, &str, &str), count: usize) -> u64 {
    let repeated = (0..count).map(|number| repeated.replace('N', &number.to_string()));
    let page = format!("{before}{}{after}", repeated.collect::<String>());
    read_counting_steps(&source(&page)).1
}

#[test]
fn twice_the_page_takes_about_twice_the_steps() {
    for shape in SHAPES {
        let (once, twice) = (steps(shape, 1_000), steps(shape, 2_000));
        assert!(
            twice <= once * 5 / 2 + 1_000,
            "{}: {once} steps, then {twice}",
            shape.0
        );
    }
}

#[test]
fn options_under_conditions_are_still_told_right() {
    let page = |option: &str| {
        let options = (0..500).map(|number| option.replace('N', &number.to_string()));
        let options: String = options.collect();
        let page = format!("<form action=/a><select name=a>{options}</select></form>");
        let forms = read_counting_steps(&source(&page)).0;
        let shown: Vec<String> = forms.iter().map(show).collect();
        shown.concat()
    };
    let nested = "{% one %}<option>N{% or %}<option>x{% end %}";
    let sometimes = page(&format!("{{% maybe %}}{nested}{{% end %}}"));
    assert!(
        sometimes.starts_with("form GET /a query: a?=0|x|1|2"),
        "{sometimes}"
    );
    let always = page(nested);
    assert!(
        always.starts_with("form GET /a query: a=0|x|1|2"),
        "{always}"
    );
}

#[test]
fn a_page_that_is_too_complex_still_has_its_addresses() {
    let ends = "{% one %}</div>{% or %}{% end %}".repeat(100);
    let page = format!(
        "<form action=/a method=post><div>{ends}<input name=a><button formaction=/b></button></form>\
         <form action=/c><input name=c></form><a href=/d>x</a><p hx-put=/e>x</p>"
    );
    let forms = read_counting_steps(&source(&page)).0;
    let shown: Vec<String> = forms.iter().map(show).collect();
    assert_eq!(
        shown,
        [
            "form POST /a urlencoded: not known",
            "button (method) /b unknown: not known",
            "form GET /c query: not known",
            "link /d",
            "htmx PUT /e urlencoded: not known",
        ]
    );
}
