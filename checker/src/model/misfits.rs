//! What a handler never accepts of a page, whatever people enter.

use super::own_handler::Reads;
use super::reading::Reading;
use super::request::{Fault, FaultKind, faults};
use crate::registry::{Field, Fields, Handler, UnknownFields};

/// The faults of fields that a handler's reader never accepts: of what people enter, nothing is
/// assumed.
pub(crate) fn misfits(sent: &[Field], handler: &Handler) -> Vec<Fault> {
    let reading = Reading::new(handler, handler.encoding);
    let read = handler.fields.as_ref().map(Fields::list);
    let Some(read) = read.and_then(|fields| reading.names(fields)) else {
        return Vec::new();
    };
    let anything = Reads {
        fields: &[],
        reading: Reading {
            unknown: UnknownFields::Ignore,
            ..reading
        },
    };
    let there = Reads {
        fields: &read,
        reading,
    };
    let mut faults = faults(sent, Some(anything), there);
    faults.retain(|fault| {
        let is_named = match &fault.kind {
            FaultKind::Value { example, .. } | FaultKind::Limit { example, .. } => {
                example.is_some()
            }
            kind => matches!(
                kind,
                FaultKind::ExpectedList | FaultKind::Flattened | FaultKind::Nested
            ),
        };
        is_named && !fault.is_undecided
    });
    faults
}
