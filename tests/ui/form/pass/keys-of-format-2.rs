//! Forms and handlers whose record has no other key of format 2 than the one of a field.

use axum_typed_multipart::TryFromMultipart;
use coexist::Fields;
use serde::Deserialize;

type Maybe = Option<u8>;

#[derive(Deserialize, Fields)]
struct Optional {
    plain: Option<u8>,
}

#[derive(Deserialize, Fields)]
struct Alias {
    found_by_the_compiler: Maybe,
}

#[derive(Deserialize, Fields)]
struct Defaulted {
    #[serde(default)]
    found_by_the_compiler: Maybe,
}

#[derive(Deserialize, Fields)]
struct Inner {
    plain: u8,
}

#[derive(Deserialize, Fields)]
struct Flattened {
    #[serde(flatten)]
    optional: Option<Inner>,
}

#[derive(Deserialize, Fields)]
struct Around {
    inner: Optional,
}

#[derive(Deserialize, Fields)]
struct Boxed {
    inner: Box<Around>,
}

#[derive(TryFromMultipart, Fields)]
#[try_from_multipart(strict)]
struct Once {
    plain: u8,
}

#[derive(Deserialize, Fields, validator::Validate)]
struct Limited {
    #[validate(length(min = 1, max = 10), email)]
    plain: String,
}

#[derive(Deserialize, Fields, garde::Validate)]
struct LimitedByGarde {
    #[garde(pattern("^\\d\"+$"))]
    plain: String,
}

#[derive(Deserialize, Fields, garde::Validate)]
struct Unlimited {
    #[garde(skip)]
    plain: String,
}

#[derive(Deserialize, Fields)]
struct Plain {
    inner: Inner,
    #[serde(default)]
    not_optional: u8,
}

macro_rules! items {
    ($($form:ident, $handler:ident: $ty:ty = $format:literal;)+) => {
        $(
            #[coexist::form(posts_to = "POST /", sends = $ty, since = "1.0.0")]
            fn $form() {}

            #[coexist::handler(POST "/", since = "1.0.0", accepts = $ty)]
            fn $handler() {}
        )+

        const FORMATS: &[(&str, &str, u32)] =
            &[$((stringify!($form), stringify!($handler), $format)),+];
    };
}

items! {
    sends_optional, takes_optional: Optional = 2;
    sends_alias, takes_alias: Alias = 2;
    sends_defaulted, takes_defaulted: Defaulted = 2;
    sends_flattened, takes_flattened: Flattened = 2;
    sends_around, takes_around: Around = 2;
    sends_boxed, takes_boxed: Boxed = 2;
    sends_once, takes_once: Once = 2;
    sends_limited, takes_limited: Limited = 2;
    sends_limited_by_garde, takes_limited_by_garde: LimitedByGarde = 2;
    sends_unlimited, takes_unlimited: Unlimited = 1;
    sends_plain, takes_plain: Plain = 1;
}

// What is known of the parameter is no reason to forget the fields.
#[coexist::handler(POST "/{name}", since = "1.0.0", accepts = Optional)]
fn takes_both(axum::extract::Path(name): axum::extract::Path<String>) {
    let _ = name;
}

#[test]
fn the_number_is_that_of_the_field() {
    let records = crate::records::Records::new(module_path!());
    let begins = |format| format!("{{\"format\":{format},");
    for (form, handler, format) in FORMATS {
        for item in [form, handler] {
            let record = records.one(item);
            assert!(record.starts_with(&begins(*format)), "{record}");
        }
    }
    assert!(records.one("takes_both").starts_with(&begins(2)));
    let limits = r#""constraints":[{"kind":"length","unit":"characters","min":1,"max":10},{"kind":"email"}]"#;
    records.assert_holds("takes_limited", &[limits]);
    let pattern = r#""constraints":[{"kind":"pattern","pattern":"^\\d\"+$"}]"#;
    records.assert_holds("takes_limited_by_garde", &[pattern]);
}
