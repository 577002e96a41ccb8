use coexist::handler;

#[handler(since = "1.0.0")]
async fn without_a_framework() {}

#[handler(since = "1.0.0")]
#[poem::handler]
fn of_poem() {}

#[handler(since = "1.0.0")]
#[utoipa::path(get, path = PATH)]
async fn described_by_a_constant() {}

const PATH: &str = "/path";

fn main() {}
