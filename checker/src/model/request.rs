//! What another handler than that of its own release rejects of a form: which of the
//! requests that its own handler accepts, the other one does not.
//!
//! A request is a choice of the optional fields and of the values that it contains. Each
//! reason for which a handler rejects a request is about one of its own fields. So the
//! choices need not be enumerated: for each reason, this looks for one choice to which it
//! applies and that the form's own handler accepts.

use std::collections::HashSet;

use super::compare::Readings;
use super::field_names::NameIndex;
use super::own_handler::{FormAtHome, HomeReading, Reads, SentField, read_at_home};
use crate::registry::{Constraint, Encoding, Field, Handler, UnknownFields, Value};
use crate::support::steps;

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name; `outer.inner` for one within another.
    pub field: String,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// Whether the declarations do not decide if it occurs.
    pub is_undecided: bool,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The handler requires it, and no submission contains it.
    Missing,
    /// The handler requires it, and not every submission contains it.
    SometimesMissing,
    /// The handler rejects unknown fields, and does not know this one.
    Unknown,
    /// The handler ignores it, and the form's own handler reads it.
    Ignored,
    /// The handler reads it as the same field as the one of that name, which is also sent.
    DuplicateAlias(String),
    /// It may be sent several times, and the handler accepts one value.
    UnexpectedList,
    /// It is one value, and the handler accepts a list.
    ExpectedList,
    /// The handler rejects every text: it converts what is in a flattened struct, and that was
    /// read as a text.
    Flattened,
    /// The handler reads a struct, and its reader makes none out of a text.
    Nested,
    /// The handler does not accept all of its values.
    Value {
        /// What the form sends.
        sent: Value,
        /// What the handler accepts.
        taken: Value,
        /// A value that fails, if one can be named.
        example: Option<String>,
    },
    /// The handler does not accept all values of the type.
    Limit {
        /// What the handler accepts.
        taken: Constraint,
        /// A value that fails, if one can be named.
        example: Option<String>,
    },
}

/// Whether the two handlers read the same.
pub(crate) fn reads_same(one: &Handler, other: &Handler) -> bool {
    one.encoding == other.encoding
        && one.reader == other.reader
        && one.unknown_fields == other.unknown_fields
        && one.fields == other.fields
        && one.query == other.query
}

/// The encoding in which a form of this method sends fields: GET has no body, so they are in
/// the query.
pub(super) fn as_sent(encoding: Encoding, method: &str) -> Encoding {
    match encoding {
        Encoding::Urlencoded if matches!(method, "GET" | "HEAD") => Encoding::Query,
        encoding => encoding,
    }
}

/// The faults at the handler `there` of the requests with the fields `sent` that the form's
/// `own` handler accepts; `own` is `None` if its fields are not declared. There are none if
/// `own` accepts no request.
pub(super) fn faults(sent: &[Field], own: Option<Reads<'_>>, there: Reads<'_>) -> Vec<Fault> {
    let own_index = own.map(|own| NameIndex::new(own.fields));
    let Some(sent_fields) = read_at_home(sent, (own, own_index.as_ref())) else {
        return Vec::new();
    };
    let form = FormAtHome::new(sent_fields, sent, own, own_index.as_ref());
    let mut faults = Vec::new();
    for read in there.fields {
        if steps::is_used_up() {
            break;
        }
        let positions = form.names.taken_by(read);
        if read.always_present {
            faults.extend(form.missing(read, &positions));
        }
        // Of earlier fields that the same fields of the own handler read, the first one
        // stands for all.
        let mut earlier: Vec<usize> = Vec::new();
        let mut known: HashSet<&[usize]> = HashSet::new();
        for position in positions {
            steps::count(1);
            let sent_field = &form.sent_fields[position];
            if sent_field.is_sent {
                let mut others = earlier.iter();
                if let Some(other) = others.find(|other| form.may_be_together(position, **other)) {
                    let name = form.sent_fields[*other].field.name.clone();
                    faults.push(sent_field.fault(FaultKind::DuplicateAlias(name)));
                }
                if known.insert(&form.own_readers[position]) {
                    earlier.push(position);
                }
                let readings = Readings {
                    own: own.map(|own| own.reading),
                    there: there.reading,
                };
                sent_field.compare(read, readings, &mut faults);
            }
        }
    }
    let known = NameIndex::new(there.fields);
    let is_unknown = |sent_field: &&SentField<'_>| {
        sent_field.is_sent && known.by_name(&sent_field.field.name).is_empty()
    };
    let unknown = form.sent_fields.iter().filter(is_unknown);
    faults.extend(unknown.filter_map(|sent_field| {
        let kind = match (there.reading.unknown, sent_field.own) {
            (UnknownFields::Deny, _) => FaultKind::Unknown,
            (UnknownFields::Ignore, HomeReading::Reads(_)) => FaultKind::Ignored,
            (UnknownFields::Ignore, _) => return None,
        };
        Some(sent_field.fault(kind))
    }));
    faults
}

impl FormAtHome<'_> {
    /// The fault if some requests lack a field that a handler requires. The handler accepts
    /// the names of the form's fields at these positions, which are sorted.
    fn missing(&self, read: &Field, positions: &[usize]) -> Option<Fault> {
        let is_sent = |position: &usize| self.sent_fields[*position].is_sent;
        let kind = if positions.iter().any(is_sent) {
            let is_always = |position: &usize| self.sent_fields[*position].field.always_present;
            // Every request that the own handler accepts contains what it requires.
            let mut required = positions
                .iter()
                .filter_map(|position| self.required.get(position))
                .flatten();
            let is_taken = |position: &usize| {
                steps::count(1);
                positions.binary_search(position).is_ok()
            };
            if positions.iter().any(is_always)
                || required.any(|required| required.iter().all(is_taken))
            {
                return None;
            }
            FaultKind::SometimesMissing
        } else {
            FaultKind::Missing
        };
        Some(Fault {
            field: read.name.clone(),
            kind,
            is_undecided: false,
        })
    }
}
