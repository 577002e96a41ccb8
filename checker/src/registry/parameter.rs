//! Parameters of a path that take only some texts: numbers, choices, what a regular
//! expression matches.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::wire::Kind;

/// How much memory a compiled expression may take, in bytes. Those of real routes take some
/// kilobytes.
const EXPRESSION_LIMIT: usize = 1 << 20;

/// What a parameter of a handler's path takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// Its name in the path.
    pub name: String,
    /// What it takes; `None`: any text.
    pub limit: Option<Arc<Limit>>,
}

/// The texts that a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// One character.
    Character,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer {
        /// The minimum; `None`: no bound.
        min: Option<i128>,
        /// The maximum; `None`: no bound.
        max: Option<i128>,
    },
    /// A number with a fraction.
    Number,
    /// One of several texts.
    Choice {
        /// The texts.
        choices: Vec<String>,
        /// In upper or lower case.
        ignore_case: bool,
    },
    /// What this expression matches as a whole.
    Pattern(Expression),
}

/// A regular expression, in the dialect of the crate `regex`.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    regex: Regex,
}

impl Expression {
    /// Compiles an expression.
    ///
    /// # Errors
    ///
    /// If it is not valid, or too large.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        // By itself first: a parenthesis too many must not close the group around it.
        let build = |text: &str| {
            let mut builder = RegexBuilder::new(text);
            builder.size_limit(EXPRESSION_LIMIT).build()
        };
        build(text)?;
        let regex = build(&format!("^(?:{text})$"))?;
        Ok(Self {
            text: text.to_owned(),
            regex,
        })
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Expression {}

impl Hash for Expression {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Limit {
    /// Whether it takes this text.
    #[must_use]
    pub fn takes(&self, text: &str) -> bool {
        match self {
            Self::Character => text.chars().count() == 1,
            Self::Boolean => matches!(text, "true" | "false"),
            Self::Integer { min, max } => {
                let is_unsigned = min.is_some_and(|min| min >= 0);
                let number = text.parse::<i128>().ok();
                number.is_some_and(|number| {
                    min.is_none_or(|min| number >= min)
                        && max.is_none_or(|max| number <= max)
                        && !(is_unsigned && text.starts_with('-'))
                })
            }
            Self::Number => text.parse::<f64>().is_ok(),
            Self::Choice {
                choices,
                ignore_case: false,
            } => choices.iter().any(|choice| choice == text),
            Self::Choice { choices, .. } => {
                let text = text.to_lowercase();
                choices.iter().any(|choice| choice.to_lowercase() == text)
            }
            Self::Pattern(expression) => expression.regex.is_match(text),
        }
    }

    /// Whether it surely takes every text that the other one takes.
    pub(crate) fn takes_all_of(&self, other: &Self) -> bool {
        match (self, other) {
            _ if self == other => true,
            (
                _,
                Self::Choice {
                    choices,
                    ignore_case: false,
                },
            ) => choices.iter().all(|choice| self.takes(choice)),
            (_, Self::Boolean) => ["true", "false"].iter().all(|text| self.takes(text)),
            (
                Self::Integer { min, max },
                Self::Integer {
                    min: other_min,
                    max: other_max,
                },
            ) => {
                min.is_none_or(|min| other_min.is_some_and(|other| other >= min))
                    && max.is_none_or(|max| other_max.is_some_and(|other| other <= max))
            }
            (Self::Number, Self::Integer { .. }) => true,
            _ => false,
        }
    }

    /// Whether a text may exist that both take: surely not only where choices say so.
    pub(crate) fn may_share(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Choice {
                    choices,
                    ignore_case: false,
                },
                limit,
            )
            | (
                limit,
                Self::Choice {
                    choices,
                    ignore_case: false,
                },
            ) => choices.iter().any(|choice| limit.takes(choice)),
            _ => true,
        }
    }
}

/// A parameter as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatParameter {
    name: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<i128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<i128>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ignore_case: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
}

/// Why a parameter cannot be read.
struct Wrong<'a>(&'a str, &'a dyn fmt::Display);

impl fmt::Display for Wrong<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parameter `{}`: {}", self.0, self.1)
    }
}

impl<'de> Deserialize<'de> for Parameter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let flat = FlatParameter::deserialize(deserializer)?;
        let wrong = |name: &str, why: &dyn fmt::Display| serde::de::Error::custom(Wrong(name, why));
        let limit = match (flat.kind, flat.pattern) {
            (None, Some(pattern)) => match Expression::new(&pattern) {
                Ok(expression) => Some(Limit::Pattern(expression)),
                Err(error) => return Err(wrong(&flat.name, &error)),
            },
            (Some(_), Some(_)) => {
                return Err(wrong(
                    &flat.name,
                    &"it has both `type` and `pattern`: expected one",
                ));
            }
            (None | Some(Kind::Text), None) => None,
            (Some(Kind::Character), None) => Some(Limit::Character),
            (Some(Kind::Boolean), None) => Some(Limit::Boolean),
            (Some(Kind::Integer), None) => Some(Limit::Integer {
                min: flat.min,
                max: flat.max,
            }),
            (Some(Kind::Number), None) => Some(Limit::Number),
            (Some(Kind::Choice), None) => Some(Limit::Choice {
                choices: flat.choices,
                ignore_case: flat.ignore_case,
            }),
            (Some(Kind::Object), None) => {
                return Err(wrong(
                    &flat.name,
                    &"a segment of a path cannot be an `object`",
                ));
            }
        };
        Ok(Self {
            name: flat.name,
            limit: limit.map(Arc::new),
        })
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut flat = FlatParameter {
            name: self.name.clone(),
            ..FlatParameter::default()
        };
        match self.limit.as_deref() {
            None => flat.kind = Some(Kind::Text),
            Some(Limit::Character) => flat.kind = Some(Kind::Character),
            Some(Limit::Boolean) => flat.kind = Some(Kind::Boolean),
            Some(Limit::Number) => flat.kind = Some(Kind::Number),
            Some(Limit::Integer { min, max }) => {
                (flat.kind, flat.min, flat.max) = (Some(Kind::Integer), *min, *max);
            }
            Some(Limit::Choice {
                choices,
                ignore_case,
            }) => {
                (flat.kind, flat.ignore_case) = (Some(Kind::Choice), *ignore_case);
                flat.choices.clone_from(choices);
            }
            Some(Limit::Pattern(expression)) => flat.pattern = Some(expression.text.clone()),
        }
        flat.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Expression, Limit, Parameter};

    fn limit(json: &str) -> Limit {
        let parameter: Parameter = serde_json::from_str(json).unwrap();
        Limit::clone(&parameter.limit.unwrap())
    }

    #[test]
    fn limits_take_what_rust_parses() {
        for (json, taken, refused) in [
            (
                r#"{"name":"id","type":"integer","min":0,"max":255}"#,
                vec!["0", "7", "+7", "007", "255"],
                vec!["", "-0", "-1", "256", "x", "1.0"],
            ),
            (
                r#"{"name":"id","type":"choice","choices":["en","fr"]}"#,
                vec!["en", "fr"],
                vec!["EN", "de", ""],
            ),
            (
                r#"{"name":"id","type":"choice","choices":["en"],"ignore_case":true}"#,
                vec!["en", "EN"],
                vec!["de"],
            ),
            (
                r#"{"name":"id","type":"boolean"}"#,
                vec!["true", "false"],
                vec!["True", "1"],
            ),
            (
                r#"{"name":"id","type":"character"}"#,
                vec!["a", "é"],
                vec!["", "ab"],
            ),
            (
                r#"{"name":"id","type":"number"}"#,
                vec!["1", "1.5", "-1e3"],
                vec!["", "x"],
            ),
            (
                r#"{"name":"id","pattern":"\\d+|new"}"#,
                vec!["12", "new"],
                vec!["12x", "xnew", "", "renew"],
            ),
        ] {
            let limit = limit(json);
            for text in taken {
                assert!(limit.takes(text), "{json} {text}");
            }
            for text in refused {
                assert!(!limit.takes(text), "{json} {text}");
            }
        }
    }

    #[test]
    fn a_limit_holds_another_only_if_that_is_sure() {
        let integer = |min, max| Limit::Integer { min, max };
        let choice = |choices: &[&str]| Limit::Choice {
            choices: choices.iter().map(ToString::to_string).collect(),
            ignore_case: false,
        };
        let digits = Limit::Pattern(Expression::new(r"\d+").unwrap());
        for (outer, inner) in [
            (integer(None, None), integer(Some(0), Some(9))),
            (integer(Some(0), Some(9)), integer(Some(1), Some(9))),
            (Limit::Number, integer(None, None)),
            (choice(&["a", "b"]), choice(&["b"])),
            (choice(&["true", "false"]), Limit::Boolean),
            (digits.clone(), choice(&["1", "22"])),
            (digits.clone(), digits.clone()),
        ] {
            assert!(outer.takes_all_of(&inner), "{outer:?} {inner:?}");
            assert!(outer.may_share(&inner), "{outer:?} {inner:?}");
        }
        for (outer, inner) in [
            (integer(Some(0), None), integer(None, None)),
            (choice(&["b"]), choice(&["a", "b"])),
            (digits.clone(), integer(Some(0), None)),
        ] {
            assert!(!outer.takes_all_of(&inner), "{outer:?} {inner:?}");
            assert!(outer.may_share(&inner), "{outer:?} {inner:?}");
        }
        assert!(!digits.may_share(&choice(&["a", "b"])));
    }

    #[test]
    fn what_limits_nothing_sensible_is_an_error() {
        for (json, expected) in [
            (
                r#"{"name":"id","type":"integer","pattern":"a"}"#,
                "it has both `type` and `pattern`: expected one",
            ),
            (
                r#"{"name":"id","type":"object"}"#,
                "a segment of a path cannot be an `object`",
            ),
            (r#"{"name":"id","pattern":"a)(b"}"#, "unopened group"),
            (r#"{"name":"id","pattern":"(a{1000}){1000}"}"#, "size limit"),
        ] {
            let error = serde_json::from_str::<Parameter>(json).unwrap_err();
            let error = error.to_string();
            assert!(error.contains("parameter `id`"), "{error}");
            assert!(error.contains(expected), "{error}");
        }
    }
}
