//! What a router's answers mean, and what to do about them.

use super::expected::Wanted;
use crate::testing::problem::{Problem, count, name};

/// What a router knows of an endpoint.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is mounted.
    Mounted,
    /// Its path is, for these methods.
    OtherMethods(Vec<String>),
    /// The route of this path takes its requests.
    OtherRoute(String),
    /// Nothing takes them.
    NotThere,
    /// That cannot be told, for this reason.
    Unknown(String),
}

/// What is wrong with an endpoint, if anything is. `mounting` is the code that mounts
/// a handler.
pub(super) fn problem(
    wanted: &Wanted<'_>,
    answer: &Answer,
    mounting: &dyn Fn(&str, &str) -> String,
) -> Option<Problem> {
    let method = wanted.question.method;
    let subject = subject(wanted);
    let (headline, router, help) = match answer {
        Answer::Mounted => return None,
        Answer::OtherMethods(methods) => (
            format!("{subject} is not mounted for {method}"),
            match &methods[..] {
                [] => "takes no method there".to_owned(),
                methods => format!("takes {} there, not {method}", methods.join(", ")),
            },
            help(wanted),
        ),
        Answer::OtherRoute(path) => (
            format!("{subject} is not mounted, or another route hides it"),
            format!("sends its requests to `{path}`"),
            help(wanted),
        ),
        Answer::NotThere => (
            format!("{subject} is not mounted"),
            "has no such path".to_owned(),
            help(wanted),
        ),
        Answer::Unknown(why) => (
            format!("could not tell whether {subject} is mounted"),
            why.clone(),
            "Change that, or leave the path aside if you know that it is there.".to_owned(),
        ),
    };
    let mut problem = Problem {
        headline,
        endpoint: format!("{method} {}", wanted.question.path),
        help,
        paste: paste(wanted, answer, mounting),
        ..Problem::default()
    };
    for handler in &wanted.handlers {
        problem.handler(handler);
    }
    for form in &wanted.forms {
        problem.form(form);
    }
    problem.places.push(("the router", router));
    Some(problem)
}

/// The last line of a failure.
pub(super) fn summary(problems: usize, all: usize) -> String {
    let all = count(all, "annotated endpoint");
    format!("failed: {problems} of {all} cannot be shown to be mounted")
}

fn subject(wanted: &Wanted<'_>) -> String {
    match (&wanted.handlers[..], &wanted.forms[..]) {
        ([handler, ..], _) => format!("`{}`", name(&handler.id)),
        ([], [form, ..]) => format!("the page of the form `{}`", name(&form.id)),
        ([], []) => "this".to_owned(),
    }
}

fn help(wanted: &Wanted<'_>) -> String {
    let what = match (wanted.handlers.is_empty(), wanted.forms.is_empty()) {
        (false, true) => "Mount it, or take its annotation out.",
        (false, false) => "Mount it, or take its annotation and the forms of its page out.",
        (true, _) => "Mount the page, or name the one that has the form.",
    };
    what.to_owned()
}

fn paste(
    wanted: &Wanted<'_>,
    answer: &Answer,
    mounting: &dyn Fn(&str, &str) -> String,
) -> Option<String> {
    if let Answer::Unknown(_) = answer {
        return Some(format!(
            "Mounted::new().except(\"{}\").assert(…)",
            wanted.question.path
        ));
    }
    let handler = wanted.handlers.first()?;
    Some(mounting(name(&handler.id), wanted.question.method))
}

#[cfg(test)]
mod tests {
    use super::{Answer, problem, summary};
    use crate::endpoint::Pattern;
    use crate::registry::{Registry, snapshot};
    use crate::testing::mounted::expected;
    use crate::testing::problem::failed;

    fn registry() -> Registry {
        let json = r#"{ "format": 1, "release": { "name": "app", "version": "1.0.0" },
          "handlers": [
            { "id": "app::csv::import_csv", "method": "POST", "path": "/imports/csv",
              "source": { "file": "src/csv.rs", "line": 38 } },
            { "id": "app::csv::csv_page", "method": "GET", "path": "/imports/csv",
              "source": { "file": "src/csv.rs", "line": 20 } },
            { "id": "app::admin::delete", "method": "POST", "path": "/admin/{id}" } ],
          "forms": [
            { "id": "app::csv::CsvPage", "posts_to": [ { "method": "POST", "path": "/imports/csv" } ],
              "pages": [ { "method": "GET", "path": "/imports/csv" },
                         { "method": "GET", "path": "/welcome" } ],
              "source": { "file": "src/csv.rs", "line": 12 } } ] }"#;
        snapshot::read(json.as_bytes()).unwrap()
    }

    #[test]
    fn every_endpoint_is_wanted_once_but_for_the_exceptions() {
        let registry = registry();
        let except = [Pattern::parse("/admin/{*rest}").unwrap()];
        let wanted = expected::all(&registry, &except);
        let all: Vec<_> = wanted
            .iter()
            .map(|wanted| {
                (
                    wanted.question.path,
                    wanted.handlers.len(),
                    wanted.forms.len(),
                )
            })
            .collect();
        assert_eq!(
            all,
            [
                ("/imports/csv", 1, 1),
                ("/imports/csv", 1, 0),
                ("/welcome", 0, 1)
            ]
        );
    }

    const EXPECTED: &str = "\
error: `delete` is not mounted

  POST /admin/{id}
    handler                  app::admin::delete
    the router               has no such path

  what to do
    Mount it, or take its annotation out.
      POST(delete)

error: `csv_page` is not mounted for GET

  GET /imports/csv
    handler                  app::csv::csv_page
                             at src/csv.rs:20
    form                     app::csv::CsvPage
                             at src/csv.rs:12
    the router               takes POST there, not GET

  what to do
    Mount it, or take its annotation and the forms of its page out.
      GET(csv_page)

error: could not tell whether `import_csv` is mounted

  POST /imports/csv
    handler                  app::csv::import_csv
                             at src/csv.rs:38
    the router               answers 401 Unauthorized before it looks

  what to do
    Change that, or leave the path aside if you know that it is there.
      Mounted::new().except(\"/imports/csv\").assert(…)

error: the page of the form `CsvPage` is not mounted, or another route hides it

  GET /welcome
    form                     app::csv::CsvPage
                             at src/csv.rs:12
    the router               sends its requests to `/{page}`

  what to do
    Mount the page, or name the one that has the form.

failed: 4 of 4 annotated endpoints cannot be shown to be mounted
";

    #[test]
    fn each_answer_says_what_where_and_what_to_do() {
        let registry = registry();
        let wanted = expected::all(&registry, &[]);
        let answers = [
            Answer::NotThere,
            Answer::OtherMethods(vec!["POST".to_owned()]),
            Answer::Unknown("answers 401 Unauthorized before it looks".to_owned()),
            Answer::OtherRoute("/{page}".to_owned()),
        ];
        let problems: Vec<_> = wanted
            .iter()
            .zip(answers)
            .filter_map(|(wanted, answer)| {
                problem(wanted, &answer, &|name, method| format!("{method}({name})"))
            })
            .collect();
        let text = failed(&problems, &summary(problems.len(), wanted.len())).unwrap_err();
        assert_eq!(text, EXPECTED, "{text}");
    }
}
