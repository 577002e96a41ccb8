//! From the text of a template to its tree, after ructe's grammar.

use std::collections::HashSet;

use super::super::rust;
use super::head::Uses;
use crate::form::Place;
use crate::source::Arms;
use crate::templates::error::{Engine, Error};
use crate::templates::loaded::Parsed;
use crate::templates::loaded::{line, line_ends};
use crate::templates::tree::{
    Bound, Branch, Definition, ExprKind, Include, Kind, More, Node, Parameter, Seen,
};

/// How deep blocks may be nested.
pub(super) const DEPTH: usize = 100;

/// How many pieces without an end are looked at; each one may be looked for through the whole
/// text.
const FAILURES: usize = 64;

/// Reads a text.
pub(super) fn parse(text: &str, place: &Place) -> Result<Parsed, Error> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
        uses: Uses::default(),
        names: HashSet::new(),
        parameters: Vec::new(),
        is_too_deep: false,
        failures: 0,
    };
    let place_of = |offset: usize| Place {
        file: place.file.clone(),
        line: line(&line_ends(text), offset).saturating_add(place.line - 1),
    };
    if reader.head().is_none() {
        return Err(Error::Syntax {
            engine: Engine::Ructe,
            at: place_of(reader.at),
            message: "it does not begin with its parameters, `@(…)`".to_owned(),
        });
    }
    let nodes = reader.nodes(false);
    if reader.is_too_deep {
        return Err(Error::TooDeep {
            at: place_of(reader.at),
        });
    }
    Ok(Parsed {
        nodes,
        parameters: reader.parameters,
        ..Parsed::default()
    })
}

pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) at: usize,
    depth: usize,
    /// What `@use …;` names.
    pub(super) uses: Uses,
    /// The names of the parameters.
    pub(super) names: HashSet<String>,
    pub(super) parameters: Vec<Parameter>,
    is_too_deep: bool,
    /// How many pieces had no end.
    failures: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn take(&mut self, sign: &str) -> Option<()> {
        self.rest().starts_with(sign).then(|| self.at += sign.len())
    }

    /// Takes white space and comments.
    pub(super) fn space(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let Some(comment) = self.rest().strip_prefix("@*") else {
                return;
            };
            self.at += comment.find("*@").map_or(comment.len() + 2, |end| end + 4);
        }
    }

    /// Nodes, up to the end or the brace that closes them, which is taken.
    fn nodes(&mut self, is_block: bool) -> Vec<Node> {
        let mut nodes = Vec::new();
        if self.depth == DEPTH {
            self.is_too_deep = true;
            return nodes;
        }
        self.depth += 1;
        while !self.is_too_deep {
            let from = self.at;
            let is_torn = self.failures == FAILURES;
            let length = self.rest().find(['@', '{', '}']).filter(|_| !is_torn);
            self.at += length.unwrap_or(self.rest().len());
            if self.at > from {
                nodes.push(Node {
                    kind: Kind::Text(from..self.at),
                    at: from,
                });
            }
            let Some(c) = self.rest().chars().next() else {
                if is_block {
                    nodes.push(gap("a block has no end", self.at));
                }
                break;
            };
            let at = self.at;
            self.at += 1;
            match c {
                '}' if is_block => break,
                '@' => {
                    let kind = self.expression().unwrap_or_else(|| {
                        self.failures += 1;
                        self.at = at + 1;
                        let why = "what is behind this `@` is not known";
                        Kind::More(More::Gap(why.to_owned()))
                    });
                    nodes.push(Node { kind, at });
                }
                _ => nodes.push(gap("this brace belongs to nothing", at)),
            }
        }
        self.depth -= 1;
        nodes
    }

    /// What stands behind an `@`.
    fn expression(&mut self) -> Option<Kind> {
        let at = self.at;
        let rest = self.rest();
        match rest.as_bytes().first()? {
            b'@' | b'{' | b'}' => {
                self.at += 1;
                return Some(Kind::Text(at..at + 1));
            }
            b'*' => {
                let inner = &rest[1..];
                let end = inner.find("*@")?;
                self.at += 1 + end + 2;
                return Some(Kind::Comment(inner[..end].to_owned()));
            }
            b':' => {
                self.at += 1;
                return self.call();
            }
            _ => {}
        }
        if self.take("if ").is_some() {
            return self.condition();
        }
        if self.take("for ").is_some() {
            return self.repeated();
        }
        if self.take("match ").is_some() {
            return self.choice();
        }
        let length = if rest.starts_with('(') {
            rust::bracketed(rest)?
        } else {
            self.expression_length()?
        };
        self.at += length;
        let value = rust::expression(&rest[..length], at);
        let is_markup = matches!(&value.kind, ExprKind::Call { path, .. } if path.last().is_some_and(|name| name == "Html"));
        Some(Kind::Expr(if is_markup {
            value.into_markup()
        } else {
            value
        }))
    }

    /// Takes the text up to the brace that opens a block.
    fn up_to_block(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let mut at = 0;
        // Without white space before it, a brace is part of an expression.
        while let Some(c) = rest[at..].chars().next() {
            if let Some(length) = rust::skipped(&rest[at..]) {
                at += length;
            } else if c == '{' && rest[..at].ends_with(char::is_whitespace) {
                self.at += at + 1;
                return Some(&rest[..at]);
            } else if matches!(c, '(' | '[' | '{') {
                at += rust::bracketed(&rest[at..])?;
            } else if matches!(c, ')' | ']' | '}' | '@') {
                return None;
            } else {
                at += c.len_utf8();
            }
        }
        None
    }

    /// The length of the expression that begins here.
    fn expression_length(&mut self) -> Option<usize> {
        let text = self.rest();
        let mut at = text.len() - text.trim_start_matches(['&', '*']).len();
        at += operand(&text[at..])?;
        loop {
            let rest = &text[at..];
            let (sign, is_bracket) = match rest.as_bytes() {
                [b':', b':', ..] => (2, false),
                [b'.', ..] => (1, false),
                [b'!', b'(' | b'[', ..] => (1, true),
                [b'(' | b'[' | b'{', ..] => (0, true),
                _ => return Some(at),
            };
            let inner = &rest[sign..];
            let length = if is_bracket {
                rust::bracketed(inner)
            } else {
                let prefix = inner.len() - inner.trim_start_matches(['&', '*']).len();
                operand(&inner[prefix..]).map(|length| prefix + length)
            };
            let Some(length) = length else {
                // What follows is text.
                self.failures += usize::from(is_bracket);
                return Some(at);
            };
            at += sign + length;
        }
    }

    fn condition(&mut self) -> Option<Kind> {
        let mut branches = Vec::new();
        let mut arms = Arms::AtMostOne;
        while let Some(tested) = self.up_to_block() {
            branches.push(Branch {
                bound: bound(tested),
                nodes: self.nodes(true),
            });
            let behind = self.at;
            self.space();
            if self.take("else").is_none() {
                self.at = behind;
                break;
            }
            self.space();
            if self.take("if").is_some() {
                continue;
            }
            if self.take("{").is_none() {
                self.at = behind;
                break;
            }
            branches.push(Branch::of(self.nodes(true)));
            arms = Arms::OneOf;
            break;
        }
        (!branches.is_empty()).then_some(Kind::Group(arms, branches))
    }

    fn repeated(&mut self) -> Option<Kind> {
        let head = self.up_to_block()?;
        let pattern = head.split_once(" in ").map_or(head, |(pattern, _)| pattern);
        let names = rust::names(pattern);
        let value = None;
        let bound = Bound { names, value };
        let nodes = self.nodes(true);
        Some(Kind::Group(Arms::AnyNumber, vec![Branch { bound, nodes }]))
    }

    fn choice(&mut self) -> Option<Kind> {
        let _value = self.up_to_block()?;
        let mut branches = Vec::new();
        loop {
            self.space();
            if self.take("}").is_some() {
                return Some(Kind::Group(Arms::OneOf, branches));
            }
            if self.is_too_deep {
                return None;
            }
            let arrow = self.rest().find("=>")?;
            let pattern = &self.rest()[..arrow];
            if pattern.contains(['@', '\n']) {
                return None;
            }
            self.at += arrow + 2;
            self.space();
            self.take("{")?;
            let names = rust::names(pattern);
            let value = None;
            branches.push(Branch {
                bound: Bound { names, value },
                nodes: self.nodes(true),
            });
        }
    }

    /// `@:name(…)`.
    fn call(&mut self) -> Option<Kind> {
        let length = rust::identifier(self.rest());
        let name = self.rest().get(..length).filter(|name| !name.is_empty())?;
        self.at += length;
        self.take("(")?;
        let mut arguments = Vec::new();
        loop {
            self.space();
            if self.take(")").is_some() {
                break;
            }
            if self.is_too_deep {
                return None;
            }
            let at = self.at;
            if self.take("{").is_some() {
                arguments.push((None, Definition::Nodes(self.nodes(true))));
            } else {
                let rest = self.rest();
                let length = self.expression_length()?;
                self.at += length;
                let value = rust::expression(&rest[..length], at);
                arguments.push((None, Definition::Value(value)));
            }
            self.space();
            self.take(",");
        }
        let is_parameter = self.names.contains(name);
        let mut include = Include {
            arguments,
            seen: Seen::Nothing,
            ..Include::default()
        };
        if is_parameter {
            include.variable = Some(name.to_owned());
        } else {
            include.paths = self.uses.paths(name);
        }
        Some(Kind::Include(include))
    }
}

fn gap(why: &str, at: usize) -> Node {
    let kind = Kind::More(More::Gap(why.to_owned()));
    Node { kind, at }
}

/// The names that a condition binds.
fn bound(tested: &str) -> Bound {
    let names = match tested.trim_start().strip_prefix("let ") {
        Some(tested) => rust::names(tested.split('=').next().unwrap_or_default()),
        None => Vec::new(),
    };
    Bound { names, value: None }
}

/// The length of a name, a number, a string, or brackets.
fn operand(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'"' => rust::skipped(text),
        b'(' | b'[' => rust::bracketed(text),
        b'0'..=b'9' => {
            Some(text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len())
        }
        _ => Some(rust::identifier(text)).filter(|length| *length > 0),
    }
}
