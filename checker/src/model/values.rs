//! The values of a field: whether there is one that a form may send, that its own
//! handler takes, and that another handler does not.
//!
//! In JSON, numbers and texts differ; in a query or a form body every value is a text.

use crate::registry::Value;

/// The values that are both sent and taken.
enum Meet {
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
pub(super) struct Lost {
    /// The value, if one can be named.
    pub(super) example: Option<String>,
}

/// A value that is in `sent` and in `own`, and not in `there`. `own` is `None` where the own handler takes any value.
/// None of the three is [`Value::NotDeclared`], and no two are objects.
pub(super) fn lost(
    sent: &Value,
    own: Option<&Value>,
    there: &Value,
    is_json: bool,
) -> Option<Lost> {
    let own = own.unwrap_or(if is_json { sent } else { &Value::Text });
    let meet = meet(sent, own, is_json);
    if is_empty(&meet) {
        return None;
    }
    if is_json && class(sent) != class(there) {
        return Some(Lost { example: None });
    }
    outside(&meet, there)
}

/// Whether a handler that takes `taken` takes some value that is in `sent`.
pub(super) fn may_take(sent: &Value, taken: &Value, is_json: bool) -> bool {
    !is_empty(&meet(sent, taken, is_json))
}

fn class(value: &Value) -> Class {
    match value {
        Value::NotDeclared | Value::Text | Value::Character | Value::Choice { .. } => Class::String,
        Value::Boolean => Class::Boolean,
        Value::Integer { .. } | Value::Number => Class::Number,
        Value::Object { .. } => Class::Object,
    }
}

fn is_empty(meet: &Meet) -> bool {
    match meet {
        Meet::Finite(texts) => texts.is_empty(),
        Meet::Integer(Some(min), Some(max)) => min > max,
        Meet::Text | Meet::Character | Meet::Integer(..) | Meet::Number => false,
    }
}

fn meet(one: &Value, other: &Value, is_json: bool) -> Meet {
    if is_json && class(one) != class(other) {
        return Meet::Finite(Vec::new());
    }
    let both = |mut texts: Vec<String>, other: &Value| {
        texts.retain(|text| has(other, text));
        Meet::Finite(texts)
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
        ) => Meet::Integer(
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
            Meet::Integer(*min, *max)
        }
        (Value::Number, _) | (_, Value::Number) => Meet::Number,
        (Value::Character, _) | (_, Value::Character) => Meet::Character,
        _ => Meet::Text,
    }
}

/// The texts of a value that has a few.
fn listed(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Boolean => Some(vec!["true".to_owned(), "false".to_owned()]),
        Value::Choice {
            choices,
            ignore_case: false,
        } => Some(choices.clone()),
        Value::Choice { choices, .. } => {
            let cases = |choice: &String| {
                [
                    choice.clone(),
                    choice.to_ascii_uppercase(),
                    choice.to_ascii_lowercase(),
                ]
            };
            Some(choices.iter().flat_map(cases).collect())
        }
        _ => None,
    }
}

/// Whether the text is a value of that kind.
fn has(value: &Value, text: &str) -> bool {
    match value {
        Value::NotDeclared | Value::Text | Value::Object { .. } => true,
        Value::Character => text.chars().count() == 1,
        Value::Boolean => matches!(text, "true" | "false"),
        Value::Integer { min, max } => text.parse().is_ok_and(|number: i128| {
            min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max)
        }),
        Value::Number => text.parse::<f64>().is_ok(),
        Value::Choice {
            choices,
            ignore_case: true,
        } => choices
            .iter()
            .any(|choice| choice.eq_ignore_ascii_case(text)),
        Value::Choice { choices, .. } => choices.iter().any(|choice| choice == text),
    }
}

/// A value that is not in `there`.
fn outside(meet: &Meet, there: &Value) -> Option<Lost> {
    let example = match (meet, there) {
        (Meet::Finite(texts), _) => Some(texts.iter().find(|text| !has(there, text))?.clone()),
        (_, Value::Text)
        | (Meet::Character, Value::Character)
        | (Meet::Integer(..) | Meet::Number, Value::Number) => return None,
        (Meet::Integer(min, max), _) => Some(integer(*min, *max, there)?),
        (Meet::Number, Value::Integer { .. }) => Some("0.5".to_owned()),
        (Meet::Text | Meet::Character | Meet::Number, _) => None,
    };
    Some(Lost { example })
}

/// A whole number between the two that is not in `there`: a neighbour of its bounds,
/// or one of the first that its choices leave out.
fn integer(min: Option<i128>, max: Option<i128>, there: &Value) -> Option<String> {
    let is_lost = |number: &i128| {
        min.is_none_or(|min| min <= *number)
            && max.is_none_or(|max| *number <= max)
            && !has(there, &number.to_string())
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
    candidates.into_iter().find(is_lost).map(|n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Lost, lost, may_take};
    use crate::registry::Value;

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
        assert_eq!(lost(sent, Some(own), there, false), None);
    }

    #[track_caller]
    fn assert_lost(sent: &Value, own: &Value, there: &Value, example: Option<&str>) {
        let example = example.map(str::to_owned);
        let expected = Some(Lost { example });
        assert_eq!(lost(sent, Some(own), there, false), expected);
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
    fn a_narrower_value_is_lost() {
        assert_lost(&TEXT, &TEXT, &integer(0, 9), None);
        assert_lost(&TEXT, &TEXT, &Value::Character, None);
        assert_lost(&TEXT, &integer(0, 255), &integer(0, 100), Some("101"));
        assert_lost(&TEXT, &integer(None, 255), &integer(0, None), Some("-1"));
        assert_lost(&TEXT, &integer(200, 255), &integer(0, 100), Some("200"));
        assert_lost(&TEXT, &integer(0, 255), &integer(300, 400), Some("0"));
        assert_lost(&TEXT, &integer(0, 255), &Value::Character, Some("10"));
        assert_lost(&TEXT, &integer(0, 3), &choice(&["0", "1", "3"]), Some("2"));
        assert_lost(&TEXT, &integer(None, 3), &choice(&["3"]), Some("2"));
        assert_lost(&TEXT, &Value::Number, &integer(0, 9), Some("0.5"));
        assert_lost(&TEXT, &choice(&["a", "b"]), &choice(&["a"]), Some("b"));
        assert_lost(&choice(&["a", "7"]), &TEXT, &integer(0, 9), Some("a"));
        assert_lost(&Value::Character, &TEXT, &integer(0, 9), None);
    }

    #[test]
    fn what_the_own_handler_refuses_is_not_lost() {
        assert_kept(&choice(&["a", "b"]), &choice(&["a"]), &choice(&["a"]));
        assert_kept(&integer(10, 20), &integer(0, 5), &choice(&["a"]));
        assert!(!may_take(&integer(10, 20), &integer(0, 5), false));
        assert!(may_take(&TEXT, &integer(0, 5), false));
        assert!(!may_take(&TEXT, &integer(0, 5), true));
    }

    #[test]
    fn upper_case_is_lost_where_case_comes_to_matter() {
        let ignoring = Value::Choice {
            choices: vec!["csv".to_owned()],
            ignore_case: true,
        };
        assert_lost(&TEXT, &ignoring, &choice(&["csv"]), Some("CSV"));
        assert_kept(&TEXT, &choice(&["csv"]), &ignoring);
    }

    #[test]
    fn json_tells_numbers_from_texts() {
        let five = integer(5, 5);
        let lost_one = Some(Lost { example: None });
        assert_eq!(lost(&five, Some(&five), &TEXT, true), lost_one);
        assert_eq!(lost(&five, None, &five, true), None);
        assert_eq!(lost(&TEXT, Some(&five), &choice(&["a"]), true), None);
        let number = Value::Number;
        assert_eq!(lost(&five, Some(&number), &five, true), None);
    }
}
