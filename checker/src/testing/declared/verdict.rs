//! Whether a submission is declared, and what to write if it is not.

use coexist_html::Element;

use super::compare::{self, differences, differences_in_query};
use super::submission::Submission;
use crate::endpoint::{Outcome, Pattern};
use crate::model::RoutedBuild;
use crate::registry::{Form, Handler, NEXT, Target};
use crate::support::text::{item_name, plural};
use crate::testing::problem::Problem;

/// What is wrong with a submission, if anything is.
pub(super) fn problem(
    submission: &Submission<'_>,
    app: &RoutedBuild<'_>,
    except_fields: &[String],
) -> Option<Problem> {
    let handler = served(app, &submission.form.method, &submission.path);
    let declaring = app.registry.forms.iter().filter(|form| {
        form.posts_to
            .iter()
            .any(|target| is_for(target, submission, app, handler))
    });
    let compared = declaring.map(|form| (&**form, differ(submission, form, except_fields)));
    let closest = compared.min_by_key(|(_, differences)| differences.len());
    match closest {
        Some((form, differences)) if differences.is_empty() => {
            let refused = refused(submission, handler?, except_fields);
            if refused.is_empty() {
                return None;
            }
            Some(Problem {
                headline: format!(
                    "{} sends what its handler never accepts",
                    subject(submission)
                ),
                help: "Change what the page sends, or the type of the field in the handler."
                    .to_owned(),
                ..other_fields(submission, handler, form, refused)
            })
        }
        Some((form, differences)) => Some(other_fields(submission, handler, form, differences)),
        None => Some(undeclared(submission, handler)),
    }
}

/// The last line of a failure.
pub(super) fn summary(page: &str, problems: usize, all: usize) -> String {
    let all = plural(all, "request");
    format!("failed: the page {page} can send {all}, {problems} not as annotated")
}

/// The annotated handler that takes a path.
fn served<'r>(app: &RoutedBuild<'r>, method: &str, path: &str) -> Option<&'r Handler> {
    match app.resolve(method, path) {
        Outcome::Served(handler) => Some(handler),
        Outcome::OtherMethods(_) | Outcome::NotServed | Outcome::Undecided(_) => None,
    }
}

/// Whether a form that sends to `target` sends this.
fn is_for(
    target: &Target,
    submission: &Submission<'_>,
    app: &RoutedBuild<'_>,
    handler: Option<&Handler>,
) -> bool {
    if target.method != submission.form.method || target.host.is_some() {
        return false;
    }
    let (target_path, path) = (
        Pattern::parse(&target.path),
        Pattern::parse(&submission.path),
    );
    let takes = target_path.is_ok_and(|target| path.is_ok_and(|path| target.takes(&path)));
    takes || (handler.is_some() && served(app, &target.method, &target.path) == handler)
}

fn differ(submission: &Submission<'_>, form: &Form, except: &[String]) -> Vec<String> {
    if submission.form.element == Element::Link {
        return Vec::new();
    }
    let mut found = match (&submission.form.fields, &form.fields) {
        (Some(sent), Some(declared)) => differences(sent, &declared.list(), except),
        _ => Vec::new(),
    };
    if let (Some(sent), Some(declared)) = (&submission.form.query, &form.query) {
        found.extend(differences_in_query(sent, &declared.list(), except));
    }
    found
}

/// What the handler does not accept of the fields, although they are declared.
fn refused(submission: &Submission<'_>, handler: &Handler, except: &[String]) -> Vec<String> {
    let sent = submission.form.fields.as_deref().unwrap_or_default();
    compare::refused(sent, handler, except)
}

fn undeclared(submission: &Submission<'_>, handler: Option<&Handler>) -> Problem {
    let (help, paste) = match handler {
        Some(handler) => (
            "Annotate the item that generates the page.",
            format!(
                "#[form(posts_to = {}, since = \"{NEXT}\")]",
                item_name(&handler.id)
            ),
        ),
        None => (
            "Annotate the handler and the item that generates the page, or ignore the path if \
             there is nothing to annotate.",
            format!("Declared::new().except(\"{}\").assert(…)", submission.path),
        ),
    };
    Problem {
        headline: format!("{} is not declared", subject(submission)),
        help: help.to_owned(),
        paste: Some(paste),
        ..found(submission, handler)
    }
}

fn other_fields(
    submission: &Submission<'_>,
    handler: Option<&Handler>,
    form: &Form,
    differences: Vec<String>,
) -> Problem {
    let mut problem = Problem {
        headline: format!("{} sends other fields than declared", subject(submission)),
        help: "Change the page so that it sends what is declared, or declare what it sends: in \
               the type that `sends` names, or with a separate `#[form]`."
            .to_owned(),
        ..found(submission, handler)
    };
    problem.form(form);
    let differences = differences.into_iter();
    let differences = differences.map(|difference| ("the page", difference));
    problem.places.extend(differences);
    problem
}

fn subject(submission: &Submission<'_>) -> String {
    let what = match submission.form.element {
        Element::Form => "a form",
        Element::Button => "a button",
        Element::Link => "a link",
        Element::Htmx => "an htmx call",
    };
    format!("{what} to `{}`", submission.path)
}

/// Where a submission is found, and where it arrives.
fn found(submission: &Submission<'_>, handler: Option<&Handler>) -> Problem {
    let form = submission.form;
    // Attributes may stand on lines of their own.
    let tag: Vec<&str> = form.tag.split_whitespace().collect();
    let mut problem = Problem {
        endpoint: format!("{} {}", form.method, submission.path),
        places: vec![
            ("in the page", tag.join(" ")),
            (
                "",
                format!("at {}, line {}", form.place.file, form.place.line),
            ),
        ],
        ..Problem::default()
    };
    match handler {
        Some(handler) => problem.handler(handler),
        None => problem
            .places
            .push(("handler", "none is annotated".to_owned())),
    }
    problem
}
