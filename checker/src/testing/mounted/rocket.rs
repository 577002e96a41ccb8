//! Compares with the routes that a Rocket lists.

use ::rocket::{Phase, Rocket};

use super::routes::{Answer, Question, Routes, is_same};
use crate::registry::Routing;

impl<P: Phase> Routes for Rocket<P> {
    fn mounting(name: &str, _: &str) -> String {
        format!(".mount(\"/\", routes![{name}])")
    }

    fn routing(_: &Answer) -> Option<Routing> {
        // Rocket tries the next route, whatever the routes are.
        Some(Routing::MethodFirst)
    }

    fn ask(self, questions: &[Question<'_>], _: &[(String, String)]) -> Vec<Answer> {
        let routes = self.routes().flat_map(|route| {
            let patterns = patterns(route.uri.path()).into_iter();
            patterns.map(|pattern| (route.method.as_str(), pattern))
        });
        let routes: Vec<(&str, String)> = routes.collect();
        questions
            .iter()
            .map(|question| ask(&routes, *question))
            .collect()
    }
}

fn ask(routes: &[(&str, String)], question: Question<'_>) -> Answer {
    let same_path = routes
        .iter()
        .filter(|(_, path)| is_same(path, question.path));
    let methods: Vec<&str> = same_path.map(|(method, _)| *method).collect();
    // Rocket answers HEAD with what answers GET.
    let serves = |method: &str| methods.contains(&method);
    if serves(question.method) || (question.method == "HEAD" && serves("GET")) {
        Answer::Mounted
    } else if methods.is_empty() {
        Answer::NotThere
    } else {
        Answer::OtherMethods(methods.into_iter().map(str::to_owned).collect())
    }
}

/// The patterns of annotations that a route of this path has: `/a/<id>/<rest..>` has
/// `/a/{id}/{*rest}` and, since the rest may be empty, `/a/{id}`.
fn patterns(path: &str) -> Vec<String> {
    let mut pattern = String::new();
    for segment in path.split('/').skip(1) {
        let name = segment
            .strip_prefix('<')
            .and_then(|name| name.strip_suffix('>'));
        match name.map(|name| (name, name.strip_suffix(".."))) {
            Some((_, Some(name))) => {
                let folder = if pattern.is_empty() { "/" } else { &pattern };
                return vec![format!("{pattern}/{{*{name}}}"), folder.to_owned()];
            }
            Some((name, None)) => pattern.push_str(&format!("/{{{name}}}")),
            None => {
                pattern.push('/');
                pattern.push_str(&segment.replace('{', "{{").replace('}', "}}"));
            }
        }
    }
    vec![pattern]
}
