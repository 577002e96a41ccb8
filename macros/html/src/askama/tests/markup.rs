//! Which expressions are markup, and what filters make of it: as askama itself renders them.

use askama::Template as _;
use askama::filters::Safe;

use super::{Template, read, source};
use crate::testing::shown;

#[allow(
    unreachable_pub,
    clippy::inline_always,
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the macro of askama writes it so"
)]
mod filters {
    #[askama::filter_fn]
    pub(super) fn mine(
        text: impl std::fmt::Display,
        _: &dyn askama::Values,
    ) -> askama::Result<askama::filters::Safe<String>> {
        Ok(askama::filters::Safe(text.to_string()))
    }
}

/// The fields of the templates here: those of markup are known by their types.
fn template(text: &str) -> Template {
    Template {
        markup: ["b", "bs", "o"].map(str::to_owned).into(),
        ..source(text)
    }
}

/// The pieces, with holes of text as `‹›` and those of markup as `«»`.
fn read_out(text: &str) -> String {
    let read = read(&template(text), std::path::Path::new("/nowhere")).unwrap();
    let mut pieces = String::new();
    let mut is_hole = false;
    for c in shown(&read.source).chars() {
        is_hole &= !matches!(c, '›' | '»');
        if !is_hole {
            pieces.push(c);
        }
        is_hole |= matches!(c, '‹' | '«');
    }
    pieces
}

/// What askama renders, with `<s>` in the place of each value: it is escaped, or it is not.
fn rendered(page: &str) -> String {
    page.replace("&#60;s&#62;", "‹›").replace("<s>", "«»")
}

/// Asserts that a template is read as askama renders it.
macro_rules! assert_as_rendered {
    ($($text:literal),* $(,)?) => {
        $({
            #[derive(askama::Template)]
            #[template(ext = "html", source = $text)]
            #[expect(dead_code, reason = "each template shows some")]
            struct Page {
                b: Safe<&'static str>,
                s: &'static str,
                bs: Vec<Safe<&'static str>>,
                o: Option<Safe<&'static str>>,
            }
            let page = Page {
                b: Safe("<s>"),
                s: "<s>",
                bs: vec![Safe("<s>")],
                o: Some(Safe("<s>")),
            };
            let page = page.render().unwrap();
            assert_eq!(read_out($text), rendered(&page), "{}", $text);
        })*
    };
}

#[test]
fn what_is_markup_is_not_escaped() {
    assert_as_rendered!(
        "{{ b }}{{ s }}{{ self.b }}{{ self.s }}{{ (b) }}{{ &b }}{{ o.as_ref().unwrap() }}",
        "{{ b ~ s ~ b }}{{ (s|safe) ~ s }}",
        "{{ s|safe }}{{ s|e }}{{ s|safe|e }}{{ s|e|safe }}{{ s|safe|trim }}{{ b|lower }}",
        "{{ s|e(\"none\") }}{{ s|escape(\"html\") }}{{ s|mine }}{{ s|filters::mine }}",
        "{{ b|ref }}{{ b|default(s) }}{{ b|defined_or(s) }}{{ bs|join(\"\") }}{{ b|linebreaksbr }}",
        "{{ format!(\"{}\", self.b) }}{{ \"{}\"|format(b.0) }}{{ s.trim() }}",
    );
}

#[test]
fn variables_are_as_safe_as_what_they_stand_for() {
    assert_as_rendered!(
        "{% let x = s|safe %}{% let y = s %}{{ x }}{{ y }}{{ x|e }}{{ y ~ x }}",
        "{% let (x, y) = (&b, s) %}{{ x }}",
        "{% macro m(x, y=s) %}{{ x }}{{ y }}{% endmacro %}{{ m(s|safe) }}{{ m(b) }}{{ m(s) }}",
        "{% macro m(x) %}{{ caller(x) }}{% endmacro %}{% call(y) m(b) %}<i>{{ y }}{{ s }}{% endcall %}",
    );
}

#[test]
fn what_a_pattern_binds_may_be_a_part_of_markup() {
    assert_eq!(
        read_out("{% for x in bs %}{{ x }}{% endfor %}{% for x in ss %}{{ x }}{% endfor %}"),
        "any(«»)any(‹›)"
    );
    assert_eq!(
        read_out(
            "{% if let Some(x) = o %}{{ x }}{% endif %}{% match o %}{% when Some(x) %}{{ x }}{% when None %}n{% endmatch %}"
        ),
        "maybe(«»)one(«»|n)"
    );
    assert_eq!(
        read_out("{% for b in ss %}{{ b }}{% endfor %}{{ b }}"),
        "any(‹›)«»"
    );
    // The second is text, but the two are one value.
    assert_eq!(read_out("{% let (x, y) = (b, s) %}{{ y }}"), "«»");
}

#[test]
fn filters_of_blocks_leave_markup_change_it_or_escape_it() {
    assert_as_rendered!(
        "{% filter safe %}<i>{{ s }}</i>{% endfilter %}{% filter trim|safe %}<i>{{ b }}</i>{% endfilter %}",
        "{% filter indent(2)|safe %}<i>{% filter linebreaksbr %}<u>{{ s }}{% endfilter %}{% endfilter %}",
        "{% set x %}<i>{{ s }}{% endset %}{{ x|safe }}",
    );
    // What is shown as a text is a hole.
    for text in [
        "{% filter upper %}<i>{{ s }}</i>{% endfilter %}",
        "{% filter e|safe %}<i>{% endfilter %}",
        "{% filter safe|trim %}<i>{% endfilter %}",
        "{% filter e|upper|safe %}<i>{% endfilter %}",
    ] {
        assert_eq!(read_out(text), "‹›", "{text}");
    }
    // Nobody knows what is behind the tags.
    for text in [
        "{% filter upper|safe %}<i>a</i>{% endfilter %}",
        "{% filter mine %}<i>a</i>{% endfilter %}",
        "{% filter crate::mine|safe %}<i>a</i>{% endfilter %}",
    ] {
        assert_eq!(read_out(text), "<i>«»a</i>«»", "{text}");
    }
}

#[test]
fn a_format_may_escape_nothing() {
    let unescaped = |escape: Option<&str>, ext: &str| {
        let template = Template {
            escape: escape.map(str::to_owned),
            ext: Some(ext.to_owned()),
            ..source("{{ s }}")
        };
        shown(
            &read(&template, std::path::Path::new("/nowhere"))
                .unwrap()
                .source,
        )
    };
    assert_eq!(unescaped(None, "html"), "‹s›");
    assert_eq!(unescaped(Some("none"), "html"), "«s»");
    assert_eq!(unescaped(None, "txt"), "«s»");
    assert_eq!(unescaped(Some("html"), "txt"), "‹s›");
}

#[test]
fn the_fields_of_a_form_with_markup_are_not_known() {
    let fields = |text: &str| {
        let read = read(&template(text), std::path::Path::new("/nowhere")).unwrap();
        let forms = crate::read(&read.source);
        assert_eq!(forms.len(), 1, "{text}");
        forms[0].fields.as_ref().map(Vec::len)
    };
    for (inside, expected) in [
        ("{{ s }}", Some(1)),
        ("<p>{{ s|upper }}</p>", Some(1)),
        ("{{ b }}", None),
        ("{% let x = s|safe %}<p>{{ x }}</p>", None),
        ("{{ s|mine }}", None),
        ("{% filter upper %}<input name=b>{% endfilter %}", Some(1)),
        ("{% filter mine %}<input name=b>{% endfilter %}", None),
        (
            "{% filter trim|safe %}<input name=b>{% endfilter %}",
            Some(2),
        ),
    ] {
        let form = format!("<form method=post action=/a><input name=a>{inside}</form>");
        assert_eq!(fields(&form), expected, "{inside}");
    }
    let filtered =
        "{% filter mine %}<form method=post action=/a><input name=a></form>{% endfilter %}";
    assert_eq!(fields(filtered), None);
}
