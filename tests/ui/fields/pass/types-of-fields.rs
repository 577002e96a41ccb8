//! What the type of a field says: what may be left out, what may be there
//! several times, which values there are.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::num::NonZeroU8;
use std::rc::Rc;
use std::sync::Arc;

use coexist::Fields;

type Maybe<T> = Option<T>;
type Name = String;

struct Opaque;

#[derive(Fields)]
enum Mode {
    Plain,
    Quoted,
}

/// A doc comment is not a field.
#[derive(Fields)]
struct All<'a, 'b: 'a> {
    string: String,
    name: Name,
    borrowed: &'a str,
    owned_or_borrowed: Cow<'b, str>,
    boxed: Box<str>,
    shared: Rc<Arc<str>>,
    option: Option<String>,
    full_path: std::option::Option<std::string::String>,
    nested: Option<Box<Option<&'a str>>>,
    alias_of_option: Maybe<String>,
    alias_of_opaque_option: Maybe<Opaque>,
    list: Vec<String>,
    optional_list: Option<Vec<u8>>,
    array: [bool; 2],
    slice: &'a [char],
    set: HashSet<u8>,
    sorted: BTreeSet<Mode>,
    queue: VecDeque<Opaque>,
    list_of_lists: Vec<Vec<u8>>,
    number: f64,
    not_zero: NonZeroU8,
    mode: Mode,
    optional_mode: Option<Mode>,
    opaque: Opaque,
    map: HashMap<String, String>,
    tuple: (u8, u8),
    pointer: fn(u8) -> u8,
    r#in: char,
}

#[derive(Fields)]
struct Generic<T, const N: usize = 1>
where
    T: Clone,
{
    option: Option<T>,
    list: Vec<T>,
    #[serde(default)]
    default: T,
    #[serde(skip)]
    skipped: T,
    count: [u8; N],
}

#[derive(Fields)]
struct Unit;

#[derive(Fields)]
struct Empty {}

#[derive(Fields)]
struct Newtype<'a>(Cow<'a, str>);

#[derive(Fields)]
struct GenericNewtype<T>(Vec<T>);

/// Where a type parameter has the name of a type, it is the parameter.
mod shadowed {
    use coexist::Fields;

    pub struct String;

    #[derive(Fields)]
    pub struct Nested {
        pub items: Vec<super::Mode>,
        pub name: std::string::String,
    }
}

const BYTE: &str = r#""type":"integer","min":0,"max":255"#;

#[test]
fn passes() {
    let choice = r#""type":"choice","choices":["Plain","Quoted"]"#;
    let expected = [
        ("string", true, r#""type":"text""#),
        ("name", true, r#""type":"text""#),
        ("borrowed", true, r#""type":"text""#),
        ("owned_or_borrowed", true, r#""type":"text""#),
        ("boxed", true, r#""type":"text""#),
        ("shared", true, r#""type":"text""#),
        ("option", false, r#""type":"text""#),
        ("full_path", false, r#""type":"text""#),
        ("nested", false, r#""type":"text""#),
        ("alias_of_option", false, r#""type":"text""#),
        ("alias_of_opaque_option", false, r#""type":null"#),
        ("list", true, r#""type":"text","many":true"#),
        ("optional_list", false, &format!("{BYTE},\"many\":true")),
        ("array", true, r#""type":"boolean","many":true"#),
        ("slice", true, r#""type":"character","many":true"#),
        ("set", true, &format!("{BYTE},\"many\":true")),
        ("sorted", true, &format!("{choice},\"many\":true")),
        ("queue", true, r#""type":null,"many":true"#),
        ("list_of_lists", true, r#""type":null,"many":true"#),
        ("number", true, r#""type":"number""#),
        ("not_zero", true, r#""type":"integer","min":1,"max":255"#),
        ("mode", true, choice),
        ("optional_mode", false, choice),
        ("opaque", true, r#""type":null"#),
        ("map", true, r#""type":null"#),
        ("tuple", true, r#""type":null"#),
        ("pointer", true, r#""type":null"#),
        ("in", true, r#""type":"character""#),
    ];
    assert_eq!(All::WIRE, fields(&expected));

    let generic = [
        ("option", false, r#""type":null"#),
        ("list", true, r#""type":null,"many":true"#),
        ("default", false, r#""type":null"#),
        ("count", true, &format!("{BYTE},\"many\":true")),
    ];
    assert_eq!(<Generic<u8>>::WIRE, fields(&generic));
    assert_eq!(<Generic<Opaque2, 3>>::WIRE, fields(&generic));

    assert_eq!((Unit::WIRE, Empty::WIRE), (&*fields(&[]), &*fields(&[])));
    assert_eq!(Newtype::WIRE, r#""type":"text""#);
    assert_eq!(<GenericNewtype<u8>>::WIRE, r#""type":null,"many":true"#);
    assert_eq!(
        shadowed::Nested::WIRE,
        fields(&[
            ("items", true, &format!("{choice},\"many\":true")),
            ("name", true, r#""type":"text""#),
        ])
    );
}

#[derive(Clone)]
struct Opaque2;

fn fields(fields: &[(&str, bool, &str)]) -> String {
    let one = |(name, required, value): &(&str, bool, &str)| {
        let optional = ["option", "full_path", "nested"].contains(name)
            || name.starts_with("optional")
            || name.starts_with("alias_of");
        let optional = if optional { r#","optional":true"# } else { "" };
        format!(r#"{{"name":"{name}","required":{required}{optional},{value}}}"#)
    };
    let fields: Vec<String> = fields.iter().map(one).collect();
    format!(
        r#""unknown_fields":"ignore","fields":[{}]"#,
        fields.join(",")
    )
}
