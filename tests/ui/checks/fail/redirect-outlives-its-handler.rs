use coexist::handler;

#[handler(PUT "/notes/{id}", since = "1.0.0", until = "99.0.0")]
fn update() {}

#[handler(PUT "/a/{id}", since = "1.0.0", redirect = 308, to = update)]
fn stays() {}

#[handler(PUT "/b/{id}", since = "1.0.0", until = "99.0.0", redirect = 308, to = update)]
fn goes_with_it() {}

#[handler(PUT "/c/{id}", since = "1.0.0", until = "98.0.0", redirect = 308, to = update)]
fn goes_before() {}

#[handler(PUT "/e/{id}", since = "1.0.0", redirect = 308, to = newer)]
fn begins_to_redirect() {}

#[handler(PUT "/new/{id}", since = "1.1.0")]
fn newer() {}

fn main() {}
