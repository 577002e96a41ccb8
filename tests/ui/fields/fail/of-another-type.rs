use coexist::Fields;

#[derive(Fields)]
#[serde(from = "Other")]
struct From {
    field: u8,
}

#[derive(Fields)]
#[serde(deny_unknown_fields, try_from = "Other")]
struct TryFrom {
    field: u8,
}

#[derive(Fields)]
#[serde(remote = "Other")]
struct Remote {
    field: u8,
}

#[derive(Fields)]
#[serde(tag = "kind")]
enum Tag {
    Unit,
}

#[derive(Fields)]
#[serde(tag = "kind", content = "content")]
enum TagAndContent {
    Unit,
}

#[derive(Fields)]
#[serde(untagged)]
enum Untagged {
    Unit,
}

#[derive(Fields)]
enum UntaggedVariant {
    Known,
    #[serde(untagged)]
    Other,
}

#[derive(Fields)]
#[serde(tag = "kind")]
struct TaggedStruct {
    field: u8,
}

fn main() {}
