//! `#[validate(…)]` of `validator`: a list of rules, each a word or `word(key = value, …)`.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, ExprLit, Lit};

use super::{Constraint, Constraints, Unit, escaped, number};

/// What the arguments of a rule are.
#[derive(Default)]
struct Arguments {
    all: Vec<(String, Expr)>,
}

/// An argument is no literal.
struct NotKnown;

pub(super) fn parse(attr: &Attribute, is_list: bool, parsed: &mut Constraints) {
    let _the_derive_says_it = attr.parse_nested_meta(|meta| {
        let rule = meta.path.get_ident().map(ToString::to_string);
        let arguments = Arguments::parse(&meta)?;
        match rule.as_deref() {
            Some("required") => parsed.is_required = true,
            Some(rule) => {
                if let Some(constraint) = constraint(rule, &arguments, is_list) {
                    parsed.add(constraint);
                }
            }
            None => {}
        }
        Ok(())
    });
}

/// The limit of a rule; `None`: it is none of the value itself.
fn constraint(rule: &str, arguments: &Arguments, is_list: bool) -> Option<Constraint> {
    // What stands inside has rules of its own.
    if matches!(rule, "nested" | "skip" | "skip_on_field_errors") {
        return None;
    }
    // Those of a list are about the whole list.
    if is_list {
        return Some(Constraint::Unknown);
    }
    let known = match rule {
        "email" => Some(Constraint::Email),
        "url" => Some(Constraint::Url),
        "length" => length(arguments).ok(),
        "range" => range(arguments).ok(),
        "contains" => contains(arguments).ok(),
        _ => None,
    };
    Some(known.unwrap_or(Constraint::Unknown))
}

/// Of a text, characters are counted.
fn length(arguments: &Arguments) -> Result<Constraint, NotKnown> {
    let equal = arguments.with("equal", number::length)?;
    let (min, max) = (
        arguments.with("min", number::length)?,
        arguments.with("max", number::length)?,
    );
    Ok(Constraint::Length {
        unit: Unit::Characters,
        min: equal.or(min),
        max: equal.or(max),
    })
}

fn range(arguments: &Arguments) -> Result<Constraint, NotKnown> {
    let bound = |name: &str| arguments.with(name, number::json);
    Ok(Constraint::Range {
        min: bound("min")?,
        max: bound("max")?,
        above: bound("exclusive_min")?,
        below: bound("exclusive_max")?,
    })
}

fn contains(arguments: &Arguments) -> Result<Constraint, NotKnown> {
    let text = arguments.with("pattern", |value| match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    });
    let text = text?.ok_or(NotKnown)?;
    Ok(Constraint::Pattern(escaped(&text)))
}

impl Arguments {
    fn parse(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let mut arguments = Self::default();
        if meta.input.peek(syn::token::Paren) {
            meta.parse_nested_meta(|argument| {
                let name = argument.path.get_ident().map(ToString::to_string);
                if argument.input.peek(syn::Token![=]) {
                    let value = argument.value()?.parse()?;
                    arguments.all.push((name.unwrap_or_default(), value));
                }
                Ok(())
            })?;
        } else {
            super::super::serde::skip_value(meta)?;
        }
        Ok(arguments)
    }

    /// What an argument is, if it is there.
    fn with<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Expr) -> Option<T>,
    ) -> Result<Option<T>, NotKnown> {
        let found = self.all.iter().find(|(known, _)| known == name);
        let read = found.map(|(_, value)| read(value).ok_or(NotKnown));
        read.transpose()
    }
}
