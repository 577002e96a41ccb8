//! What an expression or a `{% call %}` puts into the page: text, a hole, or the
//! nodes of a macro, of its caller, of the outer block.

use std::rc::Rc;

use askama_parser::node::{Call, Macro};
use askama_parser::{Expr, Span};

use super::budget::RENDERED as LONGEST;
use super::error::Error;
use super::expression::{Spanned, bare, filtered, offset};
use super::files::File;
use super::heritage::Scope;
use super::value::{Body, Value, size};
use super::walk::Walk;
use crate::rust_literal::escaped;
use crate::value::Part;

impl<'a> Walk<'a> {
    /// Renders `{{ expression }}`.
    pub(super) fn expression(
        &mut self,
        expression: &'a Spanned<'a>,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let expression = bare(expression);
        let filter = match &***expression {
            Expr::Filter(filter) => filtered(filter),
            _ => None,
        };
        let safe = match filter {
            Some(("safe", source)) => Some(bare(source)),
            _ => None,
        };
        if let Expr::Call(call) = &***expression {
            let span = expression.span();
            match &**call.path {
                Expr::Var("super") => return self.outer_block(scope),
                Expr::Var(name) => {
                    if let Some(body) = self.locals.body(name) {
                        return self.caller(&body, &call.args, scope);
                    }
                    if let Some((definition, file)) = scope.find(name) {
                        return self.expand(definition, file, &call.args, None, span, scope);
                    }
                }
                Expr::Path(path) => {
                    if let [module, name] = &**path
                        && let Some(imported) = scope.imported(*module.name)
                        && let Some((definition, file)) = self.scope(imported).find(*name.name)
                    {
                        return self.expand(definition, file, &call.args, None, span, scope);
                    }
                }
                _ => {}
            }
        } else if let Some(Expr::Var(name)) = safe.map(|source| &***source)
            && let Some(body) = self.locals.body(name)
        {
            return self.caller(&body, &[], scope);
        }
        let safe = safe.is_some() || !scope.file.html;
        let place = scope.file.place_of(offset(expression, scope.file));
        let parts = self.locals.parts(expression, scope, LONGEST);
        if size(&parts) > LONGEST {
            return Err(Error::TooLarge { at: place });
        }
        for part in parts {
            match part {
                Part::Text(text) if safe => self.text(&text, place.clone())?,
                Part::Text(text) => self.text(&escaped(&text), place.clone())?,
                Part::Hole(expression) => self.hole(&expression, safe, place.clone())?,
            }
        }
        Ok(())
    }

    /// Renders `{% call name(…) %}…{% endcall %}`.
    pub(super) fn call(&mut self, call: &'a Call<'a>, scope: &Scope<'a>) -> Result<(), Error> {
        let found = match &call.scope {
            Some(module) => scope
                .imported(module)
                .and_then(|imported| self.scope(imported).find(*call.name)),
            None => scope.find(*call.name),
        };
        // A macro that is not there is askama's to refuse.
        let Some((definition, file)) = found else {
            return Ok(());
        };
        let arguments = call.args.as_deref().unwrap_or_default();
        let body = Rc::new(Body {
            nodes: &call.nodes,
            parameters: &call.caller_args,
            scope: scope.clone(),
        });
        let span = call.name.span();
        self.expand(definition, file, arguments, Some(body), span, scope)
    }

    /// Renders what a macro's user gives it as `caller()`, or what a `set` holds.
    fn caller(
        &mut self,
        body: &Body<'a>,
        arguments: &'a [Spanned<'a>],
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
        definition: &'a Macro<'a>,
        file: &'a File,
        arguments: &'a [Spanned<'a>],
        body: Option<Rc<Body<'a>>>,
        span: Span,
        scope: &Scope<'a>,
    ) -> Result<(), Error> {
        let name: &'a str = *definition.name;
        let same = |(known, at): &(&str, &File)| *known == name && at.path == file.path;
        if let Some(back) = self.macros.iter().position(same) {
            let names = self.macros[back..].iter().map(|(name, _)| *name);
            return Err(Error::Loop {
                names: names.chain([name]).map(str::to_owned).collect(),
                at: scope.file.place(span),
            });
        }
        let own = self.scope(file);
        let mut values = Vec::new();
        for (at, parameter) in definition.args.iter().enumerate() {
            let given = argument(arguments, at, *parameter.name);
            let value = match (given, &parameter.default) {
                (Some(value), _) => self.locals.value(value, scope),
                (None, Some(value)) => self.locals.value(value, &own),
                (None, None) => Value::Unknown,
            };
            values.push((*parameter.name, value));
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
fn argument<'e, 'a>(
    arguments: &'e [Spanned<'a>],
    at: usize,
    name: &str,
) -> Option<&'e Spanned<'a>> {
    let named = arguments.iter().find_map(|argument| match &***argument {
        Expr::NamedArgument(known, value) if **known == name => Some(value),
        _ => None,
    });
    let by_place = arguments
        .get(at)
        .filter(|argument| !matches!(&****argument, Expr::NamedArgument(..)));
    named.or(by_place)
}
