use coexist::handler;

#[handler(GET, since = "1.0.0")]
async fn without_an_argument() {}

#[handler(GET, since = "1.0.0")]
async fn of_any_type<T>(_: T) {}

#[handler(GET, since = "1.0.0")]
async fn of_an_unnamed_type(_: impl axum_extra::routing::TypedPath) {}

fn main() {}
