//! Tells which routes an expression or an attribute registers, in the words of axum,
//! actix-web, poem, Rocket and utoipa.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, ExprCall, ExprMethodCall, Lit, LitStr, Meta, Path};

use crate::workspace::modules::plain;

/// A route, as it is registered.
pub(super) struct Route<'e> {
    /// The HTTP method, in capitals; `None`: any, or it is said elsewhere.
    pub(super) method: Option<String>,
    /// Its path.
    pub(super) path: RoutePath,
    /// What serves it.
    pub(super) handler: &'e Expr,
}

/// The path of a route, as it is written.
#[derive(Clone, Debug)]
pub(super) enum RoutePath {
    /// A text.
    Text(String),
    /// A constant, by the names on the way to it: `import_csv::PATH`.
    Constant(Vec<String>),
    /// Something else, or nothing: it is in the handler's type.
    Unknown,
}

impl RoutePath {
    fn of(expr: &Expr) -> Self {
        match bare(expr) {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(text) => Self::Text(text.value()),
                _ => Self::Unknown,
            },
            Expr::Path(path) => Self::Constant(names(&path.path)),
            _ => Self::Unknown,
        }
    }

    /// Whether this can be nothing but a path.
    fn is_sure(&self) -> bool {
        match self {
            Self::Text(text) => text.starts_with('/'),
            Self::Constant(names) => names.last().is_some_and(|name| name == "PATH"),
            Self::Unknown => false,
        }
    }
}

/// The functions and methods that are named after an HTTP method.
const METHODS: [&str; 10] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace", "connect", "any",
];

/// The method that a name stands for: `get`, `get_service`, `typed_get`.
fn method(name: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|method| *method == name)
}

fn shown(method: &str) -> Option<String> {
    (method != "any").then(|| method.to_uppercase())
}

/// The routes that a method call registers.
pub(super) fn of_call(call: &ExprMethodCall) -> Vec<Route<'_>> {
    let name = plain(&call.method);
    let arguments: Vec<&Expr> = call.args.iter().collect();
    match (&*name, &arguments[..]) {
        ("route" | "route_service" | "at", [path, served]) => {
            let path = RoutePath::of(path);
            let mut routes = Vec::new();
            served_by(served, &path, &mut routes);
            // Nothing that is known; but a path before it makes it a route.
            if routes.is_empty() && path.is_sure() {
                let method = None;
                routes.push(Route {
                    method,
                    path,
                    handler: served,
                });
            }
            routes
        }
        ("route", [served]) => {
            let mut routes = Vec::new();
            if let Some(path) = resource(&call.receiver) {
                served_by(served, &path, &mut routes);
            }
            routes
        }
        (name, [handler]) => {
            if let Some(method) = name.strip_prefix("typed_").and_then(method) {
                return vec![Route {
                    method: shown(method),
                    path: RoutePath::Unknown,
                    handler,
                }];
            }
            let is_served = name == "to" || method(name).is_some();
            match resource(&call.receiver) {
                Some(path) if is_served => vec![Route {
                    method: method(name).and_then(shown),
                    path,
                    handler,
                }],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// The handlers in `get(a).post(b)`, `on(MethodFilter::GET, a)`, `web::get().to(a)`.
fn served_by<'e>(expr: &'e Expr, path: &RoutePath, routes: &mut Vec<Route<'e>>) {
    match bare(expr) {
        Expr::MethodCall(call) => {
            served_by(&call.receiver, path, routes);
            let name = plain(&call.method);
            let arguments: Vec<&Expr> = call.args.iter().collect();
            if let ("to", [handler]) = (&*name, &arguments[..]) {
                let method = begin(&call.receiver).and_then(shown);
                let path = path.clone();
                routes.push(Route {
                    method,
                    path,
                    handler,
                });
            } else {
                routes.extend(named(&name, &arguments, path));
            }
        }
        Expr::Call(call) => {
            let arguments: Vec<&Expr> = call.args.iter().collect();
            if let Some(name) = function(call) {
                if let ("to", [handler]) = (&*name, &arguments[..]) {
                    let path = path.clone();
                    routes.push(Route {
                        method: None,
                        path,
                        handler,
                    });
                } else {
                    routes.extend(named(&name, &arguments, path));
                }
            }
        }
        _ => {}
    }
}

/// The route of a function or method that is named after an HTTP method.
fn named<'e>(name: &str, arguments: &[&'e Expr], path: &RoutePath) -> Option<Route<'e>> {
    let name = name.strip_suffix("_service").unwrap_or(name);
    let (method, handler) = match arguments {
        [handler] => (shown(method(name)?), *handler),
        [filter, handler] if name == "on" => {
            let filter = match bare(filter) {
                Expr::Path(path) => names(&path.path).pop(),
                _ => None,
            };
            (filter, *handler)
        }
        _ => return None,
    };
    Some(Route {
        method,
        path: path.clone(),
        handler,
    })
}

/// The method that `web::get().guard(…)` begins with.
fn begin(expr: &Expr) -> Option<&'static str> {
    match bare(expr) {
        Expr::MethodCall(call) => begin(&call.receiver),
        Expr::Call(call) => method(&function(call)?),
        _ => None,
    }
}

/// The path of the `web::resource("/x")` that a chain of calls begins with.
fn resource(expr: &Expr) -> Option<RoutePath> {
    match bare(expr) {
        Expr::MethodCall(call) => resource(&call.receiver),
        Expr::Call(call) if function(call)? == "resource" => call.args.first().map(RoutePath::of),
        _ => None,
    }
}

/// The last name of the function that is called.
fn function(call: &ExprCall) -> Option<String> {
    match bare(&call.func) {
        Expr::Path(path) => names(&path.path).pop(),
        _ => None,
    }
}

/// The expression without parentheses and references around it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Group(inner) => bare(&inner.expr),
        Expr::Reference(inner) => bare(&inner.expr),
        _ => expr,
    }
}

/// The names on the way to an item.
pub(super) fn names(path: &Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|segment| plain(&segment.ident))
        .collect()
}

/// The route that an attribute above a function states: its method and path, as far
/// as they show. `None`: it states none.
pub(super) fn of_attribute(attr: &Attribute) -> Option<(Option<String>, RoutePath)> {
    let names = names(attr.path());
    let name = names.last()?;
    let list = match &attr.meta {
        Meta::List(list) => &list.tokens,
        Meta::Path(_) if name == "routes" => return Some((None, RoutePath::Unknown)),
        _ => return None,
    };
    if name == "path" && names.first().is_some_and(|first| first == "utoipa") {
        let method = words(list).into_iter().find_map(|word| method(&word));
        return Some((method.and_then(shown), stated(list, "path")));
    }
    let begin = list.clone().into_iter().next();
    let first = begin.and_then(|token| syn::parse2::<LitStr>(token.into()).ok());
    let path = match first {
        Some(text) => RoutePath::Text(text.value()),
        None => stated(list, "uri"),
    };
    let is_path = matches!(&path, RoutePath::Text(path) if path.starts_with('/'));
    match method(name) {
        Some(method) if is_path => Some((shown(method), path)),
        None if is_path && name == "route" => {
            let method = words(list)
                .into_iter()
                .find_map(|word| method(&word.to_lowercase()));
            let stated = match stated(list, "method") {
                RoutePath::Text(text) => Some(text),
                _ => None,
            };
            Some((method.and_then(shown).or(stated), path))
        }
        _ => None,
    }
}

/// The bare words among an attribute's arguments.
fn words(list: &TokenStream) -> Vec<String> {
    list.clone()
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Ident(name) => Some(plain(&name)),
            _ => None,
        })
        .collect()
}

/// The text of `key = "…"` among an attribute's arguments.
fn stated(list: &TokenStream, key: &str) -> RoutePath {
    let tokens: Vec<TokenTree> = list.clone().into_iter().collect();
    let text = tokens.windows(3).find_map(|three| match three {
        [TokenTree::Ident(name), TokenTree::Punct(_), value] if name == key => {
            syn::parse2::<LitStr>(value.clone().into()).ok()
        }
        _ => None,
    });
    text.map_or(RoutePath::Unknown, |text| RoutePath::Text(text.value()))
}

#[cfg(test)]
mod tests {
    use super::{RoutePath, names, of_attribute, of_call};
    use syn::Expr;
    use syn::visit::{self, Visit};

    /// Every route that the calls in an expression register.
    struct Routes(Vec<String>);

    impl<'ast> Visit<'ast> for Routes {
        fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
            visit::visit_expr_method_call(self, call);
            for route in of_call(call) {
                let handler = match route.handler {
                    Expr::Path(path) => names(&path.path).join("::"),
                    _ => "?".to_owned(),
                };
                let method = route.method.as_deref();
                self.0.push(shown(method, &route.path) + " " + &handler);
            }
        }
    }

    fn shown(method: Option<&str>, path: &RoutePath) -> String {
        let path = match path {
            RoutePath::Text(text) => text.clone(),
            RoutePath::Constant(names) => names.join("::"),
            RoutePath::Unknown => "?".to_owned(),
        };
        format!("{} {path}", method.unwrap_or("ANY"))
    }

    #[test]
    fn calls_of_every_framework_register_routes() {
        for (code, expected) in [
            (
                r#"Router::new().route("/a", get(a).post(m::b).layer(x)).route(c::PATH, delete(c))"#,
                &["GET /a a", "POST /a m::b", "DELETE c::PATH c"][..],
            ),
            (
                r#"r.route("/a", routing::any(a)).route("/b", on(MethodFilter::PUT, b).fallback(x))"#,
                &["ANY /a a", "PUT /b b"],
            ),
            (
                r#"r.route("/a", get(|| async {})).route("/b", get_service(s)).route("/c", c())"#,
                &["GET /a ?", "GET /b s", "ANY /c ?"],
            ),
            (
                r#"r.route_service("/a", ServeDir::new("a")).typed_get(b).typed_post(c)"#,
                &["ANY /a ?", "GET ? b", "POST ? c"],
            ),
            (
                r#"app.service(web::resource("/a").name("x").route(web::get().to(a)).route(web::post().to(b)))"#,
                &["GET /a a", "POST /a b"],
            ),
            (
                r#"app.service(web::resource("/a").get(a).to(b)).route("/c", web::put().guard(g).to(c))"#,
                &["GET /a a", "ANY /a b", "PUT /c c"],
            ),
            (
                r#"Route::new().at("/a", get(a).post(b)).at("/c", c)"#,
                &["GET /a a", "POST /a b", "ANY /c c"],
            ),
            // None of them is a route.
            (
                r#"map.get(a).at(0, b).post(c).route(d).route(hop, e).nest("/x", f())"#,
                &[],
            ),
        ] {
            let mut routes = Routes(Vec::new());
            routes.visit_expr(&syn::parse_str(code).unwrap());
            assert_eq!(routes.0, expected, "{code}");
        }
    }

    #[test]
    fn attributes_of_every_framework_state_routes() {
        for (attribute, expected) in [
            (r#"#[get("/a")]"#, Some("GET /a")),
            (r#"#[actix_web::post("/a", guard = "x")]"#, Some("POST /a")),
            (
                r#"#[rocket::get(uri = "/a?<b>", rank = 2)]"#,
                Some("GET /a?<b>"),
            ),
            (
                r#"#[route("/a", method = "GET", method = "PUT")]"#,
                Some("GET /a"),
            ),
            (r#"#[route(PUT, uri = "/a")]"#, Some("PUT /a")),
            ("#[routes]", Some("ANY ?")),
            (
                r#"#[utoipa::path(post, path = "/a", responses((status = 200)))]"#,
                Some("POST /a"),
            ),
            (r#"#[get = "pub"]"#, None),
            ("#[get(copy)]", None),
            (r#"#[path = "a.rs"]"#, None),
            (r#"#[handler(GET "/a", since = "1.0.0")]"#, None),
        ] {
            let item: syn::ItemFn = syn::parse_str(&format!("{attribute} fn f() {{}}")).unwrap();
            let stated = item.attrs.iter().find_map(of_attribute);
            let stated = stated.map(|(method, path)| shown(method.as_deref(), &path));
            assert_eq!(stated.as_deref(), expected, "{attribute}");
        }
    }
}
