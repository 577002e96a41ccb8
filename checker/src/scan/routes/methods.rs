//! Calls of methods: those of routers add routes, those of texts and lists join them.

use std::rc::Rc;

use coexist_source::method;
use coexist_source::registration::names;
use syn::{Expr, ExprMethodCall};

use super::calls::{bare, method_and_handler};
use super::evaluate::{Context, Evaluator};
use super::path::PathText;
use super::value::{Framework, Router, Served, Value};
use crate::scan::program::index::Meaning;
use crate::workspace::modules::plain;

impl<'a> Evaluator<'a, '_> {
    /// What a call of a method returns.
    pub(super) fn method_call(
        &self,
        call: &'a ExprMethodCall,
        context: &mut Context<'a>,
    ) -> Value<'a> {
        let receiver = self.eval(&call.receiver, context);
        let name = plain(&call.method);
        let arguments: Vec<&'a Expr> = call.args.iter().collect();
        match receiver {
            Value::Router(router) => self.of_router(&router, &name, &arguments, call, context),
            Value::Methods(methods) => self.of_methods(methods, &name, &arguments, context),
            Value::Text(text) => self.of_text(&text, &name, call, context),
            Value::List(_) | Value::Tuple(_) => self.of_list(receiver, &name, call, context),
            Value::Function(_) | Value::Handler(_) | Value::Closure(_) => {
                self.arguments(&call.args, context);
                receiver
            }
            Value::Unknown => self.of_unknown(&name, &arguments, call, context),
        }
    }

    /// A method of what serves some methods of a path.
    fn of_methods(
        &self,
        mut methods: Vec<Served<'a>>,
        name: &str,
        arguments: &[&'a Expr],
        context: &mut Context<'a>,
    ) -> Value<'a> {
        match (name, arguments) {
            ("to", [handler]) => {
                let value = self.eval(handler, context);
                let handler = Self::handler(&value, handler, context);
                for served in &mut methods {
                    served.handler = Some(handler.clone());
                }
            }
            ("guard", [guard]) => {
                let stated = method_of_guard(guard);
                for served in &mut methods {
                    match &stated {
                        Some(method) if served.method.is_none() => {
                            served.method = Some(method.clone());
                        }
                        _ => served.is_guarded = true,
                    }
                }
            }
            ("method", [method]) => {
                if let Expr::Path(path) = bare(method) {
                    let method = names(&path.path).pop();
                    for served in &mut methods {
                        served.method.clone_from(&method);
                    }
                }
            }
            ("merge", [other]) => {
                if let Value::Methods(others) = self.eval(other, context) {
                    methods.extend(others);
                }
            }
            _ => {
                if let Some((method, Some(handler))) = method_and_handler(name, arguments) {
                    let value = self.eval(handler, context);
                    let handler = Self::handler(&value, handler, context);
                    methods.push(Served::new(method, Some(handler)));
                }
            }
        }
        Value::Methods(methods)
    }

    /// A method of a text.
    fn of_text(
        &self,
        text: &PathText,
        name: &str,
        call: &'a ExprMethodCall,
        context: &mut Context<'a>,
    ) -> Value<'a> {
        let arguments = self.arguments(&call.args, context);
        match name {
            "to_string" | "to_owned" | "into" | "as_str" | "as_ref" | "clone" | "to_str"
            | "borrow" | "deref" | "as_bytes" | "unwrap" | "expect" => Value::Text(text.clone()),
            _ => {
                let own = self.own_method(name, context);
                match own {
                    Some(position) if self.relevant.contains(&position) => {
                        let all = [&[Value::Text(text.clone())], &arguments[..]].concat();
                        self.call(position, &all)
                    }
                    _ => Value::Text(PathText::unknown(&super::written_call(call))),
                }
            }
        }
    }

    /// A method of a list.
    fn of_list(
        &self,
        list: Value<'a>,
        name: &str,
        call: &'a ExprMethodCall,
        context: &mut Context<'a>,
    ) -> Value<'a> {
        let arguments = self.arguments(&call.args, context);
        let Value::List(values) = &list else {
            return list;
        };
        match (name, arguments.first()) {
            ("append" | "extend" | "chain" | "extend_from_slice", Some(Value::List(more))) => {
                if !Rc::ptr_eq(values, more) {
                    let more: Vec<Value<'a>> = more.borrow().clone();
                    values.borrow_mut().extend(more);
                }
                list
            }
            ("push", Some(value)) => {
                values.borrow_mut().push(value.clone());
                list
            }
            ("concat", None) => {
                let all = values.borrow();
                let has_text = all.iter().any(|value| matches!(value, Value::Text(_)));
                let texts = all.iter().map(|value| {
                    let unknown = has_text.then(|| PathText::unknown("…"));
                    value.as_text().or(unknown)
                });
                let texts: Option<Vec<PathText>> = texts.collect();
                if let Some(texts) = texts {
                    let whole = texts.iter().fold(PathText::default(), |a, b| a.with(b));
                    return Value::Text(whole);
                }
                let lists = all.iter().flat_map(|value| match value {
                    Value::List(values) => values.borrow().clone(),
                    _ => Vec::new(),
                });
                Value::list(lists.collect())
            }
            ("join", Some(Value::Text(between))) => {
                let texts: Option<Vec<PathText>> =
                    values.borrow().iter().map(Value::as_text).collect();
                let Some(texts) = texts else {
                    return Value::Unknown;
                };
                let mut whole = PathText::default();
                for (position, text) in texts.iter().enumerate() {
                    if position > 0 {
                        whole = whole.with(between);
                    }
                    whole = whole.with(text);
                }
                Value::Text(whole)
            }
            _ => list,
        }
    }

    /// A method of something that is not known: of a router that is handed in, or of the app's own
    /// types.
    fn of_unknown(
        &self,
        name: &str,
        arguments: &[&'a Expr],
        call: &'a ExprMethodCall,
        context: &mut Context<'a>,
    ) -> Value<'a> {
        if let Some(position) = self.own_method_of(call, name, context) {
            let values = self.arguments(&call.args, context);
            return self.own_call(position, &values, &call.args, context);
        }
        let framework = self.framework_of(context);
        if let ("register_with_views", [app, path, ..]) = (name, arguments) {
            let router = Router::new(Framework::Cot);
            self.register(&router, app, path, context);
            return self.make(router);
        }
        if let (Some(framework), [path, served, ..]) = (framework, arguments)
            && matches!(
                name,
                "route" | "at" | "nest" | "mount" | "api_route" | "route_with_tsr"
            )
        {
            let is_path = |value: &Value<'a>| match value {
                Value::Text(text) => text.known().is_none_or(|text| text.starts_with('/')),
                _ => false,
            };
            let path = self.eval(path, context);
            let value = self.eval(served, context);
            if is_path(&path)
                && matches!(value, Value::Methods(_) | Value::Router(_) | Value::List(_))
            {
                let router = Router::new(framework);
                self.made.borrow_mut().push(Rc::clone(&router));
                return self.of_router(&router, name, arguments, call, context);
            }
        }
        let values = self.arguments(&call.args, context);
        // Closures that are handed on may make routers: `HttpServer::new(|| App::new())`.
        for value in &values {
            if let Value::Closure(closure) = value {
                let made = self.call_closure(closure, &[]);
                if matches!(made, Value::Router(_)) {
                    return made;
                }
            }
        }
        let routers = values.into_iter();
        let mut routers = routers.filter(|value| matches!(value, Value::Router(_)));
        routers.next().unwrap_or_default()
    }

    /// The method of this name that the receiver of a call has.
    fn own_method_of(
        &self,
        call: &'a ExprMethodCall,
        name: &str,
        context: &Context<'a>,
    ) -> Option<usize> {
        if let Expr::Path(path) = bare(&call.receiver)
            && path.path.is_ident("self")
            && let Some(function) = context.function
            && let Some(owner) = &self.index.functions[function].owner
            && let Some(ty) = owner.ty
        {
            let scope = &self.index.functions[function].scope;
            let own = self.index.associated(ty, scope, name).into_iter();
            let mut own = own.filter_map(|meant| match meant {
                Meaning::Function(position) => Some(position),
                _ => None,
            });
            return own.next();
        }
        self.own_method(name, context)
    }

    /// The only method of this name that makes routes, if there is one.
    fn own_method(&self, name: &str, _context: &Context<'a>) -> Option<usize> {
        let mut named = self.relevant.iter().copied().filter(|position| {
            let function = &self.index.functions[*position];
            function.name == name && function.owner.is_some() && function.sig.receiver().is_some()
        });
        let only = named.next()?;
        named.next().is_none().then_some(only)
    }
}

/// The method of `guard::Post()`.
fn method_of_guard(guard: &Expr) -> Option<String> {
    let Expr::Call(call) = bare(guard) else {
        return None;
    };
    let Expr::Path(path) = bare(&call.func) else {
        return None;
    };
    let name = names(&path.path).pop()?;
    method::from_word(&name.to_ascii_lowercase()).map(str::to_owned)
}
