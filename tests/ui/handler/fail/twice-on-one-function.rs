use coexist::handler;

#[handler(GET "/imports", since = "1.0.0")]
#[handler(POST "/imports", since = "1.0.0")]
fn imports() {}

#[handler(GET "/exports", since = "1.0.0")]
/// Exports.
#[coexist::handler(POST "/exports", since = "1.0.0")]
#[handler(PUT "/exports", since = "1.0.0")]
fn exports() {}

fn main() {
    imports();
    exports();
}
