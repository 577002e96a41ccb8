//! Which fields of a request a handler reads, and which it drops without a word, also inside
//! objects.

use coexist_checker::registry::{Field, Fields, Handler, UnknownFields, Value};

/// What a handler does with a field.
#[derive(PartialEq, Eq)]
pub(crate) enum Reading {
    Read,
    /// It does not know the field, and accepts it.
    Ignored,
    /// It refuses the field, or what it does with it is not declared.
    Other,
}

/// What a handler does with the field of these names, from the outside to the inside.
pub(crate) fn reading(handler: &Handler, names: &[String]) -> Reading {
    let Some(fields) = handler.fields.as_ref().map(Fields::list) else {
        return Reading::Other;
    };
    within(&fields, handler.unknown_fields, names)
}

fn within(fields: &[Field], unknown: UnknownFields, names: &[String]) -> Reading {
    let Some((name, inner)) = names.split_first() else {
        return Reading::Read;
    };
    let is_it = |field: &&Field| field.name == *name || field.aliases.contains(name);
    match fields.iter().find(is_it).map(|field| &field.value) {
        Some(_) if inner.is_empty() => Reading::Read,
        Some(Value::Object {
            unknown_fields,
            fields,
        }) => within(fields, *unknown_fields, inner),
        None if inner.is_empty() && unknown == UnknownFields::Ignore => Reading::Ignored,
        Some(_) | None => Reading::Other,
    }
}

/// The names of all fields that are sent, and whether each is always sent.
pub(crate) fn sent_names(fields: &[Field], is_json: bool) -> Vec<(Vec<String>, bool)> {
    let names = fields.iter().flat_map(|field| {
        let own = (vec![field.name.clone()], field.always_present);
        let inner = match &field.value {
            Value::Object { fields, .. } if is_json => sent_names(fields, is_json),
            _ => Vec::new(),
        };
        let inner = inner.into_iter().map(move |(names, is_always)| {
            let names = [vec![field.name.clone()], names].concat();
            (names, is_always && field.always_present && !field.many)
        });
        std::iter::once(own).chain(inner)
    });
    names.collect()
}
