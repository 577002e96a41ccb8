//! What Rocket's `FromForm` and `FromFormField` decide, beside these derives, and held
//! against Rocket itself: a field is required if Rocket refuses a form without it.

use std::borrow::Cow;
use std::collections::HashMap;

use coexist::Fields;
use rocket::data::Capped;
use rocket::form::{self, Form, Lenient};
use rocket::fs::TempFile;
use rocket::{FromForm, FromFormField};
use serde::Deserialize;

#[derive(FromFormField, Fields)]
enum Brings {
    Nothing,
    #[field(value = "food")]
    #[field(value = "a-dish")]
    Food,
}

#[derive(FromForm, Fields)]
struct Person {
    name: String,
}

type Email = String;
type Flag = bool;

#[derive(FromForm, Fields)]
struct Name(String);

#[derive(FromForm, Fields)]
struct Agreed(bool);

struct Opaque;

#[rocket::async_trait]
impl<'r> rocket::form::FromFormField<'r> for Opaque {
    fn from_value(_: rocket::form::ValueField<'r>) -> rocket::form::Result<'r, Self> {
        Ok(Self)
    }

    fn default() -> Option<Self> {
        Some(Self)
    }
}

#[derive(FromForm, Fields)]
struct All {
    name: String,
    email: Email,
    guests: u8,
    brings: Brings,
    newtype: Name,
    flag: bool,
    alias_of_bool: Flag,
    agreed: Agreed,
    opaque: Opaque,
    option: Option<u8>,
    option_of_choice: Option<Brings>,
    option_of_opaque: Option<Opaque>,
    list: Vec<Brings>,
    list_of_people: Vec<Person>,
    map: HashMap<String, String>,
    person: Person,
    lenient: Lenient<u8>,
    pair: (u8, u8),
    #[field(default = 7)]
    default: u8,
    #[field(default_with = Some(7))]
    default_with: u8,
    #[field(name = "e-mail", validate = contains('@'))]
    #[field(name = "mail")]
    renamed: String,
    #[field(name = uncased("Town"))]
    uncased: String,
    r#type: char,
}

#[derive(FromForm, Fields)]
struct Upload<'r> {
    title: &'r str,
    owned: Cow<'r, str>,
    result: form::Result<'r, Brings>,
    bytes: &'r [u8],
    file: TempFile<'r>,
    capped: Capped<TempFile<'r>>,
    optional_file: Option<TempFile<'r>>,
}

#[derive(Deserialize, FromForm, Fields)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct JsonToo {
    file_name: String,
    #[serde(default)]
    notes: String,
    public: bool,
}

#[derive(Deserialize, FromFormField, Fields)]
#[serde(rename_all = "snake_case")]
enum ChoiceInJsonToo {
    AsIs,
}

/// Its derives cannot be seen, but Rocket's attribute can.
macro_rules! written_by_a_macro {
    ($name:ident) => {
        #[derive(FromForm, Fields)]
        struct $name {
            #[field(name = "agreed")]
            agreed: bool,
        }
    };
}
written_by_a_macro!(ByAMacro);

/// The same names, for serde.
mod other {
    use coexist::Fields;

    #[derive(Fields)]
    pub struct Person {
        pub agreed: bool,
    }
}

const TEXT: &str = r#""type":"text""#;
const BYTE: &str = r#""type":"integer","min":0,"max":255"#;
const SWITCH: &str =
    r#""type":"choice","choices":["true","false","on","off","yes","no",""],"ignore_case":true"#;
const BRINGS: &str = r#""type":"choice","choices":["Nothing","food","a-dish"],"ignore_case":true"#;
const UNTOLD: &str = r#""type":null"#;
const PERSON: &str =
    r#""unknown_fields":"ignore","fields":[{"name":"name","required":true,"type":"text"}]"#;

#[test]
fn passes() {
    assert_eq!(Brings::WIRE, BRINGS);
    let many = |wire: &str| format!("{wire},\"many\":true");
    let expected = [
        ("name", true, "", TEXT),
        ("email", true, "", TEXT),
        ("guests", true, "", BYTE),
        ("brings", true, "", BRINGS),
        ("newtype", true, "", TEXT),
        ("flag", false, "", SWITCH),
        ("alias_of_bool", false, "", UNTOLD),
        ("agreed", false, "", SWITCH),
        ("opaque", false, "", UNTOLD),
        ("option", false, "?", TEXT),
        ("option_of_choice", false, "?", TEXT),
        ("option_of_opaque", false, "?", UNTOLD),
        ("list", false, r#""list[]""#, &many(BRINGS)),
        (
            "list_of_people",
            false,
            r#""list_of_people[]""#,
            &many(PERSON),
        ),
        ("map", false, "", UNTOLD),
        ("person", false, "", PERSON),
        ("lenient", true, "", BYTE),
        ("pair", false, "", UNTOLD),
        ("default", false, "", BYTE),
        ("default_with", false, "", BYTE),
        ("e-mail", true, r#""mail""#, TEXT),
        ("Town", true, r#""town","TOWN""#, TEXT),
        ("type", true, "", r#""type":"character""#),
    ];
    assert_eq!(All::WIRE, fields(&expected));
    as_rocket_does(&expected);

    let upload = [
        ("title", true, "", TEXT),
        ("owned", true, "", TEXT),
        ("result", false, "?", TEXT),
        ("bytes", true, "", TEXT),
        ("file", true, "", UNTOLD),
        ("capped", true, "", UNTOLD),
        ("optional_file", false, "?", UNTOLD),
    ];
    assert_eq!(Upload::WIRE, fields(&upload));
    let json_too = [
        ("file_name", true, r#""fileName""#, TEXT),
        ("notes", false, "", TEXT),
        ("public", false, "", SWITCH),
    ];
    assert_eq!(JsonToo::WIRE, fields(&json_too));
    let choice = r#""type":"choice","choices":["AsIs","as_is"],"ignore_case":true"#;
    assert_eq!(ChoiceInJsonToo::WIRE, choice);
    assert_eq!(ByAMacro::WIRE, fields(&[("agreed", false, "", SWITCH)]));
    let boolean = r#""type":"boolean""#;
    assert_eq!(
        other::Person::WIRE,
        fields(&[("agreed", true, "", boolean)])
    );
}

/// Leaves out each field in turn.
fn as_rocket_does(expected: &[(&str, bool, &str, &str)]) {
    let values = HashMap::from([
        ("guests", "1"),
        ("lenient", "1"),
        ("brings", "NOTHING"),
        ("type", "c"),
        ("e-mail", "a@b"),
        ("default", "1"),
        ("default_with", "1"),
        ("flag", "Yes"),
        ("agreed", "on"),
        ("alias_of_bool", ""),
        ("option_of_choice", "no choice"),
        ("list", "A-Dish"),
    ]);
    // What is read under other names has them here.
    let named = |name: &str| match name {
        "map" => "map[a]=b".to_owned(),
        "person" => "person.name=b".to_owned(),
        "list_of_people" => "list_of_people[0].name=b".to_owned(),
        "pair" => "pair.0=1&pair.1=1".to_owned(),
        _ => format!("{name}={}", values.get(name).unwrap_or(&"x")),
    };
    let without = |left_out: &str| {
        let fields = expected.iter().filter(|(name, ..)| *name != left_out);
        let fields: Vec<String> = fields.map(|(name, ..)| named(name)).collect();
        let form = fields.join("&");
        Form::<All>::parse(&form)
            .map(drop)
            .map_err(|errors| errors.to_string())
    };
    assert_eq!(without(""), Ok(()));
    // A form may have them under other names, or the type has a default of its own.
    let unsaid = ["person", "pair", "Town"];
    for (name, required, ..) in expected.iter().filter(|(name, ..)| !unsaid.contains(name)) {
        assert_eq!(without(name).is_err(), *required, "{name}");
    }
}

fn fields(fields: &[(&str, bool, &str, &str)]) -> String {
    let one = |(name, required, aliases, value): &(&str, bool, &str, &str)| {
        let aliases = match *aliases {
            "" => String::new(),
            "?" => "\"optional\":true,".to_owned(),
            aliases => format!("\"aliases\":[{aliases}],"),
        };
        format!(r#"{{"name":"{name}","required":{required},{aliases}{value}}}"#)
    };
    let fields: Vec<String> = fields.iter().map(one).collect();
    format!(
        r#""unknown_fields":"ignore","fields":[{}]"#,
        fields.join(",")
    )
}
