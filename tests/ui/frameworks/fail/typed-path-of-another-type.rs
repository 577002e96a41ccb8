use coexist::handler;

#[handler(GET, since = "1.0.0")]
async fn with_another_type(_: String) {}

fn main() {}
