//! Routes that sources register: in calls of a router, in the words of axum, actix-web and poem, and
//! in attributes, in those of actix-web, Rocket and utoipa.

mod path;

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Attribute, Expr, ExprCall, ExprMethodCall, Path};

use crate::frameworks::route::Route;
use crate::frameworks::{self, Description, FrameworkAttribute};
use crate::method;
pub use path::RoutePath;

/// A route, as it is registered.
pub struct Registered<'e> {
    /// The HTTP method, in uppercase; `None`: any, or it is stated elsewhere.
    pub method: Option<String>,
    /// Its path.
    pub path: RoutePath,
    /// What serves it.
    pub handler: &'e Expr,
    /// It serves the files below the path.
    pub is_files: bool,
}

impl<'e> Registered<'e> {
    fn new(method: Option<String>, path: RoutePath, handler: &'e Expr) -> Self {
        Self {
            method,
            path,
            handler,
            is_files: false,
        }
    }

    /// What serves the files below this path.
    fn files(path: &Expr, service: &'e Expr) -> Self {
        let path = RoutePath::from_expr(path);
        Self {
            is_files: true,
            ..Self::new(Some("GET".to_owned()), path, service)
        }
    }
}

/// What stands for every method.
const ANY: &str = "ANY";

/// The method that a function is named after: `get`, `any`.
fn method(name: &str) -> Option<&'static str> {
    if name == "any" {
        return Some(ANY);
    }
    method::from_word(name)
}

/// The method, unless it stands for every one.
fn single(method: &str) -> Option<String> {
    (method != ANY).then(|| method.to_owned())
}

/// The routes that a method call registers.
#[must_use]
pub fn from_call(call: &ExprMethodCall) -> Vec<Registered<'_>> {
    let name = unraw(&call.method);
    let arguments: Vec<&Expr> = call.args.iter().collect();
    match (&*name, &arguments[..]) {
        ("route" | "route_service" | "at", [path, served]) => {
            let path = RoutePath::from_expr(path);
            let mut routes = Vec::new();
            served_by(served, &path, &mut routes);
            // It is unknown what is served, but the path before it makes this a route.
            if routes.is_empty() && path.is_sure() {
                routes.push(Registered::new(None, path, served));
            }
            routes
        }
        ("nest_service" | "mount", [path, service]) => {
            let files = begins_with(service, &["ServeDir", "FileServer"]);
            let files = files.map(|_| Registered::files(path, service));
            files.into_iter().collect()
        }
        ("service", [service]) => {
            let path = begins_with(service, &["Files"]).and_then(|call| call.args.first());
            let files = path.map(|path| Registered::files(path, service));
            files.into_iter().collect()
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
                return vec![Registered::new(single(method), RoutePath::Unknown, handler)];
            }
            let is_served = name == "to" || method(name).is_some();
            match resource(&call.receiver) {
                Some(path) if is_served => {
                    let method = method(name).and_then(single);
                    vec![Registered::new(method, path, handler)]
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// The handlers in `get(a).post(b)`, `on(MethodFilter::GET, a)`, `web::get().to(a)`.
fn served_by<'e>(expr: &'e Expr, path: &RoutePath, routes: &mut Vec<Registered<'e>>) {
    match bare(expr) {
        Expr::MethodCall(call) => {
            served_by(&call.receiver, path, routes);
            let name = unraw(&call.method);
            let arguments: Vec<&Expr> = call.args.iter().collect();
            if let ("to", [handler]) = (&*name, &arguments[..]) {
                let method = begin(&call.receiver).and_then(single);
                routes.push(Registered::new(method, path.clone(), handler));
            } else {
                routes.extend(named(&name, &arguments, path));
            }
        }
        Expr::Call(call) => {
            let arguments: Vec<&Expr> = call.args.iter().collect();
            if let Some(name) = function(call) {
                if let ("to", [handler]) = (&*name, &arguments[..]) {
                    routes.push(Registered::new(None, path.clone(), handler));
                } else {
                    routes.extend(named(&name, &arguments, path));
                }
            }
        }
        _ => {}
    }
}

/// The route of a function or method that is named after an HTTP method.
fn named<'e>(name: &str, arguments: &[&'e Expr], path: &RoutePath) -> Option<Registered<'e>> {
    let name = name.strip_suffix("_service").unwrap_or(name);
    let (method, handler) = match arguments {
        [handler] => (single(method(name)?), *handler),
        [filter, handler] if name == "on" => {
            let filter = match bare(filter) {
                Expr::Path(path) => names(&path.path).pop(),
                _ => None,
            };
            (filter, *handler)
        }
        _ => return None,
    };
    Some(Registered::new(method, path.clone(), handler))
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
        Expr::Call(call) if function(call)? == "resource" => {
            call.args.first().map(RoutePath::from_expr)
        }
        _ => None,
    }
}

/// The call of a function of one of these types that a chain of calls begins with:
/// `Files::new("/static", "files").prefer_utf8(true)`.
fn begins_with<'e>(expr: &'e Expr, types: &[&str]) -> Option<&'e ExprCall> {
    match bare(expr) {
        Expr::MethodCall(call) => begins_with(&call.receiver, types),
        Expr::Call(call) => {
            let Expr::Path(path) = bare(&call.func) else {
                return None;
            };
            let names = names(&path.path);
            let [.., ty, _function] = names.as_slice() else {
                return None;
            };
            types.contains(&ty.as_str()).then_some(call)
        }
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
#[must_use]
pub fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Group(inner) => bare(&inner.expr),
        Expr::Reference(inner) => bare(&inner.expr),
        _ => expr,
    }
}

/// The names on the way to an item.
#[must_use]
pub fn names(path: &Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|segment| unraw(&segment.ident))
        .collect()
}

/// The method and the path that an attribute above a function states, as far as they are known.
/// `None`: it states no route.
#[must_use]
pub fn from_attribute(attr: &Attribute) -> Option<(Option<String>, RoutePath)> {
    match frameworks::read_attribute(attr)? {
        FrameworkAttribute::Routes => Some((None, RoutePath::Unknown)),
        FrameworkAttribute::Route { routes, .. } => {
            let Route { method, path, .. } = routes.into_iter().next()?;
            let is_path = path.starts_with('/');
            is_path.then_some((Some(method), RoutePath::Text(path)))
        }
        FrameworkAttribute::Description(description) => {
            let Description { methods, path, .. } = description;
            let is_utoipa = names(attr.path()).first()? == "utoipa";
            let path = path.map_or(RoutePath::Unknown, |path| RoutePath::Text(path.value()));
            is_utoipa.then_some((methods.into_iter().next(), path))
        }
        FrameworkAttribute::PoemHandler => None,
    }
}

/// The name without `r#`.
fn unraw(name: &Ident) -> String {
    name.unraw().to_string()
}

#[cfg(test)]
mod tests {
    use super::{RoutePath, from_attribute, from_call, names};
    use syn::Expr;

    /// Every route that the calls in an expression register.
    fn routes_in(expr: &Expr, routes: &mut Vec<String>) {
        match expr {
            Expr::MethodCall(call) => {
                routes_in(&call.receiver, routes);
                call.args.iter().for_each(|arg| routes_in(arg, routes));
                routes.extend(from_call(call).iter().map(|route| {
                    let handler = match route.handler {
                        Expr::Path(path) => names(&path.path).join("::"),
                        _ => "?".to_owned(),
                    };
                    let files = if route.is_files { " files" } else { "" };
                    display(route.method.as_deref(), &route.path) + " " + &handler + files
                }));
            }
            Expr::Call(call) => call.args.iter().for_each(|arg| routes_in(arg, routes)),
            _ => {}
        }
    }

    fn display(method: Option<&str>, path: &RoutePath) -> String {
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
            (
                r#"r.nest_service("/a", ServeDir::new("a")).nest_service("/b", other).nest("/c", c)"#,
                &["GET /a ? files"],
            ),
            (
                r#"app.service(actix_files::Files::new("/a", "a").index_file("i.html")).service(b)"#,
                &["GET /a ? files"],
            ),
            (
                r#"rocket.mount(Assets::PATH, FileServer::from("a")).mount("/b", routes![b])"#,
                &["GET Assets::PATH ? files"],
            ),
            (
                "r.route(Api::SHOW.path, get(Api::show)).route(x.path, y)",
                &["GET Api::show::PATH Api::show"],
            ),
            // None of these is a route.
            (
                r#"map.get(a).at(0, b).post(c).route(d).route(hop, e).nest("/x", f())"#,
                &[],
            ),
        ] {
            let mut routes = Vec::new();
            routes_in(&syn::parse_str(code).unwrap(), &mut routes);
            assert_eq!(routes, expected, "{code}");
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
            let stated = item.attrs.iter().find_map(from_attribute);
            let stated = stated.map(|(method, path)| display(method.as_deref(), &path));
            assert_eq!(stated.as_deref(), expected, "{attribute}");
        }
    }
}
