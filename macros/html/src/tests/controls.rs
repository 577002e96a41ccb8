//! What each control sends.

use super::fields;

/// The fields of a form with these controls.
fn sent(controls: &str) -> String {
    fields(&format!(
        "<form method=post enctype=multipart/form-data action=/x>{controls}</form>"
    ))
}

fn each_sends(cases: &[(&str, &str)]) {
    for (controls, expected) in cases {
        assert_eq!(sent(controls), *expected, "{controls}");
    }
}

#[test]
fn controls_for_text() {
    each_sends(&[
        ("<input name=a>", "a"),
        ("<input name=a type=>", "a"),
        ("<input name=a type=EMAIL>", "a email or empty"),
        (
            "<input name=a type=date>",
            "a ^(?:[0-9]{3}[1-9]|[1-9][0-9]{3,5})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$ or empty",
        ),
        ("<input name=a type=color>", "a ^#[0-9a-f]{6}$"),
        ("<input name=a type=nonsense value=1>", "a"),
        ("<INPUT NAME=a>", "a"),
        ("<input name=a name=b>", "a"),
        ("<input name='a&amp;b'>", "a&b"),
        ("<textarea name=a><input name=b></textarea>", "a"),
        ("<textarea name=a></textarea><input name=b>", "a b"),
        (
            "<input name=a list=l><datalist id=l><option value=1><input name=b></datalist>",
            "a b",
        ),
        ("<input name=a dirname=a.dir>", "a a.dir=ltr|rtl"),
    ]);
}

#[test]
fn controls_that_send_nothing() {
    each_sends(&[
        ("<input><input name=''>", ""),
        ("<input name=a disabled>", ""),
        ("<input type=button name=a><input type=reset name=b>", ""),
        (
            "<button type=button name=a>x</button><button type=RESET name=b>",
            "",
        ),
        ("<button name=a popovertarget=p commandfor=p></button>", ""),
        ("<output name=a></output><object name=b></object>", ""),
        (
            "<script>'<input name=a>'</script><style><input name=b></style>",
            "",
        ),
        ("<!-- <input name=a> -->", ""),
        ("<noscript><input name=a></noscript>", "a?"),
        (
            "<svg><title><input name=a></title></svg><input name=b>",
            "a b",
        ),
    ]);
}

#[test]
fn controls_for_numbers() {
    each_sends(&[
        ("<input type=number name=a>", "a=.."),
        ("<input type=number name=a min=1 max=10>", "a=1..10"),
        ("<input type=number name=a min=-5 step=5>", "a=-5.."),
        ("<input type=number name=a max=9.5>", "a=..9"),
        (
            "<input type=number name=a step=1.0 max='{{ max }}'>",
            "a=.. limited or empty",
        ),
        ("<input type=number name=a step=x>", "a=.."),
        ("<input type=number name=a step=0.01>", "a=number"),
        ("<input type=number name=a step=any>", "a=number"),
        (
            "<input type=number name=a step='{{ step }}'>",
            "a=number limited or empty",
        ),
        (
            "<input type=number name=a min=0.5>",
            "a=number 0.5.. or empty",
        ),
        ("<input type=number name=a value=2.5>", "a=number"),
        ("<input type=number name=a value='{{ count }}'>", "a=.."),
        ("<input type=range name=a>", "a=0..100"),
        (
            "<input type=range name=a min=10 max='{{ max }}'>",
            "a=10.. limited",
        ),
        ("<input type=range name=a step=.5>", "a=number 0..100"),
    ]);
}

#[test]
fn hidden_controls() {
    each_sends(&[
        ("<input type=hidden name=a value=1>", "a=1"),
        ("<input type=hidden name=a>", "a=unknown"),
        ("<input type=hidden name=a value>", "a="),
        ("<input type=hidden name=a value='{{ token }}'>", "a"),
        ("<input type=hidden name=a value='x{{ token }}'>", "a"),
        ("<input type=hidden name=_charset_>", "_charset_=UTF-8"),
        ("<input type='{{ kind }}' name=a>", "a?=unknown"),
    ]);
}

#[test]
fn boxes_and_radio_buttons() {
    each_sends(&[
        ("<input type=checkbox name=a>", "a?=on"),
        ("<input type=checkbox name=a checked value=1>", "a?=1"),
        ("<input type=checkbox name=a required>", "a=on"),
        (
            "<input type=checkbox name=a value=1><input type=checkbox name=a value=2>",
            "a?*=1|2",
        ),
        (
            "<input type=hidden name=a value=0><input type=checkbox name=a value=1>",
            "a*=0|1",
        ),
        (
            "<input type=radio name=a value=1><input type=radio name=a value=2>",
            "a?=1|2",
        ),
        (
            "<input type=radio name=a value=1 checked><input type=radio name=a value=2>",
            "a=1|2",
        ),
        (
            "<input type=radio name=a value=1><input type=radio name=a value=2 required>",
            "a=1|2",
        ),
        (
            "<input type=radio name=a value=1 checked disabled><input type=radio name=a value=2>",
            "a?=2",
        ),
        ("<input type=radio name=a value='{{ v }}'>", "a?"),
    ]);
}

#[test]
fn files() {
    each_sends(&[
        ("<input type=file name=a>", "a=unknown"),
        ("<input type=file name=a multiple>", "a*=unknown"),
    ]);
    let page = "<form method=post><input type=file name=a></form>";
    assert_eq!(
        fields(page),
        "a",
        "without multipart its name alone is sent"
    );
}

#[test]
fn lists_to_choose_from() {
    each_sends(&[
        (
            "<select name=a><option>1<option value=2>x</select>",
            "a=1|2",
        ),
        (
            "<select name=a><option> a\n  b </option><option>a b</option></select>",
            "a=a b",
        ),
        (
            "<select name=a><option value>none<option>1</select>",
            "a=|1",
        ),
        (
            "<select name=a required><option value>none<option>1</select>",
            "a=1",
        ),
        (
            "<select name=a><optgroup><option>1<optgroup><option>2</select>",
            "a=1|2",
        ),
        (
            "<select name=a><optgroup disabled><option>1</optgroup><option>2</select>",
            "a=2",
        ),
        ("<select name=a><option disabled>1<option>2</select>", "a=2"),
        (
            "<select name=a><option disabled selected>1<option>2</select>",
            "a?=2",
        ),
        (
            "<select name=a required><option disabled selected value>1<option>2</select>",
            "a=2",
        ),
        ("<select name=a><option disabled>1</select>", ""),
        ("<select name=a></select>", ""),
        (
            "<select name=a disabled><option>1</select><input name=b>",
            "b",
        ),
        ("<select name=a size=3><option>1</select>", "a?=1"),
        (
            "<select name=a size=3><option selected>1<option>2</select>",
            "a=1|2",
        ),
        (
            "<select name=a multiple><option selected>1</select>",
            "a?=1",
        ),
        (
            "<select name=a multiple required><option>1<option>2</select>",
            "a*=1|2",
        ),
        (
            "<select name=a><option>1</select><select name=b><option>2</select>",
            "a=1 b=2",
        ),
        ("<select name=a><option>1<input name=b>", "a=1 b"),
        ("<select name=a>{{ options }}</select>", "a"),
        (
            "<select name=a><option value=''>none</option>{{! options }}</select>",
            "a",
        ),
        (
            "<select name=a><option value='{{ v }}'>1</option></select>",
            "a",
        ),
        ("<select name=a><option>{{ v }}</option></select>", "a"),
    ]);
}

#[test]
fn fieldsets_that_are_disabled() {
    each_sends(&[
        (
            "<fieldset disabled><input name=a></fieldset><input name=b>",
            "b",
        ),
        (
            "<fieldset disabled><legend><input name=a></legend><input name=b></fieldset>",
            "a",
        ),
        (
            "<fieldset disabled><legend></legend><legend><input name=a></legend></fieldset>",
            "",
        ),
        (
            "<fieldset disabled><fieldset><legend><input name=a></legend></fieldset></fieldset>",
            "",
        ),
        ("<fieldset><input name=a></fieldset>", "a"),
    ]);
}

#[test]
fn names_that_only_an_expression_knows() {
    each_sends(&[
        ("<input name='{{ name }}'>", "not known"),
        ("<input name=a><input name='x[{{ index }}]'>", "not known"),
        ("<input {{ attributes }}>", "not known"),
        ("<input name=a {{ attributes }}>", "a limited or empty"),
        ("<button {{ attributes }}>x</button>", ""),
        ("<input data-{{ x }}=1 name=a>", "a limited or empty"),
        ("<input name=a><p>{{ text }}</p>", "a"),
        ("<input name=a>{{! controls }}", "not known"),
        ("<input name=a><button>{{! label }}</button>", "a"),
        ("<textarea name=a>{{! text }}</textarea>", "a"),
    ]);
}

#[test]
fn a_name_several_times() {
    each_sends(&[
        ("<input name=a><input name=a>", "a*"),
        ("<input name=a><select name=a><option>1</select>", "a*"),
        (
            "<input name=a type=number max=5 min=1><input name=a type=number max=7>",
            "a*=..7",
        ),
        (
            "<input name=a type=number><input name=a type=number step=any>",
            "a*=number",
        ),
        ("<input name=b><input name=a><input name=b>", "b* a"),
    ]);
}
