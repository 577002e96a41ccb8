use coexist::handler;

#[handler(POST "/a/{id", since = "1.0.0")]
fn unclosed() {}

#[handler(POST "/b/id}", since = "1.0.0")]
fn unopened() {}

#[handler(POST "/c/{}", since = "1.0.0")]
fn without_a_name() {}

#[handler(POST "/d/{*}", since = "1.0.0")]
fn rest_without_a_name() {}

#[handler(POST "/e/{*rest}/more", since = "1.0.0")]
fn rest_in_the_middle() {}

#[handler(POST "/f/v{*rest}", since = "1.0.0")]
fn rest_in_a_segment() {}

#[handler(POST "/g/{id}/{id}", since = "1.0.0")]
fn twice_the_same_name() {}

#[handler(POST "/h/{from}-{to}", since = "1.0.0")]
fn two_in_a_segment() {}

#[handler(POST "/i/{the id}", since = "1.0.0")]
fn a_space_in_the_name() {}

#[handler(POST "/j/{id/more}", since = "1.0.0")]
fn a_slash_in_the_name() {}

#[handler(POST "/k/}{", since = "1.0.0")]
fn the_wrong_way_round() {}

#[handler(POST "/l/{{id}", since = "1.0.0")]
fn one_brace_doubled() {}

fn main() {}
