use coexist::Fields;

#[derive(Fields)]
#[serde(deny_unknown_field)]
struct OfAStruct {
    #[serde(flaten)]
    of_a_field: u8,
    #[serde(rename_all = "camelCase")]
    of_a_struct: u8,
    #[serde(serde::default)]
    a_path: u8,
    #[serde("default")]
    a_string: u8,
}

#[derive(Fields)]
#[serde(flatten)]
enum OfAnEnum {
    #[serde(default)]
    OfAVariant,
}

fn main() {}
