use coexist::handler;

#[handler(POST "/a/:id", since = "1.0.0")]
fn a_colon() {}

#[handler(POST "/b/*rest", since = "1.0.0")]
fn a_star() {}

#[handler(POST "/c/<id>", since = "1.0.0")]
fn angle_brackets() {}

#[handler(POST "/d/<rest..>", since = "1.0.0")]
fn rest_in_angle_brackets() {}

#[handler(POST "/e/{id:\\d+}", since = "1.0.0")]
fn a_regular_expression() {}

#[handler(POST "/f/{rest:.*}", since = "1.0.0")]
fn a_regular_expression_of_the_rest() {}

#[handler(POST "/g/{rest*}", since = "1.0.0")]
fn the_star_at_the_end() {}

#[handler(POST "/h/{rest...}", since = "1.0.0")]
fn three_dots() {}

fn main() {}
