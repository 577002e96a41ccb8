//! Templates of handlebars: the pieces that they become, and what handlebars renders.

use handlebars::{
    Context, Handlebars, Helper, Output, RenderContext, Renderable, handlebars_helper,
};
use serde_json::{Value, json};

use super::rendered::{assert_same_pieces, assert_shows, count};
use super::{Engine, gap, pieces, read_page};
use crate::testing::{place_of, shown};

handlebars_helper!(shout: |text: str| text.to_uppercase());

/// A block that is rendered twice, and its `else` once.
fn twice<'reg, 'rc>(
    helper: &Helper<'rc>,
    registry: &'reg Handlebars<'reg>,
    context: &'rc Context,
    render: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> Result<(), handlebars::RenderError> {
    for _ in 0..2 {
        if let Some(template) = helper.template() {
            template.render(registry, context, render, out)?;
        }
    }
    if let Some(template) = helper.inverse() {
        template.render(registry, context, render, out)?;
    }
    Ok(())
}

pub(super) fn render(name: &str, files: &[(&str, &str)], context: &Value) -> String {
    let mut engine = Handlebars::new();
    for (name, text) in files {
        let name = name.trim_end_matches(".hbs");
        engine.register_template_string(name, text).unwrap();
    }
    engine.register_helper("shout", Box::new(shout));
    engine.register_helper("twice", Box::new(twice));
    engine
        .render(name.trim_end_matches(".hbs"), context)
        .unwrap()
}

/// Where nothing is chosen at run time, the pieces are the page.
fn assert_same(files: &[(&str, &str)]) {
    let context = json!({
        "a": "‹a›", "b": "‹b›", "user": { "id": "‹user.id›" }, "html": "<i>",
    });
    let name = files[0].0.trim_end_matches(".hbs");
    let read = read_page(Engine::Handlebars, name, files).unwrap();
    assert_same_pieces(&read, &render(name, files, &context));
}

#[test]
fn partials_and_layouts_are_joined_as_handlebars_joins_them() {
    for page in [
        "{{> part}}{{>sub/part x=a}}",
        "{{> input name=\"n\" kind='date'}}{{> input kind=\"t\" name=a}}",
        "{{#> layout title=\"T\"}}<main>{{a}}</main>{{/layout}}",
        "{{#> layout title=a}}{{#*inline \"nav\"}}<nav>{{b}}</nav>{{/inline}}M{{/layout}}",
        "{{#> outer}}X{{a}}{{/outer}}",
        "{{#> nowhere}}not there{{/nowhere}}",
        "{{#*inline \"own\"}}<b>{{a}}</b>{{/inline}}{{> own}}{{> own a='z'}}",
        "\\{{a}} {{{html}}} {{&html}}",
        "{{! no {{a}} {{!-- no {{b}} --}} {{user.id}} {{this.a}}",
        "x {{~ a ~}} y {{{~html~}}} z",
    ] {
        assert_same(&[
            ("page.hbs", page),
            ("part.hbs", "[{{a}}]"),
            ("sub/part.hbs", "({{a}}{{x}})"),
            ("input.hbs", "<input name='{{name}}' type={{kind}}>"),
            (
                "layout.hbs",
                "<title>{{title}}</title>{{#> nav}}none{{/nav}}{{> @partial-block}}",
            ),
            (
                "outer.hbs",
                "{{#> layout title='O'}}<i>{{> @partial-block}}</i>{{/layout}}",
            ),
        ]);
    }
}

#[test]
fn blocks_are_groups() {
    for (text, expected) in [
        ("{{#if a}}A{{/if}}", "maybe(A)"),
        ("{{#if a}}A{{else}}B{{/if}}", "one(A|B)"),
        ("{{#if a}}A{{else if b}}B{{else}}C{{/if}}", "one(A|B|C)"),
        ("{{#unless a}}A{{^}}B{{/unless}}", "one(A|B)"),
        (
            "{{#each a}}<li>{{this}}{{else}}none{{/each}}",
            "any(<li>‹this›)maybe(none)",
        ),
        ("{{#with a}}A{{b}}{{else}}B{{/with}}", "one(A‹b›|B)"),
        ("{{#mine a 'b'}}A{{else}}B{{/mine}}", "any(A)any(B)"),
        ("{{{{raw}}}} {{a}} {{{{/raw}}}}", "{{a}}"),
        (
            "{{t \"hello\"}} {{url 'x' id=a}} {{(f a)}}",
            "‹t \"hello\"› ‹url 'x' id=a› ‹(f a)›",
        ),
        (
            "{{csrf_field}} {{csrf_field a}}",
            "‹csrf_field› «csrf_field a»",
        ),
        ("{{f (a 'é}}", "‹f (a 'é›"),
    ] {
        assert_eq!(pieces(Engine::Handlebars, text), expected, "{text}");
    }
}

#[test]
fn what_is_not_known_is_a_gap() {
    let said = |text: &str| {
        let page = read_page(Engine::Handlebars, "page", &[("page.hbs", text)]).unwrap();
        assert!(shown(&page.source).contains("<form>"), "{text}");
        page.gaps.iter().map(gap).collect::<String>()
    };
    for (text, expected) in [
        (
            "\n{{> (lookup . 'page')}}<form>",
            " [page.hbs:2 the name of the partial is an expression]",
        ),
        ("<form>{{#if a}}", " [page.hbs:1 a block has no end]"),
        (
            "<form>{{else}}{{/if}}",
            " [page.hbs:1 there is no block to which this tag belongs] [page.hbs:1 there is no block that this tag closes]",
        ),
        ("<form>{{ a", " [page.hbs:1 this tag has no end]"),
        (
            "<form>{{#*inline}}",
            " [page.hbs:1 this partial has no name]",
        ),
        (
            "{{> page}}<form>",
            " [page.hbs:1 the template uses itself without end: templates/page.hbs → templates/page.hbs, at `templates/page.hbs`, line 1. Remove one of the steps]",
        ),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
    let said = said("{{> nowhere}}<form>");
    assert!(
        said.starts_with(" [page.hbs:1 there is no template `nowhere`"),
        "{said}"
    );
}

#[test]
fn each_form_of_each_rendering_is_read() {
    let files = [
        (
            "page.hbs",
            "{{#> layout title=\"Items\"}}\
             <form method=\"post\" action=\"/items/{{item.id}}\">{{> field name=\"name\"}}\
             {{#if admin}}{{> field name=\"owner\"}}<button formaction='/admin/{{item.id}}'>x</button>\
             {{else if tags}}<input name=guest>{{else}}<input name=other>{{/if}}\
             {{#each tags}}<input type=checkbox name=tag value='{{this}}'>{{else}}<input name=new_tag>{{/each}}\
             {{#with item}}<input type=hidden name=id value=\"{{id}}\">{{/with}}</form>\
             {{#twice}}<a href='/t'>{{shout \"x\"}}</a>{{else}}<a href='/e'>x</a>{{/twice}}\
             {{#each tags}}<a href='/items?tag={{this}}'>x</a>{{/each}}{{/layout}}",
        ),
        (
            "layout.hbs",
            "<title>{{title}}</title>{{#unless admin}}<a href='/login'>x</a>{{/unless}}{{> @partial-block}}{{> footer to='/q'}}",
        ),
        ("field.hbs", "<label><input name='{{name}}'></label>"),
        ("footer.hbs", "<form action='{{to}}'><input name=q></form>"),
    ];
    let read = read_page(Engine::Handlebars, "page", &files).unwrap();
    assert!(read.gaps.is_empty());
    let known = crate::read(&read.source);
    let mut seen = 0;
    for admin in [true, false] {
        for tags in [json!([]), json!(["a", "b"])] {
            let context = json!({ "item": { "id": 7 }, "admin": admin, "tags": tags });
            let page = render("page", &files, &context);
            seen += count(&page);
            assert_shows(&known, &page, &context.to_string());
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_piece_knows_its_file_and_line() {
    let files = [
        ("page.hbs", "<p>\n{{ a }}\n{{> sub/part}}"),
        ("sub/part.hbs", "{{! … }}\n\n{{ b }}"),
    ];
    let page = read_page(Engine::Handlebars, "page", &files).unwrap();
    assert_eq!(
        place_of(&page.source, "a"),
        ("templates/page.hbs".to_owned(), 2)
    );
    assert_eq!(
        place_of(&page.source, "b"),
        ("templates/sub/part.hbs".to_owned(), 3)
    );
}
