//! Tokens, one behind the other, and how they are written.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};

/// The tokens that are not read yet.
#[derive(Clone)]
pub(super) struct Tokens {
    tokens: Vec<TokenTree>,
    at: usize,
}

impl Tokens {
    pub(super) fn new(stream: TokenStream) -> Self {
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Self { tokens, at: 0 }
    }

    /// The next token, which stays.
    pub(super) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    /// The token behind the next one.
    pub(super) fn peek_second(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at + 1)
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Option<TokenTree> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// Takes the next token if it is this sign.
    pub(super) fn take(&mut self, sign: char) -> bool {
        let is = self.peek().is_some_and(|token| is_punct(token, sign));
        self.at += usize::from(is);
        is
    }

    /// Takes the next token if it is a group of this kind.
    pub(super) fn take_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => {
                let group = group.clone();
                self.at += 1;
                Some(group)
            }
            _ => None,
        }
    }

    /// Takes the next token if it is a word.
    pub(super) fn take_word(&mut self) -> Option<Ident> {
        match self.peek() {
            Some(TokenTree::Ident(word)) => {
                let word = word.clone();
                self.at += 1;
                Some(word)
            }
            _ => None,
        }
    }
}

/// The tokens without the groups that a macro leaves around what it was given.
pub(super) fn flatten(stream: TokenStream, tokens: &mut Vec<TokenTree>) {
    for token in stream {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flatten(group.stream(), tokens);
            }
            token => tokens.push(token),
        }
    }
}

/// Whether the token is this sign.
pub(super) fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// The longest expression that is written out, in bytes. It is enough to find out which
/// handler an expression names; a longer one ends with `…`.
const LONGEST: usize = 4096;

/// The tokens as a person writes them: `crate::csv::PATH`, `f(a, b + 1)`.
pub(super) fn written(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    // Whether a value was written last, so that a sign behind it is between two.
    let mut operand = false;
    let mut rest = tokens;
    while let Some((token, behind)) = rest.split_first() {
        rest = behind;
        if text.len() > LONGEST {
            text.push('…');
            break;
        }
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if operand || text.ends_with('!') => (" { ", " }"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let inner: Vec<_> = group.stream().into_iter().collect();
                text.push_str(&format!("{open}{}{close}", written(&inner)));
                operand = true;
            }
            TokenTree::Punct(punct) => {
                let mut signs = punct.as_char().to_string();
                let mut spacing = punct.spacing();
                while let (Spacing::Joint, Some((TokenTree::Punct(next), behind))) =
                    (spacing, rest.split_first())
                {
                    signs.push(next.as_char());
                    spacing = next.spacing();
                    rest = behind;
                }
                match signs.as_str() {
                    "," | ";" | ":" => text.push_str(&format!("{signs} ")),
                    "::" | "::<" | "." | ".." | "..=" | "?" | "!" | "<" | ">" | "|" | "'"
                    | "?." => {
                        text.push_str(&signs);
                    }
                    _ if operand => text.push_str(&format!(" {signs} ")),
                    _ => text.push_str(&signs),
                }
                operand = signs.ends_with('?');
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if operand {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
                operand = true;
            }
        }
    }
    text.trim().to_owned()
}
