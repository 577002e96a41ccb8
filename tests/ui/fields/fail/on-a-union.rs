use coexist::Fields;

#[derive(Fields)]
union Union {
    byte: u8,
    number: i8,
}

fn main() {}
