use askama::Template;
use coexist::form;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = "<p>{% if a %}<a href='/x'>X</a>{% endfor %}")]
struct Broken;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html", source = "<form>", block = "main")]
struct NoBlock;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(ext = "html")]
struct Nothing;

#[form(since = "1.0.0")]
const FILE: &str = include_str!("missing.html");

fn main() {}
