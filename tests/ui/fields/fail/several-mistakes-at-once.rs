use coexist::Fields;

#[derive(Fields)]
#[serde(rename_all = "Camel")]
#[serde(from = "Other")]
struct Import<T> {
    #[serde(flaten)]
    file: T,
    #[serde(rename = name)]
    name: String,
}

fn main() {
    let _still_there = Import { file: 1_u8, name: String::new() };
}
