//! Redirects that code answers with: the status, and the path that is written there.

use coexist_source::registration::{bare, names};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Lit, Stmt};

use super::routes::Framework;

/// A redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Redirect {
    /// 301, 302, 303, 307 or 308.
    pub(super) status: u16,
    /// The path, from the root.
    pub(super) path: String,
    /// The line.
    pub(super) line: usize,
}

/// The redirect that is all that a body does.
pub(super) fn only(body: &Block, framework: Framework) -> Option<Redirect> {
    match body.stmts.as_slice() {
        [Stmt::Expr(only, None)] => of_answer(only, framework),
        _ => None,
    }
}

/// The same of the body of a closure.
pub(super) fn only_of(body: &Expr, framework: Framework) -> Option<Redirect> {
    match body {
        Expr::Async(inner) => only(&inner.block, framework),
        Expr::Block(inner) => only(&inner.block, framework),
        other => of_answer(other, framework),
    }
}

/// All redirects in a body.
pub(super) fn all(body: &Block, framework: Framework) -> Vec<Redirect> {
    let mut finder = Finder {
        framework,
        found: Vec::new(),
    };
    finder.visit_block(body);
    finder.found
}

struct Finder {
    framework: Framework,
    found: Vec<Redirect>,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item(&mut self, _: &'ast syn::Item) {}

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match of_expr(expr, self.framework) {
            Some(redirect) => self.found.push(redirect),
            None => visit::visit_expr(self, expr),
        }
    }
}

/// The redirect that an answer is, in `Ok(…)` or turned into a response.
fn of_answer(expr: &Expr, framework: Framework) -> Option<Redirect> {
    if let Some(redirect) = of_expr(expr, framework) {
        return Some(redirect);
    }
    match bare(expr) {
        Expr::Call(call) => {
            let Expr::Path(path) = bare(&call.func) else {
                return None;
            };
            let is_wrapper = names(&path.path).pop()? == "Ok";
            let first = call.args.first().filter(|_| is_wrapper)?;
            of_answer(first, framework)
        }
        Expr::MethodCall(call) if call.method == "into_response" || call.method == "into" => {
            of_answer(&call.receiver, framework)
        }
        _ => None,
    }
}

/// The redirect that an expression makes.
fn of_expr(expr: &Expr, framework: Framework) -> Option<Redirect> {
    match bare(expr) {
        Expr::Call(call) => {
            let Expr::Path(path) = bare(&call.func) else {
                return None;
            };
            let path = names(&path.path);
            let [.., ty, function] = path.as_slice() else {
                return None;
            };
            if ty != "Redirect" {
                return None;
            }
            let status = match (&**function, framework) {
                ("to", Framework::Actix) | ("temporary", _) => 307,
                ("to" | "see_other", _) => 303,
                ("permanent", Framework::Poem) | ("moved" | "moved_permanent", _) => 301,
                ("permanent", _) => 308,
                ("found", _) => 302,
                _ => return None,
            };
            redirect(status, call.args.first()?)
        }
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            match &*name {
                // actix-web's.
                "permanent" | "temporary" | "see_other" | "using_status_code" => {
                    let redirect = of_expr(&call.receiver, framework)?;
                    let status = match &*name {
                        "permanent" => 308,
                        "temporary" => 307,
                        "see_other" => 303,
                        _ => return None,
                    };
                    Some(Redirect { status, ..redirect })
                }
                "finish" | "body" => of_expr(&call.receiver, framework),
                "insert_header" | "append_header" | "header" => {
                    let status = status_of(&call.receiver)?;
                    let arguments: Vec<&Expr> = call.args.iter().collect();
                    let (header, value) = match arguments[..] {
                        [Expr::Tuple(pair)] if pair.elems.len() == 2 => {
                            (pair.elems.first()?, pair.elems.last()?)
                        }
                        [header, value] => (header, value),
                        _ => return None,
                    };
                    is_location(header).then(|| redirect(status, value))?
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The status of `HttpResponse::SeeOther()`.
fn status_of(expr: &Expr) -> Option<u16> {
    let Expr::Call(call) = bare(expr) else {
        return None;
    };
    let Expr::Path(path) = bare(&call.func) else {
        return None;
    };
    Some(match &*names(&path.path).pop()? {
        "MovedPermanently" => 301,
        "Found" => 302,
        "SeeOther" => 303,
        "TemporaryRedirect" => 307,
        "PermanentRedirect" => 308,
        _ => return None,
    })
}

fn is_location(header: &Expr) -> bool {
    match bare(header) {
        Expr::Path(path) => names(&path.path)
            .pop()
            .is_some_and(|name| name == "LOCATION"),
        Expr::Lit(literal) => {
            matches!(&literal.lit, Lit::Str(text) if text.value().eq_ignore_ascii_case("location"))
        }
        _ => false,
    }
}

/// A redirect to a path that is written as a text.
fn redirect(status: u16, to: &Expr) -> Option<Redirect> {
    let literal = match bare(to) {
        Expr::Lit(literal) => literal,
        Expr::MethodCall(call) => match bare(&call.receiver) {
            Expr::Lit(literal) => literal,
            _ => return None,
        },
        _ => return None,
    };
    let Lit::Str(text) = &literal.lit else {
        return None;
    };
    let written = text.value();
    let path = written.split(['?', '#']).next().unwrap_or_default();
    let is_path = path.starts_with('/') && !path.starts_with("//");
    if !is_path || coexist_source::path::check(path).is_err() {
        return None;
    }
    Some(Redirect {
        status,
        path: path.to_owned(),
        line: text.span().start().line,
    })
}

#[cfg(test)]
mod tests {
    use super::{Framework, all, only};

    #[test]
    fn redirects_are_found_in_the_words_of_each_framework() {
        for (framework, code, expected) in [
            (
                Framework::Axum,
                r#"Redirect::to("/a?x=1")"#,
                Some((303, "/a")),
            ),
            (
                Framework::Axum,
                r#"Ok(Redirect::permanent("/a"))"#,
                Some((308, "/a")),
            ),
            (
                Framework::Axum,
                r#"Redirect::temporary("/a").into_response()"#,
                Some((307, "/a")),
            ),
            (
                Framework::Actix,
                r#"Redirect::to("/a").permanent()"#,
                Some((308, "/a")),
            ),
            (Framework::Actix, r#"Redirect::to("/a")"#, Some((307, "/a"))),
            (
                Framework::Actix,
                r#"HttpResponse::SeeOther().insert_header((LOCATION, "/a")).finish()"#,
                Some((303, "/a")),
            ),
            (
                Framework::Rocket,
                r#"Redirect::moved("/a")"#,
                Some((301, "/a")),
            ),
            (
                Framework::Axum,
                r#"Redirect::to("https://example.com")"#,
                None,
            ),
            (Framework::Axum, "Redirect::to(&next)", None),
            (Framework::Axum, r#"{ save(); Redirect::to("/a") }"#, None),
        ] {
            let block: syn::Block = syn::parse_str(&format!("{{ {code} }}")).unwrap();
            let found = only(&block, framework);
            let found = found.as_ref().map(|found| (found.status, &*found.path));
            assert_eq!(found, expected, "{code}");
        }
        let block = r#"{ if x { return Redirect::to("/a"); } Ok(Redirect::to("/b")) }"#;
        let found = all(&syn::parse_str(block).unwrap(), Framework::Axum);
        assert_eq!(found.len(), 2);
    }
}
