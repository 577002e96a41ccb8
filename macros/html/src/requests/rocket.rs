//! The method that Rocket takes out of a form in place of `POST`: the value of the field `_method`,
//! if that is the first field of an urlencoded body.
//!
//! <https://docs.rs/rocket/0.5/rocket/#forms>

use super::sent_field::SentField;
use crate::form::{Encoding, Kind};
use crate::page::conditions::Conditions;
use crate::page::element::Element;
use crate::page::groups::Groups;

/// The methods that a form of an app is written for.
const METHODS: [&str; 3] = ["DELETE", "PATCH", "PUT"];

/// The others that Rocket takes. It looks no further than `_method=delete` is long.
const OTHERS: [&str; 3] = ["GET", "HEAD", "TRACE"];

/// How many fields `_method` of a form are told apart; of more, any may decide.
const FIELDS: usize = 16;

/// The name of the field.
const FIELD: &str = "_method";

/// Whether the value of a submit button asks for another method.
pub(super) fn is_asked_by(button: &Element) -> bool {
    let value = button.text("value").map(str::to_ascii_uppercase);
    button.text("name") == Some(FIELD)
        && value.is_some_and(|value| METHODS.contains(&value.as_str()))
}

/// The methods for which a form with `method="post"` arrives that sends these fields, in this
/// order, and when each is meant. An empty method is that of an expression.
pub(super) fn methods(
    encoding: Encoding,
    sent: &[SentField],
    groups: &Groups,
) -> Vec<(String, Conditions)> {
    let always = |method: &str| vec![(method.to_owned(), Conditions::default())];
    let asked = sent.iter().enumerate().filter_map(|(at, field)| {
        let method = asked(field)?;
        let before = sent[..at].iter().filter(|before| {
            asked_by_name(before).is_none() && !before.conditions.excludes(&field.conditions)
        });
        let mut method = Some(method);
        for before in before {
            if before.always && field.conditions.imply(&before.conditions) {
                return None;
            }
            method = None;
        }
        Some((method.unwrap_or_default(), field.conditions.clone()))
    });
    let mut methods: Vec<(String, Conditions)> = match encoding {
        Encoding::Urlencoded => asked.collect(),
        Encoding::Unknown if asked.count() > 0 => return always(""),
        _ => Vec::new(),
    };
    if methods.len() > FIELDS {
        return always("");
    }
    let conditions = methods.iter().map(|(_, conditions)| conditions.clone());
    if !groups.covers(&conditions.collect::<Vec<_>>()) {
        methods.extend(always("POST"));
    }
    methods
}

fn asked_by_name(sent: &SentField) -> Option<()> {
    (sent.name.as_deref() == Some(FIELD)).then_some(())
}

/// The method that a field asks for; empty: that of an expression.
fn asked(sent: &SentField) -> Option<String> {
    asked_by_name(sent)?;
    let Kind::Choice(values) = &sent.kind else {
        return Some(String::new());
    };
    let [value] = values.as_slice() else {
        return Some(String::new());
    };
    let method = value.to_ascii_uppercase();
    if OTHERS.contains(&method.as_str()) {
        return Some(String::new());
    }
    Some(method).filter(|method| METHODS.contains(&method.as_str()))
}
