use coexist::handler;

#[handler(POST "/a", since = "1.0.0", encoding = "xml")]
fn none() {}

#[handler(POST "/b", since = "1.0.0", encoding = "JSON")]
fn in_capitals() {}

#[handler(POST "/c", since = "1.0.0", encoding = "multipart/form-data")]
fn a_media_type() {}

#[handler(POST "/d", since = "1.0.0", encoding = json)]
fn without_quotes() {}

fn main() {}
