//! What names and branches are worth: variables, constants, functions, several values as one.

use std::rc::Rc;

use syn::Expr;

use super::evaluate::{Context, Evaluator, MAX_CALLS};
use super::path::PathText;
use super::value::{Handler, Router, Shared, Value};
use crate::scan::program::index::Meaning;
use crate::scan::program::variants::text_of;
use coexist_source::registration::names;

impl<'a> Evaluator<'a, '_> {
    /// What these names are: a variable, or as [`path`](Self::path).
    pub(super) fn named_value(&self, names: &[String], context: &mut Context<'a>) -> Value<'a> {
        if let [name] = names
            && let Some(value) = context.variable(name)
        {
            return value;
        }
        for meant in self.index.resolve(names, &context.scope) {
            if let Meaning::Value(position) = meant {
                return self.constant(position);
            }
        }
        Value::Unknown
    }

    /// What a path is: a variable, a constant, a function.
    pub(super) fn path(&self, path: &syn::Path, context: &mut Context<'a>) -> Value<'a> {
        if let Some(name) = path.get_ident()
            && let Some(value) = context.variable(&name.to_string())
        {
            return value;
        }
        let names = self.without_self(names(path), context);
        if let (Some(ty), [own, name]) = (context.self_type, names.as_slice())
            && own == "Self"
        {
            let own = self.index.associated_with(ty, name).into_iter();
            let mut values = own.filter_map(|meant| match meant {
                Meaning::Value(position) => Some(position),
                _ => None,
            });
            return values
                .next()
                .map_or(Value::Unknown, |position| self.constant(position));
        }
        for meant in self.index.resolve(&names, &context.scope) {
            match meant {
                Meaning::Function(position) => return Value::Function(position),
                Meaning::Value(position) => return self.constant(position),
                Meaning::Type(position) => {
                    // What implements a handler's trait: salvo's.
                    let ty = &self.index.types[position];
                    let handle = [ty.name.clone(), "handle".to_owned()];
                    if let Some(function) = self.index.function_at(&handle, &ty.scope) {
                        return Value::Function(function);
                    }
                }
                Meaning::Module(_) | Meaning::Other(_) => {}
            }
        }
        if let Some(text) = text_of(self.index, self.variants, &names, &context.scope) {
            return Value::text(&text);
        }
        self.path_of_handler(&names, context).unwrap_or_default()
    }

    /// The text of `import_csv::PATH`, of a handler that is annotated.
    fn path_of_handler(&self, path: &[String], context: &Context<'a>) -> Option<Value<'a>> {
        let (last, handler) = path.split_last()?;
        if last != "PATH" {
            return None;
        }
        if let Some(position) = self.index.function_at(handler, &context.scope) {
            let attrs = self.index.functions[position].attrs;
            let mut endpoints = attrs
                .iter()
                .flat_map(coexist_source::annotation::find::endpoints);
            return endpoints.next().map(|(_, path)| Value::text(&path));
        }
        let Some(position) = self.index.type_at(handler, &context.scope) else {
            return self.path_of_files(handler.last()?);
        };
        let attrs = self.index.types[position].kind.attrs();
        super::typed_path(attrs).map(|path| Value::text(&path))
    }

    /// The path of files that are declared: `files!(pub Assets = "/static", …)`.
    fn path_of_files(&self, name: &str) -> Option<Value<'a>> {
        let mut declared = self.index.macros.iter().filter_map(|item| {
            coexist_source::annotation::find::files_name(item.called)?;
            coexist_source::files::name_and_path(item.called.tokens.clone())
        });
        let (_, path) = declared.find(|(own, _)| own == name)?;
        Some(Value::text(&path))
    }

    /// The value of a const or a static.
    pub(super) fn constant(&self, position: usize) -> Value<'a> {
        let item = &self.index.values[position];
        if self.calls.borrow().len() >= MAX_CALLS {
            return Value::Unknown;
        }
        self.calls.borrow_mut().push(usize::MAX);
        let value = self.eval(
            item.value,
            &mut Context {
                function: None,
                scope: item.scope.clone(),
                file: item.file,
                variables: Vec::new(),
                self_type: None,
                returned: Vec::new(),
            },
        );
        self.calls.borrow_mut().pop();
        value
    }

    /// The path with the name of the type in place of `Self`.
    pub(super) fn without_self(&self, mut path: Vec<String>, context: &Context<'a>) -> Vec<String> {
        if path.first().is_some_and(|first| first == "Self")
            && context.self_type.is_none()
            && let Some(function) = context.function
            && let Some(owner) = &self.index.functions[function].owner
            && let Some(ty) = owner.ty
            && let Some(names) = crate::scan::program::index::names_of(ty)
        {
            path.splice(..1, names);
        }
        path
    }

    /// One value in place of several, of which a condition chooses.
    pub(super) fn join(&self, values: Vec<Value<'a>>) -> Value<'a> {
        let mut values: Vec<Value<'a>> = values
            .into_iter()
            .filter(|value| !value.is_unknown())
            .collect();
        let Some(first) = values.pop() else {
            return Value::Unknown;
        };
        let Value::Router(router) = &first else {
            return match (&first, values.as_slice()) {
                (Value::Text(text), others) => {
                    let is_same = |other: &Value<'a>| other.as_text().as_ref() == Some(text);
                    if others.iter().all(is_same) {
                        first
                    } else {
                        Value::Text(PathText::unknown("…"))
                    }
                }
                (Value::Methods(methods), others) => {
                    let mut all = methods.clone();
                    for other in others {
                        if let Value::Methods(methods) = other {
                            all.extend(methods.iter().cloned());
                        }
                    }
                    Value::Methods(all)
                }
                (Value::List(list), others) => {
                    for other in others {
                        if let Value::List(other) = other
                            && !Rc::ptr_eq(list, other)
                        {
                            let more: Vec<Value<'a>> = other.borrow().clone();
                            list.borrow_mut().extend(more);
                        }
                    }
                    first
                }
                _ => first,
            };
        };
        let others: Vec<Shared<'a>> = values.iter().flat_map(Value::routers).collect();
        if others.iter().all(|other| Rc::ptr_eq(other, router)) {
            return first;
        }
        let joined = Router::new(router.framework);
        joined.take(router, &PathText::default());
        for other in others {
            if !Rc::ptr_eq(&other, router) {
                joined.take(&other, &PathText::default());
            }
        }
        self.make(joined)
    }

    /// What serves a route, of a value in the place of a handler.
    pub(super) fn handler(value: &Value<'a>, expr: &'a Expr, context: &Context<'a>) -> Handler<'a> {
        match value {
            Value::Function(position) => Handler::Function(*position),
            Value::Handler(handler) => handler.clone(),
            Value::Closure(closure) => Handler::Closure {
                expr: closure.expr,
                function: closure.function,
                scope: closure.scope.clone(),
                file: closure.file,
            },
            Value::Methods(methods) => {
                let mut handlers = methods.iter().filter_map(|served| served.handler.clone());
                handlers
                    .next()
                    .unwrap_or(Handler::Other("nothing".to_owned()))
            }
            _ => Handler::Other(format!("`{}`", super::written(expr, &context.scope))),
        }
    }
}
