use coexist::handler;

#[handler(POST "/a", since = "1.0.0", until = "1.0.0")]
fn same() {}

#[handler(POST "/b", since = "1.10.0", until = "1.9.0")]
fn before() {}

#[handler(POST "/c", until = "2.0.0-rc.1", since = "2.0.0")]
fn before_its_release() {}

fn main() {}
