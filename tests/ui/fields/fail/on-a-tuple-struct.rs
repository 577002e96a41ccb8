use coexist::Fields;

#[derive(Fields)]
struct Two(u8, String);

#[derive(Fields)]
struct Three<T>(
    u8,
    #[serde(rename = "name")] String,
    T,
);

#[derive(Fields)]
#[serde(transparent)]
struct AllSkipped {
    #[serde(skip)]
    field: u8,
}

fn main() {}
