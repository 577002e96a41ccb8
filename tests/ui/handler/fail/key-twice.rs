use coexist::handler;

#[handler(POST "/a", since = "1.0.0", until = "2.0.0", since = "1.0.0")]
fn since() {}

#[handler(POST "/b", since = "1.0.0", encoding = "json", encoding = "text", encoding = "json")]
fn three_times() {}

fn main() {}
