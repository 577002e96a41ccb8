//! Expressions, as far as it matters what they are: literals, variables, what is joined, filters,
//! calls, and conditions that choose one of two. Anything else keeps its text.

use super::tokens::Token;
use super::words::Words;
use crate::templates::tree::{Expr, ExprKind};

/// How deep expressions are read; deeper ones keep their text alone.
const DEPTH: usize = 32;

/// How many filters of one value are read.
const FILTERS: usize = 16;

/// How many values of a map are known.
const VALUES: usize = 64;

/// How many variables are known of which an expression may be a part.
const ROOTS: usize = 16;

impl Words<'_> {
    /// An expression with all of its operators.
    pub(super) fn expression(&mut self) -> Expr {
        let at = self.position();
        if self.depth == DEPTH {
            return self.unread(at);
        }
        self.depth += 1;
        let one = self.operators();
        let done = if self.word("if") {
            let _condition = self.operators();
            let other = self.word("else").then(|| Box::new(self.expression()));
            let kind = ExprKind::Either(Box::new(one), other);
            self.expr(kind, at)
        } else {
            one
        };
        self.depth -= 1;
        done
    }

    /// The same, without a condition that chooses.
    pub(super) fn unconditional(&mut self) -> Expr {
        self.operators()
    }

    /// All words, which are not one expression.
    pub(super) fn rest(&mut self, start: usize) -> Expr {
        self.at = self.all.len();
        let at = self.all.first().map_or(start, |word| word.range.start);
        self.expr(ExprKind::Other(Vec::new()), at)
    }

    /// What is too deep: up to the bracket that closes what is around it.
    fn unread(&mut self, at: usize) -> Expr {
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match token {
                Token::Sign("(" | "[" | "{") => depth += 1,
                Token::Sign(")" | "]" | "}" | ",") if depth == 0 => break,
                Token::Sign(")" | "]" | "}") => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        self.expr(ExprKind::Other(Vec::new()), at)
    }

    fn expr(&self, kind: ExprKind, at: usize) -> Expr {
        let end = self.behind().max(at);
        Expr {
            kind,
            at,
            end: Some(end),
        }
    }

    /// Operands, and the operators between them.
    fn operators(&mut self) -> Expr {
        let at = self.position();
        let mut items = vec![self.operand(true)];
        let (mut is_joined, mut is_text) = (true, false);
        loop {
            let tilde = self.sign("~");
            let joins = tilde || self.sign("+");
            if !joins && !self.operator() {
                break;
            }
            is_joined &= joins;
            is_text |= tilde;
            items.push(self.operand(!(joins && self.filters_all)));
            if is_joined && self.filters_all && self.is_next("|") {
                let joined = self.joined(std::mem::take(&mut items), at, is_text);
                items = vec![self.filters(joined)];
            }
        }
        if is_joined {
            return self.joined(items, at, is_text);
        }
        self.other(&items, at)
    }

    /// Something that may be a part of these.
    fn other(&self, parts: &[Expr], at: usize) -> Expr {
        let roots = parts.iter().flat_map(roots).take(ROOTS).collect();
        self.expr(ExprKind::Other(roots), at)
    }

    /// Several operands, joined: as texts, if that is said, or if one of them is one.
    fn joined(&self, mut items: Vec<Expr>, at: usize, is_text: bool) -> Expr {
        if items.len() == 1
            && let Some(item) = items.pop()
        {
            return item;
        }
        let is_string = |item: &Expr| {
            let written = self.text.get(item.at..).unwrap_or_default();
            matches!(item.kind, ExprKind::Literal(_)) && written.starts_with(['"', '\'', '`'])
        };
        if is_text || items.iter().any(is_string) {
            return self.expr(ExprKind::Concat(items), at);
        }
        self.other(&items, at)
    }

    /// Takes an operator that is neither `~` nor `+`.
    fn operator(&mut self) -> bool {
        const SIGNS: [&str; 12] = [
            "==", "!=", "<=", ">=", "<", ">", "-", "*", "/", "//", "**", "%",
        ];
        if self.word("and") || self.word("or") || self.word("in") {
            return true;
        }
        if self.word("is") {
            self.word("not");
            return true;
        }
        if self.peek_name() == Some("not") {
            self.at += 1;
            self.word("in");
            return true;
        }
        SIGNS.iter().any(|sign| self.sign(sign))
    }

    fn operand(&mut self, is_filtered: bool) -> Expr {
        let at = self.position();
        let mut is_plain = true;
        while self.word("not") || self.sign("-") || self.sign("+") {
            is_plain = false;
        }
        let operand = self.postfix(is_filtered);
        if is_plain {
            return operand;
        }
        self.other(&[operand], at)
    }

    /// A value, and what is done with it.
    fn postfix(&mut self, is_filtered: bool) -> Expr {
        let at = self.position();
        let mut path = self.peek_name().map(|name| vec![name.to_owned()]);
        let mut value = self.primary();
        loop {
            if self.sign(".") || self.sign("::") || self.optional_dot() {
                let name = self.name();
                if name.is_none() {
                    self.at += usize::from(self.peek() == Some(&Token::Number));
                }
                path = path.zip(name).map(|(mut path, name)| {
                    path.push(name.to_owned());
                    path
                });
                value = self.other(&[value], at);
            } else if self.sign("[") {
                let _index = self.items("]");
                path = None;
                value = self.other(&[value], at);
            } else if self.sign("(") {
                let arguments = self.items(")");
                let root = roots(&value).into_iter().next();
                let is_function = path.as_ref().is_some_and(|path| path.len() == 1);
                let kind = ExprKind::Call {
                    path: path.take().unwrap_or_default(),
                    arguments,
                    root: root.filter(|_| !is_function),
                };
                value = self.expr(kind, at);
            } else {
                break;
            }
        }
        if let (Some([root, name]), ExprKind::Other(_)) = (path.as_deref(), &value.kind) {
            value.kind = ExprKind::Attribute(root.clone(), name.clone());
        }
        if is_filtered {
            self.filters(value)
        } else {
            value
        }
    }

    /// `?.`, as tera 2 has it.
    fn optional_dot(&mut self) -> bool {
        let is_next = self.is_next("?")
            && matches!(self.all.get(self.at + 1), Some(word) if word.token == Token::Sign("."));
        self.at += 2 * usize::from(is_next);
        is_next
    }

    /// The filters of a value.
    fn filters(&mut self, value: Expr) -> Expr {
        let at = value.at;
        let mut value = value;
        let mut count = 0;
        while self.is_next("|") {
            let end = self.behind();
            self.at += 1;
            value = self.filter(value, end);
            value.at = at;
            count += 1;
            if count == FILTERS {
                return self.unread(at);
            }
        }
        value
    }

    /// A filter, around what it filters.
    pub(super) fn filter(&mut self, source: Expr, end: usize) -> Expr {
        let at = self.position();
        let mut name = self.name().map(str::to_owned);
        while self.sign(".") || self.sign("::") {
            self.name();
            name = None;
        }
        let mut arguments = vec![source];
        if self.sign("(") {
            arguments.extend(self.items(")"));
        }
        let kind = ExprKind::Filter {
            name,
            arguments,
            end,
        };
        self.expr(kind, at)
    }

    /// A literal, a variable, or what stands in brackets.
    pub(super) fn primary(&mut self) -> Expr {
        let at = self.position();
        let Some(word) = self.all.get(self.at) else {
            return self.expr(ExprKind::Other(Vec::new()), at);
        };
        let written = &self.text[word.range.clone()];
        let token = word.token.clone();
        let kind = match token {
            Token::Text(mut text) => {
                self.at += 1;
                while let Some(more) = self.string() {
                    text.push_str(&more);
                }
                return self.expr(ExprKind::Literal(text), at);
            }
            Token::Number => number(written),
            Token::Name => match written {
                "true" | "false" => ExprKind::Literal(written.to_owned()),
                "True" => ExprKind::Literal("true".to_owned()),
                "False" => ExprKind::Literal("false".to_owned()),
                "none" | "None" => ExprKind::Other(Vec::new()),
                name => ExprKind::Variable(name.to_owned()),
            },
            Token::Sign("(") => {
                self.at += 1;
                let mut items = self.items(")");
                if items.len() == 1
                    && let Some(mut item) = items.pop()
                {
                    item.at = at;
                    item.end = Some(self.behind());
                    return item;
                }
                return self.other(&items, at);
            }
            Token::Sign(open @ ("[" | "{")) => {
                self.at += 1;
                let items = self.items(if open == "[" { "]" } else { "}" });
                if open == "[" {
                    return self.other(&items, at);
                }
                return match map(items) {
                    Ok(values) => self.expr(ExprKind::Map(values), at),
                    Err(items) => self.other(&items, at),
                };
            }
            // What closes something, or parts it, is for who opened it.
            Token::Sign(")" | "]" | "}" | "," | "|" | "=" | ":") => {
                return self.expr(ExprKind::Other(Vec::new()), at);
            }
            Token::Sign(_) | Token::Other => ExprKind::Other(Vec::new()),
        };
        self.at += 1;
        self.expr(kind, at)
    }

    /// Expressions up to a bracket that closes, which is taken.
    pub(super) fn items(&mut self, close: &str) -> Vec<Expr> {
        let mut items = Vec::new();
        while !self.is_done() && !self.sign(close) {
            let before = self.at;
            let at = self.position();
            let is_named =
                matches!(self.all.get(self.at + 1), Some(word) if word.token == Token::Sign("="));
            let name = self.peek_name().filter(|_| is_named);
            if let Some(name) = name {
                self.at += 2;
                let value = self.expression();
                items.push(self.expr(ExprKind::Named(name.to_owned(), Box::new(value)), at));
            } else {
                items.push(self.expression());
            }
            // A comma, a colon, or whatever does not belong there.
            if !(self.sign(",") || self.sign(":")) && self.at == before {
                self.at += 1;
            }
        }
        items
    }
}

/// Keys and values, if each key is a literal, and they are few; else the items.
fn map(items: Vec<Expr>) -> Result<Vec<(String, Expr)>, Vec<Expr>> {
    let is_literal = |key: &Expr| matches!(key.kind, ExprKind::Literal(_));
    if items.len() > 2 * VALUES
        || !items.len().is_multiple_of(2)
        || !items.iter().step_by(2).all(is_literal)
    {
        return Err(items);
    }
    let mut values = Vec::new();
    let mut items = items.into_iter();
    while let (Some(key), Some(value)) = (items.next(), items.next()) {
        if let ExprKind::Literal(key) = key.kind {
            values.push((key, value));
        }
    }
    Ok(values)
}

/// A number as it is rendered.
fn number(written: &str) -> ExprKind {
    let digits = written.replace('_', "");
    match digits.parse::<u128>() {
        Ok(value) => ExprKind::Literal(value.to_string()),
        Err(_) => ExprKind::Other(Vec::new()),
    }
}

/// The variables of which the value of an expression may be a part.
fn roots(expression: &Expr) -> Vec<String> {
    match &expression.kind {
        ExprKind::Variable(name) | ExprKind::Field(name) => vec![name.clone()],
        ExprKind::Other(roots) => roots.clone(),
        ExprKind::Attribute(root, _) => vec![root.clone()],
        ExprKind::Map(values) => {
            let roots = values.iter().flat_map(|(_, value)| roots(value));
            roots.take(ROOTS).collect()
        }
        ExprKind::Call { root, .. } => root.iter().cloned().collect(),
        ExprKind::Filter { arguments, .. } => arguments.first().map_or_else(Vec::new, roots),
        ExprKind::Named(_, value) => roots(value),
        ExprKind::Either(one, other) => {
            let other = other.iter().flat_map(|other| roots(other));
            roots(one).into_iter().chain(other).collect()
        }
        ExprKind::Concat(items) => items.iter().flat_map(roots).collect(),
        ExprKind::Literal(_) | ExprKind::Format(_) | ExprKind::Source => Vec::new(),
    }
}
