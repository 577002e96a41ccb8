use super::{Fit, Premises};
use crate::registry::{Constraint, Field, Value};

fn limits(json: &str) -> Vec<Constraint> {
    serde_json::from_str(&format!("[{json}]")).unwrap()
}

fn field(value: Value, json: &str) -> Field {
    Field {
        value,
        constraints: limits(json),
        ..Field::default()
    }
}

const NUMBER: Value = Value::Number;

fn length(unit: &str, min: impl Into<Option<u64>>, max: impl Into<Option<u64>>) -> String {
    let bound = |key: &str, bound: Option<u64>| {
        bound.map_or_else(String::new, |bound| format!(r#","{key}":{bound}"#))
    };
    let (min, max) = (bound("min", min.into()), bound("max", max.into()));
    format!(r#"{{"kind":"length","unit":"{unit}"{min}{max}}}"#)
}

fn pattern(text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(r#"{{"kind":"pattern","pattern":{text}}}"#)
}

const EMAIL: &str = r#"{"kind":"email"}"#;
const URL: &str = r#"{"kind":"url"}"#;
const UNKNOWN: &str = r#"{"kind":"unknown"}"#;

/// What becomes of texts that a form sends within these limits, at a handler with this one.
fn fit(sent: &str, there: &str) -> Fit {
    let sent = field(Value::Text, sent);
    Premises::new(&sent, None, false).fit(&limits(there)[0])
}

#[track_caller]
fn assert_kept(sent: &str, there: &str) {
    assert_eq!(fit(sent, there), Fit::Kept, "{sent} {there}");
}

/// Looks at the example as well, which is within one limit and not within the other.
#[track_caller]
fn assert_refused(sent: &str, there: &str) {
    let Fit::Refused(example) = fit(sent, there) else {
        panic!("{sent} {there}: {:?}", fit(sent, there));
    };
    for limit in limits(sent) {
        assert_eq!(limit.holds(&example), Some(true), "{sent} {example:?}");
    }
    assert_eq!(limits(there)[0].holds(&example), Some(false), "{example:?}");
}

#[track_caller]
fn assert_undecided(sent: &str, there: &str) {
    assert_eq!(fit(sent, there), Fit::Undecided, "{sent} {there}");
}

#[test]
fn a_length_is_compared_in_the_unit_of_the_one_that_counts() {
    for (sent, there) in [
        (length("utf16", None, 10), length("characters", None, 10)),
        (length("utf16", None, 10), length("graphemes", None, 10)),
        (length("utf16", None, 10), length("bytes", None, 30)),
        (length("characters", None, 10), length("utf16", None, 20)),
        (length("bytes", None, 10), length("characters", None, 10)),
        (length("textarea", None, 10), length("characters", None, 20)),
        (length("utf16", 2, None), length("characters", 1, None)),
        (length("utf16", 1, None), length("graphemes", 1, None)),
        (length("characters", 3, 5), length("characters", 3, 5)),
        (String::new(), length("characters", 1, None)),
        (pattern("^[a-z]{2,4}$"), length("bytes", 2, 4)),
        (pattern("^é{2}$"), length("bytes", 1, 8)),
        (EMAIL.to_owned(), length("characters", 3, None)),
    ] {
        assert_kept(&sent, &there);
    }
    for (sent, there) in [
        (String::new(), length("characters", None, 10)),
        (String::new(), length("characters", 2, None)),
        (length("utf16", None, 11), length("characters", None, 10)),
        (length("utf16", None, 10), length("bytes", None, 29)),
        (length("utf16", None, 10), length("bytes", None, 10)),
        (length("characters", None, 10), length("utf16", None, 19)),
        (length("utf16", 2, None), length("characters", 2, None)),
        (length("textarea", None, 10), length("characters", None, 10)),
        (length("textarea", None, 10), length("characters", None, 19)),
        (pattern("^[a-z]+$"), length("characters", None, 4)),
        (pattern("^[a-z]{2,4}x?$"), length("characters", None, 4)),
        (EMAIL.to_owned(), length("characters", None, 100)),
        (EMAIL.to_owned(), length("characters", 4, None)),
        (URL.to_owned(), length("characters", None, 200)),
    ] {
        assert_refused(&sent, &there);
    }
}

#[test]
fn patterns_are_compared_as_far_as_characters_and_lengths_go() {
    for (sent, there) in [
        ("^[a-z]+$", "^[a-z]+$"),
        ("^[a-z]+$", "^[a-z0-9]+$"),
        ("^v[0-9]{1,3}$", "^[a-z0-9]+$"),
        ("^[a-z]{2}$", "^[a-z]{1,3}$"),
        ("[a-z]", "[a-z]"),
    ] {
        assert_kept(&pattern(sent), &pattern(there));
    }
    for (sent, there) in [
        ("^[a-z]+$", "^[a-m]+$"),
        ("^[a-z]+$", "^[a-z]{1,3}$"),
        ("[a-z]", "^[a-z]+$"),
        ("^[a-z]+$", "^x"),
    ] {
        assert_refused(&pattern(sent), &pattern(there));
    }
    for (sent, there) in [
        ("^(?:ab)+$", "^(?:ab|abab)+$"),
        ("^[a-z]{3}$", "^[a-z][a-z][a-z]$"),
        ("^(?:0[1-9]|1[0-2])$", "^(?:0[1-9]|1[012])$"),
    ] {
        assert_undecided(&pattern(sent), &pattern(there));
    }
}

#[test]
fn an_address_is_one_only_if_that_is_said() {
    assert_kept(EMAIL, EMAIL);
    assert_kept(URL, URL);
    assert_refused("", EMAIL);
    assert_refused("", URL);
    assert_refused(EMAIL, URL);
    assert_refused(URL, EMAIL);
    assert_refused(&pattern("^[a-z]+$"), EMAIL);
    assert_refused(&pattern(r"^[^@]+@[^@]+\.[a-z]+$"), EMAIL);
    assert_undecided(&pattern(r"^[a-z]+@[a-z]+\.[a-z]+$"), EMAIL);
}

#[test]
fn a_number_is_within_a_range_or_beside_it() {
    let range = |bounds: &str| format!(r#"{{"kind":"range",{bounds}}}"#);
    let fit = |value: Value, sent: &str, there: &str| {
        let sent = field(value, sent);
        Premises::new(&sent, None, false).fit(&limits(there)[0])
    };
    let within = range(r#""min":0,"max":1.5"#);
    assert_eq!(
        fit(NUMBER, &within, &range(r#""min":-1,"max":1.5"#)),
        Fit::Kept
    );
    assert_eq!(
        fit(NUMBER, &within, &range(r#""above":-1,"below":2"#)),
        Fit::Kept
    );
    let open = range(r#""above":0,"below":1"#);
    assert_eq!(
        fit(NUMBER, &open, &range(r#""above":0,"below":2"#)),
        Fit::Kept
    );
    assert_eq!(
        fit(NUMBER, &open, &range(r#""min":0,"below":1"#)),
        Fit::Kept
    );
    let integer = Value::Integer {
        min: Some(0),
        max: Some(10),
    };
    assert_eq!(fit(integer.clone(), "", &range(r#""max":10"#)), Fit::Kept);
    for (value, sent, there, example) in [
        (NUMBER, "", range(r#""max":1.5"#), "2"),
        (NUMBER, &*within, range(r#""above":0"#), "0"),
        (NUMBER, &*within, range(r#""max":1"#), "1.5"),
        (integer, "", range(r#""max":9.5"#), "10"),
    ] {
        let refused = Fit::Refused(example.to_owned());
        assert_eq!(fit(value, sent, &there), refused, "{there}");
    }
}

#[test]
fn what_is_not_known_proves_nothing_and_refutes_nothing() {
    let short = length("characters", None, 3);
    assert_undecided(UNKNOWN, &short);
    assert_kept(&format!("{UNKNOWN},{short}"), &short);
    // Of what the other handler does not say, nothing is said.
    assert_kept("", UNKNOWN);
    let sent = Field::default();
    let premises = Premises::new(&sent, None, false);
    assert_eq!(premises.fit(&limits(&short)[0]), Fit::Undecided);
}

#[test]
fn of_choices_each_is_asked() {
    let choice = |choices: &[&str]| Value::Choice {
        choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
        ignore_case: false,
    };
    let short = &limits(&length("characters", None, 3))[0];
    let fit = |value: Value, own: Option<&Field>| {
        let sent = field(value, "");
        Premises::new(&sent, own, false).fit(short)
    };
    assert_eq!(fit(choice(&["abc", ""]), None), Fit::Kept);
    let refused = Fit::Refused("abcd".to_owned());
    assert_eq!(fit(choice(&["abc", "abcd"]), None), refused);
    // What the own handler rejects is not counted.
    let own = field(Value::Text, &pattern("^[a-c]+$"));
    assert_eq!(fit(choice(&["abc", "abcd"]), Some(&own)), Fit::Kept);
    let own = field(Value::Text, UNKNOWN);
    assert_eq!(fit(choice(&["abc", "abcd"]), Some(&own)), Fit::Undecided);
}

#[test]
fn the_own_handler_limits_what_counts() {
    let sent = field(Value::Text, "");
    let own = field(Value::Text, &length("characters", None, 5));
    let fit = |there: &str| Premises::new(&sent, Some(&own), false).fit(&limits(there)[0]);
    assert_eq!(fit(&length("characters", None, 7)), Fit::Kept);
    assert!(matches!(fit(&length("characters", None, 4)), Fit::Refused(text) if text.len() == 5));
}
