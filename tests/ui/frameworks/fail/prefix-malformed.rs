use coexist::{handler, prefix};

prefix!(Slash = "/api/");
prefix!(pub(crate) Root = "/");
prefix!(Empty = "");
prefix!(NoSlash = "api");
prefix!(Rest = "/files/{*rest}");
prefix!(Colon = "/tenants/:tenant");
prefix!(Angle = "/tenants/<tenant>");
prefix!(Address = "https://example.org/api");
prefix!("/api");
prefix!();
prefix!(Api1);
prefix!(Api2 "/api");
prefix!(Api3 = api);
prefix!(Api4 = "/api", below = Slash);
prefix!(Api5 = "/api", under = "/base");
prefix!(Api6 = "/api", under);
prefix!(Api7 = "/api" under = Slash);
prefix!(Api8 = "/api", under = Slash, since = "1.0.0");
prefix!(Api9 = "/api"; Other = "/other");
prefix!(Api10 = "/api", under = Slash, under = Slash);

/// The message is the only one.
#[handler(GET "/a", under = Slash, since = "1.0.0")]
fn below() {}

fn main() {
    let _ = (Slash::PATH, below::URL);
}
