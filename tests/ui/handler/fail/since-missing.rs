use coexist::handler;

#[handler(POST "/imports")]
fn import() {}

#[handler(POST "/exports", until = "2.0.0", encoding = "json")]
fn export() {}

fn main() {}
