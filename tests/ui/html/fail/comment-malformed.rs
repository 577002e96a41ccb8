use askama::Template;
use coexist::{form, handler};

#[handler(GET "/a", since = "2.0.0")]
fn a() {}

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"
{# coexist: sinse = "1.4.0" #}<a href="/b">B</a>
{# coexist: since = "next" #}<a href="/c">C</a>
{# coexist: until = "1.0.0", flag = "" #}<a href="/d">D</a>
{# coexist: since = "1.4.0 #}<a href="/e">E</a>
{# coexist: posts_to = a #}<a href="{{ a::URL }}">A</a>
"#
)]
struct Malformed;

#[form(since = "1.0.0")]
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{# coexist: since = "1.4.0" #}<a href="{{ a::URL }}">A</a>"#
)]
struct TooEarly;

fn main() {}
