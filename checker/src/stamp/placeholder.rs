//! Finds `since = "next"` in the annotations of one source, and replaces it.
//!
//! It searches tokens, not items, so that it also finds annotations inside macros, and
//! ignores comments and strings.

use std::ops::Range;

use coexist_source::annotation::find::each_annotation;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use semver::Version;

use crate::registry::NEXT;

/// Where the word stands: the bytes between the quotes, in the order of the text.
/// If the text is not Rust: the line of the error, from 1.
pub(super) fn find(text: &str) -> Result<Vec<Range<usize>>, usize> {
    let begin = code(text);
    let tokens: TokenStream = text[begin..].parse().map_err(|error| {
        let lines_before = text[..begin].matches('\n').count();
        proc_macro2::LexError::span(&error).start().line + lines_before
    })?;
    let mut places = Vec::new();
    in_tokens(tokens, &mut |literal| {
        let (from, to) = (literal.start + begin, literal.end + begin);
        // The literal may be raw: what is around the word stays as it is.
        places.extend(text[from..to].find(NEXT).map(|at| {
            let from = from + at;
            from..from + NEXT.len()
        }));
    });
    Ok(places)
}

/// The text with the version in these places.
pub(super) fn replace(mut text: String, places: &[Range<usize>], version: &Version) -> String {
    let version = version.to_string();
    for place in places.iter().rev() {
        text.replace_range(place.clone(), &version);
    }
    text
}

/// Where the code begins: behind the byte order mark, and behind the line `#!…` that
/// names an interpreter.
fn code(text: &str) -> usize {
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    let is_interpreter = text[begin..]
        .strip_prefix("#!")
        .is_some_and(|rest| !rest.trim_start().starts_with('['));
    if is_interpreter {
        return text[begin..]
            .find('\n')
            .map_or(text.len(), |end| begin + end);
    }
    begin
}

/// Looks for attributes and calls of `files!` at every depth; takes the places of literals.
fn in_tokens(tokens: TokenStream, take: &mut dyn FnMut(Range<usize>)) {
    let mut is_attribute = false;
    let (mut is_name, mut is_files) = (false, false);
    for token in tokens {
        let was_name = std::mem::replace(
            &mut is_name,
            matches!(&token, TokenTree::Ident(name) if name == "files"),
        );
        let was_files = std::mem::replace(
            &mut is_files,
            matches!(&token, TokenTree::Punct(mark) if was_name && mark.as_char() == '!'),
        );
        match token {
            TokenTree::Punct(punct) => {
                is_attribute = punct.as_char() == '#' || (is_attribute && punct.as_char() == '!');
            }
            TokenTree::Group(group) if was_files => {
                in_arguments(group.stream(), take);
                is_attribute = false;
            }
            TokenTree::Group(group) => {
                if is_attribute && group.delimiter() == Delimiter::Bracket {
                    each_annotation(group.stream(), &mut |_, arguments| {
                        in_arguments(arguments, take);
                    });
                } else {
                    in_tokens(group.stream(), take);
                }
                is_attribute = false;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => is_attribute = false,
        }
    }
}

fn in_arguments(arguments: TokenStream, take: &mut dyn FnMut(Range<usize>)) {
    let tokens: Vec<TokenTree> = arguments.into_iter().collect();
    for three in tokens.windows(3) {
        if let [
            TokenTree::Ident(key),
            TokenTree::Punct(equals),
            TokenTree::Literal(value),
        ] = three
            && key == "since"
            && equals.as_char() == '='
            && is_next(&value.to_string())
        {
            take(value.span().byte_range());
        }
    }
}

/// Whether the literal is the word as a string, raw or not.
fn is_next(literal: &str) -> bool {
    let quoted = literal.trim_start_matches('r').trim_matches('#');
    quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        == Some(NEXT)
}

#[cfg(test)]
mod tests {
    use super::{find, replace};

    #[track_caller]
    fn assert_stamped(text: &str, expected: &str) {
        let places = find(text).unwrap();
        let version = semver::Version::new(1, 5, 0);
        assert_eq!(replace(text.to_owned(), &places, &version), expected);
        assert_eq!(find(expected), Ok(Vec::new()));
    }

    #[test]
    fn annotations_of_every_shape_are_stamped() {
        for (text, expected) in [
            (
                r#"#[handler(GET "/", since = "next")] fn a() {}"#,
                r#"#[handler(GET "/", since = "1.5.0")] fn a() {}"#,
            ),
            (
                r#"mod a { coexist::files!(pub A = "/a", since = "next"); } files.x(since = "next")"#,
                r#"mod a { coexist::files!(pub A = "/a", since = "1.5.0"); } files.x(since = "next")"#,
            ),
            (
                r#"#[coexist::form(posts_to = [a, b], since="next",until = "2.0.0")]"#,
                r#"#[coexist::form(posts_to = [a, b], since="1.5.0",until = "2.0.0")]"#,
            ),
            (
                r##"#[::coexist::handler(since = r"next")] #[form(since = r#"next"#)]"##,
                r##"#[::coexist::handler(since = r"1.5.0")] #[form(since = r#"1.5.0"#)]"##,
            ),
            (
                r#"#[cfg_attr(feature = "next", cfg_attr(x, a::handler(since = "next")), form(since = "next"))]"#,
                r#"#[cfg_attr(feature = "next", cfg_attr(x, a::handler(since = "1.5.0")), form(since = "1.5.0"))]"#,
            ),
            (
                r#"macro_rules! m { ($p:literal) => { #[$crate::handler(GET $p, since = "next")] fn f() {} } }"#,
                r#"macro_rules! m { ($p:literal) => { #[$crate::handler(GET $p, since = "1.5.0")] fn f() {} } }"#,
            ),
            (
                r#"routes! { a => #[handler(GET "/next", since = "next")] fn f() {} }"#,
                r#"routes! { a => #[handler(GET "/next", since = "1.5.0")] fn f() {} }"#,
            ),
            (
                r#"#![handler(since = /* the "next" one */ "next")]"#,
                r#"#![handler(since = /* the "next" one */ "1.5.0")]"#,
            ),
        ] {
            assert_stamped(text, expected);
        }
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            r#"// #[handler(GET "/", since = "next")]"#,
            r#"/* #[form(since = "next")] */"#,
            "/// ```\n/// #[form(since = \"next\")]\n/// ```\nfn a() {}",
            r##"const A: &str = r#"#[form(since = "next")]"#;"##,
            r#"#[deprecated(since = "next")] fn a() {}"#,
            r#"#[doc(form(since = "next"))] fn a() {}"#,
            r#"#[form(name = "next", until = "next")] fn a() {}"#,
            r#"#[form(other(since = "next"))] fn a() {}"#,
            r#"#[handler(since = "nextish", since = b"next", since = 'n')] fn a() {}"#,
            r#"fn a() { form(since = "next"); let x = [form(since = "next")]; }"#,
            r#"#[cfg(form(since = "next"))] fn a() {}"#,
        ] {
            assert_stamped(text, text);
        }
    }

    #[test]
    fn every_other_byte_stays() {
        for text in [
            "\u{feff}#[form(since = \"next\")]\r\nfn ä() {}\r\n",
            "#!/usr/bin/env rust's\n#[form(since = \"next\")] fn a() {}",
            "#![allow(x)] const A: &str = \"ä\u{1f600}\"; #[form(since = \"next\")]\tfn a() {}",
            "\u{feff}#!/bin/x\r\n// ü\r\n#[form(since = \"next\")]",
            "#[form(\r\n    since = \"next\",\r\n)]\r\n\r\n",
        ] {
            assert_stamped(text, &text.replace("\"next\"", "\"1.5.0\""));
        }
    }

    #[test]
    fn what_is_no_rust_is_an_error_with_its_line() {
        assert_eq!(find("fn a() {}\nfn b() { \"next }\n"), Err(2));
        assert_eq!(find("#!/x\n\nfn a( {}"), Err(3));
        assert!(find("fn a() { next ]").is_err());
    }
}
