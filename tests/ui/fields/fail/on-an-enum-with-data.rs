use coexist::Fields;

#[derive(Fields)]
enum Action {
    Cancel,
    Import { file_name: String },
    Export(String),
}

#[derive(Fields)]
#[serde(tag = "action")]
enum Tagged {
    Import { file_name: String },
    Export { format: String },
}

fn main() {}
