//! The names that a function binds, anywhere in its body, also in the arguments of macros: what
//! each may stand for. Read out of the tokens, since markup is not Rust.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use syn::Type;

use super::shape::{self, Shape};

/// What a name is bound to.
pub(super) enum Value {
    /// A value of this shape, or a part of one.
    Shaped(Shape),
    /// What this expression yields, or a part of it.
    Of(Vec<TokenTree>),
}

/// Each name with all that it is bound to.
#[derive(Default)]
pub(super) struct Bindings<'o> {
    names: HashMap<String, Vec<Value>>,
    /// The name of `Self`.
    owner: &'o str,
}

impl<'o> Bindings<'o> {
    pub(super) fn new(owner: &'o str) -> Self {
        let names = HashMap::new();
        Self { names, owner }
    }

    /// All that a name may stand for.
    pub(super) fn get(&self, name: &str) -> Option<&[Value]> {
        self.names.get(name).map(Vec::as_slice)
    }

    /// Binds a name.
    pub(super) fn bind(&mut self, name: String, value: Value) {
        self.names.entry(name).or_default().push(value);
    }

    /// Adds what stands in these tokens.
    pub(super) fn body(&mut self, body: TokenStream) {
        let tokens: Vec<TokenTree> = body.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let behind = &tokens[at + 1..];
            match token {
                TokenTree::Group(group) => self.body(group.stream()),
                TokenTree::Ident(word) if word == "let" => {
                    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                    self.definition(behind, before.is_some_and(is_condition));
                }
                TokenTree::Ident(word) if word == "for" => {
                    if let Some(end) = behind.iter().position(|token| is_word(token, "in")) {
                        let value = until(&behind[end + 1..], is_braces);
                        self.each(&behind[..end], value);
                    }
                }
                TokenTree::Ident(word) if word == "match" => {
                    let value = until(behind, is_braces);
                    if let Some(TokenTree::Group(arms)) = behind.get(value.len()) {
                        self.arms(arms, value);
                    }
                }
                TokenTree::Ident(word) if word == "fn" => {
                    let parameters = behind
                        .iter()
                        .find(|token| is(token, Delimiter::Parenthesis));
                    if let Some(TokenTree::Group(parameters)) = parameters {
                        self.hide(parameters.stream());
                    }
                }
                TokenTree::Punct(sign)
                    if sign.as_char() == '|' && (at == 0 || begins_closure(&tokens[at - 1])) =>
                {
                    let parameters = until(behind, |token| is_sign(token, '|'));
                    self.parameters(parameters);
                }
                _ => {}
            }
        }
    }

    /// Adds what stands behind `let`.
    fn definition(&mut self, tokens: &[TokenTree], is_condition: bool) {
        let Some(equals) = equals(tokens) else {
            return self.hide(
                until(tokens, |token| is_sign(token, ';'))
                    .iter()
                    .cloned()
                    .collect(),
            );
        };
        let end = |token: &TokenTree| {
            let is_end = is_sign(token, ';') || is_word(token, "else");
            is_end || is_condition && (is_braces(token) || is_sign(token, '&'))
        };
        let value = &tokens[equals + 1..];
        // What is borrowed begins with the sign that joins conditions.
        let borrowed = value.iter().take_while(|token| is_sign(token, '&')).count();
        let length = borrowed + until(&value[borrowed..], end).len();
        let (pattern, ty) = typed(&tokens[..equals]);
        match ty {
            Some(ty) => self.pattern(pattern, &|owner| Value::Shaped(of_tokens(ty, owner))),
            None => self.pattern(pattern, &|_| Value::Of(value[..length].to_vec())),
        }
    }

    /// Adds what `for` binds.
    fn each(&mut self, pattern: &[TokenTree], value: &[TokenTree]) {
        let counted = match value {
            [rest @ .., dot, TokenTree::Ident(method), arguments]
                if is_sign(dot, '.')
                    && method == "enumerate"
                    && is(arguments, Delimiter::Parenthesis) =>
            {
                Some(rest)
            }
            _ => None,
        };
        if let ([TokenTree::Group(tuple)], Some(rest)) = (pattern, counted) {
            let tuple: Vec<TokenTree> = tuple.stream().into_iter().collect();
            let number = until(&tuple, |token| is_sign(token, ','));
            let others = tuple.get(number.len() + 1..).unwrap_or_default();
            self.pattern(number, &|_| Value::Shaped(shape::text()));
            self.pattern(others, &|_| Value::Of(rest.to_vec()));
        } else {
            self.pattern(pattern, &|_| Value::Of(value.to_vec()));
        }
    }

    /// Adds what the arms of a `match` bind.
    fn arms(&mut self, arms: &Group, value: &[TokenTree]) {
        let tokens: Vec<TokenTree> = arms.stream().into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some(arrow) = arrow(rest) {
            let pattern = until(&rest[..arrow], |token| is_word(token, "if"));
            self.pattern(pattern, &|_| Value::Of(value.to_vec()));
            let body = &rest[arrow + 2..];
            let end = until(body, |token| is_braces(token) || is_sign(token, ',')).len();
            rest = body.get(end + 1..).unwrap_or_default();
            if let Some((comma, behind)) = rest.split_first()
                && is_sign(comma, ',')
            {
                rest = behind;
            }
        }
    }

    /// Adds the parameters of a closure.
    fn parameters(&mut self, parameters: &[TokenTree]) {
        for parameter in parameters.split(|token| is_sign(token, ',')) {
            let (pattern, ty) = typed(parameter);
            self.pattern(pattern, &|owner| {
                Value::Shaped(ty.and_then(|ty| of_tokens(ty, owner)))
            });
        }
    }

    /// Binds the names of a pattern to parts of a value. What a struct or a variant of somebody's
    /// holds is not known from the value.
    pub(super) fn pattern(&mut self, pattern: &[TokenTree], value: &dyn Fn(&str) -> Value) {
        for (at, token) in pattern.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| pattern.get(at));
            let behind = pattern.get(at + 1);
            match token {
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    let is_name = name.starts_with(|c: char| c.is_lowercase() || c == '_');
                    let is_path = [before, behind]
                        .iter()
                        .flatten()
                        .any(|one| is_sign(one, ':'));
                    if is_name && !is_path && !["mut", "ref"].contains(&name.as_str()) {
                        let value = value(self.owner);
                        self.bind(name, value);
                    }
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.hide(group.stream());
                }
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    let is_known = match before {
                        Some(TokenTree::Ident(name)) => [
                            "Some", "Ok", "Err", "Path", "Query", "Form", "Json", "State",
                        ]
                        .iter()
                        .any(|known| name == known),
                        _ => true,
                    };
                    if is_known {
                        self.pattern(&inner, value);
                    } else {
                        self.hide(group.stream());
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Hides what all words in these tokens mean.
    fn hide(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => self.bind(name.to_string(), Value::Shaped(None)),
                TokenTree::Group(group) => self.hide(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn of_tokens(ty: &[TokenTree], owner: &str) -> Shape {
    let ty: Type = syn::parse2(ty.iter().cloned().collect()).ok()?;
    shape::of_type(&ty, owner)
}

/// A pattern, and the type behind it.
fn typed(tokens: &[TokenTree]) -> (&[TokenTree], Option<&[TokenTree]>) {
    let is_single = |token: &TokenTree| {
        matches!(token, TokenTree::Punct(sign)
            if sign.as_char() == ':' && sign.spacing() == Spacing::Alone)
    };
    let found = tokens.iter().enumerate().position(|(at, token)| {
        let is_second = at > 0 && is_sign(&tokens[at - 1], ':');
        is_single(token) && !is_second
    });
    match found {
        Some(at) => (&tokens[..at], Some(&tokens[at + 1..])),
        None => (tokens, None),
    }
}

/// Where `=` stands that ends a pattern; `..=` and `==` do not.
fn equals(tokens: &[TokenTree]) -> Option<usize> {
    let statement = until(tokens, |token| is_sign(token, ';'));
    let mut before = None;
    for (at, token) in statement.iter().enumerate() {
        if is_sign(token, '=') && !before.is_some_and(|before| is_sign(before, '.')) {
            return Some(at);
        }
        before = Some(token);
    }
    None
}

/// Where `=>` stands.
fn arrow(tokens: &[TokenTree]) -> Option<usize> {
    let mut pairs = tokens.windows(2);
    pairs.position(|two| is_sign(&two[0], '=') && is_sign(&two[1], '>'))
}

/// The tokens before the first that is meant.
fn until(tokens: &[TokenTree], is_end: impl Fn(&TokenTree) -> bool) -> &[TokenTree] {
    let end = tokens.iter().position(is_end);
    &tokens[..end.unwrap_or(tokens.len())]
}

/// Whether a `let` behind this token is part of a condition.
fn is_condition(token: &TokenTree) -> bool {
    is_word(token, "if") || is_word(token, "while") || is_sign(token, '&')
}

/// Whether `|` behind this token begins the parameters of a closure.
fn begins_closure(token: &TokenTree) -> bool {
    let is_keyword = ["move", "return", "async"]
        .iter()
        .any(|word| is_word(token, word));
    is_keyword
        || [',', '=', ';', '>']
            .iter()
            .any(|sign| is_sign(token, *sign))
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(known) if known == word)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is_braces(token: &TokenTree) -> bool {
    is(token, Delimiter::Brace)
}

fn is(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}
