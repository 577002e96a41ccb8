//! Each serde attribute that decides what a request holds, beside the derive of
//! serde itself.

use coexist::Fields;
use serde::Deserialize;

#[derive(Deserialize, Fields)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Renamed {
    file_name: String,
    #[serde(rename = "other")]
    renamed: String,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    both_ways: String,
    #[serde(rename(serialize = "out"))]
    out_only: String,
    #[serde(alias = "a", alias = "b-2")]
    with_aliases: String,
    r#type: String,
}

#[derive(Deserialize, Fields)]
#[serde(rename_all(serialize = "UPPERCASE", deserialize = "camelCase"))]
struct RenamedToRead {
    file_name: String,
}

#[derive(Default, Deserialize, Fields)]
struct Optional {
    required: u8,
    option: Option<u8>,
    #[serde(default)]
    default: u8,
    #[serde(default = "seven")]
    default_of: u8,
    #[serde(skip)]
    skipped: u8,
    #[serde(skip_deserializing)]
    not_read: u8,
    #[serde(skip_serializing, skip_serializing_if = "Option::is_none")]
    not_written: Option<u8>,
}

fn seven() -> u8 {
    7
}

#[derive(Default, Deserialize, Fields)]
#[serde(default)]
struct AllOptional {
    a: u8,
    b: String,
}

#[derive(Deserialize, Fields)]
struct Flattened {
    #[serde(flatten)]
    optional: Optional,
    #[serde(flatten)]
    rest: std::collections::HashMap<String, String>,
    last: bool,
}

#[derive(Deserialize, Fields)]
#[serde(transparent)]
struct Transparent {
    inner: u16,
    #[serde(skip)]
    skipped: Option<u8>,
}

#[derive(Deserialize, Fields)]
struct Newtype(Transparent);

#[derive(Deserialize, Fields)]
#[serde(rename_all = "snake_case")]
enum Mode {
    TabSeparated,
    #[serde(rename = "csv", alias = "comma")]
    CommaSeparated,
    #[serde(skip)]
    Internal,
}

#[derive(Deserialize, Fields)]
enum Open {
    Known,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize, Fields)]
struct Custom {
    #[serde(deserialize_with = "read")]
    by_function: Option<u8>,
    #[serde(default, deserialize_with = "read")]
    by_function_or_left_out: Option<u8>,
    #[serde(with = "by_module")]
    by_module: u8,
}

fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    u8::deserialize(deserializer).map(Some)
}

mod by_module {
    use serde::Deserialize as _;

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        u8::deserialize(deserializer)
    }
}

#[derive(Deserialize, Fields)]
#[serde(
    expecting = "an import",
    bound = "",
    rename = "Import",
    crate = "serde"
)]
struct Rest<'a> {
    #[serde(borrow)]
    name: &'a str,
    mode: Mode,
    open: Option<Open>,
    newtype: Newtype,
}

fn text(name: &str, required: bool) -> String {
    format!(r#"{{"name":"{name}","required":{required},"type":"text"}}"#)
}

fn byte(name: &str, required: bool) -> String {
    format!(r#"{{"name":"{name}","required":{required},"type":"integer","min":0,"max":255}}"#)
}

fn option(name: &str) -> String {
    format!(
        r#"{{"name":"{name}","required":false,"optional":true,"type":"integer","min":0,"max":255}}"#
    )
}

fn fields(unknown: &str, fields: &[String]) -> String {
    format!(
        r#""unknown_fields":"{unknown}","fields":[{}]"#,
        fields.join(",")
    )
}

#[test]
fn passes() {
    let aliased = r#"{"name":"with-aliases","required":true,"aliases":["a","b-2"],"type":"text"}"#;
    assert_eq!(
        Renamed::WIRE,
        fields(
            "deny",
            &[
                text("file-name", true),
                text("other", true),
                text("in", true),
                text("out-only", true),
                aliased.to_owned(),
                text("type", true),
            ]
        )
    );
    assert_eq!(
        RenamedToRead::WIRE,
        fields("ignore", &[text("fileName", true)])
    );

    let optional = fields(
        "ignore",
        &[
            byte("required", true),
            option("option"),
            byte("default", false),
            byte("default_of", false),
            option("not_written"),
        ],
    );
    assert_eq!(Optional::WIRE, optional);
    assert_eq!(
        AllOptional::WIRE,
        fields("ignore", &[byte("a", false), text("b", false)])
    );
    assert_eq!(
        Flattened::WIRE,
        fields(
            "ignore",
            &[
                format!(r#"{{"flatten":true,{optional}}}"#),
                r#"{"flatten":true,"type":null}"#.to_owned(),
                r#"{"name":"last","required":true,"type":"boolean"}"#.to_owned(),
            ]
        )
    );

    let short = r#""type":"integer","min":0,"max":65535"#;
    assert_eq!((Transparent::WIRE, Newtype::WIRE), (short, short));
    let mode = r#""type":"choice","choices":["tab_separated","csv","comma"]"#;
    assert_eq!((Mode::WIRE, Open::WIRE), (mode, r#""type":"text""#));

    let untold =
        |name, required| format!(r#"{{"name":"{name}","required":{required},"type":null}}"#);
    assert_eq!(
        Custom::WIRE,
        fields(
            "ignore",
            &[
                untold("by_function", true),
                untold("by_function_or_left_out", false),
                untold("by_module", true),
            ]
        )
    );
    assert_eq!(
        Rest::WIRE,
        fields(
            "ignore",
            &[
                text("name", true),
                format!(r#"{{"name":"mode","required":true,{mode}}}"#),
                r#"{"name":"open","required":false,"optional":true,"type":"text"}"#.to_owned(),
                format!(r#"{{"name":"newtype","required":true,{short}}}"#),
            ]
        )
    );
}
