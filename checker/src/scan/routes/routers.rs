//! Methods of routers, and of parts of them: they add routes.

use std::rc::Rc;

use coexist_source::method;
use coexist_source::registration::names;
use syn::{Expr, ExprMethodCall};

use super::calls::{bare, method_and_handler};
use super::evaluate::{Context, Evaluator};
use super::path::PathText;
use super::value::{Framework, Handler, Route, Router, Served, Shared, Value};

impl<'a> Evaluator<'a, '_> {
    /// A method of a router.
    pub(super) fn of_router(
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
            // Of a resource, of actix-web's `App`, or loco's list of routes.
            ("route" | "add_route" | "service", [served]) => {
                self.serve(router, &PathText::default(), served, place, context);
            }
            (
                "nest" | "nest_api_service" | "nest_no_strip" | "nest_route" | "nest_service",
                [path, child],
            ) => {
                let path = self.eval_path(path, context);
                let child = self.eval(child, context);
                Self::nest(router, &path, &child, place);
            }
            ("merge" | "push" | "add_routes" | "append" | "merge_api", [child, ..]) => {
                let child = self.eval(child, context);
                Self::nest(router, &PathText::default(), &child, place);
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
            ("name", [name]) => {
                let name = self.eval(name, context).as_text();
                let name = name.as_ref().and_then(PathText::known);
                for route in &mut *router.routes.borrow_mut() {
                    route.name = route.name.take().or_else(|| name.map(str::to_owned));
                }
            }
            ("guard", [_]) => router.is_guarded.set(true),
            ("goal" | "handle" | "to", [served]) => {
                let value = self.eval(served, context);
                let handler = Self::handler(&value, served, context);
                Self::add_one(router, None, handler, place);
            }
            (name, [handler, ..]) if name.starts_with("typed_") => {
                self.typed(router, &name["typed_".len()..], handler, place, context);
            }
            _ => self.other_of_router(router, name, arguments, call, context),
        }
        same
    }

    /// A method of a router that no framework has, or a verb of a resource.
    fn other_of_router(
        &self,
        router: &Shared<'a>,
        name: &str,
        arguments: &[&'a Expr],
        call: &'a ExprMethodCall,
        context: &mut Context<'a>,
    ) {
        let is_of_one_path = matches!(router.framework, Framework::Salvo | Framework::Actix);
        if is_of_one_path && let Some((method, Some(handler))) = method_and_handler(name, arguments)
        {
            let place = (context.file, call.method.span().start().line);
            let value = self.eval(handler, context);
            let handler = Self::handler(&value, handler, context);
            Self::add_one(router, method, handler, place);
            return;
        }
        let values = self.arguments(&call.args, context);
        for child in values.iter().flat_map(Value::routers) {
            if !Rc::ptr_eq(&child, router) {
                router.take(&child, &PathText::default());
            }
        }
    }

    fn eval_path(&self, expr: &'a Expr, context: &mut Context<'a>) -> PathText {
        let value = self.eval(expr, context);
        Self::path_text(&value, expr)
    }

    /// Adds one route at the router's own path.
    fn add_one(
        router: &Shared<'a>,
        method: Option<String>,
        handler: Handler<'a>,
        place: (usize, usize),
    ) {
        let served = Served::new(method, Some(handler));
        Self::add(router, &PathText::default(), vec![served], place);
    }

    /// Adds the routes of a path.
    pub(super) fn add(
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
            name: None,
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
            Value::Methods(methods) => Self::add(router, path, methods.clone(), place),
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
                let handler = Self::handler(value, served, context);
                if *path == PathText::default() && router.framework == Framework::Actix {
                    let what = super::written(served, "");
                    let why = format!("`{what}` states no route that is known");
                    self.lost.borrow_mut().push((place, why));
                    return;
                }
                Self::add(router, path, every(handler), place);
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
    fn nest(router: &Shared<'a>, path: &PathText, child: &Value<'a>, place: (usize, usize)) {
        match child {
            Value::Handler(Handler::Files) => add_files(router, path, router.framework, place),
            Value::Handler(handler) => {
                let rest = path.join(&PathText::from_text("/*rest"), router.framework);
                Self::add(router, &rest, every(handler.clone()), place);
            }
            Value::Methods(methods) => {
                let rest = path.join(&PathText::from_text("/*rest"), router.framework);
                Self::add(router, &rest, methods.clone(), place);
            }
            Value::Unknown => {
                let other = Handler::Other("a service that is not read".to_owned());
                let rest = path.join(&PathText::from_text("/*rest"), router.framework);
                if *path != PathText::default() {
                    Self::add(router, &rest, every(other), place);
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
                Self::add(
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
                    Self::add(router, &path, rest, place);
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
                Self::add(router, &path, served.collect(), place);
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
        let served = Served::new(method, Some(Self::handler(&value, handler, context)));
        Self::add(router, &path, vec![served], place);
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
    pub(super) fn register(
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
}

/// The same for every method.
fn every(handler: Handler<'_>) -> Vec<Served<'_>> {
    vec![Served::new(None, Some(handler))]
}

/// Adds what serves the files below a path.
pub(super) fn add_files(
    router: &Router<'_>,
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
        name: None,
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
