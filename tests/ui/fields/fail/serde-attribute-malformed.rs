use coexist::Fields;

#[derive(Fields)]
#[serde(rename_all = "snakecase")]
struct UnknownRule {
    field: u8,
}

#[derive(Fields)]
#[serde(rename_all(serialize = "camelCase", deserialize = "Camel"))]
struct UnknownRuleForReading {
    field: u8,
}

#[derive(Fields)]
#[serde(rename_all)]
struct NoRule {
    field: u8,
}

#[derive(Fields)]
#[serde(rename_all = camelCase)]
struct RuleWithoutQuotes {
    field: u8,
}

#[derive(Fields)]
struct Names {
    #[serde(rename = 1)]
    a_number: u8,
    #[serde(rename)]
    no_value: u8,
    #[serde(alias)]
    no_alias: u8,
    #[serde(alias = ["a", "b"])]
    a_list: u8,
    #[serde]
    nothing: u8,
    #[serde = "default"]
    an_equals_sign: u8,
    #[serde(default skip)]
    no_comma: u8,
}

fn main() {}
