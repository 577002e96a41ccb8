//! What a router's answers mean, and what to do about them.

use super::expected::Expected;
use super::routes::Answer;
use crate::support::text::{item_name, plural};
use crate::testing::problem::Problem;

/// What to do where the app does not show whether an endpoint is mounted.
const UNKNOWN: &str = "Change that, or ignore the path if you know that it is mounted.";

/// What is wrong with an endpoint, if anything is. `mounting` is the code that mounts
/// a handler.
pub(super) fn problem(
    expected: &Expected<'_>,
    answer: &Answer,
    mounting: &dyn Fn(&str, &str) -> String,
) -> Option<Problem> {
    let method = expected.question.method;
    let subject = subject(expected);
    let (headline, router, help) = match answer {
        Answer::Mounted => return None,
        Answer::OtherMethods(methods) => (
            format!("{subject} is not mounted for {method}"),
            match &methods[..] {
                [] => "serves no method there".to_owned(),
                methods => format!("serves {} there, not {method}", methods.join(", ")),
            },
            help(expected),
        ),
        Answer::OtherRoute(path) => (
            format!("{subject} is not mounted, or another route shadows it"),
            format!("routes its requests to `{path}`"),
            help(expected),
        ),
        Answer::NotThere => (
            format!("{subject} is not mounted"),
            "has no route for this path".to_owned(),
            help(expected),
        ),
        Answer::After(path) => (
            format!("could not tell whether {subject} is mounted"),
            format!("tries `{path}` first, which also matches this path: mount this one before it"),
            UNKNOWN.to_owned(),
        ),
        Answer::Unknown(why) => (
            format!("could not tell whether {subject} is mounted"),
            why.clone(),
            UNKNOWN.to_owned(),
        ),
    };
    let mut problem = Problem {
        headline,
        endpoint: format!("{method} {}", expected.question.path),
        help,
        paste: paste(expected, answer, mounting),
        ..Problem::default()
    };
    for handler in &expected.handlers {
        problem.handler(handler);
    }
    for form in &expected.forms {
        problem.form(form);
    }
    problem.places.push(("the router", router));
    Some(problem)
}

/// The last line of a failure.
pub(super) fn summary(problems: usize, all: usize) -> String {
    let all = plural(all, "annotated endpoint");
    format!("failed: {problems} of {all} could not be confirmed as mounted")
}

fn subject(expected: &Expected<'_>) -> String {
    match (&expected.handlers[..], &expected.forms[..]) {
        ([handler, ..], _) => format!("`{}`", item_name(&handler.id)),
        ([], [form, ..]) => format!("the page of the form `{}`", item_name(&form.id)),
        ([], []) => "this".to_owned(),
    }
}

fn help(expected: &Expected<'_>) -> String {
    let what = match (expected.handlers.is_empty(), expected.forms.is_empty()) {
        (false, true) => "Mount it, or remove its annotation.",
        (false, false) => "Mount it, or remove its annotation and the forms of its page.",
        (true, _) => "Mount the page, or name the page that contains the form.",
    };
    what.to_owned()
}

fn paste(
    expected: &Expected<'_>,
    answer: &Answer,
    mounting: &dyn Fn(&str, &str) -> String,
) -> Option<String> {
    if let Answer::Unknown(_) | Answer::After(_) = answer {
        return Some(format!(
            "Mounted::new().except(\"{}\").assert(…)",
            expected.question.path
        ));
    }
    let handler = expected.handlers.first()?;
    Some(mounting(item_name(&handler.id), expected.question.method))
}

#[cfg(test)]
mod tests {
    use super::{Answer, problem, summary};
    use crate::endpoint::Pattern;
    use crate::registry::{Registry, snapshot};
    use crate::testing::TestFailure;
    use crate::testing::mounted::expected;

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
    fn every_endpoint_is_expected_once_except_for_the_exceptions() {
        let registry = registry();
        let except = [Pattern::parse("/admin/{*rest}").unwrap()];
        let expected = expected::endpoints(&registry, &except);
        let all: Vec<_> = expected
            .iter()
            .map(|expected| {
                (
                    expected.question.path,
                    expected.handlers.len(),
                    expected.forms.len(),
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
    the router               has no route for this path

  what to do
    Mount it, or remove its annotation.
      POST(delete)

error: `csv_page` is not mounted for GET

  GET /imports/csv
    handler                  app::csv::csv_page
                             at src/csv.rs:20
    form                     app::csv::CsvPage
                             at src/csv.rs:12
    the router               serves POST there, not GET

  what to do
    Mount it, or remove its annotation and the forms of its page.
      GET(csv_page)

error: could not tell whether `import_csv` is mounted

  POST /imports/csv
    handler                  app::csv::import_csv
                             at src/csv.rs:38
    the router               responds with 401 Unauthorized before routing

  what to do
    Change that, or ignore the path if you know that it is mounted.
      Mounted::new().except(\"/imports/csv\").assert(…)

error: the page of the form `CsvPage` is not mounted, or another route shadows
  it

  GET /welcome
    form                     app::csv::CsvPage
                             at src/csv.rs:12
    the router               routes its requests to `/{page}`

  what to do
    Mount the page, or name the page that contains the form.

failed: 4 of 4 annotated endpoints could not be confirmed as mounted
";

    #[test]
    fn each_answer_says_what_where_and_what_to_do() {
        let registry = registry();
        let expected = expected::endpoints(&registry, &[]);
        let answers = [
            Answer::NotThere,
            Answer::OtherMethods(vec!["POST".to_owned()]),
            Answer::Unknown("responds with 401 Unauthorized before routing".to_owned()),
            Answer::OtherRoute("/{page}".to_owned()),
        ];
        let problems: Vec<_> = expected
            .iter()
            .zip(answers)
            .filter_map(|(expected, answer)| {
                problem(expected, &answer, &|name, method| {
                    format!("{method}({name})")
                })
            })
            .collect();
        let summary = summary(problems.len(), expected.len());
        let failure = TestFailure::from_problems(&problems, &summary).unwrap_err();
        assert_eq!(failure.to_string(), EXPECTED, "{failure}");
    }
}
