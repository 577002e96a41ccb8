use coexist::handler;

#[handler(post "imports/{id", sinec = "1.0.0", until = 2, encoding = "xml")]
fn four_in_the_values() {}

#[handler(POST "/exports", until = "1.0", encoding = "json", encoding = "json")]
fn three_and_one_is_missing() {}

#[handler(FETCH "exports", since = "2.0.0", until = "1.0.0")]
struct OnTheWrongItemToo;

fn main() {}
