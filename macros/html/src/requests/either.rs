//! What two kinds of browsers send from a page: those that run scripts, and those that
//! show what is in `noscript`.

use super::fields::either_kind;
use super::is_same;
use super::limits::either_limit;
use crate::form::{Field, Form};

/// The requests that one kind of browsers sends, or the other, each with the offset of its
/// element.
pub(super) fn either(
    mut these: Vec<(usize, Form)>,
    those: Vec<(usize, Form)>,
) -> Vec<(usize, Form)> {
    // Elements are found in the same order, of which `noscript` leaves some out.
    these.sort_by_key(|(at, _)| *at);
    for (at, form) in those {
        let from = these.partition_point(|(known, _)| *known < at);
        let same = these.iter_mut().skip(from);
        let mut same = same.take_while(|(known, _)| *known == at);
        match same.find(|(_, known)| {
            known.element == form.element && known.query == form.query && is_same(known, &form)
        }) {
            Some((_, known)) => known.fields = fields(known.fields.take(), form.fields),
            None => these.insert(from, (at, form)),
        }
    }
    these
}

fn fields(these: Option<Vec<Field>>, those: Option<Vec<Field>>) -> Option<Vec<Field>> {
    let (mut all, mut those) = (these?, those?);
    for field in &mut all {
        match those.iter().position(|other| other.name == field.name) {
            Some(other) => {
                let other = those.remove(other);
                field.always &= other.always;
                field.many |= other.many;
                field.may_be_empty |= other.may_be_empty;
                let kind = field.kind.clone();
                field.kind = either_kind(vec![kind, other.kind]);
                let limits = [&*field.constraints, &*other.constraints];
                field.constraints = either_limit(limits.into_iter());
            }
            None => field.always = false,
        }
    }
    let others = those.into_iter().map(|field| Field {
        always: false,
        ..field
    });
    all.extend(others);
    Some(all)
}
