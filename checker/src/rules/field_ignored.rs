//! `field-ignored`: the handler of the other build drops a field without a word.

use super::advice::Dropping;
use super::fields::{self, Nouns};
use super::headline::Fate;
use crate::model::{Check, Explanation, FaultKind, Finding, Group, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-ignored",
    level: Level::Warn,
    summary: "the handler of the other release ignores a field that the page's own release reads",
    doc: DOC,
    check: Check::Submission(judge),
    subject: fields::subject,
    explain,
};

const DOC: &str = "\
The form sends a field that the handler of its own release reads, and the
handler of the other release does not know the field: it ignores the value
without a word. The node answers as if all was well, but what the user entered
is lost. If the field says that something is private, it becomes public.

This happens when a field is added to form and handler in one release, and when
it is removed from both in one release.

Instead, add a field in two releases: first the handler reads it; then, once
every node runs that release, the form sends it. Remove a field in two releases
as well: first the form no longer sends it; then, once the pages that send it
have expired, the handler no longer reads it. If the loss does not matter, waive
the finding.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| *kind == FaultKind::Ignored)
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let Nouns {
        names,
        forms,
        handler,
        fields,
        them,
    } = Nouns::new(group);
    let lose = names.submissions(&Fate::new(format!("loses {fields}")));
    let reached = names.reached;
    Explanation {
        headline: format!("{lose}: `{reached}` ignores {them}"),
        answer: Some("loses what was entered"),
        steps: names.accept_first(
            Dropping {
                keep: format!("keep reading {fields} in {handler}"),
                change_form: Some(format!("remove {them} from {forms}")),
                then: format!("remove {fields} from {handler}"),
            },
            [
                format!("let {handler} read {fields}, but do not send {them} in {forms} yet"),
                format!("let {forms} send {fields}"),
            ],
        ),
    }
}
