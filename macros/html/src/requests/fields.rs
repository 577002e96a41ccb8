//! The fields of a request, out of what each of its controls sends.

use super::controls::{SentField, SubmitOptions};
use crate::form::{Field, Kind};
use crate::page::conditions::{Conditions, Groups};
use crate::page::contents::Control;

/// What controls send in requests that are made under these conditions.
pub(crate) fn collect(
    controls: &[&Control],
    when: &Conditions,
    sending: SubmitOptions<'_>,
) -> Vec<SentField> {
    let fits = |control: &&&Control| !control.element.conditions.excludes(when);
    let sent = controls
        .iter()
        .filter(fits)
        .flat_map(|control| sending.sent(control));
    let within = |sent: SentField| SentField {
        conditions: sent.conditions.beyond(when),
        ..sent
    };
    sent.map(within).collect()
}

/// What submit buttons send, of which one was clicked. A name that each of them
/// has is always sent.
pub(crate) fn collect_submits(
    buttons: &[&Control],
    when: &Conditions,
    sending: SubmitOptions<'_>,
) -> Vec<SentField> {
    let fits = |control: &&&Control| !control.element.conditions.excludes(when);
    let each: Vec<Vec<SentField>> = buttons
        .iter()
        .filter(fits)
        .map(|button| collect(&[button], when, sending))
        .collect();
    let is_everywhere = |name: &Option<String>| {
        let mut each = each.iter();
        each.all(|one| one.iter().any(|sent| sent.name == *name))
    };
    let all = each.iter().flatten().map(|sent| SentField {
        always: sent.always && is_everywhere(&sent.name),
        ..sent.clone()
    });
    all.collect()
}

/// The fields; `None`: an expression names one.
pub(crate) fn merge(sent: Vec<SentField>, groups: &Groups) -> Option<Vec<Field>> {
    let mut by_name: Vec<(String, Vec<SentField>)> = Vec::new();
    for sent in sent {
        let name = sent.name.clone()?;
        match by_name.iter_mut().find(|(known, _)| *known == name) {
            Some((_, same)) => same.push(sent),
            None => by_name.push((name, vec![sent])),
        }
    }
    let fields = by_name.into_iter().map(|(name, same)| Field {
        name,
        always: is_always(&same, groups),
        many: is_many(&same, groups),
        kind: kind(same),
    });
    Some(fields.collect())
}

fn is_always(same: &[SentField], groups: &Groups) -> bool {
    let always = same.iter().filter(|sent| sent.always);
    let conditions: Vec<Conditions> = always.map(|sent| sent.conditions.clone()).collect();
    groups.covers(&conditions)
}

fn is_many(same: &[SentField], groups: &Groups) -> bool {
    let repeats = |sent: &SentField| sent.one_of.is_none() && groups.repeat(&sent.conditions);
    let is_beside = |a: &SentField, b: &SentField| {
        let is_one_of = a.one_of.is_some() && a.one_of == b.one_of;
        !is_one_of && !a.conditions.excludes(&b.conditions)
    };
    let mut pairs = same
        .iter()
        .enumerate()
        .flat_map(|(index, a)| same.iter().skip(index + 1).map(move |b| (a, b)));
    same.iter().any(|sent| sent.many || repeats(sent)) || pairs.any(|(a, b)| is_beside(a, b))
}

fn kind(same: Vec<SentField>) -> Kind {
    let kinds = same.into_iter().map(|sent| sent.kind);
    kinds.reduce(either).unwrap_or(Kind::Unknown)
}

/// What a value can be that is of the one kind or of the other.
fn either(a: Kind, b: Kind) -> Kind {
    match (a, b) {
        (a, b) if a == b => a,
        (Kind::Unknown, _) | (_, Kind::Unknown) => Kind::Unknown,
        (Kind::Choice(mut choices), Kind::Choice(others)) => {
            for other in others {
                if !choices.contains(&other) {
                    choices.push(other);
                }
            }
            Kind::Choice(choices)
        }
        (
            Kind::Integer { min, max },
            Kind::Integer {
                min: low,
                max: high,
            },
        ) => Kind::Integer {
            min: min.zip(low).map(|(a, b)| a.min(b)),
            max: max.zip(high).map(|(a, b)| a.max(b)),
        },
        (Kind::Integer { .. } | Kind::Number, Kind::Integer { .. } | Kind::Number) => Kind::Number,
        _ => Kind::Text,
    }
}
