//! Calls of functions and macros: those of frameworks make routers, those of the app are followed.

use std::rc::Rc;

use coexist_source::method;
use coexist_source::registration::names;
use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprCall, Token};

use super::evaluate::{Context, Evaluator};
use super::path::PathText;
use super::value::{Framework, Handler, Router, Served, Value};
use crate::scan::program::index::Meaning;

impl<'a> Evaluator<'a, '_> {
    /// What a call of a function returns.
    pub(super) fn function_call(&self, call: &'a ExprCall, context: &mut Context<'a>) -> Value<'a> {
        let Expr::Path(path) = bare(&call.func) else {
            let function = self.eval(&call.func, context);
            let arguments = self.arguments(&call.args, context);
            return self.apply(&function, &arguments);
        };
        let written = self.without_self(names(&path.path), context);
        if let [_name] = written.as_slice()
            && let Value::Closure(closure) = self.named_value(&written, context)
        {
            let arguments = self.arguments(&call.args, context);
            return self.call_closure(&closure, &arguments);
        }
        let meant = self.index.resolve(&written, &context.scope);
        for meant in &meant {
            if let Meaning::Function(position) = meant {
                let arguments = self.arguments(&call.args, context);
                return self.own_call(*position, &arguments, &call.args, context);
            }
        }
        if let Some(value) = self.trait_call(&written, context) {
            return value;
        }
        let other = meant.into_iter().find_map(|meant| match meant {
            Meaning::Other(path) => Some(path),
            _ => None,
        });
        let whole = other.unwrap_or(written);
        self.other_call(&whole, call, context)
    }

    /// A call of a function that a type has from a trait: `Login::route()`.
    fn trait_call(&self, path: &[String], context: &Context<'a>) -> Option<Value<'a>> {
        let (name, ty) = path.split_last()?;
        let ty = self.index.type_at(ty, &context.scope)?;
        let of_trait = |position: &usize| {
            let function = &self.index.functions[*position];
            let Some(owner) = &function.owner else {
                return false;
            };
            let is_blanket = || {
                let names = owner.ty.and_then(crate::scan::program::index::names_of);
                names.is_some_and(|names| self.index.resolve(&names, &function.scope).is_empty())
            };
            function.name == *name
                && function.body.is_some()
                && (owner.ty.is_none() || is_blanket())
        };
        let mut all = self.relevant.iter().copied().filter(of_trait);
        let position = all.next()?;
        Some(self.call_of(position, &[], Some(ty)))
    }

    /// The values of arguments.
    pub(super) fn arguments(
        &self,
        arguments: &'a Punctuated<Expr, Token![,]>,
        context: &mut Context<'a>,
    ) -> Vec<Value<'a>> {
        arguments
            .iter()
            .map(|argument| self.eval(argument, context))
            .collect()
    }

    /// A call of a function of the program.
    pub(super) fn own_call(
        &self,
        position: usize,
        arguments: &[Value<'a>],
        written: &'a Punctuated<Expr, Token![,]>,
        context: &Context<'a>,
    ) -> Value<'a> {
        if self.relevant.contains(&position) {
            let value = self.call(position, arguments);
            if !value.is_unknown() {
                return value;
            }
        }
        self.passed_on(arguments, written, context)
    }

    /// What a function of which nothing is known makes of its arguments: a router stays a router,
    /// and what wraps a handler is one.
    fn passed_on(
        &self,
        arguments: &[Value<'a>],
        written: &'a Punctuated<Expr, Token![,]>,
        context: &Context<'a>,
    ) -> Value<'a> {
        // A closure that makes a router is called at some time.
        let mut made = Vec::new();
        for argument in arguments {
            match argument {
                Value::Closure(closure) => {
                    let value = self.call_closure(closure, &[]);
                    made.push((argument, value));
                }
                Value::Router(_) | Value::Methods(_) | Value::Tuple(_) => {
                    made.push((argument, argument.clone()));
                }
                _ => {}
            }
        }
        for (_, value) in &made {
            if matches!(value, Value::Router(_) | Value::Methods(_)) {
                return value.clone();
            }
        }
        for (argument, expr) in arguments.iter().zip(written) {
            if let Value::Function(_) | Value::Handler(_) | Value::Closure(_) = argument {
                return Value::Handler(Self::handler(argument, expr, context));
            }
        }
        let texts = arguments
            .iter()
            .filter(|value| matches!(value, Value::Text(_)));
        match (arguments, texts.count()) {
            // `String::from("/x")`, `Cow::Borrowed("/x")`, `Some(list)`.
            ([only], 1) | ([only @ Value::List(_)], _) => only.clone(),
            _ => Value::Unknown,
        }
    }

    /// A call of a function of another crate, by its whole path as far as that is known.
    fn other_call(
        &self,
        path: &[String],
        call: &'a ExprCall,
        context: &mut Context<'a>,
    ) -> Value<'a> {
        let last: Vec<&str> = path.iter().rev().take(2).map(String::as_str).collect();
        let (name, ty) = match last[..] {
            [name, ty] => (name, ty),
            [name] => (name, ""),
            _ => return Value::Unknown,
        };
        let krate = path.first().map_or("", String::as_str);
        let framework = framework(krate).or_else(|| self.framework_of(context));
        let line = super::line_of(call);
        match (ty, name) {
            ("Router", "new" | "default") | ("Route" | "App" | "Routes", "new")
                if call.args.is_empty() =>
            {
                let framework = match ty {
                    "Route" => Framework::Poem,
                    "App" => Framework::Actix,
                    "Routes" => Framework::Loco,
                    _ => framework.unwrap_or(Framework::Axum),
                };
                self.make(Router::new(framework))
            }
            ("ApiRouter" | "OpenApiRouter", _) => {
                self.arguments(&call.args, context);
                self.make(Router::new(Framework::Axum))
            }
            ("AppRoutes", _) => self.make(Router::new(Framework::Loco)),
            ("Routes", "at" | "with_prefix") | ("Router", "with_path") => {
                let framework = if ty == "Routes" {
                    Framework::Loco
                } else {
                    Framework::Salvo
                };
                let base = self.text_argument(call, context);
                self.make(Router::below(framework, vec![base]))
            }
            ("Router", "with_hoop") => self.make(Router::new(Framework::Salvo)),
            ("Router", "with_urls") => {
                let arguments = self.arguments(&call.args, context);
                let router = Router::new(Framework::Cot);
                for child in arguments.iter().flat_map(Value::routers) {
                    router.take(&child, &PathText::default());
                }
                self.make(router)
            }
            ("Route", _) if name.starts_with("with_") => self.cot_route(name, call, context, line),
            ("Vec", "new" | "with_capacity") => Value::list(Vec::new()),
            ("web", "to") => {
                let handler = call.args.first().map(|expr| {
                    let value = self.eval(expr, context);
                    Self::handler(&value, expr, context)
                });
                Value::Methods(vec![Served::new(None, handler)])
            }
            ("web" | "", "scope") => {
                let base = self.text_argument(call, context);
                self.make(Router::below(Framework::Actix, vec![base]))
            }
            ("web" | "" | "Resource", "resource") | ("Resource", "new") => {
                let argument = call.args.first();
                let argument = argument.map(|argument| self.eval(argument, context));
                let bases = match argument {
                    Some(Value::List(texts)) => {
                        let texts = texts.borrow();
                        texts.iter().filter_map(Value::as_text).collect()
                    }
                    Some(Value::Text(text)) => vec![text],
                    _ => vec![PathText::unknown("…")],
                };
                self.make(Router::below(Framework::Actix, bases))
            }
            ("rocket" | "Rocket", "build" | "custom") => self.make(Router::new(Framework::Rocket)),
            ("OpenApiService", "new") => self.open_api(call, context),
            (
                "ServeDir"
                | "ServeFile"
                | "Files"
                | "FileServer"
                | "StaticFilesEndpoint"
                | "StaticDir"
                | "SpaRouter"
                | "EmbeddedFilesEndpoint",
                _,
            ) => self.files(ty, call, context, line),
            ("Box" | "Arc" | "Rc", "new") | (_, "Some" | "Ok") => {
                let arguments = self.arguments(&call.args, context);
                arguments.into_iter().next().unwrap_or_default()
            }
            _ => self.methods_call(name, call, context).unwrap_or_else(|| {
                let arguments = self.arguments(&call.args, context);
                self.passed_on(&arguments, &call.args, context)
            }),
        }
    }

    /// `get(f)`, `web::get()`, `on(MethodFilter::GET, f)`, `any(f)`, `get_with(f, …)`.
    fn methods_call(
        &self,
        name: &str,
        call: &'a ExprCall,
        context: &mut Context<'a>,
    ) -> Option<Value<'a>> {
        let arguments: Vec<&'a Expr> = call.args.iter().collect();
        let (method, handler) = method_and_handler(name, &arguments)?;
        let handler = handler.map(|expr| {
            let value = self.eval(expr, context);
            Self::handler(&value, expr, context)
        });
        Some(Value::Methods(vec![Served::new(method, handler)]))
    }

    fn text_argument(&self, call: &'a ExprCall, context: &mut Context<'a>) -> PathText {
        let Some(first) = call.args.first() else {
            return PathText::default();
        };
        let value = self.eval(first, context);
        Self::path_text(&value, first)
    }

    /// The text in the place of a path.
    pub(super) fn path_text(value: &Value<'a>, expr: &'a Expr) -> PathText {
        value
            .as_text()
            .unwrap_or_else(|| PathText::unknown(&super::written(expr, "")))
    }

    /// `Route::with_handler("/x", f)` of cot, and its like.
    fn cot_route(
        &self,
        name: &str,
        call: &'a ExprCall,
        context: &mut Context<'a>,
        line: usize,
    ) -> Value<'a> {
        let router = Router::new(Framework::Cot);
        let path = self.text_argument(call, context);
        if let Some(served) = call.args.iter().nth(1) {
            let value = self.eval(served, context);
            match &value {
                Value::Router(child) if name.contains("router") => router.take(child, &path),
                Value::Methods(methods) => {
                    Self::add(&router, &path, methods.clone(), (context.file, line));
                }
                value => {
                    let handler = Self::handler(value, served, context);
                    let served = Served::new(None, Some(handler));
                    Self::add(&router, &path, vec![served], (context.file, line));
                }
            }
        }
        if name.ends_with("_name")
            && let Some(name) = call.args.iter().nth(2)
            && let Some(name) = self.eval(name, context).as_text()
            && let Some(name) = name.known()
        {
            for route in &mut *router.routes.borrow_mut() {
                route.name = Some(name.to_owned());
            }
        }
        self.make(router)
    }

    /// What serves files: below a path, if it says one itself.
    fn files(
        &self,
        ty: &str,
        call: &'a ExprCall,
        context: &mut Context<'a>,
        line: usize,
    ) -> Value<'a> {
        let arguments = self.arguments(&call.args, context);
        if ty != "Files" {
            return Value::Handler(if ty == "ServeFile" {
                Handler::Other("a file".to_owned())
            } else {
                Handler::Files
            });
        }
        let router = Router::new(Framework::Actix);
        if let (Some(value), Some(expr)) = (arguments.first(), call.args.first()) {
            let path = Self::path_text(value, expr);
            super::routers::add_files(&router, &path, Framework::Actix, (context.file, line));
        }
        self.make(router)
    }

    /// The operations of `OpenApiService::new((Api, Other), …)`.
    fn open_api(&self, call: &'a ExprCall, context: &mut Context<'a>) -> Value<'a> {
        let router = Router::new(Framework::Poem);
        let Some(apis) = call.args.first() else {
            return self.make(router);
        };
        let mut types = Vec::new();
        type_names(apis, &mut types);
        for names in types {
            let Some(ty) = self.index.type_at(&names, &context.scope) else {
                continue;
            };
            for (position, function) in self.index.functions.iter().enumerate() {
                let Some(owner) = &function.owner else {
                    continue;
                };
                let names = owner.ty.and_then(crate::scan::program::index::names_of);
                let is_own = names
                    .is_some_and(|names| self.index.type_at(&names, &function.scope) == Some(ty));
                if is_own {
                    self.attribute_routes(&router, position);
                }
            }
        }
        self.make(router)
    }

    /// Adds the routes that the attributes of a function state.
    pub(super) fn attribute_routes(&self, router: &Rc<Router<'a>>, position: usize) -> bool {
        super::attributes::add(self.index, router, position)
    }
}

/// The framework of a crate.
fn framework(krate: &str) -> Option<Framework> {
    Some(match krate {
        "axum" | "aide" | "axum_extra" | "utoipa_axum" => Framework::Axum,
        "actix_web" | "actix_files" => Framework::Actix,
        "rocket" => Framework::Rocket,
        "poem" | "poem_openapi" => Framework::Poem,
        "salvo" | "salvo_core" => Framework::Salvo,
        "cot" => Framework::Cot,
        "loco_rs" => Framework::Loco,
        _ => return None,
    })
}

/// The method that a function is named after, and the handler among its arguments; without a
/// method, it is every one.
pub(super) fn method_and_handler<'e>(
    name: &str,
    arguments: &[&'e Expr],
) -> Option<(Option<String>, Option<&'e Expr>)> {
    let name = ["_service", "_with", "_internal", "_static", "_permanent"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(name);
    let known = match name {
        "any" => None,
        "on" => {
            let [filter, handler, ..] = arguments else {
                return None;
            };
            let filter = match bare(filter) {
                Expr::Path(path) => names(&path.path).pop(),
                _ => None,
            };
            return Some((filter, Some(handler)));
        }
        name => Some(method::from_word(name)?.to_owned()),
    };
    Some((known, arguments.first().copied()))
}

/// The expression without parentheses around it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    coexist_source::registration::bare(expr)
}

/// The paths of the types of which an expression makes values: `(Api, Other::new())`.
fn type_names(expr: &Expr, found: &mut Vec<Vec<String>>) {
    match bare(expr) {
        Expr::Path(path) => found.push(names(&path.path)),
        Expr::Struct(made) => found.push(names(&made.path)),
        Expr::Tuple(all) => all.elems.iter().for_each(|one| type_names(one, found)),
        Expr::Call(call) => {
            if let Expr::Path(path) = bare(&call.func) {
                let mut names = names(&path.path);
                names.pop();
                found.push(names);
            }
        }
        Expr::MethodCall(call) => type_names(&call.receiver, found),
        _ => {}
    }
}

/// Whether one of the words in these tokens is this one.
pub(super) fn mentions(tokens: TokenStream, is_meant: &dyn Fn(&str) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => is_meant(&word.to_string()),
        TokenTree::Group(group) => mentions(group.stream(), is_meant),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
