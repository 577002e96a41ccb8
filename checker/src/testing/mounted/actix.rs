//! Asks an actix-web app, with a request of a method that does not exist.
//!
//! Such a request passes by every route that has a guard for a method, and each such
//! guard leaves its method with the request, from where a resource without routes
//! takes it into the `Allow` header of its answer. The one that is asked here is not
//! of the app: the request's notes are handed to it, whatever the app has answered.

use std::mem;

use ::actix_web::body::MessageBody;
use ::actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use ::actix_web::error::{ErrorBadRequest, ErrorInternalServerError};
use ::actix_web::http::header::ALLOW;
use ::actix_web::http::{Method, StatusCode, Uri};
use ::actix_web::test::{TestRequest, init_service, try_call_service};
use ::actix_web::{App, Error, HttpMessage as _, rt, web};

use super::probe::{PROBE, SAMPLES, allowed};
use super::routes::{Answer, Question, Routes, is_same};
use crate::endpoint::Pattern;

impl<T, B> Routes for App<T>
where
    T: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    T::Future: 'static,
    B: MessageBody + 'static,
{
    fn mounting(name: &str, method: &str) -> String {
        let method = method.to_lowercase();
        format!(".route({name}::PATH, web::{method}().to({name}))")
    }

    fn ask(self, questions: &[Question<'_>], headers: &[(String, String)]) -> Vec<Answer> {
        rt::System::new().block_on(async {
            let app = init_service(self).await;
            let call =
                async |path: &str| try_call_service(&app, probe(path, headers)?.to_request()).await;
            let mut answers = Vec::with_capacity(questions.len());
            for question in questions {
                answers.push(ask(*question, &call).await);
            }
            answers
        })
    }
}

/// Asks with one sample after the other, until one is served.
async fn ask<B>(
    question: Question<'_>,
    call: &impl AsyncFn(&str) -> Result<ServiceResponse<B>, Error>,
) -> Answer {
    let mut answer = Answer::NotThere;
    for path in paths(question.path) {
        let found = match call(&path).await {
            Ok(response) => read(question, &path, &response).await,
            Err(error) => Answer::Unknown(format!("was not reached: {error}")),
        };
        if found == Answer::Mounted {
            return found;
        }
        if answer == Answer::NotThere {
            answer = found;
        }
    }
    answer
}

/// The paths to ask for: with each of the samples, if there are parameters.
fn paths(pattern: &str) -> Vec<String> {
    let Ok(pattern) = Pattern::parse(pattern) else {
        return Vec::new();
    };
    let mut paths = SAMPLES.map(|sample| pattern.filled(sample)).to_vec();
    paths.dedup();
    paths
}

fn probe(path: &str, headers: &[(String, String)]) -> Result<TestRequest, Error> {
    let method = Method::from_bytes(PROBE.as_bytes()).map_err(ErrorInternalServerError)?;
    let path: Uri = path.parse().map_err(ErrorBadRequest)?;
    let request = TestRequest::default().method(method).uri(&path.to_string());
    Ok(headers.iter().fold(request, |request, (name, value)| {
        request.append_header((&**name, &**value))
    }))
}

/// What the answer to a probe says.
async fn read<B>(question: Question<'_>, path: &str, response: &ServiceResponse<B>) -> Answer {
    let routes = response.request().resource_map();
    if !routes.has_resource(path) {
        return Answer::NotThere;
    }
    let taken = response.request().match_pattern();
    let methods = guards(response).await;
    // What serves files: it has no routes, and checks the method itself.
    if methods.is_empty()
        && question.takes_all()
        && response.status() == StatusCode::METHOD_NOT_ALLOWED
    {
        return Answer::Mounted;
    }
    if methods.is_empty() {
        return Answer::Unknown(format!(
            "responds with {} without checking the method: this may be a middleware \
             (`Mounted::header` may get past it), or the route serves every method",
            response.status()
        ));
    }
    if !methods.iter().any(|method| method == question.method) {
        return Answer::OtherMethods(methods);
    }
    let is_own = |taken: &String| {
        let patterns = canonical(taken);
        patterns
            .iter()
            .any(|pattern| is_same(pattern, question.path))
    };
    match taken {
        // The first that fits is taken; here that is another one.
        Some(taken) if !is_own(&taken) => {
            if methods
                .first()
                .is_some_and(|first| first == question.method)
            {
                Answer::OtherRoute(taken)
            } else {
                Answer::After(taken)
            }
        }
        _ => Answer::Mounted,
    }
}

/// The methods that guards have asked for.
async fn guards<B>(response: &ServiceResponse<B>) -> Vec<String> {
    let notes = mem::take(&mut *response.request().extensions_mut());
    let request = TestRequest::default().to_request();
    *request.extensions_mut() = notes;
    let reader = init_service(App::new().service(web::resource("/"))).await;
    let Ok(answer) = try_call_service(&reader, request).await else {
        return Vec::new();
    };
    let allow = answer.headers().get(ALLOW);
    allow.map_or(Vec::new(), |allow| {
        allowed(&String::from_utf8_lossy(allow.as_bytes()))
    })
}

/// The patterns of annotations that a route of this pattern has: without regular
/// expressions, with one parameter a segment, and two where the rest may be empty.
fn canonical(pattern: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = pattern;
    while let Some((before, inside)) = rest.split_once('{') {
        plain.push_str(before);
        let Some(end) = closing(inside) else {
            return vec![pattern.to_owned()];
        };
        let (parameter, behind) = (&inside[..end], &inside[end + 1..]);
        let (name, expression) = parameter.split_once(':').unwrap_or((parameter, ""));
        if behind == "*" || matches!(expression.trim(), ".*" | ".+") {
            let (folder, text) = plain.rsplit_once('/').unwrap_or(("", &plain));
            let may_be_empty = text.is_empty() && expression.trim() != ".+";
            let all = [format!("{folder}/{{*{name}}}"), format!("{folder}/")];
            return all
                .into_iter()
                .take(1 + usize::from(may_be_empty))
                .collect();
        }
        plain.push_str(&format!("{{{name}}}"));
        rest = behind;
    }
    plain.push_str(rest);
    let segments = plain.split('/').map(one_parameter);
    vec![segments.collect::<Vec<_>>().join("/")]
}

/// A segment whose parameters are one, with what is between them.
fn one_parameter(segment: &str) -> String {
    match (segment.find('}'), segment.rfind('}')) {
        (Some(first), Some(last)) => format!("{}{}", &segment[..first], &segment[last..]),
        _ => segment.to_owned(),
    }
}

/// Where the brace is that closes the one before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return true,
            b'}' => depth -= 1,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn the_patterns_of_routes_become_those_of_annotations() {
        for (pattern, expected) in [
            ("/a/b", &["/a/b"][..]),
            ("/a/{id}", &["/a/{id}"]),
            (r"/a/{id:\d+}/b", &["/a/{id}/b"]),
            (r"/a/{year:\d{4}}-x", &["/a/{year}-x"]),
            ("/a/{from}-{to}.csv", &["/a/{from}.csv"]),
            ("/s/{tail:.*}", &["/s/{*tail}", "/s/"]),
            ("/s/{tail}*", &["/s/{*tail}", "/s/"]),
            ("/s/{tail:.+}", &["/s/{*tail}"]),
            ("/s/x{tail:.*}", &["/s/{*tail}"]),
            ("/a/{id", &["/a/{id"]),
        ] {
            assert_eq!(canonical(pattern), expected, "{pattern}");
        }
    }
}
