//! The fields of a request, out of what each of its controls sends.

use super::controls::SubmitOptions;
use super::limits::either_limit;
use super::sent_field::SentField;
use crate::form::{Field, Kind};
use std::collections::{HashMap, HashSet};

use crate::page::conditions::Conditions;
use crate::page::contents::Control;
use crate::page::groups::Groups;

/// What controls send in requests that are made under these conditions.
pub(crate) fn collect(
    controls: &[&Control],
    when: &Conditions,
    sending: SubmitOptions<'_>,
) -> Vec<SentField> {
    let fits = |control: &&&Control| !control.element.conditions.excludes(when);
    let sent = controls.iter().filter(fits).flat_map(|control| {
        sending.groups.steps.spend(control.weight());
        sending.sent(control)
    });
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
    sent: impl Fn(&Control) -> Vec<SentField>,
) -> Vec<SentField> {
    let fits = |control: &&&Control| !control.element.conditions.excludes(when);
    let within = |sent: SentField| SentField {
        conditions: sent.conditions.beyond(when),
        ..sent
    };
    let each: Vec<Vec<SentField>> = buttons
        .iter()
        .filter(fits)
        .map(|button| sent(button).into_iter().map(within).collect())
        .collect();
    let mut buttons_with: HashMap<&Option<String>, usize> = HashMap::new();
    for one in &each {
        let names: HashSet<&Option<String>> = one.iter().map(|sent| &sent.name).collect();
        for name in names {
            *buttons_with.entry(name).or_default() += 1;
        }
    }
    let is_everywhere = |name: &Option<String>| buttons_with.get(name) == Some(&each.len());
    let all = each.iter().flatten().map(|sent| SentField {
        always: sent.always && is_everywhere(&sent.name),
        ..sent.clone()
    });
    all.collect()
}

/// Text as a browser sends it in a form.
pub(crate) fn with_line_ends(sent: SentField) -> SentField {
    let text = |text: String| {
        if !text.contains(['\n', '\r']) {
            return text;
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.replace('\n', "\r\n")
    };
    SentField {
        name: sent.name.map(text),
        kind: match sent.kind {
            Kind::Choice(choices) => Kind::Choice(choices.into_iter().map(text).collect()),
            kind => kind,
        },
        ..sent
    }
}

/// The fields; `None`: an expression names one.
pub(crate) fn merge(sent: Vec<SentField>, groups: &Groups) -> Option<Vec<Field>> {
    let mut by_name: Vec<(String, Vec<SentField>)> = Vec::new();
    let mut indices: HashMap<String, usize> = HashMap::new();
    for sent in sent {
        let name = sent.name.clone()?;
        let index = *indices.entry(name.clone()).or_insert(by_name.len());
        match by_name.get_mut(index) {
            Some((_, same)) => same.push(sent),
            None => by_name.push((name, vec![sent])),
        }
    }
    let fields = by_name.into_iter().filter_map(|(name, mut same)| {
        settle(&mut same);
        let always = is_always(&same, groups);
        same.retain(|sent| !is_absent(sent));
        (!same.is_empty()).then(|| Field {
            name,
            always,
            many: is_many(&same, groups),
            may_be_empty: same.iter().any(|sent| sent.may_be_empty),
            constraints: either_limit(same.iter().map(|sent| sent.constraints.as_slice())),
            kind: either_kind(same.into_iter().map(|sent| sent.kind).collect()),
        })
    });
    Some(fields.collect())
}

/// Whether it is a radio button that is not sent itself.
fn is_absent(sent: &SentField) -> bool {
    sent.radio.is_some_and(|radio| radio.is_disabled)
}

/// Decides which radio button makes its name be sent always: one that is chosen from
/// the start, or one that is `required`, unless one that is disabled is chosen.
fn settle(same: &mut [SentField]) {
    let blocked = same.iter().rposition(|sent| {
        let radio = sent.radio;
        radio.is_some_and(|radio| radio.is_disabled && radio.is_checked)
    });
    for (index, sent) in same.iter_mut().enumerate() {
        if let Some(radio) = sent.radio {
            let is_chosen =
                radio.is_checked && !radio.is_disabled && blocked.is_none_or(|at| at < index);
            let is_asked_for = radio.is_required && blocked.is_none();
            sent.always &= is_chosen || is_asked_for;
        }
    }
}

fn is_always(same: &[SentField], groups: &Groups) -> bool {
    let always = same.iter().filter(|sent| sent.always);
    let conditions: Vec<Conditions> = always.map(|sent| sent.conditions.clone()).collect();
    groups.covers(&conditions)
}

fn is_many(same: &[SentField], groups: &Groups) -> bool {
    let repeats = |sent: &SentField| sent.one_of.is_none() && groups.repeat(&sent.conditions);
    if same.iter().any(|sent| sent.many || repeats(sent)) {
        return true;
    }
    let items = same.iter().map(|sent| (sent.one_of, &sent.conditions));
    groups.may_coincide(&items.collect::<Vec<_>>())
}

/// What a value can be that is of one of these kinds.
pub(crate) fn either_kind(mut kinds: Vec<Kind>) -> Kind {
    if kinds.iter().all(|kind| matches!(kind, Kind::Choice(_))) {
        return any_choice(kinds);
    }
    for kind in &mut kinds {
        // Beside something else, it does not matter which choices there are.
        if let Kind::Choice(choices) = kind {
            choices.clear();
        }
    }
    kinds.into_iter().reduce(either).unwrap_or(Kind::Unknown)
}

/// All choices of these kinds; a choice of an earlier one is not repeated.
fn any_choice(kinds: Vec<Kind>) -> Kind {
    let mut choices = kinds.into_iter().filter_map(|kind| match kind {
        Kind::Choice(choices) => Some(choices),
        _ => None,
    });
    let Some(mut all) = choices.next() else {
        return Kind::Unknown;
    };
    let mut known: HashSet<String> = all.iter().cloned().collect();
    all.extend(
        choices
            .flatten()
            .filter(|choice| known.insert(choice.clone())),
    );
    Kind::Choice(all)
}

/// What a value can be that is of the one kind or of the other. Of choices, it says only
/// that they are some.
fn either(a: Kind, b: Kind) -> Kind {
    match (a, b) {
        (a, b) if a == b => a,
        (Kind::Unknown, _) | (_, Kind::Unknown) => Kind::Unknown,
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
