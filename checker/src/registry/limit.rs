//! The texts that a parameter of a path takes, if it does not take every text.

use super::expression::{Expression, Texts};
use super::field::Value;
use super::values;

/// The texts that a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// What a field of this kind takes: a number, a choice. It is not any text, and not an
    /// object.
    Value(Value),
    /// What this expression matches as a whole.
    Pattern(Expression),
}

impl Limit {
    /// Whether it takes this text.
    #[must_use]
    pub fn takes(&self, text: &str) -> bool {
        match self {
            Self::Value(value) => value.has(text),
            Self::Pattern(expression) => expression.matches(text),
        }
    }

    /// The texts that it takes, if they are few.
    pub(crate) fn listed(&self) -> Option<Vec<&str>> {
        match self {
            Self::Value(value) => value.listed(),
            Self::Pattern(_) => None,
        }
    }

    /// Whether it surely takes every text that the other one takes.
    pub(crate) fn takes_all_of(&self, other: &Self) -> bool {
        if let Some(listed) = other.listed() {
            return listed.into_iter().all(|text| self.takes(text));
        }
        match (self, other) {
            _ if self == other => true,
            (Self::Value(own), Self::Value(other)) => {
                values::rejected_value(other, Some(other), own, false).is_none()
            }
            (Self::Pattern(expression), other) => {
                let own = expression.texts();
                own.is_some_and(|own| own.has_all_of(&other.texts()))
            }
            (Self::Value(_), Self::Pattern(_)) => false,
        }
    }

    /// Whether a text may exist that both take: `false` where that is surely not so.
    pub(crate) fn may_share(&self, other: &Self) -> bool {
        for (listed, by) in [(self.listed(), other), (other.listed(), self)] {
            if let Some(listed) = listed {
                return listed.into_iter().any(|text| by.takes(text));
            }
        }
        match (self, other) {
            (Self::Value(own), Self::Value(other)) => values::may_take(own, other, false),
            _ => self.texts().may_share(&other.texts()),
        }
    }

    /// Texts among which all are that it takes.
    fn texts(&self) -> Texts {
        match self {
            Self::Pattern(expression) => expression.all_texts(),
            Self::Value(value) => match value {
                Value::Integer { min: Some(0..), .. } => Texts::of_characters("+0123456789"),
                Value::Integer { .. } => Texts::of_characters("+-0123456789"),
                // Infinity and NaN as well.
                Value::Number => Texts::of_characters("+-.0123456789aefintyAEFINTY"),
                Value::Character => Texts::of_one_character(),
                _ => Texts::all(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Expression, Limit, Value};

    fn integer(min: impl Into<Option<i128>>, max: impl Into<Option<i128>>) -> Limit {
        Limit::Value(Value::Integer {
            min: min.into(),
            max: max.into(),
        })
    }

    fn choice(choices: &[&str]) -> Limit {
        Limit::Value(Value::Choice {
            choices: choices.iter().map(ToString::to_string).collect(),
            ignore_case: false,
        })
    }

    fn pattern(text: &str) -> Limit {
        Limit::Pattern(Expression::new(text).unwrap())
    }

    #[test]
    fn a_limit_holds_another_only_if_that_is_sure() {
        let (number, boolean) = (Limit::Value(Value::Number), Limit::Value(Value::Boolean));
        for (outer, inner) in [
            (integer(None, None), integer(0, 9)),
            (integer(0, 9), integer(1, 9)),
            (number, integer(None, None)),
            (choice(&["a", "b"]), choice(&["b"])),
            (choice(&["true", "false"]), boolean),
            (pattern(r"\d+"), choice(&["1", "22"])),
            (pattern(r"\d+"), pattern(r"\d+")),
            (pattern("[a-z-]+"), pattern("[a-z]+")),
            (pattern(r"\w+"), pattern(r"^\d{4}$")),
            (pattern("[a-z0-9]+"), pattern("v[0-9]{1,3}|[a-c]+")),
            (pattern("[0-9+-]+"), integer(None, None)),
        ] {
            assert!(outer.takes_all_of(&inner), "{outer:?} {inner:?}");
            assert!(outer.may_share(&inner), "{outer:?} {inner:?}");
        }
        for (outer, inner) in [
            (integer(0, None), integer(None, None)),
            (choice(&["b"]), choice(&["a", "b"])),
            (pattern(r"\d+"), integer(0, None)),
            (integer(0, None), pattern(r"\d+")),
            (pattern("[a-z]+"), pattern("[a-z-]+")),
            (pattern("[a-z]{2}"), pattern("[a-z]+")),
            (pattern("[a-z]+x"), pattern("[a-z]+")),
        ] {
            assert!(!outer.takes_all_of(&inner), "{outer:?} {inner:?}");
            assert!(outer.may_share(&inner), "{outer:?} {inner:?}");
        }
    }

    #[test]
    fn limits_share_no_text_only_if_that_is_sure() {
        for (one, other) in [
            (pattern(r"\d+"), choice(&["a", "b"])),
            (pattern("[a-z]+"), integer(0, 255)),
            (pattern("[a-z]+"), pattern("[A-Z]*")),
            (pattern(r"\d{4}"), pattern(r"\d{2}")),
            (integer(0, 9), integer(10, None)),
            (integer(0, 9), pattern("-|[a-z]")),
        ] {
            assert!(!one.may_share(&other), "{one:?} {other:?}");
            assert!(!other.may_share(&one), "{other:?} {one:?}");
        }
        for (one, other) in [
            (pattern("[a-z0-9]+"), integer(0, 255)),
            (pattern("(?i)nan"), Limit::Value(Value::Number)),
            (pattern("new|[0-9]"), pattern("news?|x")),
            (pattern("é.*"), Limit::Value(Value::Character)),
        ] {
            assert!(one.may_share(&other), "{one:?} {other:?}");
            assert!(other.may_share(&one), "{other:?} {one:?}");
        }
    }
}
