use coexist::{Fields, handler};

#[derive(Fields)]
struct Day {
    year: u16,
    month: u8,
}

struct Unknown;

#[handler(GET "/a/{id}", parameters(number = u32), since = "1.0.0")]
fn of_another_name() {}

#[handler(GET "/b/{id}", parameters(id = "[a-z", id = u32), since = "1.0.0")]
fn twice() {}

#[handler(GET "/c/{id}", parameters(id = "[a-z"), since = "1.0.0")]
fn broken_expression() {}

#[handler(GET "/d/{id}", parameters(id = []), since = "1.0.0")]
fn without_choices() {}

#[handler(GET "/e/{id}", parameters(id), since = "1.0.0")]
fn without_a_value() {}

#[handler(GET "/f/{id}", parameters, since = "1.0.0")]
fn without_a_list() {}

#[handler(GET "/g/{id}", parameters = "id", since = "1.0.0")]
fn with_a_value() {}

#[handler(GET "/h/{id}", parameters(id = Day), since = "1.0.0")]
fn of_several_fields() {}

#[handler(GET "/i/{id}", parameters(id = Unknown), since = "1.0.0")]
fn of_no_fields() {}

fn main() {}
