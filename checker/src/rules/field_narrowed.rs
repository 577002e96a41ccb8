//! `field-narrowed`: the handler of the other build accepts fewer values than that of the
//! form's own build.

use super::advice::{Dropping, Names, reached};
use super::fields::{self, Nouns};
use super::headline::Fate;
use super::values::{describe_limit, describe_value};
use crate::endpoint::unnamed;
use crate::model::{
    Check, Direction, Explanation, Fault, FaultKind, Finding, Group, Level, Rule, Step, Submission,
};
use crate::registry::{Constraint, Form, Unit};

pub(super) static RULE: Rule = Rule {
    name: "field-narrowed",
    level: Level::Deny,
    summary: "the form may send a value that its own release accepts and the other release rejects",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
The form may send a value that the handler of its own release accepts and the
handler of the other release rejects: another type, a smaller range, fewer
choices, a shorter text, a pattern, one value instead of several, another way to
read it. A node of that release answers 422 Unprocessable Content or 400 Bad
Request.

What `validator` and `garde` check is read from the attributes of a field:
`length`, `range`, `email`, `url`, `contains`, and with garde a `pattern`,
`ascii`, `alphanumeric`, `prefix` and `suffix`. What a page allows is read from
`required`, `minlength`, `maxlength`, `pattern`, `min`, `max`, `step` and the
type of a control, unless the form says `novalidate`. The two count differently:
`maxlength` counts code units of UTF-16 and only what people type, and a line
break of a `<textarea>` arrives as two characters.

Readers differ: for an empty text, `Form` of axum-extra reads an `Option` as
none, and that of axum rejects it unless the type is a text. So changing the
extractor, or moving a number into a flattened struct, may narrow a field.

This happens when a type gets narrower, when a variant of an enum is removed,
and, the other way round, when a form offers a new choice in the same release in
which the handler begins to accept it.

Instead, remove a value in two releases: first the form no longer offers it;
then, once the pages that offer it have expired, the handler no longer accepts
it. Add a value in two releases as well: first the handler accepts it; then,
once every node runs that release, the form offers it.

It is a warning, *undecided*, where one of the types is not declared: derive
`Fields` for that type, and the values are compared. For a type from another
crate that is not possible: such a finding can only be waived. It is undecided
as well where two patterns differ and neither is known to match all that the
other one does, and where a template or a constant decides what is sent or
accepted. A limit that the macro cannot read, such as `custom` or
`length(max = MAX)`, is not declared: of what the new handler checks so, nothing
is said. It is also a warning where only the handler changes, and the new one
accepts more: a form that is the same in both releases does not invite anybody
to send what the old release rejects, and such a submission would be rejected as
before.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let mut finding = fields::found(&RULE, submission, |kind| {
        matches!(
            kind,
            FaultKind::Value { .. }
                | FaultKind::Limit { .. }
                | FaultKind::UnexpectedList
                | FaultKind::ExpectedList
                | FaultKind::Flattened
                | FaultKind::Nested
        )
    })?;
    finding.is_undecided |= is_as_before(&finding);
    Some(finding)
}

/// Whether the old release has the same form, with this endpoint: it rejects the same
/// submissions of its own pages. No order of releases would change that.
fn is_as_before(finding: &Finding<'_>) -> bool {
    let Some(form) = finding.page.form else {
        return false;
    };
    let (method, path) = finding.endpoint;
    let sends_there = |old: &Form| {
        let mut targets = old.posts_to.iter();
        targets.any(|target| target.method == method && unnamed(&target.path) == unnamed(path))
    };
    let is_same =
        |old: &Form| old.fields == form.fields && old.encoding == form.encoding && sends_there(old);
    finding.direction == Some(Direction::NewToOld)
        && finding.node.registry.form(&form.id).is_some_and(is_same)
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = fields::subject(finding);
    subject.push(why(finding, "", ""));
    subject.push(format!("{:?}", Certainty::new(finding)));
    subject
}

/// Whether submissions fail.
#[derive(Clone, Copy, Debug)]
enum Certainty {
    /// They do, depending on the value.
    Certain,
    /// They do, and did before: no order of releases changes that.
    AsBefore,
    /// It cannot be told from what is declared.
    Undecided,
}

impl Certainty {
    fn new(finding: &Finding<'_>) -> Self {
        if is_as_before(finding) {
            Self::AsBefore
        } else if finding.is_undecided {
            Self::Undecided
        } else {
            Self::Certain
        }
    }
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let nouns = Nouns::new(group);
    let certainty = Certainty::new(group.first());
    let fail = match certainty {
        Certainty::AsBefore => Fate::new(format!("may still get {}", fields::ANSWER)),
        Certainty::Undecided | Certainty::Certain => Fate::answer(fields::ANSWER, false),
    };
    let headline = nouns.names.submissions(&fail);
    let forms = group.agree("the form", "the forms");
    let mut why = why(group.first(), forms, group.agree("sends", "send"));
    if let Some(also) = fields::also_undecided(group.first()) {
        why.push_str(&format!(" ({also})"));
    }
    Explanation {
        headline: format!("{headline}: {why}"),
        answer: Some(match certainty {
            Certainty::Undecided => "may fail with 400 or 422",
            Certainty::AsBefore | Certainty::Certain => "fails for some values",
        }),
        steps: steps(&nouns, certainty),
    }
}

fn steps(nouns: &Nouns<'_, '_>, certainty: Certainty) -> Vec<Step> {
    let Nouns {
        names,
        forms,
        handler,
        fields,
        ..
    } = nouns;
    let Names { group, this, .. } = names;
    match certainty {
        Certainty::AsBefore => {
            let (invite, let_them) = (
                group.agree("invites", "invite"),
                group.agree("let it", "let them"),
            );
            let change = format!(
                "nothing, if people keep sending what they always sent. If {forms} {invite} them \
                 to send more, {let_them} do so only once every node runs {this}"
            );
            vec![Step::within(this, change)]
        }
        Certainty::Undecided if is_about_limits(group.first()) => {
            let change = format!(
                "make sure that {handler} accepts all values of {fields} that {forms} may send, and \
                 waive this finding. The page and both handlers can say the same limit: then it is \
                 compared"
            );
            vec![Step::within(this, change)]
        }
        Certainty::Undecided => {
            let change = format!(
                "derive `Fields` for the types of {fields}, in the form and in the handler, and \
                 check again. Of a type from another crate nothing is known: see for yourself \
                 that both releases accept the same, and waive this finding"
            );
            vec![Step::within(this, change)]
        }
        Certainty::Certain => {
            let new_values = if names.is_form_to_wait() {
                format!("let {forms} send only the new values of {fields}")
            } else {
                format!("let {forms} send only values that both releases accept")
            };
            names.accept_first(
                Dropping {
                    keep: format!("keep accepting the old values of {fields} in {handler}"),
                    change_form: Some(new_values),
                    then: format!("reject the old values of {fields} in {handler}"),
                },
                [
                    format!(
                        "accept the new values of {fields} in {handler}, but do not send them in \
                         {forms} yet"
                    ),
                    format!("let {forms} send them"),
                ],
            )
        }
    }
}

/// Whether all that is at fault is a limit, not a type.
fn is_about_limits(finding: &Finding<'_>) -> bool {
    let mut faults = fields::faults(finding).iter();
    faults.all(|fault| matches!(fault.kind, FaultKind::Limit { .. }))
}

/// How many reasons are given.
const REASONS: usize = 4;

/// What is wrong with the fields that the forms send: each reason, with the fields that have it.
fn why(finding: &Finding<'_>, forms: &str, send: &str) -> String {
    let mut reasons: Vec<(Reason, Vec<&str>)> = Vec::new();
    for fault in fields::faults(finding) {
        let reason = reason(fault, send);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, fields)) => fields.push(&fault.field),
            None => reasons.push((reason, vec![&fault.field])),
        }
    }
    let handler = reached(finding);
    let written = reasons.iter().take(REASONS).enumerate();
    let written = written.map(|(position, (reason, names))| {
        let fields = fields::enumerate_fields(names);
        let Reason { sent, taken } = reason;
        let sent = sent.replace(FIELDS, &fields);
        if position == 0 {
            format!("{forms} {sent}, but `{handler}` {taken}")
        } else {
            format!("{sent}, but it {taken}")
        }
    });
    let mut text = written.collect::<Vec<_>>().join("; ");
    let others = reasons.iter().skip(REASONS).flat_map(|(_, names)| names);
    let others: Vec<&str> = others.copied().collect();
    if !others.is_empty() {
        text.push_str(&format!(
            "; also affected: {}",
            fields::enumerate_fields(&others)
        ));
    }
    text
}

/// Why a field fails.
#[derive(PartialEq, Eq)]
struct Reason {
    /// What the forms do; [`FIELDS`] stands for the field.
    sent: String,
    /// What the handler does.
    taken: String,
}

/// Stands for the names of fields.
const FIELDS: &str = "{}";

fn reason(fault: &Fault, send: &str) -> Reason {
    let of = |sent: &str, taken: &str| Reason {
        sent: sent.to_owned(),
        taken: taken.to_owned(),
    };
    match &fault.kind {
        FaultKind::UnexpectedList => of(
            &format!("may send several values for {FIELDS}"),
            "accepts only one",
        ),
        FaultKind::ExpectedList => of(
            &format!("{send} one value for {FIELDS}"),
            "accepts only a list",
        ),
        FaultKind::Flattened => of(
            &format!("{send} {FIELDS}"),
            "reads a number or `bool` into a flattened struct, where serde has a text and \
             accepts none",
        ),
        FaultKind::Nested => of(
            &format!("{send} a text for {FIELDS}"),
            "reads a struct from it",
        ),
        FaultKind::Value {
            taken,
            example: Some(example),
            ..
        } if !fault.is_undecided => Reason {
            sent: may_send_example(example),
            taken: format!("accepts {}", describe_value(taken)),
        },
        FaultKind::Value { sent, taken, .. } => Reason {
            sent: format!("{send} {} for {FIELDS}", describe_value(sent)),
            taken: format!("accepts {}", describe_value(taken)),
        },
        FaultKind::Limit { taken, example } => Reason {
            sent: match example {
                Some(example) if !fault.is_undecided => may_send(taken, example),
                _ => format!("may send other values for {FIELDS}"),
            },
            taken: format!("accepts only {}", describe_limit(taken)),
        },
        FaultKind::Missing
        | FaultKind::SometimesMissing
        | FaultKind::Unknown
        | FaultKind::Ignored
        | FaultKind::DuplicateAlias(_) => of("", ""),
    }
}

/// That a value may be sent that is not within a limit.
fn may_send(limit: &Constraint, example: &str) -> String {
    let Constraint::Length { unit, .. } = limit else {
        return may_send_example(example);
    };
    let (length, unit) = match unit {
        Unit::Bytes => (example.len(), "bytes"),
        Unit::Characters | Unit::Graphemes | Unit::Textarea => {
            (example.chars().count(), "characters")
        }
        Unit::Utf16 => (example.encode_utf16().count(), "code units of UTF-16"),
    };
    match length {
        0 => may_send_example(example),
        1 => format!("may send a single character for {FIELDS}"),
        length => format!("may send {length} {unit} for {FIELDS}"),
    }
}

fn may_send_example(example: &str) -> String {
    match example {
        "" => format!("may leave {FIELDS} empty"),
        example if example.chars().count() <= 64 => {
            format!("may send \"{example}\" for {FIELDS}")
        }
        example => {
            let length = example.chars().count();
            format!("may send a text of {length} characters for {FIELDS}")
        }
    }
}
