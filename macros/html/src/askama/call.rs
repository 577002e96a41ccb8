//! What an expression or a `{% call %}` puts into the page: text, a hole, or the
//! nodes of a macro, of its caller, of the outer block.

use std::rc::Rc;

use super::budget::RENDERED as LONGEST;
use super::error::Error;
use super::files::File;
use super::heritage::Scope;
use super::tree::{Call, Expr, ExprKind, Macro};
use super::value::{Body, Value, size};
use super::walk::Walk;
use crate::rust_literal::escaped;
use crate::value::Part;

impl<'a> Walk<'a> {
    /// Renders `{{ expression }}`.
    pub(super) fn expression(
        &mut self,
        expression: &'a Expr,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        match &expression.kind {
            ExprKind::Call {
                path, arguments, ..
            } => match path.as_slice() {
                [name] if name == "super" => return self.outer_block(scope),
                [name] => {
                    if let Some(body) = self.locals.body(name) {
                        return self.caller(&body, arguments, scope);
                    }
                    if let Some(found) = self.find(None, name, scope) {
                        return self.expand(found, arguments, None, expression.at, scope);
                    }
                }
                [module, name] => {
                    if let Some(found) = self.find(Some(module), name, scope) {
                        return self.expand(found, arguments, None, expression.at, scope);
                    }
                }
                _ => {}
            },
            ExprKind::Filter {
                name: Some(filter),
                arguments,
                ..
            } if filter == "safe" => {
                if let [source, ..] = arguments.as_slice()
                    && let ExprKind::Variable(name) = &source.kind
                    && let Some(body) = self.locals.body(name)
                {
                    return self.caller(&body, &[], scope);
                }
            }
            _ => {}
        }
        let place = scope.file.place(expression.at);
        let parts = self.locals.parts(expression, scope, LONGEST);
        if size(&parts) > LONGEST {
            return Err(Error::TooLarge { at: place });
        }
        for piece in parts {
            let is_markup = piece.is_markup || !scope.file.html;
            match piece.part {
                Part::Text(text) if is_markup => self.text(&text, place.clone())?,
                Part::Text(text) => self.text(&escaped(&text), place.clone())?,
                Part::Hole(expression) => self.hole(&expression, is_markup, place.clone())?,
            }
        }
        Ok(())
    }

    /// Renders `{% call name(…) %}…{% endcall %}`.
    pub(super) fn call(
        &mut self,
        call: &'a Call,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        // A macro that is not there is askama's to refuse.
        let Some(found) = self.find(call.scope.as_deref(), &call.name, scope) else {
            return Ok(());
        };
        let body = call.caller.as_ref().map(|(parameters, nodes)| {
            Rc::new(Body {
                nodes,
                parameters,
                scope: scope.clone(),
            })
        });
        self.expand(found, &call.arguments, body, at, scope)
    }

    /// The macro of this name, perhaps in a file that is imported as `module`.
    fn find(
        &mut self,
        module: Option<&str>,
        name: &str,
        scope: &Scope<'a>,
    ) -> Option<(&'a Macro, &'a File)> {
        match module {
            Some(module) => self.scope(scope.imported(module)?).find(name),
            None => scope.find(name),
        }
    }

    /// Renders what a macro's user gives it as `caller()`, or what a `set` holds.
    fn caller(
        &mut self,
        body: &Body<'a>,
        arguments: &'a [Expr],
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let values = arguments
            .iter()
            .map(|value| self.locals.value(value, scope));
        let values: Vec<_> = body.parameters.iter().zip(values).collect();
        self.inner(|walk| {
            // Within, it is the caller of the macro around that counts: none.
            walk.locals.set("caller", Value::Unknown);
            for (name, value) in values {
                walk.locals.set(name, value);
            }
            walk.nodes(body.nodes, &body.scope)
        })
    }

    /// Renders the macro's body with these arguments.
    fn expand(
        &mut self,
        (definition, file): (&'a Macro, &'a File),
        arguments: &'a [Expr],
        body: Option<Rc<Body<'a>>>,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let name = definition.name.as_str();
        let same = |(known, at): &(&str, &File)| *known == name && at.path == file.path;
        if let Some(back) = self.macros.iter().position(same) {
            let names = self.macros[back..].iter().map(|(name, _)| *name);
            return Err(Error::Loop {
                names: names.chain([name]).map(str::to_owned).collect(),
                at: scope.file.place(at),
            });
        }
        let own = self.scope(file);
        let mut values = Vec::new();
        for (at, (name, default)) in definition.parameters.iter().enumerate() {
            let given = argument(arguments, at, name);
            let value = match (given, default) {
                (Some(value), _) => self.locals.value(value, scope),
                (None, Some(value)) => self.locals.value(value, &own),
                (None, None) => Value::Unknown,
            };
            values.push((name, value));
        }
        self.macros.push((name, file));
        let done = self.inner(|walk| {
            if let Some(body) = body {
                walk.locals.set("caller", Value::Body(body));
            }
            for (name, value) in values {
                walk.locals.set(name, value);
            }
            walk.nodes(&definition.nodes, &own)
        });
        self.macros.pop();
        done
    }
}

/// The argument for a parameter: by its name, else by its place.
fn argument<'e>(arguments: &'e [Expr], at: usize, name: &str) -> Option<&'e Expr> {
    let named = arguments.iter().find_map(|argument| match &argument.kind {
        ExprKind::Named(known, value) if known == name => Some(&**value),
        _ => None,
    });
    let by_place = arguments
        .get(at)
        .filter(|argument| !matches!(argument.kind, ExprKind::Named(..)));
    named.or(by_place)
}
