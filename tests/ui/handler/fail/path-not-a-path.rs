use coexist::handler;

#[handler(POST "imports", since = "1.0.0")]
fn without_a_slash() {}

#[handler(POST "", since = "1.0.0")]
fn empty() {}

#[handler(POST "https://example.com/imports", since = "1.0.0")]
fn a_url() {}

#[handler(POST "/imports?kind=csv", since = "1.0.0")]
fn with_a_query() {}

#[handler(POST "/imports#top", since = "1.0.0")]
fn with_a_fragment() {}

#[handler(POST "/my imports", since = "1.0.0")]
fn with_a_space() {}

#[handler(POST "/my\\imports", since = "1.0.0")]
fn with_a_backslash() {}

#[handler(POST "/imports\n", since = "1.0.0")]
fn with_a_line_end() {}

fn main() {}
