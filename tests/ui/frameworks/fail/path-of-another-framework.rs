use coexist::handler;

#[handler(GET "/rocket/<id>", since = "1.0.0")]
async fn of_rocket() {}

#[handler(GET "/rocket/<rest..>", since = "1.0.0")]
async fn rest_of_rocket() {}

#[handler(GET "/poem/:id", since = "1.0.0")]
async fn of_poem() {}

#[handler(GET "/poem/*rest", since = "1.0.0")]
async fn rest_of_poem() {}

#[handler(GET r"/actix/{id:\d+}", since = "1.0.0")]
async fn of_actix() {}

#[handler(GET "/actix/{tail:.*}", since = "1.0.0")]
async fn rest_of_actix() {}

/// poem has its own syntax.
#[handler(GET "/poem/:id?page", since = "1.0.0")]
#[poem::handler]
fn on_poem() {}

fn main() {}
