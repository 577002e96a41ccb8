use coexist::handler;

#[handler(PUT "/notes/{id}", since = "1.0.0")]
fn update() {}

#[handler(PUT "/a/{id}", since = "1.0.0", redirect = 303, to = update)]
fn becomes_get() {}

#[handler(POST "/b/{id}", since = "1.0.0", redirect = 308, to = update)]
fn stays_post() {}

#[handler(PUT "/c/{number}", since = "1.0.0", redirect = 308, to = update)]
fn of_another_name() {}

fn not_annotated() {}

#[handler(PUT "/d", since = "1.0.0", redirect = 308, to = not_annotated)]
fn to_no_handler() {}

#[handler(PUT "/e", since = "1.0.0", redirect = 308, to = missing)]
fn to_nothing() {}

fn main() {}
