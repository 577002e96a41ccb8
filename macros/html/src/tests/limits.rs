//! What a browser lets through of what people enter.

use super::fields;

#[track_caller]
fn each_is(cases: &[(&str, &str)]) {
    for (control, expected) in cases {
        let page = format!("<form action=/a method=post>{control}</form>");
        assert_eq!(fields(&page), *expected, "{control}");
    }
}

#[test]
fn a_text_is_as_long_as_its_attributes_allow() {
    each_is(&[
        ("<input name=a>", "a"),
        ("<input name=a required>", "a [1..]"),
        ("<input name=a maxlength=5>", "a [..5] or empty"),
        (
            "<input name=a minlength=2 maxlength=5>",
            "a [2..5] or empty",
        ),
        ("<input name=a required minlength=2>", "a [2..]"),
        ("<input name=a maxlength=' +5x'>", "a [..5] or empty"),
        ("<input name=a maxlength=x>", "a"),
        ("<input name=a maxlength=-1>", "a"),
        (
            "<input name=a type=nonsense maxlength=5>",
            "a [..5] or empty",
        ),
        ("<input name=a type=hidden value=x maxlength=5>", "a=x"),
        ("<input name=a type=number maxlength=5>", "a=.."),
        (
            "<textarea name=a maxlength=5></textarea>",
            "a [..5 lines] or empty",
        ),
        ("<textarea name=a required></textarea>", "a [1.. lines]"),
    ]);
}

#[test]
fn a_value_that_stands_in_the_page_may_be_longer_or_shorter() {
    each_is(&[
        (
            "<input name=a maxlength=5 value=abcdefgh>",
            "a [..8] or empty",
        ),
        ("<input name=a minlength=5 value=ab>", "a [2..] or empty"),
        ("<input name=a maxlength=5 value=abc>", "a [..5] or empty"),
        (
            "<input name=a maxlength=5 value='{{ x }}'>",
            "a limited or empty",
        ),
        ("<input name=a maxlength='{{ x }}'>", "a limited or empty"),
        ("<input name=a value='{{ x }}'>", "a"),
        ("<input name=a value='{{ x }}' required>", "a [1..]"),
        ("<input name=a {{ x }}>", "a limited or empty"),
        (
            "<textarea name=a maxlength=5>\n</textarea>",
            "a [..5 lines] or empty",
        ),
        (
            "<textarea name=a maxlength=5>x</textarea>",
            "a limited or empty",
        ),
        (
            "<textarea name=a maxlength=5>{{ x }}</textarea>",
            "a limited or empty",
        ),
        (
            "<textarea name=a maxlength=5>x</textarea><textarea name=b maxlength=5></textarea>",
            "a limited or empty b [..5 lines] or empty",
        ),
    ]);
}

#[test]
fn a_text_is_of_its_type_and_its_pattern() {
    each_is(&[
        ("<input name=a type=email>", "a email or empty"),
        ("<input name=a type=email required>", "a email [1..]"),
        ("<input name=a type=email multiple>", "a limited or empty"),
        ("<input name=a type=url>", "a url or empty"),
        ("<input name=a pattern='[a-z]+'>", "a ^(?:[a-z]+)$ or empty"),
        ("<input name=a pattern='[a-z-]+'>", "a limited or empty"),
        ("<input name=a pattern='{{ x }}'>", "a limited or empty"),
        (
            "<input name=a pattern='[a-z]+' value='{{ x }}'>",
            "a ^(?:[a-z]+)$ or empty",
        ),
        ("<textarea name=a pattern='[a-z]+'></textarea>", "a"),
        ("<input name=a type=color>", "a ^#[0-9a-f]{6}$"),
        (
            "<input name=a type=time required>",
            "a ^(?:[01][0-9]|2[0-3]):[0-5][0-9]$",
        ),
        (
            "<input name=a type=week min=2020-W01>",
            "a ^(?:[0-9]{3}[1-9]|[1-9][0-9]{3,5})-W(?:0[1-9]|[1-4][0-9]|5[0-3])$ limited or empty",
        ),
    ]);
}

#[test]
fn a_number_is_within_its_bounds() {
    each_is(&[
        ("<input name=a type=number min=1 max=10 step=4>", "a=1..9"),
        (
            "<input name=a type=number min=0.5 max=2.5>",
            "a=number 0.5..2.5 or empty",
        ),
        (
            "<input name=a type=number step=any max=3>",
            "a=number ..3 or empty",
        ),
        (
            "<input name=a type=number max='{{ x }}'>",
            "a=.. limited or empty",
        ),
        ("<input name=a type=range min=0.5>", "a=number 0.5..100"),
    ]);
}

#[test]
fn nothing_is_checked_where_the_page_asks_for_that() {
    let all = "<input name=a required maxlength=3><input name=b type=email>\
               <input name=c type=number max=3><input name=d type=range max=3>";
    // More than that nobody can type.
    let none = "a [..3] or empty b c=number d=0..3";
    for page in [
        format!("<form action=/a method=post novalidate>{all}</form>"),
        format!("<form action=/a method=post>{all}<button formnovalidate>x</button></form>"),
    ] {
        assert_eq!(fields(&page), none, "{page}");
    }
    each_is(&[
        ("<input name=a readonly maxlength=3>", "a"),
        (
            "<datalist><input name=a required pattern=x></datalist>",
            "a",
        ),
    ]);
}

#[test]
fn of_several_controls_only_what_limits_all_is_known() {
    each_is(&[
        (
            "<input name=a maxlength=3><input name=a maxlength=3>",
            "a* [..3] or empty",
        ),
        (
            "<input name=a maxlength=3><input name=a>",
            "a* limited or empty",
        ),
    ]);
}
