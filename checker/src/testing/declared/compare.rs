//! Compares the fields that an element of a page sends with those that an annotation
//! declares.

use coexist_html::{Field as Sent, Kind};

use crate::model::{FaultKind, misfits};
use crate::registry::{Field, Handler, Value};
use crate::rules::{describe_limit, describe_value};
use crate::support::text::item_name;

/// The differences, in words.
pub(super) fn differences(sent: &[Sent], declared: &[Field], except: &[String]) -> Vec<String> {
    let is_named = |field: &Field, name: &str| {
        field.name == name || field.aliases.iter().any(|alias| alias == name)
    };
    let mut differences = Vec::new();
    for sent in sent.iter().filter(|sent| !is_ignored(&sent.name, except)) {
        match declared.iter().find(|field| is_named(field, &sent.name)) {
            None => differences.push(format!("sends `{}`, which is not declared", sent.name)),
            Some(field) => differences.extend(other_choices(sent, field)),
        }
    }
    for field in declared.iter().filter(|field| field.always_present) {
        let same_name = sent.iter().filter(|sent| is_named(field, &sent.name));
        let always: Vec<bool> = same_name.map(|sent| sent.always).collect();
        if always.is_empty() {
            differences.push(format!("does not send `{}`", field.name));
        } else if !always.contains(&true) {
            differences.push(format!("sends `{}` only sometimes", field.name));
        }
    }
    differences
}

/// The differences in the query of the address, where the fields are in the body.
pub(super) fn differences_in_query(
    sent: &[Sent],
    declared: &[Field],
    except: &[String],
) -> Vec<String> {
    let sent = sent.iter().filter(|sent| !is_ignored(&sent.name, except));
    let sent: Vec<Sent> = sent
        .map(|sent| Sent {
            name: format!("?{}", sent.name),
            ..sent.clone()
        })
        .collect();
    let declared: Vec<Field> = declared
        .iter()
        .map(|field| Field {
            name: format!("?{}", field.name),
            ..field.clone()
        })
        .collect();
    differences(&sent, &declared, &[])
}

/// What the handler's reader does not accept, whatever people enter, in words.
pub(super) fn refused(sent: &[Sent], handler: &Handler, except: &[String]) -> Vec<String> {
    let sent: Vec<Field> = sent
        .iter()
        .filter(|sent| !is_ignored(&sent.name, except))
        .map(as_field)
        .collect();
    let faults = misfits(&sent, handler).into_iter();
    let name = item_name(&handler.id);
    let words = faults.map(|fault| {
        let field = &fault.field;
        match &fault.kind {
            FaultKind::Value {
                example: Some(example),
                taken,
                ..
            } => {
                let taken = describe_value(taken);
                format!("offers `{example}` for `{field}`, and `{name}` accepts {taken}")
            }
            FaultKind::Limit {
                example: Some(example),
                taken,
            } => {
                let taken = describe_limit(taken);
                format!("offers `{example}` for `{field}`, and `{name}` accepts only {taken}")
            }
            FaultKind::ExpectedList => {
                format!("sends `{field}`, which `{name}` reads as a list: its reader reads none")
            }
            _ => format!(
                "sends `{field}`, which `{name}` reads into a struct: its reader has a text there"
            ),
        }
    });
    words.collect()
}

fn as_field(sent: &Sent) -> Field {
    Field {
        name: sent.name.clone(),
        always_present: sent.always,
        many: sent.many,
        value: match &sent.kind {
            Kind::Choice(choices) => Value::Choice {
                choices: choices.clone(),
                ignore_case: false,
            },
            _ => Value::NotDeclared,
        },
        ..Field::default()
    }
}

/// Whether a field is not for the handler: `_method` chooses the handler.
fn is_ignored(name: &str, except: &[String]) -> bool {
    name == "_method" || except.iter().any(|except| except == name)
}

fn other_choices(sent: &Sent, field: &Field) -> Option<String> {
    let (
        Kind::Choice(offered),
        Value::Choice {
            choices: declared,
            ignore_case,
        },
    ) = (&sent.kind, &field.value)
    else {
        return None;
    };
    let is_declared = |choice: &String| {
        declared.contains(choice)
            || *ignore_case
                && declared
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(choice))
    };
    let others = offered.iter().filter(|choice| !is_declared(choice));
    let others: Vec<String> = others.map(|choice| format!("`{choice}`")).collect();
    if others.is_empty() {
        return None;
    }
    Some(format!(
        "offers {} for `{}`, which is not declared",
        others.join(", "),
        sent.name
    ))
}

#[cfg(test)]
mod tests {
    use coexist_html::{Field as Sent, Kind};

    use super::differences;
    use crate::registry::{Field, Value};

    fn sent(name: &str, always: bool, kind: Kind) -> Sent {
        Sent {
            name: name.to_owned(),
            always,
            may_be_empty: false,
            many: false,
            kind,
            constraints: Vec::new(),
        }
    }

    fn declared(name: &str, always_present: bool, value: Value) -> Field {
        Field {
            name: name.to_owned(),
            always_present,
            aliases: vec![format!("old_{name}")],
            many: false,
            value,
            ..Field::default()
        }
    }

    fn choice(choices: &[&str], ignore_case: bool) -> Value {
        Value::Choice {
            choices: texts(choices),
            ignore_case,
        }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn fields_that_are_declared_fit_by_any_name() {
        let declared = [
            declared("name", true, Value::Text),
            declared("notes", false, Value::Text),
            declared("kind", true, choice(&["a", "b"], false)),
            declared("size", true, choice(&["Small", "Large"], true)),
        ];
        let sent = [
            sent("old_name", true, Kind::Text),
            sent("kind", true, Kind::Choice(texts(&["b"]))),
            sent("size", true, Kind::Choice(texts(&["small", "LARGE"]))),
            sent("_method", true, Kind::Text),
            sent("csrf_token", true, Kind::Text),
        ];
        let found = differences(&sent, &declared, &texts(&["csrf_token"]));
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn each_difference_is_named() {
        let declared = [
            declared("name", true, Value::Text),
            declared("agreed", true, Value::Boolean),
            declared("kind", false, choice(&["a", "b"], false)),
        ];
        let sent = [
            sent("agreed", false, Kind::Text),
            sent("kind", true, Kind::Choice(texts(&["a", "c", "d"]))),
            sent("csrf_token", true, Kind::Text),
        ];
        assert_eq!(
            differences(&sent, &declared, &[]),
            [
                "offers `c`, `d` for `kind`, which is not declared",
                "sends `csrf_token`, which is not declared",
                "does not send `name`",
                "sends `agreed` only sometimes",
            ]
        );
    }
}
