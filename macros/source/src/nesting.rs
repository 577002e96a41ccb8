//! Bounds how deep tokens are nested before anything recurses into them: the parser of Rust
//! does, and what visits what it parsed.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree, token_stream};
use syn::Error;

/// How deep brackets may be nested.
const MAX_DEPTH: usize = 128;

/// How many tokens an expression, with those around it, may be made of: each may be one more
/// level, as in `!!!!true`. A call of a method counts as one.
const MAX_CHAIN: usize = 4000;

/// Looks through all tokens, without recursion.
///
/// # Errors
///
/// If brackets are nested more than 128 levels deep.
pub fn check(tokens: &TokenStream) -> Result<(), Error> {
    walk(tokens, usize::MAX)
}

/// Parses a file, as [`syn::parse_file`] does.
///
/// # Errors
///
/// If the file is not valid Rust, or if it is nested too deeply.
pub fn parse_file(text: &str) -> Result<syn::File, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_shebang = text.strip_prefix("#!").is_some_and(|rest| {
        let rest = rest.trim_start();
        !rest.starts_with('[')
    });
    let text = if is_shebang {
        text.find('\n').map_or("", |end| &text[end..])
    } else {
        text
    };
    let tokens: TokenStream = text.parse()?;
    walk(&tokens, MAX_CHAIN)?;
    syn::parse2(tokens)
}

/// The tokens of one level.
struct Level {
    tokens: token_stream::IntoIter,
    /// How long the expressions around it are.
    around: usize,
    /// How long the expression is that is read.
    length: usize,
    last: Last,
}

/// What the last token was.
#[derive(Clone, Copy)]
enum Last {
    /// A dot, after which a method may be called.
    Dot,
    /// The name after a dot.
    Name,
    /// The `#` or `#!` of an attribute, and how long the expression was before it.
    Hash(usize),
    /// A block, after which a statement, an item or an arm may begin.
    Block,
    Other,
}

fn walk(tokens: &TokenStream, max_chain: usize) -> Result<(), Error> {
    let mut open = vec![Level::new(tokens.clone(), 0)];
    while let Some(level) = open.last_mut() {
        let Some(token) = level.tokens.next() else {
            open.pop();
            continue;
        };
        level.read(&token);
        let chain = level.around + level.length;
        if chain > max_chain {
            return Err(too_long(token.span()));
        }
        if let TokenTree::Group(group) = token {
            if open.len() > MAX_DEPTH {
                return Err(too_deep(group.span_open()));
            }
            open.push(Level::new(group.stream(), chain));
        }
    }
    Ok(())
}

fn too_deep(span: Span) -> Error {
    Error::new(
        span,
        format!("the brackets are nested more than {MAX_DEPTH} levels deep, which is not read"),
    )
}

fn too_long(span: Span) -> Error {
    Error::new(
        span,
        format!("an expression of more than {MAX_CHAIN} tokens is not read: split it"),
    )
}

impl Level {
    fn new(tokens: TokenStream, around: usize) -> Self {
        Self {
            tokens: tokens.into_iter(),
            around,
            length: 0,
            last: Last::Other,
        }
    }

    fn read(&mut self, token: &TokenTree) {
        if matches!(self.last, Last::Block) && begins(token) {
            self.length = 0;
        }
        self.last = match (token, self.last) {
            (TokenTree::Punct(punct), last) => match (punct.as_char(), last) {
                (',' | ';', _) => {
                    self.length = 0;
                    Last::Other
                }
                ('#', _) => Last::Hash(self.length),
                ('!', Last::Hash(_)) => last,
                ('.', _) if punct.spacing() == Spacing::Alone => {
                    self.length += 1;
                    Last::Dot
                }
                _ => self.other(),
            },
            (TokenTree::Ident(_), Last::Dot) => Last::Name,
            (TokenTree::Group(group), last) => match (group.delimiter(), last) {
                (Delimiter::Parenthesis, Last::Name) => Last::Other,
                (Delimiter::Bracket, Last::Hash(before)) => {
                    self.length = before;
                    Last::Other
                }
                (Delimiter::Brace, _) => {
                    self.length += 1;
                    Last::Block
                }
                _ => self.other(),
            },
            _ => self.other(),
        };
    }

    fn other(&mut self) -> Last {
        self.length += 1;
        Last::Other
    }
}

/// Whether something new may begin with the token, after a block: not an `else`, nor an
/// operator.
fn begins(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => word != "else" && word != "as",
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_CHAIN, MAX_DEPTH, check, parse_file};

    fn message(text: &str) -> String {
        parse_file(text).err().unwrap().to_string()
    }

    fn nested(depth: usize) -> String {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        format!("const A: () = {open}{close};")
    }

    #[test]
    fn brackets_are_nested_to_a_limited_depth() {
        assert!(parse_file(&nested(MAX_DEPTH)).is_ok());
        for depth in [MAX_DEPTH + 1, 5_000, 500_000] {
            let expected = "the brackets are nested more than 128 levels deep, which is not read";
            assert_eq!(message(&nested(depth)), expected);
            let tokens = nested(depth).parse().unwrap();
            assert_eq!(check(&tokens).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn an_expression_without_brackets_has_a_limited_length() {
        for text in [
            format!("const A: bool = {}true;", "!".repeat(500_000)),
            format!("const A: u8 = 1{};", "+1".repeat(100_000)),
            format!("const A: u8 = a{};", ".a".repeat(100_000)),
            format!("type A = {}u8;", "&".repeat(100_000)),
            format!(
                "type A = {}u8{};",
                "A<".repeat(100_000),
                ">".repeat(100_000)
            ),
            format!("fn a() {{ if a {{}} {} }}", "else if a {}".repeat(100_000)),
            // Each level counts together with those around it.
            format!(
                "const A: u8 = {}1{};",
                format!("({}", "-".repeat(100)).repeat(100),
                ")".repeat(100)
            ),
        ] {
            let expected = "an expression of more than 4000 tokens is not read: split it";
            assert_eq!(message(&text), expected, "{text:.40}");
        }
    }

    #[test]
    fn long_files_of_ordinary_code_are_read() {
        let many = 2 * MAX_CHAIN;
        for text in [
            "/// a\n".repeat(many) + "fn a() {}",
            "//! a\n".repeat(many),
            "fn a() {}\n".repeat(many),
            format!(
                "fn a() {{ {} }}",
                "if a { b() } else { c() }\n".repeat(many)
            ),
            format!(
                "fn a() {{ match a {{ {} }} }}",
                "1 => {}\n2 => b,\n".repeat(many)
            ),
            format!("const A: [u8; {many}] = [{}];", "1, ".repeat(many)),
            format!(
                "fn a() {{ b(){}; }}",
                ".route(\"/a\", c)".repeat(MAX_CHAIN / 2)
            ),
            "#!/bin/sh\nfn a() {}".to_owned(),
            "\u{feff}#![allow(unused)]\nfn a() {}".to_owned(),
        ] {
            assert!(parse_file(&text).is_ok(), "{text:.40}");
        }
    }
}
