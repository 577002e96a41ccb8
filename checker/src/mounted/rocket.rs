//! Compares with the routes that a Rocket lists.

use ::rocket::{Phase, Rocket};

use super::{Answer, Question, Routes, is_same};

impl<P: Phase> Routes for Rocket<P> {
    fn mounting(name: &str, _: &str) -> String {
        format!(".mount(\"/\", routes![{name}])")
    }

    fn ask(self, questions: &[Question<'_>], _: &[(String, String)]) -> Vec<Answer> {
        let routes = self
            .routes()
            .map(|route| (route.method.as_str(), pattern(route.uri.path())));
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

/// Rocket's `/a/<id>/<rest..>` as `/a/{id}/{*rest}`.
fn pattern(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        let Some(name) = segment
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
        else {
            return segment.replace('{', "{{").replace('}', "}}");
        };
        match name.strip_suffix("..") {
            Some(name) => format!("{{*{name}}}"),
            None => format!("{{{name}}}"),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}
