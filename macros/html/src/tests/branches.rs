//! Conditions and loops around elements, in tags, and in values.

use super::{each_is, fields, shown};

/// The fields of a form with these controls.
fn each_sends(cases: &[(&str, &str)]) {
    for (controls, expected) in cases {
        let page = format!("<form action=/x method=post>{controls}</form>");
        assert_eq!(fields(&page), *expected, "{controls}");
    }
}

#[test]
fn controls_in_branches() {
    each_sends(&[
        ("{% maybe %}<input name=a>{% end %}", "a?"),
        (
            "{% one %}<input name=a>{% or %}<input name=b>{% end %}",
            "a? b?",
        ),
        (
            "{% one %}<input name=a>{% or %}<input name=a>{% end %}",
            "a",
        ),
        ("{% one %}<input name=a>{% or %}{% end %}", "a?"),
        (
            "{% one %}<input type=hidden name=a value=1>{% or %}<input type=hidden name=a value=2>{% end %}",
            "a=1|2",
        ),
        (
            "{% one %}{% one %}<input name=a>{% or %}<input name=a>{% end %}{% or %}<input name=a>{% end %}",
            "a",
        ),
        (
            "{% one %}{% maybe %}<input name=a>{% end %}{% or %}<input name=a>{% end %}",
            "a?",
        ),
        ("{% maybe %}<input name=a>{% end %}<input name=a>", "a*"),
        (
            "{% maybe %}<input name=a>{% end %}{% maybe %}<input name=a>{% end %}",
            "a?*",
        ),
        ("{% any %}<input name=a>{% end %}", "a?*"),
        (
            "{% any %}<input type=checkbox name=a value='{{ v }}'>{% end %}",
            "a?*",
        ),
        (
            "{% any %}<input type=radio name=a value='{{ v }}'>{% end %}",
            "a?",
        ),
        (
            "{% maybe %}<!-- {% end %}<input name=a> -->{% maybe %}<input name=b>{% end %}",
            "b?",
        ),
        (
            "<script>{% maybe %}</script>{% end %}<input name=a></script><input name=b>",
            "a b",
        ),
    ]);
}

#[test]
fn a_form_in_a_branch_is_told_from_what_is_in_it() {
    let inner = "<form action=/x><input name=a>{% maybe %}<input name=b>{% end %}</form>";
    for around in ["maybe", "one", "any"] {
        let page = format!("{{% {around} %}}{inner}{{% end %}}");
        assert_eq!(fields(&page), "a b?", "{around}");
    }
}

#[test]
fn attributes_in_branches() {
    each_sends(&[
        ("<input {% maybe %}checked{% end %} name=a>", "a"),
        ("<input{% maybe %} checked{% end %} name=a>", "a"),
        ("<input name=a{% maybe %} class='x'{% end %}>", "a"),
        ("<input {% maybe %}disabled{% end %} name=a>", "a?"),
        (
            "<input {% one %}disabled{% or %}readonly{% end %} name=a>",
            "a?",
        ),
        ("<input class='b'{% maybe %}disabled{% end %} name=a>", "a?"),
        (
            "<input name=a {% any %}disabled{% end %}>",
            "a limited or empty",
        ),
        (
            "<input {% one %}name=a{% or %}name=b{% end %}>",
            "not known",
        ),
        (
            "<input {% one %}name='a'{% or %}name='b'{% end %}>",
            "a? b?",
        ),
        (
            "<input type=checkbox name=a {% maybe %}required{% end %}>",
            "a?=on",
        ),
        (
            "<input type=radio name=a value=1 {% one %}checked{% or %}required{% end %}>",
            "a=1",
        ),
        (
            "<textarea{% maybe %} class=x{% end %} name=a><input name=b></textarea><input name=c>",
            "a c",
        ),
        (
            "<select name=a><option {% maybe %}selected{% end %}>1<option>2</select>",
            "a=1|2",
        ),
        (
            "<select name=a><option disabled {% maybe %}selected{% end %}>1<option>2</select>",
            "a?=2",
        ),
        (
            "<fieldset {% maybe %}disabled{% end %}><input name=a></fieldset>",
            "a?",
        ),
        (
            "{% maybe %}<fieldset disabled><input name=a></fieldset>{% end %}<input name=b>",
            "b",
        ),
    ]);
}

#[test]
fn values_in_branches() {
    each_sends(&[
        (
            "<input type=hidden name=a value='{% one %}1{% or %}2{% end %}'>",
            "a=1|2",
        ),
        (
            "<input type=hidden name=a value={% one %}1{% or %}2{% end %}>",
            "a=1|2",
        ),
        (
            "<input type=hidden name=a value='x{% maybe %}y{% end %}'>",
            "a=xy|x",
        ),
        (
            "<input type=hidden name=a value='x{% any %}y{% end %}'>",
            "a",
        ),
        (
            "<input type='{% one %}checkbox{% or %}text{% end %}' name=a>",
            "a?",
        ),
        ("<input name='{% one %}a{% or %}b{% end %}'>", "a? b?"),
        (
            "<select name=a><option>{% one %}1{% or %}2{% end %}</option></select>",
            "a=1|2",
        ),
        (
            "<select name=a>{% one %}<option>1{% or %}<option>2{% end %}</select>",
            "a=1|2",
        ),
        (
            "<select name=a>{% maybe %}<option>1{% end %}</select>",
            "a?=1",
        ),
        (
            "<select name=a>{% any %}<option value='{{ v }}'>x{% end %}</select>",
            "a",
        ),
        (
            "<select name=a><option value=''>-{% any %}<option>1{% end %}</select>",
            "a=|1",
        ),
    ]);
}

#[test]
fn addresses_in_branches() {
    each_is(&[
        (
            "<form action='{% one %}/edit/{{ id }}{% or %}/new{% end %}'>",
            &["form GET /edit/{id} or /new query: "],
        ),
        (
            "<form {% one %}action='/edit' method='post'{% or %}action='/new'{% end %}>",
            &["form POST /edit urlencoded: ", "form GET /new query: "],
        ),
        (
            // Without quotes, the two arms are one value to the tokenizer.
            "<form {% one %}action=/edit method=post{% or %}action=/new{% end %}>",
            &[
                "form POST /edit urlencoded: ",
                "form (method) (…) unknown: ",
            ],
        ),
        (
            "<a href='/a{% maybe %}?b=1{% end %}'>",
            &["link /a: b=1", "link /a"],
        ),
        ("<a href='/a/{% any %}b/{% end %}c'>", &["link /a/{hole}c"]),
        (
            "<a href='{% one %}/a{% or %}https://x.y{% end %}'>",
            &["link /a"],
        ),
        (
            "<a href='{% one %}/a{% one %}/b{% or %}/c{% end %}{% or %}/d{% end %}'>",
            &["link /a/b or /a/c or /d"],
        ),
        (
            "<p hx-{% one %}put{% or %}patch{% end %}=/a>",
            &["htmx PUT /a urlencoded: ", "htmx PATCH /a urlencoded: "],
        ),
        (
            "<p hx-{% one %}put{% or %}patch{% end %}=/a>",
            &["htmx PUT /a urlencoded: ", "htmx PATCH /a urlencoded: "],
        ),
        (
            "{% one %}<a href=/a>{% or %}<a href=/b>{% end %}x</a>",
            &["link /a", "link /b"],
        ),
    ]);
}

#[test]
fn beyond_sixteen_alternatives_there_is_a_hole() {
    let two = "{% one %}a{% or %}b{% end %}/";
    let forms = shown(&format!("<a href='/{}'>", two.repeat(4)));
    assert_eq!(forms[0].matches(" or ").count(), 15, "{forms:?}");
    let forms = shown(&format!("<a href='/{}'>", two.repeat(5)));
    assert_eq!(forms[0].matches(" or ").count(), 15, "{forms:?}");
    assert!(forms[0].contains("link /a/a/a/a/{hole}/ or"), "{forms:?}");
}
