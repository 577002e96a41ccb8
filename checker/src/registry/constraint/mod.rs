//! What limits the values of a field beyond its type: how long a text is, between which numbers
//! a number, what a text looks like. `validator` and `garde` check it on a handler, a browser on
//! a form.

mod syntax;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

use super::expression::Expression;
use super::field::Value;

/// One limit: each value that is accepted, or sent, is within all of a field's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Constraint {
    /// The length of a text.
    Length {
        /// What is counted.
        unit: Unit,
        /// The least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u64>,
        /// The greatest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u64>,
    },
    /// Between numbers.
    Range {
        /// The least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Number>,
        /// The greatest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Number>,
        /// It is greater than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        above: Option<Number>,
        /// It is less than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below: Option<Number>,
    },
    /// A text in which an expression matches somewhere.
    Pattern {
        /// The expression.
        #[serde(serialize_with = "write", deserialize_with = "read")]
        pattern: Expression,
    },
    /// An email address.
    Email {},
    /// An absolute URL.
    Url {},
    /// One that the annotation cannot tell: less is accepted, or sent, than the others say.
    Unknown {},
}

/// What the length of a text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Characters: Rust's `char`.
    Characters,
    /// What a reader of the text takes for one character.
    Graphemes,
    /// Code units of UTF-16.
    Utf16,
    /// The same, but a line break counts as one, although it is sent as two: what a `<textarea>`
    /// counts.
    Textarea,
}

impl Constraint {
    /// Whether a text is within it; `None`: that is not known.
    pub(crate) fn holds(&self, text: &str) -> Option<bool> {
        match self {
            Self::Length { unit, min, max } => {
                let length = unit.count(text)?;
                Some(min.is_none_or(|min| min <= length) && max.is_none_or(|max| length <= max))
            }
            Self::Range {
                min,
                max,
                above,
                below,
            } => {
                let number: f64 = text.parse().ok()?;
                let is = |bound: &Option<Number>, fits: fn(f64, f64) -> bool| match bound {
                    None => Some(true),
                    Some(bound) => Some(fits(number, bound.as_f64()?)),
                };
                let all = [
                    is(min, |number, min| min <= number)?,
                    is(max, |number, max| number <= max)?,
                    is(above, |number, above| above < number)?,
                    is(below, |number, below| number < below)?,
                ];
                Some(!all.contains(&false))
            }
            Self::Pattern { pattern } => pattern.may_match(text),
            Self::Email {} => syntax::is_email(text),
            Self::Url {} => syntax::is_url(text),
            Self::Unknown {} => None,
        }
    }

    /// The limits in both lists: what is within all of either list is within them.
    pub(crate) fn common(one: &[Self], other: &[Self]) -> Vec<Self> {
        let is_common = |limit: &&Self| other.contains(*limit);
        one.iter().filter(is_common).cloned().collect()
    }

    /// Narrows a whole number by a range: `false` if it is something else.
    pub(super) fn narrow(&self, value: &mut Value) -> bool {
        let (
            Self::Range {
                min,
                max,
                above,
                below,
            },
            Value::Integer {
                min: least,
                max: greatest,
            },
        ) = (self, value)
        else {
            return false;
        };
        let least_of = [
            min.as_ref().map(|min| round(min, f64::ceil)),
            above
                .as_ref()
                .map(|above| round(above, f64::floor).map(|above| above.saturating_add(1))),
        ];
        let greatest_of = [
            max.as_ref().map(|max| round(max, f64::floor)),
            below
                .as_ref()
                .map(|below| round(below, f64::ceil).map(|below| below.saturating_sub(1))),
        ];
        if least_of.contains(&Some(None)) || greatest_of.contains(&Some(None)) {
            return false;
        }
        *least = least_of.into_iter().flatten().flatten().chain(*least).max();
        let bounds = greatest_of.into_iter().flatten().flatten();
        *greatest = bounds.chain(*greatest).min();
        true
    }
}

/// The whole number that a bound is for whole numbers.
fn round(bound: &Number, round: fn(f64) -> f64) -> Option<i128> {
    bound
        .as_i128()
        .or_else(|| format!("{:.0}", round(bound.as_f64()?)).parse().ok())
}

impl Unit {
    /// The length of a text; `None`: it takes a table of Unicode to tell.
    fn count(self, text: &str) -> Option<u64> {
        let length = match self {
            Self::Bytes => text.len(),
            Self::Characters => text.chars().count(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Textarea => text.replace("\r\n", "\n").encode_utf16().count(),
            Self::Graphemes if text.is_ascii() && !text.contains('\r') => text.len(),
            Self::Graphemes => return None,
        };
        u64::try_from(length).ok()
    }
}

fn write<S: Serializer>(pattern: &Expression, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(pattern)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Expression, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(Expression::somewhere(&text))
}

#[cfg(test)]
mod tests {
    use super::{Constraint, Value};

    fn constraint(json: &str) -> Constraint {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_limit_is_written_as_it_was_read() {
        for json in [
            r#"{"kind":"length","unit":"utf16","min":1,"max":3}"#,
            r#"{"kind":"range","min":-1,"below":0.5}"#,
            r#"{"kind":"pattern","pattern":"^a+$"}"#,
            r#"{"kind":"email"}"#,
            r#"{"kind":"unknown"}"#,
        ] {
            assert_eq!(serde_json::to_string(&constraint(json)).unwrap(), json);
        }
        for json in [
            r#"{"kind":"length"}"#,
            r#"{"kind":"email","min":1}"#,
            r#"{"kind":"other"}"#,
        ] {
            assert!(serde_json::from_str::<Constraint>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn what_either_list_allows_is_within_the_common_limits() {
        let [email, url, short] = [
            r#"{"kind":"email"}"#,
            r#"{"kind":"url"}"#,
            r#"{"kind":"length","unit":"bytes","max":3}"#,
        ]
        .map(constraint);
        let (one, other) = ([email.clone(), short.clone()], [short.clone(), url]);
        assert_eq!(Constraint::common(&one, &other), [short]);
        assert_eq!(Constraint::common(&one, &[]), []);
    }

    #[test]
    fn a_pattern_that_is_not_valid_or_too_large_is_not_known() {
        for pattern in ["(", "(a{1000}){1000}"] {
            let json = format!(r#"{{"kind":"pattern","pattern":"{pattern}"}}"#);
            assert_eq!(constraint(&json).holds("a"), None, "{pattern}");
        }
    }

    #[test]
    fn a_length_counts_its_unit() {
        let units = [
            ("bytes", 7),
            ("characters", 4),
            ("utf16", 5),
            ("textarea", 4),
        ];
        for (unit, length) in units {
            let json = |min| format!(r#"{{"kind":"length","unit":"{unit}","min":{min}}}"#);
            assert_eq!(
                constraint(&json(length)).holds("a😀\r\n"),
                Some(true),
                "{unit}"
            );
            assert_eq!(
                constraint(&json(length + 1)).holds("a😀\r\n"),
                Some(false),
                "{unit}"
            );
        }
        let graphemes = constraint(r#"{"kind":"length","unit":"graphemes","max":2}"#);
        assert_eq!(graphemes.holds("abc"), Some(false));
        assert_eq!(graphemes.holds("e\u{301}"), None);
    }

    #[test]
    fn a_range_of_whole_numbers_is_that_of_the_type() {
        for (json, expected) in [
            (r#"{"kind":"range","min":1,"max":10}"#, (Some(1), Some(10))),
            (
                r#"{"kind":"range","min":0.5,"max":9.5}"#,
                (Some(1), Some(9)),
            ),
            (
                r#"{"kind":"range","above":0,"below":10}"#,
                (Some(1), Some(9)),
            ),
            (
                r#"{"kind":"range","above":0.5,"below":9.5}"#,
                (Some(1), Some(9)),
            ),
            (
                r#"{"kind":"range","min":-5,"max":300}"#,
                (Some(0), Some(255)),
            ),
        ] {
            let (min, max) = (Some(0), Some(255));
            let mut value = Value::Integer { min, max };
            assert!(constraint(json).narrow(&mut value), "{json}");
            let (min, max) = expected;
            assert_eq!(value, Value::Integer { min, max }, "{json}");
        }
        assert!(!constraint(r#"{"kind":"range","max":1}"#).narrow(&mut Value::Number));
    }
}
