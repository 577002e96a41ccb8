use coexist::Fields;

#[derive(Fields)]
struct Import {
    mode: Mdoe,
    modes: Vec<Mdoe>,
    optional: Option<Mdoe>,
}

fn main() {}
