use coexist::handler;

#[handler(PUT "/a", since = "1.0.0")]
fn update() {}

#[handler(PUT "/b", since = "1.0.0", redirect = 308)]
fn to_nowhere() {}

#[handler(PUT "/c", since = "1.0.0", to = update)]
fn without_a_status() {}

#[handler(PUT "/d", since = "1.0.0", query = true)]
fn query_alone() {}

#[handler(PUT "/e", since = "1.0.0", redirect = 404, to = update)]
fn not_a_redirect() {}

#[handler(PUT "/f", since = "1.0.0", redirect = "308", to = 7, query = "yes")]
fn of_other_types() {}

#[handler(PUT "/g/{id}", since = "1.0.0", redirect = 308, to = "/h/{number}")]
fn to_an_unknown_parameter() {}

#[handler(PUT "/i", since = "1.0.0", redirect = 308, to = "https://example.com/")]
fn to_another_site() {}

#[handler(PUT "/j", since = "1.0.0", routing = "path first")]
fn unknown_routing() {}

fn main() {}
