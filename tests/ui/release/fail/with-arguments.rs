coexist::release!("1.0.0");

mod other {
    coexist::release!(name = "importer", version = env!("VERSION"));
}

mod malformed {
    coexist::release!(routing = "method first", trailing_slash = "remove");
}

mod without_a_value {
    coexist::release!(routing, trailing_slash = trim);
}

fn main() {}
