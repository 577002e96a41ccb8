//! The same templates, rendered by askama itself: where nothing is chosen at run
//! time, the pieces are the page.

use std::path::Path;

use askama::Template as _;

use super::{Template, path, read};
use crate::source::Source;
use crate::testing::{shown, spaced};

#[derive(askama::Template)]
#[template(path = "sub/page.html", config = "tests/askama/askama.toml")]
struct Page {
    other: &'static str,
}

#[derive(askama::Template)]
#[template(
    path = "sub/page.html",
    config = "tests/askama/askama.toml",
    block = "navigation"
)]
struct Navigation;

fn pieces(block: Option<&str>) -> Source {
    let template = Template {
        config: Some("tests/askama/askama.toml".to_owned()),
        block: block.map(str::to_owned),
        ..path("sub/page.html")
    };
    read(&template, Path::new(env!("CARGO_MANIFEST_DIR")))
        .unwrap()
        .source
}

#[test]
fn heritage_includes_and_macros_are_joined_as_askama_joins_them() {
    let page = Page {
        other: "‹other›"
    }
    .render()
    .unwrap();
    assert_eq!(shown(&pieces(None)), spaced(&page));
}

#[test]
fn one_block_is_what_askama_renders_of_it() {
    let navigation = Navigation.render().unwrap();
    assert_eq!(shown(&pieces(Some("navigation"))), spaced(&navigation));
}
