//! `#[garde(…)]` of `garde`: a list of rules, each a word or `word(…)`. `inner(…)` has those of the
//! values of a list.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, LitStr, Token};

use super::{Constraint, Constraints, Unit, escaped, number};

/// A rule, and what stands in its parentheses.
struct Rule {
    name: String,
    arguments: proc_macro2::TokenStream,
}

/// An argument of `length` and `range`: a word, or `key = value`.
struct Argument {
    name: String,
    value: Option<Expr>,
}

type List<T> = Punctuated<T, Token![,]>;

pub(super) fn parse(attr: &Attribute, is_list: bool, parsed: &mut Constraints) {
    let Ok(rules) = attr.parse_args_with(List::<Rule>::parse_terminated) else {
        return;
    };
    // Another function applies the rules, to whatever it makes of the value.
    if rules.iter().any(|rule| rule.name == "adapt") {
        return parsed.add(Constraint::Unknown);
    }
    for rule in rules {
        match &*rule.name {
            "required" => parsed.is_required = true,
            "inner" if is_list => {
                let inner = List::<Rule>::parse_terminated;
                match syn::parse::Parser::parse2(inner, rule.arguments) {
                    Ok(rules) => {
                        let limits = rules.iter().filter_map(constraint);
                        limits.for_each(|limit| parsed.add(limit));
                    }
                    Err(_) => parsed.add(Constraint::Unknown),
                }
            }
            // Those of a list are about the whole list.
            _ if is_list && constraint(&rule).is_some() => parsed.add(Constraint::Unknown),
            _ => {
                if let Some(limit) = constraint(&rule) {
                    parsed.add(limit);
                }
            }
        }
    }
}

/// The limit of a rule; `None`: it is none of the value itself.
fn constraint(rule: &Rule) -> Option<Constraint> {
    let text = || {
        let text: syn::Result<LitStr> = syn::parse2(rule.arguments.clone());
        text.ok().map(|text| text.value())
    };
    let known = match &*rule.name {
        "skip" | "dive" | "rename" | "code" => return None,
        "email" => Some(Constraint::Email),
        "url" => Some(Constraint::Url),
        "ascii" => Some(Constraint::Pattern(r"^[\x00-\x7F]*$".to_owned())),
        "alphanumeric" => Some(Constraint::Pattern(r"^[\p{Alphabetic}\p{N}]*$".to_owned())),
        "pattern" => text().map(Constraint::Pattern),
        "contains" => text().map(|text| Constraint::Pattern(escaped(&text))),
        "prefix" => text().map(|text| Constraint::Pattern(format!("^{}", escaped(&text)))),
        "suffix" => text().map(|text| Constraint::Pattern(format!("{}$", escaped(&text)))),
        "length" => length(rule),
        "range" => range(rule),
        _ => None,
    };
    Some(known.unwrap_or(Constraint::Unknown))
}

/// Of a text, bytes are counted, unless a word says what is.
fn length(rule: &Rule) -> Option<Constraint> {
    let (mut unit, mut min, mut max) = (Unit::Bytes, None, None);
    for argument in rule.list()? {
        let number = argument.value.as_ref().map(number::length);
        match (&*argument.name, number) {
            ("simple" | "bytes", None) => unit = Unit::Bytes,
            ("chars", None) => unit = Unit::Characters,
            ("graphemes", None) => unit = Unit::Graphemes,
            ("utf16", None) => unit = Unit::Utf16,
            ("min", Some(number)) => min = Some(number?),
            ("max", Some(number)) => max = Some(number?),
            ("equal", Some(number)) => (min, max) = (Some(number?), Some(number?)),
            _ => return None,
        }
    }
    Some(Constraint::Length { unit, min, max })
}

fn range(rule: &Rule) -> Option<Constraint> {
    let (mut min, mut max) = (None, None);
    for argument in rule.list()? {
        let number = number::json(argument.value.as_ref()?)?;
        match &*argument.name {
            "min" => min = Some(number),
            "max" => max = Some(number),
            "equal" => (min, max) = (Some(number.clone()), Some(number)),
            _ => return None,
        }
    }
    Some(Constraint::Range {
        min,
        max,
        above: None,
        below: None,
    })
}

impl Rule {
    fn list(&self) -> Option<List<Argument>> {
        let list = List::<Argument>::parse_terminated;
        syn::parse::Parser::parse2(list, self.arguments.clone()).ok()
    }
}

impl Parse for Rule {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = syn::ext::IdentExt::parse_any(input)?;
        let arguments = if input.peek(syn::token::Paren) {
            let inside;
            syn::parenthesized!(inside in input);
            inside.parse()?
        } else {
            proc_macro2::TokenStream::new()
        };
        Ok(Self {
            name: name.to_string(),
            arguments,
        })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = syn::ext::IdentExt::parse_any(input)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Self {
            name: name.to_string(),
            value,
        })
    }
}
