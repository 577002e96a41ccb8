use coexist::handler;

#[handler(GET "/text", under = "/api", since = "1.0.0")]
async fn of_text() {}

#[handler(GET "/empty", under = , since = "1.0.0")]
async fn of_no_value() {}

#[handler(GET "/twice", under = Api, under = Api, since = "1.0.0")]
async fn twice() {}

#[handler(GET "/type", under = Vec<u8>, since = "1.0.0")]
async fn of_type() {}

coexist::prefix!(Api = "/api");

fn main() {}
