//! The values of a field, or of a parameter: which texts are such a value, and whether there is
//! one that a form may send, that its own handler takes, and that another handler does not.
//!
//! In JSON, numbers and texts differ; in a query or a form body every value is a text.

use std::collections::HashSet;

use super::field::Value;
use crate::support::steps;

/// The values that are both sent and taken.
enum Intersection {
    /// These texts.
    Finite(Vec<String>),
    Text,
    Character,
    Integer(Option<i128>, Option<i128>),
    Number,
}

/// The kinds of values that JSON tells apart.
#[derive(PartialEq, Eq)]
enum Class {
    String,
    Number,
    Boolean,
    Object,
}

/// A value that is sent, and that the other handler does not take.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RejectedValue {
    /// The value, if one can be named.
    pub(crate) example: Option<String>,
}

/// A value that is in `sent` and in `own`, and not in `there`. `own` is `None` where the own
/// handler takes any value. None of the three is [`Value::NotDeclared`], and no two are objects.
pub(crate) fn rejected_value(
    sent: &Value,
    own: Option<&Value>,
    there: &Value,
    is_json: bool,
) -> Option<RejectedValue> {
    let own = own.unwrap_or(if is_json { sent } else { &Value::Text });
    let both = intersect(sent, own, is_json);
    if is_empty(&both) {
        return None;
    }
    if is_json && class(sent) != class(there) {
        return Some(RejectedValue { example: None });
    }
    outside(&both, there)
}

/// Whether a handler that takes `taken` takes some value that is in `sent`.
pub(crate) fn may_take(sent: &Value, taken: &Value, is_json: bool) -> bool {
    !is_empty(&intersect(sent, taken, is_json))
}

fn class(value: &Value) -> Class {
    match value {
        Value::NotDeclared | Value::Text | Value::Character | Value::Choice { .. } => Class::String,
        Value::Boolean => Class::Boolean,
        Value::Integer { .. } | Value::Number => Class::Number,
        Value::Object { .. } => Class::Object,
    }
}

fn is_empty(both: &Intersection) -> bool {
    match both {
        Intersection::Finite(texts) => texts.is_empty(),
        Intersection::Integer(Some(min), Some(max)) => min > max,
        Intersection::Text
        | Intersection::Character
        | Intersection::Integer(..)
        | Intersection::Number => false,
    }
}

fn intersect(one: &Value, other: &Value, is_json: bool) -> Intersection {
    if is_json && class(one) != class(other) {
        return Intersection::Finite(Vec::new());
    }
    let both = |mut texts: Vec<String>, other: &Value| {
        let members = Members::new(other);
        texts.retain(|text| members.has(text));
        Intersection::Finite(texts)
    };
    if let Some(texts) = listed(one) {
        return both(texts, other);
    }
    if let Some(texts) = listed(other) {
        return both(texts, one);
    }
    match (one, other) {
        (
            Value::Integer { min, max },
            Value::Integer {
                min: other_min,
                max: other_max,
            },
        ) => Intersection::Integer(
            // A bound is greater than none at the lower end, and less at the upper.
            *min.max(other_min),
            [*max, *other_max].into_iter().flatten().min(),
        ),
        (Value::Character, Value::Integer { .. } | Value::Number)
        | (Value::Integer { .. } | Value::Number, Value::Character) => {
            let number = if *one == Value::Character { other } else { one };
            both((0..10).map(|digit| digit.to_string()).collect(), number)
        }
        (Value::Integer { min, max }, _) | (_, Value::Integer { min, max }) => {
            Intersection::Integer(*min, *max)
        }
        (Value::Number, _) | (_, Value::Number) => Intersection::Number,
        (Value::Character, _) | (_, Value::Character) => Intersection::Character,
        _ => Intersection::Text,
    }
}

/// The texts of a value that has a few.
pub(crate) fn listed(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Choice {
            choices,
            ignore_case: true,
        } => {
            let cases = |choice: &String| {
                [
                    choice.clone(),
                    choice.to_ascii_uppercase(),
                    choice.to_ascii_lowercase(),
                ]
            };
            Some(choices.iter().flat_map(cases).collect())
        }
        _ => Some(value.listed()?.into_iter().map(str::to_owned).collect()),
    }
}

impl Value {
    /// The texts that are such a value, if they are few and each is one as it is written.
    pub(super) fn listed(&self) -> Option<Vec<&str>> {
        match self {
            Self::Boolean => Some(vec!["true", "false"]),
            Self::Choice {
                choices,
                ignore_case: false,
            } => Some(choices.iter().map(|choice| &**choice).collect()),
            _ => None,
        }
    }

    /// Whether the text is such a value.
    pub(crate) fn has(&self, text: &str) -> bool {
        match self {
            Self::NotDeclared | Self::Text | Self::Object { .. } => true,
            Self::Character => text.chars().count() == 1,
            Self::Boolean => matches!(text, "true" | "false"),
            Self::Integer { min, max } => {
                let is_unsigned = min.is_some_and(|min| min >= 0);
                let number: Option<i128> = text.parse().ok();
                number.is_some_and(|number| {
                    min.is_none_or(|min| min <= number)
                        && max.is_none_or(|max| number <= max)
                        && !(is_unsigned && text.starts_with('-'))
                })
            }
            Self::Number => text.parse::<f64>().is_ok(),
            Self::Choice { .. } => Members::new(self).has(text),
        }
    }
}

/// What is a value of a kind, prepared for many questions.
enum Members<'v> {
    /// One of these texts.
    Exact(HashSet<&'v str>),
    /// One of these texts, which are in lowercase.
    Lowercase(HashSet<String>),
    /// What [`has`](Value::has) says.
    Other(&'v Value),
}

impl<'v> Members<'v> {
    fn new(value: &'v Value) -> Self {
        let Value::Choice {
            choices,
            ignore_case,
        } = value
        else {
            return Self::Other(value);
        };
        steps::count(choices.len());
        if *ignore_case {
            let lowercase = choices.iter().map(|choice| choice.to_ascii_lowercase());
            Self::Lowercase(lowercase.collect())
        } else {
            Self::Exact(choices.iter().map(|choice| &**choice).collect())
        }
    }

    fn has(&self, text: &str) -> bool {
        steps::count(1);
        match self {
            Self::Exact(texts) => texts.contains(text),
            Self::Lowercase(texts) => texts.contains(&text.to_ascii_lowercase()),
            Self::Other(value) => value.has(text),
        }
    }
}

/// A value that is not in `there`.
fn outside(both: &Intersection, there: &Value) -> Option<RejectedValue> {
    let example = match (both, there) {
        (Intersection::Finite(texts), _) => {
            let members = Members::new(there);
            Some(texts.iter().find(|text| !members.has(text))?.clone())
        }
        (_, Value::Text)
        | (Intersection::Character, Value::Character)
        | (Intersection::Integer(..) | Intersection::Number, Value::Number) => return None,
        (Intersection::Integer(min, max), _) => Some(integer(*min, *max, there)?),
        (Intersection::Number, Value::Integer { .. }) => Some("0.5".to_owned()),
        (Intersection::Text | Intersection::Character | Intersection::Number, _) => None,
    };
    Some(RejectedValue { example })
}

/// A whole number between the two that is not in `there`: a neighbour of its bounds,
/// or one of the first that its choices leave out.
fn integer(min: Option<i128>, max: Option<i128>, there: &Value) -> Option<String> {
    let members = Members::new(there);
    let is_rejected = |number: &i128| {
        min.is_none_or(|min| min <= *number)
            && max.is_none_or(|max| *number <= max)
            && !members.has(&number.to_string())
    };
    let mut candidates = Vec::new();
    match there {
        Value::Integer { min, max } => {
            candidates.extend(min.and_then(|min| min.checked_sub(1)));
            candidates.extend(max.and_then(|max| max.checked_add(1)));
        }
        Value::Choice { choices, .. } => {
            let first = min.or(max).unwrap_or(0);
            let last = i128::try_from(choices.len()).unwrap_or(i128::MAX);
            candidates.extend((0..=last).filter_map(|step| first.checked_add(step)));
            candidates.extend((0..=last).filter_map(|step| first.checked_sub(step)));
        }
        // One character is one digit.
        _ => candidates.extend([10, -1].into_iter().chain(min).chain(max)),
    }
    // The bounds of the sent ones are candidates of their own: a lost range may lie
    // beyond the neighbours.
    candidates.extend(min.into_iter().chain(max));
    candidates
        .into_iter()
        .find(is_rejected)
        .map(|n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::{RejectedValue, Value, may_take, rejected_value};

    const TEXT: Value = Value::Text;

    fn integer(min: impl Into<Option<i128>>, max: impl Into<Option<i128>>) -> Value {
        Value::Integer {
            min: min.into(),
            max: max.into(),
        }
    }

    fn choice(choices: &[&str]) -> Value {
        Value::Choice {
            choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
            ignore_case: false,
        }
    }

    #[track_caller]
    fn assert_kept(sent: &Value, own: &Value, there: &Value) {
        assert_eq!(rejected_value(sent, Some(own), there, false), None);
    }

    #[track_caller]
    fn assert_rejected(sent: &Value, own: &Value, there: &Value, example: Option<&str>) {
        let example = example.map(str::to_owned);
        let expected = Some(RejectedValue { example });
        assert_eq!(rejected_value(sent, Some(own), there, false), expected);
    }

    #[test]
    fn a_wider_value_is_kept() {
        assert_kept(&TEXT, &integer(0, 9), &integer(0, 9));
        assert_kept(&TEXT, &integer(0, 9), &integer(-1, None));
        assert_kept(&TEXT, &integer(0, 9), &Value::Character);
        assert_kept(&TEXT, &integer(None, None), &Value::Number);
        assert_kept(&TEXT, &choice(&["a"]), &choice(&["b", "a"]));
        assert_kept(&choice(&["a"]), &TEXT, &choice(&["b", "a"]));
        assert_kept(&choice(&["7"]), &TEXT, &integer(0, 9));
        assert_kept(&Value::Boolean, &TEXT, &choice(&["true", "false"]));
        assert_kept(&Value::Character, &integer(0, 5), &integer(0, 5));
    }

    #[test]
    fn a_narrower_value_is_rejected() {
        assert_rejected(&TEXT, &TEXT, &integer(0, 9), None);
        assert_rejected(&TEXT, &TEXT, &Value::Character, None);
        assert_rejected(&TEXT, &integer(0, 255), &integer(0, 100), Some("101"));
        assert_rejected(&TEXT, &integer(None, 255), &integer(0, None), Some("-1"));
        assert_rejected(&TEXT, &integer(200, 255), &integer(0, 100), Some("200"));
        assert_rejected(&TEXT, &integer(0, 255), &integer(300, 400), Some("0"));
        assert_rejected(&TEXT, &integer(0, 255), &Value::Character, Some("10"));
        assert_rejected(&TEXT, &integer(0, 3), &choice(&["0", "1", "3"]), Some("2"));
        assert_rejected(&TEXT, &integer(None, 3), &choice(&["3"]), Some("2"));
        assert_rejected(&TEXT, &Value::Number, &integer(0, 9), Some("0.5"));
        assert_rejected(&TEXT, &choice(&["a", "b"]), &choice(&["a"]), Some("b"));
        assert_rejected(&choice(&["a", "7"]), &TEXT, &integer(0, 9), Some("a"));
        assert_rejected(&Value::Character, &TEXT, &integer(0, 9), None);
    }

    #[test]
    fn what_the_own_handler_refuses_is_not_counted() {
        assert_kept(&choice(&["a", "b"]), &choice(&["a"]), &choice(&["a"]));
        assert_kept(&integer(10, 20), &integer(0, 5), &choice(&["a"]));
        assert!(!may_take(&integer(10, 20), &integer(0, 5), false));
        assert!(may_take(&TEXT, &integer(0, 5), false));
        assert!(!may_take(&TEXT, &integer(0, 5), true));
    }

    #[test]
    fn upper_case_is_rejected_where_case_comes_to_matter() {
        let ignoring = Value::Choice {
            choices: vec!["csv".to_owned()],
            ignore_case: true,
        };
        assert_rejected(&TEXT, &ignoring, &choice(&["csv"]), Some("CSV"));
        assert_kept(&TEXT, &choice(&["csv"]), &ignoring);
    }

    #[test]
    fn json_tells_numbers_from_texts() {
        let five = integer(5, 5);
        let rejected = Some(RejectedValue { example: None });
        assert_eq!(rejected_value(&five, Some(&five), &TEXT, true), rejected);
        assert_eq!(rejected_value(&five, None, &five, true), None);
        assert_eq!(
            rejected_value(&TEXT, Some(&five), &choice(&["a"]), true),
            None
        );
        let number = Value::Number;
        assert_eq!(rejected_value(&five, Some(&number), &five, true), None);
    }
}
