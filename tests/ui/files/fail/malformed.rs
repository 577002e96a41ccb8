coexist::files!("/static", since = "1.0.0");

coexist::files!(NoPath, since = "1.0.0");

coexist::files!(NoRelease = "/a");

coexist::files!(Slash = "/a/", since = "1.0.0");

coexist::files!(UnknownKey = "/b", since = "1.0.0", folder = "static");

fn main() {
    // It is there nevertheless.
    let _: Option<Slash> = None;
}
