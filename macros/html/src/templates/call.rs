//! What an expression or a `{% call %}` puts into the page: text, a hole, or the
//! nodes of a macro, of its caller, of the outer block.

use super::budget::RENDERED as LONGEST;
use super::error::Error;
use super::heritage::Scope;
use super::loaded::File;
use super::piece::{Body, Piece, Value, size};
use super::tree::{Call, Expr, ExprKind, Macro, Seen};
use super::walk::Walk;
use crate::form::Place;
#[cfg(feature = "templates")]
use crate::printable::Printable;
use crate::rust_literal::escaped;
#[cfg(feature = "templates")]
use crate::source::Arms;
use crate::value::Part;

impl<'a> Walk<'a> {
    /// Renders `{{ expression }}`.
    pub(crate) fn expression(
        &mut self,
        expression: &'a Expr,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        match &expression.kind {
            ExprKind::Call { .. } if self.macro_call(expression, scope)? => return Ok(()),
            ExprKind::Filter {
                name: Some(filter),
                arguments,
                ..
            } if filter == "safe" => {
                if let [source, ..] = arguments.as_slice() {
                    if let ExprKind::Variable(name) = &source.kind
                        && let Some(body) = self.locals.body(name)
                    {
                        return self.caller(&body, &[], scope);
                    }
                    if !self.files.is_strict && self.macro_call(source, scope)? {
                        return Ok(());
                    }
                }
            }
            #[cfg(feature = "templates")]
            ExprKind::Either(one, other) => {
                self.group(Arms::OneOf, |walk| {
                    walk.expression(one, scope)?;
                    walk.next_arm();
                    match other {
                        Some(other) => walk.expression(other, scope),
                        None => Ok(()),
                    }
                })?;
                return Ok(());
            }
            #[cfg(feature = "templates")]
            ExprKind::Concat(items) if !self.files.is_strict => {
                for item in items {
                    self.expression(item, scope)?;
                }
                return Ok(());
            }
            #[cfg(feature = "templates")]
            ExprKind::Variable(name) => {
                if let Some(values) = self.locals.choices(name) {
                    let place = scope.file.place(expression.at);
                    return self.group(Arms::OneOf, |walk| {
                        for (at, parts) in values.iter().enumerate() {
                            if at > 0 {
                                walk.next_arm();
                            }
                            walk.pieces(parts.clone(), &place)?;
                        }
                        Ok(())
                    });
                }
                // Without filters, what a `set` holds is as it was rendered.
                if !self.files.is_strict
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
        self.pieces(parts, &place)
    }

    /// Renders parts of values.
    fn pieces(&mut self, parts: Vec<Piece>, place: &Place) -> Result<(), Error> {
        for piece in parts {
            let is_markup = piece.is_markup || !self.html;
            match piece.part {
                Part::Text(text) if is_markup => self.text(&text, place.clone())?,
                Part::Text(text) => self.text(&escaped(&text), place.clone())?,
                Part::Hole(expression) => self.hole(&expression, is_markup, place.clone())?,
            }
        }
        Ok(())
    }

    /// Renders the call of a macro. Returns whether it is one.
    fn macro_call(&mut self, expression: &'a Expr, scope: &Scope<'a>) -> Result<bool, Error> {
        let ExprKind::Call {
            path, arguments, ..
        } = &expression.kind
        else {
            return Ok(false);
        };
        let (module, name) = match path.as_slice() {
            [name] if name == "super" => {
                self.outer_block(scope)?;
                return Ok(true);
            }
            [name] => {
                if let Some(body) = self.locals.body(name) {
                    self.caller(&body, arguments, scope)?;
                    return Ok(true);
                }
                (None, name)
            }
            [module, name] => (Some(module.as_str()), name),
            _ => return Ok(false),
        };
        if let Some(found) = self.find(module, name, scope) {
            self.expand(found, arguments, None, expression.at, scope)?;
            return Ok(true);
        }
        #[cfg(feature = "templates")]
        if !self.files.is_strict {
            if module == Some("self") && self.named_block(name, scope)? {
                return Ok(true);
            }
            if scope.is_imported(module.unwrap_or(name)) {
                let name = Printable(name);
                let why = format!("the macro `{name}` is in no file that could be read");
                self.gap(&why, scope.file.place(expression.at))?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Renders `{% call name(…) %}…{% endcall %}`.
    pub(crate) fn call(
        &mut self,
        call: &'a Call,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let Some(found) = self.find(call.scope.as_deref(), &call.name, scope) else {
            // A macro that is not there is askama's to refuse.
            #[cfg(feature = "templates")]
            if !self.files.is_strict {
                let name = Printable(&call.name);
                let why = format!("the macro `{name}` is in no file that could be read");
                self.gap(&why, scope.file.place(at))?;
                return match &call.caller {
                    Some((_, nodes)) => self.perhaps(nodes, scope),
                    None => Ok(()),
                };
            }
            return Ok(());
        };
        let body = call.caller.as_ref();
        let body = body.map(|(parameters, nodes)| self.locals.body_of(nodes, parameters, scope));
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
            Some("self") => scope.find(name),
            #[cfg(feature = "templates")]
            None => scope.find(name).or_else(|| self.files.component(name)),
            #[cfg(not(feature = "templates"))]
            None => scope.find(name),
            Some(module) => self.scope(scope.imported(module)?).find(name),
        }
    }

    /// Renders what a macro's user gives it as `caller()`, or what a `set` holds.
    pub(crate) fn caller(
        &mut self,
        body: &Body<'a>,
        arguments: &'a [Expr],
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let values = arguments
            .iter()
            .map(|value| self.locals.value(value, scope));
        let values: Vec<_> = body.parameters.iter().zip(values).collect();
        let is_strict = self.files.is_strict;
        let (scope, nodes) = (&body.scope, body.nodes);
        self.on_level(body.level, Seen::All, |walk| {
            if is_strict {
                // Within, it is the caller of the macro around that counts: none.
                walk.locals.set("caller", Value::Unknown);
            }
            for (name, value) in values {
                walk.locals.set(name, value);
            }
            walk.nodes(nodes, scope)
        })
    }

    /// Renders the macro's body with these arguments.
    fn expand(
        &mut self,
        (definition, file): (&'a Macro, &'a File),
        arguments: &'a [Expr],
        body: Option<Value<'a>>,
        at: usize,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let name = definition.name.as_str();
        let same = |(known, at): &(&str, &File)| *known == name && at.path == file.path;
        if let Some(back) = self.macros.iter().position(same) {
            let names = self.macros[back..].iter().map(|(name, _)| *name);
            let names = names.chain([name]).map(str::to_owned).collect();
            return self.again(names, scope.file.place(at));
        }
        let own = self.scope(file);
        // Each parameter is looked for among the arguments.
        let steps = definition
            .parameters
            .len()
            .saturating_mul(arguments.len() + 1);
        self.budget.spend(steps, || scope.file.place(at))?;
        let mut values = Vec::new();
        for (at, parameter) in definition.parameters.iter().enumerate() {
            let name = parameter.name.as_str();
            let given = argument(arguments, at, name);
            let value = match (given, &parameter.default) {
                (Some(value), _) => self.locals.value(value, scope),
                (None, Some(value)) => self.locals.value(value, &own),
                (None, None) => Value::Unknown,
            };
            values.push((name, value));
        }
        self.macros.push((name, file));
        #[cfg(feature = "templates")]
        let seen = if self.files.is_strict {
            Seen::All
        } else {
            Seen::Nothing
        };
        #[cfg(not(feature = "templates"))]
        let seen = Seen::All;
        let done = self.on_level(self.locals.level(), seen, |walk| {
            if let Some(body) = body {
                if !walk.files.is_strict {
                    // As tera 2 names it.
                    walk.locals.set("body", body.clone());
                }
                walk.locals.set("caller", body);
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
