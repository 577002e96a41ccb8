//! Parameters of a path that take only some texts: numbers, choices, what a regular
//! expression matches.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::expression::Expression;
use super::field::Value;
use super::limit::Limit;
use super::wire::{FlatValue, Kind};

/// What a parameter of a handler's path takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// Its name in the path.
    pub name: String,
    /// What it takes; `None`: any text.
    pub limit: Option<Arc<Limit>>,
}

/// A parameter as it is written.
#[derive(Serialize, Deserialize)]
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
            (kind, None) => {
                let value = FlatValue {
                    kind: kind.or(Some(Kind::Text)),
                    min: flat.min,
                    max: flat.max,
                    choices: flat.choices,
                    ignore_case: flat.ignore_case,
                };
                match value.read() {
                    Some(Value::Text) => None,
                    Some(value) => Some(Limit::Value(value)),
                    None => {
                        return Err(wrong(
                            &flat.name,
                            &"a segment of a path cannot be an `object`",
                        ));
                    }
                }
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
        let mut pattern = None;
        let value = match self.limit.as_deref() {
            None => FlatValue::new(&Value::Text),
            Some(Limit::Value(value)) => FlatValue::new(value),
            Some(Limit::Pattern(expression)) => {
                pattern = Some(expression.to_string());
                FlatValue::default()
            }
        };
        let flat = FlatParameter {
            name: self.name.clone(),
            kind: value.kind,
            min: value.min,
            max: value.max,
            choices: value.choices,
            ignore_case: value.ignore_case,
            pattern,
        };
        flat.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Parameter};

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
