use coexist::Fields;

#[derive(Fields)]
struct Page<T, U: Default> {
    of_a_parameter: T,
    #[serde(rename = "other")]
    inside_a_type: std::collections::HashMap<String, U>,
    left_out: Option<T>,
}

trait Source {
    type Item;
}

#[derive(Fields)]
struct OfATrait<S: Source> {
    item: S::Item,
    qualified: <S as Source>::Item,
}

fn main() {}
