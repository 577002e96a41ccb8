//! Calls of methods: those of routers add routes, those of texts and lists join them.

use std::rc::Rc;

use coexist_source::method;
use coexist_source::registration::names;
use syn::{Expr, ExprMethodCall};

use super::calls::{bare, method_and_handler};
use super::evaluate::{Context, Evaluator};
use super::path::PathText;
use super::value::{Framework, Handler, Route, Router, Served, Shared, Value};
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

    /// A method of a router.
    fn of_router(
        &self,
        router: &Shared<'a>,
        name: &str,
        arguments: &[&'a Expr],
        call: &'a ExprMethodCall,
        context: &mut Context<'a>,
    ) -> Value<'a> {
        let place = (context.file, call.method.span().start().line);
        let same = Value::Router(Rc::clone(router));
        match (name, arguments) {
            ("clone", []) => return self.make(router.copy()),
            ("split_for_parts" | "into_parts", []) => {
                return Value::Tuple(vec![same, Value::Unknown]);
            }
            (
                "route"
                | "route_with_tsr"
                | "route_service"
                | "route_service_with_tsr"
                | "at"
                | "api_route"
                | "api_route_with"
                | "add"
                | "directory_route",
                [path, served, ..],
            ) => {
                let path = self.eval_path(path, context);
                self.serve(router, &path, served, place, context);
            }
            // Of a resource, or loco's list of routes.
            ("route" | "add_route", [served]) => {
                self.serve(router, &PathText::default(), served, place, context);
            }
            ("nest" | "nest_api_service" | "nest_no_strip" | "nest_route", [path, child]) => {
                let path = self.eval_path(path, context);
                let child = self.eval(child, context);
                self.nest(router, &path, &child, place);
            }
            ("nest_service", [path, child]) => {
                let path = self.eval_path(path, context);
                let value = self.eval(child, context);
                self.nest(router, &path, &value, place);
            }
            ("merge" | "push" | "add_routes" | "append" | "merge_api", [child, ..]) => {
                let child = self.eval(child, context);
                self.nest(router, &PathText::default(), &child, place);
            }
            ("service", [served]) => {
                self.serve(router, &PathText::default(), served, place, context);
            }
            ("mount", [path, served]) => {
                let path = self.eval_path(path, context);
                let value = self.eval(served, context);
                self.mount(router, &path, &value, place);
            }
            ("routes", [served]) => {
                let value = self.eval(served, context);
                self.mount(router, &PathText::default(), &value, place);
            }
            ("configure", [function, ..]) => {
                let function = self.eval(function, context);
                let inner = Router::new(Framework::Actix);
                self.apply(&function, &[Value::Router(Rc::clone(&inner))]);
                router.take(&inner, &PathText::default());
            }
            ("then", [closure]) => {
                let closure = self.eval(closure, context);
                let returned = self.apply(&closure, std::slice::from_ref(&same));
                if !returned.is_unknown() {
                    return returned;
                }
            }
            ("path" | "prefix" | "with_path", [path]) => {
                let path = self.eval_path(path, context);
                let mut bases = router.bases.borrow_mut();
                for base in &mut *bases {
                    *base = base.join(&path, router.framework);
                }
            }
            ("register_with_views" | "nest_prefix", [app, path, ..]) => {
                self.register(router, app, path, context);
            }
            ("fallback" | "fallback_service" | "default_service" | "not_found", [served]) => {
                self.fallback(router, served, place, context);
            }
            ("guard", [_]) => router.is_guarded.set(true),
            ("goal" | "handle" | "to", [served]) => {
                let value = self.eval(served, context);
                let handler = self.handler(&value, served, context);
                self.add_one(router, None, handler, place);
            }
            (name, [handler, ..]) if name.starts_with("typed_") => {
                self.typed(router, &name["typed_".len()..], handler, place, context);
            }
            (name, arguments) => {
                let is_of_one_path =
                    matches!(router.framework, Framework::Salvo | Framework::Actix);
                if is_of_one_path
                    && let Some((method, Some(handler))) = method_and_handler(name, arguments)
                {
                    let value = self.eval(handler, context);
                    let handler = self.handler(&value, handler, context);
                    self.add_one(router, method, handler, place);
                } else {
                    let values = self.arguments(&call.args, context);
                    for child in values.iter().flat_map(Value::routers) {
                        if !Rc::ptr_eq(&child, router) {
                            router.take(&child, &PathText::default());
                        }
                    }
                }
            }
        }
        same
    }

    fn eval_path(&self, expr: &'a Expr, context: &mut Context<'a>) -> PathText {
        let value = self.eval(expr, context);
        self.path_text(&value, expr)
    }

    /// Adds one route at the router's own path.
    fn add_one(
        &self,
        router: &Shared<'a>,
        method: Option<String>,
        handler: Handler<'a>,
        place: (usize, usize),
    ) {
        let served = Served {
            method,
            handler: Some(handler),
            is_guarded: false,
        };
        self.add(router, &PathText::default(), vec![served], place);
    }

    /// Adds the routes of a path.
    pub(super) fn add(
        &self,
        router: &Shared<'a>,
        path: &PathText,
        served: Vec<Served<'a>>,
        place: (usize, usize),
    ) {
        let framework = router.framework;
        let routes = served.into_iter().map(|served| Route {
            path: path.clone(),
            method: served.method,
            handler: served
                .handler
                .unwrap_or_else(|| Handler::Other("nothing that is named here".to_owned())),
            framework,
            is_guarded: served.is_guarded,
            is_method_first: false,
            place,
        });
        router.routes.borrow_mut().extend(routes);
    }

    /// Adds what an expression serves at a path.
    fn serve(
        &self,
        router: &Shared<'a>,
        path: &PathText,
        served: &'a Expr,
        place: (usize, usize),
        context: &mut Context<'a>,
    ) {
        let value = self.eval(served, context);
        match &value {
            Value::Methods(methods) => self.add(router, path, methods.clone(), place),
            Value::Router(child) => router.take(child, path),
            Value::Tuple(_) | Value::List(_) => self.mount(router, path, &value, place),
            Value::Handler(Handler::Files) => {
                add_files(router, path, router.framework, place);
            }
            Value::Function(position)
                if router.framework != Framework::Axum
                    && self.attribute_routes_below(router, path, *position) => {}
            value => {
                // A macro of actix-web's makes the route that its function states.
                let handler = self.handler(value, served, context);
                if *path == PathText::default() && router.framework == Framework::Actix {
                    let what = super::written(served, "");
                    let why = format!("`{what}` states no route that is known");
                    self.lost.borrow_mut().push((place, why));
                    return;
                }
                let served = Served {
                    method: None,
                    handler: Some(handler),
                    is_guarded: false,
                };
                self.add(router, path, vec![served], place);
            }
        }
    }

    /// Adds the routes that the attributes of a function state, below a path.
    fn attribute_routes_below(
        &self,
        router: &Shared<'a>,
        path: &PathText,
        position: usize,
    ) -> bool {
        let inner = Router::new(router.framework);
        let has_some = self.attribute_routes(&inner, position);
        if has_some {
            router.take(&inner, path);
        }
        has_some
    }

    /// Adds what is nested below a path.
    fn nest(&self, router: &Shared<'a>, path: &PathText, child: &Value<'a>, place: (usize, usize)) {
        match child {
            Value::Handler(Handler::Files) => add_files(router, path, router.framework, place),
            Value::Handler(handler) => {
                let rest = path.join(&PathText::from_text("/*rest"), router.framework);
                self.add(router, &rest, every(handler.clone()), place);
            }
            Value::Methods(methods) => {
                let rest = path.join(&PathText::from_text("/*rest"), router.framework);
                self.add(router, &rest, methods.clone(), place);
            }
            Value::Unknown => {
                let other = Handler::Other("a service that is not read".to_owned());
                let rest = path.join(&PathText::from_text("/*rest"), router.framework);
                if *path != PathText::default() {
                    self.add(router, &rest, every(other), place);
                }
            }
            child => {
                for child in child.routers() {
                    router.take(&child, path);
                }
            }
        }
    }

    /// Adds the routes of functions that state them themselves, below a path.
    fn mount(
        &self,
        router: &Shared<'a>,
        path: &PathText,
        value: &Value<'a>,
        place: (usize, usize),
    ) {
        match value {
            Value::List(values) => {
                let values: Vec<Value<'a>> = values.borrow().clone();
                for value in &values {
                    self.mount(router, path, value, place);
                }
            }
            Value::Tuple(values) => {
                for value in values {
                    self.mount(router, path, value, place);
                }
            }
            Value::Function(position) => {
                let _has_some = self.attribute_routes_below(router, path, *position);
            }
            Value::Router(child) => router.take(child, path),
            Value::Handler(Handler::Files) => add_files(router, path, router.framework, place),
            Value::Handler(handler @ Handler::Other(_)) => {
                self.add(
                    router,
                    &PathText::unknown("…"),
                    every(handler.clone()),
                    place,
                );
            }
            _ => {}
        }
    }

    /// Adds what serves all that nothing else serves, unless that is an error page.
    fn fallback(
        &self,
        router: &Shared<'a>,
        served: &'a Expr,
        place: (usize, usize),
        context: &mut Context<'a>,
    ) {
        let value = self.eval(served, context);
        let path = all_below(router.framework);
        match &value {
            Value::Handler(Handler::Files) => {
                add_files(router, &PathText::default(), router.framework, place);
            }
            Value::Function(position) => {
                let function = &self.index.functions[*position];
                let is_error = super::answers_not_found(function);
                if !is_error {
                    let rest = every(Handler::Function(*position));
                    self.add(router, &path, rest, place);
                }
            }
            // actix-web: `web::to(f)`.
            Value::Methods(methods) => {
                let is_error = |served: &Served<'a>| match served.handler {
                    Some(Handler::Function(position)) => {
                        super::answers_not_found(&self.index.functions[position])
                    }
                    _ => true,
                };
                let served = methods.iter().filter(|served| !is_error(served)).cloned();
                self.add(router, &path, served.collect(), place);
            }
            _ => {}
        }
    }

    /// `typed_get(f)`: the path is that of the type of its first argument.
    fn typed(
        &self,
        router: &Shared<'a>,
        name: &str,
        handler: &'a Expr,
        place: (usize, usize),
        context: &mut Context<'a>,
    ) {
        let value = self.eval(handler, context);
        let method = method::from_word(name).map(str::to_owned);
        let path = match &value {
            Value::Function(position) => self.typed_path(*position),
            _ => None,
        };
        let path = path.unwrap_or_else(|| PathText::unknown(&super::written(handler, "")));
        let served = Served {
            method,
            handler: Some(self.handler(&value, handler, context)),
            is_guarded: false,
        };
        self.add(router, &path, vec![served], place);
    }

    fn typed_path(&self, position: usize) -> Option<PathText> {
        let function = &self.index.functions[position];
        function.sig.inputs.iter().find_map(|input| {
            let syn::FnArg::Typed(input) = input else {
                return None;
            };
            let names = crate::scan::program::index::names_of(&input.ty)?;
            let ty = self.index.type_at(&names, &function.scope)?;
            let path = super::typed_path(self.index.types[ty].kind.attrs())?;
            Some(PathText::from_text(&path))
        })
    }

    /// `register_with_views(App, "/prefix")` of cot: the router of an app below a path.
    fn register(
        &self,
        router: &Shared<'a>,
        app: &'a Expr,
        path: &'a Expr,
        context: &mut Context<'a>,
    ) {
        let path = self.eval_path(path, context);
        let mut names = match bare(app) {
            Expr::Path(path) => names(&path.path),
            Expr::Call(call) => match bare(&call.func) {
                Expr::Path(path) => {
                    let mut names = names(&path.path);
                    names.pop();
                    names
                }
                _ => return,
            },
            _ => return,
        };
        names.push("router".to_owned());
        if let Some(position) = self.index.function_at(&names, &context.scope)
            && let Value::Router(child) = self.call(position, &[])
        {
            router.take(&child, &path);
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
                let handler = self.handler(&value, handler, context);
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
                    methods.push(Served {
                        method,
                        handler: Some(self.handler(&value, handler, context)),
                        is_guarded: false,
                    });
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
                match texts {
                    Some(texts) => {
                        let whole = texts.iter().fold(PathText::default(), |a, b| a.with(b));
                        Value::Text(whole)
                    }
                    None => {
                        let lists = all.iter().flat_map(|value| match value {
                            Value::List(values) => values.borrow().clone(),
                            _ => Vec::new(),
                        });
                        Value::list(lists.collect())
                    }
                }
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

/// The same for every method.
fn every(handler: Handler<'_>) -> Vec<Served<'_>> {
    vec![Served {
        method: None,
        handler: Some(handler),
        is_guarded: false,
    }]
}

/// Adds what serves the files below a path.
pub(super) fn add_files<'a>(
    router: &Router<'a>,
    path: &PathText,
    framework: Framework,
    place: (usize, usize),
) {
    let route = Route {
        path: path.join(&all_below(framework), framework),
        method: Some("GET".to_owned()),
        handler: Handler::Files,
        framework,
        is_guarded: false,
        is_method_first: false,
        place,
    };
    router.routes.borrow_mut().push(route);
}

/// All paths, as the framework writes them.
fn all_below(framework: Framework) -> PathText {
    PathText::from_text(match framework {
        Framework::Actix => "/{rest:.*}",
        Framework::Rocket => "/<rest..>",
        Framework::Salvo => "{*rest}",
        _ => "/*rest",
    })
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
