//! Parameters that take only some texts: by the types of arguments, or as the annotation states.

use coexist::{Fields, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

struct Path<T>(T);
use axum::Form;
struct Uuid;
type Number = u16;

mod web {
    pub struct Path<T>(pub T);
}

#[derive(Fields)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Blue,
}

#[derive(Fields)]
struct Id(u64);

#[derive(Fields)]
struct Day {
    year: u16,
    #[serde(rename = "the-month")]
    month: Color,
    slug: String,
}

coexist::prefix!(Tenants = "/{tenant}");

#[handler(GET "/a/{id}", since = "1.0.0")]
fn of_a_number(Path(_): Path<u32>) {}

#[handler(GET "/b/{id}", since = "1.0.0")]
fn of_text(Path(_): Path<String>, Form(_): Form<Day>) {}

#[handler(GET "/c/{id}", since = "1.0.0")]
fn of_an_unknown_type(Path(_): Path<Uuid>) {}

#[handler(GET "/d/{color}", since = "1.0.0")]
fn of_an_enum(_: web::Path<Color>) {}

#[handler(GET "/e/{id}", since = "1.0.0")]
fn of_a_newtype(_: Path<Id>) {}

#[handler(GET "/f/{id}", since = "1.0.0")]
fn of_an_alias(_: Path<Number>) {}

#[handler(GET "/g/{a}/{b}/{c}", since = "1.0.0")]
fn of_a_tuple(_: Path<(bool, String, Uuid)>) {}

#[handler(GET "/h/{a}", under = Tenants, since = "1.0.0")]
fn of_a_tuple_below_a_prefix(_: Path<(String, char)>) {}

#[handler(GET "/i/{a}/{b}", since = "1.0.0")]
fn of_another_count(_: Path<(u8, u8, u8)>) {}

#[handler(GET "/j/{year}/{the-month}/{slug}", since = "1.0.0")]
fn of_a_struct(_: Path<Day>) {}

#[handler(GET "/k/{year}", since = "1.0.0")]
fn of_a_struct_with_one(_: Path<Day>) {}

#[handler(GET "/l/{id}/{*rest}", since = "1.0.0")]
fn with_a_rest(_: Path<(f64, String)>) {}

#[handler(GET "/m/{id}", since = "1.0.0")]
fn generic<T>(_: Path<T>) {}

#[handler(
    GET "/n/{locale}/{id}/{slug}/{the-color}/{other}",
    parameters(locale = ["en", "fr"], id = u32, slug = r"[a-z-]+\d", "the-color" = Color),
    since = "1.0.0",
)]
fn stated(_: Path<(String, u8, String, String, i8)>) {}

fn parameters(item: &str, expected: &[(&str, &str)]) {
    if expected.is_empty() {
        return RECORDS.assert_lacks(item, &["parameters"]);
    }
    let expected: Vec<String> = expected
        .iter()
        .map(|(name, fragment)| format!("{{\"name\":\"{name}\",{fragment}}}"))
        .collect();
    let expected = format!("\"parameters\":[{}]", expected.join(","));
    RECORDS.assert_holds(item, &[&expected, r#"{"format":2,"#]);
}

#[test]
fn passes() {
    const NOT_DECLARED: &str = r#""type":null"#;
    const COLOR: &str = r#""type":"choice","choices":["red","blue"]"#;
    const U16: &str = r#""type":"integer","min":0,"max":65535"#;
    let u32 = r#""type":"integer","min":0,"max":4294967295"#;
    let u64 = r#""type":"integer","min":0,"max":18446744073709551615"#;

    parameters("of_a_number", &[("id", u32)]);
    parameters("of_text", &[]);
    parameters("of_an_unknown_type", &[]);
    parameters("of_an_enum", &[("color", COLOR)]);
    parameters("of_a_newtype", &[("id", u64)]);
    parameters("of_an_alias", &[("id", U16)]);
    let boolean = r#""type":"boolean""#;
    parameters("of_a_tuple", &[("a", boolean), ("c", NOT_DECLARED)]);
    let character = r#""type":"character""#;
    parameters("of_a_tuple_below_a_prefix", &[("a", character)]);
    parameters("of_another_count", &[]);
    parameters(
        "of_a_struct",
        &[
            ("year", U16),
            ("the-month", COLOR),
            ("slug", r#""type":"text""#),
        ],
    );
    parameters("of_a_struct_with_one", &[("year", U16)]);
    parameters("with_a_rest", &[("id", r#""type":"number""#)]);
    parameters("generic", &[]);
    parameters(
        "stated",
        &[
            ("locale", r#""type":"choice","choices":["en","fr"]"#),
            ("id", u32),
            ("slug", r#""pattern":"[a-z-]+\\d""#),
            ("the-color", COLOR),
            ("other", r#""type":"integer","min":-128,"max":127"#),
        ],
    );

    let _ = (of_a_number, of_text, of_an_unknown_type, of_an_enum);
    let _ = (of_a_newtype, of_an_alias, of_a_tuple, with_a_rest, stated);
    let _ = (of_a_tuple_below_a_prefix, of_another_count, of_a_struct);
    let _ = (
        of_a_struct_with_one,
        generic::<u8>,
        Path(Uuid).0,
        Form(Id(1)).0.0,
    );
    let day = Day {
        year: 1,
        month: Color::Red,
        slug: String::new(),
    };
    let _ = (day.year, day.month, day.slug, Color::Blue, web::Path(1).0);
}
