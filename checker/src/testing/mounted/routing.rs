//! What decides first in the app's router, the path or the method: asked where the two lead to
//! different handlers, and compared with what the annotations say.

use super::routes::Question;
use crate::endpoint::{Pattern, Segment};
use crate::registry::{Handler, Registry, Routing};
use crate::support::text::item_name;
use crate::testing::problem::Problem;

/// A request whose path fits the patterns of two handlers, of which only the wider one takes its
/// method.
#[derive(Debug)]
pub(super) struct Overlap<'r> {
    /// The request: the method of the wider one at the path of the narrower one.
    pub(super) question: Question<'r>,
    narrower: &'r Handler,
    wider: &'r Handler,
}

/// What the program under test says of its router.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    /// What decides first, if the build says so.
    pub(super) routing: Option<Routing>,
    /// Whether the program contains the `release!` that would say so.
    pub(super) is_complete: bool,
}

/// One such request for each path that a wider one contains.
pub(super) fn overlaps<'r>(registry: &'r Registry, except: &[Pattern<'_>]) -> Vec<Overlap<'r>> {
    let handlers = registry.handlers.iter();
    let patterns: Vec<(&'r Handler, Pattern<'r>)> = handlers
        .filter_map(|handler| {
            Some((
                &**handler,
                Pattern::with_limits(&handler.path, &handler.parameters).ok()?,
            ))
        })
        .filter(|(_, pattern)| !except.iter().any(|except| except.takes(pattern)))
        .collect();
    let mut overlaps: Vec<Overlap<'r>> = Vec::new();
    for (narrower, pattern) in &patterns {
        let is_known = overlaps
            .iter()
            .any(|known| known.question.path == narrower.path);
        if is_known || !pattern.segments.iter().all(is_open) {
            continue;
        }
        let serves = |method: &str| {
            patterns
                .iter()
                .any(|(other, same)| same == pattern && other.method == method)
        };
        let wider = patterns.iter().find(|(wider, other)| {
            other != pattern
                && other.takes(pattern)
                // Frameworks answer HEAD with what answers GET.
                && wider.method != "HEAD"
                && !wider.partial
                && !serves(&wider.method)
        });
        if let Some((wider, _)) = wider {
            overlaps.push(Overlap {
                question: Question {
                    method: &wider.method,
                    path: &narrower.path,
                },
                narrower,
                wider,
            });
        }
    }
    overlaps
}

/// Whether any text may stand in for a parameter.
fn is_open(segment: &Segment<'_>) -> bool {
    !matches!(segment, Segment::Parameter { limit: Some(_), .. })
}

/// What is wrong with the annotations of these requests, by the answers of the app: `None` where
/// it does not show what decides first. What the build should say once is one problem.
pub(super) fn problems(
    overlaps: &[Overlap<'_>],
    answers: &[Option<Routing>],
    stated: Stated,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut is_said = false;
    for (overlap, answer) in overlaps.iter().zip(answers) {
        let Some(found) = *answer else { continue };
        let of_handler = overlap.narrower.routing;
        let is_build = of_handler.is_none();
        let expected = of_handler.or(stated.routing).unwrap_or_default();
        if expected == found || is_build && (is_said || !stated.is_complete) {
            continue;
        }
        is_said |= is_build;
        problems.push(overlap.problem(found, is_build));
    }
    problems
}

impl Overlap<'_> {
    fn problem(&self, found: Routing, is_build: bool) -> Problem {
        let (narrower, wider) = (item_name(&self.narrower.id), item_name(&self.wider.id));
        let router = match found {
            Routing::PathFirst => {
                format!("responds with 405: `{narrower}` has the path, and not the method")
            }
            Routing::MethodFirst => {
                format!("routes it to `{wider}`: `{narrower}` does not have the method")
            }
        };
        let annotations = match found {
            Routing::PathFirst => format!("say that `{wider}` serves it (method-first)"),
            Routing::MethodFirst => "say that it is answered with 405 (path-first)".to_owned(),
        };
        let name = found.name();
        let (help, paste) = if is_build {
            (
                "State it once for the build. In `main.rs`, write:".to_owned(),
                format!("coexist::release!(routing = \"{name}\");"),
            )
        } else {
            let endpoint = format!("{} \"{}\"", self.narrower.method, self.narrower.path);
            (
                format!(
                    "State it for `{narrower}`, and for the other handlers that are mounted in \
                     the same way:"
                ),
                format!("#[handler({endpoint}, routing = \"{name}\", …)]"),
            )
        };
        let mut problem = Problem {
            headline: format!("the annotations are wrong about the router ({name})"),
            endpoint: format!("{} {}", self.question.method, self.question.path),
            help,
            paste: Some(paste),
            ..Problem::default()
        };
        problem.handler(self.narrower);
        problem.handler(self.wider);
        problem.places.push(("the router", router));
        problem.places.push(("the annotations", annotations));
        problem
    }
}

#[cfg(all(test, feature = "actix-web", feature = "axum", feature = "rocket"))]
mod tests {
    use ::actix_web::web::{self, ServiceConfig};
    use ::actix_web::{App, HttpResponse, guard};
    use ::axum::Router;
    use ::axum::routing::{get, put};
    use ::rocket::http::Method;
    use ::rocket::route::dummy_handler;
    use ::rocket::{Build, Rocket, Route};

    use super::super::{Mounted, Routes};
    use crate::registry::snapshot;

    const METHOD_FIRST: &str = r#""routing": "method-first","#;

    /// What the test says of an app: of a build that says this, with two narrower handlers that
    /// say this.
    fn check(app: impl Routes, of_build: &str, of_handlers: &str) -> String {
        check_part(app, of_build, of_handlers, true)
    }

    #[allow(clippy::unwrap_used, reason = "a panic fails the test")]
    fn check_part(
        app: impl Routes,
        of_build: &str,
        of_handlers: &str,
        is_complete: bool,
    ) -> String {
        let json = format!(
            r#"{{ "format": 2, "release": {{ "name": "app", "version": "1.0.0" }}, {of_build}
              "handlers": [
                {{ "id": "app::step", "method": "GET", "path": "/doc/{{step}}" }},
                {{ "id": "app::link_sent", "method": "PUT", "path": "/doc/link_sent", {of_handlers}
                  "source": {{ "file": "src/doc.rs", "line": 7 }} }},
                {{ "id": "app::mail_sent", "method": "PUT", "path": "/doc/mail_sent", {of_handlers}
                  "source": {{ "file": "src/doc.rs", "line": 9 }} }} ],
              "forms": [] }}"#
        );
        let registry = snapshot::read(json.as_bytes()).expect("it is a snapshot");
        let result = Mounted::new().check_registry(&registry, is_complete, app);
        result.map_or_else(|failure| failure.to_string(), |()| String::new())
    }

    fn axum() -> Router {
        Router::new()
            .route("/doc/{step}", get(async || ()))
            .route("/doc/link_sent", put(async || ()))
            .route("/doc/mail_sent", put(async || ()))
    }

    async fn never() -> HttpResponse {
        unreachable!("no handler runs")
    }

    /// As actix-web's attributes register a function.
    fn attributes(app: &mut ServiceConfig) {
        app.service(
            web::resource("/doc/link_sent")
                .guard(guard::Put())
                .to(never),
        )
        .service(
            web::resource("/doc/mail_sent")
                .guard(guard::Put())
                .to(never),
        )
        .service(web::resource("/doc/{step}").guard(guard::Get()).to(never));
    }

    fn resources(app: &mut ServiceConfig) {
        app.service(web::resource("/doc/link_sent").put(never))
            .service(web::resource("/doc/mail_sent").put(never))
            .service(web::resource("/doc/{step}").get(never));
    }

    fn rocket() -> Rocket<Build> {
        let route = |method, path| Route::new(method, path, dummy_handler);
        let routes = [
            route(Method::Get, "/doc/<step>"),
            route(Method::Put, "/doc/link_sent"),
            route(Method::Put, "/doc/mail_sent"),
        ];
        rocket::build().mount("/", routes)
    }

    #[test]
    fn what_the_annotations_say_is_what_the_routers_do() {
        assert_eq!(check(axum(), "", ""), "");
        assert_eq!(check(rocket(), METHOD_FIRST, ""), "");
        assert_eq!(check(rocket(), "", METHOD_FIRST), "");
        let attributes = || App::new().configure(attributes);
        assert_eq!(check(attributes(), METHOD_FIRST, ""), "");
        assert_eq!(check(attributes(), "", METHOD_FIRST), "");
        assert_eq!(check(App::new().configure(resources), "", ""), "");
    }

    const NOT_STATED: &str = "\
error: the annotations are wrong about the router (method-first)

  GET /doc/link_sent
    handler                  app::link_sent
                             at src/doc.rs:7
    handler                  app::step
    the router               routes it to `step`: `link_sent` does not have the
                             method
    the annotations          say that it is answered with 405 (path-first)

  what to do
    State it once for the build. In `main.rs`, write:
      coexist::release!(routing = \"method-first\");

failed: the annotations and the router disagree
";

    #[test]
    fn a_build_that_does_not_state_it_fails_once() {
        for text in [
            check(rocket(), "", ""),
            check(App::new().configure(attributes), "", ""),
        ] {
            assert_eq!(text, NOT_STATED, "{text}");
        }
        // Here nobody knows what `main.rs` states.
        assert_eq!(check_part(rocket(), "", "", false), "");
    }

    const WRONG: &str = "\
error: the annotations are wrong about the router (path-first)

  GET /doc/mail_sent
    handler                  app::mail_sent
                             at src/doc.rs:9
    handler                  app::step
    the router               responds with 405: `mail_sent` has the path, and
                             not the method
    the annotations          say that `step` serves it (method-first)

  what to do
    State it for `mail_sent`, and for the other handlers that are mounted in the
    same way:
      #[handler(PUT \"/doc/mail_sent\", routing = \"path-first\", …)]

failed: the annotations and the router disagree
";

    #[test]
    fn each_handler_that_states_it_wrongly_fails() {
        for text in [
            check(axum(), "", METHOD_FIRST),
            check(App::new().configure(resources), "", METHOD_FIRST),
        ] {
            assert_eq!(text.matches("error: ").count(), 2, "{text}");
            assert!(text.ends_with(WRONG), "{text}");
        }
    }
}
