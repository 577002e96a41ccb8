use syn::parse_quote;

use super::{Constraint, Constraints, Unit};

fn length(unit: Unit, min: impl Into<Option<u64>>, max: impl Into<Option<u64>>) -> Constraint {
    Constraint::Length {
        unit,
        min: min.into(),
        max: max.into(),
    }
}

fn range(bounds: [&str; 4]) -> Constraint {
    let [min, max, above, below] =
        bounds.map(|bound| (!bound.is_empty()).then(|| bound.to_owned()));
    Constraint::Range {
        min,
        max,
        above,
        below,
    }
}

fn pattern(text: &str) -> Constraint {
    Constraint::Pattern(text.to_owned())
}

#[test]
fn the_rules_of_validator_are_read() {
    use Constraint::{Email, Unknown, Url};
    for (attr, expected) in [
        (
            parse_quote!(#[validate(length(min = 1, max = 10))]),
            vec![length(Unit::Characters, 1, 10)],
        ),
        (
            parse_quote!(#[validate(length(equal = 5, message = "no"))]),
            vec![length(Unit::Characters, 5, 5)],
        ),
        (
            parse_quote!(#[validate(length(max = "1_0"))]),
            vec![length(Unit::Characters, None, 10)],
        ),
        (
            parse_quote!(#[validate(length(min = 1, max = MAX))]),
            vec![Unknown],
        ),
        (
            parse_quote!(#[validate(range(min = -1, max = 0.5))]),
            vec![range(["-1", "0.5", "", ""])],
        ),
        (
            parse_quote!(#[validate(range(exclusive_min = 0, exclusive_max = (9)))]),
            vec![range(["", "", "0", "9"])],
        ),
        (
            parse_quote!(#[validate(range(max = limits::MAX))]),
            vec![Unknown],
        ),
        (parse_quote!(#[validate(email, url)]), vec![Email, Url]),
        (
            parse_quote!(#[validate(email(message = "no"), email())]),
            vec![Email],
        ),
        (
            parse_quote!(#[validate(regex(path = *NAME))]),
            vec![Unknown],
        ),
        (
            parse_quote!(#[validate(contains(pattern = "a.b"))]),
            vec![pattern(r"a\.b")],
        ),
        (
            parse_quote!(#[validate(custom(function = "check"), ip(v4 = true))]),
            vec![Unknown],
        ),
        (parse_quote!(#[validate(nested)]), vec![]),
    ] {
        let attr: syn::Attribute = attr;
        let parsed = Constraints::parse(std::slice::from_ref(&attr), false);
        assert_eq!(parsed.of_value, expected, "{}", quote::quote!(#attr));
        assert!(!parsed.is_required);
    }
    let required = Constraints::parse(&[parse_quote!(#[validate(required)])], false);
    assert!(required.is_required && required.of_value.is_empty());
}

#[test]
fn the_rules_of_garde_are_read() {
    use Constraint::{Email, Unknown, Url};
    for (attr, expected) in [
        (
            parse_quote!(#[garde(length(min = 1, max = 10))]),
            vec![length(Unit::Bytes, 1, 10)],
        ),
        (
            parse_quote!(#[garde(length(chars, max = 10))]),
            vec![length(Unit::Characters, None, 10)],
        ),
        (
            parse_quote!(#[garde(length(graphemes, min = 2))]),
            vec![length(Unit::Graphemes, 2, None)],
        ),
        (
            parse_quote!(#[garde(length(utf16, equal = 4))]),
            vec![length(Unit::Utf16, 4, 4)],
        ),
        (
            parse_quote!(#[garde(length(bytes, max = Self::MAX))]),
            vec![Unknown],
        ),
        (
            parse_quote!(#[garde(range(min = 1, max = 2.5))]),
            vec![range(["1", "2.5", "", ""])],
        ),
        (
            parse_quote!(#[garde(range(equal = 3))]),
            vec![range(["3", "3", "", ""])],
        ),
        (parse_quote!(#[garde(email, url)]), vec![Email, Url]),
        (
            parse_quote!(#[garde(pattern(r"^\d+$"))]),
            vec![pattern(r"^\d+$")],
        ),
        (parse_quote!(#[garde(pattern(NAME))]), vec![Unknown]),
        (
            parse_quote!(#[garde(ascii, alphanumeric)]),
            vec![
                pattern(r"^[\x00-\x7F]*$"),
                pattern(r"^[\p{Alphabetic}\p{N}]*$"),
            ],
        ),
        (
            parse_quote!(#[garde(prefix("a+"), suffix("b"), contains("c"))]),
            vec![pattern(r"^a\+"), pattern("b$"), pattern("c")],
        ),
        (
            parse_quote!(#[garde(custom(check), ip, if(cond = self.a, ascii))]),
            vec![Unknown],
        ),
        (
            parse_quote!(#[garde(adapt(other), length(max = 3))]),
            vec![Unknown],
        ),
        (parse_quote!(#[garde(skip)]), vec![]),
        (parse_quote!(#[garde(dive)]), vec![]),
    ] {
        let attr: syn::Attribute = attr;
        let parsed = Constraints::parse(std::slice::from_ref(&attr), false);
        assert_eq!(parsed.of_value, expected, "{}", quote::quote!(#attr));
    }
}

#[test]
fn the_rules_of_a_list_are_not_those_of_its_values() {
    for (attr, expected) in [
        (
            parse_quote!(#[validate(length(max = 3))]),
            vec![Constraint::Unknown],
        ),
        (
            parse_quote!(#[garde(length(max = 3))]),
            vec![Constraint::Unknown],
        ),
        (
            parse_quote!(#[garde(inner(ascii, length(max = 3)))]),
            vec![pattern(r"^[\x00-\x7F]*$"), length(Unit::Bytes, None, 3)],
        ),
        (parse_quote!(#[garde(skip)]), vec![]),
    ] {
        let attr: syn::Attribute = attr;
        let parsed = Constraints::parse(std::slice::from_ref(&attr), true);
        assert_eq!(parsed.of_value, expected, "{}", quote::quote!(#attr));
    }
}
