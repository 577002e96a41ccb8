//! Tags that define something, or call it: macros, variables, components.

use super::frames::Opened;
use super::statements::Reader;
use super::words::Words;
use crate::templates::tree::{
    Bound, Call, Definition, Expr, ExprKind, Kind, More, Parameter, Within,
};

impl<'t> Reader<'t> {
    pub(super) fn definition(&mut self, words: &mut Words<'t>, at: usize) {
        let Some(name) = words.dotted_name() else {
            return self.gap("this macro has no name", at);
        };
        let parameters = if words.sign("(") {
            parameters(words)
        } else {
            Vec::new()
        };
        self.open(Opened::Macro(name, parameters), at);
    }

    pub(super) fn call(&mut self, words: &mut Words<'t>, at: usize) {
        let names = if words.sign("(") {
            let parameters = parameters(words).into_iter();
            parameters.map(|parameter| parameter.name).collect()
        } else {
            Vec::new()
        };
        let called = words.expression();
        let ExprKind::Call {
            mut path,
            arguments,
            ..
        } = called.kind
        else {
            return self.open(Opened::Unknown("call"), at);
        };
        let Some(name) = path.pop() else {
            return self.open(Opened::Unknown("call"), at);
        };
        let call = Call {
            scope: path.pop(),
            name,
            arguments,
            caller: None,
        };
        self.open(Opened::Call("call", call, names), at);
    }

    pub(super) fn set(&mut self, statement: &str, words: &mut Words<'t>, at: usize) {
        let mut names = Vec::new();
        let mut is_plain = true;
        words.word("mut");
        while let Some(name) = words.name() {
            names.push(name.to_owned());
            while words.sign(".") {
                is_plain = false;
                words.name();
            }
            if !words.sign(",") {
                break;
            }
        }
        if words.sign("=") {
            let value = words.expression();
            match names.as_slice() {
                // A field of a namespace.
                _ if !is_plain => {}
                [name] if statement == "set_global" => {
                    self.push(Kind::More(More::Forget(name.clone())), at);
                }
                [name] => self.push(Kind::Let(name.clone(), Definition::Value(value)), at),
                _ => {
                    let value = Some(value);
                    self.push(Kind::Pattern(Bound { names, value }), at);
                }
            }
            return;
        }
        match names.into_iter().next() {
            Some(name) => {
                let filters = words.sign("|").then(|| filters(words, at));
                self.open(Opened::Set(name, filters), at);
            }
            None => self.gap("this tag has no name", at),
        }
    }

    pub(super) fn with(&mut self, words: &mut Words<'t>, at: usize) {
        let mut variables = Vec::new();
        while let Some(name) = words.name() {
            let name = name.to_owned();
            if words.sign("=") {
                variables.push((name, Definition::Value(words.expression())));
            } else {
                variables.push((name, Definition::Unknown));
            }
            words.sign(",");
        }
        self.open(Opened::Within(Within::Variables(variables)), at);
    }

    /// A component of tera 2, as it is used: `<name a="x" b={c} />`, `<name>`, `</name>`.
    pub(super) fn component(&mut self, words: &mut Words<'t>, at: usize) {
        if words.sign("/") {
            return self.frames.close("<>", at);
        }
        let Some(name) = words.dotted_name() else {
            return self.gap("this component has no name", at);
        };
        self.uses_components = true;
        let mut arguments = Vec::new();
        let mut is_done = false;
        while !words.is_done() {
            let start = words.position();
            if let Some(name) = words.name() {
                let name = name.to_owned();
                let value = if words.sign("=") {
                    if words.sign("{") {
                        let value = words.expression();
                        words.sign("}");
                        value
                    } else {
                        words.primary()
                    }
                } else {
                    let kind = ExprKind::Literal("true".to_owned());
                    let (at, end) = (start, Some(start));
                    Expr { kind, at, end }
                };
                let end = value.end;
                arguments.push(Expr {
                    kind: ExprKind::Named(name, Box::new(value)),
                    at: start,
                    end,
                });
            } else if words.sign("/>") {
                is_done = true;
            } else {
                words.skip();
            }
        }
        let call = Call {
            scope: None,
            name,
            arguments,
            caller: None,
        };
        if is_done {
            self.push(Kind::Call(call), at);
        } else {
            self.open(Opened::Call("<>", call, Vec::new()), at);
        }
    }
}

/// The parameters of a macro, up to the bracket that closes.
fn parameters(words: &mut Words<'_>) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    while !words.is_done() && !words.sign(")") {
        let Some(name) = words.name() else {
            words.skip();
            continue;
        };
        let name = name.to_owned();
        if words.sign(":") {
            words.name();
        }
        let default = words.sign("=").then(|| words.expression());
        parameters.push(Parameter {
            name,
            default,
            is_markup: false,
        });
        words.sign(",");
    }
    parameters
}

/// The filters of a tag, around what it holds.
pub(super) fn filters(words: &mut Words<'_>, at: usize) -> Expr {
    let mut filters = Expr {
        kind: ExprKind::Source,
        at,
        end: Some(at),
    };
    loop {
        let end = words.position();
        filters = words.filter(filters, end);
        if !words.sign("|") {
            return filters;
        }
    }
}
