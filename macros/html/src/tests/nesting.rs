//! Which controls belong to which form.

use super::each_is;

#[test]
fn the_form_that_is_open_takes_the_controls() {
    each_is(&[
        (
            "<input name=z><form action=/a><div><input name=a></form><input name=b></div>",
            &["form GET /a query: a b"],
        ),
        (
            "<form action=/a><form action=/b><input name=a></form><input name=b>",
            &["form GET /a query: a"],
        ),
        (
            "<table><form action=/a><tr><td><input name=a></table><input name=b>",
            &["form GET /a query: a b"],
        ),
        (
            "<form action=/a></form><form action=/b><input name=a></form>",
            &["form GET /a query: ", "form GET /b query: a"],
        ),
        (
            "<form action=/a><input name=a><template><input name=b><form action=/c><input name=c></form></template><input name=d></form>",
            &["form GET /a query: a d", "form GET /c query: c"],
        ),
    ]);
}

#[test]
fn a_control_can_name_its_form() {
    each_is(&[
        (
            "<input name=a form=f><form id=f action=/a><input name=b form=g><input name=c></form><input name=d form=f>",
            &["form GET /a query: a c d"],
        ),
        (
            "<form action=/a><input name=a form=''></form>",
            &["form GET /a query: "],
        ),
        (
            "{% any %}<form id='f{{ id }}' action=/a></form><input name=a form='f{{ id }}'>{% end %}",
            &["form GET /a query: a"],
        ),
        (
            "<form id=f action=/a></form><select name=a form=f><option>1</select><button form=f formaction=/b>x</button>",
            &["button GET /b query: a=1"],
        ),
    ]);
}

#[test]
fn branches_may_begin_and_end_a_form() {
    each_is(&[
        (
            "{% one %}<form action=/a method=post>{% or %}<form action=/b method=post>{% end %}<input name=a></form><input name=b>",
            &["form POST /a urlencoded: a", "form POST /b urlencoded: a"],
        ),
        (
            "<form action=/a>{% one %}<input name=a></form>{% or %}<input name=b></form>{% end %}<input name=c>",
            &["form GET /a query: a? b?"],
        ),
        (
            "{% maybe %}<form action=/a>{% end %}{% maybe %}<form action=/b>{% end %}<input name=a></form>",
            &["form GET /a query: a", "form GET /b query: a"],
        ),
        (
            "{% one %}<form action=/a><input name=a>{% or %}<form action=/b><input name=b>{% end %}</form>",
            &["form GET /a query: a", "form GET /b query: b"],
        ),
        (
            "{% one %}<form action=/a>{% or %}{{! html }}{% end %}<input name=a></form>",
            &["form GET /a query: a"],
        ),
        (
            "<form action=/a>{% one %}<fieldset disabled>{% or %}<fieldset>{% end %}<input name=a></fieldset><input name=b></form>",
            &["form GET /a query: a? b"],
        ),
        (
            "<form action=/a>{% one %}<select name=a>{% or %}<select name=a multiple>{% end %}<option>1</select><input name=b></form>",
            &["form GET /a query: a?=1 b"],
        ),
    ]);
}
