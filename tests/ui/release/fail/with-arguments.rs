coexist::release!("1.0.0");

mod other {
    coexist::release!(name = "importer", version = env!("VERSION"));
}

fn main() {}
